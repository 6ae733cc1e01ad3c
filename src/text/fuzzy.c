/* SPDX-License-Identifier: MIT */
/* Near misses of names, and the subsequence match of the picker. */
#include "text/fuzzy.h"

#include "base/buf.h"
#include "text/fold.h"
#include "text/utf8.h"

#include <stdlib.h>

#define NAME_MAX_CP 96 /* longer names are compared by their beginning */

static size_t decode(struct str s, uint32_t *out)
{
	size_t n = 0;

	for (size_t at = 0; at < s.len && n < NAME_MAX_CP;)
		out[n++] = utf8_next(s, &at);
	return n;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t fuzzy_distance(struct str a, struct str b, size_t limit)
{
	uint32_t x[NAME_MAX_CP], y[NAME_MAX_CP];
	size_t rows[3][NAME_MAX_CP + 1];
	size_t n = decode(a, x), m = decode(b, y);

	if ((n > m ? n - m : m - n) > limit)
		return limit + 1;
	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3], best = i;

		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (x[i - 1] != y[j - 1]));
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
			best = least(best, now[j]);
		}
		if (best > limit)
			return limit + 1;
	}
	return least(rows[n % 3][m], limit + 1);
}

const char *fuzzy_nearest(struct str word, const char *const *names, size_t n)
{
	size_t letters = utf8_count(word);
	size_t limit = letters < 4 ? 1 : letters < 8 ? 2 : 3;
	const char *best = NULL;

	for (size_t i = 0; i < n; i++) {
		size_t d = fuzzy_distance(word, str_c(names[i]), limit);

		if (d <= limit && d < letters) {
			best = names[i];
			if (d == 0)
				break;
			limit = d - 1;
		}
	}
	return best;
}

/* Words begin after a blank or a sign. */
static bool is_start(const uint32_t *text, size_t i)
{
	return i == 0 || (!cp_is_letter(text[i - 1]) && !cp_is_digit(text[i - 1]));
}

int fuzzy_score(struct str pattern, struct str text)
{
	SCOPED(buf) struct buf p = BUF_MAX(4096);
	SCOPED(buf) struct buf t = BUF_MAX(4096);
	uint32_t x[NAME_MAX_CP], y[NAME_MAX_CP];
	size_t n, m, j = 0;
	int score = 1;
	bool run = false;

	if (pattern.len == 0)
		return 1;
	if (!fold_add(&p, utf8_cut(pattern, 1000)) || !fold_add(&t, utf8_cut(text, 1000)))
		return 0;
	n = decode(buf_str(&p), x);
	m = decode(buf_str(&t), y);
	for (size_t i = 0; i < n; i++) {
		size_t at = j;

		if (x[i] == ' ')
			continue;
		/* The start of a word is taken before a letter inside one, unless a run goes on. */
		while (at < m && !(y[at] == x[i] && (is_start(y, at) || (run && at == j))))
			at++;
		for (at = at < m ? at : j; at < m && y[at] != x[i];)
			at++;
		if (at >= m)
			return 0;
		score += 1 + (is_start(y, at) ? 8 : 0) + (run && at == j ? 9 : 0) + (at == 0 ? 4 : 0);
		run = true;
		j = at + 1;
	}
	/* Of two equal matches the shorter text is meant. */
	return score * 100 - (int)(m < 99 ? m : 99);
}
