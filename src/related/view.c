/* SPDX-License-Identifier: MIT */
/* Owns the search: terms of a story → the stories whose vectors are nearest. Segment by segment, each scored
 * in one pass over an accumulator. */
#include "related/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "base/vec.h"

#define BYTES_MAX   ((size_t)10 << 20) /* of postings that one query holds */
#define COMMON_MAX  (1u << 22)         /* postings of common terms that one query looks at */
#define COMMON_FEW  (1u << 19)         /* so many in any case */
#define COMMON_EACH 16                 /* for each story that is near in time */
#define NORM_LEAST  8                  /* of a story of one word; less need not be looked at closely */
#define SUM_UNIT    ((double)(1 << 24))
#define SUM_SHIFT   16
#define REST_GROWTH 0.2 /* of what terms weigh that are not common, for each e-fold of stories */

#define VERSION_KEY "related.version"
#define VERSION     (SEGMENT_VERSION * 1000 + TERMS_VERSION)

bool view_is_current(struct db *db)
{
	return db_meta_i64(db, VERSION_KEY, 0) == VERSION;
}

bool view_set_current(struct db *db, struct err *err)
{
	return db_meta_set_i64(db, VERSION_KEY, VERSION, err);
}

bool view_list(struct db *db, struct arena *a, struct index_view *view, struct err *err)
{
	*view = (struct index_view){0};
	if (!view_is_current(db))
		return true;
	if (!segment_list(db, SEGMENT_LIVE, a, &view->segments, &view->n, err))
		return false;
	for (size_t i = 0; i < view->n; i++) {
		const struct segment_row *s = &view->segments[i];

		view->table.stories += (uint64_t)s->n;
		if ((uint64_t)s->n > view->largest) {
			view->largest = (uint64_t)s->n;
			view->table.rest = s->rest;
		}
	}
	if (view->largest)
		view->table.rest += REST_GROWTH * log((double)view->table.stories / (double)view->largest);
	return true;
}

/* What one segment's stories have so far: their sum in SUM_UNITs above, terms shared in the lower SUM_SHIFT
 * bits. A sum stays below 2^47: 150 terms of at most 50 × 255. */
struct view_scratch {
	uint64_t *sums;
};

static struct view_scratch *scratch_new(size_t stories)
{
	struct view_scratch *x = mem_new(struct view_scratch);

	x->sums = mem_array(stories + 1, sizeof *x->sums);
	return x;
}

static void scratch_free(struct view_scratch *x)
{
	if (!x)
		return;
	mem_free(x->sums);
	mem_free(x);
}

bool view_load(struct db *db, struct arena *a, struct index_view *view, struct err *err)
{
	struct buf bytes = BUF_MAX((size_t)1 << 20);
	bool ok = view_list(db, a, view, err);

	for (size_t i = 0; ok && i < view->n; i++) {
		ok = segment_common(db, view->segments[i].id, &bytes, err);
		idf_add(&view->table, buf_str(&bytes));
	}
	buf_release(&bytes);
	view->scratch = scratch_new(view->largest);
	if (!ok)
		view_release(view);
	return ok;
}

void view_release(struct index_view *view)
{
	scratch_free(view->scratch);
	view->scratch = NULL;
	idf_release(&view->table);
}

/* ---- the query ---- */

struct asked_term {
	uint64_t df;
	double idf;
	bool left_out;
};
struct slot {
	uint32_t at, len; /* of the term's postings in one segment */
};
struct search {
	struct db *db;
	const struct index_view *view;
	const struct search_spec *spec;
	struct vector asked;
	struct asked_term *terms; /* of each of them */
	struct slot *slots;       /* segments × terms */
	struct buf postings;
	uint64_t stories; /* of the segments looked at */
	struct view_scratch *x;
	struct search_hit *hits;
	size_t n;
};

static bool overlaps(const struct search *s, const struct segment_row *row)
{
	return row->to_hour >= s->spec->from_hour && row->from_hour <= s->spec->to_hour;
}

/* How many stories of a segment are near in time, if they are spread evenly. */
static uint64_t near_in(const struct search *s, const struct segment_row *row)
{
	int64_t from = row->from_hour > s->spec->from_hour ? row->from_hour : s->spec->from_hour;
	int64_t to = row->to_hour < s->spec->to_hour ? row->to_hour : s->spec->to_hour;
	double share = (double)(to - from + 1) / (double)(row->to_hour - row->from_hour + 1);

	return (uint64_t)((double)row->n * share);
}

/* Postings are read for all of a segment, whatever part of it is near. */
static uint64_t common_max(const struct search *s)
{
	uint64_t max = COMMON_FEW, near = 0;

	if (s->spec->common_max)
		return s->spec->common_max;
	for (size_t i = 0; i < s->view->n; i++)
		if (overlaps(s, &s->view->segments[i]))
			near += near_in(s, &s->view->segments[i]);
	if (near * COMMON_EACH > max)
		max = near * COMMON_EACH;
	return max < COMMON_MAX ? max : COMMON_MAX;
}

