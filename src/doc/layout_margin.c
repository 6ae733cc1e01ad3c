/* SPDX-License-Identifier: MIT */
/* What stands before a block's lines: bars of quotes, indents and markers of lists. In a text from right to
 * left it is written the other way round here and stands behind the text; layout_line.c puts it there. */
#include "doc/layout_priv.h"

#include "doc/raise.h"
#include "text/width.h"

#define TEXT_COLUMNS 12 /* margins may take what is beyond these */
#define CODE_INDENT  2
#define BAR_COLUMNS  2

/* Depth in lists: an item is always in one, a heading's level is another thing. */
static size_t level_of(const struct block *b)
{
	if (b->kind == BLOCK_HEADING)
		return 0;
	return b->kind == BLOCK_ITEM && !b->level ? 1 : b->level;
}

size_t set_bars(const struct block *b)
{
	return (size_t)b->quote + (b->kind == BLOCK_EMBED && !doc_is_medium(b) ? 1 : 0);
}

/* Digits of the greatest number of the list that begins with block i: its markers are all as wide. */
static unsigned list_digits(const struct doc *d, size_t i)
{
	const struct block *first = &d->blocks[i];
	uint32_t greatest = 0;
	unsigned digits = 1;

	for (; i < d->n_blocks; i++) {
		const struct block *b = &d->blocks[i];

		if (level_of(b) < level_of(first) || b->quote != first->quote)
			break;
		if (b->kind == BLOCK_ITEM && level_of(b) == level_of(first) && b->number > greatest)
			greatest = b->number;
	}
	for (; greatest >= 10; greatest /= 10)
		digits++;
	return digits;
}

static bool begins_with_dash(struct str s)
{
	static const char *const dashes[] = {"—", "–", "―", "-", "~"};

	for (size_t i = 0; i < ARRAY_LEN(dashes); i++)
		if (str_starts(s, dashes[i]))
			return true;
	return false;
}

static void note_mark(const struct setter *s, const struct block *b, struct buf *text)
{
	if (b->label.len > 8 || s->o->ascii || !raise_add(text, b->label, false))
		width_display(text, b->label);
}

static void add_marker(struct setter *s, const struct block *b, struct buf *text)
{
	static const char *const bullets[] = {"•", "◦", "*", "-"};
	size_t level = level_of(b);
	int digits;

	if (b->kind == BLOCK_ITEM && b->ordered) {
		if (!s->digits[level])
			s->digits[level] = list_digits(s->doc, s->block);
		digits = (int)s->digits[level];
		if (s->rtl)
			buf_printf(text, ".%-*u", digits, (unsigned)b->number);
		else
			buf_printf(text, "%*u.", digits, (unsigned)b->number);
	} else if (b->kind == BLOCK_ITEM) {
		buf_adds(text, bullets[(s->o->ascii ? 2 : 0) + (level > 1 && level % 2 == 0 ? 1 : 0)]);
	} else if (b->kind == BLOCK_NOTE && b->label.len) {
		note_mark(s, b, text);
	} else if (b->kind == BLOCK_SOURCE && !begins_with_dash(b->text.text)) {
		buf_adds(text, s->o->ascii ? "--" : "—");
	}
}

/* Sets the margin's marker and returns its columns. */
static size_t make_marker(struct setter *s, const struct block *b)
{
	SCOPED(buf) struct buf text = BUF_MAX(DOC_MAX_URL);

	if (s->rtl)
		buf_addc(&text, ' ');
	add_marker(s, b, &text);
	if (text.len == s->rtl)
		buf_reset(&text);
	else if (!s->rtl)
		buf_addc(&text, ' ');
	s->margin.marker = arena_str(s->arena, buf_str(&text));
	return width_of(s->margin.marker);
}

static struct str make_bars(const struct setter *s, size_t n)
{
	struct str bar = s->o->ascii ? STR("| ") : STR("▎ ");
	char *text;

	if (s->rtl)
		bar = s->o->ascii ? STR(" |") : STR(" ▕");
	text = arena_array(s->arena, n + 1, bar.len);
	for (size_t i = 0; i < n; i++)
		memcpy(text + i * bar.len, bar.p, bar.len);
	return str_n(text, n * bar.len);
}

/* In narrow places the indents give way first, then bars, then the hanging under the marker; the marker last.
 */
static void fit_margin(struct setter *s, size_t outer, size_t inner, size_t indent, size_t marker_columns)
{
	struct margin *m = &s->margin;
	size_t width = s->o->width;
	size_t room = width > TEXT_COLUMNS + 2 ? width - TEXT_COLUMNS : width >= 6 ? 2 : 0;

	if (outer > room / BAR_COLUMNS)
		outer = room / BAR_COLUMNS;
	room -= outer * BAR_COLUMNS;
	if (inner > room / BAR_COLUMNS)
		inner = room / BAR_COLUMNS;
	room -= inner * BAR_COLUMNS;
	m->n_outer = outer;
	m->n_inner = inner;
	m->outer = make_bars(s, outer);
	m->inner = make_bars(s, inner);
	m->bar_columns = (outer + inner) * BAR_COLUMNS;
	m->hang = marker_columns < room ? marker_columns : room;
	room -= m->hang;
	m->indent = indent < room ? indent : room;
	m->marker_columns = m->bar_columns + m->indent + marker_columns < width ? marker_columns : 0;
	if (!m->marker_columns)
		m->hang = 0;
}

void set_place(struct setter *s, const struct block *b)
{
	size_t level = level_of(b), own, indent, columns, bars = set_bars(b), outer = bars;

	for (; s->deepest > level; s->deepest--)
		s->text_at[s->deepest] = s->quote_at[s->deepest] = s->digits[s->deepest] = 0;
	s->deepest = level;
	columns = make_marker(s, b);
	own = level && b->kind == BLOCK_ITEM ? level - 1 : level;
	indent = own && !s->text_at[own] ? own * 2 : s->text_at[own];
	/* A quote within a list's item stands at the item's text. */
	if (own && s->text_at[own] && outer > s->quote_at[own])
		outer = s->quote_at[own];
	if (level && b->kind == BLOCK_ITEM) {
		s->text_at[level] = indent + (bars - outer) * BAR_COLUMNS + columns;
		s->quote_at[level] = bars;
	}
	if (b->kind == BLOCK_DESC)
		indent += 2;
	if (b->kind == BLOCK_CODE && s->o->width >= 2 * TEXT_COLUMNS)
		indent += CODE_INDENT;
	fit_margin(s, outer, bars - outer, indent, columns);
}
