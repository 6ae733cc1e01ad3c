/* SPDX-License-Identifier: MIT */
/* Neighbours of many stories at once: each segment is passed through once for all of them, and of its
 * postings only those near them in time are kept. Thread: that of the db. */
#ifndef CO_RELATED_SWEEP_H
#define CO_RELATED_SWEEP_H

#include "related/vector.h"
#include "related/view.h"

struct sweep_query {
	int64_t story, hour; /* the story is not found for itself */
	struct vector vector;
	struct search_hit *hits; /* what was found, best first; in the arena */
	size_t n;
};
struct sweep_spec {
	int64_t hours; /* between a story and what is found, at most */
	size_t keep;   /* hits of one story */
	double least;  /* score of a hit */
};
/* Finds the hits of all n queries (fewer than 65,536). *fits false: there is more near them than may be held,
 * and nothing was found; ask for fewer at once. The caller holds a read. */
bool sweep(struct db *db, const struct index_view *view, const struct sweep_spec *spec, struct sweep_query *v,
    size_t n, struct arena *a, bool *fits, struct err *err);

#endif
