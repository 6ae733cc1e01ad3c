/* SPDX-License-Identifier: MIT */
/* A document as bytes: a version, the addresses, then the blocks, all counts and places as short numbers, so
 * that the cost beside the text is a few bytes a paragraph. Reading makes sure of everything that others rely
 * on: places of runs on character boundaries, links that exist, rows that hold their cells. */
#include "doc/codec.h"

#include "base/mem.h"
#include "base/wire.h"
#include "model/record.h"
#include "text/safe.h"
#include "text/url.h"

#define DOC_VERSION 1

/* Bits of a block's first byte after its kind: what of it is there at all. */
enum block_bits {
	HAS_LEVEL = 1,
	HAS_QUOTE = 2,
	IS_ORDERED = 4,
	IS_RTL = 8,
	HAS_NUMBER = 16,
	HAS_LABEL = 32,
	HAS_ADDRESS = 64 /* url and alt */
};

static void put_rich(struct buf *out, const struct rich *rich)
{
	uint32_t end = 0;

	wire_str(out, rich->text);
	wire_var(out, rich->n_runs);
	for (size_t i = 0; i < rich->n_runs; i++) {
		const struct run *r = &rich->runs[i];

		wire_var(out, r->start - end);
		wire_var(out, r->len);
		wire_var(out, r->style);
		wire_var(out, r->link);
		end = r->start + r->len;
	}
}

static void put_table(struct buf *out, const struct doc_table *t)
{
	put_rich(out, &t->caption);
	wire_var(out, t->n_columns);
	wire_var(out, t->n_rows);
	for (size_t row = 0; row < t->n_rows; row++) {
		wire_var(out, t->row_start[row + 1] - t->row_start[row]);
		for (uint32_t c = t->row_start[row]; c < t->row_start[row + 1]; c++) {
			const struct doc_cell *cell = &t->cells[c];

			wire_u8(out, cell->flags);
			wire_var(out, cell->colspan);
			wire_var(out, cell->rowspan);
			put_rich(out, &cell->text);
		}
	}
}

static void put_block(struct buf *out, const struct block *b)
{
	unsigned bits = (b->level ? HAS_LEVEL : 0u) | (b->quote ? HAS_QUOTE : 0u) |
	                (b->ordered ? IS_ORDERED : 0u) | (b->rtl ? IS_RTL : 0u) |
	                (b->number ? HAS_NUMBER : 0u) | (b->label.p ? HAS_LABEL : 0u) |
	                (b->url.p || b->alt.p ? HAS_ADDRESS : 0u);

	wire_u8(out, (uint8_t)b->kind);
	wire_u8(out, (uint8_t)bits);
	if (bits & HAS_LEVEL)
		wire_u8(out, b->level);
	if (bits & HAS_QUOTE)
		wire_u8(out, b->quote);
	if (bits & HAS_NUMBER)
		wire_var(out, b->number);
	if (bits & HAS_LABEL)
		wire_str(out, b->label);
	if (bits & HAS_ADDRESS) {
		wire_str(out, b->url);
		wire_str(out, b->alt);
	}
	if (b->kind == BLOCK_TABLE)
		put_table(out, b->table);
	else
		put_rich(out, &b->text);
}

void doc_encode(struct buf *out, const struct doc *d)
{
	wire_u8(out, DOC_VERSION);
	wire_var(out, d->n_links);
	for (size_t i = 0; i < d->n_links; i++)
		wire_str(out, d->links[i].url);
	wire_var(out, d->n_blocks);
	for (size_t i = 0; i < d->n_blocks; i++)
		put_block(out, &d->blocks[i]);
}

struct reader {
	struct wire_in in;
	struct doc *doc;
	size_t runs_left, cells_left;
	const char *what; /* the first thing that was wrong */
};

/* Notes the first breach; true when `right` holds, so that checks read as conditions. */
static bool check(struct reader *rd, bool right, const char *what)
{
	if (right && !rd->in.bad)
		return true;
	if (!rd->what)
		rd->what = rd->in.bad ? "cut short" : what;
	rd->in.bad = true;
	return false;
}

static struct str get_text(struct reader *rd, enum safe_how how)
{
	struct str s = wire_get_str(&rd->in);

	if (!check(rd, !s.p || (s.len <= DOC_MAX_TEXT && safe_is(s, how)), "unfit text"))
		return STR_NONE;
	return arena_str(rd->doc->arena, s);
}

static struct str get_address(struct reader *rd)
{
	struct str s = get_text(rd, SAFE_LINE);

	return check(rd, !s.p || url_is_safe(s), "an unsafe address") ? s : STR_NONE;
}

static bool on_boundary(struct str s, uint64_t at)
{
	return at == s.len || (at < s.len && ((unsigned char)s.p[at] & 0xC0) != 0x80);
}

static struct run get_run(struct reader *rd, struct str text, uint64_t end)
{
	uint64_t start = wire_get_var(&rd->in), len = wire_get_var(&rd->in);
	uint64_t style = wire_get_var(&rd->in), link = wire_get_var(&rd->in);

	check(rd, start <= text.len - end && len > 0 && len <= text.len - end - start,
	    "a run outside of its text");
	check(rd, style <= RUN_ALL && link <= rd->doc->n_links, "a run of unknown look");
	if (rd->in.bad)
		return (struct run){0};
	start += end;
	check(rd, on_boundary(text, start) && on_boundary(text, start + len), "a run inside of a character");
	return (struct run){(uint32_t)start, (uint32_t)len, (uint16_t)style, (uint16_t)link};
}

