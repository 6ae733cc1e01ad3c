/* SPDX-License-Identifier: MIT */
/* Owns the order of placing: a batch of the newest, whose neighbours are found together; then one after the
 * other, the oldest first, so that a story meets the event that earlier ones made. */
#include "related/place.h"

#include "base/vec.h"
#include "related/event.h"
#include "related/lease.h"
#include "related/sweep.h"

#define AT_ONE      128 /* placed in one transaction */
#define EVENT_TERMS 24
#define CANDIDATES  64
#define LEAST       0.1 /* score: anything below is no member */

struct placing {
	struct db *db;
	int64_t owner;
	const struct event_wait *waits;
	size_t n;
	struct sweep_query *queries;
	size_t *words;
};

/* What is asked of each story; one that is gone or cannot be read asks for nothing. */
static bool load_queries(struct placing *p, const struct index_view *view, struct arena *a, struct err *err)
{
	SCOPED_PTR(arena) struct arena *one = arena_new();

	p->queries = arena_array(a, p->n, sizeof *p->queries);
	p->words = arena_array(a, p->n, sizeof *p->words);
	for (size_t i = 0; i < p->n; i++) {
		struct err trouble = {0};
		struct subject s;

		arena_reset(one);
		p->queries[i] =
		    (struct sweep_query){.story = p->waits[i].story, .hour = hour_of(p->waits[i].published)};
		if (subject_load(p->db, p->waits[i].story, one, &s, &trouble)) {
			p->queries[i].hour = hour_of(s.row.published);
			p->queries[i].vector = vector_of(a, &s.terms, &view->table, EVENT_TERMS);
			p->words[i] = s.terms.words;
		} else if (trouble.code != ERR_NOT_FOUND && !db_err_is_damage(&trouble)) {
			if (err)
				*err = trouble;
			return false;
		}
	}
	return true;
}

static bool find(struct placing *p, struct arena *a, struct err *err)
{
	static const struct sweep_spec spec = {EVENT_DAYS * 24, CANDIDATES, LEAST};
	struct index_view view;
	bool fits = false, ok;

	if (!view_load(p->db, a, &view, err))
		return false;
	ok = load_queries(p, &view, a, err);
	while (ok && !fits) {
		ok = sweep(p->db, &view, &spec, p->queries, p->n, a, &fits, err);
		if (!fits)
			p->n -= p->n / 2;
	}
	view_release(&view);
	return ok;
}

static bool place(struct placing *p, size_t from, size_t to, struct err *err)
{
	for (size_t i = to; i-- > from;) {
		const struct sweep_query *q = &p->queries[i];
		bool mine;

		if (!event_advance(p->db, &p->waits[i], &mine, err))
			return false;
		if (mine && !event_place(p->db, q->story, p->words[i], q->hits, q->n, err))
			return false;
	}
	return true;
}

static bool place_all(struct placing *p, size_t *done, struct err *err)
{
	for (size_t to = p->n; to > 0;) {
		size_t from = to > AT_ONE ? to - AT_ONE : 0;

		if (!lease_begin(p->db, p->owner, err) ||
		    !lease_end(p->db, place(p, from, to, err), true, err))
			return false;
		*done += to - from;
		to = from;
	}
	return true;
}

bool place_step(struct db *db, int64_t owner, size_t max, size_t *done, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct placing p = {.db = db, .owner = owner};
	struct event_wait *waits;
	bool ok;

	*done = 0;
	if (!event_waiting(db, max, a, &waits, &p.n, err))
		return false;
	if (!p.n)
		return true;
	p.waits = waits;
	if (!db_read_begin(db, err))
		return false;
	ok = find(&p, a, err);
	db_read_end(db);
	return ok && place_all(&p, done, err);
}
