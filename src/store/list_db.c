/* SPDX-License-Identifier: MIT */
/* Owns the page: rows before and after an anchor, how many stand before and in all. */
#include "store/list_db.h"

#include <string.h>

#include "store/count_db.h"
#include "store/list_priv.h"
#include "store/sql.h"

#define MAX_ROWS  4096
#define MORE_HITS 8 /* so many times more, when a page reaches the end of the hits looked at */
#define ALL_HITS  ((size_t)1 << 27)

struct pager {
	struct lister *l;
	const struct list_spec *spec;
	struct boundary top, bottom; /* of the page so far */
	struct cands page;
	size_t before, behind;
	bool at_start, at_end, more;
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
	p->more = l->more_hits;
	return true;
}

/* Counts the rows beyond the page, each way, as far as the bound goes. */
static bool count_outside(struct pager *p, struct err *err)
{
	struct cands seen = {0};
	struct boundary at = p->top;
	size_t max = p->spec->count_max, left;
	bool ok = lister_walk(p->l, &at, false, max ? max : 1, &seen, err);

	p->before = seen.n;
	p->at_start = seen.n == 0;
	vec_clear(&seen);
	left = p->before + p->page.n < max ? max - p->before - p->page.n : 1;
	at = p->bottom;
	ok = ok && lister_walk(p->l, &at, true, left, &seen, err);
	p->behind = seen.n;
	p->at_end = seen.n == 0;
	p->more = seen.n == left || p->l->more_hits;
	vec_free(&seen);
	return ok;
}

/* A list of candidates, of which each row knows whether something in it is unread. */
static bool is_found(const struct lister *l)
{
	return array_wanted(l) && l->spec->order != LIST_EVENT_SIZE;
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
	snap->counted = p->spec->count_max > 0 || (p->at_start && p->at_end && !p->more);
	snap->more = p->more;
	snap->at_start = p->at_start;
	snap->at_end = p->at_end && !p->l->more_hits;
	snap->serial = p->spec->serial;
	snap->data_version = db_data_version(s->db);
	return true;
}

/* Loads with so many candidates. *short_of: the page ends with them, and there are more. */
static struct snapshot *load(struct db *db, const struct list_spec *spec, const struct cands_bound *bound,
    bool again, bool *short_of, struct err *err)
{
	struct lister l;
	struct pager p = {.l = &l, .spec = spec};
	struct snapshot *snap;
	bool ok;

	if (!lister_open(&l, db, spec, bound, again, err))
		return NULL;
	snap = snapshot_new();
	ok = fill(&p, snap, err);
	*short_of = l.more_hits && p.at_end;
	vec_free(&p.page);
	lister_close(&l);
	if (ok)
		return snap;
	snapshot_unref(snap);
	return NULL;
}

struct snapshot *list_load(struct db *db, const struct list_spec *spec, struct err *err)
{
	struct cands_bound bound = lister_bound(spec);
	struct snapshot *snap = NULL;
	bool again = spec->again, short_of = false;

	if (!db_read_begin(db, err))
		return NULL;
	do {
		snapshot_unref(snap);
		snap = load(db, spec, &bound, again, &short_of, err);
		again = true;
		bound.looked = bound.looked < SIZE_MAX / MORE_HITS ? bound.looked * MORE_HITS : SIZE_MAX;
	} while (snap && short_of && !spec->partly && bound.looked < ALL_HITS);
	db_read_end(db);
	return snap;
}
