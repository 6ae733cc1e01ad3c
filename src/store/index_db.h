/* SPDX-License-Identifier: MIT */
/* The tables of the related index: segments with their norms and postings, stories that wait, near copies,
 * events and what a reader set apart. Rows and bytes only: what they mean is src/related's. Thread: that of
 * the db; writing calls are inside the caller's transaction. */
#ifndef CO_STORE_INDEX_DB_H
#define CO_STORE_INDEX_DB_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/ids.h"
#include "store/db.h"
#include "text/lang.h"

#define SEGMENTS_MAX 512

enum segment_state { SEGMENT_LIVE, SEGMENT_MAKING, SEGMENT_DYING };
struct segment_row {
	int64_t id, part, first, last; /* stories: first to last id */
	int64_t n, from_hour, to_hour; /* stories; hours since 1970 of the oldest and the newest */
	int64_t known;                 /* stories of the index when the norms were made */
	double rest;                   /* typical idf of terms that are not common */
	enum segment_state state;
};
/* Segments of one state, by id; rows in a. */
bool segment_list(struct db *db, enum segment_state state, struct arena *a, struct segment_row **rows,
    size_t *n, struct err *err);
/* Writes the row (state SEGMENT_MAKING, id set); the bytes come with segment_finish(). */
bool segment_make(struct db *db, struct segment_row *row, struct err *err);
bool segment_finish(
    struct db *db, const struct segment_row *row, struct str common, struct str norms, struct err *err);
bool segment_common(struct db *db, int64_t id, struct buf *out, struct err *err);
bool segment_norms(struct db *db, int64_t id, struct buf *out, struct err *err);
/* The same, borrowed until the next call of either or of chunk_done(), which must follow. */
bool norms_seek(struct db *db, int64_t id, struct str *out, struct err *err);
bool segment_state_set(struct db *db, int64_t id, enum segment_state state, struct err *err);
/* Deletes at most max chunks of a segment, and its row with the last ones. *more: there are more. */
bool segment_wipe(struct db *db, int64_t id, size_t max, bool *more, struct err *err);
bool segment_wipe_all(struct db *db, struct err *err);

/* Chunks of postings, by the first term in each. */
bool chunk_put(struct db *db, int64_t segment, uint32_t first, struct str bytes, struct err *err);
/* The chunk in which term would stand; absent: it would stand before the first. Borrowed until the next call
 * of chunk_seek() or chunk_done(), which must follow. */
bool chunk_seek(struct db *db, int64_t segment, uint32_t term, struct str *out, struct err *err);
void chunk_done(struct db *db);
/* The first chunk whose first term is at least `from`. */
bool chunk_from(struct db *db, int64_t segment, uint64_t from, struct buf *out, uint32_t *first, bool *found,
    struct err *err);

/* Stories that wait for their terms, those stored last first. */
bool index_waiting(struct db *db, size_t max, int64_t *ids, size_t *n, struct err *err);
size_t index_waiting_count(struct db *db, size_t max); /* for full text, terms or an event */
/* A story has its terms and waits for its event; *moved false: another instance did it. */
bool index_advance(struct db *db, int64_t id, bool *moved, struct err *err);
struct event_wait {
	int64_t published, story;
};
/* Stories that wait for near copies and events, those published last first; in a. */
bool event_waiting(
    struct db *db, size_t max, struct arena *a, struct event_wait **v, size_t *n, struct err *err);
/* It waits no more. */
bool event_advance(struct db *db, const struct event_wait *wait, bool *moved, struct err *err);
bool index_await_all(struct db *db, struct err *err);
/* Takes the lease of the work row for owner; *got false: another's is alive. */
bool index_lease(struct db *db, int64_t owner, int64_t now, int64_t until, bool *got, struct err *err);

struct index_story {
	int64_t id, source, published, event, copy_of;
	uint32_t flags;
	enum lang lang;
};
bool index_story(struct db *db, int64_t id, struct index_story *out, bool *found, struct err *err);
/* The headline of a story, in a; "" when unknown. */
struct str index_title(struct db *db, int64_t id, struct arena *a);
/* The name of a source, in a; "" when unknown. */
struct str index_source_name(struct db *db, int64_t source, struct arena *a);
bool index_set_copy(struct db *db, int64_t id, int64_t copy_of, struct err *err);

struct event_row {
	int64_t id, first, first_at, newest_at, n;
};
/* A story alone is an event of its own that has no row: *found false. */
bool event_load(struct db *db, int64_t id, struct event_row *out, bool *found, struct err *err);
bool event_save(struct db *db, const struct event_row *row, struct err *err);
bool event_set(struct db *db, int64_t story, int64_t event, struct err *err);
/* All stories of `from` are of `to` from now on; `from` points there. */
bool event_merge(struct db *db, int64_t from, int64_t to, struct err *err);
/* One story leaves its event for `alone`, or comes back; the event's row follows. */
bool event_leave(struct db *db, int64_t story, int64_t alone, struct err *err);
bool event_join(struct db *db, int64_t story, int64_t event, struct err *err);
/* What a reader set apart: no story of the one event joins one that it was parted from. */
bool apart_set(struct db *db, struct story_id a, struct story_id b, bool on, int64_t now, struct err *err);
bool apart_is(struct db *db, int64_t a, int64_t b);

#endif
