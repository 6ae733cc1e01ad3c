/* SPDX-License-Identifier: MIT */
/* Stories related to one: who else reports the event, what came before, what followed. Thread: that of the
 * db. */
#ifndef CO_RELATED_RELATED_H
#define CO_RELATED_RELATED_H

#include "base/arena.h"
#include "base/err.h"
#include "model/ids.h"
#include "store/db.h"

enum story_relation { RELATION_SAME_EVENT, RELATION_FOLLOW_UP, RELATION_BACKGROUND };
const char *story_relation_name(enum story_relation r); /* "same-event", "follow-up", "background" */

struct related_params {
	int window_days;     /* of same-event and follow-up */
	int background_days; /* how far background looks back */
	size_t limit;        /* rows at most */
};
struct related_row {
	struct story_id id;
	double score;
	enum story_relation relation;
	bool near_copy;
};

/* Rows best first, by score: what they are to the story is in each. A story with nothing near gives none.
 * Strings in a. ERR_NOT_FOUND: no such story. */
bool related_find(struct db *db, struct story_id id, const struct related_params *params, struct arena *a,
    struct related_row **rows, size_t *n, struct err *err);

/* Why two stories are related: words as the first one writes them, weightiest first, in a. */
struct related_why {
	struct str *words;
	size_t n;
	int64_t hours; /* the second is later by (negative: earlier) */
	bool near_copy;
};
bool related_why(struct db *db, struct story_id story, struct story_id other, size_t limit, struct arena *a,
    struct related_why *out, struct err *err);

/* `other` is not related to the story: it is not listed any more, and leaves the event when both are of one.
 * *was: its event until now, for undo_note_apart(). Inside a transaction, or makes its own. */
bool related_part(struct db *db, struct story_id story, struct story_id other, int64_t now,
    struct event_id *was, struct err *err);

#endif
