/* SPDX-License-Identifier: MIT */
/* Four small segments become one: stories that are gone, and older states of stories, stay behind. Thread:
 * that of the db, outside a transaction. */
#ifndef CO_RELATED_MERGE_H
#define CO_RELATED_MERGE_H

#include "base/err.h"
#include "store/db.h"

/* One merge, when four segments of a size are there; `idle`, no story waits for terms: also where norms are
 * out of date. Written in short transactions beside the old segments, which live on until the last one;
 * `owner` keeps the lease meanwhile. */
bool merge_step(struct db *db, int64_t owner, bool idle, bool *merged, struct err *err);
/* There is something to merge or to clean, when no story waits. */
bool merge_waits(struct db *db, bool *waits, struct err *err);
/* Takes away what an interrupted merge left, and segments that were merged: a bounded piece of it. */
bool merge_clean(struct db *db, bool *more, struct err *err);

#endif
