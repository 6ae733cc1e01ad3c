/* SPDX-License-Identifier: MIT */
/* Full text: the index behind the stories, and words in a query. A query's own list comes from list_load();
 * here are its parts that stand alone. Thread: that of the db. */
#ifndef CO_STORE_SEARCH_H
#define CO_STORE_SEARCH_H

#include "base/arena.h"
#include "model/query.h"
#include "model/story.h"
#include "store/db.h"

/* Indexes waiting stories, newest first, for about budget_ms. Inside a transaction, or makes its own. *left:
 * how many still wait (counted up to 1,000). A kill costs one batch; two instances never do the same story
 * twice. */
bool fts_step(struct db *db, int budget_ms, size_t *done, size_t *left, struct err *err);
size_t fts_waiting(struct db *db); /* all of them, counted one by one */
/* Throws the index away and lets all stories wait for it again. */
bool fts_rebuild(struct db *db, struct err *err);

/* What a query finds in the story of a row: r->title_hits, and r->snippet, a part of its text around the
 * first hits, at most `width` characters, one line. Both stay empty when the query holds no words that occur.
 * In a. */
bool search_light(struct db *db, const struct query *q, size_t width, struct arena *a, struct story_row *r,
    struct err *err);

#endif
