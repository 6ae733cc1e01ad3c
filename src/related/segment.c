/* SPDX-License-Identifier: MIT */
/* Owns the bytes of a segment. Leaves merging to merge.c, the database to store/index_db. */
#include "related/segment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CHUNK_BYTES  4000 /* closed above: one page of the database with its overhead */
#define CHUNK_MAX    ((size_t)2 << 20)
#define NORM_BYTES   4 /* of a story, beside its hour */
#define COMMON_BYTES 8
#define ROOM_LEAST   4096 /* of a table of common terms; a power of two */
#define IDF_POWER    .8
#define IDF_SMOOTH   1.0 /* stories added to those that have a term: one more or less says little */
#define DF_LEAST     4   /* stories that may share a term, however few there are */
#define SMALL_STORE  20000

static void put_u32(struct buf *out, uint32_t v)
{
	uint8_t b[4] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};

	buf_add(out, b, sizeof b);
}

static uint32_t get_u32(const char *p)
{
	const uint8_t *b = (const uint8_t *)p;

	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static size_t put_varint(uint8_t *p, uint32_t v)
{
	size_t n = 0;

	for (; v >= 0x80; v >>= 7)
		p[n++] = (uint8_t)(v | 0x80);
	p[n++] = (uint8_t)v;
	return n;
}

static bool get_varint(struct str *s, uint32_t *v)
{
	*v = 0;
	for (size_t i = 0; i < s->len && i < 5; i++) {
		uint8_t byte = (uint8_t)s->p[i];

		*v |= (uint32_t)(byte & 0x7f) << (7 * i);
		if (byte < 0x80) {
			*s = str_skip(*s, i + 1);
			return true;
		}
	}
	return false;
}

/* ---- chunks ---- */

#define HEAD_BYTES  2
#define ENTRY_BYTES 4 /* of the table of terms */
#define END_BYTES   2

static void put_u16(struct buf *out, size_t v)
{
	uint8_t b[2] = {(uint8_t)v, (uint8_t)(v >> 8)};

	buf_add(out, b, sizeof b);
}

static size_t get_u16(const char *p)
{
	const uint8_t *b = (const uint8_t *)p;

	return (size_t)b[0] | (size_t)b[1] << 8;
}

static bool give(struct chunk_out *out, struct err *err)
{
	bool ok;

	if (!out->n)
		return true;
	buf_reset(&out->bytes);
	put_u16(&out->bytes, out->n);
	buf_addstr(&out->bytes, buf_str(&out->terms));
	buf_addstr(&out->bytes, str_sub(buf_str(&out->ends), 0, (out->n - 1) * END_BYTES));
	buf_addstr(&out->bytes, buf_str(&out->bodies));
	ok = out->fn(out->arg, out->first, buf_str(&out->bytes), err);
	out->n = 0;
	buf_reset(&out->terms);
	buf_reset(&out->ends);
	buf_reset(&out->bodies);
	return ok;
}

static size_t posting_bytes(const struct posting *v, size_t n, uint8_t *to)
{
	uint32_t before = UINT32_MAX;
	size_t len = put_varint(to, (uint32_t)n);

	for (size_t i = 0; i < n; i++) {
		len += put_varint(to + len, v[i].story - before - 1);
		to[len++] = v[i].weight;
		before = v[i].story;
	}
	return len;
}

bool chunk_add(struct chunk_out *out, uint32_t term, const struct posting *v, size_t n, struct err *err)
{
	uint8_t *body = mem_array(n + 1, 6);
	size_t len = posting_bytes(v, n, body), head = out->n * (ENTRY_BYTES + END_BYTES);
	bool ok = true;

	if (!out->bytes.max)
		out->bytes = out->terms = out->ends = out->bodies = BUF_MAX(CHUNK_MAX);
	if (out->n && out->bodies.len + head + len > CHUNK_BYTES)
		ok = give(out, err);
	if (!out->n)
		out->first = term;
	put_u32(&out->terms, term);
	buf_add(&out->bodies, body, len);
	put_u16(&out->ends, out->bodies.len);
	out->n++;
	mem_free(body);
	return ok;
}

bool chunk_end(struct chunk_out *out, struct err *err)
{
	return give(out, err);
}

void chunk_release(struct chunk_out *out)
{
	buf_release(&out->terms);
	buf_release(&out->ends);
	buf_release(&out->bodies);
	buf_release(&out->bytes);
}

size_t chunk_count(struct str chunk)
{
	size_t n = chunk.len < HEAD_BYTES ? 0 : get_u16(chunk.p);

	return HEAD_BYTES + n * (ENTRY_BYTES + END_BYTES) <= chunk.len + END_BYTES ? n : 0;
}

static uint32_t term_at(struct str chunk, size_t i)
{
	return get_u32(chunk.p + HEAD_BYTES + i * ENTRY_BYTES);
}

bool chunk_entry(struct str chunk, size_t i, struct chunk_entry *out)
{
	size_t n = chunk_count(chunk);
	const char *ends = chunk.p + HEAD_BYTES + n * ENTRY_BYTES;
	size_t from, to;
	struct str bodies;

	if (i >= n)
		return false;
	bodies = str_skip(chunk, HEAD_BYTES + n * ENTRY_BYTES + (n - 1) * END_BYTES);
	from = i ? get_u16(ends + (i - 1) * END_BYTES) : 0;
	to = i + 1 < n ? get_u16(ends + i * END_BYTES) : bodies.len;
	if (from > to || to > bodies.len)
		return false;
	out->term = term_at(chunk, i);
	out->postings = str_sub(bodies, from, to - from);
	return get_varint(&out->postings, &out->n);
}

size_t chunk_find(struct str chunk, uint32_t term)
{
	size_t low = 0, high = chunk_count(chunk);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (term_at(chunk, middle) < term)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- norms ---- */

#define NORMS_HEAD      9
#define STORY_SPLIT     65536u
#define HOUR_BYTES      2
#define HOUR_BYTES_WIDE 4

static uint32_t get_small(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8;
}

static void put_norms(struct buf *out, const struct norm *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		long norm = lroundf(v[i].norm * NORM_UNIT);

		put_u16(out, (size_t)(norm < 1 ? 1 : norm > UINT16_MAX ? UINT16_MAX : norm));
	}
}

static void put_hours(struct buf *out, const struct norm *v, size_t n, int32_t from, bool wide)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t hour = (uint32_t)v[i].hour - (uint32_t)from;

		if (wide)
			put_u32(out, hour);
		else
			put_u16(out, hour);
	}
}

