/* SPDX-License-Identifier: MIT */
/* Owns the search for many stories. Their terms, in order, walk along the chunks of each segment; what is in
 * the stories' time goes into one table; then each story is scored on that table alone. */
#include "related/sweep.h"

#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "base/vec.h"

#define HELD_MAX   ((size_t)3 << 20) /* postings; four bytes each */
#define DOCS_MAX   (1u << 24)        /* a posting names its story by 24 bits */
#define NORMS_MAX  ((size_t)8 << 20)
#define SAMPLE     4096 /* stories that tell how frequent a term is */
#define NO_DOC     UINT32_MAX
#define NO_RUN     UINT32_MAX
#define NORM_LEAST 8.0f /* of a story of one word; less need not be looked at closely */

struct term_held {
	uint32_t hash, first_run;
	uint64_t df;
};
struct run { /* postings of a term in one segment */
	uint32_t next, at, n;
};
struct doc { /* a story that is near in time */
	int64_t story;
	int32_t hour;
};
struct sweeping {
	struct db *db;
	const struct index_view *view;
	const struct sweep_spec *spec;
	struct sweep_query *queries;
	size_t n;
	int64_t from_hour, to_hour;
	uint32_t **term_of; /* of each query's terms: its number in `terms` */
	struct {
		VEC(struct term_held);
	} terms;
	struct {
		VEC(struct run);
	} runs;
	struct {
		VEC(struct doc);
	} docs;
	struct {
		VEC(float);
	} norms; /* of each doc */
	struct {
		VEC(uint32_t); /* doc << 8 | weight */
	} held;
	struct {
		VEC(uint32_t);
	} doc_of;         /* of each story of the segment at hand */
	struct buf bytes; /* of norms */
	uint64_t stories; /* of the segments looked at */
};

/* ---- terms ---- */

static void list_terms(struct sweeping *s, struct arena *a)
{
	struct {
		VEC(uint64_t); /* hash << 32 | its place in the query << 16 | the query */
	} uses = {0};

	s->term_of = arena_array(a, s->n, sizeof *s->term_of);
	for (uint32_t q = 0; q < s->n; q++) {
		const struct vector *v = &s->queries[q].vector;

		s->term_of[q] = arena_array(a, v->n + 1, sizeof **s->term_of);
		for (uint32_t i = 0; i < v->n; i++)
			vec_push(&uses, (uint64_t)v->terms[i].hash << 32 | i << 16 | q);
	}
	sort_u64(uses.v, uses.n, 32, arena_array(a, uses.n, sizeof *uses.v));
	for (size_t i = 0; i < uses.n; i++) {
		uint32_t hash = (uint32_t)(uses.v[i] >> 32);

		if (!s->terms.n || vec_last(&s->terms).hash != hash)
			vec_push(&s->terms, ((struct term_held){hash, NO_RUN, 0}));
		s->term_of[uses.v[i] & 0xffff][uses.v[i] >> 16 & 0xffff] = (uint32_t)(s->terms.n - 1);
	}
	vec_free(&uses);
}

static void set_window(struct sweeping *s)
{
	s->from_hour = INT64_MAX;
	s->to_hour = INT64_MIN;
	for (size_t i = 0; i < s->n; i++) {
		int64_t hour = s->queries[i].hour;

		if (hour - s->spec->hours < s->from_hour)
			s->from_hour = hour - s->spec->hours;
		if (hour + s->spec->hours > s->to_hour)
			s->to_hour = hour + s->spec->hours;
	}
}

/* ---- segments ---- */

/* Numbers those of its stories that are near in time. */
static bool number_docs(struct sweeping *s, const struct segment_row *row, bool *any, struct err *err)
{
	struct norms norms;

	if (!segment_norms(s->db, row->id, &s->bytes, err))
		return false;
	norms = norms_open(buf_str(&s->bytes));
	*any = false;
	vec_clear(&s->doc_of);
	for (size_t i = 0; i < norms.n; i++) {
		struct norm norm = norms_at(&norms, i);
		bool near = norm.hour >= s->from_hour && norm.hour <= s->to_hour && s->docs.n < DOCS_MAX;

		vec_push(&s->doc_of, near ? (uint32_t)s->docs.n : NO_DOC);
		*any = *any || near;
		if (!near)
			continue;
		vec_push(&s->docs, ((struct doc){row->first + norm.story, norm.hour}));
		vec_push(&s->norms, norm.norm);
	}
	return true;
}

static void hold(struct sweeping *s, struct term_held *term, struct str postings)
{
	const uint8_t *p = (const uint8_t *)postings.p, *end = p + postings.len;
	uint32_t story = UINT32_MAX, start = (uint32_t)s->held.n;
	uint8_t weight;

	while (posting_next(&p, end, &story, &weight) && story < s->doc_of.n)
		if (s->doc_of.v[story] != NO_DOC)
			vec_push(&s->held, s->doc_of.v[story] << 8 | weight);
	if (s->held.n == start)
		return;
	vec_push(&s->runs, ((struct run){term->first_run, start, (uint32_t)s->held.n - start}));
	term->first_run = (uint32_t)(s->runs.n - 1);
}

