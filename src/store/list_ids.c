/* SPDX-License-Identifier: MIT */
/* Owns what acts on a list need beside its pages: the ids in it, what a row folds, the next unread row. */
#include <string.h>

#include "store/list_priv.h"
#include "store/sql.h"

#define ROWS_AT_ONCE 256
#define DEFAULT_IDS  100000
#define NEW_MAX      1000
#define WAITING_LOOK 1000 /* rows of a search among which waiting ones are looked for */

struct ids {
	struct arena *arena;
	struct story_id *v;
	size_t n, cap, limit;
};

static bool add_id(struct ids *ids, int64_t id)
{
	if (ids->n >= ids->limit)
		return false;
	if (ids->n == ids->cap) {
		size_t cap = ids->cap ? ids->cap * 2 : 64;

		ids->v = arena_grow(ids->arena, ids->v, ids->n, cap, sizeof *ids->v);
		ids->cap = cap;
	}
	ids->v[ids->n++] = (struct story_id){id};
	return true;
}

static bool add_row(
    struct lister *l, const struct cand *row, bool unread, struct ids *ids, bool *full, struct err *err)
{
	struct cands members = {0};
	bool ok = row_members(l, row, &members, err);

	for (size_t i = 0; i < members.n && !*full; i++)
		if (!unread || members.v[i].unread)
			*full = !add_id(ids, members.v[i].id);
	vec_free(&members);
	return ok;
}

struct sweep {
	struct lister *l;
	const struct list_ids_spec *spec;
	struct boundary at;
	int64_t last; /* id of the row after which it ends; 0: none */
	struct ids ids;
};

/* The row of `to`: where the sweep ends, or where it begins. False in *none: there is no such row. */
static bool aim(struct sweep *s, bool *none, struct err *err)
{
	struct boundary at;
	struct cands row = {0};
	bool found = true, ok;

	*none = false;
	s->at = lister_start(s->l);
	if (!s->spec->to.v)
		return true;
	ok = lister_find(s->l, s->spec->to, &at, &found, err);
	if (ok && !s->spec->above) {
		s->at = at;
	} else if (ok && found) {
		ok = lister_walk(s->l, &at, true, 1, &row, err);
		s->last = row.n ? row.v[0].id : 0;
	}
	*none = !found;
	vec_free(&row);
	return ok;
}

static bool sweep_run(struct sweep *s, struct err *err)
{
	bool full = false, ended = false;

	while (!full && !ended) {
		struct cands rows = {0};
		bool ok = lister_walk(s->l, &s->at, true, ROWS_AT_ONCE, &rows, err);

		for (size_t i = 0; ok && i < rows.n && !full && !ended; i++) {
			ok = add_row(s->l, &rows.v[i], s->spec->unread, &s->ids, &full, err);
			ended = s->last && rows.v[i].id == s->last;
		}
		ended |= rows.n < ROWS_AT_ONCE;
		vec_free(&rows);
		if (!ok)
			return false;
	}
	return true;
}

bool list_ids(struct db *db, const struct list_ids_spec *spec, struct arena *a, struct story_id **out,
    size_t *n, struct err *err)
{
	struct list_spec list = {.set = spec->set, .order = spec->order, .fold = spec->fold};
	struct lister l;
	struct sweep s = {
	    .l = &l, .spec = spec, .ids = {.arena = a, .limit = spec->limit ? spec->limit : DEFAULT_IDS}};
	struct cands_bound bound = {.looked = SIZE_MAX, .found = s.ids.limit * 2};
	bool ok, none;

	*n = 0;
	*out = NULL;
	if (!db_read_begin(db, err))
		return false;
	ok = lister_open(&l, db, &list, &bound, false, err);
	if (ok) {
		ok = aim(&s, &none, err) && (none || sweep_run(&s, err));
		lister_close(&l);
	}
	db_read_end(db);
	*out = s.ids.v;
	*n = s.ids.n;
	return ok;
}

static void first_to_front(struct ids *ids, int64_t id)
{
	for (size_t i = 1; i < ids->n; i++) {
		if (ids->v[i].v != id)
			continue;
		memmove(&ids->v[1], &ids->v[0], i * sizeof *ids->v);
		ids->v[0].v = id;
	}
}

bool list_folded(struct db *db, const struct list_set *set, struct story_id id, struct arena *a,
    struct story_id **out, size_t *n, struct err *err)
{
	struct list_spec list = {.set = *set, .fold = true};
	struct cand row = {.id = id.v};
	struct ids ids = {.arena = a, .limit = DEFAULT_IDS};
	struct lister l = {.spec = &list, .fold = true, .held = INT64_MAX};
	bool ok = db_read_begin(db, err), full = false;

	row.event = sql_i64(db, 0, "SELECT event FROM story WHERE id=?", "i", id.v);
	list.set.query = NULL; /* what is folded into a row is its event, whatever was searched for */
	if (ok && (ok = scope_open(&l.scope, db, &list.set, err))) {
		ok = add_row(&l, &row, false, &ids, &full, err);
		scope_close(&l.scope);
	}
	db_read_end(db);
	first_to_front(&ids, id.v);
	if (ok && !ids.n)
		add_id(&ids, id.v);
	*out = ids.v;
	*n = ids.n;
	return ok;
}

