/* SPDX-License-Identifier: MIT */
/* Owns the rows of the related index: segments, chunks of postings, stories that wait, the lease. Leaves
 * events to index_event.c. */
#include "store/index_db.h"

#include "base/vec.h"
#include "store/sql.h"

/* ---- segments ---- */

bool segment_list(struct db *db, enum segment_state state, struct arena *a, struct segment_row **rows,
    size_t *n, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT id,part,first,last,n,from_hour,to_hour,rest,known FROM segment WHERE state=?"
	    " ORDER BY id LIMIT ?",
	    "ii", (int64_t)state, (int64_t)SEGMENTS_MAX);

	*rows = arena_array(a, SEGMENTS_MAX, sizeof **rows);
	*n = 0;
	while (st && sql_row(db, st, &failed, err))
		(*rows)[(*n)++] = (struct segment_row){.id = sql_int(st, 0),
		    .part = sql_int(st, 1),
		    .first = sql_int(st, 2),
		    .last = sql_int(st, 3),
		    .n = sql_int(st, 4),
		    .from_hour = sql_int(st, 5),
		    .to_hour = sql_int(st, 6),
		    .rest = sqlite3_column_double(st, 7),
		    .known = sql_int(st, 8),
		    .state = state};
	return st && !failed;
}

bool segment_make(struct db *db, struct segment_row *row, struct err *err)
{
	row->state = SEGMENT_MAKING;
	row->id = 1 + sql_i64(db, 0, "SELECT max(id) FROM segment", "");
	return sql_exec(db, err, "INSERT INTO segment(id,part,n,state) VALUES(?,?,0,?)", "iii", row->id,
	    row->part, (int64_t)SEGMENT_MAKING);
}

bool segment_finish(
    struct db *db, const struct segment_row *row, struct str common, struct str norms, struct err *err)
{
	return sql_exec(db, err,
	    "UPDATE segment SET part=?,first=?,last=?,n=?,from_hour=?,to_hour=?,rest=?,state=?,"
	    "known=?,common=?,norms=? WHERE id=?",
	    "iiiiiidiibbi", row->part, row->first, row->last, row->n, row->from_hour, row->to_hour, row->rest,
	    (int64_t)SEGMENT_LIVE, row->known, common, norms, row->id);
}

static bool load_blob(struct db *db, const char *sql, int64_t id, struct buf *out, struct err *err)
{
	bool failed = false;
	SCOPED(stmt) sqlite3_stmt *st = sql_query(db, err, sql, "i", id);

	buf_reset(out);
	if (st && sql_row(db, st, &failed, err))
		buf_addstr(out, sql_blob(st, 0));
	return st && !failed;
}

bool segment_common(struct db *db, int64_t id, struct buf *out, struct err *err)
{
	return load_blob(db, "SELECT common FROM segment WHERE id=?", id, out, err);
}

static const char norms_sql[] = "SELECT norms FROM segment WHERE id=?";

bool norms_seek(struct db *db, int64_t id, struct str *out, struct err *err)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(db, err, norms_sql, "i", id);

	*out = STR("");
	if (st && sql_row(db, st, &failed, err))
		*out = sql_blob(st, 0);
	return st && !failed;
}

bool segment_norms(struct db *db, int64_t id, struct buf *out, struct err *err)
{
	return load_blob(db, norms_sql, id, out, err);
}

bool segment_state_set(struct db *db, int64_t id, enum segment_state state, struct err *err)
{
	return sql_exec(db, err, "UPDATE segment SET state=? WHERE id=?", "ii", (int64_t)state, id);
}

bool segment_wipe(struct db *db, int64_t id, size_t max, bool *more, struct err *err)
{
	if (!sql_exec(db, err,
	        "DELETE FROM posting WHERE id IN(SELECT id FROM posting WHERE id>=?1<<32 AND id<(?1+1)<<32"
	        " LIMIT ?2)",
	        "ii", id, (int64_t)max))
		return false;
	*more = sql_changes(db) == (int64_t)max;
	return *more || sql_exec(db, err, "DELETE FROM segment WHERE id=?", "i", id);
}

bool segment_wipe_all(struct db *db, struct err *err)
{
	return sql_exec(db, err, "DELETE FROM posting", "") && sql_exec(db, err, "DELETE FROM segment", "");
}

/* ---- postings ---- */

static int64_t chunk_id(int64_t segment, uint32_t term)
{
	return (int64_t)((uint64_t)segment << 32 | term);
}

bool chunk_put(struct db *db, int64_t segment, uint32_t first, struct str bytes, struct err *err)
{
	return sql_exec(
	    db, err, "INSERT INTO posting(id,z) VALUES(?,?)", "ib", chunk_id(segment, first), bytes);
}

