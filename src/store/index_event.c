/* SPDX-License-Identifier: MIT */
/* Owns the rows of events: which story is of which, what was merged, what a reader set apart. */
#include "store/index_db.h"
#include "store/sql.h"

bool index_story(struct db *db, int64_t id, struct index_story *out, bool *found, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT source,published,event,coalesce(copy_of,0),flags,lang FROM story WHERE id=?", "i", id);

	*found = st && sql_row(db, st, &failed, err);
	if (*found)
		*out = (struct index_story){.id = id,
		    .source = sql_int(st, 0),
		    .published = sql_int(st, 1),
		    .event = sql_int(st, 2),
		    .copy_of = sql_int(st, 3),
		    .flags = (uint32_t)sql_int(st, 4),
		    .lang = (enum lang)sql_int(st, 5)};
	return st && !failed;
}

static struct str text_of(struct db *db, const char *sql, int64_t id, struct arena *a)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, NULL, sql, "i", id);

	if (!st || !sql_row(db, st, &failed, NULL))
		return STR("");
	struct str text = sql_text(st, 0);
	return text.p ? arena_str(a, text) : STR("");
}

struct str index_title(struct db *db, int64_t id, struct arena *a)
{
	return text_of(db, "SELECT title FROM story WHERE id=?", id, a);
}

struct str index_source_name(struct db *db, int64_t source, struct arena *a)
{
	return text_of(db, "SELECT name FROM source WHERE id=?", source, a);
}

bool index_set_copy(struct db *db, int64_t id, int64_t copy_of, struct err *err)
{
	return sql_exec(db, err, "UPDATE story SET copy_of=?,flags=flags|16 WHERE id=?", "ii", copy_of, id);
}

bool event_load(struct db *db, int64_t id, struct event_row *out, bool *found, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st =
	    sql_query(db, err, "SELECT first,first_at,newest_at,n FROM event WHERE id=?", "i", id);

	*found = st && sql_row(db, st, &failed, err);
	if (*found)
		*out = (struct event_row){id, sql_int(st, 0), sql_int(st, 1), sql_int(st, 2), sql_int(st, 3)};
	return st && !failed;
}

bool event_save(struct db *db, const struct event_row *row, struct err *err)
{
	return sql_exec(db, err,
	    "INSERT OR REPLACE INTO event(id,first,first_at,newest_at,n) VALUES(?,?,?,?,?)", "iiiii", row->id,
	    row->first, row->first_at, row->newest_at, row->n);
}

bool event_set(struct db *db, int64_t story, int64_t event, struct err *err)
{
	return sql_exec(db, err, "UPDATE story SET event=? WHERE id=?", "ii", event, story);
}

bool event_merge(struct db *db, int64_t from, int64_t to, struct err *err)
{
	return sql_exec(db, err, "UPDATE story SET event=?2 WHERE event=?1", "ii", from, to) &&
	       sql_exec(db, err, "UPDATE event SET merged_into=?2 WHERE merged_into=?1", "ii", from, to) &&
	       sql_exec(db, err, "UPDATE event SET merged_into=?2 WHERE id=?1", "ii", from, to);
}

bool apart_set(struct db *db, struct story_id a, struct story_id b, bool on, int64_t now, struct err *err)
{
	int64_t low = a.v < b.v ? a.v : b.v, high = a.v < b.v ? b.v : a.v;

	return on ? sql_exec(
	                db, err, "INSERT OR REPLACE INTO apart(a,b,at) VALUES(?,?,?)", "iii", low, high, now)
	          : sql_exec(db, err, "DELETE FROM apart WHERE a=? AND b=?", "ii", low, high);
}

bool apart_is(struct db *db, int64_t a, int64_t b)
{
	return sql_i64(db, 0, "SELECT 1 FROM apart WHERE a=? AND b=?", "ii", a < b ? a : b, a < b ? b : a) !=
	       0;
}

/* first, its time, the newest time and the number of an event that has lost or won stories. */
static bool event_count(struct db *db, int64_t event, struct err *err)
{
	return sql_exec(db, err,
	    "UPDATE event SET n=(SELECT count(*) FROM story WHERE event=?1),"
	    "first=coalesce((SELECT id FROM story WHERE event=?1 ORDER BY published,id LIMIT 1),first),"
	    "first_at=coalesce((SELECT min(published) FROM story WHERE event=?1),first_at),"
	    "newest_at=coalesce((SELECT max(published) FROM story WHERE event=?1),newest_at) WHERE id=?1",
	    "i", event);
}

bool event_leave(struct db *db, int64_t story, int64_t alone, struct err *err)
{
	int64_t event = sql_i64(db, 0, "SELECT event FROM story WHERE id=?", "i", story);

	return event_set(db, story, alone, err) && event_count(db, event, err);
}

bool event_join(struct db *db, int64_t story, int64_t event, struct err *err)
{
	return event_set(db, story, event, err) && event_count(db, event, err);
}
