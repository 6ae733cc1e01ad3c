/* SPDX-License-Identifier: MIT */
/* What can be asked of any document, and documents made of plain text. Building is build.c's. */
#include "doc/doc.h"

#include "base/mem.h"
#include "text/utf8.h"
#include "text/word.h"

void doc_free(struct doc *d)
{
	if (!d)
		return;
	arena_free(d->arena);
	mem_free(d);
}

bool doc_is_medium(const struct block *b)
{
	return b->kind == BLOCK_EMBED && b->label.len;
}

size_t doc_words(const struct doc *d)
{
	size_t n = 0;

	for (size_t i = 0; d && i < d->n_blocks; i++) {
		const struct block *block = &d->blocks[i];
		const struct doc_table *t = block->table;

		if (block->kind != BLOCK_FIGURE && !doc_is_medium(block))
			n += word_count(block->text.text);
		for (size_t c = 0; t && c < t->row_start[t->n_rows]; c++)
			n += word_count(t->cells[c].text.text);
	}
	return n;
}

void doc_link_words(const struct doc *d, struct str *out)
{
	for (size_t i = 0; i < d->n_links; i++)
		out[i] = STR_NONE;
	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct block *b = &d->blocks[i];
		const struct rich *r = &b->text;

		if (doc_is_medium(b) && b->number && b->number <= d->n_links && !out[b->number - 1].len)
			out[b->number - 1] = r->text.len ? r->text : b->alt;
		for (size_t k = 0; k < r->n_runs; k++) {
			size_t link = r->runs[k].link;

			if (link && link <= d->n_links && !out[link - 1].len)
				out[link - 1] = str_sub(r->text, r->runs[k].start, r->runs[k].len);
		}
	}
}

/* Lines that were broken to a fixed width, as in mail, are one paragraph; shorter or longer ones are meant as
 * lines. */
static bool is_filled(struct str paragraph)
{
	struct str line;
	size_t lines = 0;

	while (str_split(&paragraph, '\n', &line)) {
		size_t columns = utf8_count(line);

		if (paragraph.p && paragraph.len && (columns < 55 || columns > 80))
			return false;
		lines++;
	}
	return lines > 1;
}

static void add_paragraph(struct doc_builder *b, struct str paragraph)
{
	bool filled = is_filled(paragraph);
	struct str line;
	bool first = true;

	doc_block(b, &(struct block){.kind = BLOCK_PARA});
	while (str_split(&paragraph, '\n', &line)) {
		if (!first)
			doc_text(b, filled ? STR(" ") : STR("\n"), 0, STR_NONE);
		doc_text(b, filled ? str_trim(line) : line, 0, STR_NONE);
		first = false;
	}
}

struct doc *doc_of_text(struct str text)
{
	struct doc_builder *b = doc_build();
	struct str line, rest = text;
	const char *start = NULL, *end = NULL;

	while (str_split(&rest, '\n', &line)) {
		bool blank = str_trim(line).len == 0;

		if (blank && start)
			add_paragraph(b, str_n(start, (size_t)(end - start)));
		if (blank) {
			start = NULL;
			continue;
		}
		if (!start)
			start = line.p;
		end = line.p + line.len;
	}
	if (start)
		add_paragraph(b, str_n(start, (size_t)(end - start)));
	return doc_finish(b);
}
