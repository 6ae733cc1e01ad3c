/* SPDX-License-Identifier: MIT */
/* The indexes behind the stories: full text, and the related index: terms of every story as postings in the
 * database, near copies and events kept with it. Incremental, newest first, resumed after a kill, shared by
 * all instances. Thread: that of the db. */
#ifndef CO_RELATED_INDEX_H
#define CO_RELATED_INDEX_H

#include "base/err.h"
#include "store/db.h"

struct index_progress {
	size_t done; /* of this step; a story counts for its words, its terms and its event */
	size_t left; /* that still wait; counted up to 1,000 */
};
/* Indexes at most max stories that wait: words and terms; near copies and events of a few times as many when
 * all have their terms; merges small segments before. Takes the lease of the work row; another instance's
 * live lease: nothing done, nothing left. Makes its own transaction. An index that another version of the
 * program made is thrown away first. */
bool index_step(struct db *db, size_t max, struct index_progress *progress, struct err *err);
/* Throws the index away; all stories wait again. Events and what a reader split off stay. */
bool index_rebuild(struct db *db, struct err *err);

#endif
