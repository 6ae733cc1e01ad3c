/* SPDX-License-Identifier: MIT */
/* What is kept in memory of a segment while many stories are placed: its norms; of a small one its chunks,
 * so that a term costs no query. Thread: that of the db. */
#ifndef CO_RELATED_KEPT_H
#define CO_RELATED_KEPT_H

#include "store/index_db.h"

#define KEPT_NORMS_MAX ((size_t)8 << 20)

struct kept;
struct kept *kept_new(size_t segments); /* an array */
void kept_free(struct kept *kept, size_t segments);
/* As chunk_seek() and segment_norms(), of one segment; what is given lives as long as the array. */
bool kept_seek(struct kept *kept, size_t segment, struct db *db, const struct segment_row *row, uint32_t term,
    struct str *out, struct err *err);
bool kept_norms(struct kept *kept, size_t segment, struct db *db, const struct segment_row *row,
    struct str *out, struct err *err);

#endif
