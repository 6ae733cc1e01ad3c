/* SPDX-License-Identifier: MIT */
/* The bytes of a segment of the index: stories with norm and hour, chunks of postings, terms that are common.
 * Pure: where the bytes are kept is the caller's. Thread: any.
 *
 * A chunk: number of entries u16; their terms u32, ascending; where each ends u16, but the last, which ends
 * with the chunk; then the entries: number of postings (varint), postings: number of the story in its segment
 * (varint, difference to the one before), weight (byte). So a term is found by halving. */
#ifndef CO_RELATED_SEGMENT_H
#define CO_RELATED_SEGMENT_H

#include "base/buf.h"
#include "base/err.h"

#define SEGMENT_VERSION    2          /* one more where these bytes change */
#define SEGMENT_COMMON_MAX 1024       /* common terms that a segment names */
#define SEGMENT_PART_MAX   (1u << 17) /* stories of a segment at most */

struct posting {
	uint32_t story; /* its number in the segment */
	uint8_t weight;
};

/* ---- chunks ---- */

typedef bool chunk_fn(void *arg, uint32_t first, struct str bytes, struct err *err);
struct chunk_out {
	struct buf terms, ends, bodies, bytes;
	uint32_t first;
	size_t n;
	chunk_fn *fn;
	void *arg;
};
/* Terms ascending, stories ascending. False with the error of fn. */
bool chunk_add(struct chunk_out *out, uint32_t term, const struct posting *v, size_t n, struct err *err);
bool chunk_end(struct chunk_out *out, struct err *err); /* hands out the last one */
void chunk_release(struct chunk_out *out);

struct chunk_entry {
	uint32_t term;
	uint32_t n;
	struct str postings;
};
size_t chunk_count(struct str chunk); /* entries; 0 also where the bytes make no sense */
bool chunk_entry(struct str chunk, size_t i, struct chunk_entry *out);
/* The first entry whose term is not below `term`; chunk_count() when there is none. */
size_t chunk_find(struct str chunk, uint32_t term);
/* Cuts the next posting off an entry's postings; *at: the number of the one before (start with UINT32_MAX).
 */
static inline bool posting_next(const uint8_t **p, const uint8_t *end, uint32_t *at, uint8_t *weight)
{
	uint32_t delta = 0, shift = 0;

	if (end - *p >= 2 && **p < 0x80) { /* most steps are short */
		*at += **p + 1u;
		*weight = (*p)[1];
		*p += 2;
		return true;
	}
	for (;; shift += 7) {
		if (*p >= end || shift > 28)
			return false;
		uint8_t byte = *(*p)++;
		delta |= (uint32_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			break;
	}
	if (*p >= end)
		return false;
	*at += delta + 1;
	*weight = *(*p)++;
	return true;
}

/* ---- norms ---- */

#define NORM_UNIT 16
struct norm {
	uint32_t story; /* id - the segment's first */
	int32_t hour;   /* since 1970 */
	float norm;
};
/* Column by column, so that a search passes over the norms alone: hour from which hours count i32; number of
 * the first story that lies 65,536 or more behind the segment's first u32; bytes of an hour u8; norms u16,
 * sixteenths; hours; stories u16. v: stories ascending, below SEGMENT_PART_MAX. */
bool norms_encode(struct buf *out, const struct norm *v, size_t n);
struct norms { /* borrows the bytes */
	const uint8_t *norms, *hours, *stories;
	size_t n, hour_bytes;
	int32_t hour;
	uint32_t split;
};
struct norms norms_open(struct str bytes); /* none where the bytes make no sense */
struct norm norms_at(const struct norms *norms, size_t i);
/* Only the norm; in its sixteenths. */
static inline uint32_t norms_length(const struct norms *norms, size_t i)
{
	return norms->norms[2 * i] | (uint32_t)norms->norms[2 * i + 1] << 8;
}

/* ---- what is common ---- */

struct common_term {
	uint32_t term, df;
};
/* Frequencies of common terms over all segments, and what the others weigh on the whole. */
struct idf_table {
	struct common_term *common; /* by term, a table of `room` places; df 0: free */
	size_t n_common, room;
	uint64_t stories;
	double rest; /* idf of a term that is not common */
};
void idf_release(struct idf_table *t);
/* Stories that have a term, as far as segments name it as common; 0: none does. */
uint64_t idf_named(const struct idf_table *t, uint32_t term);
/* idf of a term that df of n stories have; 0 for one that says nothing. */
double idf_of(uint64_t n, uint64_t df);
/* So many that its own frequency counts. */
bool idf_is_common(uint64_t n, uint64_t df);
/* The same by the table alone. */
double idf_guess(const struct idf_table *t, uint32_t term);
/* Adds a segment's own list. */
void idf_add(struct idf_table *t, struct str common);

/* The SEGMENT_COMMON_MAX most frequent ones of v as bytes; reorders v. */
bool common_encode(struct buf *out, struct common_term *v, size_t n);
/* A term with this frequency is worth naming in a segment of n stories. */
bool common_worth(uint64_t n, uint64_t df);

#endif
