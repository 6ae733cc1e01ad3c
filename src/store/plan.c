/* SPDX-License-Identifier: MIT */
/* Owns the way of a query to SQL: split at its outermost "and", words become an expression for the full-text
 * index, the rest a condition. What the two cannot say exactly is marked for model/match. */
#include <string.h>

#include "store/fts.h"
#include "store/scope.h"
#include "store/sql.h"
#include "store/words.h"
#include "text/fold.h"
#include "text/lang.h"
#include "text/utf8.h"

#define MATCH_BYTES ((size_t)256 << 10)
#define MAX_DEPTH   200
#define MAX_MERGES  8 /* events that were merged into events that were merged … */

/* Only words, to be found by the index. */
static bool is_words(const struct query *q)
{
	switch (q->kind) {
	case QUERY_WORD:
		return !query_is_short_prefix(q);
	case QUERY_PHRASE:
		return true;
	case QUERY_AND:
	case QUERY_OR:
		return is_words(q->left) && is_words(q->right);
	default:
		return false;
	}
}

/* Only what a title tells. */
static bool is_title(const struct query *q)
{
	switch (q->kind) {
	case QUERY_WORD:
		return q->field == QF_TITLE || query_is_short_prefix(q);
	case QUERY_PHRASE:
		return q->field == QF_TITLE;
	case QUERY_REGEX:
		return true;
	case QUERY_NOT:
		return is_title(q->left);
	case QUERY_AND:
	case QUERY_OR:
		return is_title(q->left) && is_title(q->right);
	default:
		return false;
	}
}

static void emit_words(struct db *db, const struct query *q, struct buf *out, bool *exact)
{
	if (q->kind == QUERY_AND || q->kind == QUERY_OR) {
		buf_addc(out, '(');
		emit_words(db, q->left, out, exact);
		buf_adds(out, q->kind == QUERY_AND ? " AND " : " OR ");
		emit_words(db, q->right, out, exact);
		buf_addc(out, ')');
		return;
	}
	if (q->field == QF_TITLE)
		*exact = false;
	words_expression(db, q->text, q->kind == QUERY_PHRASE, q->prefix, out, exact);
}

/* ---- leaves ---- */

struct emitter {
	struct scope *s;
	struct buf *sql;
	char alias;
	bool exact, failed;
	struct err *err;
};

static void mark_sources(struct emitter *e, struct leaf *leaf, const char *sql)
{
	SCOPED(stmt) sqlite3_stmt *st = sql_query(e->s->db, e->err, sql, "");

	while (st && sql_row(e->s->db, st, &e->failed, e->err)) {
		struct str name = sql_text(st, 1);

		if (name.len && fold_find(name, leaf->query->text))
			bits_add(e->s->arena, &leaf->sources, sql_int(st, 0));
	}
	e->failed |= !st;
}

static int64_t event_now(struct db *db, int64_t event)
{
	for (int i = 0; i < MAX_MERGES; i++) {
		int64_t into = sql_i64(db, 0, "SELECT merged_into FROM event WHERE id=?", "i", event);

		if (!into)
			break;
		event = into;
	}
	return event;
}

static void find_hits(struct emitter *e, struct leaf *leaf)
{
	struct buf match = BUF_MAX(MATCH_BYTES);
	bool exact = true;

	emit_words(e->s->db, leaf->query, &match, &exact);
	e->failed |= !hits_of_match(e->s->db, buf_str(&match), &leaf->hits, e->err) ||
	             !hits_waiting(e->s->db, leaf->query, &leaf->hits, e->err);
	buf_release(&match);
}

static void leaf_fill(struct emitter *e, struct leaf *leaf)
{
	const struct query *q = leaf->query;

	leaf->number = q->kind == QUERY_EVENT ? event_now(e->s->db, q->number) : q->number;
	if (leaf->by_hits)
		find_hits(e, leaf);
	else if (q->kind == QUERY_FIELD && q->field == QF_SOURCE)
		mark_sources(e, leaf, "SELECT id,name FROM source");
	else if (q->kind == QUERY_FIELD && q->field == QF_SECTION)
		mark_sources(e, leaf, "SELECT id,section FROM source");
}

/* The number of a node's leaf; it is filled at the first asking. */
static int leaf_number(struct emitter *e, const struct query *q, bool by_hits)
{
	struct scope *s = e->s;

	for (size_t i = 0; i < s->n_leaves; i++)
		if (s->leaves[i].query == q && s->leaves[i].by_hits == by_hits)
			return (int)i;
	if (s->n_leaves == SCOPE_MAX_LEAVES) {
		e->failed = true;
		err_set(e->err, ERR_LIMIT, "a query with more than %d conditions", SCOPE_MAX_LEAVES);
		return 0;
	}
	s->leaves[s->n_leaves] = (struct leaf){.query = q, .by_hits = by_hits};
	leaf_fill(e, &s->leaves[s->n_leaves]);
	return (int)s->n_leaves++;
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
	leaf = leaf_number(e, q, false);
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
	struct buf unused = BUF_MAX(MATCH_BYTES);

	emit_words(e->s->db, q, &unused, &e->exact);
	buf_release(&unused);
	buf_printf(e->sql, "q_hit(%d,%c.id)", leaf_number(e, q, true), e->alias);
}

