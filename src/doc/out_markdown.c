/* SPDX-License-Identifier: MIT */
/* A document as Markdown: CommonMark, with tables and struck-out text as GitHub has them. Each block is
 * written with what stands before its first line (quotes, indents, marker) and before its further ones. */
#include "doc/out.h"

#include <stdio.h>
#include <string.h>

#include "doc/grid.h"
#include "doc/rich.h"
#include "text/url.h"

struct md {
	struct buf *out;
	const struct doc *doc;
	struct arena *arena;              /* scratch */
	size_t indent[DOC_MAX_DEPTH + 1]; /* columns of the text at each list depth */
	size_t quotes[DOC_MAX_DEPTH + 1]; /* quotes that the items of each depth stand in */
	struct buf text;                  /* of the block at hand */
};

static const struct style_mark {
	unsigned style;
	const char *open, *close;
} style_marks[] = {
    {RUN_BOLD, "**", "**"},
    {RUN_ITALIC, "*", "*"},
    {RUN_DELETED, "~~", "~~"},
    {RUN_INSERTED, "<ins>", "</ins>"},
    {RUN_MARKED, "<mark>", "</mark>"},
    {RUN_SUPER, "<sup>", "</sup>"},
    {RUN_SUB, "<sub>", "</sub>"},
};

static bool is_word(struct str s, size_t at)
{
	return at < s.len && (ch_alnum(s.p[at]) || (unsigned char)s.p[at] >= 0x80);
}

/* Characters that mean something at the start of a line only: # > + - = ~ and "12." "12)". */
static bool starts_something(struct str s, size_t at)
{
	size_t back = at;

	if (s.p[at] == '.' || s.p[at] == ')') {
		while (back > 0 && ch_digit(s.p[back - 1]))
			back--;
		if (back == at)
			return false;
	} else if (!s.p[at] || !strchr("#>+-=~", s.p[at])) {
		return false;
	}
	return back == 0 || s.p[back - 1] == '\n';
}

static bool needs_escape(struct str s, size_t at)
{
	switch (s.p[at]) {
	case '\\':
	case '`':
	case '*':
	case '[':
	case ']':
	case '<':
	case '|':
		return true;
	case '_':
		return !(at > 0 && is_word(s, at - 1) && is_word(s, at + 1));
	case '~':
		return true;
	case '&':
		return at + 1 < s.len && (ch_alpha(s.p[at + 1]) || s.p[at + 1] == '#');
	default:
		return starts_something(s, at);
	}
}

static void escape(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '\n') {
			buf_adds(out, "\\\n");
			continue;
		}
		if (needs_escape(s, i))
			buf_addc(out, '\\');
		buf_addc(out, s.p[i]);
	}
}

