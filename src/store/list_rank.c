/* SPDX-License-Identifier: MIT */
/* Owns the order of a search's results: words in the title over words in the dek over words in the body,
 * fresh over old. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/match.h"
#include "store/list_priv.h"
#include "store/sql.h"
#include "store/story_priv.h"
#include "store/text_db.h"
#include "store/words.h"

#define MAX_DEPTH 200
#define DEKS      100 /* newest hits whose deks are read */
#define TITLE     3.0
#define DEK       1.0
#define FRESH     1.5
#define HALF_LIFE 30.0 /* days after which freshness is worth half */

static void collect(const struct query *q, struct rank_words *out, int depth)
{
	if (depth > MAX_DEPTH || out->n == ARRAY_LEN(out->v))
		return;
	if (q->kind == QUERY_WORD || q->kind == QUERY_PHRASE) {
		out->v[out->n++] = q;
	} else if (q->kind == QUERY_AND || q->kind == QUERY_OR) {
		collect(q->left, out, depth + 1);
		collect(q->right, out, depth + 1);
	}
}

void rank_words(const struct query *q, struct rank_words *out)
{
	out->n = 0;
	if (q)
		collect(q, out, 0);
}

size_t rank_count(struct db *db, const struct rank_words *w, struct str text, enum lang lang)
{
	struct story story = {.row = {.title = text, .lang = lang}};
	struct match_subject subject = {&story, STR(""), words_stemmer(db)};
	size_t n = 0;

	for (size_t i = 0; text.len && i < w->n; i++)
		n += match_query(w->v[i], &subject);
	return n;
}

struct ranked {
	struct cand row;
	double score;
};

static int best_first(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->score > y->score || x->score < y->score)
		return x->score > y->score ? -1 : 1;
	return cand_newest_first(&x->row, &y->row);
}

static bool title_of(
    struct scope *s, const struct cand *row, size_t *in_title, enum lang *lang, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(s->db, err, "SELECT title,lang FROM story WHERE id=?", "i", row->id);

	*in_title = 0;
	*lang = LANG_NONE;
	if (!st || !sql_row(s->db, st, &failed, err))
		return st && !failed;
	*lang = (enum lang)sql_int(st, 1);
	*in_title = rank_count(s->db, &s->rank, sql_text(st, 0), *lang);
	return true;
}

static bool score_dek(struct scope *s, struct ranked *r, enum lang lang, struct err *err)
{
	struct buf raw = BUF_MAX(TEXT_MAX + 1);
	struct story_text text;
	bool ok = story_text_load(s->db, r->row.id, &raw, &text, err);

	if (ok)
		r->score += DEK * (double)rank_count(s->db, &s->rank, text.dek, lang) / (double)s->rank.n;
	buf_release(&raw);
	return ok;
}

static bool score(struct scope *s, struct ranked *r, bool dek, int64_t now, struct err *err)
{
	double days = (double)(now - r->row.published) / 86400.0;
	size_t in_title = r->row.in_title ? r->row.in_title - 1u : 0;
	enum lang lang = LANG_NONE;

	if ((!r->row.in_title || (dek && in_title < s->rank.n)) &&
	    !title_of(s, &r->row, &in_title, &lang, err))
		return false;
	r->score =
	    TITLE * (double)in_title / (double)s->rank.n + FRESH / (1.0 + (days > 0 ? days : 0) / HALF_LIFE);
	return !dek || in_title == s->rank.n || score_dek(s, r, lang, err);
}

bool rank_rows(struct lister *l, struct cands *rows, struct err *err)
{
	struct ranked *ranked = mem_array(rows->n ? rows->n : 1, sizeof *ranked);
	int64_t now = clock_now();
	bool ok = true;

	for (size_t i = 0; ok && i < rows->n; i++) {
		ranked[i].row = rows->v[i];
		ok = score(&l->scope, &ranked[i], i < DEKS, now, err);
	}
	if (ok && rows->n > 1)
		qsort(ranked, rows->n, sizeof *ranked, best_first);
	for (size_t i = 0; ok && i < rows->n; i++)
		rows->v[i] = ranked[i].row;
	mem_free(ranked);
	return ok;
}
