/* SPDX-License-Identifier: MIT */
/* Memory by lifetime: a list of chunks that grow, blocks cut off the newest one. In an AddressSanitizer build
 * what is not handed out is poisoned, with a gap behind each block, so that an overrun is seen as with
 * malloc(). */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#ifdef __has_feature
#	if __has_feature(address_sanitizer)
#		define ARENA_POISONS
#	endif
#endif
#if defined __SANITIZE_ADDRESS__ && !defined ARENA_POISONS
#	define ARENA_POISONS
#endif

#ifdef ARENA_POISONS
#	include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#	define hide(p, len) __asan_poison_memory_region((p), (len))
#	define show(p, len) __asan_unpoison_memory_region((p), (len))
#else
enum { GAP = 0 };
#	define hide(p, len) ((void)0)
#	define show(p, len) ((void)0)
#endif

enum {
	ALIGN = _Alignof(max_align_t),
	CHUNK_FIRST = 4096 - 64, /* with malloc's own bytes just below a page */
	CHUNK_MOST = 256 << 10,
};

struct chunk {
	struct chunk *next;
	size_t len, used;
	_Alignas(max_align_t) char bytes[];
};

struct arena {
	struct chunk *newest; /* blocks are cut off this one; the first chunk is last in the list */
	size_t next_len;
	size_t handed_out;
};

static struct chunk *chunk_new(size_t len)
{
	struct chunk *c = mem_resize(NULL, sizeof *c + len, 1);

	c->next = NULL;
	c->len = len;
	c->used = 0;
	hide(c->bytes, len);
	return c;
}

static void chunk_free(struct chunk *c)
{
	show(c->bytes, c->len);
	mem_free(c);
}

struct arena *arena_new(void)
{
	struct arena *a = mem_new(struct arena);

	a->next_len = CHUNK_FIRST;
	return a;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	for (struct chunk *c = a->newest, *next; c; c = next) {
		next = c->next;
		chunk_free(c);
	}
	mem_free(a);
}

void arena_reset(struct arena *a)
{
	while (a->newest && a->newest->next) {
		struct chunk *c = a->newest;
		a->newest = c->next;
		chunk_free(c);
	}
	if (a->newest && a->newest->len > CHUNK_MOST) {
		chunk_free(a->newest);
		a->newest = NULL;
	}
	if (a->newest) {
		a->newest->used = 0;
		hide(a->newest->bytes, a->newest->len);
	}
	a->next_len = CHUNK_FIRST;
	a->handed_out = 0;
}

size_t arena_bytes(const struct arena *a)
{
	return a->handed_out;
}

/* A chunk with room for len bytes. A block too large for the usual chunk gets its own, behind the newest, so
 * that the newest one's rest is not lost. */
static struct chunk *room(struct arena *a, size_t len)
{
	struct chunk *c = a->newest;

	if (c && c->len - c->used >= len)
		return c;
	if (c && len > a->next_len / 4) {
		struct chunk *own = chunk_new(len);
		own->next = c->next;
		c->next = own;
		return own;
	}
	struct chunk *fresh = chunk_new(len > a->next_len ? len : a->next_len);
	fresh->next = c;
	a->newest = fresh;
	if (a->next_len < CHUNK_MOST)
		a->next_len *= 2;
	return fresh;
}

static void *block(struct arena *a, size_t len)
{
	size_t padded = len > SIZE_MAX / 2 ? len : (len + GAP + ALIGN - 1) / ALIGN * ALIGN;

	if (padded == 0)
		padded = ALIGN;
	struct chunk *c = room(a, padded);
	char *p = c->bytes + c->used;

	c->used += padded;
	a->handed_out += len;
	show(p, len);
	return p;
}

void *arena_alloc(struct arena *a, size_t len)
{
	void *p = block(a, len);

	memset(p, 0, len);
	return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t len;

	/* A product that no memory can hold ends where all want of memory ends. */
	if (__builtin_mul_overflow(n, size, &len))
		len = SIZE_MAX / 2 + 1;
	return arena_alloc(a, len);
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_cstr(a, str_c(s));
}

struct str arena_str(struct arena *a, struct str s)
{
	return (struct str){arena_cstr(a, s), s.len};
}

char *arena_cstr(struct arena *a, struct str s)
{
	if (!s.p)
		return NULL;
	char *copy = block(a, s.len + 1);

	memcpy(copy, s.p, s.len);
	copy[s.len] = '\0';
	return copy;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	size_t len = n > 0 ? (size_t)n : 0;
	char *out = arena_alloc(a, len + 1);
	if (n > 0)
		vsnprintf(out, len + 1, fmt, again);
	va_end(again);
	return out;
}

void *arena_grow(struct arena *a, const void *old, size_t n, size_t cap, size_t size)
{
	void *p = arena_array(a, cap, size);

	if (n)
		memcpy(p, old, (n < cap ? n : cap) * size);
	return p;
}
