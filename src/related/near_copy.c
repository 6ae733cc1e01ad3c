/* SPDX-License-Identifier: MIT */
/* Owns shingles: three words in a row. */
#include "related/near_copy.h"

#include "base/hash.h"
#include "base/sort.h"
#include "base/vec.h"
#include "text/word.h"

#define WORDS 500
#define LEAST 12 /* shingles; shorter texts are alike by chance */

struct shingling {
	VEC(uint64_t);
	uint64_t last[2];
	size_t words;
};

static bool add_word(void *arg, const struct word *w)
{
	struct shingling *s = arg;
	uint64_t h = hash_stable(w->text);

	if (s->words >= 2)
		vec_push(
		    s, (uint64_t)(uint32_t)hash_mix(hash_mix(s->last[0] + 1) + hash_mix(s->last[1] + 2) + h));
	s->last[0] = s->last[1];
	s->last[1] = h;
	return ++s->words < WORDS;
}

struct shingles shingles_of(struct arena *a, struct str title, struct str body)
{
	struct shingling s = {0};
	struct shingles out;

	word_each(body.len ? body : title, add_word, &s);
	sort_u64(s.v, s.n, 0, arena_array(a, s.n + 1, sizeof *s.v));
	out = (struct shingles){arena_array(a, s.n ? s.n : 1, sizeof *out.v), 0};
	for (size_t i = 0; i < s.n; i++)
		if (!out.n || s.v[i] != out.v[out.n - 1])
			out.v[out.n++] = (uint32_t)s.v[i];
	vec_free(&s);
	return out;
}

bool near_copy(const struct shingles *a, const struct shingles *b)
{
	size_t i = 0, k = 0, both = 0, shorter = a->n < b->n ? a->n : b->n;

	if (shorter < LEAST)
		return false;
	while (i < a->n && k < b->n) {
		if (a->v[i] < b->v[k]) {
			i++;
		} else if (a->v[i] > b->v[k]) {
			k++;
		} else {
			both++;
			i++;
			k++;
		}
	}
	return both * 2 >= shorter;
}
