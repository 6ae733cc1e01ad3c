/* SPDX-License-Identifier: MIT */
/* Owns merging. A kill at any moment leaves the old segments as they were, and at worst chunks of a segment
 * that never came to life. */
#include "related/merge.h"

#include <stdlib.h>

#include "base/sort.h"
#include "base/vec.h"
#include "related/lease.h"
#include "related/view.h"
#include "related/writer.h"

#define FAN          4
#define INPUTS_MAX   16
#define SMALL_STORE  4096 /* stories of a store that may be written anew as a whole */
#define TINY_STORE   512
#define CLOSED_LATE  8   /* part of a closed partition that may stand beside the rest */
#define PIECE_CHUNKS 256 /* written in one transaction */
#define WIPE_CHUNKS  1024
#define WIPE_STORIES 8192 /* of segments that are wiped in one transaction */

/* ---- which ---- */

static int tier_of(int64_t n)
{
	int tier = 0;

	for (; n >= FAN; n /= FAN)
		tier++;
	return tier;
}

/* The four of the lowest full tier of a partition. */
static size_t choose_four(const struct index_view *v, struct segment_row *out)
{
	for (int tier = 0; tier < 10; tier++) {
		for (size_t i = 0; i < v->n; i++) {
			int64_t part = v->segments[i].part, total = 0;
			size_t n = 0;

			for (size_t k = i; k < v->n && n < FAN; k++) {
				if (v->segments[k].part != part || tier_of(v->segments[k].n) != tier)
					continue;
				total += v->segments[k].n;
				out[n++] = v->segments[k];
			}
			if (n == FAN && total <= SEGMENT_PART_MAX)
				return n;
		}
	}
	return 0;
}

/* A partition in which nothing new will come, in several pieces: a search would ask each of them for each
 * term. What comes late stands beside the one piece until it is an eighth of it. */
static size_t choose_closed(const struct index_view *v, struct segment_row *out)
{
	int64_t newest = 0;

	for (size_t i = 0; i < v->n; i++)
		newest = v->segments[i].part > newest ? v->segments[i].part : newest;
	for (size_t i = 0; i < v->n; i++) {
		int64_t part = v->segments[i].part, total = 0, largest = 0;
		size_t n = 0;

		for (size_t k = i; part < newest && k < v->n && n < INPUTS_MAX; k++) {
			if (v->segments[k].part != part)
				continue;
			total += v->segments[k].n;
			largest = v->segments[k].n > largest ? v->segments[k].n : largest;
			out[n++] = v->segments[k];
		}
		if (n > 1 && largest < total - total / CLOSED_LATE)
			return n;
	}
	return 0;
}

/* Norms were made with what was known then. Where the store has grown by half since, a tiny one at all, they
 * are made again: in a small store of all segments at once, which tells most; else of one. */
static size_t choose_stale(const struct index_view *v, struct segment_row *out)
{
	double stories = (double)v->table.stories, growth = stories < TINY_STORE ? 1 : 1.5;
	size_t n = 0;

	for (size_t i = 0; i < v->n && !n; i++)
		if ((double)v->segments[i].known * growth < stories)
			out[n++] = v->segments[i];
	if (!n || v->table.stories > SMALL_STORE)
		return n;
	n = 0;
	for (size_t i = 0; i < v->n && n < INPUTS_MAX; i++)
		if (v->segments[i].part == out[0].part)
			out[n++] = v->segments[i];
	return n;
}

/* ---- cursors ---- */

#define GONE UINT32_MAX

struct cursor {
	int64_t segment;
	uint64_t next;
	struct buf chunk;
	size_t at; /* the next entry of the chunk */
	struct chunk_entry entry;
	bool have;
	uint32_t *number; /* of each story in the merged segment, or GONE */
	size_t n;
};
struct placed {
	int64_t id;
	int32_t hour;
	uint32_t input, at;
};
struct merge {
	struct db *db;
	int64_t owner;
	struct index_view view;
	struct segment_row from[INPUTS_MAX], into;
	struct cursor in[INPUTS_MAX];
	size_t n;
	struct {
		VEC(struct placed);
	} all;
	struct {
		VEC(struct writer_story);
	} stories;
	struct {
		VEC(uint64_t); /* number of the story << 8 | weight */
	} packed, scratch;
	struct {
		VEC(struct posting);
	} postings;
	size_t written;
};

