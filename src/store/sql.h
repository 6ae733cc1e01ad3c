/* SPDX-License-Identifier: MIT */
/* SQLite inside src/store: prepared statements kept by their text, binding by a format, errors as struct err.
 * Included by this folder's .c files only. Thread: that of the db. */
#ifndef CO_STORE_SQL_H
#define CO_STORE_SQL_H

#include "base/buf.h"
#include "base/str.h"
#include "store/db.h"
#include <sqlite3.h>

/* A statement, reset when its scope is left: SCOPED(stmt) sqlite3_stmt *st = sql_query(…). */
static inline void stmt_release(sqlite3_stmt **st)
{
	if (*st)
		sqlite3_reset(*st);
}

/* The prepared statement for this text, kept by the db (borrowed), bound by fmt: i int64_t, s struct str as
 * text, b struct str as blob (both borrowed until the reset; absent is NULL), d double, n NULL (takes none).
 * NULL with err. A statement of the same text must not be in use. */
sqlite3_stmt *sql_query(struct db *db, struct err *err, const char *sql, const char *fmt, ...);
/* A statement of the caller's own, to be finalized, for what stays in use while others of its text may run.
 * NULL with err. */
sqlite3_stmt *sql_own(struct db *db, struct err *err, const char *sql);
/* Steps: true with a row; false at the end (err untouched) or on failure (err set, *failed true). */
bool sql_row(struct db *db, sqlite3_stmt *st, bool *failed, struct err *err);
/* sql_query, run to its end. */
bool sql_exec(struct db *db, struct err *err, const char *sql, const char *fmt, ...);
/* First column of the first row; `otherwise` when there is none, it is NULL, or it failed. */
int64_t sql_i64(struct db *db, int64_t otherwise, const char *sql, const char *fmt, ...);
/* Several statements without parameters, not kept. */
bool sql_script(struct db *db, const char *sql, struct err *err);
/* Sets err from the connection's last error. Returns false. */
bool sql_fail(struct db *db, struct err *err);

/* A column's bytes, borrowed until the next step; absent when NULL. */
struct str sql_text(sqlite3_stmt *st, int column);
struct str sql_blob(sqlite3_stmt *st, int column);
#define sql_int(st, column) ((int64_t)sqlite3_column_int64((st), (column)))
int64_t sql_changes(struct db *db);
int64_t sql_changes_all(struct db *db); /* since the connection was opened, also those of virtual tables */

#endif
