/* SPDX-License-Identifier: MIT */
/* A page of rows around a view, built by the reader thread, never changed afterwards, counted. Rows stand in
 * the order of the list; `before` and `total` place them in the whole. Thread: any (the count is atomic). */
#ifndef CO_MODEL_SNAPSHOT_H
#define CO_MODEL_SNAPSHOT_H

#include "base/arena.h"
#include "model/story.h"
#include <stdatomic.h>

struct snapshot {
	atomic_uint refs;
	struct arena *arena; /* owns the strings */
	struct story_row *rows;
	size_t n_rows;
	bool counted;          /* else before and total are only what the page knows */
	size_t before;         /* rows of the list before rows[0] */
	size_t total;          /* rows of the list, as far as they were counted … */
	bool more;             /* … and there are more of them */
	bool at_start, at_end; /* rows[0] is the first of the list; the last is the last */
	uint64_t serial;       /* of the request that it answers */
	int64_t data_version;  /* of the database when read */
};

struct snapshot *snapshot_new(void); /* one reference, empty */
struct snapshot *snapshot_ref(struct snapshot *s);
void snapshot_unref(struct snapshot *s); /* NULL is fine */
/* Index of a story's row, else of the folded row of its event ({0}: none); -1 when neither is on this page.
 */
ptrdiff_t snapshot_find(const struct snapshot *s, struct story_id id, struct event_id event);

#endif
