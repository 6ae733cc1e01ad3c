/* SPDX-License-Identifier: MIT */
/* Regular expressions of a query: POSIX extended ones, "(?i)" in front for any case. The C library copies
 * what is repeated, so an estimate of that comes first: a few letters could ask for all memory there is. */
#include <regex.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/query_priv.h"

#define MAX_PATTERN 500
#define MAX_GROUPS  30   /* nested */
#define MAX_COST    1000 /* parts after all copying */
#define PLUS_TIMES  3    /* copied once, and looked through again for each way to be empty */

struct estimate {
	uint64_t sum[MAX_GROUPS + 1];  /* of the parts of each open group */
	uint64_t last[MAX_GROUPS + 1]; /* the part that a sign of repetition is for */
	size_t depth;
};

static void add_part(struct estimate *e, uint64_t cost)
{
	e->sum[e->depth] += cost;
	e->last[e->depth] = cost;
}

/* The last part is there `times` times. */
static void repeat(struct estimate *e, uint64_t times)
{
	uint64_t more = e->last[e->depth] * (times - 1);

	e->sum[e->depth] += more;
	e->last[e->depth] += more;
}

/* Reads {n}, {n,}, {n,m}: the copies that it makes; 0 when it is none. *at: behind the brace, then behind
 * all. */
static uint64_t read_braces(struct str s, size_t *at)
{
	uint64_t number = 0, most = 0;
	size_t i = *at;
	bool open = false;

	for (; i < s.len && (ch_digit(s.p[i]) || s.p[i] == ','); i++) {
		open = s.p[i] == ',';
		number = open ? 0 : number * 10 + (uint64_t)(s.p[i] - '0');
		if (number > MAX_COST)
			number = MAX_COST;
		if (number > most)
			most = number;
	}
	if (i >= s.len || s.p[i] != '}')
		return 0;
	*at = i + 1;
	return most + 1 + (open ? 1 : 0);
}

/* Behind a bracket expression that starts at `at`. */
static size_t skip_brackets(struct str s, size_t at)
{
	at++;
	if (at < s.len && s.p[at] == '^')
		at++;
	if (at < s.len && s.p[at] == ']')
		at++;
	while (at < s.len && s.p[at] != ']') {
		char kind = at + 1 < s.len && s.p[at] == '[' ? s.p[at + 1] : 0;

		at++;
		if (kind != ':' && kind != '.' && kind != '=')
			continue;
		for (at++; at + 1 < s.len && !(s.p[at] == kind && s.p[at + 1] == ']');)
			at++;
		at += 2;
	}
	return at + 1;
}

/* False when compiling would take too much, or when it refers back (matching would be exponential). */
static bool is_modest(struct str s)
{
	struct estimate e = {.depth = 0};
	uint64_t times;

	for (size_t i = 0; i < s.len;) {
		char c = s.p[i++];

		if (c == '\\') {
			if (i < s.len && ch_digit(s.p[i]))
				return false;
			i++;
			add_part(&e, 1);
		} else if (c == '(') {
			if (++e.depth > MAX_GROUPS)
				return false;
			e.sum[e.depth] = e.last[e.depth] = 0;
		} else if (c == ')' && e.depth > 0) {
			uint64_t cost = e.sum[e.depth--];

			add_part(&e, cost + 1);
		} else if (c == '*' || c == '?' || c == '+') {
			repeat(&e, c == '+' ? PLUS_TIMES : 1);
		} else if (c == '{' && (times = read_braces(s, &i)) > 0) {
			repeat(&e, times);
		} else if (c == '[') {
			i = skip_brackets(s, i - 1);
			add_part(&e, 4);
		} else {
			add_part(&e, 1);
		}
		if (e.sum[e.depth] > MAX_COST)
			return false;
	}
	return e.depth == 0 && e.sum[0] <= MAX_COST;
}

bool query_regex(struct query_reader *r, struct query *q, struct str pattern, size_t at)
{
	int flags = REG_EXTENDED | REG_NOSUB, failed;
	struct buf text = BUF_MAX(MAX_PATTERN + 1);
	regex_t *regex;
	char reason[120];

	if (str_starts(pattern, "(?i)")) {
		flags |= REG_ICASE;
		pattern = str_skip(pattern, 4);
	}
	if (pattern.len > MAX_PATTERN || memchr(pattern.p, 0, pattern.len) ||
	    r->n_regexes >= QUERY_MAX_REGEXES || !is_modest(pattern)) {
		err_set(r->err, ERR_LIMIT,
		    _("the regular expression is too large, or not closed, or refers back"));
		return query_mistake(r, at);
	}
	buf_addstr(&text, pattern);
	regex = mem_new(regex_t);
	failed = regcomp(regex, buf_cstr(&text), flags);
	buf_release(&text);
	if (failed) {
		regerror(failed, regex, reason, sizeof reason);
		mem_free(regex);
		err_set(r->err, ERR_USAGE, _("the regular expression cannot be read: %s"), reason);
		return query_mistake(r, at);
	}
	q->regex = r->regexes[r->n_regexes++] = regex;
	q->text = arena_str(r->arena, pattern);
	return true;
}
