/* SPDX-License-Identifier: MIT */
/* Owns how a query lies: split at its outermost "and", and the choice of what drives a list, so that no
 * common word, rare title or small set costs more than the rows that are shown. */
#include <string.h>

#include "store/scope.h"
#include "store/sql.h"
#include "store/words.h"

#define MAX_DEPTH   200
#define MAX_WITHOUT 16
/* A set so small is looked through before words are looked up; so small, after the first look at the words.
 */
#define TINY 2000
#define FEW  20000

/* ---- the split ---- */

static void add_rest(struct plan *p, const struct query *q)
{
	if (p->n_rest < ARRAY_LEN(p->rest))
		p->rest[p->n_rest++] = q;
	else
		p->verify = true;
}

/* Words that are found by the index now, and may become conditions. */
static void add_words(struct plan *p, const struct query *q)
{
	if (plan_is_title(q))
		return; /* a condition in any case */
	if (p->n_words < ARRAY_LEN(p->words))
		p->words[p->n_words++] = q;
	else
		p->verify = true;
}

/* What the indexes of stories tell, kept in mind for the choice of the driver. */
static void note(struct scope *s, const struct query *q)
{
	struct plan *p = &s->plan;

	if (q->kind == QUERY_IS) {
		p->starred |= q->is == IS_STARRED;
		p->unread |= q->is == IS_UNREAD;
		p->opened |= q->is == IS_OPENED;
	} else if (q->kind == QUERY_EVENT) {
		p->event = leaf_event(s->db, q->number);
	} else if (query_is_short_prefix(q)) {
		p->short_prefix = q;
	}
}

static bool keep_sources(struct scope *s, const struct query *q, struct err *err)
{
	int leaf;

	return leaf_number(s, q, false, &leaf, err) && scope_keep_sources(s, &s->leaves[leaf].sources, err);
}

struct without {
	const struct query *v[MAX_WITHOUT];
	size_t n;
};

/* One of the outermost conditions. "Not these words" waits until it is known whether others are wanted. */
static bool add_part(struct scope *s, const struct query *q, struct without *without, struct err *err)
{
	struct plan *p = &s->plan;
	bool exact = true;

	if (q->kind == QUERY_FIELD && (q->field == QF_SOURCE || q->field == QF_SECTION))
		return keep_sources(s, q, err);
	if (plan_is_words(q)) {
		if (p->match.len)
			buf_adds(&p->match, " AND ");
		plan_words(s->db, q, &p->match, &exact);
		add_words(p, q);
		if (plan_is_title(q))
			add_rest(p, q);
		else
			p->verify |= !exact;
	} else if (q->kind == QUERY_NOT && plan_is_words(q->left) && !plan_is_title(q->left) &&
	           without->n < MAX_WITHOUT) {
		without->v[without->n++] = q;
	} else {
		note(s, q);
		add_rest(p, q);
	}
	return true;
}

static bool split(struct scope *s, const struct query *q, struct without *without, int depth, struct err *err)
{
	if (q->kind == QUERY_AND && depth < MAX_DEPTH)
		return split(s, q->left, without, depth + 1, err) &&
		       split(s, q->right, without, depth + 1, err);
	return q->kind == QUERY_ALL || add_part(s, q, without, err);
}

static void take_away(struct scope *s, const struct query *q)
{
	struct plan *p = &s->plan;
	size_t start = p->match.len;
	bool exact = true;

	if (start) {
		buf_adds(&p->match, " NOT ");
		plan_words(s->db, q->left, &p->match, &exact);
	}
	if (start && exact) {
		add_words(p, q);
	} else {
		buf_truncate(&p->match, start);
		add_rest(p, q);
	}
}

/* Whether there are words that a row may hold. */
static bool wants_words(const struct query *q, int depth)
{
	switch (q->kind) {
	case QUERY_WORD:
	case QUERY_PHRASE:
		return true;
	case QUERY_AND:
	case QUERY_OR:
		return depth < MAX_DEPTH &&
		       (wants_words(q->left, depth + 1) || wants_words(q->right, depth + 1));
	default:
		return false;
	}
}

bool plan_make(struct scope *s, struct err *err)
{
	struct plan *p = &s->plan;
	struct without without = {.n = 0};
	struct buf dry = BUF_MAX(PLAN_MATCH_BYTES);
	bool exact, ok;

	p->match = BUF_MAX(PLAN_MATCH_BYTES);
	if (!s->set->query)
		return plan_drive(s, false, err);
	p->hidden = query_wants_hidden(s->set->query);
	p->ranked = wants_words(s->set->query, 0);
	ok = split(s, s->set->query, &without, 0, err);
	for (size_t i = 0; i < without.n; i++)
		take_away(s, without.v[i]);
	ok = ok && plan_emit(s, &dry, 's', &exact, err);
	p->verify |= ok && !exact;
	if (ok && (dry.failed || p->match.failed))
		ok = err_set(err, ERR_LIMIT, "a query that is too long");
	buf_release(&dry);
	return ok && plan_drive(s, false, err);
}

void plan_release(struct plan *p)
{
	buf_release(&p->match);
}

/* ---- the choice ---- */

