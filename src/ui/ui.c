/* SPDX-License-Identifier: MIT */
/* The screen's turn: bytes to keys, state to cells, and what the app asks of the terminal. */
#include "ui/ui.h"

#include "app/say.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "conf/conf.h"
#include "app/browse.h"
#include "ui/clip.h"
#include "ui/key.h"
#include "ui/mouse.h"
#include "ui/paint.h"
#include "ui/term.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define REDRAW_MS 50  /* at most 20 redraws a second, */
#define AHEAD_MS  400 /* but that many ms of them at once: what a key or the start sets off comes in parts */
#define READ_MAX  4096
#define COPY_MS   2000

struct ui {
	struct loop *loop;
	struct term *term;
	struct app *app;
	const struct conf *conf; /* that the theme is of */
	struct key_reader keys;
	struct canvas canvas;
	struct theme theme;
	struct mouse mouse;
	struct loop_timer *redraw, *key_timer;
	int64_t spent_ms; /* until then redraws are spent already */
	bool titled;
};

bool ui_possible(struct err *err)
{
	return term_possible(err);
}

bool ui_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* ---- Input ---- */

static void take_keys(struct ui *ui)
{
	struct key k;
	enum key_event e;
	while (ui->app && (e = key_next(&ui->keys, clock_mono_ms(), &k)) != KEY_EVENT_NONE) {
		if (e == KEY_EVENT_KEY && k.code == KEY_MOUSE)
			mouse_act(&ui->mouse, ui->app, &ui->canvas, k);
		else if (e == KEY_EVENT_KEY)
			app_key(ui->app, k);
		else if (ui->app->prompt.kind)
			app_paste(ui->app, buf_str(&ui->keys.paste));
	}
	loop_timer_set(ui->key_timer, key_deadline(&ui->keys));
}

static void gone(struct ui *ui)
{
	loop_unwatch(ui->loop, STDIN_FILENO);
	if (ui->app)
		ui->app->quit = true;
}

static bool more_waits(void)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
	return poll(&p, 1, 0) > 0 && p.revents & POLLIN;
}

/* All that waits is taken before anything is painted. */
static void readable(void *arg, int fd, short events)
{
	struct ui *ui = arg;
	char bytes[READ_MAX];
	(void)events;
	for (int i = 0; i < 64; i++) {
		ssize_t n = read(fd, bytes, sizeof bytes);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			return;
		if (n <= 0) {
			gone(ui);
			return;
		}
		key_feed(&ui->keys, str_n(bytes, (size_t)n), clock_mono_ms());
		take_keys(ui);
		if (!more_waits())
			return;
	}
}

static void keys_due(void *arg)
{
	take_keys(arg);
}

static void redraw_due(void *arg)
{
	(void)arg; /* the turn's end paints */
}

static void resize(struct ui *ui)
{
	int w, h;
	term_size(ui->term, &w, &h);
	if (ui->app && (w != ui->app->want.width || h != ui->app->want.height))
		app_resize(ui->app, w, h);
}

static void go_on(struct ui *ui)
{
	term_again(ui->term);
	resize(ui);
	ui->app->dirty |= DIRTY_ALL;
}

static void on_signal(void *arg, int signo)
{
	struct ui *ui = arg;
	if (!ui->app)
		return;
	if (signo == SIGWINCH)
		resize(ui);
	else if (signo == SIGTSTP)
		ui->app->suspend = true;
	else if (signo == SIGCONT)
		go_on(ui);
	else
		ui->app->quit = true;
}

/* ---- What the app asks for ---- */

/* open.copy is a program: the text is its input. */
static bool copy_by_program(struct app *a, const char *const *argv, struct str text)
{
	const struct proc_limits limits = {.timeout_ms = COPY_MS, .max_stderr = 512};
	SCOPED(buf) struct buf out = BUF_MAX(4096), words = BUF_MAX(512);
	struct err err = {0};
	int status = 0;
	if (!proc_run(argv, text, &limits, &out, &words, &status, &err)) {
		say_err(a, &err);
		return false;
	}
	if (status != 0)
		say_error(a, _("%s ended with status %d: %s"), argv[0], status, buf_cstr(&words));
	return status == 0;
}

static bool copy_by_terminal(struct ui *ui, struct str text)
{
	SCOPED(buf) struct buf out = BUF_MAX(CLIP_MAX * 2);
	const char *ms = term_cap("Ms");
	if (!ms && !conf_is(ui->app->conf, SET_OPEN_COPY, "osc52"))
		return false;
	return clip_sequence(&out, ms, text) && term_send(ui->term, buf_str(&out));
}

static void copy(struct ui *ui)
{
	struct app *a = ui->app;
	struct str text = buf_str(&a->clipboard);
	const char *const *argv = conf_argv(a->conf, SET_OPEN_COPY);
	SCOPED_STR words = mem_strdup(a->message ? a->message : _("Copied"));
	if (text.len > CLIP_MAX) {
		say_error(a, _("Not copied: %zu bytes are more than terminals take"), text.len);
		return;
	}
	if (argv) {
		if (copy_by_program(a, argv, text))
			say(a, _("%s · by %s"), words, argv[0]);
		return;
	}
	bool by_terminal = !conf_is(a->conf, SET_OPEN_COPY, "tmux") && copy_by_terminal(ui, text);
	bool by_tmux = !conf_is(a->conf, SET_OPEN_COPY, "osc52") && clip_tmux(text, NULL);
	if (by_terminal || by_tmux)
		say(a, by_tmux ? _("%s · by tmux") : _("%s · by the terminal"), words);
	else
		say_error(a, _("No way to the clipboard from here: %.*s"), STR_ARG(text));
}