static size_t longest_ticks(struct str s)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < s.len; i++) {
		run = s.p[i] == '`' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

static void code_span(struct buf *out, struct str s)
{
	size_t ticks = longest_ticks(s) + 1;
	bool apart = s.p[0] == '`' || s.p[s.len - 1] == '`';

	buf_fill(out, '`', ticks);
	buf_adds(out, apart ? " " : "");
	for (size_t i = 0; i < s.len; i++)
		buf_addc(out, s.p[i] == '\n' ? ' ' : s.p[i]);
	buf_adds(out, apart ? " " : "");
	buf_fill(out, '`', ticks);
}

/* Marks stand at the words, not at the spaces around them, else they mark nothing. */
static void styled(struct buf *out, struct str s, unsigned style)
{
	struct str core = str_trim(s);
	size_t n = ARRAY_LEN(style_marks);

	if (!core.len) {
		escape(out, s);
		return;
	}
	escape(out, str_n(s.p, (size_t)(core.p - s.p)));
	for (size_t i = 0; i < n; i++) {
		if (style & style_marks[i].style)
			buf_adds(out, style_marks[i].open);
	}
	if (style & RUN_CODE)
		code_span(out, core);
	else
		escape(out, core);
	for (size_t i = n; i-- > 0;) {
		if (style & style_marks[i].style)
			buf_adds(out, style_marks[i].close);
	}
	escape(out, str_skip(s, (size_t)(core.p - s.p) + core.len));
}

static void address(struct buf *out, struct str url)
{
	bool apart = str_chr(url, '(') >= 0 || str_chr(url, ')') >= 0;

	buf_adds(out, apart ? "<" : "");
	for (size_t i = 0; i < url.len; i++) {
		if (url.p[i] == '<' || url.p[i] == '>' || url.p[i] == ' ' || url.p[i] == '\\')
			buf_printf(out, "%%%02X", (unsigned)url.p[i]);
		else
			buf_addc(out, url.p[i]);
	}
	buf_adds(out, apart ? ">" : "");
}

static void inline_md(struct md *m, const struct rich *rich)
{
	struct rich_walk walk = {.rich = rich};
	struct rich_piece piece;
	uint16_t open_link = 0;

	while (rich_next(&walk, &piece)) {
		if (piece.link && piece.link != open_link)
			buf_addc(&m->text, '[');
		open_link = piece.link;
		if (piece.style)
			styled(&m->text, piece.text, piece.style);
		else
			escape(&m->text, piece.text);
		if (open_link && rich_next_link(&walk) != open_link) {
			buf_adds(&m->text, "](");
			address(&m->text, m->doc->links[open_link - 1].url);
			buf_addc(&m->text, ')');
			open_link = 0;
		}
	}
}

/* What stands before a line: the quotes around the list, the indent, the quotes within its item. */
static void begin_line(struct md *m, size_t outer, size_t indent, size_t inner)
{
	for (size_t i = 0; i < outer; i++)
		buf_adds(m->out, "> ");
	buf_fill(m->out, ' ', indent);
	for (size_t i = 0; i < inner; i++)
		buf_adds(m->out, "> ");
}

/* Writes m->text line by line behind the block's quotes, indent and marker. */
static void flush(struct md *m, const struct block *b, const char *marker)
{
	struct str rest = buf_str(&m->text), line;
	size_t level = b->kind == BLOCK_HEADING ? 0 : b->level;
	size_t own = b->kind == BLOCK_ITEM && level ? level - 1 : level;
	size_t indent = m->indent[own], hang = m->indent[level] - indent;
	size_t quotes = (size_t)b->quote + (b->kind == BLOCK_EMBED && !doc_is_medium(b) ? 1 : 0);
	size_t outer = own && indent && quotes > m->quotes[own] ? m->quotes[own] : quotes;
	bool first = true;

	while (str_split(&rest, '\n', &line)) {
		begin_line(m, outer, indent, quotes - outer);
		if (first)
			buf_adds(m->out, marker);
		else
			buf_fill(m->out, ' ', hang);
		buf_addstr(m->out, line);
		while (!line.len && m->out->len && m->out->data[m->out->len - 1] == ' ')
			buf_truncate(m->out, m->out->len - 1);
		buf_addc(m->out, '\n');
		first = false;
	}
	buf_reset(&m->text);
}

static void item(struct md *m, const struct block *b)
{
	char marker[32] = "- ";
	size_t level = b->level ? b->level : 1;

	if (b->ordered)
		(void)snprintf(marker, sizeof marker, "%u. ", (unsigned)b->number);
	for (size_t i = level; i <= DOC_MAX_DEPTH; i++) {
		m->indent[i] = m->indent[level - 1] + strlen(marker);
		m->quotes[i] = b->quote;
	}
	inline_md(m, &b->text);
	flush(m, b, marker);
}

static void code(struct md *m, const struct block *b)
{
	size_t ticks = longest_ticks(b->text.text);

	ticks = ticks < 3 ? 3 : ticks + 1;
	buf_fill(&m->text, '`', ticks);
	buf_addstr(&m->text, b->label);
	buf_addc(&m->text, '\n');
	buf_addstr(&m->text, b->text.text);
	buf_addc(&m->text, '\n');
	buf_fill(&m->text, '`', ticks);
}

static void picture(struct md *m, const struct block *b)
{
	bool caption = b->text.text.len > 0;

	if (b->url.len) {
		buf_adds(&m->text, "![");
		escape(&m->text, b->alt);
		buf_adds(&m->text, "](");
		address(&m->text, b->url);
		buf_adds(&m->text, caption ? ")\n\n" : ")");
	}
	if (caption)
		inline_md(m, &b->text);
}

/* A film or a sound is a link of its title. */
static void medium(struct md *m, const struct block *b)
{
	buf_addc(&m->text, '[');
	escape(&m->text, b->alt.len ? b->alt : b->url.len ? url_site(b->url) : b->label);
	buf_adds(&m->text, "](");
	address(&m->text, b->url);
	buf_adds(&m->text, b->text.text.len ? ")\n\n" : ")");
	inline_md(m, &b->text);
}

static void embed(struct md *m, const struct block *b)
{
	if (doc_is_medium(b)) {
		medium(m, b);
		return;
	}
	inline_md(m, &b->text);
	if (b->url.len) {
		buf_adds(&m->text, m->text.len ? "\n\n<" : "<");
		buf_addstr(&m->text, b->url);
		buf_addc(&m->text, '>');
	}
}

static void cell(struct md *m, const struct rich *rich)
{
	size_t start = m->text.len;

	buf_adds(&m->text, " ");
	inline_md(m, rich);
	for (size_t i = start; i < m->text.len; i++) {
		if (m->text.data[i] == '\n' || (m->text.data[i] == '\\' && m->text.data[i + 1] == '\n'))
			m->text.data[i] = ' ';
	}
	buf_adds(&m->text, " |");
}

static void row(struct md *m, const struct grid *g)
{
	buf_addc(&m->text, '|');
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct grid_slot *s = &g->slots[i];

		if (s->cell != GRID_NONE && s->starts && s->first)
			cell(m, &g->table->cells[s->cell].text);
		else
			buf_adds(&m->text, "  |");
	}
}

