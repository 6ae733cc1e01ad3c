/* SPDX-License-Identifier: MIT */
/* Owns a connection: opening and its checks, transactions, the busy wait. Leaves the schema to migrate.c and
 * the statements to sql.c. */
#include "store/db.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/db_priv.h"
#include "store/scope.h"

#define BUSY_LIMIT_MS 5000
#define BUSY_SLEEP_NS 500000

static void sleep_a_little(void)
{
	struct timespec ts = {.tv_nsec = BUSY_SLEEP_NS};

	nanosleep(&ts, NULL);
}

/* SQLite's own handler backs off to 100 ms, which a key press would feel; half a millisecond costs nothing
 * beside transactions of 10 ms. The first call of a wait (count 0) says since when, by the number of sleeps.
 */
static int on_busy(void *arg, int count)
{
	(void)arg;
	if (count >= BUSY_LIMIT_MS * (1000000 / BUSY_SLEEP_NS))
		return 0;
	sleep_a_little();
	return 1;
}

static void configure_library(void)
{
	/* before the first open; memory statistics only cost a lock for each allocation */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static bool make_file(const char *path, struct err *err)
{
	SCOPED_STR dir = path_dir(path);
	int fd;

	if (!file_mkdirs(dir, 0700, err))
		return false;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
	if (fd < 0)
		return err_errno(err, ERR_IO, _("the database %s cannot be made"), path);
	close(fd);
	return true;
}

static bool has_bytes(const char *path, const char *ending)
{
	SCOPED_STR name = mem_printf("%s%s", path, ending);
	struct stat st;

	return stat(name, &st) == 0 && st.st_size > 0;
}

/* A folder that may not be written has no place for the shared memory of WAL: then the file is read as it is.
 */
static char *frozen_uri(const char *path)
{
	SCOPED_STR dir = path_dir(path);
	struct buf uri = BUF_MAX(16384);

	if (access(dir, W_OK) == 0)
		return NULL;
	buf_adds(&uri, "file:");
	for (const char *p = path; *p; p++) {
		if (*p == '%' || *p == '?' || *p == '#')
			buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*p);
		else
			buf_addc(&uri, *p);
	}
	buf_adds(&uri, "?immutable=1");
	return buf_take(&uri);
}

static bool open_raw(struct db *db, enum db_mode mode, struct err *err)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	SCOPED_STR uri = mode == DB_READ ? frozen_uri(db->path) : NULL;

	flags |= mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (uri)
		flags |= SQLITE_OPEN_URI;
	if (sqlite3_open_v2(uri ? uri : db->path, &db->raw, flags, NULL) != SQLITE_OK)
		return db->raw ? sql_fail(db, err)
		               : err_set(err, ERR_IO, _("the database %s cannot be opened"), db->path);
	db->readonly = mode == DB_READ;
	sqlite3_busy_handler(db->raw, on_busy, NULL);
	sqlite3_db_config(db->raw, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_limit(db->raw, SQLITE_LIMIT_ATTACHED, 0);
	return true;
}

/* The log is taken over into the file every 2,000 pages, 16 MiB: pages that change often are then copied once
 * for many commits. It keeps its length, with room for the batch that went over: to cut it and to let it grow
 * anew costs more than all the copying. */
static bool pragmas(struct db *db, struct err *err)
{
	static const char read_sql[] = "PRAGMA cell_size_check=1;PRAGMA mmap_size=0;PRAGMA temp_store=2;"
	                               "PRAGMA cache_size=-1024;PRAGMA query_only=1";
	static const char write_sql[] = "PRAGMA cell_size_check=1;PRAGMA mmap_size=0;PRAGMA temp_store=2;"
	                                "PRAGMA cache_size=-4096;PRAGMA synchronous=1;PRAGMA foreign_keys=1;"
	                                "PRAGMA wal_autocheckpoint=2000;PRAGMA journal_size_limit=25165824";

	return sql_script(db, db->readonly ? read_sql : write_sql, err);
}

enum identity { ID_OURS, ID_FRESH, ID_NEWER, ID_OLDER, ID_FOREIGN, ID_FAILED };

static enum identity identify(struct db *db, struct err *err)
{
	int64_t app = sql_i64(db, -1, "PRAGMA application_id", ""), version;

