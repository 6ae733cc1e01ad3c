/* SPDX-License-Identifier: MIT */
/* The query language's parser: or of ands of terms, by recursive descent with a bound on depth. What a term
 * after a field's name may be is query_term.c's. */
#include "model/query.h"

#include <regex.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "model/query_priv.h"
#include "text/utf8.h"

#define MAX_BYTES    8192
#define MAX_DEPTH    50
#define MAX_TERMS    200
#define LEAST_PREFIX 3 /* letters */

bool query_mistake(struct query_reader *r, size_t at)
{
	if (r->err)
		r->err->column = (int)utf8_count(str_sub(r->text, 0, at)) + 1;
	return false;
}

struct query *query_node(struct query_reader *r, enum query_kind kind)
{
	struct query *q = arena_new_of(r->arena, struct query);

	q->kind = kind;
	q->text = STR("");
	return q;
}

static void skip_space(struct query_reader *r)
{
	while (r->at < r->text.len) {
		size_t next = r->at;

		if (!cp_is_space(utf8_next(r->text, &next)))
			break;
		r->at = next;
	}
}

/* True when the word stands here, with nothing of a word behind it. */
static bool is_word_here(const struct query_reader *r, const char *word)
{
	struct str rest = str_skip(r->text, r->at);
	size_t n = str_c(word).len;

	return str_starts(rest, word) && (rest.len == n || ch_space(rest.p[n]) || rest.p[n] == '(' ||
	                                     rest.p[n] == ')' || rest.p[n] == '"');
}

static bool at_end(struct query_reader *r)
{
	skip_space(r);
	return r->at >= r->text.len;
}

static struct query *parse_or(struct query_reader *r);
static struct query *parse_unary(struct query_reader *r);

static struct query *parse_group(struct query_reader *r)
{
	size_t open = r->at++;
	struct query *q;

	if (!at_end(r) && r->text.p[r->at] == ')') {
		err_set(r->err, ERR_USAGE, _("there is nothing between '(' and ')'"));
		query_mistake(r, open);
		return NULL;
	}
	q = parse_or(r);
	if (!q)
		return NULL;
	if (at_end(r)) {
		err_set(r->err, ERR_USAGE, _("this '(' is never closed"));
		query_mistake(r, open);
		return NULL;
	}
	r->at++;
	return q;
}

static struct query *negated(struct query_reader *r, size_t sign_len)
{
	struct query *q, *inner;
	size_t sign = r->at;

	r->at += sign_len;
	if (sign_len > 1)
		skip_space(r);
	if (r->at >= r->text.len || ch_space(r->text.p[r->at]) || r->text.p[r->at] == ')') {
		err_set(
		    r->err, ERR_USAGE, _("a word is missing after '%.*s'"), (int)sign_len, r->text.p + sign);
		query_mistake(r, sign);
		return NULL;
	}
	inner = parse_unary(r);
	if (!inner)
		return NULL;
	q = query_node(r, QUERY_NOT);
	q->left = inner;
	return q;
}

static struct query *parse_unary(struct query_reader *r)
{
	struct query *q;

	if (++r->depth > MAX_DEPTH || ++r->terms > MAX_TERMS) {
		err_set(r->err, ERR_LIMIT, _("the query is too long: at most %d words, nested %d deep"),
		    MAX_TERMS, MAX_DEPTH);
		query_mistake(r, r->at);
		return NULL;
	}
	if (r->text.p[r->at] == '(')
		q = parse_group(r);
	else if (r->text.p[r->at] == '-')
		q = negated(r, 1);
	else if (is_word_here(r, "NOT"))
		q = negated(r, 3);
	else
		q = query_term(r);
	r->depth--;
	return q;
}

static struct query *join(
    struct query_reader *r, enum query_kind kind, struct query *left, struct query *right)
{
	struct query *q;

	if (!left)
		return right;
	q = query_node(r, kind);
	q->left = left;
	q->right = right;
	return q;
}

/* True where a run of terms ends: at the end, at ')', at OR. */
static bool run_ends(struct query_reader *r)
{
	return at_end(r) || r->text.p[r->at] == ')' || is_word_here(r, "OR");
}

static struct query *parse_and(struct query_reader *r)
{
	struct query *all = NULL;

	while (!run_ends(r)) {
		struct query *q;

		if (all && is_word_here(r, "AND")) {
			size_t sign = r->at;

			r->at += 3;
			if (run_ends(r)) {
				err_set(r->err, ERR_USAGE, _("a word is missing after '%s'"), "AND");
				query_mistake(r, sign);
				return NULL;
			}
		}
		q = parse_unary(r);
		if (!q)
			return NULL;
		all = join(r, QUERY_AND, all, q);
	}
	if (!all) {
		bool before_or = r->at < r->text.len && r->text.p[r->at] == 'O';

		err_set(r->err, ERR_USAGE,
		    before_or ? _("a word is missing before '%s'") : _("a word is missing after '%s'"), "OR");
		query_mistake(r, r->at);
	}
	return all;
}

static struct query *parse_or(struct query_reader *r)
{
	struct query *any = NULL;

	for (;;) {
		struct query *q = parse_and(r);

		if (!q)
			return NULL;
		any = join(r, QUERY_OR, any, q);
		if (at_end(r) || !is_word_here(r, "OR"))
			return any;
		r->at += 2;
	}
}

/* Compiled expressions are on a list of the reader until the tree is whole, so that a mistake leaks none. */
static void drop_regexes(struct query_reader *r)
{
	for (size_t i = 0; i < r->n_regexes; i++) {
		regfree(r->regexes[i]);
		mem_free(r->regexes[i]);
	}
}

struct query *query_parse(struct arena *a, struct str text, int64_t now, struct err *err)
{
	struct err unheard = {0};
	struct query_reader r = {.arena = a, .text = text, .now = now, .err = err ? err : &unheard};
	struct query *q;

	if (text.len > MAX_BYTES || !utf8_valid(text)) {
		err_set(err, ERR_LIMIT, _("the query is no text of at most %d bytes"), MAX_BYTES);
		return NULL;
	}
	if (at_end(&r))
		return query_node(&r, QUERY_ALL);
	if (r.text.p[r.at] == ')') {
		q = NULL;
	} else {
		q = parse_or(&r);
		if (!q) {
			drop_regexes(&r);
			return NULL;
		}
	}
	if (at_end(&r))
		return q;
	err_set(err, ERR_USAGE, _("this ')' closes nothing"));
	query_mistake(&r, r.at);
	drop_regexes(&r);
	return NULL;
}

bool query_is_short_prefix(const struct query *q)
{
	size_t at = 0;

	if (q->kind != QUERY_WORD || !q->prefix || q->text.len == 0)
		return false;
	/* a character of an unspaced script tells as much as a word */
	return utf8_count(q->text) < LEAST_PREFIX && !cp_is_unspaced(utf8_next(q->text, &at));
}

void query_release(struct query *q)
{
	if (!q)
		return;
	query_release(q->left);
	query_release(q->right);
	if (q->regex) {
		regfree(q->regex);
		mem_free(q->regex);
		q->regex = NULL;
	}
}

bool query_wants_hidden(const struct query *q)
{
	if (!q)
		return false;
	return (q->kind == QUERY_IS && q->is == IS_HIDDEN) || query_wants_hidden(q->left) ||
	       query_wants_hidden(q->right);
}