static bool add_driver(struct plan *p, struct driver d)
{
	if (p->n_drivers == SCOPE_MAX_DRIVERS)
		return false;
	p->drivers[p->n_drivers++] = d;
	return true;
}

static bool drive_words(struct scope *s, const struct query *q)
{
	struct driver d = {.kind = DRIVE_WORDS};
	struct buf match = BUF_MAX(PLAN_MATCH_BYTES);
	bool exact, ok;

	plan_words(s->db, q, &match, &exact);
	d.match = arena_str(s->arena, buf_str(&match));
	ok = !match.failed && add_driver(&s->plan, d);
	buf_release(&match);
	return ok;
}

/* Drivers that give all that a part of the query matches. False when there are none. */
static bool drive_part(struct scope *s, const struct query *q, int depth)
{
	struct plan *p = &s->plan;
	size_t n = p->n_drivers;
	int leaf;

	if (depth > MAX_DEPTH)
		return false;
	if (plan_is_words(q))
		return drive_words(s, q);
	switch (q->kind) {
	case QUERY_OR:
		return drive_part(s, q->left, depth + 1) && drive_part(s, q->right, depth + 1);
	case QUERY_AND:
		if (drive_part(s, q->left, depth + 1))
			return true;
		p->n_drivers = n;
		return drive_part(s, q->right, depth + 1);
	case QUERY_EVENT:
		return add_driver(
		    p, (struct driver){.kind = DRIVE_EVENT, .number = leaf_event(s->db, q->number)});
	case QUERY_FIELD:
		return q->field == QF_TAG && leaf_number(s, q, false, &leaf, NULL) &&
		       add_driver(p, (struct driver){.kind = DRIVE_TAG, .number = leaf});
	case QUERY_IS:
		return (q->is == IS_STARRED && add_driver(p, (struct driver){.kind = DRIVE_STARRED})) ||
		       (q->is == IS_OPENED && add_driver(p, (struct driver){.kind = DRIVE_OPENED}));
	default:
		return false;
	}
}

/* A tag, or alternatives each of which has a driver: one of the conditions gives all candidates. */
static bool drive_rest(struct scope *s)
{
	struct plan *p = &s->plan;

	for (size_t i = 0; i < p->n_rest; i++) {
		const struct query *q = p->rest[i];

		p->n_drivers = 0;
		if ((q->kind == QUERY_FIELD || q->kind == QUERY_OR) && drive_part(s, q, 0))
			return true;
	}
	p->n_drivers = 0;
	return false;
}

/* A set that is small enough to be looked through one by one. */
static bool drive_small(struct scope *s, int64_t few)
{
	struct plan *p = &s->plan;
	const struct list_set *set = s->set;
	struct tally t = scope_tally(s);

	if ((p->starred || set->starred_only) && t.starred <= few)
		return add_driver(p, (struct driver){.kind = DRIVE_STARRED});
	if (p->hidden)
		return false; /* the others have the visible ones alone */
	if ((p->unread || (set->unread_only && !s->stay.n)) && t.unread <= few)
		return add_driver(p, (struct driver){.kind = DRIVE_UNREAD});
	return !s->all_sources && t.stories <= few && add_driver(p, (struct driver){.kind = DRIVE_SOURCES});
}

static bool drive_by_words(struct scope *s, bool again)
{
	struct plan *p = &s->plan;

	p->words_by_leaf = drive_small(s, again ? FEW : TINY) || (again && drive_rest(s));
	if (!p->words_by_leaf)
		return add_driver(p, (struct driver){.kind = DRIVE_WORDS, .match = buf_str(&p->match)});
	return true;
}

/* Titles with a rare beginning are found by the index of all words, once it is seen that they are rare. */
static bool drive_by_titles(struct scope *s, bool again)
{
	struct plan *p = &s->plan;

	return again ? drive_words(s, p->short_prefix) : add_driver(p, (struct driver){.kind = DRIVE_NEWEST});
}

bool plan_drive(struct scope *s, bool again, struct err *err)
{
	struct plan *p = &s->plan;
	int64_t event = s->set->event.v ? s->set->event.v : p->event;
	bool ok = true;

	p->n_drivers = 0;
	if (event) { /* few stories: the words are looked for in each */
		p->verify |= p->match.len > 0;
		ok = add_driver(p, (struct driver){.kind = DRIVE_EVENT, .number = event});
	} else if (p->match.len) {
		ok = drive_by_words(s, again);
	} else if (drive_rest(s)) {
		ok = true;
	} else if (p->opened) {
		ok = add_driver(p, (struct driver){.kind = DRIVE_OPENED});
	} else if (p->hidden) {
		ok = add_driver(p, (struct driver){.kind = DRIVE_EVERY}); /* hidden ones have no index */
	} else if (p->short_prefix) {
		ok = drive_by_titles(s, again);
	} else if (p->verify || (p->unread && scope_tally(s).unread <= TINY)) {
		ok = drive_small(s, TINY) || add_driver(p, (struct driver){.kind = DRIVE_NEWEST});
	}
	return ok || err_set(err, ERR_LIMIT, "a query with too many alternatives");
}
