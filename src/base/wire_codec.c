/* SPDX-License-Identifier: MIT */
/* The fields of a payload, written and read. Reading never trusts; sending is wire.c's. */
#include "base/wire.h"

#include <string.h>

static void put(struct buf *b, uint64_t v, size_t bytes)
{
	unsigned char out[8];

	for (size_t i = 0; i < bytes; i++)
		out[i] = (unsigned char)(v >> 8 * i);
	buf_add(b, out, bytes);
}

void wire_u8(struct buf *b, uint8_t v)
{
	put(b, v, 1);
}

void wire_u16(struct buf *b, uint16_t v)
{
	put(b, v, 2);
}

void wire_u32(struct buf *b, uint32_t v)
{
	put(b, v, 4);
}

void wire_u64(struct buf *b, uint64_t v)
{
	put(b, v, 8);
}

void wire_i64(struct buf *b, int64_t v)
{
	put(b, (uint64_t)v, 8);
}

void wire_var(struct buf *b, uint64_t v)
{
	unsigned char out[10];
	size_t n = 0;

	for (; v >= 0x80; v >>= 7)
		out[n++] = (unsigned char)(v | 0x80);
	out[n++] = (unsigned char)v;
	buf_add(b, out, n);
}

void wire_str(struct buf *b, struct str s)
{
	wire_var(b, s.p ? (uint64_t)s.len + 1 : 0);
	buf_addstr(b, s);
}

static uint64_t get(struct wire_in *in, size_t bytes)
{
	uint64_t v = 0;

	if (in->bad || in->rest.len < bytes) {
		in->bad = true;
		return 0;
	}
	for (size_t i = 0; i < bytes; i++)
		v |= (uint64_t)(unsigned char)in->rest.p[i] << 8 * i;
	in->rest = str_skip(in->rest, bytes);
	return v;
}

uint8_t wire_get_u8(struct wire_in *in)
{
	return (uint8_t)get(in, 1);
}

uint16_t wire_get_u16(struct wire_in *in)
{
	return (uint16_t)get(in, 2);
}

uint32_t wire_get_u32(struct wire_in *in)
{
	return (uint32_t)get(in, 4);
}

uint64_t wire_get_u64(struct wire_in *in)
{
	return get(in, 8);
}

int64_t wire_get_i64(struct wire_in *in)
{
	uint64_t v = get(in, 8);
	int64_t out;

	memcpy(&out, &v, sizeof out);
	return out;
}

uint64_t wire_get_var(struct wire_in *in)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint64_t byte = get(in, 1);
		if (in->bad || (shift == 63 && byte > 1))
			break;
		v |= (byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return v;
	}
	in->bad = true;
	return 0;
}

struct str wire_get_str(struct wire_in *in)
{
	uint64_t len = wire_get_var(in);

	if (len == 0)
		return STR_NONE;
	if (len - 1 > in->rest.len) {
		in->bad = true;
		return STR_NONE;
	}
	struct str s = str_sub(in->rest, 0, (size_t)len - 1);
	in->rest = str_skip(in->rest, s.len);
	return s.p ? s : STR("");
}

size_t wire_get_count(struct wire_in *in, size_t min_bytes)
{
	uint64_t n = wire_get_var(in);

	if (n > in->rest.len / (min_bytes ? min_bytes : 1)) {
		in->bad = true;
		return 0;
	}
	return (size_t)n;
}
