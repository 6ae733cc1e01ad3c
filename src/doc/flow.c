/* SPDX-License-Identifier: MIT */
/* From runs to displayed pieces. Where the display filter changes nothing, which is nearly always, a piece
 * maps to its source byte by byte; else cluster by cluster. */
#include "doc/flow.h"

#include <stdio.h>

#include "doc/raise.h"
#include "doc/rich.h"
#include "text/utf8.h"
#include "text/width.h"

#define TAB_COLUMNS 4
#define PIECES_MAX  500000 /* beyond, places in the source are told less exactly */
#define RAISED_MAX  40     /* bytes; what is longer was raised for its size, and is shown plain */

void flow_init(struct flow_maker *m, struct arena *a, size_t n_links, const struct layout_options *o)
{
	*m = (struct flow_maker){.arena = a, .number_links = o->number_links, .ascii = o->ascii};
	m->text = BUF_MAX((size_t)256 << 20);
	m->scratch = BUF_MAX(4096);
	m->numbered = mem_array(n_links + 1, sizeof *m->numbered);
}

void flow_release(struct flow_maker *m)
{
	buf_release(&m->text);
	buf_release(&m->scratch);
	vec_free(&m->pieces);
	mem_free(m->numbered);
}

static void begin_piece(struct flow_maker *m, size_t source, uint32_t style, uint16_t link, bool linear)
{
	struct flow_piece *last = m->pieces.n ? &vec_last(&m->pieces) : NULL;
	size_t at = m->text.len;

	if (last && last->style == style && last->link == link && last->linear && linear &&
	    last->source + (at - last->at) == source)
		return;
	if (last && m->pieces.n >= PIECES_MAX && last->style == style && last->link == link) {
		last->linear = false;
		return;
	}
	vec_push(&m->pieces, ((struct flow_piece){(uint32_t)at, (uint32_t)source, style, link, linear}));
}

void flow_words(struct flow_maker *m, struct str words, uint32_t style, uint16_t link, size_t source)
{
	if (!words.len)
		return;
	begin_piece(m, source, style, link, false);
	width_display(&m->text, words);
}

void flow_number(struct flow_maker *m, uint16_t link, size_t source)
{
	char number[16];
	bool apart = m->text.len && !ch_space(m->text.data[m->text.len - 1]);

	if (!link || !m->number_links || m->numbered[link])
		return;
	m->numbered[link] = true;
	if (apart)
		flow_words(m, STR(" "), 0, 0, source);
	(void)snprintf(number, sizeof number, "[%u]", (unsigned)link);
	flow_words(m, str_c(number), LINE_LINK_NUMBER | LINE_DIM, link, source);
	if (!apart)
		flow_words(m, STR(" "), 0, 0, source);
}

/* A stretch without newlines and tabs. */
static void add_stretch(struct flow_maker *m, struct str s, size_t source, uint32_t style, uint16_t link)
{
	size_t start = m->text.len;

	begin_piece(m, source, style, link, true);
	width_display(&m->text, s);
	if (m->text.len - start == s.len)
		return;
	buf_truncate(&m->text, start);
	if (vec_last(&m->pieces).at == start)
		m->pieces.n--;
	for (size_t at = 0; at < s.len;) {
		size_t n = width_cluster(s, at), before = m->text.len;

		width_display(&m->text, str_sub(s, at, n));
		if (m->text.len > before) {
			size_t shown = m->text.len;

			m->text.len = before;
			begin_piece(m, source + at, style, link, shown - before == n);
			m->text.len = shown;
		}
		at += n;
	}
}

static void add_tab(struct flow_maker *m, uint32_t style, size_t source)
{
	size_t n = 1;

	if (m->code) {
		struct str since = str_skip(buf_str(&m->text), m->tab_from);

		m->tab_column += width_of(since);
		n = TAB_COLUMNS - m->tab_column % TAB_COLUMNS;
	}
	begin_piece(m, source, style, 0, false);
	buf_fill(&m->text, ' ', n);
	m->tab_column += n;
	m->tab_from = m->text.len;
}

static void add_text(struct flow_maker *m, struct str s, size_t source, uint32_t style, uint16_t link)
{
	for (size_t at = 0; at < s.len;) {
		size_t start = at;

		while (at < s.len && s.p[at] != '\n' && s.p[at] != '\t')
			at++;
		if (at > start)
			add_stretch(m, str_sub(s, start, at - start), source + start, style, link);
		if (at >= s.len)
			break;
		if (s.p[at] == '\t') {
			add_tab(m, style, source + at++);
			continue;
		}
		begin_piece(m, source + at, 0, 0, false);
		buf_addc(&m->text, '\n');
		m->tab_from = m->text.len;
		m->tab_column = 0;
		at++;
	}
}

