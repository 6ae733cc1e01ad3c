/* SPDX-License-Identifier: MIT */
/* Owns expiry. A pass goes through the stories once, oldest first, from where the last step left off (work
 * row 'expire'), and rests for a day when it is through. */
#include "store/prune.h"

#include "base/vec.h"
#include "model/story.h"
#include "store/fts.h"
#include "store/source_priv.h"
#include "store/sql.h"
#include "store/story_priv.h"

#define MAX_REMOVED  50
#define MAX_EXAMINED 2000
#define REST_S       86400

bool story_remove(struct db *db, struct story_id id, int64_t now, struct err *err)
{
	static const char *const rows[] = {
	    "DELETE FROM text WHERE story=?",
	    "DELETE FROM article WHERE story=?",
	    "DELETE FROM mark WHERE story=?",
	    "DELETE FROM place WHERE story=?",
	    "DELETE FROM related_todo WHERE story=?",
	    "DELETE FROM story WHERE id=?",
	};

	/* the index needs the text once more */
	if (!fts_forget(db, id.v, err))
		return false;
	if (!sql_exec(db, err,
	        "INSERT OR REPLACE INTO gone(source,guid,at) SELECT source,guid,? FROM story WHERE id=?",
	        "ii", now, id.v))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (!sql_exec(db, err, rows[i], "i", id.v))
			return false;
	return true;
}

struct step {
	struct db *db;
	const struct prune_spec *spec;
	int64_t at; /* the last story that was looked at */
	struct {
		VEC(int64_t);
	} whole, texts;
	bool through;
};

static int64_t keep_of(const struct prune_spec *spec, int64_t source, int64_t flags)
{
	int64_t keep = spec->keep_s;

	for (size_t i = 0; i < spec->n_sources; i++)
		if (spec->sources[i].source.v == source)
			keep = spec->sources[i].keep_s;
	if (flags & STORY_TAGGED)
		return KEEP_FOREVER;
	return flags & STORY_STARRED && spec->keep_starred_s > keep ? spec->keep_starred_s : keep;
}

static bool is_open(const struct prune_spec *spec, int64_t id)
{
	for (size_t i = 0; i < spec->n_open; i++)
		if (spec->open[i].v == id)
			return true;
	return false;
}

static bool is_over(const struct prune_spec *spec, int64_t left_at, int64_t keep_s)
{
	return keep_s != KEEP_FOREVER && left_at <= spec->now - keep_s;
}

static void judge(struct step *s, int64_t id, int64_t source, int64_t flags, int64_t left_at)
{
	int64_t keep = keep_of(s->spec, source, flags);

	if (is_open(s->spec, id))
		return;
	if (is_over(s->spec, left_at, keep))
		vec_push(&s->whole, id);
	else if (flags & STORY_HAS_TEXT && keep != KEEP_FOREVER &&
	         is_over(s->spec, left_at, s->spec->keep_text_s))
		vec_push(&s->texts, id);
}

/* Looks at the next stories; those still in their feed have no left_at and are passed over. */
static bool examine(struct step *s, struct err *err)
{
	bool failed = false;
	size_t n = 0;
	SCOPED(stmt)
	sqlite3_stmt *st =
	    sql_query(s->db, err, "SELECT id,source,flags,left_at FROM story WHERE id>? ORDER BY id LIMIT ?",
	        "ii", s->at, (int64_t)MAX_EXAMINED);

	while (st && s->whole.n + s->texts.n < MAX_REMOVED && sql_row(s->db, st, &failed, err)) {
		n++;
		s->at = sql_int(st, 0);
		if (sqlite3_column_type(st, 3) != SQLITE_NULL)
			judge(s, s->at, sql_int(st, 1), sql_int(st, 2), sql_int(st, 3));
	}
	s->through = n < MAX_EXAMINED && s->whole.n + s->texts.n < MAX_REMOVED;
	return st && !failed;
}

/* The feed's and the page's text go, headline and dek stay. */
static bool drop_text(struct db *db, int64_t id, struct err *err)
{
	struct buf raw = BUF_MAX((size_t)32 << 20), less = BUF_MAX((size_t)1 << 20);
	struct story_text text;
	bool ok = fts_forget(db, id, err) && story_text_load(db, id, &raw, &text, err);

	text.doc = STR_NONE;
	story_text_encode(&less, &text);
	ok = ok && story_text_save(db, id, buf_str(&less), err) &&
	     sql_exec(db, err, "DELETE FROM article WHERE story=?", "i", id) &&
	     sql_exec(db, err, "UPDATE story SET flags=flags&~? WHERE id=?", "ii",
	         (int64_t)(STORY_HAS_TEXT | STORY_FULL), id) &&
	     fts_await(db, id, err);
	buf_release(&raw);
	buf_release(&less);
	return ok;
}

static bool carry_out(struct step *s, struct err *err)
{
	for (size_t i = 0; i < s->whole.n; i++)
		if (!story_remove(s->db, (struct story_id){s->whole.v[i]}, s->spec->now, err))
			return false;
	for (size_t i = 0; i < s->texts.n; i++)
		if (!drop_text(s->db, s->texts.v[i], err))
			return false;
	return sql_exec(s->db, err, "UPDATE work SET upto=?,until=? WHERE name='expire'", "ii",
	    s->through ? (int64_t)0 : s->at, s->through ? s->spec->now + REST_S : (int64_t)0);
}

bool prune_step(struct db *db, const struct prune_spec *spec, size_t *removed, bool *more, struct err *err)
{
	struct step s = {.db = db, .spec = spec};
	bool own, ok;

	*removed = 0;
	*more = false;
	if (sql_i64(db, 0, "SELECT coalesce(until,0) FROM work WHERE name='expire'", "") > spec->now)
		return true;
	if (!db_own_begin(db, false, &own, err))
		return false;
	s.at = sql_i64(db, 0, "SELECT upto FROM work WHERE name='expire'", "");
	ok = db_own_end(db, own, examine(&s, err) && carry_out(&s, err), err);
	if (ok) {
		*removed = s.whole.n;
		*more = !s.through;
	}
	vec_free(&s.whole);
	vec_free(&s.texts);
	return ok;
}
