/* SPDX-License-Identifier: MIT */
/* Owns the candidates that the full-text index gives for a list, and their verification by the text itself.
 */
#include <string.h>

#include "base/mem.h"
#include "model/match.h"
#include "store/fts.h"
#include "store/scope.h"
#include "store/sql.h"
#include "store/story_db.h"
#include "store/words.h"

#define SQL_BYTES   ((size_t)64 << 10)
#define MAX_WAITING 200

/* Tries a query, or a part of one, on a stored story. */
static bool match_story(struct db *db, const struct query *q, int64_t id, bool *matches, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct story story;
	struct story_words words;
	struct match_subject subject = {&story, STR(""), words_stemmer(db)};

	if (!story_load(db, (struct story_id){id}, a, &story, err) ||
	    !story_words(db, (struct story_id){id}, a, &words, err))
		return false;
	subject.body = words.body;
	*matches = match_query(q, &subject);
	return true;
}

bool scope_verify(struct scope *s, int64_t id, bool *visible, struct err *err)
{
	if (!match_story(s->db, s->set->query, id, visible, err))
		return false;
	if (!*visible && s->by_hits)
		(void)imap_remove(&s->hits, (uint64_t)id); /* it may have been removed before */
	return true;
}

bool hits_waiting(struct db *db, const struct query *q, struct imap *out, struct err *err)
{
	struct {
		VEC(int64_t);
	} waiting = {0};
	bool failed = false, ok;
	sqlite3_stmt *st = sql_query(
	    db, err, "SELECT story FROM fts_todo ORDER BY story DESC LIMIT ?", "i", (int64_t)MAX_WAITING);

	while (st && sql_row(db, st, &failed, err))
		vec_push(&waiting, sql_int(st, 0));
	stmt_release(&st);
	ok = st && !failed;
	for (size_t i = 0; ok && i < waiting.n; i++) {
		bool matches = false;

		ok = match_story(db, q, waiting.v[i], &matches, err);
		if (matches)
			imap_put(out, (uint64_t)waiting.v[i], 1);
	}
	vec_free(&waiting);
	return ok;
}

bool hits_of_match(struct db *db, struct str match, struct imap *out, struct err *err)
{
	struct fts_parts parts;
	bool failed = false;

	if (!fts_parts(db, &parts, err))
		return false;
	for (size_t i = 0; i < parts.n; i++) {
		SCOPED_STR sql = mem_printf("SELECT rowid FROM ft_%lld WHERE ft_%lld MATCH ?",
		    (long long)parts.ids[i], (long long)parts.ids[i]);
		SCOPED(stmt) sqlite3_stmt *st = sql_query(db, err, sql, "s", match);

		while (st && sql_row(db, st, &failed, err))
			imap_put(out, (uint64_t)sql_int(st, 0), 1);
		if (!st || failed)
			return false;
	}
	return true;
}

/* Visible stories of one partition, newest ids first. */
static bool find_in(struct scope *s, int64_t part, size_t max, struct cands *out, struct err *err)
{
	struct buf sql = BUF_MAX(SQL_BYTES);
	bool failed = false, ok;

	buf_printf(&sql,
	    "SELECT s.published,s.id,s.event,s.flags&1=0 FROM ft_%lld f CROSS JOIN story s ON s.id=f.rowid"
	    " WHERE f.ft_%lld MATCH ? AND ",
	    (long long)part, (long long)part);
	scope_where(s, &sql, 's', true);
	buf_adds(&sql, " ORDER BY f.rowid DESC LIMIT ?");
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(s->db, err, buf_cstr(&sql), "si", buf_str(&s->plan.match),
	    (int64_t)(max > out->n ? max - out->n : 1));
	while (st && sql_row(s->db, st, &failed, err))
		vec_push(out,
		    ((struct cand){sql_int(st, 0), sql_int(st, 1), sql_int(st, 2), sql_int(st, 3) != 0}));
	ok = st && !failed;
	buf_release(&sql);
	return ok;
}

/* Stories that still wait for the index, the newest of them: tried one by one, so that a search after a
 * refresh finds what has just come. */
static bool find_waiting(struct scope *s, struct cands *out, struct err *err)
{
	struct buf sql = BUF_MAX(SQL_BYTES);
	struct cands waiting = {0};
	bool failed = false, ok;

	buf_adds(&sql, "SELECT s.published,s.id,s.event,s.flags&1=0 FROM fts_todo f CROSS JOIN story s ON"
	               " s.id=f.story WHERE ");
	scope_where(s, &sql, 's', true);
	buf_adds(&sql, " ORDER BY f.story DESC LIMIT ?");
	sqlite3_stmt *st = sql_query(s->db, err, buf_cstr(&sql), "i", (int64_t)MAX_WAITING);
	while (st && sql_row(s->db, st, &failed, err))
		vec_push(&waiting,
		    ((struct cand){sql_int(st, 0), sql_int(st, 1), sql_int(st, 2), sql_int(st, 3) != 0}));
	stmt_release(&st);
	ok = st && !failed;
	for (size_t i = 0; ok && i < waiting.n; i++) {
		bool visible = false;

		ok = scope_verify(s, waiting.v[i].id, &visible, err);
		if (ok && visible)
			vec_push(out, waiting.v[i]);
	}
	vec_free(&waiting);
	buf_release(&sql);
	return ok;
}

bool scope_find_hits(struct scope *s, size_t max, struct cands *out, bool *more, struct err *err)
{
	struct fts_parts parts;

	*more = false;
	s->by_hits = false;
	if (!fts_parts(s->db, &parts, err) || !find_waiting(s, out, err))
		return false;
	for (size_t i = 0; i < parts.n && !*more; i++) {
		if (!find_in(s, parts.ids[i], max, out, err))
			return false;
		*more = out->n >= max;
	}
	for (size_t i = 0; i < out->n; i++)
		imap_put(&s->hits, (uint64_t)out->v[i].id, 1);
	s->by_hits = true;
	return true;
}
