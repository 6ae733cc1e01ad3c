/* SPDX-License-Identifier: MIT */
/* Owns the making of a segment. A story's norm is the length of its vector, where a term that is common
 * weighs what its frequency says and any other what such terms weigh on the whole: so a norm stays true while
 * the store grows, and costs no look-up. */
#include "related/writer.h"

#include <math.h>
#include <string.h>

#include "base/vec.h"

#define BLOB_MAX ((size_t)8 << 20)
#define LOCAL    256

struct segment_writer {
	const struct writer_story *stories;
	size_t n;
	const struct idf_table *table;
	uint64_t largest;
	struct chunk_out out;
	float *common, *rest; /* squares of each story's two parts */
	struct {
		VEC(struct common_term);
	} terms;
	double rest_idf, rest_weight;
	double local[LOCAL]; /* idf in this segment, by how many have the term; 0: not asked for yet */
};

static double local_idf(struct segment_writer *w, size_t n)
{
	if (n >= LOCAL)
		return idf_of(w->n, n);
	if (!(w->local[n] > 0))
		w->local[n] = idf_of(w->n, n);
	return w->local[n];
}

struct segment_writer *writer_new(const struct writer_story *stories, size_t n, const struct idf_table *table,
    uint64_t largest, chunk_fn *fn, void *arg)
{
	struct segment_writer *w = mem_new(struct segment_writer);

	w->stories = stories;
	w->n = n;
	w->table = table;
	w->largest = largest;
	w->out.fn = fn;
	w->out.arg = arg;
	w->common = mem_array(n ? n : 1, sizeof *w->common);
	w->rest = mem_array(n ? n : 1, sizeof *w->rest);
	return w;
}

void segment_writer_free(struct segment_writer *w)
{
	if (!w)
		return;
	chunk_release(&w->out);
	mem_free(w->common);
	mem_free(w->rest);
	vec_free(&w->terms);
	mem_free(w);
}

static void weigh(struct segment_writer *w, uint32_t term, const struct posting *v, size_t n)
{
	uint64_t all = idf_named(w->table, term);
	double idf = 0, local = local_idf(w, n);
	bool common;

	if (all < n)
		all = n;
	common = idf_is_common(w->table->stories, all);
	if (common)
		idf = idf_of(w->table->stories, all);
	for (size_t i = 0; i < n; i++) {
		double u = (double)v[i].weight / 16, square = u * u;

		if (common) {
			w->common[v[i].story] += (float)(square * idf * idf);
			continue;
		}
		w->rest[v[i].story] += (float)square;
		w->rest_idf += square * local * local;
		w->rest_weight += square;
	}
}

bool writer_term(struct segment_writer *w, uint32_t term, const struct posting *v, size_t n, struct err *err)
{
	if (common_worth(w->n, n))
		vec_push(&w->terms, ((struct common_term){term, (uint32_t)n}));
	weigh(w, term, v, n);
	return chunk_add(&w->out, term, v, n, err);
}

bool writer_end(struct segment_writer *w, struct writer_result *out, struct err *err)
{
	double rest = w->rest_weight > 0 ? sqrt(w->rest_idf / w->rest_weight) : 1;
	struct norm *v;
	double used = w->n >= w->largest || !(w->table->rest > 0) ? rest : w->table->rest;

	*out = (struct writer_result){.common = BUF_MAX(BLOB_MAX),
	    .norms = BUF_MAX(BLOB_MAX),
	    .rest = rest,
	    .from_hour = INT32_MAX,
	    .to_hour = INT32_MIN};
	if (!chunk_end(&w->out, err))
		return false;
	common_encode(&out->common, w->terms.v, w->terms.n);
	v = mem_array(w->n ? w->n : 1, sizeof *v);
	for (size_t i = 0; i < w->n; i++) {
		const struct writer_story *s = &w->stories[i];
		double norm = sqrt((double)w->common[i] + used * used * (double)w->rest[i]);

		if (s->hour < out->from_hour)
			out->from_hour = s->hour;
		if (s->hour > out->to_hour)
			out->to_hour = s->hour;
		v[i] = (struct norm){(uint32_t)(s->id - w->stories[0].id), s->hour, (float)norm};
	}
	norms_encode(&out->norms, v, w->n);
	mem_free(v);
	return true;
}