static bool run_foreground(struct ui *ui, const char *const *argv, struct err *err)
{
	int status = 0;
	loop_unwatch(ui->loop, STDIN_FILENO);
	term_leave(ui->term);
	bool ok = proc_foreground(argv, &status, err);
	term_enter(ui->term);
	loop_watch(ui->loop, STDIN_FILENO, POLLIN, readable, ui);
	resize(ui);
	ui->app->dirty |= DIRTY_ALL;
	if (ok && status != 0)
		return err_set(err, ERR_IO, _("%s ended with status %d"), argv[0], status);
	return ok;
}

static void browse(struct ui *ui)
{
	struct app *a = ui->app;
	SCOPED_STR url = take(&a->run_browser);
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct err err = {0};
	struct browse b = browse_choose(arena, a->conf, str_c(url));
	if (!b.argv) {
		buf_reset(&a->clipboard);
		buf_adds(&a->clipboard, url);
		say(a, _("No browser here. %s"), url);
		return;
	}
	if (b.foreground ? run_foreground(ui, b.argv, &err) : proc_detach(b.argv, &err))
		say(a, _("Opened with %s"), b.argv[0]);
	else
		say_err(a, &err);
}

static void notice(struct ui *ui)
{
	SCOPED_STR words = take(&ui->app->notice);
	SCOPED(buf) struct buf out = BUF_MAX(8192);
	clip_notice(&out, str_c(words), conf_is(ui->app->conf, SET_NOTIFY, "bell"));
	(void)term_send(ui->term, buf_str(&out));
}

static void suspend(struct ui *ui)
{
	struct sigaction normal = {.sa_handler = SIG_DFL}, ours;
	ui->app->suspend = false;
	term_leave(ui->term);
	sigaction(SIGTSTP, &normal, &ours);
	/* The whole group, as the terminal itself would: what started us waits for us to stop. */
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
	term_enter(ui->term);
	resize(ui);
	ui->app->dirty |= DIRTY_ALL;
}

/* The configuration is new: at first, and after a reload. */
static void take_conf(struct ui *ui)
{
	struct err err = {0};
	ui->conf = ui->app->conf;
	ui->app->conf_changed = false;
	if (!theme_of(&ui->theme, ui->conf, term_colours(ui->term), &err))
		app_tell(ui->app, &err);
	term_mouse(ui->term, conf_bool(ui->conf, SET_MOUSE));
	ui->app->dirty |= DIRTY_SCREEN | DIRTY_ALL;
}

/* ---- Painting ---- */

static void paint(struct ui *ui)
{
	struct app *a = ui->app;
	int64_t now = clock_mono_ms();
	if (!a->dirty)
		return;
	if (ui->spent_ms - now > AHEAD_MS) {
		loop_timer_set(ui->redraw, ui->spent_ms - AHEAD_MS);
		return;
	}
	bool all = a->dirty & DIRTY_ALL;
	a->dirty = 0;
	frame_paint(a, &ui->canvas);
	if (!term_show(ui->term, &ui->canvas, &ui->theme, all))
		gone(ui);
	ui->spent_ms = (ui->spent_ms > now ? ui->spent_ms : now) + REDRAW_MS;
}

void ui_turn(struct ui *ui)
{
	struct app *a = ui->app;
	if (!a)
		return;
	app_turn(a);
	if (a->conf != ui->conf || a->conf_changed)
		take_conf(ui);
	if (a->run_browser)
		browse(ui);
	if (a->notice)
		notice(ui);
	if (a->clipboard.len) {
		copy(ui);
		buf_reset(&a->clipboard);
	}
	if (a->suspend)
		suspend(ui);
	if (!a->quit)
		paint(ui);
}

/* ---- Life ---- */

static void set_title(struct ui *ui)
{
	SCOPED(buf) struct buf b = BUF_MAX(1024);
	ui->titled = term_has_title(ui->term);
	if (!ui->titled)
		return;
	buf_adds(&b, CLIP_TITLE_SAVE);
	clip_title(&b, STR("courant"));
	(void)term_send(ui->term, buf_str(&b));
}

static bool take_signals(struct ui *ui, struct err *err)
{
	static const int signals[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP};
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		if (!loop_on_signal(ui->loop, signals[i], on_signal, ui, err))
			return false;
	return true;
}

struct ui *ui_new(struct loop *l, struct err *err)
{
	struct ui *ui = mem_new(struct ui);
	ui->loop = l;
	key_reader_init(&ui->keys);
	canvas_init(&ui->canvas, 1, 1);
	ui->redraw = loop_timer_new(l, redraw_due, ui);
	ui->key_timer = loop_timer_new(l, keys_due, ui);
	/* Before curses: it leaves signals alone that have a handler already. */
	if (!term_possible(err) || !take_signals(ui, err) || !(ui->term = term_new(err))) {
		ui_free(ui);
		return NULL;
	}
	key_reader_learn(&ui->keys, term_cap);
	set_title(ui);
	loop_watch(l, STDIN_FILENO, POLLIN, readable, ui);
	return ui;
}

void ui_attach(struct ui *ui, struct app *a)
{
	ui->app = a;
	a->ascii = !ui_utf8();
	resize(ui);
	take_conf(ui);
}

void ui_free(struct ui *ui)
{
	if (!ui)
		return;
	if (ui->term) {
		loop_unwatch(ui->loop, STDIN_FILENO);
		if (ui->titled)
			(void)term_send(ui->term, STR(CLIP_TITLE_RESTORE));
		term_free(ui->term);
	}
	loop_timer_free(ui->redraw);
	loop_timer_free(ui->key_timer);
	key_reader_release(&ui->keys);
	canvas_release(&ui->canvas);
	mem_free(ui);
}
