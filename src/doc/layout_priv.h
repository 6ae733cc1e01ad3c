/* SPDX-License-Identifier: MIT */
/* What the parts of the layout share: the setter, which gathers lines, and what stands before them. layout.c
 * goes over the blocks, layout_margin.c sets what stands before them, layout_line.c makes lines,
 * layout_table.c sets tables. */
#ifndef CO_DOC_LAYOUT_PRIV_H
#define CO_DOC_LAYOUT_PRIV_H

#include "doc/flow.h"
#include "doc/layout.h"

/* Before the text of a block: bars, an indent, bars of a quote within a list's item, and on its first line a
 * marker, under which further lines hang. */
struct margin {
	struct str outer, inner, marker;
	size_t n_outer, n_inner; /* bars */
	size_t bar_columns;      /* of both */
	size_t indent, marker_columns;
	size_t hang; /* columns of further lines beside the indent */
};

struct setter {
	const struct doc *doc;
	const struct layout_options *o;
	struct layout *layout;
	struct arena *arena;
	struct flow_maker maker;
	struct {
		VEC(struct layout_line);
	} lines;
	struct {
		VEC(struct line_span);
	} spans;
	struct {
		VEC(size_t);
	} starts; /* of each line: its first span */
	struct margin margin;
	size_t margin_spans; /* at the beginning of the line at hand */
	uint32_t block;      /* that the lines belong to */
	bool rtl;
	size_t text_at[DOC_MAX_DEPTH + 1];  /* column at which each list depth has its text */
	unsigned digits[DOC_MAX_DEPTH + 1]; /* of the numbers of each depth's list, 0: none under way */
	size_t quote_at[DOC_MAX_DEPTH + 1]; /* quotes that the items of each depth stand in */
	size_t deepest;                     /* list depth that the three hold something for */
};

/* Columns left for text on a block's further lines. */
size_t set_rest_width(const struct setter *s);

/* True when no more lines are to be set. */
static inline bool set_full(const struct setter *s)
{
	return s->lines.n >= LAYOUT_MAX_LINES;
}

/* The margin of a block, and where the lists that go on after it have their text. */
void set_place(struct setter *s, const struct block *b);
/* Bars of quotes at a block. */
size_t set_bars(const struct block *b);
/* One line: begin, add spans, done. The margin is added by begin; `first` with the marker. */
void line_begin(struct setter *s, size_t at, bool first);
void line_add(struct setter *s, struct str text, uint32_t style, uint16_t link, size_t columns);
void line_blanks(struct setter *s, size_t n);
/* The same as a part of the margin. */
void line_indent(struct setter *s, size_t n);
/* The last line has all its spans: what stands before a text from right to left moves behind it. */
void line_end(struct setter *s);
/* n times a sign of one column. */
void line_repeat(struct setter *s, struct str sign, size_t n, uint32_t style);
/* Adds bytes [start, end) of a flow. columns: what they take, if known; SIZE_MAX: to be measured. */
void line_flow(struct setter *s, const struct flow *f, size_t start, size_t end, size_t columns);
/* Source byte that byte `at` of a flow shows. */
size_t flow_source(const struct flow *f, size_t at);
/* Cuts `shift` columns out of the last line's text, behind its margin and the first `fixed` columns of the
 * text, and marks it as one that pans. */
void line_pan(struct setter *s, size_t shift, size_t fixed);
/* An empty line with that many bars, belonging to what was set last. */
void line_blank(struct setter *s, size_t bars);

/* Sets [start, end) of a flow as a paragraph at the margin, its lines indented further by `first` and `rest`.
 */
void set_part(struct setter *s, const struct flow *f, size_t start, size_t end, size_t first, size_t rest);
void set_flow(struct setter *s, const struct flow *f);
/* What is cut off at the left of a wide thing: the asked for shift, as far as there is something to see. */
size_t set_shift(struct setter *s, size_t columns);

void set_table(struct setter *s, const struct doc_table *t);

#endif
