/* SPDX-License-Identifier: MIT */
/* A document set into lines for a width: pure, the resize path. Lines hold slices of displayed text with
 * styles and link numbers; anchors tell which block and character a line shows, so that a place in the text
 * survives a new width. Thread: any; a layout is never changed. */
#ifndef CO_DOC_LAYOUT_H
#define CO_DOC_LAYOUT_H

#include "base/arena.h"
#include "doc/doc.h"

enum line_style { /* beside the run_style bits of a span, in its upper half */
	LINE_HEADING = 1 << 16,
	LINE_QUOTE_BAR = 1 << 17,
	LINE_DIM = 1 << 18,
	LINE_LINK = 1 << 19,
	LINE_LINK_NUMBER = 1 << 20,
	LINE_MARKER = 1 << 21,
	LINE_TABLE_HEAD = 1 << 22,
	LINE_TITLE = 1 << 23,
	LINE_DEK = 1 << 24,
	LINE_BYLINE = 1 << 25,
	LINE_PANNED = 1 << 26,
	LINE_MARGIN = 1 << 27 /* an indent */
};

struct line_span {
	struct str text; /* as displayed (text/width's filter is applied) */
	uint32_t style;  /* run_style | line_style bits */
	uint16_t link;   /* 1-based link number, 0: none */
	uint16_t columns;
};

/* How a line goes on from the one above: as a new text, where a blank stood, in the midst of a word (or of a
 * text without blanks). */
enum line_joint { JOINT_NONE, JOINT_BLANK, JOINT_WORD };

struct layout_line {
	struct line_span *spans;
	uint32_t n_spans;
	uint32_t columns; /* sum of spans */
	uint32_t block;   /* index into doc.blocks; UINT32_MAX: the head (title, dek, byline) */
	uint32_t at;      /* byte in the block's text that the line begins with; in a table its row */
	uint8_t joint;    /* line_joint */
	bool rtl;         /* set at the right edge */
	bool pannable;    /* longer than the width: shown from `pan` columns on */
};

#define LAYOUT_MAX_LINES 400000 /* what lies beyond is not set */

struct layout {
	struct arena *arena;
	struct layout_line *lines;
	size_t n_lines;
	size_t head_lines; /* lines of the head, the blank one after it included */
	size_t width;
	size_t max_pan; /* columns by which panning still shows something new */
};

struct layout_head { /* what stands above the text; absent strings are left out */
	struct str title, dek, byline;
};

struct layout_options {
	size_t width;      /* columns, at least 1 */
	size_t pan;        /* columns that wide tables and code are shifted by */
	bool ascii;        /* stand-ins for • ▎ › … */
	bool number_links; /* [n] after each link's first mention */
	bool records;      /* tables as records (narrow panes); else when they do not fit */
};

/* Returns yours. doc may be NULL (head only). Slices borrow from doc and head or live in the layout's arena.
 */
struct layout *layout_make(
    const struct doc *doc, const struct layout_head *head, const struct layout_options *o);
void layout_free(struct layout *l);
DEFINE_FREEP(layout)
/* The line that shows (block, at), or the nearest before it. */
size_t layout_line_of(const struct layout *l, uint32_t block, uint32_t at);

#endif
