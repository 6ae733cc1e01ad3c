/* SPDX-License-Identifier: MIT */
/* Memory that dies together: one job, one arena. Blocks are freed only with the arena.
 * Thread: one owner at a time; ownership may be passed on. */
#ifndef CO_BASE_ARENA_H
#define CO_BASE_ARENA_H

#include "base/attr.h"
#include "base/str.h"
#include <stddef.h>

struct arena;

struct arena *arena_new(void);    /* returns yours */
void arena_free(struct arena *a); /* NULL is fine */
DEFINE_FREEP(arena)
void arena_reset(struct arena *a);         /* forgets all blocks, keeps the first chunk for reuse */
size_t arena_bytes(const struct arena *a); /* handed out so far */

void *arena_alloc(struct arena *a, size_t len);            /* zeroed, aligned for any type */
void *arena_array(struct arena *a, size_t n, size_t size); /* zeroed, product checked */
char *arena_strdup(struct arena *a, const char *s);        /* NULL gives NULL */
/* A NUL-terminated copy of s; an absent s stays absent. */
struct str arena_str(struct arena *a, struct str s);
char *arena_cstr(struct arena *a, struct str s); /* the same as C string; absent gives NULL */
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
/* Appends growth: copies old (n elements of size) into room for `cap` elements. */
void *arena_grow(struct arena *a, const void *old, size_t n, size_t cap, size_t size);

#define arena_new_of(a, type) ((type *)arena_alloc((a), sizeof(type)))

#endif
