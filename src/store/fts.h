/* SPDX-License-Identifier: MIT */
/* The full-text tables, one per 131,072 stories, as those inside the folder see them. */
#ifndef CO_STORE_FTS_H
#define CO_STORE_FTS_H

#include "base/err.h"
#include "store/db.h"

#define FTS_MAX_PARTS 512

struct fts_parts {
	int64_t ids[FTS_MAX_PARTS]; /* newest first */
	size_t n;
};
/* Makes the table of a partition, unless it is there. In a transaction. */
bool fts_part_make(struct db *db, int64_t part, struct err *err);
/* One piece of the merging that a table needs, in a transaction of some 5 ms. *more: there may be another. */
bool fts_merge(struct db *db, int64_t part, bool *more, struct err *err);
bool fts_parts(struct db *db, struct fts_parts *out, struct err *err);

#endif
