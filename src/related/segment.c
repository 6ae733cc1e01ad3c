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
#define DF_LEAST     3   /* stories that may share a term, however few there are */
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

static bool give(struct chunk_out *out, struct err *err)
{
	bool ok = !out->bytes.len || out->fn(out->arg, out->first, buf_str(&out->bytes), err);

	buf_reset(&out->bytes);
	return ok;
}

static size_t posting_bytes(const struct posting *v, size_t n, uint8_t *to)
{
	uint32_t before = UINT32_MAX;
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		len += put_varint(to + len, v[i].story - before - 1);
		to[len++] = v[i].weight;
		before = v[i].story;
	}
	return len;
}

bool chunk_add(struct chunk_out *out, uint32_t term, const struct posting *v, size_t n, struct err *err)
{
	uint8_t head[10];
	uint8_t *body = mem_array(n, 6);
	size_t len = posting_bytes(v, n, body), head_len;
	bool ok = true;

	if (!out->bytes.max)
		out->bytes = BUF_MAX(CHUNK_MAX);
	if (out->bytes.len && out->bytes.len + len > CHUNK_BYTES)
		ok = give(out, err);
	if (!out->bytes.len)
		out->first = term;
	head_len = put_varint(head, (uint32_t)n);
	head_len += put_varint(head + head_len, (uint32_t)len);
	put_u32(&out->bytes, term);
	buf_add(&out->bytes, head, head_len);
	buf_add(&out->bytes, body, len);
	mem_free(body);
	return ok;
}

bool chunk_end(struct chunk_out *out, struct err *err)
{
	bool ok = give(out, err);

	buf_release(&out->bytes);
	return ok;
}

bool chunk_next(struct str *chunk, struct chunk_entry *out)
{
	uint32_t len;

	if (chunk->len < 6)
		return false;
	out->term = get_u32(chunk->p);
	*chunk = str_skip(*chunk, 4);
	if (!get_varint(chunk, &out->n) || !get_varint(chunk, &len) || len > chunk->len)
		return false;
	out->postings = str_sub(*chunk, 0, len);
	*chunk = str_skip(*chunk, len);
	return true;
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
	double limit = (n > SMALL_STORE ? 0.1 : 0.2) * (double)n;

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
