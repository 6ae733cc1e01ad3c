/* SPDX-License-Identifier: MIT */
/* Marked rows. */
#include "app/marked.h"

#include "app/errand.h"
#include "app/fold.h"
#include "app/headlines.h"
#include "app/say.h"
#include "app/tabs.h"
#include "app/target.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/query.h"
#include "store/list_db.h"
#include "store/story_db.h"

#define WHOLE_ROW  ((uint64_t)1 << 32) /* beside the flags of a story: all that is folded in its row too */
#define LINKS_MOST 200

static struct imap *marks_of(struct app *a)
{
	return &app_tab(a)->list.marked;
}

bool marked_any(const struct app *a)
{
	return a->focus == PLACE_HEADLINES && a->tabs.n && marked_count(a) > 0;
}

size_t marked_count(const struct app *a)
{
	return app_tab_const(a)->list.marked.n;
}

static void tell(struct app *a)
{
	size_t n = marked_count(a);
	if (n)
		/* TRANSLATORS: keys that act on marked rows: done, star, tags, copy */
		say(a,
		    P_("%zu marked: d s N T y act on it · Esc", "%zu marked: d s N T y act on them · Esc", n),
		    n);
}

bool marked_toggle(struct app *a, struct err *err)
{
	const struct story_row *row = headlines_row(a);
	if (!row)
		return target_none(err);
	uint64_t whole = fold_is_folded(&app_tab(a)->list, row) ? WHOLE_ROW : 0;
	if (!imap_remove(marks_of(a), (uint64_t)row->id.v))
		imap_put(marks_of(a), (uint64_t)row->id.v, whole | row->flags);
	headlines_move(a, 1);
	tell(a);
	a->dirty |= DIRTY_SCREEN;
	return true;
}

void marked_clear(struct app *a)
{
	imap_release(marks_of(a));
	*marks_of(a) = (struct imap){0};
	a->dirty |= DIRTY_SCREEN;
}

uint32_t marked_flags(const struct app *a)
{
	uint64_t id, value;
	uint32_t all = UINT32_MAX;
	for (size_t at = 0; imap_next(&app_tab_const(a)->list.marked, &at, &id, &value);)
		all &= (uint32_t)value;
	return all;
}

struct marked_ids marked_copy(const struct app *a, struct arena *arena)
{
	const struct imap *m = &app_tab_const(a)->list.marked;
	struct marked_ids out = {.v = arena_array(arena, m->n ? m->n : 1, sizeof *out.v),
	    .row = arena_array(arena, m->n ? m->n : 1, sizeof *out.row)};
	uint64_t id, value;
	for (size_t at = 0; imap_next(m, &at, &id, &value);) {
		out.row[out.n] = value & WHOLE_ROW;
		out.v[out.n++] = (struct story_id){(int64_t)id};
	}
	return out;
}

/* ---- By a query ---- */

struct query_errand {
	struct errand e;
	struct tab_set set;
	struct story_id *ids;
	size_t n, tab;
	int64_t now;
};

static void query_work(struct errand *e, struct db *db)
{
	struct query_errand *q = (struct query_errand *)e;
	struct list_ids_spec spec = {.fold = false};
	if (!tab_set_open(&q->set, e->arena, q->now, &spec.set, &e->task.err))
		return;
	list_ids(db, &spec, e->arena, &q->ids, &q->n, &e->task.err);
	tab_set_close(&q->set);
}

static void query_cleanup(struct errand *e)
{
	tab_set_close(&((struct query_errand *)e)->set);
}

static void query_done(struct app *a, struct errand *e)
{
	struct query_errand *q = (struct query_errand *)e;
	if (e->task.err.code) {
		app_tell(a, &e->task.err);
		return;
	}
	if (q->tab != a->tab)
		return;
	for (size_t i = 0; i < q->n; i++)
		imap_put(marks_of(a), (uint64_t)q->ids[i].v, 0);
	if (q->n)
		tell(a);
	else
		say(a, _("Nothing in this list matches"));
	a->dirty |= DIRTY_SCREEN;
}

static bool is_query(struct str words, int64_t now, struct err *err)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	if (!words.len)
		return err_set(err, ERR_USAGE, _("V marks what a query finds: is:unread after:2d"));
	struct query *q = query_parse(arena, words, now, err);
	query_release(q);
	return q != NULL;
}

bool marked_by_query(struct app *a, struct str words, struct err *err)
{
	if (!is_query(words, a->now, err))
		return false;
	struct query_errand *q = errand_new(a, sizeof *q, query_work, query_done);
	struct arena *arena = q->e.arena;
	q->e.cleanup = query_cleanup;
	q->tab = a->tab;
	q->now = a->now;
	q->set = tab_set_of(arena, app_tab(a));
	const char *both = q->set.query.len
	                       ? arena_printf(arena, "(%.*s) (%.*s)", STR_ARG(q->set.query), STR_ARG(words))
	                       : arena_printf(arena, "%.*s", STR_ARG(words));
	q->set.query = str_c(both);
	errand_read(&q->e, SLOT_NONE);
	return true;
}

/* ---- Links ---- */

struct links_errand {
	struct errand e;
	struct marked_ids ids;
	struct buf text;
	bool titles;
	size_t n;
};

static void links_work(struct errand *e, struct db *db)
{
	struct links_errand *l = (struct links_errand *)e;
	for (size_t i = 0; i < l->ids.n && l->n < LINKS_MOST; i++) {
		struct story s;
		if (!story_load(db, l->ids.v[i], e->arena, &s, NULL) || !s.url.len)
			continue;
		if (l->titles)
			buf_printf(&l->text, "%.*s\n", STR_ARG(s.row.title));
		buf_printf(&l->text, "%.*s\n", STR_ARG(s.url));
		l->n++;
	}
}

static void links_cleanup(struct errand *e)
{
	buf_release(&((struct links_errand *)e)->text);
}

static void links_done(struct app *a, struct errand *e)
{
	struct links_errand *l = (struct links_errand *)e;
	buf_reset(&a->clipboard);
	buf_addstr(&a->clipboard, buf_str(&l->text));
	say(a, P_("Copied %zu address", "Copied %zu addresses", l->n), l->n);
}

void marked_copy_links(struct app *a, bool titles)
{
	struct links_errand *l = errand_new(a, sizeof *l, links_work, links_done);
	l->e.cleanup = links_cleanup;
	l->text = (struct buf)BUF_MAX((size_t)64 << 10);
	l->titles = titles;
	l->ids = marked_copy(a, l->e.arena);
	marked_clear(a);
	errand_read(&l->e, SLOT_NONE);
}
