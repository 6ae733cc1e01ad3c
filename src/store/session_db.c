/* SPDX-License-Identifier: MIT */
/* Owns the sessions of screens and the places in texts. */
#include "store/session_db.h"

#include "store/source_priv.h"
#include "store/sql.h"

#define KEPT_SESSIONS 64

static bool read_state(
    struct db *db, sqlite3_stmt *st, struct arena *a, struct str *state, bool *found, struct err *err)
{
	bool failed = false;

	*found = st && sql_row(db, st, &failed, err);
	if (*found)
		*state = arena_str(a, sql_blob(st, 0));
	return st && !failed;
}

bool session_get(
    struct db *db, struct str key, struct arena *a, struct str *state, bool *own, struct err *err)
{
	bool found;
	SCOPED(stmt) sqlite3_stmt *st = sql_query(db, err, "SELECT state FROM session WHERE key=?", "s", key);

	*state = STR_NONE;
	if (!read_state(db, st, a, state, own, err) || *own)
		return *own;
	SCOPED(stmt)
	sqlite3_stmt *last =
	    sql_query(db, err, "SELECT state FROM session ORDER BY at DESC,id DESC LIMIT 1", "");
	return read_state(db, last, a, state, &found, err);
}

static bool put(struct db *db, struct str key, int64_t now, struct str state, struct err *err)
{
	return sql_exec(db, err,
	           "INSERT INTO session(key,at,state) VALUES(?1,?2,?3)"
	           " ON CONFLICT(key) DO UPDATE SET at=?2,state=?3",
	           "sib", key, now, state) &&
	       sql_exec(db, err,
	           "DELETE FROM session WHERE id NOT IN"
	           " (SELECT id FROM session ORDER BY at DESC,id DESC LIMIT ?)",
	           "i", (int64_t)KEPT_SESSIONS);
}

bool session_put(struct db *db, struct str key, int64_t now, struct str state, struct err *err)
{
	bool own;

	if (!db_own_begin(db, true, &own, err))
		return false;
	return db_own_end(db, own, put(db, key, now, state, err), err);
}

bool place_get(struct db *db, struct story_id id, struct place *out)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, NULL, "SELECT block,chr FROM place WHERE story=?", "i", id.v);

	if (!st || !sql_row(db, st, &failed, NULL))
		return false;
	*out = (struct place){(uint32_t)sql_int(st, 0), (uint32_t)sql_int(st, 1)};
	return true;
}

bool place_put(struct db *db, struct story_id id, struct place place, int64_t now, struct err *err)
{
	return sql_exec(db, err, "INSERT OR REPLACE INTO place(story,block,chr,at) VALUES(?,?,?,?)", "iiii",
	    id.v, (int64_t)place.block, (int64_t)place.chr, now);
}
