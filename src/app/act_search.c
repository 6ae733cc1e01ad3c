/* SPDX-License-Identifier: MIT */
/* Commands that open a list of their own: one event's coverage, the history, one source; unfolding in place;
 * marking rows for the next command. */
#include "app/errand.h"
#include "app/headlines.h"
#include "app/marked.h"
#include "app/picker.h"
#include "app/prompt.h"
#include "app/say.h"
#include "app/tabs.h"
#include "app/target.h"
#include "app/walk.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/marks.h"
#include "store/story_db.h"

#define COMMAND(name) bool cmd_##name(struct app *a, const struct args *args, struct err *err)
#define IGNORE(x)     (void)(x)

/* A temporary tab; q or Esc closes it again. */
static struct tab *open_tab(struct app *a, const char *name, const char *query)
{
	size_t tab = tabs_add_search(a, str_c(name), str_c(query));
	tabs_go(a, tab);
	walk_focus(a, PLACE_HEADLINES);
	return app_tab(a);
}

/* ---- Coverage ---- */

struct coverage_errand {
	struct errand e;
	struct event_id event;
	struct story_id from; /* stays selected */
	int64_t visited_ms;
};

static void coverage_work(struct errand *e, struct db *db)
{
	struct coverage_errand *c = (struct coverage_errand *)e;
	if (!c->event.v) {
		struct story s;
		if (!story_load(db, c->from, e->arena, &s, &e->task.err))
			return;
		c->event = s.row.event;
	}
	c->visited_ms = marks_visited(db, c->event);
}

static void coverage_done(struct app *a, struct errand *e)
{
	struct coverage_errand *c = (struct coverage_errand *)e;
	if (e->task.err.code) {
		app_tell(a, &e->task.err);
		return;
	}
	SCOPED_STR query = mem_printf("event:%lld", (long long)c->event.v);
	struct headlines *h = &open_tab(a, _("Coverage"), query)->list;
	h->order = ORDER_OLDEST;
	h->flat = true;
	h->coverage = true;
	h->visited = c->visited_ms == INT64_MIN ? TIME_NONE : c->visited_ms / 1000;
	h->cursor = c->from;
	headlines_refresh(a);
}

COMMAND(coverage)
{
	struct target t;
	IGNORE(args);
	if (!target_of(a, &t, err))
		return false;
	if (t.id.v <= 0)
		return err_set(err, ERR_NOT_FOUND, _("this page is not stored; it belongs to no event"));
	if (app_tab(a)->list.coverage && a->focus == PLACE_HEADLINES)
		return err_set(err, ERR_NOT_FOUND, _("this is the coverage; q goes back"));
	struct coverage_errand *c = errand_new(a, sizeof *c, coverage_work, coverage_done);
	c->event = t.event;
	c->from = t.id;
	errand_read(&c->e, SLOT_NONE);
	return true;
}

COMMAND(history)
{
	IGNORE(args), IGNORE(err);
	struct headlines *h = &open_tab(a, _("History"), "is:opened")->list;
	h->order = ORDER_OPENED;
	h->flat = true;
	headlines_refresh(a);
	return true;
}

COMMAND(pick_source)
{
	IGNORE(args), IGNORE(err);
	picker_open(a);
	return true;
}

/* On a row of an unfolded event: folded again. */
COMMAND(unfold)
{
	IGNORE(args);
	const struct story_row *row = headlines_row(a);
	struct headlines *h = &app_tab(a)->list;
	if (!row)
		return target_none(err);
	if (imap_remove(&h->unfolded, (uint64_t)row->event.v)) {
		headlines_refresh(a);
		return true;
	}
	if (row->event_size < 2)
		return err_set(err, ERR_NOT_FOUND, _("no other story reports this event"));
	imap_put(&h->unfolded, (uint64_t)row->event.v, 1);
	headlines_refresh(a);
	return true;
}

/* ---- Marked rows ---- */

COMMAND(mark_row)
{
	IGNORE(args);
	return marked_toggle(a, err);
}

COMMAND(mark_query)
{
	if (args->rest.len)
		return marked_by_query(a, args->rest, err);
	prompt_open(a, PROMPT_MARK, STR(""));
	return true;
}