static bool advance(struct db *db, struct cursor *c, struct err *err)
{
	for (;;) {
		uint32_t first;
		bool found;

		c->have = chunk_entry(buf_str(&c->chunk), c->at++, &c->entry);
		if (c->have)
			return true;
		if (!chunk_from(db, c->segment, c->next, &c->chunk, &first, &found, err))
			return false;
		if (!found)
			return true;
		c->next = (uint64_t)first + 1;
		c->at = 0;
	}
}

/* ---- stories ---- */

/* By id; of two states of one story the newer segment's first. */
static int by_id(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->input > y->input ? -1 : x->input < y->input;
}

static bool read_stories(struct merge *m, struct err *err)
{
	struct buf norms = BUF_MAX((size_t)8 << 20);
	bool ok = true;

	for (uint32_t k = 0; ok && k < m->n; k++) {
		struct cursor *c = &m->in[k];
		struct norms known;

		c->segment = m->from[k].id;
		c->chunk = BUF_MAX((size_t)4 << 20);
		ok = segment_norms(m->db, c->segment, &norms, err);
		known = norms_open(buf_str(&norms));
		c->n = known.n;
		c->number = mem_array(c->n + 1, sizeof *c->number);
		for (uint32_t i = 0; ok && i < c->n; i++) {
			struct norm n = norms_at(&known, i);

			c->number[i] = GONE;
			vec_push(&m->all, ((struct placed){m->from[k].first + n.story, n.hour, k, i}));
		}
	}
	buf_release(&norms);
	vec_sort(&m->all, by_id);
	return ok;
}

static bool number_stories(struct merge *m, struct err *err)
{
	int64_t last = -1;

	for (size_t i = 0; i < m->all.n; i++) {
		const struct placed *p = &m->all.v[i];
		struct index_story row;
		bool found;

		if (p->id == last)
			continue;
		last = p->id;
		if (!index_story(m->db, p->id, &row, &found, err))
			return false;
		if (!found)
			continue;
		m->in[p->input].number[p->at] = (uint32_t)m->stories.n;
		vec_push(&m->stories, ((struct writer_story){p->id, p->hour}));
	}
	return true;
}

/* ---- writing ---- */

static bool put_chunk(void *arg, uint32_t first, struct str bytes, struct err *err)
{
	struct merge *m = arg;

	if (++m->written % PIECE_CHUNKS == 0 &&
	    (!lease_renew(m->db, m->owner, err) || !db_commit(m->db, err) || !db_begin(m->db, false, err)))
		return false;
	return chunk_put(m->db, m->into.id, first, bytes, err);
}

static void take_postings(struct merge *m, const struct cursor *c)
{
	const uint8_t *p = (const uint8_t *)c->entry.postings.p, *end = p + c->entry.postings.len;
	uint32_t at = UINT32_MAX;
	uint8_t weight;

	while (posting_next(&p, end, &at, &weight))
		if (at < c->n && c->number[at] != GONE)
			vec_push(&m->packed, (uint64_t)c->number[at] << 8 | weight);
}

/* Most segments follow each other: then what comes from them is in order. */
static bool is_sorted(const struct merge *m)
{
	for (size_t i = 1; i < m->packed.n; i++)
		if (m->packed.v[i] < m->packed.v[i - 1])
			return false;
	return true;
}

static void unpack(struct merge *m)
{
	if (!is_sorted(m)) {
		while (m->scratch.n < m->packed.n)
			vec_push(&m->scratch, 0);
		sort_u64(m->packed.v, m->packed.n, 8, m->scratch.v);
	}
	vec_clear(&m->postings);
	for (size_t i = 0; i < m->packed.n; i++)
		vec_push(&m->postings,
		    ((struct posting){(uint32_t)(m->packed.v[i] >> 8), (uint8_t)m->packed.v[i]}));
}

/* The lowest term of all cursors, and its postings. */
static bool next_term(struct merge *m, uint32_t *term, bool *any, struct err *err)
{
	*any = false;
	for (size_t k = 0; k < m->n; k++) {
		if (m->in[k].have && (!*any || m->in[k].entry.term < *term)) {
			*term = m->in[k].entry.term;
			*any = true;
		}
	}
	vec_clear(&m->packed);
	for (size_t k = 0; *any && k < m->n; k++) {
		if (!m->in[k].have || m->in[k].entry.term != *term)
			continue;
		take_postings(m, &m->in[k]);
		if (!advance(m->db, &m->in[k], err))
			return false;
	}
	unpack(m);
	return true;
}

static bool write_terms(struct merge *m, struct segment_writer *w, struct err *err)
{
	uint32_t term = 0;
	bool any;

	for (size_t k = 0; k < m->n; k++)
		if (!advance(m->db, &m->in[k], err))
			return false;
	for (;;) {
		if (!next_term(m, &term, &any, err))
			return false;
		if (!any)
			return true;
		if (m->postings.n && !writer_term(w, term, m->postings.v, m->postings.n, err))
			return false;
	}
}

