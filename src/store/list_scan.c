/* SPDX-License-Identifier: MIT */
/* Owns the reading of rows from the indexes of the table story: newest or oldest first from any place, folded
 * by event, at the cost of the rows read. A narrow section is merged from its sources, each read by its own
 * index. */
#include <stdlib.h>
#include <string.h>

#include "store/list_priv.h"
#include "store/sql.h"

#define SQL_BYTES   ((size_t)128 << 10)
#define BATCH       64 /* rows that one statement reads at most */
#define MERGE_BATCH 8
/* Costs in some unit (microseconds, roughly): looking at a row that is left out; beginning with a source. */
#define COST_SKIP   1
#define COST_SOURCE 8
#define COST_ROW    5

struct scan {
	struct lister *l;
	const struct seg *seg;
	bool down; /* from the newest to the oldest */
	char *sql;
	struct err *err;
};

struct stream {
	int64_t source;        /* 0: all */
	int64_t published, id; /* read up to here */
	struct cand batch[BATCH];
	size_t n, at;
	bool end;
};

/* ---- statements ---- */

static void add_unread_rows(struct scan *sc, struct buf *sql)
{
	struct scope *s = &sc->l->scope;
	const char *not = sc->seg->rows == ROWS_READ ? "NOT " : "";

	if (sc->seg->rows == ROWS_ALL)
		return;
	if (!sc->l->fold) {
		buf_printf(sql, " AND %s(s.flags&1=0%s)", not, s->stay.n ? " OR in_stay(s.id)" : "");
		return;
	}
	buf_printf(sql, " AND %sEXISTS(SELECT 1 FROM story u WHERE u.event=s.event AND (u.flags&1=0%s) AND ",
	    not, s->stay.n ? " OR in_stay(u.id)" : "");
	scope_where(s, sql, 'u', true);
	buf_adds(sql, ")");
}

static void add_held(const struct lister *l, struct buf *sql, char alias)
{
	if (l->held != INT64_MAX)
		buf_printf(sql, "%c.id<=%lld AND ", alias, (long long)l->held);
}

/* A folded row stands at its newest visible story: no visible one of its event may be newer. */
static void add_fold(struct scan *sc, struct buf *sql)
{
	if (!sc->l->fold)
		return;
	buf_adds(sql, " AND NOT EXISTS(SELECT 1 FROM story y WHERE y.event=s.event AND"
	              " (y.published,y.id)>(s.published,s.id) AND ");
	add_held(sc->l, sql, 'y');
	scope_where(&sc->l->scope, sql, 'y', true);
	buf_adds(sql, ")");
}

static bool is_unread(const struct scope *s)
{
	return s->plan.unread || (s->set->unread_only && !s->stay.n);
}

static const char *index_of(const struct scan *sc, bool one_source)
{
	const struct scope *s = &sc->l->scope;

	if (s->plan.hidden)
		return "NOT INDEXED";
	if (one_source && is_unread(s))
		return "INDEXED BY story_unread";
	if (one_source)
		return "INDEXED BY story_src";
	return s->set->starred_only || s->plan.starred ? "INDEXED BY story_star" : "INDEXED BY story_new";
}

static char *build_sql(struct scan *sc, bool one_source)
{
	struct buf sql = BUF_MAX(SQL_BYTES);
	const char *dir = sc->down ? "DESC" : "ASC", *cmp = sc->down ? "<" : ">";
	const char *index = index_of(sc, one_source);

	buf_printf(&sql, "SELECT s.published,s.id,s.event,s.flags&1=0 FROM story s %s WHERE ", index);
	if (strstr(index, "star"))
		buf_adds(&sql, "s.flags&2<>0 AND ");
	else if (strstr(index, "unread"))
		buf_adds(&sql, "s.flags&5=0 AND ");
	if (one_source)
		buf_adds(&sql, "s.source=?4 AND ");
	buf_printf(&sql, "(s.published,s.id)%s(?1,?2) AND ", cmp);
	add_held(sc->l, &sql, 's');
	scope_where(&sc->l->scope, &sql, 's', true);
	add_unread_rows(sc, &sql);
	add_fold(sc, &sql);
	buf_printf(&sql, " ORDER BY s.published %s,s.id %s LIMIT ?3", dir, dir);
	return buf_take(&sql);
}

/* ---- streams ---- */

static bool stream_fill(struct scan *sc, struct stream *st, size_t want)
{
	struct db *db = sc->l->scope.db;
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *q = sql_query(db, sc->err, sc->sql, st->source ? "iiii" : "iii", st->published, st->id,
	    (int64_t)want, st->source);

	st->n = st->at = 0;
	while (q && st->n < want && sql_row(db, q, &failed, sc->err))
		st->batch[st->n++] = (struct cand){.published = sql_int(q, 0),
		    .id = sql_int(q, 1),
		    .event = sql_int(q, 2),
		    .unread = sql_int(q, 3) != 0};
	if (st->n) {
		st->published = st->batch[st->n - 1].published;
		st->id = st->batch[st->n - 1].id;
	}
	st->end = st->n < want;
	return q && !failed;
}

static void stream_init(
    struct stream *st, const struct scan *sc, const struct boundary *at, bool forward, int64_t source)
{
	bool whole = at->edge != EDGE_KEY;

