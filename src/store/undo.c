/* SPDX-License-Identifier: MIT */
/* Owns the journal of what readers did. Taking back and doing again are one thing: each mark gets the value
 * that it had before, and the journal keeps the one that it had now. */
#include <string.h>

#include "base/i18n.h"
#include "base/wire.h"
#include "store/index_db.h"
#include "store/marks_priv.h"
#include "store/source_priv.h"
#include "store/sql.h"

#define KEPT_ACTS   500
#define ITEMS_BYTES ((size_t)8 << 20)

static void encode(struct buf *out, const struct mark_item *items, size_t n)
{
	wire_var(out, n);
	for (size_t i = 0; i < n; i++) {
		wire_var(out, (uint64_t)items[i].story);
		wire_u8(out, (uint8_t)((unsigned)items[i].kind << 1 | (items[i].was ? 1u : 0u)));
		wire_var(out, (uint64_t)items[i].tag);
		wire_i64(out, items[i].at_ms);
	}
}

struct items {
	VEC(struct mark_item);
};

static void decode(struct str bytes, struct items *out)
{
	struct wire_in in = {.rest = bytes};
	size_t n = wire_get_count(&in, 11);

	for (size_t i = 0; i < n; i++) {
		struct mark_item it = {.story = (int64_t)wire_get_var(&in)};
		uint8_t bits = wire_get_u8(&in);

		it.kind = (enum mark_kind)(bits >> 1);
		it.was = bits & 1;
		it.tag = (int64_t)wire_get_var(&in);
		it.at_ms = wire_get_i64(&in);
		if (in.bad || it.kind < MARK_READ || it.kind > MARK_APART)
			return;
		vec_push(out, it);
	}
}

bool undo_note(struct mark_run *r, uint64_t owner, struct str label, struct err *err)
{
	struct buf bytes = BUF_MAX(ITEMS_BYTES);
	bool ok;

	if (!r->items.n)
		return true;
	encode(&bytes, r->items.v, r->items.n);
	ok =
	    sql_exec(r->db, err, "DELETE FROM undo WHERE owner=? AND done=1", "i", (int64_t)owner) &&
	    sql_exec(r->db, err, "INSERT INTO undo(owner,at,label,items) VALUES(?,?,?,?)", "iisb",
	        (int64_t)owner, r->at_ms, label, bytes.failed ? STR_NONE : buf_str(&bytes)) &&
	    sql_exec(r->db, err, "DELETE FROM undo WHERE id<=last_insert_rowid()-?", "i", (int64_t)KEPT_ACTS);
	buf_release(&bytes);
	return ok;
}

static int64_t set_at(struct db *db, const struct mark_item *it)
{
	return sql_i64(db, INT64_MIN, "SELECT at FROM mark WHERE story=? AND kind=? AND tag=?", "iii",
	    it->story, (int64_t)it->kind, it->tag);
}

/* ---- Stories set apart: `tag` is the other one, `at_ms` its event while they were together ---- */

bool undo_note_apart(struct db *db, uint64_t owner, struct str label, const struct apart_item *items,
    size_t n, int64_t at_ms, struct err *err)
{
	struct mark_run r = {.db = db, .origin = MARK_BY_READER, .at_ms = at_ms};
	bool ok;

	for (size_t i = 0; i < n; i++)
		vec_push(&r.items, ((struct mark_item){.story = items[i].story.v,
		                       .tag = items[i].other.v,
		                       .at_ms = items[i].was.v,
		                       .kind = MARK_APART}));
	ok = undo_note(&r, owner, label, err);
	mark_run_release(&r);
	return ok;
}

static bool swap_apart(struct mark_run *r, const struct mark_item *it, struct err *err)
{
	struct story_id a = {it->story}, b = {it->tag};
	/* the id of a story that opened the event stays the event's */
	int64_t alone = it->at_ms == it->tag ? -it->tag : it->tag;

	if (apart_is(r->db, it->story, it->tag) == it->was)
		return true; /* somebody else did it */
	vec_push(&r->items, ((struct mark_item){it->story, it->tag, it->at_ms, MARK_APART, !it->was}));
	imap_put(&r->seen, (uint64_t)it->tag, 1);
	if (!apart_set(r->db, a, b, it->was, r->at_ms / 1000, err))
		return false;
	if (!it->was)
		return event_join(r->db, it->tag, it->at_ms, err);
	return sql_i64(r->db, 0, "SELECT event FROM story WHERE id=?", "i", it->tag) != it->at_ms ||
	       event_leave(r->db, it->tag, alone, err);
}

