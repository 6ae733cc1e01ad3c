/* SPDX-License-Identifier: MIT */
/* Full text: the index behind the stories, and words in a query. A query's own list comes from list_load();
 * here are its parts that stand alone. Thread: that of the db. */
#ifndef CO_STORE_SEARCH_H
#define CO_STORE_SEARCH_H

#include "base/arena.h"
#include "model/query.h"
#include "model/story.h"
#include "store/story_db.h"

/* A story as it was read for the index, for those who want the same words: called for each that waits for the
 * related index too, newest first. */
typedef void fts_see_fn(void *arg, int64_t id, const struct story_words *words);
struct fts_spec {
	size_t max; /* stories of one step, at most */
	fts_see_fn *see;
	void *arg;
};
/* Indexes at most spec->max waiting stories, newest first, all of one partition; fewer when their texts are
 * long. Reads and cuts them before its transaction, which is short; merges what needs it in others. Not
 * inside a transaction. *left: how many still wait (counted up to 1,000). A kill costs one batch; two
 * instances never do the same story twice. */
bool fts_step(struct db *db, const struct fts_spec *spec, size_t *done, size_t *left, struct err *err);
size_t fts_waiting(struct db *db); /* all of them, counted one by one */
/* Throws the index away and lets all stories wait for it again. */
bool fts_rebuild(struct db *db, struct err *err);

/* What a query finds in the story of a row: r->title_hits, and r->snippet, a part of its text around the
 * first hits, at most `width` characters, one line. Both stay empty when the query holds no words that occur.
 * In a. */
bool search_light(struct db *db, const struct query *q, size_t width, struct arena *a, struct story_row *r,
    struct err *err);

#endif
