/* SPDX-License-Identifier: MIT */
/* Shared inside the folder: transactions that are the caller's or one's own, and which stories a feed holds
 * now. */
#ifndef CO_STORE_SOURCE_PRIV_H
#define CO_STORE_SOURCE_PRIV_H

#include "base/err.h"
#include "model/ids.h"
#include "store/db.h"

/* Begins unless the caller has begun; ends what was begun here (commit when ok). */
bool db_own_begin(struct db *db, bool durable, bool *own, struct err *err);
bool db_own_end(struct db *db, bool own, bool ok, struct err *err);

/* The stories that the source's feed holds now (ids ascending; the last n_new of them are new to the store).
 * Those that it held before and holds no more have left it at `now`: expiry counts from there. */
bool source_items_set(struct db *db, struct source_id source, const int64_t *ids, size_t n, size_t n_new,
    int64_t now, struct err *err);

#endif
