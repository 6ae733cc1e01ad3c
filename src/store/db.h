/* SPDX-License-Identifier: MIT */
/* One connection to the database: opening with every check, transactions, the busy wait. What is in the
 * tables belongs to the *_db modules; SQLite itself is seen by src/store only (sql.h). Thread: a db belongs
 * to one thread, but db_interrupt(), which any thread may call while the db is open. */
#ifndef CO_STORE_DB_H
#define CO_STORE_DB_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include <stdint.h>

#define DB_FILE_NAME   "courant.db"
#define DB_APPLICATION 0x436f7572 /* "Cour" */
#define DB_VERSION     3          /* of the schema (user_version) */
#define DB_PART_BITS   17         /* story.id >> 17 is its partition of the full-text and related indexes */

enum db_mode {
	DB_READ,  /* an existing database, never written */
	DB_WRITE, /* an existing one */
	DB_CREATE /* made, with its folder (0700), when it is not there */
};

struct db;
/* Opens, checks application_id and user_version, migrates (after a copy beside it). A foreign file is refused
 * and left alone; one of a newer courant is opened read-only (db_is_readonly() tells). ERR_NOT_FOUND: there
 * is no file. Returns yours. */
struct db *db_open(const char *path, enum db_mode mode, struct err *err);
void db_close(struct db *db); /* NULL is fine; an open transaction is rolled back */
static inline void db_freep(struct db **db)
{
	db_close(*db);
}
const char *db_path(const struct db *db);
bool db_is_readonly(const struct db *db);
/* The last use of the file did not end with a close: a background db_check() is worth its time. */
bool db_was_unclean(const struct db *db);
/* The error says that the file itself is damaged (store/rescue.h mends). */
bool db_err_is_damage(const struct err *err);

/* Transactions: db_begin is BEGIN IMMEDIATE and waits for other writers up to 5 s, then ERR_BUSY. `durable`:
 * its commit is on the disk before it returns (what a reader did); else it may be lost with the power, never
 * torn. */
bool db_begin(struct db *db, bool durable, struct err *err);
bool db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);
/* A part of a transaction that can be taken back alone: begin, then keep or give up. */
bool db_savepoint(struct db *db, struct err *err);
bool db_savepoint_end(struct db *db, bool keep, struct err *err);
bool db_in_transaction(const struct db *db);
/* A consistent view over several reads: nested calls are counted. */
bool db_read_begin(struct db *db, struct err *err);
void db_read_end(struct db *db);

/* Changes when another connection has committed (5 µs). */
int64_t db_data_version(struct db *db);
/* Breaks off what the db is doing: every step fails with ERR_CANCELLED until db_resume(). Any thread. */
void db_interrupt(struct db *db);
void db_resume(struct db *db);
bool db_interrupted(const struct db *db); /* for loops that compute between steps */

/* Small named values: text and numbers of the program itself. */
int64_t db_meta_i64(struct db *db, const char *key, int64_t otherwise);
bool db_meta_set_i64(struct db *db, const char *key, int64_t value, struct err *err);

/* Tests every page and index (quick: without comparing indexes to tables). False with ERR_DB and the first
 * finding. */
bool db_check(struct db *db, bool quick, struct err *err);
/* Copies the whole database, as of now, into a new file. */
bool db_backup(struct db *db, const char *to, struct err *err);

/* Appends the versions of the libraries in use: "SQLite 3.40.1 zstd 1.5.4". */
void db_versions(struct buf *out);

#endif
