/* SPDX-License-Identifier: MIT */
/* Owns the steps of indexing: terms of what waits into a segment, then merges; events when no terms wait.
 * Each in transactions of its own, in which the stories leave the waiting list: a kill costs one batch. */
#include "related/index.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/sort.h"
#include "base/vec.h"
#include "related/find.h"
#include "related/lease.h"
#include "related/merge.h"
#include "related/place.h"
#include "related/writer.h"
#include "store/story_db.h"

#define BATCH_MAX    1024
#define PLACED_TIMES 4 /* as many stories are placed in one step as others get their terms */
#define LEFT_MAX     1000

struct batch {
	struct db *db;
	struct arena *arena;
	int64_t ids[BATCH_MAX];
	size_t n;
	struct {
		VEC(struct writer_story);
	} stories;
	struct {
		VEC(uint64_t); /* term << 32 | number of the story << 8 | weight */
	} entries;
	struct segment_row row;
};

/* ---- terms ---- */

static int upwards(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The newest that wait, as far as they are of one partition; ids ascending. */
static bool batch_read(struct batch *b, size_t max, struct err *err)
{
	size_t n = 0;

	if (!index_waiting(b->db, max < BATCH_MAX ? max : BATCH_MAX, b->ids, &b->n, err))
		return false;
	while (n < b->n && b->ids[n] >> DB_PART_BITS == b->ids[0] >> DB_PART_BITS)
		n++;
	b->n = n;
	qsort(b->ids, n, sizeof *b->ids, upwards);
	return true;
}

static bool batch_terms(struct batch *b, struct err *err)
{
	for (size_t i = 0; i < b->n; i++) {
		struct subject s;
		struct err trouble = {0};

		arena_reset(b->arena);
		if (!subject_load(b->db, b->ids[i], b->arena, &s, &trouble)) {
			if (trouble.code == ERR_NOT_FOUND || db_err_is_damage(&trouble))
				continue; /* one that cannot be read does not hold up the others */
			if (err)
				*err = trouble;
			return false;
		}
		for (size_t k = 0; k < s.terms.n; k++)
			vec_push(&b->entries, (uint64_t)s.terms.v[k].hash << 32 |
			                          (uint64_t)b->stories.n << 8 | s.terms.v[k].weight);
		vec_push(&b->stories, ((struct writer_story){b->ids[i], (int32_t)hour_of(s.row.published)}));
	}
	arena_reset(b->arena);
	sort_u64(b->entries.v, b->entries.n, 32, arena_array(b->arena, b->entries.n, sizeof *b->entries.v));
	return true;
}

static bool put_chunk(void *arg, uint32_t first, struct str bytes, struct err *err)
{
	struct batch *b = arg;

	return chunk_put(b->db, b->row.id, first, bytes, err);
}

static bool write_terms(struct batch *b, struct segment_writer *w, struct err *err)
{
	struct {
		VEC(struct posting);
	} one = {0};
	bool ok = true;

	for (size_t i = 0, k; ok && i < b->entries.n; i = k) {
		uint32_t term = (uint32_t)(b->entries.v[i] >> 32);

		vec_clear(&one);
		for (k = i; k < b->entries.n && b->entries.v[k] >> 32 == term; k++)
			vec_push(&one,
			    ((struct posting){(uint32_t)b->entries.v[k] >> 8, (uint8_t)b->entries.v[k]}));
		ok = writer_term(w, term, one.v, one.n, err);
	}
	vec_free(&one);
	return ok;
}

static bool write_segment(struct batch *b, struct err *err)
{
	struct index_view view;
	struct writer_result r = {0};
	bool ok;

	if (!b->stories.n)
		return true;
	arena_reset(b->arena);
	if (!view_load(b->db, b->arena, &view, err))
		return false;
	view.table.stories += b->stories.n;
	b->row.part = b->stories.v[0].id >> DB_PART_BITS;
	SCOPED_PTR(segment_writer)
	struct segment_writer *w =
	    writer_new(b->stories.v, b->stories.n, &view.table, view.largest, put_chunk, b);
	ok = segment_make(b->db, &b->row, err) && write_terms(b, w, err) && writer_end(w, &r, err);
	b->row.first = b->stories.v[0].id;
	b->row.last = b->stories.v[b->stories.n - 1].id;
	b->row.n = (int64_t)b->stories.n;
	b->row.known = (int64_t)view.table.stories;
	b->row.from_hour = r.from_hour;
	b->row.to_hour = r.to_hour;
	b->row.rest = r.rest;
	ok = ok && segment_finish(b->db, &b->row, buf_str(&r.common), buf_str(&r.norms), err);
	buf_release(&r.common);
	buf_release(&r.norms);
	view_release(&view);
	return ok;
}

/* All of them move on, or none: another instance may have been faster. */
static bool batch_write(struct batch *b, bool *mine, struct err *err)
{
	*mine = true;
	for (size_t i = 0; *mine && i < b->n; i++)
		if (!index_advance(b->db, b->ids[i], mine, err))
			return false;
	return !*mine || write_segment(b, err);
}

static bool step_terms(struct db *db, int64_t owner, size_t max, size_t *done, struct err *err)
{
	struct batch *b = mem_new(struct batch);
	bool ok, mine = false;

	b->db = db;
	b->arena = arena_new();
	if ((ok = db_read_begin(db, err))) {
		ok = batch_read(b, max, err) && batch_terms(b, err);
		db_read_end(db);
	}
	if (ok && b->n && (ok = lease_begin(db, owner, err))) {
		ok = batch_write(b, &mine, err);
		ok = lease_end(db, ok, mine, err);
	}
	if (ok && mine)
		*done = b->n;
	vec_free(&b->stories);
	vec_free(&b->entries);
	arena_free(b->arena);
	mem_free(b);
	return ok;
}

/* ---- steps ---- */

static bool step(struct db *db, int64_t owner, size_t max, struct index_progress *p, struct err *err)
{
	bool merged = false, dirty = false;

	if (!step_terms(db, owner, max, &p->done, err))
		return false;
	if (!p->done && !place_step(db, owner, max * PLACED_TIMES, &p->done, err))
		return false;
	if (!merge_step(db, owner, !index_waiting_count(db, 1), &merged, err) ||
	    !merge_clean(db, &dirty, err))
		return false;
	p->left = index_waiting_count(db, LEFT_MAX) + merged + dirty;
	return true;
}

/* Without taking the lease, that is, without writing. */
static bool work_waits(struct db *db, bool *waits, struct err *err)
{
	*waits = index_waiting_count(db, 1) > 0 || !view_is_current(db);
	return *waits || merge_waits(db, waits, err);
}

static bool wipe(struct db *db, struct err *err)
{
	return segment_wipe_all(db, err) && index_await_all(db, err) && view_set_current(db, err);
}

bool index_rebuild(struct db *db, struct err *err)
{
	if (!db_begin(db, false, err))
		return false;
	return lease_end(db, wipe(db, err), true, err);
}

/* What another version of the program stored is made anew, once: another instance may have been faster. */
static bool renew(struct db *db, struct err *err)
{
	if (view_is_current(db))
		return true;
	if (!db_begin(db, false, err))
		return false;
	return lease_end(db, view_is_current(db) || wipe(db, err), true, err);
}

bool index_step(struct db *db, size_t max, struct index_progress *progress, struct err *err)
{
	int64_t owner = (int64_t)(random_u64() >> 1);
	struct err ignored = {0};
	bool got, ok, waits;

	*progress = (struct index_progress){0};
	if (db_is_readonly(db))
		return true;
	if (!work_waits(db, &waits, err) || !waits)
		return !waits;
	if (!lease_take(db, owner, 60, &got, err))
		return false;
	if (!got)
		return true;
	ok = renew(db, err) && step(db, owner, max ? max : 1, progress, err);
	(void)lease_take(db, owner, 0, &got, &ignored); /* else it ends by itself */
	return ok;
}