bool norms_encode(struct buf *out, const struct norm *v, size_t n)
{
	int32_t from = INT32_MAX, to = INT32_MIN;
	uint32_t split = 0;
	bool wide;

	for (size_t i = 0; i < n; i++) {
		from = v[i].hour < from ? v[i].hour : from;
		to = v[i].hour > to ? v[i].hour : to;
		split += v[i].story < STORY_SPLIT;
	}
	wide = n && (int64_t)to - from > UINT16_MAX;
	put_u32(out, (uint32_t)from);
	put_u32(out, split);
	buf_addc(out, wide ? HOUR_BYTES_WIDE : HOUR_BYTES);
	put_norms(out, v, n);
	put_hours(out, v, n, from, wide);
	for (size_t i = 0; i < n; i++)
		put_u16(out, v[i].story % STORY_SPLIT);
	return !out->failed;
}

struct norms norms_open(struct str bytes)
{
	struct norms out = {0};

	if (bytes.len < NORMS_HEAD)
		return out;
	out.hour = (int32_t)get_u32(bytes.p);
	out.split = get_u32(bytes.p + 4);
	out.hour_bytes = (uint8_t)bytes.p[8] == HOUR_BYTES_WIDE ? HOUR_BYTES_WIDE : HOUR_BYTES;
	out.n = (bytes.len - NORMS_HEAD) / (NORM_BYTES + out.hour_bytes);
	out.norms = (const uint8_t *)bytes.p + NORMS_HEAD;
	out.hours = out.norms + 2 * out.n;
	out.stories = out.hours + out.hour_bytes * out.n;
	return out;
}

