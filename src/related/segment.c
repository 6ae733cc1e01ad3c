/* SPDX-License-Identifier: MIT */
/* Owns the bytes of a segment. Leaves merging to merge.c, the database to store/index_db. */
#include "related/segment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CHUNK_BYTES  4000 /* closed above: one page of the database with its overhead */
#define CHUNK_MAX    ((size_t)2 << 20)
#define NORM_BYTES   10
#define NORM_UNIT    16.0f
#define COMMON_BYTES 8
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

bool norms_add(struct buf *out, const struct norm *n)
{
	long norm = lroundf(n->norm * NORM_UNIT);
	uint16_t small = (uint16_t)(norm < 1 ? 1 : norm > UINT16_MAX ? UINT16_MAX : norm);
	uint8_t b[2] = {(uint8_t)small, (uint8_t)(small >> 8)};

	put_u32(out, n->story);
	put_u32(out, (uint32_t)n->hour);
	return buf_add(out, b, sizeof b);
}

size_t norms_count(struct str bytes)
{
	return bytes.len / NORM_BYTES;
}

struct norm norms_at(struct str bytes, size_t i)
{
	const char *p = bytes.p + i * NORM_BYTES;

	return (struct norm){
	    get_u32(p), (int32_t)get_u32(p + 4), (float)((uint8_t)p[8] | (uint8_t)p[9] << 8) / NORM_UNIT};
}

/* ---- what is common ---- */

void idf_release(struct idf_table *t)
{
	imap_release(&t->common);
	*t = (struct idf_table){0};
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
	uint64_t df = 0;
	bool common = imap_get(&t->common, term, &df) && idf_is_common(t->stories, df);

	return common ? idf_of(t->stories, df) : t->rest;
}

void idf_add(struct idf_table *t, struct str common)
{
	for (size_t i = 0; i + COMMON_BYTES <= common.len; i += COMMON_BYTES)
		*imap_at(&t->common, get_u32(common.p + i)) += get_u32(common.p + i + 4);
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
