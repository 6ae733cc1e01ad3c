/* SPDX-License-Identifier: MIT */
/* Owns the choice of a query's terms and the order of its hits. Leaves finding them to view.c and sweep.c. */
#include "related/vector.h"

#include <math.h>
#include <stdlib.h>

#define FACTOR_LEAST 0.6
#define FACTOR_DAYS  2.5

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

struct vector vector_of(struct arena *a, const struct terms *terms, const struct idf_table *table, size_t max)
{
	struct vector v = {.terms = arena_array(a, terms->n ? terms->n : 1, sizeof *v.terms)};
	double square = 0;

	for (size_t i = 0; i < terms->n; i++) {
		struct asked q = {
		    .hash = terms->v[i].hash, .u = (double)terms->v[i].weight / TERM_WEIGHT_UNIT};

		q.weight = q.u * idf_guess(table, q.hash);
		square += q.weight * q.weight;
		if (q.weight > 0)
			v.terms[v.n++] = q;
	}
	v.norm = sqrt(square);
	if (v.n <= max)
		return v;
	qsort(v.terms, v.n, sizeof *v.terms, by_weight);
	v.n = max;
	qsort(v.terms, v.n, sizeof *v.terms, by_hash);
	return v;
}

float vector_weight(double u, double idf)
{
	return (float)(u * idf * idf / TERM_WEIGHT_UNIT);
}

void hit_offer(struct search_hit *hits, size_t *n, size_t keep, const struct search_hit *hit)
{
	size_t at = *n;

	if (at == keep) {
		if (!at || hit->score <= hits[at - 1].score)
			return;
		at--;
	} else {
		++*n;
	}
	for (; at > 0 && hits[at - 1].score < hit->score; at--)
		hits[at] = hits[at - 1];
	hits[at] = *hit;
}

double time_factor(int64_t hours_apart)
{
	double days = fabs((double)hours_apart) / 24;

	return FACTOR_LEAST + (1 - FACTOR_LEAST) / (1 + days / FACTOR_DAYS);
}
