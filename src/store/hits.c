/* SPDX-License-Identifier: MIT */
/* Owns the trying of stories by their text: candidates that an index cannot be certain of, stories that still
 * wait for the index. */
#include <string.h>

#include "base/mem.h"
#include "model/match.h"
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

	if (!story_load_words(db, (struct story_id){id}, a, &story, &words, err))
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

bool hits_waiting_find(struct scope *s, struct cands *out, struct err *err)
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
		vec_push(&waiting, ((struct cand){.published = sql_int(st, 0),
		                       .id = sql_int(st, 1),
		                       .event = sql_int(st, 2),
		                       .unread = sql_int(st, 3) != 0}));
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