	if (app == -1) {
		sql_fail(db, err);
		return ID_FAILED;
	}
	version = sql_i64(db, 0, "PRAGMA user_version", "");
	if (app == 0 && version == 0 && sql_i64(db, 1, "SELECT count(*) FROM sqlite_schema", "") == 0)
		return ID_FRESH;
	if (app == 0) { /* another instance may have made it between the two looks: its tables and its mark
		           come together */
		app = sql_i64(db, 0, "PRAGMA application_id", "");
		version = sql_i64(db, 0, "PRAGMA user_version", "");
	}
	if (app != DB_APPLICATION)
		return ID_FOREIGN;
	if (version > DB_VERSION)
		return ID_NEWER;
	return version < DB_VERSION ? ID_OLDER : ID_OURS;
}

/* Ends a transaction even after an interruption, which may still hit its first try. */
static void end_now(struct db *db, const char *sql)
{
	for (int i = 0; i < 3 && db_in_transaction(db); i++)
		(void)sqlite3_exec(db->raw, sql, NULL, NULL, NULL); /* SQLite may have ended it by itself */
}

static void close_raw(struct db *db)
{
	size_t at = 0;
	struct str key;
	void *value;

	for (size_t i = 0; i < DB_EXTRAS; i++) {
		if (db->extras[i].value)
			db->extras[i].drop(db->extras[i].value);
		db->extras[i] = (struct db_extra){0};
	}
	while (map_next(db->statements, &at, &key, &value))
		sqlite3_finalize(value);
	map_free(db->statements);
	db->statements = map_new();
	memset(db->recent, 0, sizeof db->recent);
	if (db->raw)
		db_rollback(db);
	sqlite3_close(db->raw);
	db->raw = NULL;
}

/* Two instances that start at once both find the file empty: WAL is set by whoever comes first, the other
 * waits. */
static bool make_wal(struct db *db, struct err *err)
{
	int64_t until = clock_mono_ms() + BUSY_LIMIT_MS;
	int rc;

	do {
		rc = sqlite3_exec(db->raw, "PRAGMA page_size=8192;PRAGMA journal_mode=WAL", NULL, NULL, NULL);
		if (rc == SQLITE_OK)
			return true;
		sleep_a_little();
	} while ((rc & 0xff) == SQLITE_BUSY && clock_mono_ms() < until);
	return sql_fail(db, err);
}

static bool settle(struct db *db, enum db_mode mode, struct err *err)
{
	enum identity id = identify(db, err);

	switch (id) {
	case ID_FAILED:
		return false;
	case ID_FOREIGN:
		return err_set(err, ERR_DB,
		    _("%s is a database of another program; choose another folder with -d"), db->path);
	case ID_NEWER:
		log_warn(LOG_STORE, "%s is of a newer version, opened for reading only", db->path);
		if (db->readonly)
			break;
		close_raw(db);
		if (!open_raw(db, DB_READ, err))
			return false;
		break;
	case ID_FRESH:
	case ID_OLDER:
		if (mode == DB_READ && id == ID_OLDER)
			return err_set(err, ERR_DB,
			    _("%s is of an older version of courant; courant update brings it up to date"),
			    db->path);
		if (mode == DB_READ)
			return err_set(err, ERR_NOT_FOUND, _("the database %s holds nothing yet"), db->path);
		if (id == ID_FRESH && !make_wal(db, err))
			return false;
		if (!migrate(db, id == ID_FRESH, err))
			return false;
		break;
	case ID_OURS:
		break;
	}
	return pragmas(db, err);
}

struct db *db_open(const char *path, enum db_mode mode, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct db *db;

	pthread_once(&once, configure_library);
	if (mode == DB_CREATE ? !make_file(path, err) : !file_exists(path)) {
		if (mode != DB_CREATE)
			err_set(err, ERR_NOT_FOUND, _("there is no database %s yet"), path);
		return NULL;
	}
	db = mem_new(struct db);
	db->path = mem_strdup(path);
	db->statements = map_new();
	db->unclean = has_bytes(path, "-wal");
	if (!open_raw(db, mode, err) || !settle(db, mode, err) || !fts_tokenizer_register(db, err) ||
	    !scope_functions_register(db, err) || !arrivals_register(db, err)) {
		db_close(db);
		return NULL;
	}
	return db;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	close_raw(db);
	map_free(db->statements);
	mem_free(db->path);
	mem_free(db);
}

