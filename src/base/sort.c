/* SPDX-License-Identifier: MIT */
/* Sorting of numbers: digit by digit from the lowest, where there are many; few are put in place one by one.
 */
#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

#define FEW       32
#define DIGIT     8
#define DIGITS    (1u << DIGIT)
#define WORD_BITS 64

static void insert_each(uint64_t *v, size_t n, unsigned low)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t x = v[i];
		size_t at = i;

		for (; at > 0 && v[at - 1] >> low > x >> low; at--)
			v[at] = v[at - 1];
		v[at] = x;
	}
}

/* By one digit, from `from` to `to`. False, with nothing done, when all have the same. */
static bool by_digit(const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
	size_t start[DIGITS] = {0}, sum = 0;

	for (size_t i = 0; i < n; i++)
		start[from[i] >> shift & (DIGITS - 1)]++;
	if (start[from[0] >> shift & (DIGITS - 1)] == n)
		return false;
	for (size_t d = 0; d < DIGITS; d++) {
		size_t count = start[d];

		start[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[start[from[i] >> shift & (DIGITS - 1)]++] = from[i];
	return true;
}

void sort_u64(uint64_t *v, size_t n, unsigned low, uint64_t *scratch)
{
	uint64_t *from = v, *to = scratch;

	if (n <= FEW) {
		insert_each(v, n, low);
		return;
	}
	for (unsigned shift = low; shift < WORD_BITS; shift += DIGIT) {
		uint64_t *other = from;

		if (!by_digit(from, to, n, shift))
			continue;
		from = to;
		to = other;
	}
	if (from != v)
		memcpy(v, from, n * sizeof *v);
}
