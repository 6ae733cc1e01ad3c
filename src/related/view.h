/* SPDX-License-Identifier: MIT */
/* The index as one query sees it: its live segments, what is common in them, and the search for the nearest
 * stories. Thread: that of the db; the caller holds a read (db_read_begin) or a transaction. */
#ifndef CO_RELATED_VIEW_H
#define CO_RELATED_VIEW_H

#include "related/vector.h"
#include "store/index_db.h"

struct index_view {
	struct segment_row *segments; /* by id, in the arena */
	size_t n;
	struct idf_table table;
	uint64_t largest;             /* stories of the largest segment */
	struct view_scratch *scratch; /* of searches */
};
/* The index is of this program's terms and bytes. Where it is not, views are empty until a step makes it
 * anew. */
bool view_is_current(struct db *db);
bool view_set_current(struct db *db, struct err *err); /* inside the caller's transaction */
/* view_list: segments and sums only, without what is common; nothing to release. */
bool view_list(struct db *db, struct arena *a, struct index_view *view, struct err *err);
bool view_load(struct db *db, struct arena *a, struct index_view *view, struct err *err);
void view_release(struct index_view *view);

struct search_spec {
	struct terms terms;
	int64_t self;               /* is not found */
	int64_t hour;               /* of the story that is asked for */
	int64_t from_hour, to_hour; /* of those that are found */
	size_t max_terms, keep;
	double least;        /* score of those that are found */
	uint64_t common_max; /* postings of common terms that are looked at; 0: by how much is near in time */
};
/* At most spec->keep hits, best first, in a. */
bool view_search(struct db *db, const struct index_view *view, const struct search_spec *spec,
    struct arena *a, struct search_hit **hits, size_t *n, struct err *err);
/* What hits of a search with this view score for another story. spec: `terms`, `max_terms`, `hour` and those
 * of the first search for which hours are looked at. scores: n of them. */
bool view_score(struct db *db, const struct index_view *view, const struct search_spec *spec,
    const struct search_hit *hits, size_t n, double *scores, struct arena *a, struct err *err);

#endif
