/* SPDX-License-Identifier: MIT */
/* The one update function: keys, sizes, the end of a turn. */
#include "app/app.h"

#include "app/engine.h"
#include "app/headlines.h"
#include "app/overlay.h"
#include "app/prompt.h"
#include "app/related_pane.h"
#include "app/say.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf.h"

int64_t app_clock(const struct app *a)
{
	return a->edition ? a->edition_now : clock_now();
}

/* Motions by steps are done as often as the count says. */
static bool repeats(const struct command *c)
{
	static const enum command_id steps[] = {COMMAND_line_down, COMMAND_line_up, COMMAND_half_down,
	    COMMAND_half_up, COMMAND_page_down, COMMAND_page_up, COMMAND_next_story, COMMAND_prev_story,
	    COMMAND_trail_back, COMMAND_trail_forward};
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		if (c == &commands[steps[i]])
			return true;
	return false;
}

static void run(struct app *a, const struct command *c, const struct args *args)
{
	struct err err = {0};
	unsigned times = args->count && repeats(c) ? args->count : 1;
	for (unsigned i = 0; i < times && !err.code; i++)
		if (!c->run(a, args, &err))
			say_err(a, &err);
	a->dirty |= DIRTY_SCREEN;
}

void app_run_line(struct app *a, struct str line)
{
	struct str rest = line, word;
	struct err err = {0};
	if (!str_split(&rest, ' ', &word) || !word.len)
		return;
	const struct command *c = command_find(word, &err);
	if (!c) {
		say_err(a, &err);
		return;
	}
	struct args args = {.rest = str_trim(rest)};
	run(a, c, &args);
}

static enum pane_place place_of(const struct app *a)
{
	return a->overlay.kind ? PLACE_OVERLAY : a->focus;
}

static void unknown_key(struct app *a, struct key k)
{
	SCOPED(buf) struct buf name = BUF_MAX(64);
	key_show(&name, k);
	say(a, _("%s does nothing here. ? lists the keys"), buf_cstr(&name));
}

/* The card of the first start stays until something is read. */
static void dismiss_card(struct app *a, struct key k)
{
	if (k.code == KEY_ENTER || k.code == ' ')
		a->first_card = false;
}

static void command_key(struct app *a, struct key k)
{
	const struct command *c = NULL;
	struct args args;
	/* In help, `/` searches it. */
	if (a->overlay.kind == OVERLAY_HELP && k.code == '/' && !k.mods) {
		prompt_open(a, PROMPT_HELP, STR(""));
		return;
	}
	switch (keymap_step(a->keymap, &a->pending, place_of(a), k, &c, &args)) {
	case KEYMAP_COMMAND:
		run(a, c, &args);
		break;
	case KEYMAP_UNKNOWN:
		unknown_key(a, k);
		break;
	case KEYMAP_MORE:
		break;
	}
}

void app_key(struct app *a, struct key k)
{
	int64_t now = clock_mono_ms();
	a->key_gap_ms = a->keyed ? now - a->last_key_ms : INT64_MAX;
	a->last_key_ms = now;
	a->keyed = true;
	a->now = app_clock(a);
	a->asked_read_tab = a->asking_read_tab;
	a->asking_read_tab = false;
	say_nothing(a);
	if (a->view.last_seen != SIZE_MAX) {
		a->view.last_seen = SIZE_MAX;
		a->dirty |= DIRTY_SCREEN;
	}
	if (a->prompt.kind) {
		prompt_key(a, k);
		return;
	}
	dismiss_card(a, k);
	command_key(a, k);
}

void app_paste(struct app *a, struct str text)
{
	prompt_paste(a, text);
}

void app_relayout(struct app *a)
{
	int64_t columns = conf_cells(a->conf, SET_LAYOUT_HEADLINES, a->want.width);
	int64_t related = conf_cells(a->conf, SET_LAYOUT_RELATED, a->want.width);
	bool off = conf_is(a->conf, SET_LAYOUT_RELATED, "off") && a->focus != PLACE_RELATED;
	a->want.headlines_cells = columns == CONF_WORD ? 0 : (int)columns;
	a->want.related_cells = off ? -1 : related == CONF_WORD ? 0 : (int)related;
	a->want.related_open = a->focus == PLACE_RELATED;
	a->want.related_rows = related_pane_lines(a);
	geometry_make(&a->geo, &a->want, (int)conf_int(a->conf, SET_LAYOUT_MEASURE));
	view_relayout(a);
	headlines_show_cursor(a);
	a->dirty |= DIRTY_SCREEN;
}

void app_resize(struct app *a, int width, int height)
{
	a->want.width = width < 1 ? 1 : width;
	a->want.height = height < 1 ? 1 : height;
	app_relayout(a);
	a->dirty |= DIRTY_ALL;
}

void app_turn(struct app *a)
{
	a->now = app_clock(a);
	engine_take(a);
}

void app_tell(struct app *a, const struct err *err)
{
	if (err->code != ERR_CANCELLED)
		say_err(a, err);
}
