/* SPDX-License-Identifier: MIT */
/* Owns the related list of one story. */
#include "related/related.h"

#include <stdlib.h>

#include "related/find.h"

#define TERMS_ASKED 150
#define CANDIDATES  48

static bool list(struct db *db, struct subject *s, const struct related_params *p, struct arena *a,
    struct related_row **rows, size_t *n, struct err *err)
{
	struct index_view view;
	struct neighbour_spec spec = {.from_days = p->background_days,
	    .to_days = p->background_days,
	    .max_terms = TERMS_ASKED,
	    .keep = CANDIDATES,
	    .least = RANK_LEAST,
	    .copies = true,
	    .echo = true};
	struct neighbour *found;
	size_t n_found = 0;
	bool ok;

	if (!view_load(db, a, &view, err))
		return false;
	ok = neighbours(db, &view, s, &spec, a, &found, &n_found, err);
	view_release(&view);
	*rows = arena_array(a, n_found + 1, sizeof **rows);
	for (size_t i = 0; ok && i < n_found && *n < p->limit; i++) {
		struct related_row row = {.id = {found[i].row.id},
		    .score = found[i].pair.score,
		    .near_copy = found[i].pair.near_copy};

		if (rank_relation(&found[i].pair, p->window_days, &row.relation) &&
		    !apart_is(db, s->row.id, found[i].row.id))
			(*rows)[(*n)++] = row;
	}
	return ok;
}

/* Other reports of the event, then the rest; each by score. */
static int same_event_first(const void *x, const void *y)
{
	const struct related_row *a = x, *b = y;
	bool as = a->relation == RELATION_SAME_EVENT, bs = b->relation == RELATION_SAME_EVENT;
	if (as != bs)
		return as ? -1 : 1;
	return a->score < b->score ? 1 : a->score > b->score ? -1 : 0;
}

bool related_find(struct db *db, struct story_id id, const struct related_params *params, struct arena *a,
    struct related_row **rows, size_t *n, struct err *err)
{
	struct subject s;
	bool ok;

	*rows = NULL;
	*n = 0;
	if (!db_read_begin(db, err))
		return false;
	ok = subject_load(db, id.v, a, &s, err) && list(db, &s, params, a, rows, n, err);
	db_read_end(db);
	if (ok && *n > 1)
		qsort(*rows, *n, sizeof **rows, same_event_first);
	return ok;
}