struct norm norms_at(const struct norms *n, size_t i)
{
	const uint8_t *hour = n->hours + n->hour_bytes * i;
	uint32_t hours = n->hour_bytes == HOUR_BYTES ? get_small(hour) : get_u32((const char *)hour);

	return (struct norm){.story = get_small(n->stories + 2 * i) + (i >= n->split ? STORY_SPLIT : 0),
	    .hour = (int32_t)((uint32_t)n->hour + hours),
	    .norm = (float)norms_length(n, i) / NORM_UNIT};
}

/* ---- what is common ---- */

void idf_release(struct idf_table *t)
{
	mem_free(t->common);
	*t = (struct idf_table){0};
}

/* Where a term is, or would be. There is always a free place. */
static struct common_term *place_of(const struct idf_table *t, uint32_t term)
{
	size_t mask = t->room - 1, at = term & mask;

	while (t->common[at].df && t->common[at].term != term)
		at = (at + 1) & mask;
	return &t->common[at];
}

static void make_room(struct idf_table *t)
{
	struct idf_table wider = {.room = t->room ? 2 * t->room : ROOM_LEAST};

	if (2 * (t->n_common + 1) <= t->room)
		return;
	wider.common = mem_array(wider.room, sizeof *wider.common);
	for (size_t i = 0; i < t->room; i++)
		if (t->common[i].df)
			*place_of(&wider, t->common[i].term) = t->common[i];
	mem_free(t->common);
	t->common = wider.common;
	t->room = wider.room;
}

uint64_t idf_named(const struct idf_table *t, uint32_t term)
{
	return t->room ? place_of(t, term)->df : 0;
}

double idf_of(uint64_t n, uint64_t df)
{
	double limit = (n > SMALL_STORE ? 0.1 : 0.5) * (double)n;

	if ((double)df > (limit > DF_LEAST ? limit : DF_LEAST))
		return 0;
	return pow(log(1 + (double)n / ((double)df + IDF_SMOOTH)), IDF_POWER);
}

bool idf_is_common(uint64_t n, uint64_t df)
{
	return df * 32 >= n;
}

double idf_guess(const struct idf_table *t, uint32_t term)
{
	uint64_t df = idf_named(t, term);

	return df && idf_is_common(t->stories, df) ? idf_of(t->stories, df) : t->rest;
}

void idf_add(struct idf_table *t, struct str common)
{
	for (size_t i = 0; i + COMMON_BYTES <= common.len; i += COMMON_BYTES) {
		uint32_t term = get_u32(common.p + i), df = get_u32(common.p + i + 4);
		struct common_term *place;

		if (!df)
			continue;
		make_room(t);
		place = place_of(t, term);
		t->n_common += !place->df;
		place->term = term;
		place->df = df > UINT32_MAX - place->df ? UINT32_MAX : place->df + df;
	}
}

static int by_df(const void *a, const void *b)
{
	const struct common_term *x = a, *y = b;

	if (x->df != y->df)
		return x->df > y->df ? -1 : 1;
	return x->term < y->term ? -1 : x->term > y->term;
}

bool common_encode(struct buf *out, struct common_term *v, size_t n)
{
	if (n > 1)
		qsort(v, n, sizeof *v, by_df);
	for (size_t i = 0; i < n && i < SEGMENT_COMMON_MAX; i++) {
		put_u32(out, v[i].term);
		put_u32(out, v[i].df);
	}
	return !out->failed;
}

bool common_worth(uint64_t n, uint64_t df)
{
	return df > 1 && df * 64 >= n;
}
