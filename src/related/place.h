/* SPDX-License-Identifier: MIT */
/* The step that gives events to the stories that wait for theirs. Thread: that of the db. */
#ifndef CO_RELATED_PLACE_H
#define CO_RELATED_PLACE_H

#include "base/err.h"
#include "store/db.h"

/* Places at most max stories, those that were published last; *done says how many. `owner` holds the lease.
 * In transactions of its own, short ones: what a kill leaves waits again. */
bool place_step(struct db *db, int64_t owner, size_t max, size_t *done, struct err *err);

#endif
