/* SPDX-License-Identifier: MIT */
/* Owns the steps of indexing: terms of what waits into a segment, of the words that are read for the full
 * text anyway, then merges; events when no terms wait. Each in transactions of its own, in which the stories
 * leave the waiting list: a kill costs one batch. */
#include "related/index.h"

#include "base/hash.h"
#include "base/sort.h"
#include "base/vec.h"
#include "related/find.h"
#include "related/lease.h"
#include "related/merge.h"
#include "related/place.h"
#include "related/writer.h"
#include "store/search.h"
#include "store/story_db.h"

#define BATCH_MAX    1024
#define PLACED_TIMES 4 /* as many stories are placed in one step as others get their terms */
#define LEFT_MAX     1000
#define NUMBER_MASK  0xffffffu /* of a story, in an entry */

struct batch {
	struct db *db;
	struct arena *arena;
	struct {
		VEC(struct story_print);
	} read; /* newest first */
	struct {
		VEC(struct writer_story);
	} stories;
	struct {
		VEC(uint64_t); /* term << 32 | number of the story << 8 | weight */
	} entries;
	int64_t source; /* whose name is `outlet`; 0: none yet */
	struct buf outlet;
	int64_t version; /* of the database, when they were read */
	struct segment_row row;
};

static struct batch *batch_new(struct db *db)
{
	struct batch *b = mem_new(struct batch);

	b->db = db;
	b->arena = arena_new();
	b->outlet = BUF_MAX(4096);
	b->version = db_data_version(db);
	return b;
}

static void batch_free(struct batch *b)
{
	if (!b)
		return;
	vec_free(&b->read);
	vec_free(&b->stories);
	vec_free(&b->entries);
	buf_release(&b->outlet);
	arena_free(b->arena);
	mem_free(b);
}
DEFINE_FREEP(batch)

/* ---- terms ---- */

/* Stories of one source stand together. */
static struct str outlet_of(struct batch *b, int64_t source)
{
	if (b->source != source) {
		b->source = source;
		buf_reset(&b->outlet);
		buf_addstr(&b->outlet, index_source_name(b->db, source, b->arena));
	}
	return buf_str(&b->outlet);
}

/* An fts_see_fn. */
static void take_story(void *arg, int64_t id, const struct story_words *w)
{
	struct batch *b = arg;
	struct terms_text text = {w->title, w->dek, w->body, STR(""), w->lang};
	struct terms terms;

	arena_reset(b->arena);
	text.outlet = outlet_of(b, w->source.v);
	terms = terms_of(b->arena, &text);
	for (size_t i = 0; i < terms.n; i++)
		vec_push(&b->entries,
		    (uint64_t)terms.v[i].hash << 32 | (uint64_t)b->stories.n << 8 | terms.v[i].weight);
	vec_push(&b->stories, ((struct writer_story){id, (int32_t)hour_of(w->published)}));
	vec_push(&b->read, ((struct story_print){id, story_words_hash(w)}));
}

static bool read_story(struct batch *b, int64_t id, struct arena *a, struct err *err)
{
	struct story_words w;
	struct err trouble = {0};

	arena_reset(a);
	if (story_words(b->db, (struct story_id){id}, a, &w, &trouble)) {
		take_story(b, id, &w);
		return true;
	}
	if (trouble.code == ERR_NOT_FOUND || db_err_is_damage(&trouble)) {
		vec_push(&b->read, ((struct story_print){id, 0})); /* it does not hold up the others */
		return true;
	}
	if (err)
		*err = trouble;
	return false;
}

/* Those whose words are in the full text already: the newest, as far as they are of one partition. */
static bool batch_read(struct batch *b, size_t max, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new(), *one = arena_new();
	int64_t *ids;
	size_t n = 0;

	if (max > BATCH_MAX)
		max = BATCH_MAX;
	ids = arena_array(a, max, sizeof *ids);
	if (!index_waiting(b->db, max, ids, &n, err))
		return false;
	for (size_t i = 0; i < n && ids[i] >> DB_PART_BITS == ids[0] >> DB_PART_BITS; i++)
		if (!read_story(b, ids[i], one, err))
			return false;
	return true;
}

/* Read newest first; a segment counts from the oldest on. */
static void batch_turn(struct batch *b)
{
	size_t n = b->stories.n;

	for (size_t i = 0; i < n / 2; i++) {
		struct writer_story other = b->stories.v[i];

		b->stories.v[i] = b->stories.v[n - 1 - i];
		b->stories.v[n - 1 - i] = other;
	}
	for (size_t i = 0, last = b->entries.n; i < last; i++) {
		uint64_t e = b->entries.v[i];
		uint64_t number = n - 1 - (e >> 8 & NUMBER_MASK);

		b->entries.v[i] = (e & ~((uint64_t)NUMBER_MASK << 8)) | number << 8;
	}
	for (size_t i = 0, k = b->entries.n; i + 1 < k; i++) {
		uint64_t other = b->entries.v[i];

		b->entries.v[i] = b->entries.v[--k];
		b->entries.v[k] = other;
	}
	sort_u64(b->entries.v, b->entries.n, 32, arena_array(b->arena, b->entries.n, sizeof *b->entries.v));
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

/* All of them move on, or none: another instance may have been faster, or have changed one. */
static bool batch_write(struct batch *b, bool *mine, struct err *err)
{
	*mine = story_words_same(b->db, b->version, b->read.v, b->read.n);
	for (size_t i = 0; *mine && i < b->read.n; i++)
		if (!index_advance(b->db, b->read.v[i].id, mine, err))
			return false;
	return !*mine || write_segment(b, err);
}

static bool batch_end(struct batch *b, int64_t owner, size_t *done, struct err *err)
{
	bool ok, mine = false;

	if (!b->read.n)
		return true;
	batch_turn(b);
	if (!lease_begin(b->db, owner, err))
		return false;
	ok = batch_write(b, &mine, err);
	if (!lease_end(b->db, ok, mine, err))
		return false;
	*done += mine ? b->read.n : 0;
	return true;
}

/* ---- steps ---- */

/* Words and terms of the newest, read once for both. */
static bool step_words(struct db *db, int64_t owner, size_t max, size_t *done, struct err *err)
{
	SCOPED_PTR(batch) struct batch *b = batch_new(db);
	struct fts_spec spec = {.max = max < BATCH_MAX ? max : BATCH_MAX, .see = take_story, .arg = b};
	size_t left;

	return fts_step(db, &spec, done, &left, err) && batch_end(b, owner, done, err);
}

static bool step_terms(struct db *db, int64_t owner, size_t max, size_t *done, struct err *err)
{
	SCOPED_PTR(batch) struct batch *b = batch_new(db);
	bool ok;

	if (!db_read_begin(db, err))
		return false;
	ok = batch_read(b, max, err);
	db_read_end(db);
	return ok && batch_end(b, owner, done, err);
}

/* Events are made when all terms are there and norms know of them: what came first does not matter. */
static bool step(struct db *db, int64_t owner, size_t max, struct index_progress *p, struct err *err)
{
	bool merged = false, dirty = false, settled;

	if (!step_words(db, owner, max, &p->done, err))
		return false;
	if (!p->done && !step_terms(db, owner, max, &p->done, err))
		return false;
	settled = !p->done;
	if (!merge_step(db, owner, settled, &merged, err))
		return false;
	if (settled && !merged && !place_step(db, owner, max * PLACED_TIMES, &p->done, err))
		return false;
	if (!merge_clean(db, &dirty, err))
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
