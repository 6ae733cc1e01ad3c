/* SPDX-License-Identifier: MIT */
/* A growing run of bytes with a stated maximum. `data` is always NUL-terminated (never NULL after the
 * first addition). An addition that would pass `max` changes nothing, sets `failed` (sticky) and returns
 * false. Thread: one owner at a time. */
#ifndef CO_BASE_BUF_H
#define CO_BASE_BUF_H

#include "base/attr.h"
#include "base/str.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	char *data;
	size_t len, cap, max;
	bool failed;
};

#define BUF_MAX(limit) ((struct buf){.max = (limit)})
#define BUF_INIT       BUF_MAX((size_t)64 << 20)

void buf_release(struct buf *b); /* frees the bytes; b can be used again */
void buf_reset(struct buf *b);   /* empties, keeps the memory, clears `failed` */
bool buf_add(struct buf *b, const void *data, size_t len);
bool buf_addstr(struct buf *b, struct str s);
bool buf_adds(struct buf *b, const char *s);
bool buf_addc(struct buf *b, char c);
bool buf_fill(struct buf *b, char c, size_t n);
bool buf_addcp(struct buf *b, uint32_t codepoint); /* as UTF-8 */
bool buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
bool buf_reserve(struct buf *b, size_t more); /* room for `more` bytes, to be filled at data+len */
void buf_truncate(struct buf *b, size_t len);
void buf_trim_right(struct buf *b);        /* cuts ASCII white space off the end */
void buf_drop(struct buf *b, size_t n);    /* removes the first n bytes */
struct str buf_str(const struct buf *b);   /* borrowed, until the next change; never absent */
const char *buf_cstr(const struct buf *b); /* never NULL */
char *buf_take(struct buf *b);             /* returns yours (mem_free); b is empty after it */

#endif