/* Terms and chunks both ascend, so one chunk serves neighbours. */
static bool pass_segment(struct sweeping *s, const struct segment_row *row, bool any, struct err *err)
{
	struct str chunk = STR("");
	size_t count = 0;

	for (size_t i = 0; i < s->terms.n && s->held.n <= HELD_MAX; i++) {
		struct term_held *term = &s->terms.v[i];
		size_t at = count ? chunk_find(chunk, term->hash) : 0;
		struct chunk_entry e;

		if (at == count) {
			if (!chunk_seek(s->db, row->id, term->hash, &chunk, err))
				return false;
			count = chunk_count(chunk);
			at = chunk_find(chunk, term->hash);
		}
		if (at == count || !chunk_entry(chunk, at, &e) || e.term != term->hash)
			continue;
		term->df += e.n;
		if (any)
			hold(s, term, e.postings);
	}
	return true;
}

static bool pass(struct sweeping *s, const struct segment_row *row, struct err *err)
{
	bool any = false;

	if (row->to_hour >= s->from_hour && row->from_hour <= s->to_hour) {
		if (!number_docs(s, row, &any, err))
			return false;
	} else if (s->stories >= SAMPLE) {
		return true;
	}
	s->stories += (uint64_t)row->n;
	return pass_segment(s, row, any, err);
}

/* ---- scoring ---- */

struct sum { /* of one doc, for the query at hand */
	float sum;
	uint32_t shared;
};
struct sums {
	struct sum *of;
	uint32_t *touched; /* docs that share a term */
	size_t n;
};

static void add_run(struct sums *x, const uint32_t *held, size_t n, float weight)
{
	size_t touched = x->n;

	for (size_t i = 0; i < n; i++) {
		struct sum *sum = &x->of[held[i] >> 8];

		x->touched[touched] = held[i] >> 8;
		touched += sum->shared++ == 0;
		sum->sum += weight * (float)(held[i] & 0xff);
	}
	x->n = touched;
}

static double idf_in(const struct sweeping *s, const struct term_held *t)
{
	uint64_t all = s->view->table.stories, df = t->df;

	return idf_of(all, s->stories < all && s->stories ? df * all / s->stories : df);
}

/* Takes what is near enough, and empties the sums again. */
static void take_hits(const struct sweeping *s, struct sums *x, struct sweep_query *q)
{
	float least = (float)(s->spec->least * q->vector.norm);

	for (size_t i = 0; i < x->n; i++) {
		uint32_t at = x->touched[i];
		struct sum sum = x->of[at];
		struct search_hit hit;
		int64_t apart;

		x->of[at] = (struct sum){0};
		if (sum.sum < least * s->norms.v[at])
			continue;
		hit = (struct search_hit){.story = s->docs.v[at].story, .hour = s->docs.v[at].hour};
		apart = hit.hour - q->hour;
		if (hit.story == q->story || apart > s->spec->hours || apart < -s->spec->hours)
			continue;
		hit.cosine = (double)sum.sum / (q->vector.norm * (double)s->norms.v[at]);
		hit.score = hit.cosine * time_factor(apart);
		hit.shared = sum.shared;
		if (hit.score >= s->spec->least)
			hit_offer(q->hits, &q->n, s->spec->keep, &hit);
	}
	x->n = 0;
}

static void score(const struct sweeping *s, struct sums *x, size_t query, struct search_hit *room)
{
	struct sweep_query *q = &s->queries[query];

	q->hits = room;
	for (size_t i = 0; i < q->vector.n; i++) {
		const struct term_held *t = &s->terms.v[s->term_of[query][i]];
		double idf = idf_in(s, t);
		float weight = vector_weight(q->vector.terms[i].u, idf);

		if (!(idf > 0))
			continue;
		for (uint32_t r = t->first_run; r != NO_RUN; r = s->runs.v[r].next)
			add_run(x, s->held.v + s->runs.v[r].at, s->runs.v[r].n, weight);
	}
	take_hits(s, x, q);
}

static void score_all(const struct sweeping *s, struct arena *a)
{
	struct sums x = {.of = mem_array(s->docs.n + 1, sizeof *x.of),
	    .touched = mem_array(s->docs.n + 1, sizeof *x.touched)};
	struct search_hit *room = mem_array(s->spec->keep + 1, sizeof *room);

	for (size_t i = 0; i < s->n; i++) {
		struct sweep_query *q = &s->queries[i];

		score(s, &x, i, room);
		q->hits = arena_array(a, q->n + 1, sizeof *q->hits);
		memcpy(q->hits, room, q->n * sizeof *room);
	}
	mem_free(x.of);
	mem_free(x.touched);
	mem_free(room);
}

bool sweep(struct db *db, const struct index_view *view, const struct sweep_spec *spec, struct sweep_query *v,
    size_t n, struct arena *a, bool *fits, struct err *err)
{
	struct sweeping s = {
	    .db = db, .view = view, .spec = spec, .queries = v, .n = n, .bytes = BUF_MAX(NORMS_MAX)};
	bool ok = true;

	list_terms(&s, a);
	set_window(&s);
	for (size_t i = view->n; ok && i-- > 0 && s.held.n <= HELD_MAX;)
		ok = pass(&s, &view->segments[i], err);
	chunk_done(db);
	*fits = s.held.n <= HELD_MAX || n == 1;
	if (ok && *fits)
		score_all(&s, a);
	vec_free(&s.terms);
	vec_free(&s.runs);
	vec_free(&s.docs);
	vec_free(&s.held);
	vec_free(&s.doc_of);
	vec_free(&s.norms);
	buf_release(&s.bytes);
	return ok;
}
