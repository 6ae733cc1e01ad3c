/* SPDX-License-Identifier: MIT */
/* The full-text tables, one per 131,072 stories, as the searching side sees them. */
#ifndef CO_STORE_FTS_H
#define CO_STORE_FTS_H

#include "base/err.h"
#include "store/db.h"

#define FTS_MAX_PARTS 512

struct fts_parts {
	int64_t ids[FTS_MAX_PARTS]; /* newest first */
	size_t n;
};
bool fts_parts(struct db *db, struct fts_parts *out, struct err *err);

#endif
