/* SPDX-License-Identifier: MIT */
/* Owns what a row of the headlines shows: which story of its event, how many others, how many unread, a
 * search found. */
#include <string.h>

#include "store/list_priv.h"
#include "store/search.h"
#include "store/sql.h"

#define SQL_BYTES     ((size_t)64 << 10)
#define SNIPPET_WIDTH 160
#define LATER_MAX     20 /* stories of one event, beneath a starred one */

struct member {
	int64_t id, source, published, ord;
	uint32_t flags;
	bool visible; /* also with the unread-only filter */
};
struct members {
	VEC(struct member);
};

static bool is_unfolded(const struct lister *l, int64_t event)
{
	for (size_t i = 0; i < l->spec->n_unfolded; i++)
		if (l->spec->unfolded[i].v == event)
			return true;
	return false;
}

/* In a list by source, rows are folded within their source. */
static void keep_to_source(struct lister *l, const struct cand *row)
{
	if (l->spec->order == LIST_BY_SOURCE && l->segs.n && l->segs.v[0].kind == SEG_SCAN)
		scope_narrow(
		    &l->scope, sql_i64(l->scope.db, 0, "SELECT source FROM story WHERE id=?", "i", row->id));
}

static bool members_load(struct lister *l, const struct cand *row, struct members *out, struct err *err)
{
	struct scope *s = &l->scope;
	struct buf sql = BUF_MAX(SQL_BYTES);
	bool failed = false;

	keep_to_source(l, row);
	buf_printf(&sql,
	    "SELECT y.id,y.source,y.flags,y.published,c.ord,%s FROM story y LEFT JOIN source c ON"
	    " c.id=y.source WHERE %s=?1 AND ",
	    !s->set->unread_only ? "1"
	    : s->stay.n          ? "y.flags&1=0 OR in_stay(y.id)"
	                         : "y.flags&1=0",
	    l->fold ? "y.event" : "y.id");
	scope_where(s, &sql, 'y', false);
	buf_adds(&sql, " ORDER BY y.published DESC,y.id DESC");
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(s->db, err, buf_cstr(&sql), "i", l->fold ? row->event : row->id);
	buf_release(&sql);
	while (st && sql_row(s->db, st, &failed, err))
		vec_push(out, ((struct member){.id = sql_int(st, 0),
		                  .source = sql_int(st, 1),
		                  .flags = (uint32_t)sql_int(st, 2),
		                  .published = sql_int(st, 3),
		                  .ord = sql_int(st, 4),
		                  .visible = sql_int(st, 5) != 0}));
	return st && !failed;
}

static const struct member *visible_member(const struct members *m, int64_t id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].id == id)
			return m->v[i].visible ? &m->v[i] : NULL;
	return NULL;
}

/* What stands on the screen stays; else the first report of the source that the reader put first. */
static const struct member *choose(const struct lister *l, const struct members *m)
{
	const struct member *best = NULL;

	for (size_t i = 0; i < l->spec->n_shown && m->n > 1 && !best; i++)
		best = visible_member(m, l->spec->shown[i].v);
	if (best)
		return best;
	for (size_t i = 0; i < m->n; i++) {
		const struct member *x = &m->v[i];

		if (!x->visible)
			continue;
		if (!best || x->ord < best->ord || (x->ord == best->ord && x->published <= best->published))
			best = x;
	}
	return best;
}

bool row_members(struct lister *l, const struct cand *row, struct cands *out, struct err *err)
{
	struct members m = {0};
	bool ok = members_load(l, row, &m, err);

	for (size_t i = 0; i < m.n; i++)
		if (m.v[i].visible)
			vec_push(out, ((struct cand){.published = m.v[i].published,
			                  .id = m.v[i].id,
			                  .event = row->event,
			                  .unread = !(m.v[i].flags & STORY_READ)}));
	vec_free(&m);
	return ok;
}

/* Different sources. */
static uint32_t outlets_of(const struct members *m)
{
	uint32_t n = 0;

	for (size_t i = 0; i < m->n; i++) {
		bool again = false;

		for (size_t k = 0; k < i && !again; k++)
			again = m->v[k].source == m->v[i].source;
		n += !again;
	}
	return n;
}

bool row_size(struct lister *l, const struct cand *row, int64_t *size, struct err *err)
{
	struct members m = {0};
	bool ok = members_load(l, row, &m, err);

	*size = outlets_of(&m);
	vec_free(&m);
	return ok;
}

