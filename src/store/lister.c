/* SPDX-License-Identifier: MIT */
/* Owns a list as a row of segments and the walk over them. Leaves how a segment is read to list_scan.c and
 * list_array.c. */
#include "store/list_priv.h"
#include "store/sql.h"

#define FEW_UNREAD 4000 /* so many are placed in memory; more of them lie densely in the index */
#define ARRAY_STEP 64
#define MAX_CANDS  200000
#define FIRST_HITS 2000

static bool few_unread(struct lister *l)
{
	return scope_tally(&l->scope).unread + (int64_t)l->scope.stay.n <= FEW_UNREAD;
}

static struct seg *add_seg(struct lister *l, enum seg_kind kind, enum seg_rows rows, int64_t source)
{
	struct seg *seg = vec_add(&l->segs);

	*seg = (struct seg){.kind = kind, .rows = rows, .source = source};
	return seg;
}

static bool add_sources(struct lister *l, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st =
	    sql_query(l->scope.db, err, "SELECT id FROM source WHERE in_src(id) ORDER BY gone,ord,id", "");

	while (st && sql_row(l->scope.db, st, &failed, err))
		add_seg(l, SEG_SCAN, ROWS_ALL, sql_int(st, 0));
	return st && !failed;
}

static bool add_unread(struct lister *l, struct err *err)
{
	if (!few_unread(l)) {
		add_seg(l, SEG_SCAN, ROWS_UNREAD, 0);
		return true;
	}
	return array_unread(l, &add_seg(l, SEG_ARRAY, ROWS_UNREAD, 0)->array, err);
}

static bool make_segs(struct lister *l, struct err *err)
{
	const struct list_set *set = &l->spec->set;

	if (array_wanted(l)) {
		add_seg(l, SEG_ARRAY, ROWS_ALL, 0);
		return array_build(l, err);
	}
	if (l->spec->order == LIST_BY_SOURCE)
		return add_sources(l, err);
	if (l->spec->order == LIST_UNREAD_FIRST && !set->unread_only) {
		if (!add_unread(l, err))
			return false;
		add_seg(l, SEG_SCAN, ROWS_READ, 0);
		return true;
	}
	if (set->unread_only && few_unread(l)) {
		struct seg *seg = add_seg(l, SEG_ARRAY, ROWS_ALL, 0);
		bool ok = array_unread(l, &seg->array, err);

		if (l->ascending)
			cands_reverse(&seg->array);
		return ok;
	}
	add_seg(l, SEG_SCAN, ROWS_ALL, 0);
	return true;
}

/* Ids follow the time of storing. */
static int64_t held_of(struct db *db, const struct list_set *set)
{
	return set->held.v && list_newest(db).v > set->held.v ? set->held.v : INT64_MAX;
}

struct cands_bound lister_bound(const struct list_spec *spec)
{
	bool first =
	    spec->order == LIST_NEWEST || spec->order == LIST_RANKED || spec->order == LIST_EVENT_SIZE;

	return (struct cands_bound){.looked = !first       ? SIZE_MAX
	                                      : spec->hits ? spec->hits
	                                                   : FIRST_HITS,
	    .found = MAX_CANDS};
}

bool lister_open(struct lister *l, struct db *db, const struct list_spec *spec,
    const struct cands_bound *bound, bool again, struct err *err)
{
	*l = (struct lister){.spec = spec,
	    .fold = spec->fold && !spec->set.event.v,
	    .ascending = spec->order == LIST_OLDEST,
	    .held = held_of(db, &spec->set),
	    .bound = bound ? *bound : lister_bound(spec)};
	if (!scope_open(&l->scope, db, &spec->set, err))
		return false;
	if (spec->order == LIST_RANKED)
		rank_words(spec->set.query, &l->scope.rank);
	if ((!again || plan_drive(&l->scope, true, err)) && make_segs(l, err))
		return true;
	lister_close(l);
	return false;
}

void lister_close(struct lister *l)
{
	VEC_EACH (struct seg, seg, &l->segs) {
		vec_free(&seg->array);
	}
	vec_free(&l->segs);
	vec_free(&l->raw);
	imap_release(&l->seen);
	scope_close(&l->scope);
}

struct boundary lister_start(const struct lister *l)
{
	(void)l;
	return (struct boundary){.edge = EDGE_START};
}

struct boundary lister_end(const struct lister *l)
{
	return (struct boundary){.seg = l->segs.n ? l->segs.n - 1 : 0, .edge = EDGE_END};
}

/* ---- walking ---- */

static bool array_walk(struct lister *l, struct seg *seg, struct boundary *at, bool forward, size_t n,
    struct cands *out, struct err *err)
{
	size_t index = at->index;

	if (at->edge == EDGE_END || (at->edge == EDGE_INDEX && index + n > seg->array.n))
		if (!array_ensure(l, at->edge == EDGE_END ? SIZE_MAX : index + n, err))
			return false;
	if (at->edge == EDGE_START) {
		index = 0;
		if (!array_ensure(l, n, err))
			return false;
	} else if (at->edge == EDGE_END) {
		index = seg->array.n;
	}
	for (; n > 0 && (forward ? index < seg->array.n : index > 0); n--)
		vec_push(out, seg->array.v[forward ? index++ : --index]);
	*at = (struct boundary){.seg = at->seg, .edge = EDGE_INDEX, .index = index};
	return true;
}

static bool scan_walk(struct lister *l, const struct seg *seg, struct boundary *at, bool forward, size_t n,
    struct cands *out, struct err *err)
{
	size_t before = out->n;

