/* SPDX-License-Identifier: MIT */
/* Curses: the terminal's modes, its abilities by terminfo, the way in and out. */
#include "ui/term.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#define NCURSES_NOMACROS
#include <curses.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "ui/draw.h"

#define SIZE_MAX_CELLS 1000
#define FRAME_MAX      ((size_t)64 << 20)

struct term {
	SCREEN *screen;
	struct draw draw;
	struct buf out;      /* bytes of one frame */
	struct arena *arena; /* of the abilities' strings */
	bool active, mouse;
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
	int n = tigetnum("colors");
	if ((no && *no) || n < 8 || !term_cap("setaf"))
		return 0;
	/* More than 256 without the flag is a count that means nothing: direct colour only where it is said.
	 */
	if (n > 256)
		return tigetflag("RGB") > 0 ? n : 256;
	return n >= 256 ? 256 : n >= 16 ? 16 : 8;
}

/* Curses sets the modes and the keypad; drawing is draw.c's. A line feed must go straight down. */
static void set_modes(void)
{
	struct termios now;
	raw();
	noecho();
	nonl();
	if (tcgetattr(STDOUT_FILENO, &now) == 0) {
		now.c_oflag &= ~(tcflag_t)OPOST;
		tcsetattr(STDOUT_FILENO, TCSADRAIN, &now);
	}
	def_prog_mode();
	keypad(stdscr, TRUE);
	curs_set(0);
	refresh();
}

static const char *param(const char *form, int a, int b)
{
	const char *s = tiparm(form, a, b);
	return s ? s : "";
}

/* An ability without its padding, "$<5>": terminals of today need no time. */
static const char *bare_cap(struct arena *a, const char *name)
{
	struct str rest = str_c(term_cap(name));
	SCOPED(buf) struct buf out = BUF_MAX(4096);
	if (!rest.p)
		return NULL;
	for (ptrdiff_t at, end; (at = str_find(rest, STR("$<"))) >= 0;
	     rest = str_skip(rest, (size_t)(at + end) + 1)) {
		end = str_chr(str_skip(rest, (size_t)at), '>');
		if (end < 0)
			break;
		buf_add(&out, rest.p, (size_t)at);
	}
	buf_addstr(&out, rest);
	return arena_cstr(a, buf_str(&out));
}

static struct draw_caps caps_of(struct arena *a)
{
	struct draw_caps c = {.param = param, .am = tigetflag("am") > 0, .xenl = tigetflag("xenl") > 0};
	const struct {
		const char **cap, *name;
	} caps[] = {{&c.cup, "cup"}, {&c.cuf, "cuf"}, {&c.cub1, "cub1"}, {&c.cud1, "cud1"},
	    {&c.clear, "clear"}, {&c.el, "el"}, {&c.csr, "csr"}, {&c.ri, "ri"}, {&c.sgr0, "sgr0"},
	    {&c.bold, "bold"}, {&c.dim, "dim"}, {&c.sitm, "sitm"}, {&c.smul, "smul"}, {&c.rev, "rev"},
	    {&c.setaf, "setaf"}, {&c.setab, "setab"}};
	for (size_t i = 0; i < ARRAY_LEN(caps); i++)
		*caps[i].cap = bare_cap(a, caps[i].name);
	return c;
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
	t->active = true;
	t->out = BUF_MAX(FRAME_MAX);
	t->arena = arena_new();
	arm_rescue();
	if (!term_cap("cup") || !term_cap("clear")) {
		term_free(t);
		err_set(err, ERR_USAGE, _("the terminal %s cannot place its cursor"), getenv("TERM"));
		return NULL;
	}
	t->colours = count_colours();
	set_modes();
	struct draw_caps caps = caps_of(t->arena);
	draw_init(&t->draw, &caps);
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
	refresh();
	curs_set(0);
	draw_forget(&t->draw);
	(void)term_send(t, str_c(paste_on));
	if (t->mouse)
		(void)term_send(t, str_c(mouse_on));
}

void term_again(struct term *t)
{
	if (!t->active)
		return;
	(void)term_send(t, str_c(term_cap("smcup")));
	(void)term_send(t, str_c(term_cap("smkx")));
	(void)term_send(t, str_c(term_cap("civis")));
	t->active = false;
	term_enter(t);
}

void term_free(struct term *t)
{
	if (!t)
		return;
	term_leave(t);
	delscreen(t->screen);
	draw_release(&t->draw);
	buf_release(&t->out);
	arena_free(t->arena);
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

/* ---- Drawing ---- */

bool term_show(struct term *t, const struct canvas *c, const struct theme *theme, bool all)
{
	if (!t->active)
		return true;
	if (all)
		draw_forget(&t->draw);
	buf_reset(&t->out);
	draw_frame(&t->draw, c, theme, &t->out);
	return term_send(t, buf_str(&t->out));
}