/* A note's mark in brackets reads as a link's number: raised, it needs none. Several are parted by commas. */
static bool add_without_brackets(struct buf *out, struct str s, bool sub)
{
	size_t before = out->len;

	if (str_starts(s, "["))
		s = str_skip(s, 1);
	if (str_ends(s, "]"))
		s = str_sub(s, 0, s.len - 1);
	while (s.len) {
		ptrdiff_t end = str_find(s, STR("]["));
		struct str mark = end < 0 ? s : str_sub(s, 0, (size_t)end);

		if (out->len > before)
			buf_addc(out, ',');
		if (!raise_add(out, mark, sub)) {
			buf_truncate(out, before);
			return false;
		}
		s = end < 0 ? STR_NONE : str_skip(s, (size_t)end + 2);
	}
	return out->len > before;
}

/* At the first piece of raised text: how all of it is to be shown. */
static void look_at_raised(
    struct flow_maker *m, const struct rich *rich, struct rich_walk ahead, const struct rich_piece *piece)
{
	unsigned bit = piece->style & (RUN_SUPER | RUN_SUB);
	size_t end = piece->start + piece->text.len;
	struct rich_piece next;
	struct str all;

	while (rich_next_style(&ahead) & bit && rich_next(&ahead, &next))
		end = next.start + next.text.len;
	all = str_sub(rich->text, piece->start, end - piece->start);
	m->raised_to = end;
	m->raised_whole = false;
	m->raised_marked = false;
	if (all.len > RAISED_MAX)
		return;
	buf_reset(&m->scratch);
	m->raised_whole = !m->ascii && add_without_brackets(&m->scratch, all, bit & RUN_SUB);
	m->raised_marked = !m->raised_whole && all.p[0] != '[';
}

static void add_raised(
    struct flow_maker *m, const struct rich_piece *p, uint32_t style, bool first, bool last)
{
	bool sub = p->style & RUN_SUB;

	if (m->raised_whole) {
		buf_reset(&m->scratch);
		add_without_brackets(&m->scratch, p->text, sub);
		flow_words(m, buf_str(&m->scratch), style, p->link, p->start);
		return;
	}
	if (first && m->raised_marked)
		flow_words(m, sub ? STR("_(") : STR("^("), style, p->link, p->start);
	add_text(m, p->text, p->start, style, p->link);
	if (last && m->raised_marked)
		flow_words(m, STR(")"), style, p->link, p->start + p->text.len);
}

void flow_rich(struct flow_maker *m, const struct rich *rich, uint32_t style)
{
	struct rich_walk walk = {.rich = rich};
	struct rich_piece p;
	bool struck = false;

	m->raised_to = 0;
	while (rich_next(&walk, &p)) {
		uint32_t look = style | p.style | (p.link ? (uint32_t)LINE_LINK : 0) |
		                (p.style & RUN_GLOSS ? (uint32_t)LINE_DIM : 0);
		size_t end = p.start + p.text.len;

		if (p.style & RUN_DELETED && !struck)
			flow_words(m, STR("[-"), look, p.link, p.start);
		struck = p.style & RUN_DELETED;
		if (p.style & (RUN_SUPER | RUN_SUB)) {
			bool first = p.start >= m->raised_to;

			if (first)
				look_at_raised(m, rich, walk, &p);
			add_raised(m, &p, look, first, end >= m->raised_to);
		} else {
			add_text(m, p.text, p.start, look, p.link);
		}
		if (struck && !(rich_next_style(&walk) & RUN_DELETED)) {
			flow_words(m, STR("-]"), look, p.link, end);
			struck = false;
		}
		if (p.link && rich_next_link(&walk) != p.link)
			flow_number(m, p.link, end);
	}
}

void flow_again(struct flow_maker *m, const struct flow *f, size_t columns, uint32_t style, size_t source)
{
	size_t end = columns == SIZE_MAX ? f->text.len : width_cut(f->text, columns, NULL).len;

	for (size_t i = 0; i < f->n_pieces && f->pieces[i].at < end; i++) {
		size_t at = f->pieces[i].at, stop = i + 1 < f->n_pieces ? f->pieces[i + 1].at : end;

		if (stop > end)
			stop = end;
		begin_piece(m, source, f->pieces[i].style | style, f->pieces[i].link, false);
		buf_add(&m->text, f->text.p + at, stop - at);
	}
}

struct flow flow_take(struct flow_maker *m)
{
	struct flow f = {.text = arena_str(m->arena, buf_str(&m->text)), .n_pieces = m->pieces.n};

	f.pieces = arena_grow(m->arena, m->pieces.v, f.n_pieces, f.n_pieces + 1, sizeof *f.pieces);
	buf_reset(&m->text);
	vec_clear(&m->pieces);
	m->tab_from = m->tab_column = 0;
	return f;
}
