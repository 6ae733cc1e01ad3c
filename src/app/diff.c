/* SPDX-License-Identifier: MIT */
/* From two articles to a document of their differences: blocks are matched first, then the words of those
 * that stand for one another. */
#include "app/diff.h"

#include "app/diff_words.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "doc/append.h"

#define CONTEXT    1  /* blocks shown on both sides of a change */
#define LOOK_AHEAD 12 /* blocks in which the new form of one is looked for */

struct side {
	const struct doc *doc;
	uint64_t *keys;
	bool *same;
	size_t n, at; /* at: not yet told */
};

struct differ {
	struct arena *arena;
	struct side was, is;
	struct doc_builder *out;
	struct diff_counts *counts;
};

static uint64_t block_key(const struct block *b)
{
	uint64_t h = hash_seeded_u64((uint64_t)b->kind << 16 | (uint64_t)b->level << 8 | b->quote);

	h = hash_mix(h ^ hash_seeded(b->text.text));
	for (size_t i = 0; b->table && i < b->table->row_start[b->table->n_rows]; i++)
		h = hash_mix(h ^ hash_seeded(b->table->cells[i].text.text));
	return h;
}

static void side_init(struct side *s, struct arena *a, const struct doc *doc)
{
	s->doc = doc;
	s->n = doc ? doc->n_blocks : 0;
	s->keys = arena_array(a, s->n + 1, sizeof *s->keys);
	s->same = arena_array(a, s->n + 1, sizeof *s->same);
	for (size_t i = 0; i < s->n; i++)
		s->keys[i] = block_key(&doc->blocks[i]);
}

static const struct block *block_at(const struct side *s, size_t i)
{
	return &s->doc->blocks[i];
}

/* ---- What is said ---- */

static void say_whole(struct differ *d, const struct side *s, const struct block *b, unsigned style)
{
	struct diff_side side = {s->doc, &b->text};

	if (b->table) {
		doc_append_block(d->out, s->doc, b, style);
		*(style == RUN_DELETED ? &d->counts->taken_out : &d->counts->put_in) +=
		    diff_table_words(b->table);
		return;
	}
	doc_block(d->out, b);
	diff_say_all(d->out, &side, style, d->counts);
}

/* Tables of the same shape are compared cell by cell. */
static void say_table(struct differ *d, const struct block *was, const struct block *is)
{
	const struct doc_table *old = was->table, *new = is->table;

	doc_block(d->out, is);
	doc_append_rich(d->out, d->is.doc, &new->caption, 0, new->caption.text.len, 0);
	for (size_t row = 0; row < new->n_rows; row++) {
		doc_table_row(d->out);
		for (size_t i = new->row_start[row]; i < new->row_start[row + 1]; i++) {
			const struct doc_cell *cell = &new->cells[i];
			struct diff_side a = {d->was.doc, &old->cells[i].text}, b = {d->is.doc, &cell->text};

			doc_table_cell(d->out, cell->flags, cell->colspan, cell->rowspan);
			diff_say_words(d->out, &a, &b, d->counts);
		}
	}
}

static void say_changed(struct differ *d, const struct block *was, const struct block *is)
{
	struct diff_side a = {d->was.doc, &was->text}, b = {d->is.doc, &is->text};

	if (is->table) {
		say_table(d, was, is);
		return;
	}
	doc_block(d->out, is);
	diff_say_words(d->out, &a, &b, d->counts);
}

static void say_same(struct differ *d, size_t n)
{
	size_t from = d->is.at, first = from ? CONTEXT : 0, last = from + n < d->is.n ? CONTEXT : 0;

	for (size_t i = 0; i < n; i++) {
		if (n > first + last + 1 && i == first) {
			SCOPED_STR words = mem_printf(
			    P_("[%zu paragraph as before]", "[%zu paragraphs as before]", n - first - last),
			    n - first - last);

			doc_block(d->out, &(struct block){.kind = BLOCK_PARA});
			doc_text(d->out, str_c(words), RUN_ITALIC, STR_NONE);
			i = n - last;
			if (i >= n)
				break;
		}
		doc_append_block(d->out, d->is.doc, block_at(&d->is, from + i), 0);
	}
	d->was.at += n;
	d->is.at += n;
}

/* ---- What stands for what ---- */

static bool have_one_shape(const struct doc_table *a, const struct doc_table *b)
{
	if (!a || !b || a->n_rows != b->n_rows)
		return false;
	for (size_t i = 0; i <= a->n_rows; i++)
		if (a->row_start[i] != b->row_start[i])
			return false;
	return true;
}

static bool is_new_form(const struct block *was, const struct block *is)
{
	if (was->kind != is->kind)
		return false;
	return was->table || is->table ? have_one_shape(was->table, is->table)
	                               : diff_likeness(was->text.text, is->text.text) >= 0.4;
}

/* The blocks between two that stayed: each new one with the old one that it is another form of; what has no
 * other form is all new, or gone. */
static void say_gap(struct differ *d, size_t was_end, size_t is_end)
{
	struct side *was = &d->was, *is = &d->is;

	while (is->at < is_end) {
		const struct block *b = block_at(is, is->at);
		size_t to = was_end - was->at > LOOK_AHEAD ? was->at + LOOK_AHEAD : was_end, i = was->at;

		while (i < to && !is_new_form(block_at(was, i), b))
			i++;
		if (i == to) {
			say_whole(d, is, b, RUN_INSERTED);
			is->at++;
			continue;
		}
		while (was->at < i)
			say_whole(d, was, block_at(was, was->at++), RUN_DELETED);
		say_changed(d, block_at(was, was->at++), b);
		is->at++;
	}
	while (was->at < was_end)
		say_whole(d, was, block_at(was, was->at++), RUN_DELETED);
}

static void say_blocks(struct differ *d)
{
	struct side *was = &d->was, *is = &d->is;

	while (was->at < was->n || is->at < is->n) {
		size_t i = was->at, k = is->at, n = 0;

		while (i < was->n && !was->same[i])
			i++;
		while (k < is->n && !is->same[k])
			k++;
		say_gap(d, i, k);
		while (i + n < was->n && k + n < is->n && was->same[i + n] && is->same[k + n])
			n++;
		say_same(d, n);
	}
}

/* ---- The head ---- */

static void say_line(struct differ *d, struct str was, struct str is, enum block_kind kind)
{
	struct rich old = {.text = was}, new = {.text = is};
	struct diff_side a = {d->was.doc, &old}, b = {d->is.doc, &new};

	if (str_eq(was, is))
		return;
	doc_block(d->out, &(struct block){.kind = kind, .level = 2});
	diff_say_words(d->out, &a, &b, d->counts);
}

struct doc *diff_articles(const struct article *was, const struct article *is, struct diff_counts *counts)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct differ d = {.arena = arena, .out = doc_build(), .counts = counts};

	*counts = (struct diff_counts){0};
	side_init(&d.was, arena, was->doc);
	side_init(&d.is, arena, is->doc);
	diff_numbers(d.was.keys, d.was.n, d.is.keys, d.is.n, d.was.same, d.is.same);
	say_line(&d, was->title, is->title, BLOCK_HEADING);
	say_line(&d, was->dek, is->dek, BLOCK_PARA);
	say_blocks(&d);
	if (counts->taken_out || counts->put_in)
		return doc_finish(d.out);
	doc_builder_free(d.out);
	return NULL;
}
