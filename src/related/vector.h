/* SPDX-License-Identifier: MIT */
/* A story as a query: its heaviest terms with what they weigh, and the best of what they find. Pure. Thread:
 * any. */
#ifndef CO_RELATED_VECTOR_H
#define CO_RELATED_VECTOR_H

#include "related/segment.h"
#include "related/terms.h"

struct asked { /* one term of a query */
	uint32_t hash;
	double u, weight; /* weight: what the table says it will weigh */
};
struct vector {
	struct asked *terms; /* ascending by hash */
	size_t n;
	double norm; /* of all terms, also of those that are not asked for */
};
/* At most max terms, the heaviest; in a. */
struct vector vector_of(
    struct arena *a, const struct terms *terms, const struct idf_table *table, size_t max);
/* What one posting of a term adds to its story's sum, for each unit of its weight. */
float vector_weight(double u, double idf);

struct search_hit {
	int64_t story;
	double score; /* cosine, lowered by the time between */
	double cosine;
	uint32_t shared; /* terms */
	int64_t hour;
	size_t segment; /* of the view; what follows is left empty by a sweep */
	uint32_t at;    /* its number in the segment */
	float norm;
};
/* Puts a hit in its place among the best so far: *n of at most keep, best first. */
void hit_offer(struct search_hit *hits, size_t *n, size_t keep, const struct search_hit *hit);
/* By how much the time between two stories lowers their score. */
double time_factor(int64_t hours_apart);

#endif