	if (!seg_scan(l, seg, at, forward, n, out, err))
		return false;
	if (out->n > before)
		*at = (struct boundary){.seg = at->seg,
		    .edge = EDGE_KEY,
		    .published = vec_last(out).published,
		    .id = vec_last(out).id,
		    .behind = forward};
	return true;
}

bool lister_walk(
    struct lister *l, struct boundary *at, bool forward, size_t n, struct cands *out, struct err *err)
{
	while (n > 0 && at->seg < l->segs.n) {
		struct seg *seg = &l->segs.v[at->seg];
		size_t before = out->n, got;

		if (!(seg->kind == SEG_ARRAY ? array_walk(l, seg, at, forward, n, out, err)
		                             : scan_walk(l, seg, at, forward, n, out, err)))
			return false;
		got = out->n - before;
		n -= got;
		if (n == 0)
			break;
		if (forward ? at->seg + 1 == l->segs.n : at->seg == 0)
			break;
		*at = forward ? (struct boundary){.seg = at->seg + 1, .edge = EDGE_START}
		              : (struct boundary){.seg = at->seg - 1, .edge = EDGE_END};
	}
	return true;
}

/* ---- finding a row ---- */

struct wanted {
	struct cand row; /* its place, or the story's own when it has no row */
	int64_t source;
	bool visible;
};

static bool story_place(struct lister *l, int64_t id, struct wanted *w, bool *known, struct err *err)
{
	struct db *db = l->scope.db;
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st =
	    sql_query(db, err, "SELECT published,id,event,source FROM story WHERE id=?", "i", id);

	*known = st && sql_row(db, st, &failed, err);
	if (*known)
		*w = (struct wanted){
		    .row = {.published = sql_int(st, 0), .id = sql_int(st, 1), .event = sql_int(st, 2)},
		    .source = sql_int(st, 3)};
	return st && !failed;
}

static bool is_visible(struct lister *l, int64_t id, bool *visible, struct err *err)
{
	struct buf sql = BUF_MAX((size_t)64 << 10);
	bool failed = false;

	buf_adds(&sql, "SELECT 1 FROM story s WHERE s.id=? AND ");
	scope_where(&l->scope, &sql, 's', true);
	SCOPED(stmt) sqlite3_stmt *st = sql_query(l->scope.db, err, buf_cstr(&sql), "i", id);
	buf_release(&sql);
	*visible = st && sql_row(l->scope.db, st, &failed, err);
	return st && !failed;
}

static bool find_place(struct lister *l, struct wanted *w, struct err *err)
{
	if (l->spec->order == LIST_BY_SOURCE && l->segs.v[0].kind == SEG_SCAN)
		scope_narrow(&l->scope, w->source);
	if (l->fold)
		return row_place(l, w->row.event, &w->row, &w->visible, err);
	return is_visible(l, w->row.id, &w->visible, err);
}

/* Number of the row in an array; else of the row that would follow it. */
static bool find_in_array(
    struct lister *l, struct seg *seg, const struct wanted *w, size_t *index, bool *found, struct err *err)
{
	size_t i = 0;

	*found = false;
	for (;; i++) {
		if (i == seg->array.n && !array_ensure(l, i + ARRAY_STEP, err))
			return false;
		if (i >= seg->array.n)
			break;
		if (l->fold ? seg->array.v[i].event == w->row.event : seg->array.v[i].id == w->row.id) {
			*found = true;
			break;
		}
	}
	*index = i;
	if (*found)
		return true;
	for (i = 0; i < seg->array.n; i++) {
		int order = cand_newest_first(&seg->array.v[i], &w->row);

		if (l->ascending ? order <= 0 : order >= 0)
			break;
	}
	*index = i;
	return true;
}

static struct boundary before_row(const struct lister *l, size_t seg, const struct wanted *w)
{
	(void)l;
	return (struct boundary){
	    .seg = seg, .edge = EDGE_KEY, .published = w->row.published, .id = w->row.id};
}

static bool has_unread(struct lister *l, const struct wanted *w, bool *unread, struct err *err)
{
	struct cands members = {0};
	bool ok = row_members(l, &w->row, &members, err);

	*unread = false;
	for (size_t i = 0; i < members.n; i++)
		*unread |= members.v[i].unread;
	vec_free(&members);
	return ok;
}

/* The segment in which a row of a scanned list stands. */
static bool seg_of(struct lister *l, const struct wanted *w, size_t *seg, struct err *err)
{
	bool unread;

	*seg = 0;
	if (l->spec->order == LIST_BY_SOURCE) {
		while (*seg + 1 < l->segs.n && l->segs.v[*seg].source != w->source)
			(*seg)++;
	} else if (l->segs.n == 2) {
		if (!has_unread(l, w, &unread, err))
			return false;
		*seg = unread ? 0 : 1;
	}
	return true;
}

bool lister_find(struct lister *l, struct story_id id, struct boundary *at, bool *found, struct err *err)
{
	struct wanted w;
	bool known;
	size_t index, seg;

	*found = false;
	*at = lister_start(l);
	if (!l->segs.n)
		return true;
	if (!story_place(l, id.v, &w, &known, err) || !known)
		return !known;
	if (!find_place(l, &w, err))
		return false;
	*found = w.visible;
	if (l->segs.v[0].kind == SEG_ARRAY) {
		bool here;

		if (!find_in_array(l, &l->segs.v[0], &w, &index, &here, err))
			return false;
		*found = here;
		if (here || l->segs.n == 1) {
			*at = (struct boundary){.edge = EDGE_INDEX, .index = index};
			return true;
		}
		*found = w.visible;
		*at = before_row(l, 1, &w);
		return true;
	}
	if (!seg_of(l, &w, &seg, err))
		return false;
	*at = before_row(l, seg, &w);
	return true;
}