static void get_rich(struct reader *rd, struct rich *rich)
{
	uint64_t end = 0;
	size_t n;

	rich->text = get_text(rd, SAFE_RUN);
	if (!rich->text.p)
		rich->text = STR("");
	n = wire_get_count(&rd->in, 4);
	if (!check(rd, n <= rd->runs_left, "too many runs"))
		return;
	rd->runs_left -= n;
	rich->runs = n ? arena_array(rd->doc->arena, n, sizeof *rich->runs) : NULL;
	for (size_t i = 0; i < n && !rd->in.bad; i++) {
		rich->runs[i] = get_run(rd, rich->text, end);
		end = rich->runs[i].start + rich->runs[i].len;
	}
	rich->n_runs = n;
}

static void get_cell(struct reader *rd, struct doc_cell *cell)
{
	uint64_t colspan, rowspan;

	cell->flags = wire_get_u8(&rd->in);
	colspan = wire_get_var(&rd->in);
	rowspan = wire_get_var(&rd->in);
	check(rd, cell->flags <= (CELL_HEAD | CELL_NUMBER), "a cell of unknown kind");
	check(rd, colspan >= 1 && colspan <= DOC_MAX_COLUMNS && rowspan >= 1 && rowspan <= UINT16_MAX,
	    "a cell of impossible size");
	cell->colspan = (uint16_t)colspan;
	cell->rowspan = (uint16_t)rowspan;
	get_rich(rd, &cell->text);
}

static struct doc_table *get_table(struct reader *rd)
{
	struct arena *a = rd->doc->arena;
	struct doc_table *t = arena_new_of(a, struct doc_table);
	size_t n = 0, cap = 0;

	get_rich(rd, &t->caption);
	t->n_columns = (size_t)wire_get_var(&rd->in);
	check(rd, t->n_columns >= 1 && t->n_columns <= DOC_MAX_COLUMNS, "a table of impossible width");
	t->n_rows = wire_get_count(&rd->in, 1);
	if (!check(rd, t->n_rows <= rd->cells_left, "too many rows"))
		return t;
	t->row_start = arena_array(a, t->n_rows + 1, sizeof *t->row_start);
	for (size_t row = 0; row < t->n_rows && !rd->in.bad; row++) {
		size_t more = wire_get_count(&rd->in, 5);

		if (!check(rd, more >= 1 && more <= rd->cells_left, "a row of impossible length"))
			break;
		rd->cells_left -= more;
		while (n + more > cap) {
			size_t grown = cap ? cap * 2 : 16;

			t->cells = arena_grow(a, t->cells, n, grown, sizeof *t->cells);
			cap = grown;
		}
		for (size_t i = 0; i < more && !rd->in.bad; i++)
			get_cell(rd, &t->cells[n + i]);
		n += more;
		t->row_start[row + 1] = (uint32_t)n;
	}
	check(rd, n > 0, "an empty table");
	return t;
}

static void get_block(struct reader *rd, struct block *b)
{
	unsigned kind = wire_get_u8(&rd->in), bits = wire_get_u8(&rd->in);
	uint64_t number;

	check(rd, kind < BLOCK_KINDS, "a block of unknown kind");
	b->kind = kind < BLOCK_KINDS ? (enum block_kind)kind : BLOCK_PARA;
	b->level = bits & HAS_LEVEL ? wire_get_u8(&rd->in) : 0;
	b->quote = bits & HAS_QUOTE ? wire_get_u8(&rd->in) : 0;
	check(rd, b->level <= DOC_MAX_DEPTH && b->quote <= DOC_MAX_DEPTH, "a block too deep");
	number = bits & HAS_NUMBER ? wire_get_var(&rd->in) : 0;
	check(rd, number <= (kind == BLOCK_EMBED ? rd->doc->n_links : UINT32_MAX), "a number too high");
	b->number = (uint32_t)number;
	b->ordered = bits & IS_ORDERED;
	b->rtl = bits & IS_RTL;
	if (bits & HAS_LABEL)
		b->label = get_text(rd, SAFE_LINE);
	if (bits & HAS_ADDRESS) {
		b->url = get_address(rd);
		b->alt = get_text(rd, SAFE_LINE);
	}
	b->text.text = STR("");
	if (b->kind == BLOCK_TABLE)
		b->table = get_table(rd);
	else
		get_rich(rd, &b->text);
}

static void get_links(struct reader *rd)
{
	struct doc *d = rd->doc;
	size_t n = wire_get_count(&rd->in, 1);

	if (!check(rd, n <= DOC_MAX_LINKS, "too many links"))
		return;
	d->links = arena_array(d->arena, n + 1, sizeof *d->links);
	d->n_links = n;
	for (size_t i = 0; i < n && !rd->in.bad; i++) {
		d->links[i].url = get_address(rd);
		check(rd, d->links[i].url.len > 0, "an empty address");
	}
}

struct doc *doc_decode(struct str bytes, struct err *err)
{
	SCOPED_PTR(doc) struct doc *d = mem_new(struct doc);
	struct reader rd = {
	    .in = {.rest = bytes}, .doc = d, .runs_left = DOC_MAX_RUNS, .cells_left = DOC_MAX_CELLS};

	d->arena = arena_new();
	check(&rd, wire_get_u8(&rd.in) == DOC_VERSION, "an unknown version");
	get_links(&rd);
	d->n_blocks = wire_get_count(&rd.in, 4);
	if (check(&rd, d->n_blocks <= DOC_MAX_BLOCKS, "too many blocks"))
		d->blocks = arena_array(d->arena, d->n_blocks + 1, sizeof *d->blocks);
	for (size_t i = 0; i < d->n_blocks && !rd.in.bad; i++)
		get_block(&rd, &d->blocks[i]);
	check(&rd, rd.in.rest.len == 0, "more than was expected");
	if (rd.in.bad) {
		record_bad(err, "document", rd.what ? rd.what : "cut short");
		return NULL;
	}
	return take(&d);
}