/* True when the row at hand is all heads. */
static bool is_head(const struct grid *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		if (g->slots[i].cell != GRID_NONE && !(g->table->cells[g->slots[i].cell].flags & CELL_HEAD))
			return false;
	}
	return true;
}

/* One cell a column: text under the head, or the line below it. */
static void plain_row(struct md *m, const struct grid *g, const char *cell_text)
{
	buf_addc(&m->text, '|');
	for (size_t i = 0; i < g->n_columns; i++)
		buf_adds(&m->text, cell_text);
	buf_addc(&m->text, '\n');
}

static void table(struct md *m, const struct doc_table *t)
{
	struct grid grid;
	bool first = true;

	if (t->caption.text.len) {
		inline_md(m, &t->caption);
		buf_adds(&m->text, "\n\n");
	}
	grid_init(&grid, m->arena, t, t->n_columns);
	while (grid_next(&grid)) {
		bool head = first && is_head(&grid);

		if (first && !head) {
			plain_row(m, &grid, "  |");
			plain_row(m, &grid, " --- |");
		}
		row(m, &grid);
		buf_addc(&m->text, '\n');
		if (head)
			plain_row(m, &grid, " --- |");
		first = false;
	}
	buf_trim_right(&m->text);
}

static void block_md(struct md *m, const struct block *b)
{
	const char *marker = "";

	switch (b->kind) {
	case BLOCK_ITEM:
		item(m, b);
		return;
	case BLOCK_HEADING:
		for (unsigned i = 0; i < b->level && i < 6; i++)
			buf_addc(&m->text, '#');
		buf_adds(&m->text, " ");
		inline_md(m, &b->text);
		break;
	case BLOCK_CODE:
		code(m, b);
		break;
	case BLOCK_TABLE:
		table(m, b->table);
		break;
	case BLOCK_FIGURE:
		picture(m, b);
		break;
	case BLOCK_EMBED:
		embed(m, b);
		break;
	case BLOCK_RULE:
		buf_adds(&m->text, "---");
		break;
	case BLOCK_TERM:
		buf_adds(&m->text, "**");
		inline_md(m, &b->text);
		buf_adds(&m->text, "**");
		break;
	case BLOCK_NOTE:
		buf_adds(&m->text, "<sup>");
		escape(&m->text, b->label);
		buf_adds(&m->text, "</sup> ");
		inline_md(m, &b->text);
		break;
	case BLOCK_SOURCE:
		buf_adds(&m->text, "— ");
		inline_md(m, &b->text);
		break;
	case BLOCK_PARA:
	case BLOCK_ITEM_MORE:
	case BLOCK_DESC:
	case BLOCK_VERSE:
		inline_md(m, &b->text);
	}
	flush(m, b, marker);
}

/* Items stand together, but a list that starts with another number than 1 begins only after a blank line. */
static bool is_tight(const struct block *a, const struct block *b)
{
	if (a->kind != BLOCK_ITEM || b->kind != BLOCK_ITEM)
		return false;
	return a->level >= b->level || !b->ordered || b->number == 1;
}

void doc_out_markdown(struct buf *out, const struct doc *d)
{
	SCOPED_PTR(arena) struct arena *scratch = arena_new();
	struct md m = {.out = out, .doc = d, .arena = scratch, .text = BUF_MAX(out->max)};
	const struct block *before = NULL;

	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct block *b = &d->blocks[i];
		bool tight = before && is_tight(before, b);

		if (before && !tight) {
			for (size_t q = 0; q < b->quote && q < before->quote; q++)
				buf_adds(out, q + 1 < b->quote && q + 1 < before->quote ? "> " : ">");
			buf_addc(out, '\n');
		}
		block_md(&m, b);
		before = b;
	}
	buf_release(&m.text);
}
