/* SPDX-License-Identifier: MIT */
/* Curses, and nothing of it elsewhere. */
#include "ui/term.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#define NCURSES_NOMACROS
#include <curses.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "text/utf8.h"

#define SIZE_MAX_CELLS 1000
#define ROW_CELLS      SIZE_MAX_CELLS

struct term {
	SCREEN *screen;
	struct canvas shown; /* what the terminal is thought to show */
	bool active, mouse, first;
	int colours;
};

/* What a signal handler needs: fixed bytes and the modes of before, set while the screen is ours. */
static struct {
	volatile sig_atomic_t armed;
	struct termios before;
	char bytes[256];
	size_t len;
} rescue;

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char mouse_on[] = "\033[?1002h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1002l";

bool term_possible(struct err *err)
{
	const char *name = getenv("TERM");
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE, _("standard input and output are no terminal"));
	if (!name || !*name || strcmp(name, "dumb") == 0 || strcmp(name, "unknown") == 0)
		return err_set(err, ERR_USAGE,
		    _("TERM is %s: set it to the name of your terminal, as xterm-256color"),
		    name && *name ? name : "''");
	return true;
}

const char *term_cap(const char *name)
{
	const char *s = tigetstr(name);
	return s && s != (const char *)-1 && *s ? s : NULL;
}

/* ---- Every way out ---- */

static void rescue_add(const char *bytes)
{
	size_t n = bytes ? strlen(bytes) : 0;
	if (rescue.len + n > sizeof rescue.bytes)
		return;
	memcpy(rescue.bytes + rescue.len, bytes ? bytes : "", n);
	rescue.len += n;
}

/* Only what a signal handler may do. */
static void rescue_screen(void)
{
	if (!rescue.armed)
		return;
	rescue.armed = 0;
	ssize_t n = write(STDOUT_FILENO, rescue.bytes, rescue.len);
	(void)n; /* nothing is left to be done about it */
	tcsetattr(STDOUT_FILENO, TCSANOW, &rescue.before);
}

static void on_crash(int signo)
{
	rescue_screen();
	signal(signo, SIG_DFL);
	raise(signo);
}

static void arm_rescue(void)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGQUIT};
	static bool at_exit;
	rescue.len = 0;
	rescue_add(mouse_off);
	rescue_add(paste_off);
	rescue_add(term_cap("rmkx"));
	rescue_add(term_cap("sgr0"));
	rescue_add(term_cap("op"));
	rescue_add(term_cap("cnorm"));
	rescue_add(term_cap("rmcup"));
	for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
		struct sigaction sa = {.sa_handler = on_crash, .sa_flags = (int)SA_RESETHAND};
		struct sigaction old;
		/* A sanitizer's own report is worth more than a tidy screen: its handlers stay. */
		if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(signals[i], &sa, NULL);
	}
	if (!at_exit) {
		atexit(rescue_screen);
		mem_on_exhausted(rescue_screen);
	}
	at_exit = true;
	rescue.armed = 1;
}

/* ---- Life ---- */

static void clamp_size(int *v)
{
	*v = *v < 1 ? 1 : *v > SIZE_MAX_CELLS ? SIZE_MAX_CELLS : *v;
}

void term_size(const struct term *t, int *w, int *h)
{
	struct winsize ws = {0};
	(void)t;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col && ws.ws_row) {
		*w = ws.ws_col;
		*h = ws.ws_row;
	} else {
		*w = tigetnum("cols");
		*h = tigetnum("lines");
	}
	clamp_size(w);
	clamp_size(h);
}

static int count_colours(void)
{
	const char *no = getenv("NO_COLOR");
	if ((no && *no) || !has_colors())
		return 0;
	start_color();
	use_default_colors();
	/* More than 256 without the flag is a count of pairs that means nothing: direct colour only where it
	 * is said. */
	if (COLORS > 256)
		return tigetflag("RGB") > 0 ? COLORS : 256;
	return COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : 8;
}

static void set_modes(void)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	curs_set(0);
	leaveok(stdscr, TRUE);
	idlok(stdscr, TRUE);
	scrollok(stdscr, FALSE);
	typeahead(-1);
}

struct term *term_new(struct err *err)
{
	if (!term_possible(err))
		return NULL;
	if (tcgetattr(STDOUT_FILENO, &rescue.before) != 0) {
		err_errno(err, ERR_IO, _("the terminal does not tell its modes"));
		return NULL;
	}
	SCREEN *screen = newterm(NULL, stdout, stdin);
	if (!screen) {
		err_set(err, ERR_USAGE,
		    _("the terminal %s is not known here: set TERM, or install its terminfo entry"),
		    getenv("TERM"));
		return NULL;
	}
	struct term *t = mem_new(struct term);
	t->screen = screen;
	t->active = t->first = true;
	arm_rescue();
	if (!term_cap("cup")) {
		term_free(t);
		err_set(err, ERR_USAGE, _("the terminal %s cannot place its cursor"), getenv("TERM"));
		return NULL;
	}
	t->colours = count_colours();
	set_modes();
	(void)term_send(t, str_c(paste_on)); /* a terminal that is gone is told by its input */
	return t;
}

void term_leave(struct term *t)
{
	if (!t->active)
		return;
	t->active = false;
	if (t->mouse)
		(void)term_send(t, str_c(mouse_off));
	(void)term_send(t, str_c(paste_off));
	endwin();
	rescue.armed = 0;
}

