/* SPDX-License-Identifier: MIT */
/* Eight bytes at a time: whether any of them is one of these, and which is the first. Runs of ordinary text
 * are skipped by it; what ends a run is looked at byte by byte by who asks. Answers may be joined by |.
 * Thread: any.
 */
#ifndef CO_BASE_EIGHT_H
#define CO_BASE_EIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EIGHT_ONES UINT64_C(0x0101010101010101)
#define EIGHT_HIGH (EIGHT_ONES * 0x80)

static inline uint64_t eight_at(const void *p)
{
	uint64_t x;

	memcpy(&x, p, 8);
	return x;
}

/* Bytes before the first that made an answer other than 0. The order of bytes in a number decides whether
 * that can be told: otherwise none. */
static inline size_t eight_first(uint64_t answer)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(answer) / 8;
#else
	(void)answer;
	return 0;
#endif
}

/* Not 0 when a byte of x is 0. */
static inline uint64_t eight_zero(uint64_t x)
{
	return (x - EIGHT_ONES) & ~x & EIGHT_HIGH;
}

/* Not 0 when a byte of x is c. */
static inline uint64_t eight_has(uint64_t x, unsigned char c)
{
	return eight_zero(x ^ (EIGHT_ONES * c));
}

/* Not 0 when a byte of x is less than c, which is at most 0x80. */
static inline uint64_t eight_under(uint64_t x, unsigned char c)
{
	return (x - EIGHT_ONES * c) & ~x & EIGHT_HIGH;
}

/* Not 0 when a byte of x is no printable ASCII. */
static inline uint64_t eight_unprintable(uint64_t x)
{
	return (x | (x - EIGHT_ONES * 0x20) | (x + EIGHT_ONES)) & EIGHT_HIGH;
}

/* Not 0 when p, of which nine bytes are read, has two c side by side. */
static inline uint64_t eight_twice(const void *p, unsigned char c)
{
	uint64_t all = EIGHT_ONES * c;

	return eight_zero((eight_at(p) ^ all) | (eight_at((const char *)p + 1) ^ all));
}

#endif
