/* SPDX-License-Identifier: MIT */
/* Counts for the tabs and for `courant count`. Thread: that of the db. */
#ifndef CO_STORE_COUNT_DB_H
#define CO_STORE_COUNT_DB_H

#include "store/list_db.h"

/* Rows (events when fold) of the list that have something unread, counted up to `max` (0: 1000). */
bool count_unread(
    struct db *db, const struct list_set *set, bool fold, size_t max, size_t *out, struct err *err);
/* Starred stories, and those of their events that came later and are unread ("★ 6 +2"). */
bool count_starred(struct db *db, size_t *starred, size_t *later, struct err *err);
/* Stories (not rows) that a query finds, exact. is:unread, section: and source: alone are read from tallies.
 */
bool count_query(struct db *db, const struct query *q, uint64_t *out, struct err *err);

#endif
