/* SPDX-License-Identifier: MIT */
/* Growing bytes with a stated maximum. Owns the one block behind a buf; what the bytes mean is the callers'.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { CAP_FIRST = 64 };

void buf_release(struct buf *b)
{
	mem_free(b->data);
	b->data = NULL;
	b->len = b->cap = 0;
	b->failed = false;
}

void buf_reset(struct buf *b)
{
	buf_truncate(b, 0);
	b->failed = false;
}

/* cap counts the final NUL, max does not. */
bool buf_reserve(struct buf *b, size_t more)
{
	if (b->failed || b->len > b->max || more > b->max - b->len) {
		b->failed = true;
		return false;
	}
	size_t need = b->len + more + 1;
	if (need <= b->cap)
		return true;
	size_t cap = b->cap ? b->cap : CAP_FIRST;
	while (cap < need)
		cap = cap > b->max / 2 ? b->max + 1 : cap * 2;
	b->data = mem_resize(b->data, cap, 1);
	b->cap = cap;
	b->data[b->len] = '\0';
	return true;
}

bool buf_add(struct buf *b, const void *data, size_t len)
{
	if (!buf_reserve(b, len))
		return false;
	if (len)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
	return true;
}

bool buf_addstr(struct buf *b, struct str s)
{
	return buf_add(b, s.p, s.len);
}

bool buf_adds(struct buf *b, const char *s)
{
	return buf_add(b, s, strlen(s));
}

bool buf_addc(struct buf *b, char c)
{
	return buf_add(b, &c, 1);
}

bool buf_fill(struct buf *b, char c, size_t n)
{
	if (!buf_reserve(b, n))
		return false;
	memset(b->data + b->len, c, n);
	b->len += n;
	b->data[b->len] = '\0';
	return true;
}

bool buf_addcp(struct buf *b, uint32_t codepoint)
{
	uint32_t c = codepoint;
	char out[4];
	size_t n = 0;

	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	if (c < 0x80) {
		out[n++] = (char)c;
	} else if (c < 0x800) {
		out[n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		out[n++] = (char)(0xe0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		out[n++] = (char)(0xf0 | c >> 18);
		out[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		out[n++] = (char)(0x80 | (c & 0x3f));
	return buf_add(b, out, n);
}

bool buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	size_t room = b->cap ? b->cap - b->len : 0;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(room ? b->data + b->len : NULL, room, fmt, ap);
	va_end(ap);
	bool ok = n >= 0 && buf_reserve(b, (size_t)n);
	if (ok && (size_t)n >= room)
		vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
	va_end(again);
	if (ok)
		b->len += (size_t)n;
	else
		b->failed = true;
	if (b->data)
		b->data[b->len] = '\0';
	return ok;
}

void buf_truncate(struct buf *b, size_t len)
{
	if (len < b->len)
		b->len = len;
	if (b->data)
		b->data[b->len] = '\0';
}

void buf_trim_right(struct buf *b)
{
	size_t len = b->len;

	while (len && ch_space((unsigned char)b->data[len - 1]))
		len--;
	buf_truncate(b, len);
}

void buf_drop(struct buf *b, size_t n)
{
	if (n > b->len)
		n = b->len;
	if (n == 0)
		return;
	memmove(b->data, b->data + n, b->len - n);
	buf_truncate(b, b->len - n);
}

struct str buf_str(const struct buf *b)
{
	return (struct str){buf_cstr(b), b->len};
}

const char *buf_cstr(const struct buf *b)
{
	return b->data ? b->data : "";
}

char *buf_take(struct buf *b)
{
	char *data = b->data ? b->data : mem_strdup("");

	b->data = NULL;
	buf_release(b);
	return data;
}
