/* SPDX-License-Identifier: MIT */
/* Building a document: text comes in pieces and is gathered to the open block, or to the open cell of a
 * table. What is empty is left out, ends are trimmed, and the gathered text is looked at once more as a
 * whole where pieces that are each harmless may be harmful together (marks piled up across a tag). */
#include "doc/doc.h"

#include "base/map.h"
#include "base/vec.h"
#include "doc/grid.h"
#include "text/safe.h"
#include "text/url.h"
#include "text/utf8.h"

struct doc_builder {
	struct doc *doc;
	struct map *link_numbers; /* address → its number, as a pointer into numbers' ids */
	struct {
		VEC(struct block);
	} blocks;
	struct {
		VEC(struct doc_link);
	} links;
	struct {
		VEC(struct run);
	} runs;
	struct {
		VEC(struct doc_cell);
	} cells;
	struct {
		VEC(uint32_t);
	} rows;
	struct buf text; /* of what is open */
	size_t total_text, total_runs, total_cells;
	struct block open;
	struct rich caption;
	struct block lost_item; /* an item that was empty: the next paragraph of it takes its marker */
	bool is_open, cell_open, item_lost;
	bool unproven; /* the gathered text may be unfit */
};

struct doc_builder *doc_build(void)
{
	struct doc_builder *b = mem_new(struct doc_builder);

	b->doc = mem_new(struct doc);
	b->doc->arena = arena_new();
	b->link_numbers = map_new();
	b->text = BUF_MAX(DOC_MAX_TEXT);
	return b;
}

void doc_builder_free(struct doc_builder *b)
{
	if (!b)
		return;
	doc_free(b->doc);
	map_free(b->link_numbers);
	vec_free(&b->blocks);
	vec_free(&b->links);
	vec_free(&b->runs);
	vec_free(&b->cells);
	vec_free(&b->rows);
	buf_release(&b->text);
	mem_free(b);
}

/* Number of an address, 1-based, made when it is new; 0 when it is none that may be followed. */
static uint16_t link_number(struct doc_builder *b, struct str url)
{
	struct doc_link *link;
	uintptr_t number;

	if (!url.len || url.len > DOC_MAX_URL)
		return 0;
	number = (uintptr_t)map_get(b->link_numbers, url);
	if (number)
		return (uint16_t)number;
	if (b->links.n >= DOC_MAX_LINKS || !url_is_safe(url) || !safe_is(url, SAFE_LINE))
		return 0;
	link = vec_add(&b->links);
	link->url = arena_str(b->doc->arena, url);
	number = b->links.n;
	map_put(b->link_numbers, link->url, (void *)number);
	return (uint16_t)number;
}

/* The part of the gathered text that stays: ends off; in kept layouts the first line keeps its indent. */
static struct str trimmed(struct str s, bool kept_layout)
{
	size_t from = 0, to = s.len, line = 0;

	while (to > 0 && ch_space(s.p[to - 1]))
		to--;
	while (from < to && ch_space(s.p[from])) {
		from++;
		if (s.p[from - 1] == '\n')
			line = from;
	}
	if (kept_layout)
		from = line;
	return str_n(s.p + from, to - from);
}

/* The first place from `at` on that lies between characters: pieces may have cut one. */
static uint32_t on_boundary(struct str s, uint32_t at)
{
	while (at < s.len && ((unsigned char)s.p[at] & 0xC0) == 0x80)
		at++;
	return at;
}

static struct run *kept_runs(struct doc_builder *b, struct str kept, size_t *n)
{
	uint32_t from = (uint32_t)(kept.p - b->text.data), len = (uint32_t)kept.len;
	struct run *runs = b->runs.n ? arena_array(b->doc->arena, b->runs.n, sizeof *runs) : NULL;

	*n = 0;
	VEC_EACH (struct run, r, &b->runs) {
		uint32_t start = r->start > from ? r->start - from : 0;
		uint32_t end = r->start + r->len > from ? r->start + r->len - from : 0;

		if (end > len)
			end = len;
		start = on_boundary(kept, start);
		end = on_boundary(kept, end);
		if (start < end)
			runs[(*n)++] = (struct run){start, end - start, r->style, r->link};
	}
	return *n ? runs : NULL;
}

/* Takes what was gathered. Text that is unfit as a whole is cleaned and loses its runs, whose places no
 * longer hold. */
static struct rich take_text(struct doc_builder *b, bool kept_layout)
{
	struct str s = trimmed(buf_str(&b->text), kept_layout);
	struct rich rich = {.text = STR("")};

	if (s.len && (!b->unproven || safe_is(s, SAFE_RUN))) {
		rich.text = arena_str(b->doc->arena, s);
		rich.runs = kept_runs(b, s, &rich.n_runs);
	} else if (s.len) {
		rich.text = safe_copy(b->doc->arena, s, SAFE_RUN);
	}
	buf_reset(&b->text);
	vec_clear(&b->runs);
	b->unproven = false;
	return rich;
}