/* Nothing unread in a row: passed over when unread ones are wanted. */
static bool row_counts(struct lister *l, const struct cand *row, bool unread, bool *counts, struct err *err)
{
	struct cands members = {0};
	bool ok = true;

	*counts = !unread;
	if (!unread)
		return true;
	ok = row_members(l, row, &members, err);
	for (size_t i = 0; i < members.n; i++)
		*counts |= members.v[i].unread;
	vec_free(&members);
	return ok;
}

static bool step_on(
    struct lister *l, struct boundary *at, bool forward, bool unread, struct story_id *out, struct err *err)
{
	for (size_t batch = 1;; batch = ROWS_AT_ONCE) {
		struct cands rows = {0};
		bool ok = lister_walk(l, at, forward, batch, &rows, err), counts = false;
		size_t n = rows.n;

		for (size_t i = 0; ok && i < n && !counts; i++) {
			ok = row_counts(l, &rows.v[i], unread, &counts, err);
			if (ok && counts)
				ok = row_shown(l, &rows.v[i], out, err);
		}
		vec_free(&rows);
		if (!ok || counts || n < batch)
			return ok;
	}
}

struct story_id list_step(struct db *db, const struct list_spec *spec, struct story_id from, bool forward,
    bool unread, struct err *err)
{
	struct lister l;
	struct boundary at;
	struct cands own = {0};
	struct story_id out = STORY_NONE;
	bool found = false, ok;

	if (!db_read_begin(db, err))
		return STORY_NONE;
	if (lister_open(&l, db, spec, NULL, false, err)) {
		at = forward ? lister_start(&l) : lister_end(&l);
		ok = !from.v || lister_find(&l, from, &at, &found, err);
		if (ok && found && forward)
			ok = lister_walk(&l, &at, true, 1, &own, err); /* over its own row */
		if (ok)
			(void)step_on(&l, &at, forward, unread, &out, err); /* err tells */
		vec_free(&own);
		lister_close(&l);
	}
	db_read_end(db);
	return out;
}

struct story_id list_newest(struct db *db)
{
	return (struct story_id){sql_i64(db, 0, "SELECT max(id) FROM story", "")};
}

/* Of a list that stands in memory: its rows without the bound, less those of events that had one. */
static size_t waiting_found(struct db *db, const struct list_spec *spec)
{
	struct list_spec all = *spec;
	struct lister l;
	struct boundary at;
	struct cands rows = {0};
	size_t n = 0;

	all.set.held = STORY_NONE;
	if (!lister_open(&l, db, &all, NULL, false, NULL))
		return 0;
	at = lister_start(&l);
	if (lister_walk(&l, &at, true, WAITING_LOOK, &rows, NULL)) {
		l.held = spec->set.held.v;
		for (size_t i = 0; i < rows.n && n < NEW_MAX; i++) {
			bool had = rows.v[i].id <= l.held;

			if (!had && l.fold && !row_place(&l, rows.v[i].event, &(struct cand){0}, &had, NULL))
				had = true;
			n += !had;
		}
	}
	vec_free(&rows);
	lister_close(&l);
	return n;
}

/* Of a list that is read from the indexes: by the ids alone. */
static size_t waiting_scanned(struct lister *l)
{
	struct buf sql = BUF_MAX((size_t)128 << 10);
	bool failed = false;
	size_t n = 0;

	buf_printf(&sql, "SELECT count(*) FROM (SELECT DISTINCT %s FROM story s WHERE s.id>?1 AND ",
	    l->fold ? "s.event" : "s.id");
	scope_where(&l->scope, &sql, 's', true);
	if (l->fold) {
		buf_adds(
		    &sql, " AND NOT EXISTS(SELECT 1 FROM story y WHERE y.event=s.event AND y.id<=?1 AND ");
		scope_where(&l->scope, &sql, 'y', true);
		buf_adds(&sql, ")");
	}
	buf_printf(&sql, " LIMIT %d)", NEW_MAX);
	SCOPED(stmt) sqlite3_stmt *st = sql_query(l->scope.db, NULL, buf_cstr(&sql), "i", l->held);
	buf_release(&sql);
	if (st && sql_row(l->scope.db, st, &failed, NULL))
		n = (size_t)sql_int(st, 0);
	return n;
}

size_t list_waiting(struct db *db, const struct list_spec *spec)
{
	struct lister l;
	size_t n = 0;
	bool found = false;

	if (!spec->set.held.v || list_newest(db).v <= spec->set.held.v || !db_read_begin(db, NULL))
		return 0;
	if (lister_open(&l, db, spec, NULL, false, NULL)) {
		found = array_wanted(&l) && spec->order != LIST_EVENT_SIZE;
		n = found ? 0 : waiting_scanned(&l);
		lister_close(&l);
	}
	if (found)
		n = waiting_found(db, spec);
	db_read_end(db);
	return n;
}
