/* SPDX-License-Identifier: MIT */
/* Lines of a layout: spans behind a margin, paragraphs broken into them, wide ones shifted. */
#include "doc/layout_priv.h"

#include "text/width.h"
#include "text/wrap.h"

#define SPAN_COLUMNS 16000 /* a longer one is cut in two: its columns have 16 bits */

#define BLANKS_64 "                                                                "
static const char blanks[] = BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64;

static size_t set_first_width(const struct setter *s)
{
	size_t used = s->margin.bar_columns + s->margin.indent + s->margin.marker_columns;

	return s->o->width > used ? s->o->width - used : 1;
}

size_t set_rest_width(const struct setter *s)
{
	size_t used = s->margin.bar_columns + s->margin.indent + s->margin.hang;

	return s->o->width > used ? s->o->width - used : 1;
}

static void add_span(struct setter *s, struct str text, uint32_t style, uint16_t link, size_t columns)
{
	vec_push(&s->spans, ((struct line_span){text, style, link, (uint16_t)columns}));
	vec_last(&s->lines).columns += (uint32_t)columns;
	vec_last(&s->lines).n_spans++;
}

void line_add(struct setter *s, struct str text, uint32_t style, uint16_t link, size_t columns)
{
	while (columns > SPAN_COLUMNS) {
		size_t used;
		struct str part = width_cut(text, SPAN_COLUMNS, &used);

		add_span(s, part, style, link, used);
		text = str_skip(text, part.len);
		columns -= used;
	}
	if (text.len)
		add_span(s, text, style, link, columns);
}

static void add_blanks(struct setter *s, size_t n, uint32_t style)
{
	while (n > 0) {
		size_t part = n < sizeof blanks - 1 ? n : sizeof blanks - 1;

		add_span(s, str_n(blanks, part), style, 0, part);
		n -= part;
	}
}

void line_blanks(struct setter *s, size_t n)
{
	add_blanks(s, n, 0);
}

void line_indent(struct setter *s, size_t n)
{
	add_blanks(s, n, LINE_MARGIN);
	s->margin_spans = vec_last(&s->lines).n_spans;
}

void line_repeat(struct setter *s, struct str sign, size_t n, uint32_t style)
{
	char *text = arena_array(s->arena, n + 1, sign.len);

	for (size_t i = 0; i < n; i++)
		memcpy(text + i * sign.len, sign.p, sign.len);
	line_add(s, str_n(text, n * sign.len), style, 0, n);
}

static void reverse(struct line_span *spans, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct line_span other = spans[i];

		spans[i] = spans[n - 1 - i];
		spans[n - 1 - i] = other;
	}
}

void line_end(struct setter *s)
{
	size_t n = s->lines.n ? vec_last(&s->lines).n_spans : 0;
	struct line_span *spans = n ? s->spans.v + vec_last(&s->starts) : NULL;

	if (n && vec_last(&s->lines).rtl && s->margin_spans) {
		/* The margin turned around, then all, then the text back. */
		reverse(spans, n);
		reverse(spans, n - s->margin_spans);
	}
	s->margin_spans = 0;
}

static struct layout_line *new_line(struct setter *s)
{
	line_end(s);
	vec_push(&s->starts, s->spans.n);
	return vec_add(&s->lines);
}

static void add_bars(struct setter *s, struct str bars, size_t of, size_t n)
{
	if (n && of)
		line_add(s, str_sub(bars, 0, bars.len / of * n), LINE_QUOTE_BAR, 0, n * 2);
}

void line_begin(struct setter *s, size_t at, bool first)
{
	struct layout_line *line = new_line(s);
	const struct margin *m = &s->margin;

	line->block = s->block;
	line->at = (uint32_t)at;
	line->rtl = s->rtl;
	add_bars(s, m->outer, m->n_outer, m->n_outer);
	line_indent(s, m->indent);
	add_bars(s, m->inner, m->n_inner, m->n_inner);
	line_indent(s, first ? 0 : m->hang);
	if (first && m->marker_columns)
		line_add(s, m->marker, LINE_MARKER, 0, m->marker_columns);
	s->margin_spans = vec_last(&s->lines).n_spans;
}

