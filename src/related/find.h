/* SPDX-License-Identifier: MIT */
/* Neighbours of one stored story, with what is needed to judge each: shared by the related list and by
 * events. Thread: that of the db, in a read or transaction. */
#ifndef CO_RELATED_FIND_H
#define CO_RELATED_FIND_H

#include "related/near_copy.h"
#include "related/rank.h"
#include "related/view.h"

struct subject { /* the story that is asked for */
	struct index_story row;
	struct terms terms;
	struct str title, dek, body; /* absent: not loaded yet */
	struct str headline;         /* of the row alone; read when first needed */
	struct shingles shingles;    /* made when first needed */
	bool has_shingles;
};
/* Row, texts and terms. ERR_NOT_FOUND: no such story. In a. */
bool subject_load(struct db *db, int64_t id, struct arena *a, struct subject *out, struct err *err);

struct neighbour {
	struct index_story row;
	struct search_hit hit;
	struct rank_pair pair; /* `best` is that of the list */
};
struct neighbour_spec {
	int64_t from_days, to_days; /* before and after the story */
	size_t max_terms, keep;
	double least; /* score */
	bool copies;  /* compare texts for near copies */
	bool echo;    /* what is near the best one counts as well */
};
/* What is known of those that were found: best first, each story once, none hidden. The subject's row is
 * loaded; its texts are when copies are asked for. In a. */
bool neighbours_judge(struct db *db, struct subject *subject, const struct search_hit *hits, size_t n_hits,
    bool copies, struct arena *a, struct neighbour **out, size_t *n, struct err *err);
/* Finds and judges them. */
bool neighbours(struct db *db, const struct index_view *view, struct subject *subject,
    const struct neighbour_spec *spec, struct arena *a, struct neighbour **out, size_t *n, struct err *err);
int64_t hour_of(int64_t seconds);

#endif