	st->source = source;
	st->published = whole ? (sc->down ? INT64_MAX : INT64_MIN) : at->published;
	st->id = whole ? st->published : at->id;
	st->n = st->at = 0;
	st->end = false;
	/* strictly beyond the key, but where the boundary leaves the key's own row ahead of us */
	if (!whole && at->behind != forward)
		st->id += sc->down ? 1 : -1;
}

static bool is_before(const struct scan *sc, const struct cand *a, const struct cand *b)
{
	int64_t x = a->published, y = b->published;

	if (x == y) {
		x = a->id;
		y = b->id;
	}
	return sc->down ? x > y : x < y;
}

static bool run_single(struct scan *sc, const struct boundary *at, bool forward, size_t n, struct cands *out)
{
	struct stream st;

	stream_init(&st, sc, at, forward, sc->seg->source);
	while (n > 0 && !st.end) {
		size_t want = n < BATCH ? n : BATCH;

		if (!stream_fill(sc, &st, want))
			return false;
		for (size_t i = 0; i < st.n; i++)
			vec_push(out, st.batch[i]);
		n -= st.n;
	}
	return true;
}

/* A small heap of streams, the one with the next row on top. */
struct heap {
	VEC(struct stream *);
};

static const struct cand *head(const struct stream *st)
{
	return &st->batch[st->at];
}

static void sift_down(const struct scan *sc, struct heap *h, size_t i)
{
	for (;;) {
		size_t least = i, left = 2 * i + 1;

		for (size_t k = left; k < left + 2 && k < h->n; k++)
			if (is_before(sc, head(h->v[k]), head(h->v[least])))
				least = k;
		if (least == i)
			return;
		struct stream *st = h->v[i];
		h->v[i] = h->v[least];
		h->v[least] = st;
		i = least;
	}
}

static bool merge(struct scan *sc, struct heap *h, size_t n, struct cands *out)
{
	for (size_t i = h->n / 2; i-- > 0;)
		sift_down(sc, h, i);
	while (n > 0 && h->n > 0) {
		struct stream *top = h->v[0];

		vec_push(out, *head(top));
		n--;
		top->at++;
		if (top->at == top->n && !top->end && !stream_fill(sc, top, MERGE_BATCH))
			return false;
		if (top->at == top->n)
			h->v[0] = h->v[--h->n];
		sift_down(sc, h, 0);
	}
	return true;
}

static bool run_merged(struct scan *sc, const struct boundary *at, bool forward, size_t n, struct cands *out)
{
	struct scope *s = &sc->l->scope;
	struct stream *streams = mem_array(s->source_ids.n ? s->source_ids.n : 1, sizeof *streams);
	struct heap h = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < s->source_ids.n; i++) {
		stream_init(&streams[i], sc, at, forward, s->source_ids.v[i]);
		ok = stream_fill(sc, &streams[i], n < 2 ? 1 : MERGE_BATCH / 4);
		if (ok && streams[i].n)
			vec_push(&h, &streams[i]);
	}
	ok = ok && merge(sc, &h, n, out);
	vec_free(&h);
	mem_free(streams);
	return ok;
}

/* Whether reading each source by its own index is cheaper than passing over the others' stories. */
static bool is_narrow(struct lister *l, size_t n)
{
	struct scope *s = &l->scope;
	struct tally t;
	int64_t wanted, skipped;

	if (s->all_sources || s->plan.hidden || s->set->starred_only || s->plan.starred)
		return false;
	if (s->source_ids.n == 1)
		return true;
	t = scope_tally(s);
	wanted = is_unread(s) ? t.unread : t.stories;
	if (wanted <= 0)
		return true;
	skipped = (int64_t)n * (t.in_store / wanted);
	return skipped * COST_SKIP > (int64_t)s->source_ids.n * COST_SOURCE + (int64_t)n * COST_ROW;
}

bool seg_scan(struct lister *l, const struct seg *seg, const struct boundary *at, bool forward, size_t n,
    struct cands *out, struct err *err)
{
	struct scan sc = {.l = l, .seg = seg, .down = forward != l->ascending, .err = err};
	bool one = seg->source != 0, merged, ok;

	if ((at->edge == EDGE_START && !forward) || (at->edge == EDGE_END && forward))
		return true;
	if (one)
		scope_narrow(&l->scope, seg->source);
	merged = !one && is_narrow(l, n);
	sc.sql = build_sql(&sc, one || merged);
	ok = merged ? run_merged(&sc, at, forward, n, out) : run_single(&sc, at, forward, n, out);
	mem_free(sc.sql);
	return ok;
}

bool row_place(struct lister *l, int64_t event, struct cand *out, bool *found, struct err *err)
{
	struct buf sql = BUF_MAX(SQL_BYTES);
	bool failed = false;

	buf_adds(&sql, "SELECT y.published,y.id,y.event,y.flags&1=0 FROM story y INDEXED BY story_event"
	               " WHERE y.event=? AND ");
	add_held(l, &sql, 'y');
	scope_where(&l->scope, &sql, 'y', true);
	buf_adds(&sql, " ORDER BY y.published DESC,y.id DESC LIMIT 1");
	SCOPED(stmt) sqlite3_stmt *st = sql_query(l->scope.db, err, buf_cstr(&sql), "i", event);
	buf_release(&sql);
	*found = st && sql_row(l->scope.db, st, &failed, err);
	if (*found)
		*out = (struct cand){.published = sql_int(st, 0),
		    .id = sql_int(st, 1),
		    .event = sql_int(st, 2),
		    .unread = sql_int(st, 3) != 0};
	return st && !failed;
}
