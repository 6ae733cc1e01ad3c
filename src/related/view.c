/* SPDX-License-Identifier: MIT */
/* Owns the search: terms of a story → the stories whose vectors are nearest. Segment by segment, each scored
 * in one pass over an accumulator. */
#include "related/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "related/kept.h"

#define BYTES_MAX    ((size_t)5 << 20) /* of postings that one query holds */
#define NORM_LEAST   8.0f              /* of a story of one word; less need not be looked at closely */
#define FACTOR_LEAST 0.6
#define FACTOR_DAYS  2.5
#define REST_GROWTH  0.2 /* of what terms weigh that are not common, for each e-fold of stories */

bool view_list(struct db *db, struct arena *a, struct index_view *view, struct err *err)
{
	*view = (struct index_view){0};
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

/* Of one segment's stories: what they have so far. */
struct view_scratch {
	float *sums;
	uint8_t *shared;
};

static struct view_scratch *scratch_new(size_t stories)
{
	struct view_scratch *x = mem_new(struct view_scratch);

	x->sums = mem_array(stories + 1, sizeof *x->sums);
	x->shared = mem_array(stories + 1, sizeof *x->shared);
	return x;
}

static void scratch_free(struct view_scratch *x)
{
	if (!x)
		return;
	mem_free(x->sums);
	mem_free(x->shared);
	mem_free(x);
}

bool view_load(struct db *db, struct arena *a, struct index_view *view, struct err *err)
{
	struct buf bytes = BUF_MAX((size_t)1 << 20);
	bool ok = view_list(db, a, view, err);

	imap_reserve(&view->table.common, view->n ? SEGMENT_COMMON_MAX : 0);
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

void view_keep(struct index_view *view)
{
	view->kept = kept_new(view->n);
}

void view_release(struct index_view *view)
{
	kept_free(view->kept, view->n);
	view->kept = NULL;
	scratch_free(view->scratch);
	view->scratch = NULL;
	idf_release(&view->table);
}

double time_factor(int64_t hours_apart)
{
	double days = fabs((double)hours_apart) / 24;

	return FACTOR_LEAST + (1 - FACTOR_LEAST) / (1 + days / FACTOR_DAYS);
}

/* ---- the query ---- */

struct asked {
	uint32_t hash;
	double u, weight; /* weight: what the table says it will weigh */
	uint64_t df;
	double idf;
};
struct slot {
	uint32_t at, len; /* of the term's postings in one segment */
};
struct search {
	struct db *db;
	const struct index_view *view;
	const struct search_spec *spec;
	struct asked *terms;
	size_t n_terms;
	double norm;
	struct slot *slots; /* segments × terms */
	struct buf postings, norms;
	uint64_t stories; /* of the segments looked at */
	struct view_scratch *x;
	struct search_hit *hits;
	size_t n;
};

static int by_weight(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int by_hash(const void *a, const void *b)
{
	uint32_t x = ((const struct asked *)a)->hash, y = ((const struct asked *)b)->hash;

	return x < y ? -1 : x > y;
}

static void choose_terms(struct search *s, struct arena *a)
{
	const struct terms *t = &s->spec->terms;
	double square = 0;

	s->terms = arena_array(a, t->n ? t->n : 1, sizeof *s->terms);
	for (size_t i = 0; i < t->n; i++) {
		struct asked q = {.hash = t->v[i].hash, .u = (double)t->v[i].weight / TERM_WEIGHT_UNIT};

		q.weight = q.u * idf_guess(&s->view->table, q.hash);
		square += q.weight * q.weight;
		if (q.weight > 0)
			s->terms[s->n_terms++] = q;
	}
	if (s->n_terms > 1)
		qsort(s->terms, s->n_terms, sizeof *s->terms, by_weight);
	if (s->n_terms > s->spec->max_terms)
		s->n_terms = s->spec->max_terms;
	if (s->n_terms > 1)
		qsort(s->terms, s->n_terms, sizeof *s->terms, by_hash);
	s->norm = sqrt(square);
}

static bool overlaps(const struct search *s, const struct segment_row *row)
{
	return row->to_hour >= s->spec->from_hour && row->from_hour <= s->spec->to_hour;
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

static bool seek(struct search *s, size_t segment, uint32_t term, struct str *out, struct err *err)
{
	const struct segment_row *row = &s->view->segments[segment];

	return s->view->kept ? kept_seek(s->view->kept, segment, s->db, row, term, out, err)
	                     : chunk_seek(s->db, row->id, term, out, err);
}

/* The postings of all terms in one segment. Terms and chunks both ascend, so one chunk serves neighbours. */
static bool gather_segment(struct search *s, size_t segment, struct err *err)
{
	struct str chunk = STR("");
	size_t count = 0;

	for (size_t i = 0; i < s->n_terms; i++) {
		struct slot *slot = &s->slots[segment * s->n_terms + i];
		size_t at = count ? chunk_find(chunk, s->terms[i].hash) : 0;
		struct chunk_entry e;

		if (at == count) {
			if (!seek(s, segment, s->terms[i].hash, &chunk, err))
				return false;
			count = chunk_count(chunk);
			at = chunk_find(chunk, s->terms[i].hash);
		}
		if (at < count && chunk_entry(chunk, at, &e) && e.term == s->terms[i].hash)
			keep_postings(s, i, slot, &e);
	}
	return true;
}

static bool gather(struct search *s, struct arena *a, struct err *err)
{
	s->slots = arena_array(a, s->view->n * s->n_terms + 1, sizeof *s->slots);
	for (size_t i = 0; i < s->view->n; i++) {
		if (!overlaps(s, &s->view->segments[i]))
			continue;
		s->stories += (uint64_t)s->view->segments[i].n;
		if (!gather_segment(s, i, err))
			return false;
	}
	for (size_t i = 0; i < s->n_terms; i++) {
		struct asked *t = &s->terms[i];

		if (s->stories < s->view->table.stories)
			t->df = t->df * s->view->table.stories / (s->stories ? s->stories : 1);
		t->idf = idf_of(s->view->table.stories, t->df);
	}
	return true;
}

/* ---- scoring ---- */

static void add_term(struct search *s, const struct asked *t, struct slot slot, size_t n)
{
	const uint8_t *p = (const uint8_t *)s->postings.data + slot.at, *end = p + slot.len;
	float weight = (float)(t->u * t->idf * t->idf / TERM_WEIGHT_UNIT);
	uint32_t at = UINT32_MAX;
	uint8_t u;

	while (posting_next(&p, end, &at, &u) && at < n) {
		s->x->sums[at] += weight * (float)u;
		if (s->x->shared[at] < UINT8_MAX)
			s->x->shared[at]++;
	}
}

static void offer(struct search *s, const struct search_hit *hit)
{
	size_t at = s->n;

	if (s->n == s->spec->keep) {
		if (hit->score <= s->hits[s->n - 1].score)
			return;
		at--;
	} else {
		s->n++;
	}
	for (; at > 0 && s->hits[at - 1].score < hit->score; at--)
		s->hits[at] = s->hits[at - 1];
	s->hits[at] = *hit;
}

static void take_hits(struct search *s, size_t segment, struct str norms, size_t n)
{
	const struct segment_row *row = &s->view->segments[segment];
	float least = (float)(s->spec->least * s->norm) * NORM_LEAST;

	for (size_t i = 0; i < n; i++) {
		struct search_hit hit;
		struct norm norm;

		if (s->x->sums[i] <= least)
			continue;
		norm = norms_at(norms, i);
		hit = (struct search_hit){.story = row->first + norm.story,
		    .cosine = (double)s->x->sums[i] / (s->norm * (double)norm.norm),
		    .shared = s->x->shared[i],
		    .hour = norm.hour,
		    .segment = segment,
		    .at = (uint32_t)i,
		    .norm = norm.norm};
		if (hit.story == s->spec->self || norm.hour < s->spec->from_hour ||
		    norm.hour > s->spec->to_hour)
			continue;
		if (hit.cosine < s->spec->least)
			continue;
		hit.score = hit.cosine * time_factor(norm.hour - s->spec->hour);
		if (hit.score >= s->spec->least)
			offer(s, &hit);
	}
}

static bool read_norms(struct search *s, size_t segment, struct str *out, struct err *err)
{
	const struct segment_row *row = &s->view->segments[segment];

	if (s->view->kept)
		return kept_norms(s->view->kept, segment, s->db, row, out, err);
	if (!segment_norms(s->db, row->id, &s->norms, err))
		return false;
	*out = buf_str(&s->norms);
	return true;
}

static bool score_segment(struct search *s, size_t segment, struct err *err)
{
	size_t n = (size_t)s->view->segments[segment].n;
	struct str norms;
	bool any = false;

	for (size_t i = 0; i < s->n_terms; i++)
		any = any || s->slots[segment * s->n_terms + i].len;
	if (!any)
		return true;
	if (!read_norms(s, segment, &norms, err))
		return false;
	if (norms_count(norms) < n)
		n = norms_count(norms);
	memset(s->x->sums, 0, n * sizeof *s->x->sums);
	memset(s->x->shared, 0, n);
	for (size_t i = 0; i < s->n_terms; i++)
		if (s->terms[i].idf > 0)
			add_term(s, &s->terms[i], s->slots[segment * s->n_terms + i], n);
	take_hits(s, segment, norms, n);
	return true;
}

bool view_search(struct db *db, const struct index_view *view, const struct search_spec *spec,
    struct arena *a, struct search_hit **hits, size_t *n, struct err *err)
{
	struct search s = {.db = db,
	    .view = view,
	    .spec = spec,
	    .x = view->scratch,
	    .postings = BUF_MAX(BYTES_MAX),
	    .norms = BUF_MAX(KEPT_NORMS_MAX)};
	bool ok;

	s.hits = arena_array(a, spec->keep + 1, sizeof *s.hits);
	choose_terms(&s, a);
	ok = gather(&s, a, err);
	for (size_t i = 0; ok && i < view->n; i++)
		ok = score_segment(&s, i, err);
	*hits = s.hits;
	*n = s.n;
	buf_release(&s.postings);
	chunk_done(db);
	buf_release(&s.norms);
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
    struct search *s, const struct asked *t, struct slot slot, const struct place *p, size_t n, double *sums)
{
	const uint8_t *from = (const uint8_t *)s->postings.data + slot.at, *end = from + slot.len;
	double weight = t->u * t->idf * t->idf / TERM_WEIGHT_UNIT;
	uint32_t at = UINT32_MAX;
	uint8_t u;

	for (size_t i = 0; i < n && posting_next(&from, end, &at, &u);) {
		while (i < n && p[i].at < at)
			i++;
		if (i < n && p[i].at == at)
			sums[p[i].hit] += weight * u;
	}
}

static void score_all(struct search *s, struct place *p, size_t n, double *sums)
{
	qsort(p, n, sizeof *p, by_place);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && p[k].segment == p[i].segment; k++)
			;
		for (size_t t = 0; t < s->n_terms; t++)
			score_places(
			    s, &s->terms[t], s->slots[p[i].segment * s->n_terms + t], p + i, k - i, sums);
	}
}

bool view_score(struct db *db, const struct index_view *view, const struct search_spec *spec,
    const struct search_hit *hits, size_t n, double *scores, struct arena *a, struct err *err)
{
	struct search s = {.db = db, .view = view, .spec = spec, .postings = BUF_MAX(BYTES_MAX)};
	struct place *places = arena_array(a, n + 1, sizeof *places);
	bool ok;

	choose_terms(&s, a);
	ok = gather(&s, a, err);
	for (size_t i = 0; i < n; i++) {
		places[i] = (struct place){hits[i].segment, i, hits[i].at};
		scores[i] = 0;
	}
	if (ok && s.norm > 0 && n)
		score_all(&s, places, n, scores);
	for (size_t i = 0; ok && s.norm > 0 && i < n; i++)
		scores[i] *= time_factor(hits[i].hour - spec->hour) / (s.norm * (double)hits[i].norm);
	buf_release(&s.postings);
	chunk_done(db);
	return ok;
}