static bool finish(struct merge *m, struct segment_writer *w, struct err *err)
{
	struct writer_result r;
	bool ok = writer_end(w, &r, err) && lease_renew(m->db, m->owner, err);

	m->into.n = (int64_t)m->stories.n;
	m->into.known = (int64_t)m->view.table.stories;
	m->into.first = m->stories.n ? m->stories.v[0].id : 0;
	m->into.last = m->stories.n ? m->stories.v[m->stories.n - 1].id : 0;
	m->into.from_hour = r.from_hour;
	m->into.to_hour = r.to_hour;
	m->into.rest = r.rest;
	ok = ok && segment_finish(m->db, &m->into, buf_str(&r.common), buf_str(&r.norms), err);
	for (size_t k = 0; ok && k < m->n; k++)
		ok = segment_state_set(m->db, m->from[k].id, SEGMENT_DYING, err);
	buf_release(&r.common);
	buf_release(&r.norms);
	return ok;
}

static bool write_merged(struct merge *m, struct err *err)
{
	SCOPED_PTR(segment_writer)
	struct segment_writer *w =
	    writer_new(m->stories.v, m->stories.n, &m->view.table, m->view.largest, put_chunk, m);

	if (!db_begin(m->db, false, err))
		return false;
	m->into.part = m->from[0].part;
	if (lease_renew(m->db, m->owner, err) && segment_make(m->db, &m->into, err) &&
	    write_terms(m, w, err) && finish(m, w, err) && db_commit(m->db, err))
		return true;
	if (db_in_transaction(m->db))
		db_rollback(m->db);
	return false;
}

static void release(struct merge *m)
{
	for (size_t k = 0; k < m->n; k++) {
		buf_release(&m->in[k].chunk);
		mem_free(m->in[k].number);
	}
	vec_free(&m->all);
	vec_free(&m->stories);
	vec_free(&m->packed);
	vec_free(&m->scratch);
	vec_free(&m->postings);
	view_release(&m->view);
}

bool merge_step(struct db *db, int64_t owner, bool idle, bool *merged, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct merge m = {.db = db, .owner = owner};
	bool ok;

	*merged = false;
	if (!view_load(db, a, &m.view, err))
		return false;
	m.n = choose_four(&m.view, m.from);
	if (!m.n && idle)
		m.n = choose_closed(&m.view, m.from);
	if (!m.n && idle)
		m.n = choose_stale(&m.view, m.from);
	if (!m.n) {
		view_release(&m.view);
		return true;
	}
	ok = read_stories(&m, err) && number_stories(&m, err) && write_merged(&m, err);
	*merged = ok;
	release(&m);
	return ok;
}

/* ---- cleaning ---- */

/* As many as are made for each merge, and some more, else they would pile up; but one large one at a time. */
static bool wipe_some(struct db *db, const struct segment_row *rows, size_t n, struct err *err)
{
	int64_t stories = 0;
	bool more = false;

	for (size_t i = 0; i < n && !more && (i == 0 || stories + rows[i].n <= WIPE_STORIES); i++) {
		stories += rows[i].n;
		if (!segment_wipe(db, rows[i].id, WIPE_CHUNKS, &more, err))
			return false;
	}
	return true;
}

static bool clean_state(struct db *db, enum segment_state state, bool *more, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct segment_row *rows;
	size_t n;

	if (!segment_list(db, state, a, &rows, &n, err) || !n)
		return n == 0;
	*more = true;
	if (!db_begin(db, false, err))
		return false;
	if (wipe_some(db, rows, n, err) && db_commit(db, err))
		return true;
	if (db_in_transaction(db))
		db_rollback(db);
	return false;
}

bool merge_clean(struct db *db, bool *more, struct err *err)
{
	*more = false;
	return clean_state(db, SEGMENT_MAKING, more, err) && clean_state(db, SEGMENT_DYING, more, err);
}

bool merge_waits(struct db *db, bool *waits, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct index_view view;
	struct segment_row from[INPUTS_MAX], *rows;
	size_t making, dying;

	if (!segment_list(db, SEGMENT_MAKING, a, &rows, &making, err) ||
	    !segment_list(db, SEGMENT_DYING, a, &rows, &dying, err) || !view_list(db, a, &view, err))
		return false;
	*waits = making || dying || choose_four(&view, from) || choose_closed(&view, from) ||
	         choose_stale(&view, from);
	return true;
}
