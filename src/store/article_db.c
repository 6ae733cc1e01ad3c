/* SPDX-License-Identifier: MIT */
/* Owns the pages behind stories: what was extracted, and how it changed. Version numbers count up from 1; the
 * first and the newest stay. */
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/vec.h"
#include "store/source_priv.h"
#include "store/sql.h"
#include "store/story_db.h"
#include "store/story_priv.h"
#include "store/text_db.h"

#define MAX_VERSIONS 8

static bool write_version(
    struct db *db, int64_t id, int64_t version, int64_t at, int64_t hash, struct str encoded, struct err *err)
{
	struct buf packed = BUF_MAX(TEXT_MAX + (TEXT_MAX >> 6));
	int64_t dict;
	bool ok = text_pack(db, encoded, &packed, &dict, err) &&
	          sql_exec(db, err,
	              "INSERT OR REPLACE INTO article(story,version,at,hash,dict,z) VALUES(?,?,?,?,?,?)",
	              "iiiiib", id, version, at, hash, dict, buf_str(&packed));

	buf_release(&packed);
	return ok;
}

static bool drop_middle(struct db *db, int64_t id, int64_t newest, struct err *err)
{
	return sql_exec(db, err,
	    "DELETE FROM article WHERE story=?1 AND version<=?2 AND version>"
	    "(SELECT min(version) FROM article WHERE story=?1)",
	    "ii", id, newest - (MAX_VERSIONS - 1));
}

struct newest {
	int64_t version, hash, at; /* version 0: no page yet */
};

static bool find_newest(struct db *db, int64_t id, struct newest *out, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT version,hash,at FROM article WHERE story=? ORDER BY version DESC LIMIT 1", "i", id);

	*out = (struct newest){0};
	if (st && sql_row(db, st, &failed, err))
		*out = (struct newest){sql_int(st, 0), sql_int(st, 1), sql_int(st, 2)};
	return st && !failed;
}

/* The words are those that are stored: only the frame is renewed (a better extraction of the same text). */
static bool put_again(
    struct db *db, int64_t id, const struct newest *was, struct str encoded, int64_t flags, struct err *err)
{
	return write_version(db, id, was->version, was->at, was->hash, encoded, err) &&
	       sql_exec(db, err, "UPDATE story SET flags=flags|?2 WHERE id=?1", "ii", id, flags);
}

static bool put(struct db *db, struct story_id id, int64_t now, struct str encoded, struct str plain_text,
    bool full, struct err *err)
{
	int64_t flags = STORY_HAS_TEXT | (full ? STORY_FULL : 0), hash = (int64_t)hash_stable(plain_text);
	struct newest was;

	if (!sql_i64(db, 0, "SELECT 1 FROM story WHERE id=?", "i", id.v))
		return err_set(err, ERR_NOT_FOUND, _("there is no story %lld"), (long long)id.v);
	if (!find_newest(db, id.v, &was, err))
		return false;
	if (was.version && was.hash == hash)
		return put_again(db, id.v, &was, encoded, flags, err);
	/* the index holds the words of the text that is about to be replaced */
	return fts_forget(db, id.v, err) &&
	       write_version(db, id.v, was.version + 1, now, hash, encoded, err) &&
	       drop_middle(db, id.v, was.version + 1, err) &&
	       sql_exec(db, err, "UPDATE story SET flags=flags|?2 WHERE id=?1", "ii", id.v, flags) &&
	       fts_await(db, id.v, err);
}

bool article_put(struct db *db, struct story_id id, int64_t now, struct str encoded, struct str plain_text,
    bool full, struct err *err)
{
	bool own;

	if (!db_own_begin(db, false, &own, err))
		return false;
	return db_own_end(db, own, put(db, id, now, encoded, plain_text, full, err), err);
}

bool article_versions(struct db *db, struct story_id id, struct arena *a, struct article_version **out,
    size_t *n, struct err *err)
{
	bool failed = false;
	struct {
		VEC(struct article_version);
	} found = {0};
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(
	    db, err, "SELECT version,at FROM article WHERE story=? ORDER BY version DESC", "i", id.v);

	while (st && sql_row(db, st, &failed, err))
		vec_push(&found, ((struct article_version){(int)sql_int(st, 0), sql_int(st, 1), STR_NONE}));
	*n = found.n;
	*out = arena_array(a, found.n ? found.n : 1, sizeof **out);
	if (found.n)
		memcpy(*out, found.v, found.n * sizeof **out);
	vec_free(&found);
	return st && !failed;
}

bool article_load(struct db *db, struct story_id id, int version, struct arena *a,
    struct article_version *out, struct err *err)
{
	struct buf raw = BUF_MAX(TEXT_MAX + 1);
	bool failed = false, ok;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT version,at,dict,z FROM article WHERE story=?1 AND (?2=0 OR version=?2)"
	    " ORDER BY version DESC LIMIT 1",
	    "ii", id.v, (int64_t)version);

	if (!st)
		return false;
	if (!sql_row(db, st, &failed, err))
		return !failed &&
		       err_set(err, ERR_NOT_FOUND, _("no page of story %lld is stored"), (long long)id.v);
	ok = text_unpack(db, sql_int(st, 2), sql_blob(st, 3), &raw, err);
	if (ok)
		*out = (struct article_version){
		    (int)sql_int(st, 0), sql_int(st, 1), arena_str(a, buf_str(&raw))};
	buf_release(&raw);
	return ok;
}