/* Digits with the signs that go with them: what is set at the right of its column. */
static bool is_number(struct str s)
{
	size_t digits = 0, others = 0, at = 0;

	while (at < s.len) {
		uint32_t cp = utf8_next(s, &at);

		if (cp_is_digit(cp))
			digits++;
		else if (cp_is_letter(cp))
			return false;
		else if (!cp_is_space(cp) && cp != '.' && cp != ',')
			others++;
	}
	return digits > 0 && others <= 3;
}

static void close_cell(struct doc_builder *b)
{
	struct rich text = take_text(b, false);

	if (b->cell_open) {
		struct doc_cell *cell = &vec_last(&b->cells);

		cell->text = text;
		if (is_number(text.text))
			cell->flags |= CELL_NUMBER;
	} else if (!b->rows.n && text.text.len) {
		b->caption = text;
	}
	b->cell_open = false;
}

static bool starts_rtl(struct str s)
{
	size_t at = 0;

	while (at < s.len) {
		uint32_t cp = utf8_next(s, &at);

		if (cp_is_letter(cp))
			return cp_is_rtl(cp);
	}
	return false;
}

static bool has_letter(struct str s)
{
	for (size_t at = 0; at < s.len;)
		if (cp_is_letter(utf8_next(s, &at)))
			return true;
	return false;
}

/* By the cells that have letters. */
static bool is_mostly_rtl(const struct doc_table *t)
{
	size_t rtl = 0, others = 0;

	for (size_t i = 0; i < t->row_start[t->n_rows]; i++) {
		if (starts_rtl(t->cells[i].text.text))
			rtl++;
		else if (has_letter(t->cells[i].text.text))
			others++;
	}
	return rtl > others;
}

static void close_table(struct doc_builder *b, struct block *block)
{
	struct arena *a = b->doc->arena;
	struct doc_table *t;
	struct grid grid;
	bool any = false;

	close_cell(b);
	VEC_EACH (struct doc_cell, c, &b->cells)
		any = any || c->text.text.len;
	if (!any) {
		block->kind = BLOCK_PARA;
		block->text = b->caption;
		return;
	}
	if (vec_last(&b->rows) == b->cells.n)
		b->rows.n--;
	t = block->table = arena_new_of(a, struct doc_table);
	t->caption = b->caption;
	t->cells = arena_grow(a, b->cells.v, b->cells.n, b->cells.n, sizeof *t->cells);
	t->n_rows = b->rows.n;
	vec_push(&b->rows, (uint32_t)b->cells.n);
	t->row_start = arena_grow(a, b->rows.v, b->rows.n, b->rows.n, sizeof *t->row_start);
	block->rtl = block->rtl || is_mostly_rtl(t);
	grid_init(&grid, a, t, DOC_MAX_COLUMNS);
	while (grid_next(&grid))
		continue;
	t->n_columns = grid.used;
	block->text.text = STR("");
}

static bool is_empty(const struct block *block)
{
	switch (block->kind) {
	case BLOCK_RULE:
	case BLOCK_TABLE:
		return false;
	case BLOCK_FIGURE:
	case BLOCK_EMBED:
		return !block->text.text.len && !block->url.len && !block->alt.len;
	default:
		return !block->text.text.len;
	}
}

/* An item without words of its own (a nested list, a picture) leaves its marker to its next paragraph. */
static void inherit_marker(struct doc_builder *b, struct block *block)
{
	if (b->item_lost && block->kind == BLOCK_ITEM_MORE && block->level == b->lost_item.level) {
		block->kind = BLOCK_ITEM;
		block->ordered = b->lost_item.ordered;
		block->number = b->lost_item.number;
	}
	b->item_lost = false;
}

static void close_block(struct doc_builder *b)
{
	struct block *block = &b->open;

	if (!b->is_open)
		return;
	b->is_open = false;
	if (block->kind == BLOCK_TABLE)
		close_table(b, block);
	else
		block->text = take_text(b, block->kind == BLOCK_CODE || block->kind == BLOCK_VERSE);
	if (is_empty(block)) {
		if (block->kind == BLOCK_ITEM) {
			b->item_lost = true;
			b->lost_item = *block;
		}
		return;
	}
	inherit_marker(b, block);
	block->rtl = block->rtl || starts_rtl(block->text.text);
	if (block->kind == BLOCK_RULE && (!b->blocks.n || vec_last(&b->blocks).kind == BLOCK_RULE))
		return;
	if (b->blocks.n < DOC_MAX_BLOCKS)
		vec_push(&b->blocks, *block);
}

static struct str kept_address(struct doc_builder *b, struct str url)
{
	bool fit = url.len && url.len <= DOC_MAX_URL && url_is_safe(url) && safe_is(url, SAFE_LINE);

	return fit ? arena_str(b->doc->arena, url) : STR_NONE;
}

