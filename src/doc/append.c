/* SPDX-License-Identifier: MIT */
/* From a document back to the calls that build one. */
#include "doc/append.h"

#include "doc/rich.h"

void doc_append_rich(struct doc_builder *b, const struct doc *d, const struct rich *rich, size_t from,
    size_t to, unsigned more)
{
	struct rich_walk walk = {.rich = rich};
	struct rich_piece p;

	while (rich_next(&walk, &p) && p.start < to) {
		size_t start = p.start > from ? p.start : from;
		size_t end = p.start + p.text.len < to ? p.start + p.text.len : to;

		if (start >= end)
			continue;
		doc_text(b, str_sub(rich->text, start, end - start), p.style | more,
		    p.link && p.link <= d->n_links ? d->links[p.link - 1].url : STR_NONE);
	}
}

static void append_table(struct doc_builder *b, const struct doc *d, const struct doc_table *t, unsigned more)
{
	doc_append_rich(b, d, &t->caption, 0, t->caption.text.len, more);
	for (size_t row = 0; row < t->n_rows; row++) {
		doc_table_row(b);
		for (size_t i = t->row_start[row]; i < t->row_start[row + 1]; i++) {
			const struct doc_cell *cell = &t->cells[i];

			doc_table_cell(b, cell->flags, cell->colspan, cell->rowspan);
			doc_append_rich(b, d, &cell->text, 0, cell->text.text.len, more);
		}
	}
}

void doc_append_block(struct doc_builder *b, const struct doc *d, const struct block *block, unsigned more)
{
	doc_block(b, block);
	if (block->table)
		append_table(b, d, block->table, more);
	else
		doc_append_rich(b, d, &block->text, 0, block->text.text.len, more);
}

void doc_append(struct doc_builder *b, const struct doc *d)
{
	for (size_t i = 0; i < d->n_blocks; i++)
		doc_append_block(b, d, &d->blocks[i], 0);
}
