/* SPDX-License-Identifier: MIT */
/* Owns the page: rows before and after an anchor, how many stand before and in all. */
#include "store/list_db.h"

#include <string.h>

#include "store/count_db.h"
#include "store/list_priv.h"
#include "store/sql.h"

#define MAX_ROWS      4096
#define DEFAULT_COUNT 1000
#define MORE_HITS     8 /* so many times more, when a page reaches the end of the hits looked at */
#define ALL_HITS      ((size_t)1 << 24)

struct pager {
	struct lister *l;
	const struct list_spec *spec;
	struct boundary top, bottom; /* of the page so far */
	struct cands page;
	size_t count_max, before, behind;
	bool at_start, at_end;
};

static bool find_anchor(struct pager *p, struct err *err)
{
	struct cands skipped = {0};
	bool found, ok = true;

	p->top = lister_start(p->l);
	switch (p->spec->anchor) {
	case LIST_TOP:
		break;
	case LIST_END:
		p->top = lister_end(p->l);
		break;
	case LIST_AT_STORY:
		ok = lister_find(p->l, p->spec->at, &p->top, &found, err);
		break;
	case LIST_AT_ROW:
		ok = lister_walk(p->l, &p->top, true, p->spec->row, &skipped, err);
		break;
	}
	vec_free(&skipped);
	p->bottom = p->top;
	return ok;
}

/* Rows from the anchor on; then those before it, put in front. */
static bool collect(struct pager *p, struct err *err)
{
	size_t after = p->spec->after, before = p->spec->before;
	struct cands front = {0};
	bool ok;

	if (p->spec->anchor == LIST_END) {
		before += after;
		after = 0;
	}
	before = before < MAX_ROWS ? before : MAX_ROWS;
	after = after < MAX_ROWS - before ? after : MAX_ROWS - before;
	ok = lister_walk(p->l, &p->top, false, before, &front, err);
	for (size_t i = front.n; i-- > 0;)
		vec_push(&p->page, front.v[i]);
	ok = ok && lister_walk(p->l, &p->bottom, true, after, &p->page, err);
	vec_free(&front);
	return ok;
}

/* Rows that would have to be verified one by one are counted as they are: the text of a thousand stories is
 * not read for a number. */
static bool count_unverified(struct pager *p, struct err *err)
{
	struct lister *l = p->l;
	size_t index = p->bottom.edge == EDGE_INDEX ? p->bottom.index : 0;

	if (!array_ensure(l, index + 1, err))
		return false;
	if (p->bottom.edge == EDGE_END)
		index = l->segs.v[0].array.n;
	p->before = index - p->page.n;
	p->at_start = p->before == 0;
	p->behind = l->segs.v[0].array.n - index + (l->raw.n - l->raw_at);
	p->at_end = p->behind == 0;
	return true;
}

/* Counts the rows beyond the page, each way, as far as the bound goes. */
static bool count_outside(struct pager *p, struct err *err)
{
	struct cands seen = {0};
	struct boundary at = p->top;
	size_t left;
	bool ok = lister_walk(p->l, &at, false, p->count_max, &seen, err);

	p->before = seen.n;
	p->at_start = seen.n == 0;
	vec_clear(&seen);
	left = p->before + p->page.n < p->count_max ? p->count_max - p->before - p->page.n : 1;
	at = p->bottom;
	ok = ok && lister_walk(p->l, &at, true, left, &seen, err);
	p->behind = seen.n;
	p->at_end = seen.n == 0;
	vec_free(&seen);
	return ok;
}

/* A list of candidates, of which each row knows whether something in it is unread. */
static bool is_found(const struct lister *l)
{
	return array_wanted(l) && l->spec->order != LIST_EVENT_SIZE;
}

static size_t array_unread_rows(const struct lister *l, size_t max)
{
	const struct cands *rows = &l->segs.v[0].array;
	size_t n = 0;

	for (size_t i = 0; i < rows->n && n < max; i++)
		n += rows->v[i].unread;
	return n;
}

static bool fill(struct pager *p, struct snapshot *snap, struct err *err)
{
	struct scope *s = &p->l->scope;

	if (!find_anchor(p, err) || !collect(p, err))
		return false;
	if (!(is_found(p->l) && s->plan.verify ? count_unverified(p, err) : count_outside(p, err)))
		return false;
	if (!rows_fill(p->l, snap, &p->page, err))
		return false;
	snap->before = p->before;
	snap->total = p->before + p->page.n + p->behind;
	if (snap->total > p->count_max)
		snap->total = p->count_max;
	snap->at_start = p->at_start;
	snap->at_end = p->at_end;
	snap->serial = p->spec->serial;
	snap->data_version = db_data_version(s->db);
	if (is_found(p->l)) {
		snap->unread = array_unread_rows(p->l, p->count_max);
		return true;
	}
	scope_narrow(s, 0);
	return scope_count_unread(s, p->l->fold, p->count_max, &snap->unread, err);
}

/* Loads with so many hits of a search; *more: a page that ends with them could be longer. */
static struct snapshot *load(
    struct db *db, const struct list_spec *spec, size_t hits_max, size_t *more, struct err *err)
{
	struct lister l;
	struct pager p = {
	    .l = &l, .spec = spec, .count_max = spec->count_max ? spec->count_max : DEFAULT_COUNT};
	struct snapshot *snap;
	bool ok;

	if (p.count_max > SNAPSHOT_COUNT_MAX)
		p.count_max = SNAPSHOT_COUNT_MAX;
	if (!lister_open(&l, db, spec, hits_max, err))
		return NULL;
	snap = snapshot_new();
	ok = fill(&p, snap, err);
	*more = l.more_hits && p.at_end ? l.hits_max : 0;
	if (l.more_hits && !p.at_end)
		snap->total = snap->total > p.count_max ? snap->total : p.count_max;
	vec_free(&p.page);
	lister_close(&l);
	if (ok)
		return snap;
	snapshot_unref(snap);
	return NULL;
}

struct snapshot *list_load(struct db *db, const struct list_spec *spec, struct err *err)
{
	struct snapshot *snap = NULL;
	size_t more = 0;

	if (!db_read_begin(db, err))
		return NULL;
	do {
		size_t hits_max = more ? more * MORE_HITS : 0;

		snapshot_unref(snap);
		snap = load(db, spec, hits_max, &more, err);
	} while (snap && more && more < ALL_HITS);
	db_read_end(db);
	return snap;
}
