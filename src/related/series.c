/* SPDX-License-Identifier: MIT */
/* Owns what the headlines of a series have in common. */
#include "related/series.h"

#include "base/hash.h"
#include "text/word.h"

#define WORDS_MAX   64
#define HOURS_LEAST 12 /* of two that have one headline: sooner, it is one story told again */

struct headline {
	uint64_t words[WORDS_MAX];
	bool counts[WORDS_MAX]; /* has a digit */
	size_t n;
};

static bool add_word(void *arg, const struct word *w)
{
	struct headline *h = arg;

	for (size_t i = 0; i < w->text.len; i++)
		h->counts[h->n] = h->counts[h->n] || ch_digit((unsigned char)w->text.p[i]);
	h->words[h->n++] = hash_stable(w->text);
	return h->n < WORDS_MAX;
}

bool series_are(struct str title, struct str other, double hours)
{
	struct headline a = {0}, b = {0};
	size_t numbers = 0, words = 0, alike = 0;

	word_each(title, add_word, &a);
	word_each(other, add_word, &b);
	if (!a.n || a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		bool same = a.words[i] == b.words[i];

		alike += same;
		numbers += !same && a.counts[i] && b.counts[i];
		words += !same && !(a.counts[i] && b.counts[i]);
	}
	if (alike == a.n)
		return hours >= HOURS_LEAST;
	return numbers > 0 && words <= 1 && (words == 0 || alike > 1);
}
