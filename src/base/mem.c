/* SPDX-License-Identifier: MIT */
/* The heap behind one door: zeroed blocks, checked products, one end for want of memory. Owns no memory
 * itself; lifetimes are the callers' and the arenas' affair. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void exhausted_fn(void);

static _Atomic(exhausted_fn *) on_exhausted;

void mem_on_exhausted(void (*fn)(void))
{
	atomic_store(&on_exhausted, fn);
}

/* No stdio here: it may want memory. */
NORETURN static void exhausted(void)
{
	static const char text[] = "courant: out of memory\n";
	exhausted_fn *fn = atomic_exchange(&on_exhausted, NULL);

	if (fn)
		fn();
	ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
	(void)written; /* nobody is left to tell */
	_exit(2);
}

static size_t product(size_t n, size_t size)
{
	size_t len;

	if (__builtin_mul_overflow(n, size, &len) || len > PTRDIFF_MAX)
		exhausted();
	return len ? len : 1;
}

void *mem_alloc(size_t len)
{
	return mem_array(len, 1);
}

void *mem_array(size_t n, size_t size)
{
	void *p = calloc(1, product(n, size));

	if (!p)
		exhausted();
	return p;
}

void *mem_resize(void *p, size_t n, size_t size)
{
	void *q = realloc(p, product(n, size));

	if (!q)
		exhausted();
	return q;
}

char *mem_strdup(const char *s)
{
	return s ? mem_strndup(s, strlen(s)) : NULL;
}

char *mem_strndup(const char *s, size_t len)
{
	if (len == SIZE_MAX)
		exhausted();
	char *copy = malloc(product(len + 1, 1));

	if (!copy)
		exhausted();
	if (len)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *mem_printf(const char *fmt, ...)
{
	va_list ap;
	char *out = NULL;

	va_start(ap, fmt);
	int n = vasprintf(&out, fmt, ap);
	va_end(ap);
	if (n < 0)
		exhausted();
	return out;
}

void mem_free(void *p)
{
	free(p);
}

void mem_freep(void *pp)
{
	void *p;

	/* A pointer of any type is read as bytes, so that no type rule is broken. */
	memcpy(&p, pp, sizeof p);
	free(p);
}
