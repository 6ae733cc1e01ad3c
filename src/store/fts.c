/* SPDX-License-Identifier: MIT */
/* Owns the full-text index: its partitions, their merging, what waits for it, what is taken out of it.
 * Contentless: to take a story out, its words are made again from the stored text, before that changes.
 * Leaves the way in to fts_step.c. */
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
#define MERGE_PAGES  16 /* written in one transaction: some 5 ms */
#define FTS_FAN      16 /* parts of a table that become one; as many as FTS5 takes */

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

static bool part_set(struct db *db, int64_t part, const char *name, int64_t value, struct err *err)
{
	SCOPED_STR sql =
	    mem_printf("INSERT INTO ft_%lld(ft_%lld,rank) VALUES(?,?)", (long long)part, (long long)part);

	return sql_exec(db, err, sql, "si", str_c(name), value);
}

/* Pages of the index that fill a page of the file. Its merges come when fts_merge() asks for them: those of
 * FTS5 itself are as long as it likes, and come in the midst of a transaction. */
bool fts_part_make(struct db *db, int64_t part, struct err *err)
{
	SCOPED_STR sql = mem_printf("CREATE VIRTUAL TABLE ft_%lld USING fts5(x,content='',columnsize=0,"
	                            "detail=none,tokenize='courant')",
	    (long long)part);

	return part_exists(db, part) ||
	       (sql_script(db, sql, err) && part_set(db, part, "pgsz", 8000, err) &&
	           part_set(db, part, "automerge", 0, err) && part_set(db, part, "crisismerge", 256, err) &&
	           part_set(db, part, "usermerge", FTS_FAN, err));
}

bool fts_merge(struct db *db, int64_t part, bool *more, struct err *err)
{
	int64_t before;
	bool own;

	if (!db_own_begin(db, false, &own, err))
		return false;
	before = sql_changes_all(db);
	if (!db_own_end(db, own, part_set(db, part, "merge", MERGE_PAGES, err), err))
		return false;
	*more = sql_changes_all(db) - before > 1; /* the command itself counts as one */
	return true;
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

	return story_words(db, (struct story_id){id}, a, &w, err) &&
	       (words_add(db, &w, out) || err_set(err, ERR_LIMIT, _("a text is too large to be indexed")));
}

static bool take_out(struct db *db, int64_t id, struct err *err)
{
	struct buf tokens = BUF_MAX(TOKENS_BYTES);
	long long part = (long long)(id >> DB_PART_BITS);
	SCOPED_STR sql = mem_printf("INSERT INTO ft_%lld(ft_%lld,rowid,x) VALUES('delete',?,?)", part, part);
	bool ok = tokens_of(db, id, &tokens, err) && sql_exec(db, err, sql, "is", id, buf_str(&tokens));

	buf_release(&tokens);
	return ok;
}

bool fts_forget(struct db *db, int64_t id, struct err *err)
{
	if (sql_i64(db, 0, "SELECT 1 FROM fts_todo WHERE story=?", "i", id))
		return sql_exec(db, err, "DELETE FROM fts_todo WHERE story=?", "i", id);
	return !part_exists(db, id >> DB_PART_BITS) || take_out(db, id, err);
}

bool fts_await(struct db *db, int64_t id, struct err *err)
{
	return sql_exec(db, err, "INSERT OR IGNORE INTO fts_todo(story) VALUES(?)", "i", id) &&
	       sql_exec(db, err, "INSERT OR IGNORE INTO related_todo(story) VALUES(?)", "i", id);
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
