/* SPDX-License-Identifier: MIT */
/* Makes a segment term by term: its chunks go out as they fill, its norms and common terms come at the end.
 * Pure. Thread: any. */
#ifndef CO_RELATED_WRITER_H
#define CO_RELATED_WRITER_H

#include "related/segment.h"

struct writer_story {
	int64_t id;
	int32_t hour;
};
struct segment_writer; /* of one segment */
/* stories: ids ascending, borrowed until the end. table: what is known of all segments, borrowed; its
 * `stories` counts these too. largest: stories of the largest other segment. */
struct segment_writer *writer_new(const struct writer_story *stories, size_t n, const struct idf_table *table,
    uint64_t largest, chunk_fn *fn, void *arg);
void segment_writer_free(struct segment_writer *w);
DEFINE_FREEP(segment_writer)
/* Terms ascending; stories ascending within one. */
bool writer_term(struct segment_writer *w, uint32_t term, const struct posting *v, size_t n, struct err *err);
struct writer_result {
	struct buf common, norms; /* yours */
	double rest;
	int32_t from_hour, to_hour;
};
bool writer_end(struct segment_writer *w, struct writer_result *out, struct err *err);

#endif
