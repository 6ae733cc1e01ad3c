/* SPDX-License-Identifier: MIT */
/* The comparison itself: E. Myers' greedy search for the shortest edit script ("An O(ND) difference algorithm
 * and its variations", 1986), with the furthest points of each round kept for the way back; and the cutting
 * of a text into what is compared. */
#include "app/diff.h"

#include "base/hash.h"
#include "base/mem.h"
#include "text/utf8.h"

/* Round d has 2d + 1 diagonals; those of all rounds lie one after the other. */
struct search {
	const uint64_t *a, *b;
	ptrdiff_t na, nb;
	int32_t *furthest; /* x on diagonal k of round d: furthest[d * d + d + k] */
	size_t rounds;     /* there is room for */
};

static int32_t *at(struct search *s, ptrdiff_t d, ptrdiff_t k)
{
	return &s->furthest[d * d + d + k];
}

static void make_room(struct search *s, ptrdiff_t d)
{
	if ((size_t)d < s->rounds)
		return;
	s->rounds = s->rounds ? s->rounds * 2 : 16;
	s->furthest = mem_resize(s->furthest, s->rounds * s->rounds, sizeof *s->furthest);
}

/* True when diagonal k of round d is come to by a step down (an item of b), else by one to the right. */
static bool comes_down(struct search *s, ptrdiff_t d, ptrdiff_t k)
{
	return k == -d || (k != d && *at(s, d - 1, k - 1) < *at(s, d - 1, k + 1));
}

static ptrdiff_t begin_of(struct search *s, ptrdiff_t d, ptrdiff_t k)
{
	if (!d)
		return 0;
	return comes_down(s, d, k) ? *at(s, d - 1, k + 1) : *at(s, d - 1, k - 1) + 1;
}

/* The number of differences; -1: too many. */
static ptrdiff_t run(struct search *s)
{
	for (ptrdiff_t d = 0; d <= DIFF_EDITS_MAX; d++) {
		make_room(s, d);
		for (ptrdiff_t k = -d; k <= d; k += 2) {
			ptrdiff_t x = begin_of(s, d, k), y = x - k;

			/* A diagonal that has left the field goes on as if it stood at its edge. */
			while (x >= 0 && y >= 0 && x < s->na && y < s->nb && s->a[x] == s->b[y])
				x++, y++;
			*at(s, d, k) = (int32_t)x;
			if (x >= s->na && y >= s->nb)
				return d;
		}
	}
	return -1;
}

static void walk_back(struct search *s, ptrdiff_t d, bool *same_a, bool *same_b)
{
	ptrdiff_t k = s->na - s->nb, x = s->na;

	for (; d >= 0; d--) {
		ptrdiff_t begin = begin_of(s, d, k);

		for (; x > begin; x--)
			same_a[x - 1] = same_b[x - 1 - k] = true;
		if (!d)
			break;
		if (comes_down(s, d, k)) {
			k++;
		} else {
			k--;
			x--;
		}
	}
}

void diff_numbers(const uint64_t *a, size_t na, const uint64_t *b, size_t nb, bool *same_a, bool *same_b)
{
	size_t head = 0, tail = 0;
	struct search s = {0};
	ptrdiff_t d;

	for (size_t i = 0; i < na; i++)
		same_a[i] = false;
	for (size_t i = 0; i < nb; i++)
		same_b[i] = false;
	for (; head < na && head < nb && a[head] == b[head]; head++)
		same_a[head] = same_b[head] = true;
	for (; tail < na - head && tail < nb - head && a[na - 1 - tail] == b[nb - 1 - tail]; tail++)
		same_a[na - 1 - tail] = same_b[nb - 1 - tail] = true;
	s.a = a + head;
	s.b = b + head;
	s.na = (ptrdiff_t)(na - head - tail);
	s.nb = (ptrdiff_t)(nb - head - tail);
	if (!s.na || !s.nb)
		return;
	d = run(&s);
	if (d >= 0)
		walk_back(&s, d, same_a + head, same_b + head);
	mem_free(s.furthest);
}

/* ---- Tokens ---- */

static bool is_of_word(uint32_t cp)
{
	return cp_is_letter(cp) || cp_is_digit(cp) || cp_is_mark(cp);
}

/* The end of the token that begins at `from`. */
static size_t token_end(struct str s, size_t from, bool *word)
{
	size_t end = from, next;
	uint32_t first = utf8_next(s, &end);

	*word = is_of_word(first);
	if (cp_is_unspaced(first) || !(*word || cp_is_space(first))) {
		while (next = end, next < s.len && cp_is_mark(utf8_next(s, &next)))
			end = next;
		return end;
	}
	while (end < s.len) {
		uint32_t cp;

		next = end;
		cp = utf8_next(s, &next);
		if (*word ? !is_of_word(cp) || cp_is_unspaced(cp) : !cp_is_space(cp))
			break;
		end = next;
	}
	return end;
}

struct diff_token *diff_tokens(struct arena *a, struct str text, size_t *n)
{
	struct diff_token *tokens = arena_array(a, text.len + 1, sizeof *tokens);

	*n = 0;
	for (size_t from = 0; from < text.len;) {
		struct diff_token *t = &tokens[(*n)++];
		size_t end = token_end(text, from, &t->word);

		t->start = (uint32_t)from;
		t->len = (uint32_t)(end - from);
		t->key = hash_seeded(str_sub(text, from, end - from));
		/* White space of any length and kind is the same. */
		if (ch_space((unsigned char)text.p[from]))
			t->key = 1;
		from = end;
	}
	return tokens;
}