const char *db_path(const struct db *db)
{
	return db->path;
}

bool db_is_readonly(const struct db *db)
{
	return db->readonly;
}

bool db_was_unclean(const struct db *db)
{
	return db->unclean;
}

bool db_err_is_damage(const struct err *err)
{
	return str_starts(str_c(err->detail), "damaged:");
}

bool db_begin(struct db *db, bool durable, struct err *err)
{
	if (db->readonly)
		return err_set(err, ERR_DB, _("%s is open for reading only"), db->path);
	if (durable != db->durable) {
		if (!sql_script(db, durable ? "PRAGMA synchronous=2" : "PRAGMA synchronous=1", err))
			return false;
		db->durable = durable;
	}
	return sql_exec(db, err, "BEGIN IMMEDIATE", "");
}

bool db_commit(struct db *db, struct err *err)
{
	if (sql_exec(db, err, "COMMIT", ""))
		return true;
	db_rollback(db);
	return false;
}

void db_rollback(struct db *db)
{
	end_now(db, "ROLLBACK");
}

bool db_savepoint(struct db *db, struct err *err)
{
	return sql_exec(db, err, "SAVEPOINT part", "");
}

bool db_savepoint_end(struct db *db, bool keep, struct err *err)
{
	if (!db_in_transaction(db))
		return err_set(err, ERR_DB, _("the database %s gave up a change"), db->path);
	if (!keep && !sql_exec(db, err, "ROLLBACK TO part", ""))
		return false;
	return sql_exec(db, err, "RELEASE part", "");
}

bool db_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(db->raw);
}

bool db_read_begin(struct db *db, struct err *err)
{
	if (db->read_depth == 0 && !db_in_transaction(db)) {
		if (!sql_exec(db, err, "BEGIN", ""))
			return false;
		db->read_depth = 1;
	} else if (db->read_depth > 0) {
		db->read_depth++;
	}
	return true;
}

void db_read_end(struct db *db)
{
	if (db->read_depth > 0 && --db->read_depth == 0)
		end_now(db, "COMMIT");
}

int64_t db_data_version(struct db *db)
{
	return sql_i64(db, 0, "PRAGMA data_version", "");
}

void db_interrupt(struct db *db)
{
	atomic_store(&db->interrupted, true);
	sqlite3_interrupt(db->raw);
}

void db_resume(struct db *db)
{
	atomic_store(&db->interrupted, false);
}

bool db_interrupted(const struct db *db)
{
	return atomic_load(&db->interrupted);
}

int64_t db_meta_i64(struct db *db, const char *key, int64_t otherwise)
{
	return sql_i64(db, otherwise, "SELECT v FROM meta WHERE k=?", "s", str_c(key));
}

bool db_meta_set_i64(struct db *db, const char *key, int64_t value, struct err *err)
{
	return sql_exec(db, err,
	    "INSERT INTO meta(k,v) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET v=excluded.v", "si", str_c(key),
	    value);
}

bool db_check(struct db *db, bool quick, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st =
	    sql_query(db, err, quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)", "");
	struct str first;

	if (!st || !sql_row(db, st, &failed, err))
		return st && !failed;
	first = sql_text(st, 0);
	if (str_eqc(first, "ok"))
		return true;
	err_set(err, ERR_DB, _("the database %s is damaged; `courant check --database` mends it"), db->path);
	err_detail(err, "damaged: %.*s", STR_ARG(str_sub(first, 0, 160)));
	return false;
}

bool db_backup(struct db *db, const char *to, struct err *err)
{
	bool ok;

	/* VACUUM attaches the new file */
	sqlite3_limit(db->raw, SQLITE_LIMIT_ATTACHED, 1);
	ok = sql_exec(db, err, "VACUUM INTO ?", "s", str_c(to));
	sqlite3_limit(db->raw, SQLITE_LIMIT_ATTACHED, 0);
	return ok;
}