bool row_shown(struct lister *l, const struct cand *row, struct story_id *out, struct err *err)
{
	struct members m = {0};
	const struct member *shown;
	bool ok = true;

	*out = (struct story_id){row->id};
	if (!l->fold)
		return true;
	ok = members_load(l, row, &m, err);
	shown = choose(l, &m);
	if (shown)
		out->v = shown->id;
	vec_free(&m);
	return ok;
}

static bool story_read(struct lister *l, int64_t id, struct arena *a, struct story_row *r, struct err *err)
{
	struct db *db = l->scope.db;
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(
	    db, err, "SELECT source,event,published,fetched,flags,lang,title FROM story WHERE id=?", "i", id);

	*r = (struct story_row){.id = {id}, .snippet = STR(""), .title = STR("")};
	if (!st || !sql_row(db, st, &failed, err))
		return st && !failed;
	r->source.v = sql_int(st, 0);
	r->event.v = sql_int(st, 1);
	r->published = sql_int(st, 2);
	r->fetched = sql_int(st, 3);
	r->flags = (uint32_t)sql_int(st, 4);
	r->lang = (enum lang)sql_int(st, 5);
	r->title = arena_str(a, sql_text(st, 6));
	return true;
}

static void count_event(struct story_row *r, const struct members *m)
{
	r->event_size = (uint32_t)m->n;
	r->event_newest = m->n ? m->v[0].published : r->published;
	r->event_outlets = outlets_of(m);
	for (size_t i = 0; i < m->n; i++)
		r->event_unread += !(m->v[i].flags & STORY_READ);
}

static struct story_row *next_row(struct snapshot *snap, size_t *cap)
{
	if (snap->n_rows == *cap) {
		*cap *= 2;
		snap->rows = arena_grow(snap->arena, snap->rows, snap->n_rows, *cap, sizeof *snap->rows);
	}
	return &snap->rows[snap->n_rows++];
}

/* Stories of the event that came after the first starred one, newest first. */
static bool add_later(
    struct lister *l, struct snapshot *snap, size_t *cap, const struct cand *row, struct err *err)
{
	struct db *db = l->scope.db;
	bool failed = false, ok = true;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT y.id FROM story y INDEXED BY story_event WHERE y.event=?1 AND y.flags&6=0 AND"
	    " y.published>(SELECT min(s.published) FROM story s WHERE s.event=?1 AND s.flags&2<>0)"
	    " ORDER BY y.published DESC,y.id DESC LIMIT ?2",
	    "ii", row->event, (int64_t)LATER_MAX);

	while (ok && st && sql_row(db, st, &failed, err))
		ok = story_read(l, sql_int(st, 0), snap->arena, next_row(snap, cap), err);
	return ok && st && !failed;
}

static bool fill_row(
    struct lister *l, struct snapshot *snap, size_t *cap, const struct cand *row, struct err *err)
{
	const struct scope *s = &l->scope;
	struct members m = {0};
	const struct member *shown;
	struct story_row *r;
	bool ok = members_load(l, row, &m, err);
	int64_t id;

	shown = choose(l, &m);
	id = shown ? shown->id : row->id;
	r = next_row(snap, cap);
	ok = ok && story_read(l, id, snap->arena, r, err);
	if (ok && l->scope.plan.ranked)
		ok = search_light(s->db, s->set->query, SNIPPET_WIDTH, snap->arena, r, err);
	count_event(r, &m);
	if (!m.n)
		r->event_size = r->event_outlets = 1;
	for (size_t i = 0; ok && l->fold && is_unfolded(l, row->event) && i < m.n; i++) {
		if (m.v[i].id == id || !m.v[i].visible)
			continue;
		ok = story_read(l, m.v[i].id, snap->arena, next_row(snap, cap), err);
	}
	if (ok && l->spec->later && l->fold)
		ok = add_later(l, snap, cap, row, err);
	vec_free(&m);
	return ok;
}

bool rows_fill(struct lister *l, struct snapshot *snap, const struct cands *page, struct err *err)
{
	size_t cap = page->n ? page->n : 1;

	snap->rows = arena_array(snap->arena, cap, sizeof *snap->rows);
	for (size_t i = 0; i < page->n; i++)
		if (!fill_row(l, snap, &cap, &page->v[i], err))
			return false;
	return true;
}
