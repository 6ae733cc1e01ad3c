/* SPDX-License-Identifier: MIT */
/* The driver of scripts. */
#include "ui/script.h"

#include "app/engine.h"
#include "app/program.h"
#include "base/attr.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "text/date.h"
#include "text/utf8.h"
#include "ui/mouse.h"
#include "ui/paint.h"

#define IDLE_MS 30000

struct script {
	struct program_options options;
	char *config, *data;
	struct app *app;
	struct canvas canvas;
	struct mouse mouse;
	int w, h;
	int64_t at_ms; /* monotonic; till when the time between keys is accounted for */
	FILE *out;
};

typedef bool command_of_script(struct script *s, struct str rest, struct err *err);

/* Between two keys of a script no time passes but by `rest`: what is a burst, a second press in haste or a
 * single step must not hang on how busy the machine is. */
static void hold_time(struct script *s)
{
	int64_t now = clock_mono_ms(), passed = now - s->at_ms;
	s->at_ms = now;
	if (!s->app)
		return;
	s->app->last_key_ms += passed;
	if (s->app->last_back_ms)
		s->app->last_back_ms += passed;
}

static bool start(struct script *s, struct err *err)
{
	if (s->app)
		return true;
	s->options.config = s->config;
	s->options.data_dir = s->data;
	s->app = app_new(&s->options, true, err);
	if (!s->app)
		return false;
	app_resize(s->app, s->w, s->h);
	s->at_ms = clock_mono_ms();
	return true;
}

/* What the threads are asked for comes sooner or later: a screen is printed when all of it is there. */
static bool all_is_there(const struct script *s, struct err *err)
{
	return engine_answered(s->app) || err_set(err, ERR_BUSY, "an errand is under way: 'wait idle' first");
}

static void paint(struct script *s)
{
	app_turn(s->app);
	frame_paint(s->app, &s->canvas);
	s->app->dirty = 0;
}

/* ---- The commands ---- */

static bool do_demo(struct script *s, struct str rest, struct err *err)
{
	(void)rest, (void)err;
	s->options.demo = true;
	return true;
}

static bool do_config(struct script *s, struct str rest, struct err *err)
{
	(void)err;
	mem_free(s->config);
	s->config = mem_strndup(rest.p, rest.len);
	return true;
}

static bool do_data(struct script *s, struct str rest, struct err *err)
{
	(void)err;
	mem_free(s->data);
	s->data = mem_strndup(rest.p, rest.len);
	return true;
}

static bool do_clock(struct script *s, struct str rest, struct err *err)
{
	int64_t t = date_parse(rest);
	(void)s;
	if (t == TIME_NONE)
		return err_set(err, ERR_INPUT, "'%.*s' is no date", STR_ARG(rest));
	clock_fix(t);
	return true;
}

static bool do_size(struct script *s, struct str rest, struct err *err)
{
	struct str first;
	int64_t w = 0, h = 0;
	if (!str_split(&rest, ' ', &first) || !str_i64(first, &w) || !str_i64(str_trim(rest), &h) || w < 1 ||
	    h < 1 || w > 1000 || h > 1000)
		return err_set(err, ERR_INPUT, "size takes columns and rows");
	s->w = (int)w;
	s->h = (int)h;
	if (s->app)
		app_resize(s->app, s->w, s->h);
	return true;
}

static bool do_key(struct script *s, struct str rest, struct err *err)
{
	struct key k;
	if (!start(s, err))
		return false;
	while (rest.len) {
		if (!key_parse(&rest, &k))
			return err_set(err, ERR_INPUT, "'%.*s' is no key", STR_ARG(rest));
		app_key(s->app, k);
		rest = str_trim(rest);
	}
	return true;
}

static bool do_type(struct script *s, struct str rest, struct err *err)
{
	if (!start(s, err))
		return false;
	for (size_t at = 0; at < rest.len;)
		app_key(s->app, (struct key){.code = utf8_next(rest, &at)});
	return true;
}

static bool do_paste(struct script *s, struct str rest, struct err *err)
{
	if (!start(s, err))
		return false;
	app_paste(s->app, rest);
	return true;
}

static bool do_run(struct script *s, struct str rest, struct err *err)
{
	if (!start(s, err))
		return false;
	app_run_line(s->app, rest);
	return true;
}

static bool do_wait(struct script *s, struct str rest, struct err *err)
{
	if (str_eqc(rest, "idle"))
		return start(s, err) && app_settle(s->app, IDLE_MS, err);
	if (!str_eqc(rest, "errands"))
		return err_set(err, ERR_INPUT, "only 'wait idle' and 'wait errands' are known");
	if (!start(s, err))
		return false;
	while (!engine_answered(s->app))
		if (!loop_turn(s->app->loop, 10, err))
			return false;
	return true;
}

/* The program ends; the next command starts it anew on the same data. */
static bool do_end(struct script *s, struct str rest, struct err *err)
{
	(void)rest, (void)err;
	app_free(s->app);
	s->app = NULL;
	return true;
}