void line_blank(struct setter *s, size_t bars)
{
	struct layout_line last = vec_last(&s->lines), *line = new_line(s);
	const struct margin *m = &s->margin;
	size_t outer = bars < m->n_outer ? bars : m->n_outer;
	size_t inner = bars - outer < m->n_inner ? bars - outer : m->n_inner;

	line->block = last.block;
	line->at = last.at;
	line->rtl = last.rtl && bars;
	add_bars(s, m->outer, m->n_outer, outer);
	if (inner) {
		line_indent(s, m->indent);
		add_bars(s, m->inner, m->n_inner, inner);
	}
	s->margin_spans = vec_last(&s->lines).n_spans;
}

/* The piece that holds byte `at`: pieces ascend, lines are asked for in order, but any order is right. */
static size_t piece_of(const struct flow *f, size_t at)
{
	size_t low = 0, high = f->n_pieces;

	while (low + 1 < high) {
		size_t mid = low + (high - low) / 2;

		if (f->pieces[mid].at <= at)
			low = mid;
		else
			high = mid;
	}
	return low;
}

size_t flow_source(const struct flow *f, size_t at)
{
	const struct flow_piece *p;

	if (!f->n_pieces)
		return 0;
	p = &f->pieces[piece_of(f, at)];
	return p->linear ? p->source + (at - p->at) : p->source;
}

/* End of the look that piece *i begins, at most `end`; *i is the last piece of it. */
static size_t look_end(const struct flow *f, size_t *i, size_t end)
{
	const struct flow_piece *p = &f->pieces[*i];

	for (; *i + 1 < f->n_pieces; ++*i) {
		const struct flow_piece *next = &f->pieces[*i + 1];

		if (next->at >= end)
			return end;
		if (next->style != p->style || next->link != p->link)
			return next->at;
	}
	return end;
}

void line_flow(struct setter *s, const struct flow *f, size_t start, size_t end, size_t columns)
{
	for (size_t i = f->n_pieces ? piece_of(f, start) : 0; i < f->n_pieces && start < end; i++) {
		const struct flow_piece *p = &f->pieces[i];
		size_t stop = look_end(f, &i, end), used;
		struct str part;

		if (stop <= start)
			continue;
		part = str_sub(f->text, start, stop - start);
		used = stop < end || columns == SIZE_MAX ? width_of(part) : columns;
		line_add(s, part, p->style, p->link, used);
		if (columns != SIZE_MAX)
			columns = columns > used ? columns - used : 0;
		start = stop;
	}
}

struct part {
	struct setter *s;
	const struct flow *f;
	size_t start, first, rest; /* of the part; indents beside the margin's */
	size_t limit;              /* columns of the line at hand */
	bool is_first;
};

static enum line_joint joint_at(const struct part *p, size_t start)
{
	if (p->is_first)
		return JOINT_NONE;
	return ch_space(p->f->text.p[start - 1]) ? JOINT_BLANK : JOINT_WORD;
}

static void part_line(void *arg, size_t start, size_t end, size_t columns)
{
	struct part *p = arg;
	struct setter *s = p->s;

	if (set_full(s))
		return;
	start += p->start;
	end += p->start;
	line_begin(s, flow_source(p->f, start), p->is_first);
	vec_last(&s->lines).joint = (uint8_t)joint_at(p, start);
	line_indent(s, p->is_first ? p->first : p->rest);
	if (columns > p->limit)
		line_add(s, STR("?"), 0, 0, 1); /* a wide character in a single column */
	else
		line_flow(s, p->f, start, end, columns);
	p->is_first = false;
	p->limit = set_rest_width(s) > p->rest ? set_rest_width(s) - p->rest : 1;
}

