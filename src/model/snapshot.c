/* SPDX-License-Identifier: MIT */
/* The count of a snapshot, and finding a story on it. Filling one is the reader's business (store/reader). */
#include "model/snapshot.h"

#include <assert.h>

#include "base/mem.h"

struct snapshot *snapshot_new(void)
{
	struct snapshot *s = mem_new(struct snapshot);

	atomic_init(&s->refs, 1);
	s->arena = arena_new();
	s->at_start = s->at_end = true;
	return s;
}

struct snapshot *snapshot_ref(struct snapshot *s)
{
	unsigned before = atomic_fetch_add_explicit(&s->refs, 1, memory_order_relaxed);

	assert(before > 0);
	(void)before; /* unused when assert() is off */
	return s;
}

void snapshot_unref(struct snapshot *s)
{
	if (!s || atomic_fetch_sub_explicit(&s->refs, 1, memory_order_acq_rel) != 1)
		return;
	arena_free(s->arena);
	mem_free(s);
}

ptrdiff_t snapshot_find(const struct snapshot *s, struct story_id id, struct event_id event)
{
	ptrdiff_t folded = -1;

	for (size_t i = 0; i < s->n_rows; i++) {
		const struct story_row *row = &s->rows[i];

		if (id.v && row->id.v == id.v)
			return (ptrdiff_t)i;
		if (folded < 0 && event.v && row->event.v == event.v && row->event_size > 1)
			folded = (ptrdiff_t)i;
	}
	return folded;
}