static const char seek_sql[] = "SELECT z FROM posting WHERE id>=? AND id<=? ORDER BY id DESC LIMIT 1";

bool chunk_seek(struct db *db, int64_t segment, uint32_t term, struct str *out, struct err *err)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(db, err, seek_sql, "ii", chunk_id(segment, 0), chunk_id(segment, term));

	*out = STR("");
	if (st && sql_row(db, st, &failed, err))
		*out = sql_blob(st, 0);
	return st && !failed;
}

void chunk_done(struct db *db)
{
	sqlite3_stmt *chunk = sql_query(db, NULL, seek_sql, "ii", (int64_t)0, (int64_t)0);
	sqlite3_stmt *norms = sql_query(db, NULL, norms_sql, "i", (int64_t)0);

	if (chunk)
		stmt_release(&chunk);
	if (norms)
		stmt_release(&norms);
}

bool chunk_from(struct db *db, int64_t segment, uint64_t from, struct buf *out, uint32_t *first, bool *found,
    struct err *err)
{
	bool failed = false;
	sqlite3_stmt *st = NULL;

	buf_reset(out);
	*found = false;
	if (from > UINT32_MAX)
		return true;
	st = sql_query(db, err, "SELECT id,z FROM posting WHERE id>=? AND id<=? ORDER BY id LIMIT 1", "ii",
	    chunk_id(segment, (uint32_t)from), chunk_id(segment, UINT32_MAX));
	*found = st && sql_row(db, st, &failed, err);
	if (*found) {
		*first = (uint32_t)((uint64_t)sql_int(st, 0) & UINT32_MAX);
		buf_addstr(out, sql_blob(st, 1));
	}
	if (st)
		stmt_release(&st);
	return st && !failed;
}

/* ---- what waits ---- */

bool index_waiting(struct db *db, size_t max, int64_t *ids, size_t *n, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(
	    db, err, "SELECT story FROM related_todo ORDER BY story DESC LIMIT ?", "i", (int64_t)max);

	*n = 0;
	while (st && *n < max && sql_row(db, st, &failed, err))
		ids[(*n)++] = sql_int(st, 0);
	return st && !failed;
}

size_t index_waiting_count(struct db *db, size_t max)
{
	return (size_t)sql_i64(db, 0,
	    "SELECT (SELECT count(*) FROM (SELECT 1 FROM fts_todo LIMIT ?1))"
	    "+(SELECT count(*) FROM (SELECT 1 FROM related_todo LIMIT ?1))"
	    "+(SELECT count(*) FROM (SELECT 1 FROM event_wait LIMIT ?1))",
	    "i", (int64_t)max);
}

bool index_advance(struct db *db, int64_t id, bool *moved, struct err *err)
{
	if (!sql_exec(db, err, "DELETE FROM related_todo WHERE story=?", "i", id))
		return false;
	*moved = sql_changes(db) == 1;
	return !*moved || sql_exec(db, err,
	                      "INSERT OR IGNORE INTO event_wait(published,story)"
	                      " SELECT published,id FROM story WHERE id=?",
	                      "i", id);
}

bool event_waiting(
    struct db *db, size_t max, struct arena *a, struct event_wait **v, size_t *n, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT published,story FROM event_wait ORDER BY published DESC,story DESC LIMIT ?", "i",
	    (int64_t)max);

	*v = arena_array(a, max, sizeof **v);
	*n = 0;
	while (st && *n < max && sql_row(db, st, &failed, err))
		(*v)[(*n)++] = (struct event_wait){sql_int(st, 0), sql_int(st, 1)};
	return st && !failed;
}

bool event_advance(struct db *db, const struct event_wait *wait, bool *moved, struct err *err)
{
	if (!sql_exec(db, err, "DELETE FROM event_wait WHERE published=? AND story=?", "ii", wait->published,
	        wait->story))
		return false;
	*moved = sql_changes(db) == 1;
	return true;
}

bool index_await_all(struct db *db, struct err *err)
{
	return sql_exec(db, err, "INSERT OR IGNORE INTO related_todo(story) SELECT id FROM story", "");
}

bool index_lease(struct db *db, int64_t owner, int64_t now, int64_t until, bool *got, struct err *err)
{
	if (!sql_exec(db, err,
	        "UPDATE work SET owner=?1,until=?3 WHERE name='related' AND"
	        " (owner IS NULL OR owner=?1 OR until<=?2)",
	        "iii", owner, now, until))
		return false;
	*got = sql_changes(db) == 1;
	return true;
}