void doc_block(struct doc_builder *b, const struct block *like)
{
	struct arena *a = b->doc->arena;

	close_block(b);
	b->open = *like;
	b->open.text = (struct rich){.text = STR("")};
	b->open.table = NULL;
	b->open.label = safe_copy(a, utf8_cut(like->label, DOC_MAX_URL), SAFE_LINE);
	b->open.alt = safe_copy(a, utf8_cut(like->alt, DOC_MAX_URL), SAFE_LINE);
	b->open.url = kept_address(b, like->url);
	if (b->open.quote > DOC_MAX_DEPTH)
		b->open.quote = DOC_MAX_DEPTH;
	if (b->open.level > DOC_MAX_DEPTH)
		b->open.level = DOC_MAX_DEPTH;
	if (!b->open.level && (like->kind == BLOCK_ITEM || like->kind == BLOCK_ITEM_MORE))
		b->open.level = 1;
	if (like->kind == BLOCK_EMBED)
		b->open.number = link_number(b, b->open.url);
	b->caption = (struct rich){.text = STR("")};
	vec_clear(&b->cells);
	vec_clear(&b->rows);
	b->is_open = true;
}

static bool goes_on(const struct run *last, size_t start, unsigned style, uint16_t link)
{
	return last->start + last->len == start && last->style == style && last->link == link;
}

static void add_run(struct doc_builder *b, size_t start, size_t len, unsigned style, uint16_t link)
{
	if (b->runs.n && goes_on(&vec_last(&b->runs), start, style, link)) {
		vec_last(&b->runs).len += (uint32_t)len;
		return;
	}
	if (b->total_runs >= DOC_MAX_RUNS)
		return;
	b->total_runs++;
	vec_push(&b->runs, ((struct run){(uint32_t)start, (uint32_t)len, (uint16_t)style, link}));
}

static void add_text(struct doc_builder *b, struct str text, unsigned style, struct str url)
{
	size_t start;
	uint16_t link;

	if (!b->is_open)
		doc_block(b, &(struct block){.kind = BLOCK_PARA});
	if (b->open.kind == BLOCK_TABLE && b->rows.n && !b->cell_open)
		doc_table_cell(b, 0, 1, 1);
	text = utf8_cut(text, DOC_MAX_TEXT - b->total_text);
	if (!text.len)
		return;
	start = b->text.len;
	if (!buf_addstr(&b->text, text))
		return;
	b->total_text += text.len;
	link = url.len ? link_number(b, url) : 0;
	style &= RUN_ALL;
	if (style || link)
		add_run(b, start, text.len, style, link);
}

void doc_text(struct doc_builder *b, struct str text, unsigned style, struct str url)
{
	add_text(b, text, style, url);
	b->unproven = true;
}

void doc_text_safe(struct doc_builder *b, struct str text, unsigned style, struct str url)
{
	add_text(b, text, style, url);
	b->unproven = b->unproven || !safe_joins(text);
}

void doc_table_row(struct doc_builder *b)
{
	if (!b->is_open || b->open.kind != BLOCK_TABLE)
		doc_block(b, &(struct block){.kind = BLOCK_TABLE});
	close_cell(b);
	if (!b->rows.n || vec_last(&b->rows) < b->cells.n)
		vec_push(&b->rows, (uint32_t)b->cells.n);
}

static uint16_t clamp_span(unsigned span, unsigned most)
{
	return (uint16_t)(span < 1 ? 1 : span > most ? most : span);
}

void doc_table_cell(struct doc_builder *b, unsigned flags, unsigned colspan, unsigned rowspan)
{
	struct doc_cell cell = {.text = {.text = STR("")}};

	if (!b->is_open || b->open.kind != BLOCK_TABLE || !b->rows.n)
		doc_table_row(b);
	close_cell(b);
	if (b->total_cells >= DOC_MAX_CELLS)
		return;
	b->total_cells++;
	cell.flags = (uint8_t)(flags & (CELL_HEAD | CELL_NUMBER));
	cell.colspan = clamp_span(colspan, DOC_MAX_COLUMNS);
	cell.rowspan = clamp_span(rowspan, UINT16_MAX);
	vec_push(&b->cells, cell);
	b->cell_open = true;
}

struct doc *doc_finish(struct doc_builder *b)
{
	struct doc *d;

	close_block(b);
	while (b->blocks.n && vec_last(&b->blocks).kind == BLOCK_RULE)
		b->blocks.n--;
	d = take(&b->doc);
	d->n_blocks = b->blocks.n;
	d->blocks = arena_grow(d->arena, b->blocks.v, b->blocks.n, b->blocks.n + 1, sizeof *d->blocks);
	d->n_links = b->links.n;
	d->links = arena_grow(d->arena, b->links.v, b->links.n, b->links.n + 1, sizeof *d->links);
	doc_builder_free(b);
	return d;
}