static void emit_number(struct emitter *e, const struct query *q)
{
	int leaf = leaf_number(e, q, false);

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
	} else if (is_title(q)) {
		buf_printf(e->sql, "q_title(%d,%c.title,%c.lang)", leaf_number(e, q, false), a, a);
	} else if (is_words(q)) {
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

void plan_where(struct scope *s, struct buf *sql, char alias)
{
	struct emitter e = {.s = s, .sql = sql, .alias = alias, .exact = true};

	for (size_t i = 0; i < s->plan.n_rest; i++) {
		buf_adds(sql, " AND ");
		emit(&e, s->plan.rest[i], 0);
	}
}

/* ---- the plan ---- */

static void add_rest(struct plan *p, const struct query *q)
{
	if (p->n_rest < ARRAY_LEN(p->rest))
		p->rest[p->n_rest++] = q;
	else
		p->verify = true;
}

static void add_words(struct scope *s, const struct query *q, bool *exact)
{
	struct plan *p = &s->plan;

	if (p->match.len)
		buf_adds(&p->match, " AND ");
	emit_words(s->db, q, &p->match, exact);
	p->has_words = true;
}

/* One of the outermost conditions. "Not these words" waits until it is known whether others are wanted. */
static void add_part(struct scope *s, const struct query *q, const struct query **without, size_t *n_without)
{
	struct plan *p = &s->plan;
	bool exact = true;

	if (is_words(q)) {
		add_words(s, q, &exact);
		if (is_title(q))
			add_rest(p, q);
		else
			p->verify |= !exact;
	} else if (q->kind == QUERY_NOT && is_words(q->left) && !is_title(q->left) && *n_without < 16) {
		without[(*n_without)++] = q;
	} else {
		if (q->kind == QUERY_IS && q->is == IS_STARRED)
			p->starred = true;
		if (q->kind == QUERY_EVENT)
			p->event = event_now(s->db, q->number);
		add_rest(p, q);
	}
}

static void split(struct scope *s, const struct query *q, const struct query **without, size_t *n, int depth)
{
	if (q->kind == QUERY_AND && depth < MAX_DEPTH) {
		split(s, q->left, without, n, depth + 1);
		split(s, q->right, without, n, depth + 1);
	} else if (q->kind != QUERY_ALL) {
		add_part(s, q, without, n);
	}
}

static void take_away(struct scope *s, const struct query *q)
{
	struct plan *p = &s->plan;
	size_t start = p->match.len;
	bool exact = true;

	if (!p->has_words) {
		add_rest(p, q);
		return;
	}
	buf_adds(&p->match, " NOT ");
	emit_words(s->db, q->left, &p->match, &exact);
	if (!exact) {
		buf_truncate(&p->match, start);
		add_rest(p, q);
	}
}

static int64_t tag_leaf(struct scope *s)
{
	for (size_t i = 0; i < s->plan.n_rest; i++) {
		const struct query *q = s->plan.rest[i];

		for (size_t k = 0; q->kind == QUERY_FIELD && q->field == QF_TAG && k < s->n_leaves; k++)
			if (s->leaves[k].query == q)
				return (int64_t)k;
	}
	return -1;
}

bool plan_make(struct scope *s, struct err *err)
{
	struct plan *p = &s->plan;
	const struct query *without[16];
	size_t n_without = 0;
	struct buf dry = BUF_MAX(MATCH_BYTES);
	struct emitter e = {.s = s, .sql = &dry, .alias = 's', .exact = true, .err = err};

	p->match = BUF_MAX(MATCH_BYTES);
	p->tag_leaf = -1;
	if (!s->set->query)
		return true;
	p->hidden = query_wants_hidden(s->set->query);
	split(s, s->set->query, without, &n_without, 0);
	for (size_t i = 0; i < n_without; i++)
		take_away(s, without[i]);
	for (size_t i = 0; i < p->n_rest; i++)
		emit(&e, p->rest[i], 0);
	p->verify |= !e.exact;
	p->tag_leaf = tag_leaf(s);
	if (dry.failed || p->match.failed)
		e.failed = !err_set(err, ERR_LIMIT, "a query that is too long");
	buf_release(&dry);
	return !e.failed;
}

void plan_release(struct plan *p)
{
	buf_release(&p->match);
}