void set_part(struct setter *s, const struct flow *f, size_t start, size_t end, size_t first, size_t rest)
{
	struct part p = {.s = s, .f = f, .start = start, .is_first = true};
	size_t first_width = set_first_width(s), rest_width = set_rest_width(s);

	p.first = first < first_width ? first : first_width - 1;
	p.rest = rest < rest_width ? rest : rest_width - 1;
	p.limit = first_width - p.first;
	wrap_text(str_sub(f->text, start, end - start), p.limit, rest_width - p.rest, 0, part_line, &p);
}

void set_flow(struct setter *s, const struct flow *f)
{
	set_part(s, f, 0, f->text.len, 0, 0);
}

size_t set_shift(struct setter *s, size_t columns)
{
	size_t width = set_rest_width(s);
	size_t most = columns > width ? columns - width : 0;

	if (most > s->layout->max_pan)
		s->layout->max_pan = most;
	return s->o->pan < most ? s->o->pan : most;
}

/* n blanks before span i of the last line, for the rest of a wide character that was cut through. */
static void insert_blanks(struct setter *s, size_t i, size_t n)
{
	if (n > sizeof blanks - 1)
		n = sizeof blanks - 1;
	(void)vec_add(&s->spans);
	memmove(&s->spans.v[i + 1], &s->spans.v[i], (s->spans.n - 1 - i) * sizeof *s->spans.v);
	s->spans.v[i] = (struct line_span){str_n(blanks, n), LINE_PANNED, 0, (uint16_t)n};
	vec_last(&s->lines).columns += (uint32_t)n;
}

/* Parts the span of the last line in which column `at` lies, so that one begins there. */
static void part_at(struct setter *s, size_t at)
{
	for (size_t i = vec_last(&s->starts); at > 0 && i < s->spans.n; i++) {
		size_t used;
		struct str head;
		struct line_span *span = &s->spans.v[i];

		if (span->columns <= at) {
			at -= span->columns;
			continue;
		}
		head = width_cut(span->text, at, &used);
		if (!used)
			return;
		(void)vec_add(&s->spans);
		span = &s->spans.v[i];
		memmove(span + 1, span, (s->spans.n - 1 - i) * sizeof *span);
		span[0].text = head;
		span[0].columns = (uint16_t)used;
		span[1].text = str_skip(span[1].text, head.len);
		span[1].columns = (uint16_t)(span[1].columns - used);
		return;
	}
}

void line_pan(struct setter *s, size_t shift, size_t fixed)
{
	struct layout_line *line = &vec_last(&s->lines);
	size_t from = vec_last(&s->starts), to = from, halved = SIZE_MAX, rest = 0;
	size_t margin = s->margin.bar_columns + s->margin.indent + fixed;

	line->pannable = true;
	part_at(s, margin);
	for (size_t i = from; i < s->spans.n; i++) {
		struct line_span span = s->spans.v[i];
		size_t used = 0, gone = span.columns < shift ? span.columns : shift;

		if (margin > 0) {
			margin -= span.columns < margin ? span.columns : margin;
		} else if (gone > 0) {
			span.text = str_skip(span.text, width_cut(span.text, gone, &used).len);
			shift -= gone;
			if (used < gone) {
				struct str cut = str_sub(span.text, 0, width_cluster(span.text, 0));

				span.text = str_skip(span.text, cut.len);
				used += width_of(cut);
				halved = to;
				rest = used - gone;
			}
			line->columns -= (uint32_t)used;
			span.columns = (uint16_t)(span.columns - used);
			span.style |= LINE_PANNED;
		}
		if (span.text.len)
			s->spans.v[to++] = span;
	}
	s->spans.n = to;
	if (halved != SIZE_MAX)
		insert_blanks(s, halved, rest);
	line->n_spans = (uint32_t)(s->spans.n - from);
}