/* Of common terms the rarest are asked for: the others tell least and cost most. */
static void leave_out(struct search *s, struct arena *a)
{
	uint64_t *common = arena_array(a, 2 * s->asked.n + 1, sizeof *common);
	uint64_t all = s->view->table.stories, max = common_max(s), sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < s->asked.n; i++) {
		uint64_t df = idf_named(&s->view->table, s->asked.terms[i].hash);

		if (df)
			common[n++] = (all ? df * s->stories / all : 0) << 16 | i;
	}
	sort_u64(common, n, 16, common + n);
	for (size_t i = 0; i < n; i++) {
		sum += common[i] >> 16;
		s->terms[common[i] & UINT16_MAX].left_out = sum > max;
	}
}

static void choose(struct search *s, struct arena *a)
{
	s->asked = vector_of(a, &s->spec->terms, &s->view->table, s->spec->max_terms);
	s->terms = arena_array(a, s->asked.n + 1, sizeof *s->terms);
	for (size_t i = 0; i < s->view->n; i++)
		if (overlaps(s, &s->view->segments[i]))
			s->stories += (uint64_t)s->view->segments[i].n;
	leave_out(s, a);
}

static void keep_postings(struct search *s, size_t term, struct slot *slot, const struct chunk_entry *e)
{
	s->terms[term].df += e->n;
	slot->at = (uint32_t)s->postings.len;
	if (buf_addstr(&s->postings, e->postings))
		slot->len = (uint32_t)e->postings.len;
	else
		s->postings.failed = false; /* too frequent to be worth it */
}

/* The postings of all terms in one segment. Terms and chunks both ascend, so one chunk serves neighbours. */
static bool gather_segment(struct search *s, size_t segment, struct err *err)
{
	struct str chunk = STR("");
	size_t count = 0;

	for (size_t i = 0; i < s->asked.n; i++) {
		struct slot *slot = &s->slots[segment * s->asked.n + i];
		uint32_t hash = s->asked.terms[i].hash;
		size_t at = count ? chunk_find(chunk, hash) : 0;
		struct chunk_entry e;

		if (s->terms[i].left_out)
			continue;
		if (at == count) {
			if (!chunk_seek(s->db, s->view->segments[segment].id, hash, &chunk, err))
				return false;
			count = chunk_count(chunk);
			at = chunk_find(chunk, hash);
		}
		if (at < count && chunk_entry(chunk, at, &e) && e.term == hash)
			keep_postings(s, i, slot, &e);
	}
	return true;
}

static bool gather(struct search *s, struct arena *a, struct err *err)
{
	s->slots = arena_array(a, s->view->n * s->asked.n + 1, sizeof *s->slots);
	for (size_t i = 0; i < s->view->n; i++) {
		if (!overlaps(s, &s->view->segments[i]))
			continue;
		if (!gather_segment(s, i, err))
			return false;
	}
	for (size_t i = 0; i < s->asked.n; i++) {
		struct asked_term *t = &s->terms[i];

		if (s->stories < s->view->table.stories)
			t->df = t->df * s->view->table.stories / (s->stories ? s->stories : 1);
		t->idf = t->left_out ? 0 : idf_of(s->view->table.stories, t->df);
	}
	return true;
}

/* ---- scoring ---- */

static void add_term(uint64_t *sums, size_t n, float weight, struct str postings)
{
	const uint8_t *p = (const uint8_t *)postings.p, *end = p + postings.len;
	uint64_t unit = (uint64_t)((double)weight * SUM_UNIT) << SUM_SHIFT;
	uint32_t at = UINT32_MAX;
	uint8_t u;

	while (posting_next(&p, end, &at, &u) && at < n)
		sums[at] += unit * u + 1;
}

static void take_hit(struct search *s, size_t segment, const struct norms *norms, size_t i)
{
	const struct segment_row *row = &s->view->segments[segment];
	struct norm norm = norms_at(norms, i);
	struct search_hit hit = {.story = row->first + norm.story,
	    .cosine = (double)(s->x->sums[i] >> SUM_SHIFT) / SUM_UNIT / (s->asked.norm * (double)norm.norm),
	    .shared = (uint32_t)(s->x->sums[i] & ((1u << SUM_SHIFT) - 1)),
	    .hour = norm.hour,
	    .segment = segment,
	    .at = (uint32_t)i,
	    .norm = norm.norm};

	if (hit.story == s->spec->self || norm.hour < s->spec->from_hour || norm.hour > s->spec->to_hour)
		return;
	hit.score = hit.cosine * time_factor(norm.hour - s->spec->hour);
	if (hit.score >= s->spec->least)
		hit_offer(s->hits, &s->n, s->spec->keep, &hit);
}