void term_enter(struct term *t)
{
	if (t->active)
		return;
	t->active = true;
	rescue.armed = 1;
	reset_prog_mode();
	clearok(curscr, TRUE);
	refresh();
	curs_set(0);
	t->first = true;
	(void)term_send(t, str_c(paste_on));
	if (t->mouse)
		(void)term_send(t, str_c(mouse_on));
}

void term_free(struct term *t)
{
	if (!t)
		return;
	term_leave(t);
	delscreen(t->screen);
	canvas_release(&t->shown);
	mem_free(t);
}

int term_colours(const struct term *t)
{
	return t->colours;
}

void term_mouse(struct term *t, bool on)
{
	if (t->mouse != on)
		(void)term_send(t, str_c(on ? mouse_on : mouse_off));
	t->mouse = on;
}

bool term_send(struct term *t, struct str bytes)
{
	(void)t;
	while (bytes.len) {
		ssize_t n = write(STDOUT_FILENO, bytes.p, bytes.len);
		struct pollfd p = {.fd = STDOUT_FILENO, .events = POLLOUT};
		if (n > 0)
			bytes = str_skip(bytes, (size_t)n);
		else if (n < 0 && errno == EAGAIN && poll(&p, 1, 1000) > 0)
			continue;
		else if (n < 0 && errno != EINTR)
			return false;
	}
	return true;
}

bool term_has_title(const struct term *t)
{
	static const char *const names[] = {"xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "st-",
	    "kitty", "wezterm", "konsole", "gnome", "vte", "mintty", "ghostty", "contour"};
	struct str name = str_c(getenv("TERM"));
	(void)t;
	if (term_cap("TS"))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_starts(name, names[i]))
			return true;
	return false;
}

/* ---- The canvas to curses ---- */

static attr_t attrs_of(unsigned attrs)
{
	static const struct {
		unsigned bit;
		attr_t attr;
	} table[] = {{STYLE_BOLD, A_BOLD}, {STYLE_DIM, A_DIM}, {STYLE_ITALIC, A_ITALIC},
	    {STYLE_UNDERLINE, A_UNDERLINE}, {STYLE_REVERSE, A_REVERSE}};
	attr_t out = A_NORMAL;
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (attrs & table[i].bit)
			out |= table[i].attr;
	return out;
}

static int colour_of(int32_t c)
{
	return c == COLOUR_NONE ? -1 : (int)(c & 0xFFFFFF);
}

static void to_curses(cchar_t *out, const struct cell *c, struct look l)
{
	wchar_t wide[CELL_MARKS + 2];
	size_t n = 0, at = 0;
	struct str text = {c->text, c->len};
	int pair =
	    l.fg == COLOUR_NONE && l.bg == COLOUR_NONE ? 0 : alloc_pair(colour_of(l.fg), colour_of(l.bg));
	while (at < text.len && n < CELL_MARKS + 1)
		wide[n++] = (wchar_t)utf8_next(text, &at);
	wide[n] = L'\0';
	if (pair < 0)
		pair = 0;
	if (setcchar(out, wide, attrs_of(l.attrs), 0, &pair) == ERR)
		setcchar(out, L"?", attrs_of(l.attrs), 0, &pair);
}

/* The columns of a row that differ from what is shown; false: none. Never begins in the middle of a wide
 * character. */
static bool changed(const struct term *t, const struct canvas *c, int y, int *from, int *to)
{
	int a = 0, b = c->w;
	while (a < b && cell_same(canvas_at(&t->shown, a, y), canvas_at(c, a, y)))
		a++;
	while (b > a && cell_same(canvas_at(&t->shown, b - 1, y), canvas_at(c, b - 1, y)))
		b--;
	while (a > 0 && a < b && (canvas_at(c, a, y)->width == 0 || canvas_at(&t->shown, a, y)->width == 0))
		a--;
	while (
	    b < c->w && b > a && (canvas_at(c, b, y)->width == 0 || canvas_at(&t->shown, b, y)->width == 0))
		b++;
	*from = a;
	*to = b;
	return a < b;
}

static void put_row(const struct canvas *c, const struct theme *theme, int y, int from, int to)
{
	cchar_t row[ROW_CELLS];
	int n = 0;
	for (int x = from; x < to && n < ROW_CELLS; x++)
		if (canvas_at(c, x, y)->width)
			to_curses(
			    &row[n++], canvas_at(c, x, y), theme_look(theme, canvas_at(c, x, y)->style));
	if (n)
		mvadd_wchnstr(y, from, row, n);
}

void term_show(struct term *t, const struct canvas *c, const struct theme *theme, bool all)
{
	bool resized = t->shown.w != c->w || t->shown.h != c->h;
	if (!t->active)
		return;
	if (resized)
		resizeterm(c->h, c->w);
	if (resized || t->first) {
		canvas_resize(&t->shown, c->w, c->h);
		erase();
	}
	if (all || resized || t->first)
		clearok(curscr, TRUE);
	t->first = false;
	for (int y = 0; y < c->h; y++) {
		int from, to;
		if (changed(t, c, y, &from, &to))
			put_row(c, theme, y, from, to);
	}
	memcpy(t->shown.cells, c->cells, (size_t)c->w * (size_t)c->h * sizeof *c->cells);
	wnoutrefresh(stdscr);
	doupdate();
}
