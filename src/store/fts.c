/* SPDX-License-Identifier: MIT */
/* Owns the full-text index: its partitions, what waits for it, what is taken out of it. Contentless: to take
 * a story out, its words are made again from the stored text, before that changes. */
#include "store/fts.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/vec.h"
#include "store/search.h"
#include "store/source_priv.h"
#include "store/sql.h"
#include "store/story_db.h"
#include "store/story_priv.h"
#include "store/words.h"

#define TOKENS_BYTES ((size_t)8 << 20)
#define LEFT_MAX     1000
#define BATCH        512 /* stories looked up at once */

static int newest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x > y ? -1 : x < y;
}

bool fts_parts(struct db *db, struct fts_parts *out, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT substr(name,4) FROM sqlite_schema WHERE type='table' AND name GLOB 'ft_[0-9]*'"
	    " AND name NOT GLOB 'ft_*_*'",
	    "");

	out->n = 0;
	while (st && out->n < FTS_MAX_PARTS && sql_row(db, st, &failed, err))
		out->ids[out->n++] = sql_int(st, 0);
	qsort(out->ids, out->n, sizeof *out->ids, newest_first);
	return st && !failed;
}

static bool part_exists(struct db *db, int64_t part)
{
	return sql_i64(
	           db, 0, "SELECT 1 FROM sqlite_schema WHERE type='table' AND name='ft_'||?", "i", part) != 0;
}

/* Pages of the index that fill a page of the file; merges that come in larger steps. */
static bool part_make(struct db *db, int64_t part, struct err *err)
{
	SCOPED_STR sql = mem_printf("CREATE VIRTUAL TABLE ft_%lld USING fts5(x,content='',columnsize=0,"
	                            "detail=none,tokenize='courant');"
	                            "INSERT INTO ft_%lld(ft_%lld,rank) VALUES('pgsz',8000);"
	                            "INSERT INTO ft_%lld(ft_%lld,rank) VALUES('automerge',8)",
	    (long long)part, (long long)part, (long long)part, (long long)part, (long long)part);

	return part_exists(db, part) || sql_script(db, sql, err);
}

/* Drops a partition's table with all its words. */
static bool fts_drop_part(struct db *db, int64_t part, struct err *err)
{
	SCOPED_STR sql = mem_printf("DROP TABLE IF EXISTS ft_%lld", (long long)part);

	return sql_script(db, sql, err);
}

static bool tokens_of(struct db *db, int64_t id, struct buf *out, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct story_words w;
	struct str texts[3];

	if (!story_words(db, (struct story_id){id}, a, &w, err))
		return false;
	texts[0] = w.title;
	texts[1] = w.dek;
	texts[2] = w.body;
	return words_add(db, w.lang, texts, ARRAY_LEN(texts), out) ||
	       err_set(err, ERR_LIMIT, _("a text is too large to be indexed"));
}

/* Gives a story's tokens to its partition: adds them, or takes them out. */
static bool write_tokens(struct db *db, int64_t id, bool add, struct err *err)
{
	struct buf tokens = BUF_MAX(TOKENS_BYTES);
	long long part = (long long)(id >> DB_PART_BITS);
	SCOPED_STR sql =
	    add ? mem_printf("INSERT INTO ft_%lld(rowid,x) VALUES(?,?)", part)
	        : mem_printf("INSERT INTO ft_%lld(ft_%lld,rowid,x) VALUES('delete',?,?)", part, part);
	bool ok = tokens_of(db, id, &tokens, err) && sql_exec(db, err, sql, "is", id, buf_str(&tokens));

	buf_release(&tokens);
	return ok;
}

bool fts_forget(struct db *db, int64_t id, struct err *err)
{
	if (sql_i64(db, 0, "SELECT 1 FROM fts_todo WHERE story=?", "i", id))
		return sql_exec(db, err, "DELETE FROM fts_todo WHERE story=?", "i", id);
	return !part_exists(db, id >> DB_PART_BITS) || write_tokens(db, id, false, err);
}

bool fts_await(struct db *db, int64_t id, struct err *err)
{
	return sql_exec(db, err, "INSERT OR IGNORE INTO fts_todo(story) VALUES(?)", "i", id) &&
	       sql_exec(db, err, "INSERT OR IGNORE INTO related_todo(story) VALUES(?)", "i", id);
}

/* ---- indexing ---- */

struct ids {
	VEC(int64_t);
};

static int oldest_first(const void *a, const void *b)
{
	return newest_first(b, a);
}

/* The newest that wait, in the order of their ids: FTS5 writes out what it holds at each step back. */
static bool waiting(struct db *db, struct ids *out, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st =
	    sql_query(db, err, "SELECT story FROM fts_todo ORDER BY story DESC LIMIT ?", "i", (int64_t)BATCH);

	while (st && sql_row(db, st, &failed, err))
		vec_push(out, sql_int(st, 0));
	vec_sort(out, oldest_first);
	return st && !failed;
}

static bool index_one(struct db *db, int64_t id, struct err *err)
{
	struct err trouble = {0};

	if (!sql_exec(db, err, "DELETE FROM fts_todo WHERE story=?", "i", id))
		return false;
	if (!part_make(db, id >> DB_PART_BITS, err))
		return false;
	if (write_tokens(db, id, true, &trouble) || trouble.code == ERR_NOT_FOUND ||
	    trouble.code == ERR_LIMIT || db_err_is_damage(&trouble))
		return true; /* gone meanwhile, or without readable words: the others are not held up */
	if (err)
		*err = trouble;
	return false;
}

static bool index_batch(struct db *db, int64_t until_us, size_t *done, bool *more, struct err *err)
{
	struct ids ids = {0};
	bool ok = waiting(db, &ids, err);

	*more = ids.n == BATCH;
	for (size_t i = 0; ok && i < ids.n; i++) {
		if (clock_mono_us() >= until_us || db_interrupted(db)) {
			*more = false;
			break;
		}
		ok = index_one(db, ids.v[i], err);
		*done += ok;
	}
	vec_free(&ids);
	return ok;
}

bool fts_step(struct db *db, int budget_ms, size_t *done, size_t *left, struct err *err)
{
	int64_t until_us = clock_mono_us() + (int64_t)budget_ms * 1000;
	bool own, ok = true, more = true;

	*done = *left = 0;
	if (!sql_i64(db, 0, "SELECT 1 FROM fts_todo LIMIT 1", ""))
		return true;
	if (!db_own_begin(db, false, &own, err))
		return false;
	while (ok && more)
		ok = index_batch(db, until_us, done, &more, err);
	if (!db_own_end(db, own, ok, err))
		return false;
	*left = (size_t)sql_i64(
	    db, 0, "SELECT count(*) FROM (SELECT 1 FROM fts_todo LIMIT ?)", "i", (int64_t)LEFT_MAX);
	return true;
}

size_t fts_waiting(struct db *db)
{
	return (size_t)sql_i64(db, 0, "SELECT count(*) FROM fts_todo", "");
}

static bool rebuild(struct db *db, struct err *err)
{
	struct fts_parts parts;

	if (!fts_parts(db, &parts, err))
		return false;
	for (size_t i = 0; i < parts.n; i++)
		if (!fts_drop_part(db, parts.ids[i], err))
			return false;
	return sql_exec(db, err, "INSERT OR IGNORE INTO fts_todo(story) SELECT id FROM story", "");
}

bool fts_rebuild(struct db *db, struct err *err)
{
	bool own;

	if (!db_own_begin(db, false, &own, err))
		return false;
	return db_own_end(db, own, rebuild(db, err), err);
}