/* "click 3 5", "wheel 3 5 down", "drag 3 5": columns and rows from the top left, 0-based. */
static bool do_mouse(struct script *s, struct str rest, enum mouse_what what, struct err *err)
{
	struct str x, y;
	int64_t column = 0, row = 0;
	if (!str_split(&rest, ' ', &x) || !str_split(&rest, ' ', &y) || !str_i64(x, &column) ||
	    !str_i64(y, &row))
		return err_set(err, ERR_INPUT, "a column and a row are needed");
	if (!start(s, err))
		return false;
	if (what == MOUSE_WHEEL_DOWN && str_eqc(rest, "up"))
		what = MOUSE_WHEEL_UP;
	struct key k = {.code = KEY_MOUSE, .mouse = (uint8_t)what, .x = (uint16_t)column, .y = (uint16_t)row};
	paint(s);
	mouse_act(&s->mouse, s->app, &s->canvas, k);
	return true;
}

static bool do_click(struct script *s, struct str rest, struct err *err)
{
	return do_mouse(s, rest, MOUSE_CLICK, err);
}

static bool do_drag(struct script *s, struct str rest, struct err *err)
{
	return do_mouse(s, rest, MOUSE_DRAG, err);
}

static bool do_wheel(struct script *s, struct str rest, struct err *err)
{
	return do_mouse(s, rest, MOUSE_WHEEL_DOWN, err);
}

/* "copy from to": a file becomes another, as when a server has something new. */
static bool do_copy(struct script *s, struct str rest, struct err *err)
{
	struct str from;
	(void)s;
	if (!str_split(&rest, ' ', &from) || !rest.len)
		return err_set(err, ERR_INPUT, "copy takes two names");
	SCOPED_STR source = mem_strndup(from.p, from.len);
	SCOPED_STR target = mem_strndup(rest.p, rest.len);
	return file_copy(source, target, 0600, err);
}

/* Time passes without keys: bursts end, though no test waits for it. */
static bool do_rest(struct script *s, struct str rest, struct err *err)
{
	int64_t ms = 0;
	if (!str_i64(rest, &ms) || ms < 0)
		return err_set(err, ERR_INPUT, "rest takes milliseconds");
	if (!start(s, err))
		return false;
	s->app->last_key_ms -= ms;
	s->app->last_back_ms -= ms;
	return true;
}

static void print_rows(struct script *s, const struct buf *rows, const char *what, struct str name)
{
	struct str rest = buf_str(rows), row;
	fprintf(s->out, "-- %s%s%.*s %dx%d\n", what, name.len ? " " : "", STR_ARG(name), s->canvas.w,
	    s->canvas.h);
	for (int y = 0; y < s->canvas.h && str_split(&rest, '\n', &row); y++) {
		while (row.len && row.p[row.len - 1] == ' ')
			row.len--;
		fprintf(s->out, "%.*s\n", STR_ARG(row));
	}
}

static bool do_screen(struct script *s, struct str rest, struct err *err)
{
	SCOPED(buf) struct buf rows = BUF_MAX((size_t)64 << 20);
	if (!start(s, err) || !all_is_there(s, err))
		return false;
	paint(s);
	canvas_text(&s->canvas, &rows);
	print_rows(s, &rows, "screen", rest);
	return true;
}

static bool do_styles(struct script *s, struct str rest, struct err *err)
{
	SCOPED(buf) struct buf rows = BUF_MAX((size_t)64 << 20);
	if (!start(s, err) || !all_is_there(s, err))
		return false;
	paint(s);
	canvas_styles(&s->canvas, style_letter, &rows);
	print_rows(s, &rows, "styles", rest);
	return true;
}

static bool do_expect(struct script *s, struct str rest, struct err *err)
{
	SCOPED(buf) struct buf rows = BUF_MAX((size_t)64 << 20);
	if (!start(s, err) || !all_is_there(s, err))
		return false;
	paint(s);
	canvas_text(&s->canvas, &rows);
	if (str_find(buf_str(&rows), rest) >= 0)
		return true;
	print_rows(s, &rows, "screen", STR("unexpected"));
	return err_set(err, ERR_NOT_FOUND, "'%.*s' is not on the screen", STR_ARG(rest));
}

static const struct {
	const char *name;
	command_of_script *run;
} table[] = {{"demo", do_demo}, {"config", do_config}, {"data", do_data}, {"clock", do_clock},
    {"size", do_size}, {"key", do_key}, {"keys", do_type}, {"type", do_type}, {"paste", do_paste},
    {"copy", do_copy}, {"run", do_run}, {"rest", do_rest}, {"click", do_click}, {"drag", do_drag},
    {"wheel", do_wheel}, {"wait", do_wait}, {"end", do_end}, {"screen", do_screen}, {"styles", do_styles},
    {"expect", do_expect}};

static bool run_line(struct script *s, struct str line, struct err *err)
{
	struct str rest = str_trim(line), word;
	if (!str_split(&rest, ' ', &word) || !word.len || word.p[0] == '#')
		return true;
	hold_time(s);
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (str_eqc(word, table[i].name))
			return table[i].run(s, str_trim(rest), err);
	return err_set(err, ERR_INPUT, "'%.*s' is no command of scripts", STR_ARG(word));
}

bool script_run(struct str text, const char *name, FILE *out, struct err *err)
{
	struct script s = {.w = 80, .h = 24, .out = out};
	struct str line;
	bool ok = true;
	canvas_init(&s.canvas, 1, 1);
	for (int n = 1; ok && str_split(&text, '\n', &line) && !(s.app && s.app->quit); n++) {
		ok = run_line(&s, line, err);
		if (!ok)
			err_place(err, name, n, 0);
	}
	app_free(s.app);
	canvas_release(&s.canvas);
	mem_free(s.config);
	mem_free(s.data);
	return ok;
}
