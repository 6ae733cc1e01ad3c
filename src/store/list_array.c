/* SPDX-License-Identifier: MIT */
/* Owns lists that stand in memory: what a search found, the coverage of an event, the few unread ones that
 * come first, the largest events. Rows are made of candidates as far as they are asked for, since a candidate
 * may have to be verified by its text. */
#include <stdlib.h>

#include "store/list_priv.h"
#include "store/sql.h"

#define SIZED_ROWS     2000 /* rows among which the largest events are looked for */
#define FIRST_HITS     2000
#define FIRST_VERIFIED 300 /* each costs the reading of its text */

int cand_newest_first(const void *a, const void *b)
{
	const struct cand *x = a, *y = b;

	if (x->published != y->published)
		return x->published > y->published ? -1 : 1;
	return x->id > y->id ? -1 : x->id < y->id;
}

void cands_reverse(struct cands *c)
{
	for (size_t i = 0; i < c->n / 2; i++) {
		struct cand x = c->v[i];

		c->v[i] = c->v[c->n - 1 - i];
		c->v[c->n - 1 - i] = x;
	}
}

/* ---- rows ---- */

static bool add_row(struct lister *l, struct cands *rows, const struct cand *c, struct err *err)
{
	bool visible = true;
	uint64_t *seen;

	if (c->id > l->held)
		return true;
	if (l->scope.plan.verify && !scope_verify(&l->scope, c->id, &visible, err))
		return false;
	if (!visible)
		return true;
	if (!l->fold) {
		vec_push(rows, *c);
		return true;
	}
	seen = imap_at(&l->seen, (uint64_t)c->event);
	if (!*seen) {
		vec_push(rows, *c);
		*seen = rows->n;
	} else {
		rows->v[*seen - 1].unread |= c->unread;
	}
	return true;
}

bool array_ensure(struct lister *l, size_t n, struct err *err)
{
	struct cands *rows = &l->segs.v[0].array;

	while (rows->n < n && l->raw_at < l->raw.n)
		if (!add_row(l, rows, &l->raw.v[l->raw_at++], err))
			return false;
	return true;
}

/* Stable: within a group the order stays. */
static void unread_first(struct cands *c)
{
	struct cands sorted = {0};

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < c->n; i++)
			if (c->v[i].unread == (pass == 0))
				vec_push(&sorted, c->v[i]);
	vec_free(c);
	*c = sorted;
}

struct sized {
	struct cand row;
	int64_t key; /* larger comes first */
	size_t at;
};

static int by_key(const void *a, const void *b)
{
	const struct sized *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

typedef bool key_fn(struct lister *l, const struct cand *row, int64_t *key, struct err *err);

static bool sort_by(struct lister *l, struct cands *rows, key_fn *key, struct err *err)
{
	struct sized *sized = mem_array(rows->n ? rows->n : 1, sizeof *sized);
	bool ok = true;

	for (size_t i = 0; ok && i < rows->n; i++) {
		sized[i] = (struct sized){.row = rows->v[i], .at = i};
		ok = key(l, &rows->v[i], &sized[i].key, err);
	}
	if (ok && rows->n > 1)
		qsort(sized, rows->n, sizeof *sized, by_key);
	for (size_t i = 0; ok && i < rows->n; i++)
		rows->v[i] = sized[i].row;
	mem_free(sized);
	return ok;
}

static bool key_source(struct lister *l, const struct cand *row, int64_t *key, struct err *err)
{
	(void)err;
	*key = -sql_i64(l->scope.db, INT32_MAX,
	    "SELECT c.gone<<32|c.ord FROM story s JOIN source c ON c.id=s.source WHERE s.id=?", "i", row->id);
	return true;
}

static bool order_array(struct lister *l, struct err *err)
{
	struct cands *rows = &l->segs.v[0].array;

	switch (l->spec->order) {
	case LIST_NEWEST:
	case LIST_LAST_OPENED:
		return true;
	case LIST_RANKED:
		return !l->scope.plan.ranked ||
		       (array_ensure(l, l->scope.plan.verify ? FIRST_VERIFIED : FIRST_HITS, err) &&
		           rank_rows(l, rows, err));
	case LIST_OLDEST:
		if (!array_ensure(l, SIZE_MAX, err))
			return false;
		cands_reverse(rows);
		return true;
	case LIST_UNREAD_FIRST:
		if (!array_ensure(l, SIZE_MAX, err))
			return false;
		unread_first(rows);
		return true;
	case LIST_BY_SOURCE:
		return array_ensure(l, SIZE_MAX, err) && sort_by(l, rows, key_source, err);
	case LIST_EVENT_SIZE:
		return array_ensure(l, SIZED_ROWS, err) && sort_by(l, rows, row_size, err);
	}
	return true;
}

/* Rows of the largest events among the newest: read from the index, then kept. */
static bool build_sized(struct lister *l, struct err *err)
{
	struct seg *seg = &l->segs.v[0];
	struct boundary start = {.edge = EDGE_START};

	seg->kind = SEG_ARRAY;
	return seg_scan(l, &(struct seg){.kind = SEG_SCAN}, &start, true, SIZED_ROWS, &seg->array, err) &&
	       sort_by(l, &seg->array, row_size, err);
}

/* The indexes of the table story give neither what only the text tells nor an order by size. */
static bool is_indexed(const struct lister *l)
{
	return !l->scope.plan.n_drivers && !l->scope.plan.verify;
}

bool array_wanted(const struct lister *l)
{
	return !is_indexed(l) || l->spec->order == LIST_EVENT_SIZE || l->spec->order == LIST_LAST_OPENED;
}

bool array_build(struct lister *l, struct err *err)
{
	if (l->spec->order == LIST_LAST_OPENED)
		return cands_drive(&l->scope, &(struct driver){.kind = DRIVE_OPENED}, &l->raw, err);
	if (is_indexed(l))
		return build_sized(l, err);
	if (!cands_find(&l->scope, &l->bound, &l->raw, &l->more_hits, err))
		return false;
	vec_sort(&l->raw, cand_newest_first);
	return order_array(l, err);
}

/* Stories that stay although they were read, when they are visible otherwise. */
static bool add_stay(struct lister *l, struct err *err)
{
	for (size_t i = 0; i < l->scope.set->n_stay; i++)
		if (!cands_drive(&l->scope,
		        &(struct driver){.kind = DRIVE_STORY, .number = l->scope.set->stay[i].v}, &l->raw,
		        err))
			return false;
	return true;
}

/* Places of all rows that have something unread, when these are few. */
bool array_unread(struct lister *l, struct cands *out, struct err *err)
{
	struct imap seen = {0};
	bool ok =
	    cands_drive(&l->scope, &(struct driver){.kind = DRIVE_UNREAD}, &l->raw, err) && add_stay(l, err);

	for (size_t i = 0; ok && i < l->raw.n; i++) {
		struct cand row = l->raw.v[i];
		bool found = true;
		uint64_t *known = imap_at(&seen, (uint64_t)(l->fold ? row.event : row.id));

		if (*known)
			continue;
		*known = 1;
		if (!l->fold && row.id > l->held)
			continue;
		ok = !l->fold || row_place(l, row.event, &row, &found, err);
		if (ok && found)
			vec_push(out, row);
	}
	vec_clear(&l->raw);
	vec_sort(out, cand_newest_first);
	imap_release(&seen);
	return ok;
}
