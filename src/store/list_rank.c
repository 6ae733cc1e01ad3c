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

#define WORDS     16
#define DEKS      200 /* newest hits whose deks are read */
#define TITLE     3.0
#define DEK       1.0
#define FRESH     1.5
#define HALF_LIFE 30.0 /* days after which freshness is worth half */

struct words {
	const struct query *v[WORDS];
	size_t n;
};

static void collect(const struct query *q, struct words *out, int depth)
{
	if (depth > 200 || out->n == WORDS)
		return;
	if (q->kind == QUERY_WORD || q->kind == QUERY_PHRASE) {
		out->v[out->n++] = q;
	} else if (q->kind == QUERY_AND || q->kind == QUERY_OR) {
		collect(q->left, out, depth + 1);
		collect(q->right, out, depth + 1);
	}
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

/* Share of the words that a text holds. */
static double share(struct db *db, const struct words *w, struct str text, enum lang lang)
{
	struct story story = {.row = {.title = text, .lang = lang}};
	struct match_subject subject = {&story, STR(""), words_stemmer(db)};
	size_t n = 0;

	for (size_t i = 0; text.len && i < w->n; i++)
		n += match_query(w->v[i], &subject);
	return w->n ? (double)n / (double)w->n : 0;
}

static bool score_dek(struct db *db, const struct words *w, struct ranked *r, enum lang lang, struct err *err)
{
	struct buf raw = BUF_MAX(TEXT_MAX + 1);
	struct story_text text;
	bool ok = story_text_load(db, r->row.id, &raw, &text, err);

	if (ok)
		r->score += DEK * share(db, w, text.dek, lang);
	buf_release(&raw);
	return ok;
}

static bool score(
    struct db *db, const struct words *w, struct ranked *r, bool dek, int64_t now, struct err *err)
{
	double days = (double)(now - r->row.published) / 86400.0, in_title = 0;
	enum lang lang = LANG_NONE;
	bool failed = false;
	sqlite3_stmt *st = sql_query(db, err, "SELECT title,lang FROM story WHERE id=?", "i", r->row.id);

	if (st && sql_row(db, st, &failed, err)) {
		lang = (enum lang)sql_int(st, 1);
		in_title = share(db, w, sql_text(st, 0), lang);
	}
	stmt_release(&st);
	r->score = TITLE * in_title + FRESH / (1.0 + (days > 0 ? days : 0) / HALF_LIFE);
	if (dek && in_title < 1.0 && st && !failed)
		return score_dek(db, w, r, lang, err);
	return st && !failed;
}

bool rank_rows(struct lister *l, struct cands *rows, struct err *err)
{
	struct words w = {0};
	struct ranked *ranked = mem_array(rows->n ? rows->n : 1, sizeof *ranked);
	int64_t now = clock_now();
	bool ok = true;

	collect(l->scope.set->query, &w, 0);
	for (size_t i = 0; ok && i < rows->n; i++) {
		ranked[i].row = rows->v[i];
		ok = score(l->scope.db, &w, &ranked[i], i < DEKS, now, err);
	}
	if (ok && rows->n > 1)
		qsort(ranked, rows->n, sizeof *ranked, best_first);
	for (size_t i = 0; ok && i < rows->n; i++)
		rows->v[i] = ranked[i].row;
	mem_free(ranked);
	return ok;
}