/* Gives each mark the value it had, unless somebody changed it since. r->items becomes the way back. */
static bool swap_all(struct mark_run *r, const struct items *items, struct err *err)
{
	for (size_t i = 0; i < items->n; i++) {
		const struct mark_item *it = &items->v[i];

		if (it->kind == MARK_APART) {
			if (!swap_apart(r, it, err))
				return false;
			continue;
		}
		if (!sql_i64(r->db, 0, "SELECT 1 FROM story WHERE id=?", "i", it->story) ||
		    set_at(r->db, it) != it->at_ms)
			continue;
		if (!mark_write(r, it->story, it->kind, it->tag, it->was, err))
			return false;
	}
	return true;
}

static bool find_step(struct db *db, uint64_t owner, bool redo, struct arena *a, struct undo_step *out,
    struct items *items, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    redo ? "SELECT id,at,label,items FROM undo WHERE owner=? AND done=1 ORDER BY id LIMIT 1"
	         : "SELECT id,at,label,items FROM undo WHERE owner=? AND done=0 ORDER BY id DESC LIMIT 1",
	    "i", (int64_t)owner);

	if (!st)
		return false;
	if (!sql_row(db, st, &failed, err))
		return !failed &&
		       err_set(err, ERR_NOT_FOUND, redo ? _("nothing to do again") : _("nothing to undo"));
	*out = (struct undo_step){.id = sql_int(st, 0),
	    .at_ms = sql_int(st, 1),
	    .label = arena_str(a, sql_text(st, 2)),
	    .undone = !redo};
	decode(sql_blob(st, 3), items);
	return true;
}

static bool take_back(
    struct mark_run *r, uint64_t owner, bool redo, struct arena *a, struct undo_step *out, struct err *err)
{
	struct items items = {0};
	struct buf bytes = BUF_MAX(ITEMS_BYTES);
	bool ok = find_step(r->db, owner, redo, a, out, &items, err) && swap_all(r, &items, err);

	if (ok) {
		encode(&bytes, r->items.v, r->items.n);
		ok = sql_exec(r->db, err, "UPDATE undo SET done=?,items=? WHERE id=?", "ibi", (int64_t)!redo,
		    buf_str(&bytes), out->id);
		mark_run_ids(r, a, &out->ids, &out->n_ids);
	}
	vec_free(&items);
	buf_release(&bytes);
	return ok;
}

bool undo_last(struct db *db, uint64_t owner, bool redo, int64_t at_ms, struct arena *a,
    struct undo_step *out, struct err *err)
{
	struct mark_run r = {.db = db, .origin = MARK_BY_READER, .at_ms = at_ms};
	bool own, ok;

	if (!db_own_begin(db, true, &own, err))
		return false;
	ok = db_own_end(db, own, take_back(&r, owner, redo, a, out, err), err);
	mark_run_release(&r);
	return ok;
}

static void step_read(sqlite3_stmt *st, struct arena *a, struct undo_step *s)
{
	struct items items = {0};

	decode(sql_blob(st, 3), &items);
	*s = (struct undo_step){.id = sql_int(st, 0),
	    .at_ms = sql_int(st, 1),
	    .label = arena_str(a, sql_text(st, 2)),
	    .undone = sql_int(st, 4) != 0,
	    .ids = arena_array(a, items.n ? items.n : 1, sizeof *s->ids)};
	for (size_t i = 0; i < items.n; i++)
		if (i == 0 || items.v[i].story != items.v[i - 1].story)
			s->ids[s->n_ids++] = (struct story_id){items.v[i].story};
	vec_free(&items);
}

bool undo_list(struct db *db, uint64_t owner, size_t limit, struct arena *a, struct undo_step **out,
    size_t *n, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT id,at,label,items,done FROM undo WHERE ?1=0 OR owner=?1 ORDER BY id DESC LIMIT ?2", "ii",
	    (int64_t)owner, (int64_t)limit);

	*n = 0;
	*out = arena_array(a, limit ? limit : 1, sizeof **out);
	while (st && *n < limit && sql_row(db, st, &failed, err))
		step_read(st, a, &(*out)[(*n)++]);
	return st && !failed;
}
