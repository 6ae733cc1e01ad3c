/* SPDX-License-Identifier: MIT */
/* Owns the way of stories into the full-text index: they are read and cut into tokens outside of any
 * transaction, then written in a short one, then the table is merged as far as was written. */
#include "store/fts.h"

#include "base/vec.h"
#include "store/search.h"
#include "store/source_priv.h"
#include "store/sql.h"
#include "store/words.h"

#define STEP_BYTES  ((size_t)384 << 10) /* of tokens in one transaction */
#define TOKENS_MAX  ((size_t)8 << 20)   /* of one story */
#define PAGE_TOKENS 8192                /* bytes of tokens that make a page to merge, many times over */
#define LEFT_MAX    1000

struct step {
	struct db *db;
	const struct fts_spec *spec;
	struct {
		VEC(struct story_print);
	} stories;
	struct {
		VEC(size_t);
	} ends; /* of each one's tokens */
	struct buf tokens;
	int64_t part, version; /* of the database, when it was read */
};

/* ---- reading ---- */

static bool read_one(struct step *s, int64_t id, bool shown, struct arena *a, struct err *err)
{
	struct story_print e = {.id = id};
	struct err trouble = {0};
	size_t from = s->tokens.len;
	struct story_words w;

	arena_reset(a);
	if (story_words(s->db, (struct story_id){id}, a, &w, &trouble)) {
		e.words = story_words_hash(&w);
		if (shown && s->spec->see)
			s->spec->see(s->spec->arg, id, &w);
		if (!words_add(s->db, &w, &s->tokens)) {
			buf_truncate(&s->tokens, from); /* too large to be indexed */
			s->tokens.failed = false;
		}
	} else if (trouble.code != ERR_NOT_FOUND && !db_err_is_damage(&trouble)) {
		if (err)
			*err = trouble;
		return false;
	} /* gone, or without readable words: the others are not held up */
	vec_push(&s->stories, e);
	vec_push(&s->ends, s->tokens.len);
	return true;
}

static bool read_all(struct step *s, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	bool failed = false, ok = true;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(s->db, err,
	    "SELECT story,EXISTS(SELECT 1 FROM related_todo r WHERE r.story=f.story) FROM fts_todo f"
	    " ORDER BY story DESC LIMIT ?",
	    "i", (int64_t)s->spec->max);

	s->version = db_data_version(s->db);
	while (ok && st && s->tokens.len < STEP_BYTES && sql_row(s->db, st, &failed, err)) {
		int64_t id = sql_int(st, 0);

		if (!s->stories.n)
			s->part = id >> DB_PART_BITS;
		else if (id >> DB_PART_BITS != s->part)
			break;
		ok = read_one(s, id, sql_int(st, 1) != 0, a, err);
	}
	return ok && st && !failed;
}

static bool read_step(struct step *s, struct err *err)
{
	bool ok;

	if (!db_read_begin(s->db, err))
		return false;
	ok = read_all(s, err);
	db_read_end(s->db);
	return ok;
}

/* ---- writing ---- */

/* In the order of their ids: FTS5 writes out what it holds at each step back. */
static bool write_all(struct step *s, size_t *done, struct err *err)
{
	SCOPED_STR sql = mem_printf("INSERT INTO ft_%lld(rowid,x) VALUES(?,?)", (long long)s->part);

	if (!fts_part_make(s->db, s->part, err))
		return false;
	for (size_t i = s->stories.n; i-- > 0;) {
		int64_t id = s->stories.v[i].id;
		size_t from = i ? s->ends.v[i - 1] : 0;
		struct str tokens = str_sub(buf_str(&s->tokens), from, s->ends.v[i] - from);

		if (!sql_exec(s->db, err, "DELETE FROM fts_todo WHERE story=?", "i", id))
			return false;
		if (!sql_changes(s->db))
			continue; /* another instance was faster */
		if (tokens.len && !sql_exec(s->db, err, sql, "is", id, tokens))
			return false;
		++*done;
	}
	return true;
}

static bool write_step(struct step *s, size_t *done, struct err *err)
{
	if (!db_begin(s->db, false, err))
		return false;
	if (!story_words_same(s->db, s->version, s->stories.v, s->stories.n)) {
		db_rollback(s->db);
		return true; /* they are read again */
	}
	return db_own_end(s->db, true, write_all(s, done, err), err);
}

/* Some times what was written: as much as all its merges to come will take, on the whole. */
static bool merge_some(struct step *s, struct err *err)
{
	bool more = true;

	for (size_t n = 1 + s->tokens.len / PAGE_TOKENS / 2; more && n > 0; n--)
		if (!fts_merge(s->db, s->part, &more, err))
			return false;
	return true;
}

bool fts_step(struct db *db, const struct fts_spec *spec, size_t *done, size_t *left, struct err *err)
{
	struct step s = {.db = db, .spec = spec, .tokens = BUF_MAX(STEP_BYTES + TOKENS_MAX)};
	bool ok;

	*done = *left = 0;
	ok = read_step(&s, err);
	if (ok && s.stories.n)
		ok = write_step(&s, done, err) && (!*done || merge_some(&s, err));
	if (ok && s.stories.n)
		*left = (size_t)sql_i64(
		    db, 0, "SELECT count(*) FROM (SELECT 1 FROM fts_todo LIMIT ?)", "i", (int64_t)LEFT_MAX);
	vec_free(&s.stories);
	vec_free(&s.ends);
	buf_release(&s.tokens);
	return ok;
}
