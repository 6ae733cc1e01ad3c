/* SPDX-License-Identifier: MIT */
/* Owns the conditions of a query: its words as an expression for the full-text index, the rest as SQL. What
 * the two cannot say exactly is marked for model/match. Leaves to drive.c how the conditions lie together and
 * where the candidates come from. */
#include <string.h>

#include "store/scope.h"
#include "store/sql.h"
#include "store/words.h"
#include "text/lang.h"
#include "text/utf8.h"

#define MAX_DEPTH 200

bool plan_is_words(const struct query *q)
{
	switch (q->kind) {
	case QUERY_WORD:
		return !query_is_short_prefix(q);
	case QUERY_PHRASE:
		return true;
	case QUERY_AND:
	case QUERY_OR:
		return plan_is_words(q->left) && plan_is_words(q->right);
	default:
		return false;
	}
}

bool plan_is_title(const struct query *q)
{
	switch (q->kind) {
	case QUERY_WORD:
		return q->field == QF_TITLE || query_is_short_prefix(q);
	case QUERY_PHRASE:
		return q->field == QF_TITLE;
	case QUERY_REGEX:
		return true;
	case QUERY_NOT:
		return plan_is_title(q->left);
	case QUERY_AND:
	case QUERY_OR:
		return plan_is_title(q->left) && plan_is_title(q->right);
	default:
		return false;
	}
}

void plan_words(struct db *db, const struct query *q, struct buf *out, bool *exact)
{
	if (q->kind == QUERY_AND || q->kind == QUERY_OR) {
		buf_addc(out, '(');
		plan_words(db, q->left, out, exact);
		buf_adds(out, q->kind == QUERY_AND ? " AND " : " OR ");
		plan_words(db, q->right, out, exact);
		buf_addc(out, ')');
		return;
	}
	if (q->field == QF_TITLE)
		*exact = false;
	words_expression(db, q->text, q->kind == QUERY_PHRASE, q->prefix, out, exact);
}

struct emitter {
	struct scope *s;
	struct buf *sql;
	char alias;
	bool exact, failed;
	struct err *err;
};

static int leaf_of(struct emitter *e, const struct query *q, bool by_hits)
{
	int number;

	e->failed |= !leaf_number(e->s, q, by_hits, &number, e->err);
	return number;
}

/* ---- conditions ---- */

static void emit_field(struct emitter *e, const struct query *q)
{
	int leaf;
	char a = e->alias;

	if (q->field == QF_LANG) {
		enum lang lang = lang_of_tag(q->text);

		buf_printf(
		    e->sql, str_eqc(q->text, lang_tag(lang)) ? "%c.lang=%d" : "0&%c.lang&%d", a, (int)lang);
		return;
	}
	leaf = leaf_of(e, q, false);
	switch (q->field) {
	case QF_AUTHOR:
		buf_printf(e->sql, "q_text(%d,%c.author)", leaf, a);
		break;
	case QF_URL:
		buf_printf(e->sql, "q_text(%d,%c.url)", leaf, a);
		break;
	case QF_SOURCE:
	case QF_SECTION:
		buf_printf(e->sql, "q_src(%d,%c.source)", leaf, a);
		break;
	case QF_TAG:
		buf_printf(e->sql,
		    "(%c.flags&128<>0 AND EXISTS(SELECT 1 FROM mark m JOIN tag t ON t.id=m.tag WHERE"
		    " m.story=%c.id AND m.kind=3 AND m.is_on=1 AND q_text(%d,t.name)))",
		    a, a, leaf);
		break;
	default:
		buf_printf(e->sql, "q_text(%d,%c.title)", leaf, a);
		break;
	}
}

static void emit_is(struct emitter *e, enum query_is is)
{
	static const int bits[] = {[IS_UNREAD] = STORY_READ,
	    [IS_READ] = STORY_READ,
	    [IS_OPENED] = STORY_OPENED,
	    [IS_STARRED] = STORY_STARRED,
	    [IS_HIDDEN] = STORY_HIDDEN,
	    [IS_FULL] = STORY_FULL};

	buf_printf(e->sql, "%c.flags&%d%s", e->alias, bits[is], is == IS_UNREAD ? "=0" : "<>0");
}

static void emit(struct emitter *e, const struct query *q, int depth);

/* What is not certain cannot be turned round: such a part lets everything pass, to be verified. */
static void emit_not(struct emitter *e, const struct query *q, int depth)
{
	bool outer = e->exact;
	size_t start = e->sql->len;

	e->exact = true;
	buf_adds(e->sql, "NOT ");
	emit(e, q->left, depth);
	if (!e->exact) {
		buf_truncate(e->sql, start);
		buf_adds(e->sql, "1");
	}
	e->exact = e->exact && outer;
}

static void emit_words_leaf(struct emitter *e, const struct query *q)
{
	struct buf unused = BUF_MAX(PLAN_MATCH_BYTES);

	plan_words(e->s->db, q, &unused, &e->exact);
	buf_release(&unused);
	buf_printf(e->sql, "q_hit(%d,%c.id)", leaf_of(e, q, true), e->alias);
}

static void emit_number(struct emitter *e, const struct query *q)
{
	int leaf = leaf_of(e, q, false);

	if (q->kind == QUERY_AFTER)
		buf_printf(e->sql, "%c.published>=q_num(%d)", e->alias, leaf);
	else if (q->kind == QUERY_BEFORE)
		buf_printf(e->sql, "%c.published<q_num(%d)", e->alias, leaf);
	else
		buf_printf(e->sql, "%c.event=q_num(%d)", e->alias, leaf);
}

static void emit(struct emitter *e, const struct query *q, int depth)
{
	char a = e->alias;

	if (depth > MAX_DEPTH) {
		buf_adds(e->sql, "1");
		e->exact = false;
	} else if (plan_is_title(q)) {
		buf_printf(e->sql, "q_title(%d,%c.title,%c.lang)", leaf_of(e, q, false), a, a);
	} else if (plan_is_words(q)) {
		emit_words_leaf(e, q);
	} else if (q->kind == QUERY_AND || q->kind == QUERY_OR) {
		buf_addc(e->sql, '(');
		emit(e, q->left, depth + 1);
		buf_adds(e->sql, q->kind == QUERY_AND ? " AND " : " OR ");
		emit(e, q->right, depth + 1);
		buf_addc(e->sql, ')');
	} else if (q->kind == QUERY_NOT) {
		emit_not(e, q, depth + 1);
	} else if (q->kind == QUERY_FIELD) {
		emit_field(e, q);
	} else if (q->kind == QUERY_IS) {
		emit_is(e, q->is);
	} else if (q->kind == QUERY_ALL) {
		buf_adds(e->sql, "1");
	} else {
		emit_number(e, q);
	}
}

bool plan_emit(struct scope *s, struct buf *sql, char alias, bool *exact, struct err *err)
{
	struct plan *p = &s->plan;
	struct emitter e = {.s = s, .sql = sql, .alias = alias, .exact = true, .err = err};

	for (size_t i = 0; i < p->n_rest; i++) {
		buf_adds(sql, " AND ");
		emit(&e, p->rest[i], 0);
	}
	for (size_t i = 0; p->words_by_leaf && i < p->n_words; i++) {
		buf_adds(sql, " AND ");
		emit(&e, p->words[i], 0);
	}
	*exact = e.exact;
	return !e.failed;
}
