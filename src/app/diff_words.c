/* SPDX-License-Identifier: MIT */
/* Words compared, and set side by side. */
#include "app/diff_words.h"

#include "base/map.h"
#include "base/mem.h"
#include "doc/append.h"
#include "text/word.h"

#define TEXT_MAX ((size_t)128 << 10) /* of one block; longer ones are changed as a whole */

struct words {
	struct str text;
	struct diff_token *tokens;
	uint64_t *keys;
	bool *same;
	size_t n;
};

static void words_init(struct words *w, struct arena *a, struct str text)
{
	w->text = text;
	w->tokens = diff_tokens(a, text, &w->n);
	w->keys = arena_array(a, w->n + 1, sizeof *w->keys);
	w->same = arena_array(a, w->n + 1, sizeof *w->same);
	for (size_t i = 0; i < w->n; i++)
		w->keys[i] = w->tokens[i].key;
}

/* ---- Saying ---- */

static void say(struct doc_builder *out, const struct diff_side *side, size_t from, size_t to, unsigned style)
{
	static const struct doc nothing;

	if (from >= to)
		return;
	if (style == RUN_INSERTED)
		doc_text(out, STR("{+"), style, STR_NONE);
	doc_append_rich(out, side->doc ? side->doc : &nothing, side->rich, from, to, style);
	if (style == RUN_INSERTED)
		doc_text(out, STR("+}"), style, STR_NONE);
}

static void count(struct str text, unsigned style, struct diff_counts *counts)
{
	size_t n = word_count(text);

	/* A changed comma is a change. */
	if (!n && text.len)
		n = 1;
	if (style == RUN_DELETED)
		counts->taken_out += n;
	else if (style == RUN_INSERTED)
		counts->put_in += n;
}

void diff_say_all(
    struct doc_builder *out, const struct diff_side *side, unsigned style, struct diff_counts *counts)
{
	count(side->rich->text, style, counts);
	say(out, side, 0, side->rich->text.len, style);
}

size_t diff_table_words(const struct doc_table *t)
{
	size_t n = word_count(t->caption.text);

	for (size_t i = 0; i < t->row_start[t->n_rows]; i++)
		n += word_count(t->cells[i].text.text);
	return n;
}

/* ---- Comparing ---- */

/* What stayed between two changes and holds no word of its own (a space, a comma) is read with them. */
static void close_gaps(struct words *a, struct words *b)
{
	size_t i = 0, k = 0;

	while (i < a->n && k < b->n) {
		size_t n = 0;
		bool changed = i > 0 || k > 0, word = false;

		while (i < a->n && !a->same[i])
			i++, changed = true;
		while (k < b->n && !b->same[k])
			k++, changed = true;
		while (i + n < a->n && k + n < b->n && a->same[i + n] && b->same[k + n]) {
			word = word || a->tokens[i + n].word;
			n++;
		}
		if (changed && !word && i + n < a->n && k + n < b->n)
			for (size_t m = 0; m < n; m++)
				a->same[i + m] = b->same[k + m] = false;
		i += n;
		k += n;
		if (!n)
			break;
	}
}

static size_t place(const struct words *w, size_t i)
{
	return i < w->n ? w->tokens[i].start : w->text.len;
}

static void say_change(struct doc_builder *out, const struct diff_side *side, const struct words *w,
    size_t from, size_t to, unsigned style, struct diff_counts *counts)
{
	size_t start = place(w, from), end = place(w, to);

	count(str_sub(w->text, start, end - start), style, counts);
	say(out, side, start, end, style);
}

void diff_say_words(struct doc_builder *out, const struct diff_side *was, const struct diff_side *is,
    struct diff_counts *counts)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct words a, b;
	size_t i = 0, k = 0;

	if (was->rich->text.len > TEXT_MAX || is->rich->text.len > TEXT_MAX) {
		diff_say_all(out, was, RUN_DELETED, counts);
		diff_say_all(out, is, RUN_INSERTED, counts);
		return;
	}
	words_init(&a, arena, was->rich->text);
	words_init(&b, arena, is->rich->text);
	diff_numbers(a.keys, a.n, b.keys, b.n, a.same, b.same);
	close_gaps(&a, &b);
	while (i < a.n || k < b.n) {
		size_t old = i, new = k;

		while (i < a.n && !a.same[i])
			i++;
		while (k < b.n && !b.same[k])
			k++;
		say_change(out, was, &a, old, i, RUN_DELETED, counts);
		say_change(out, is, &b, new, k, RUN_INSERTED, counts);
		new = k;
		while (i < a.n && k < b.n && a.same[i] && b.same[k])
			i++, k++;
		say(out, is, place(&b, new), place(&b, k), 0);
	}
}

double diff_likeness(struct str a, struct str b)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct diff_token *tokens;
	struct imap seen = {0};
	size_t common = 0, total = 0, n;

	if (a.len > TEXT_MAX || b.len > TEXT_MAX)
		return 0;
	tokens = diff_tokens(arena, a, &n);
	for (size_t i = 0; i < n; i++)
		if (tokens[i].word) {
			(*imap_at(&seen, tokens[i].key))++;
			total++;
		}
	tokens = diff_tokens(arena, b, &n);
	for (size_t i = 0; i < n; i++) {
		uint64_t *left = tokens[i].word ? imap_at(&seen, tokens[i].key) : NULL;

		total += tokens[i].word;
		if (left && *left) {
			(*left)--;
			common++;
		}
	}
	imap_release(&seen);
	return total ? 2.0 * (double)common / (double)total : 0;
}
