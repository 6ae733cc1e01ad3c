/* SPDX-License-Identifier: MIT */
/* Memory from the heap. Out of memory ends the program in one place, so no caller checks for NULL.
 * Thread: any. */
#ifndef CO_BASE_MEM_H
#define CO_BASE_MEM_H

#include "base/attr.h"
#include <stddef.h>

/* Zeroed memory of `len` bytes (at least 1). Returns yours; free with mem_free(). */
void *mem_alloc(size_t len) MALLOC_LIKE;
/* n × size bytes, zeroed; the product is checked for overflow. */
void *mem_array(size_t n, size_t size) MALLOC_LIKE;
/* realloc() of n × size bytes, checked; new bytes are not zeroed. */
void *mem_resize(void *p, size_t n, size_t size) NODISCARD NEVER_NULL;
char *mem_strdup(const char *s) MALLOC_LIKE;              /* NULL gives NULL */
char *mem_strndup(const char *s, size_t len) MALLOC_LIKE; /* copies len bytes, adds NUL */
char *mem_printf(const char *fmt, ...) PRINTF(1, 2) MALLOC_LIKE;
void mem_free(void *p);
/* What runs before the program ends for want of memory (restore the terminal). NULL: nothing. */
void mem_on_exhausted(void (*fn)(void));

#define mem_new(type) ((type *)mem_alloc(sizeof(type)))

/* SCOPED(mem) void *p / char *p is not possible for typed pointers: use SCOPED_STR. */
void mem_freep(void *pp);
#define SCOPED_STR SCOPED_PTR(mem) char *

#endif
