/* SPDX-License-Identifier: MIT */
/* Owns the prepared statements of a connection and the translation of SQLite's errors. */
#include "store/sql.h"

#include <stdarg.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/db_priv.h"

#define MAX_STATEMENTS 160
#define MAX_MESSAGE    160

bool sql_fail(struct db *db, struct err *err)
{
	int code = sqlite3_errcode(db->raw), extended = sqlite3_extended_errcode(db->raw);
	const char *detail = sqlite3_errmsg(db->raw);

	switch (code) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		err_set(err, ERR_BUSY, _("another program kept the database %s busy; try again"), db->path);
		break;
	case SQLITE_INTERRUPT:
		err_set(err, ERR_CANCELLED, _("broken off"));
		break;
	case SQLITE_FULL:
		err_set(
		    err, ERR_IO, _("no space is left on the disk of %s; make room and try again"), db->path);
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		err_set(
		    err, ERR_IO, _("the database %s may not be written; check its permissions"), db->path);
		break;
	case SQLITE_CANTOPEN:
	case SQLITE_IOERR:
		err_set(err, ERR_IO, _("the database %s cannot be read or written: %s"), db->path, detail);
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		err_set(err, ERR_DB, _("the database %s is damaged; `courant check --database` mends it"),
		    db->path);
		err_detail(err, "damaged: %.*s (%d)", MAX_MESSAGE, detail, extended);
		return false;
	default:
		err_set(err, ERR_DB, _("the database %s failed: %s"), db->path, detail);
		break;
	}
	err_detail(err, "sqlite %d: %.*s", extended, MAX_MESSAGE, detail);
	return false;
}

static void forget_idle(struct db *db)
{
	struct map *kept = map_new();
	size_t at = 0;
	struct str key;
	void *value;

	while (map_next(db->statements, &at, &key, &value)) {
		if (sqlite3_stmt_busy(value))
			(void)map_put(kept, key, value); /* keys of a map are unlike */
		else
			sqlite3_finalize(value);
	}
	map_free(db->statements);
	db->statements = kept;
	memset(db->recent, 0, sizeof db->recent);
}

static sqlite3_stmt *find_or_prepare(struct db *db, struct err *err, const char *sql)
{
	struct str key = str_c(sql);
	sqlite3_stmt *st = map_get(db->statements, key);

	if (st)
		return st;
	if (map_count(db->statements) >= MAX_STATEMENTS)
		forget_idle(db);
	if (sqlite3_prepare_v3(db->raw, sql, (int)key.len + 1, SQLITE_PREPARE_PERSISTENT, &st, NULL) !=
	    SQLITE_OK) {
		sql_fail(db, err);
		return NULL;
	}
	(void)map_put(db->statements, key, st); /* it was not there */
	return st;
}

static sqlite3_stmt *prepared(struct db *db, struct err *err, const char *sql)
{
	struct db_recent *recent = &db->recent[((uintptr_t)sql >> 4) % DB_RECENT];

	/* a text that was put together may stand where another stood */
	if (recent->sql != sql || strcmp(sqlite3_sql(recent->statement), sql) != 0) {
		sqlite3_stmt *st = find_or_prepare(db, err, sql);

		if (!st)
			return NULL;
		*recent = (struct db_recent){sql, st};
	}
	return recent->statement;
}

static int bind_str(sqlite3_stmt *st, int at, struct str s, bool blob)
{
	if (!s.p)
		return sqlite3_bind_null(st, at);
	if (blob)
		return sqlite3_bind_blob64(st, at, s.p, s.len, SQLITE_STATIC);
	return sqlite3_bind_text64(st, at, s.p, s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static bool bind_all(struct db *db, struct err *err, sqlite3_stmt *st, const char *fmt, va_list ap)
{
	int at = 0, rc = SQLITE_OK;

	for (; *fmt && rc == SQLITE_OK; fmt++) {
		at++;
		switch (*fmt) {
		case 'i':
			rc = sqlite3_bind_int64(st, at, va_arg(ap, int64_t));
			break;
		case 's':
		case 'b':
			rc = bind_str(st, at, va_arg(ap, struct str), *fmt == 'b');
			break;
		case 'd':
			rc = sqlite3_bind_double(st, at, va_arg(ap, double));
			break;
		default:
			rc = sqlite3_bind_null(st, at);
			break;
		}
	}
	return rc == SQLITE_OK || sql_fail(db, err);
}

static sqlite3_stmt *query_v(struct db *db, struct err *err, const char *sql, const char *fmt, va_list ap)
{
	sqlite3_stmt *st = prepared(db, err, sql);

	if (!st)
		return NULL;
	sqlite3_reset(st);
	return bind_all(db, err, st, fmt, ap) ? st : NULL;
}

sqlite3_stmt *sql_query(struct db *db, struct err *err, const char *sql, const char *fmt, ...)
{
	va_list ap;
	sqlite3_stmt *st;

	va_start(ap, fmt);
	st = query_v(db, err, sql, fmt, ap);
	va_end(ap);
	return st;
}

sqlite3_stmt *sql_own(struct db *db, struct err *err, const char *sql)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(db->raw, sql, -1, &st, NULL) != SQLITE_OK)
		sql_fail(db, err);
	return st;
}

bool sql_row(struct db *db, sqlite3_stmt *st, bool *failed, struct err *err)
{
	int rc;

	if (db_interrupted(db)) {
		*failed = true;
		return err_set(err, ERR_CANCELLED, _("broken off"));
	}
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE) {
		*failed = true;
		sql_fail(db, err);
	}
	return false;
}

bool sql_exec(struct db *db, struct err *err, const char *sql, const char *fmt, ...)
{
	va_list ap;
	bool failed = false;

	va_start(ap, fmt);
	SCOPED(stmt) sqlite3_stmt *st = query_v(db, err, sql, fmt, ap);
	va_end(ap);
	if (!st)
		return false;
	while (sql_row(db, st, &failed, err))
		;
	return !failed;
}

int64_t sql_i64(struct db *db, int64_t otherwise, const char *sql, const char *fmt, ...)
{
	va_list ap;
	bool failed = false;

	va_start(ap, fmt);
	SCOPED(stmt) sqlite3_stmt *st = query_v(db, NULL, sql, fmt, ap);
	va_end(ap);
	if (!st || !sql_row(db, st, &failed, NULL) || sqlite3_column_type(st, 0) == SQLITE_NULL)
		return otherwise;
	return sql_int(st, 0);
}

bool sql_script(struct db *db, const char *sql, struct err *err)
{
	return sqlite3_exec(db->raw, sql, NULL, NULL, NULL) == SQLITE_OK || sql_fail(db, err);
}

static struct str column(sqlite3_stmt *st, int at, const void *p)
{
	if (sqlite3_column_type(st, at) == SQLITE_NULL)
		return STR_NONE;
	return str_n(p ? p : "", (size_t)sqlite3_column_bytes(st, at));
}

struct str sql_text(sqlite3_stmt *st, int at)
{
	return column(st, at, sqlite3_column_text(st, at));
}

struct str sql_blob(sqlite3_stmt *st, int at)
{
	return column(st, at, sqlite3_column_blob(st, at));
}

int64_t sql_changes(struct db *db)
{
	return sqlite3_changes64(db->raw);
}

int64_t sql_changes_all(struct db *db)
{
	return sqlite3_total_changes64(db->raw);
}