/* The least sum, for each unit of a norm, with which a story can be among the best so far. */
static double bar_of(const struct search *s)
{
	double least = s->spec->least;

	if (s->n == s->spec->keep && s->n && s->hits[s->n - 1].score > least)
		least = s->hits[s->n - 1].score;
	return least * s->asked.norm * SUM_UNIT / NORM_UNIT;
}

static void take_hits(struct search *s, size_t segment, const struct norms *norms, size_t n)
{
	double bar = bar_of(s);
	uint64_t least = (uint64_t)(bar * NORM_LEAST * NORM_UNIT) << SUM_SHIFT | 1;

	for (size_t i = 0; i < n; i++) {
		if (s->x->sums[i] < least ||
		    (double)(s->x->sums[i] >> SUM_SHIFT) < bar * (double)norms_length(norms, i))
			continue;
		take_hit(s, segment, norms, i);
		bar = bar_of(s);
	}
}

static bool score_segment(struct search *s, size_t segment, struct err *err)
{
	size_t n = (size_t)s->view->segments[segment].n;
	const struct slot *slots = s->slots + segment * s->asked.n;
	struct norms norms;
	struct str bytes;
	bool any = false;

	for (size_t i = 0; i < s->asked.n; i++)
		any = any || slots[i].len;
	if (!any)
		return true;
	if (!norms_seek(s->db, s->view->segments[segment].id, &bytes, err))
		return false;
	norms = norms_open(bytes);
	if (norms.n < n)
		n = norms.n;
	memset(s->x->sums, 0, n * sizeof *s->x->sums);
	for (size_t i = 0; i < s->asked.n; i++)
		if (s->terms[i].idf > 0)
			add_term(s->x->sums, n, vector_weight(s->asked.terms[i].u, s->terms[i].idf),
			    str_sub(buf_str(&s->postings), slots[i].at, slots[i].len));
	take_hits(s, segment, &norms, n);
	return true;
}

bool view_search(struct db *db, const struct index_view *view, const struct search_spec *spec,
    struct arena *a, struct search_hit **hits, size_t *n, struct err *err)
{
	struct search s = {
	    .db = db, .view = view, .spec = spec, .x = view->scratch, .postings = BUF_MAX(BYTES_MAX)};
	bool ok;

	s.hits = arena_array(a, spec->keep + 1, sizeof *s.hits);
	choose(&s, a);
	ok = gather(&s, a, err);
	for (size_t i = 0; ok && i < view->n; i++)
		ok = score_segment(&s, i, err);
	*hits = s.hits;
	*n = s.n;
	buf_release(&s.postings);
	chunk_done(db);
	return ok;
}

/* ---- scores of what was found ---- */

struct place {
	size_t segment, hit;
	uint32_t at;
};

static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->segment != y->segment)
		return x->segment < y->segment ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* p: n places of one segment, ascending. */
static void score_places(
    struct search *s, float weight, struct slot slot, const struct place *p, size_t n, double *sums)
{
	const uint8_t *from = (const uint8_t *)s->postings.data + slot.at, *end = from + slot.len;
	uint32_t at = UINT32_MAX;
	uint8_t u = 0;

	for (size_t i = 0; i < n; i++) {
		while (at + 1 <= p[i].at && posting_next(&from, end, &at, &u))
			;
		if (at == p[i].at)
			sums[p[i].hit] += (double)(weight * (float)u);
	}
}

static void score_all(struct search *s, struct place *p, size_t n, double *sums)
{
	qsort(p, n, sizeof *p, by_place);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && p[k].segment == p[i].segment; k++)
			;
		for (size_t t = 0; t < s->asked.n; t++)
			score_places(s, vector_weight(s->asked.terms[t].u, s->terms[t].idf),
			    s->slots[p[i].segment * s->asked.n + t], p + i, k - i, sums);
	}
}

bool view_score(struct db *db, const struct index_view *view, const struct search_spec *spec,
    const struct search_hit *hits, size_t n, double *scores, struct arena *a, struct err *err)
{
	struct search s = {.db = db, .view = view, .spec = spec, .postings = BUF_MAX(BYTES_MAX)};
	struct place *places = arena_array(a, n + 1, sizeof *places);
	bool ok;

	choose(&s, a);
	ok = gather(&s, a, err);
	for (size_t i = 0; i < n; i++) {
		places[i] = (struct place){hits[i].segment, i, hits[i].at};
		scores[i] = 0;
	}
	if (ok && s.asked.norm > 0 && n)
		score_all(&s, places, n, scores);
	for (size_t i = 0; ok && s.asked.norm > 0 && i < n; i++)
		scores[i] *= time_factor(hits[i].hour - spec->hour) / (s.asked.norm * (double)hits[i].norm);
	buf_release(&s.postings);
	chunk_done(db);
	return ok;
}
