/* SPDX-License-Identifier: MIT */
/* A document as plain text: the article's own words alone (no markers, no captions of pictures), or set as on
 * the screen for a width. */
#include "doc/out.h"

#include "doc/layout.h"
#include "doc/rich.h"

/* The author's own words; in cells on one line. */
static void own_words(struct buf *out, const struct rich *rich, bool one_line)
{
	struct rich_walk walk = {.rich = rich};
	struct rich_piece p;

	while (rich_next(&walk, &p)) {
		size_t start = out->len;

		if (p.style & RUN_GLOSS)
			continue;
		buf_addstr(out, p.text);
		for (size_t i = start; one_line && i < out->len; i++)
			if (out->data[i] == '\n')
				out->data[i] = ' ';
	}
}

static void table(struct buf *out, const struct doc_table *t)
{
	if (t->caption.text.len) {
		buf_addstr(out, t->caption.text);
		buf_addc(out, '\n');
	}
	for (size_t row = 0; row < t->n_rows; row++) {
		size_t start = out->len;

		for (uint32_t c = t->row_start[row]; c < t->row_start[row + 1]; c++) {
			if (t->cells[c].text.text.len && out->len > start)
				buf_addc(out, ' ');
			own_words(out, &t->cells[c].text, true);
		}
		if (out->len > start && row + 1 < t->n_rows)
			buf_addc(out, '\n');
	}
	buf_trim_right(out);
}

static bool in_list(enum block_kind kind)
{
	return kind == BLOCK_ITEM || kind == BLOCK_TERM || kind == BLOCK_DESC;
}

static void words(struct buf *out, const struct doc *d)
{
	const struct block *before = NULL;

	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct block *b = &d->blocks[i];

		if (b->kind == BLOCK_FIGURE || doc_is_medium(b) || (!b->table && !b->text.text.len))
			continue;
		if (before)
			buf_adds(out, in_list(before->kind) && in_list(b->kind) ? "\n" : "\n\n");
		before = b;
		if (b->table)
			table(out, b->table);
		else
			own_words(out, &b->text, false);
	}
}

static void set_lines(struct buf *out, const struct doc *d, size_t width)
{
	SCOPED_PTR(layout) struct layout *l = layout_make(d, NULL, &(struct layout_options){.width = width});

	for (size_t i = 0; i < l->n_lines; i++) {
		const struct layout_line *line = &l->lines[i];

		if (line->rtl && line->columns < width)
			buf_fill(out, ' ', width - line->columns);
		for (size_t s = 0; s < line->n_spans; s++)
			buf_addstr(out, line->spans[s].text);
		while (out->len && out->data[out->len - 1] == ' ')
			buf_truncate(out, out->len - 1);
		buf_addc(out, '\n');
	}
}

void doc_out_text(struct buf *out, const struct doc *d, size_t width)
{
	if (width)
		set_lines(out, d, width);
	else
		words(out, d);
}
