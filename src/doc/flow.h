/* SPDX-License-Identifier: MIT */
/* Text as it will be displayed, before it is broken into lines: filtered, raised and lowered, link numbers
 * put in, with pieces that tell look, link and the place in the source. Private to the layout. Thread: one
 * owner. */
#ifndef CO_DOC_FLOW_H
#define CO_DOC_FLOW_H

#include "base/buf.h"
#include "base/vec.h"
#include "doc/layout.h"

struct flow_piece {
	uint32_t at;     /* byte of the flow's text that it begins with; it ends where the next one begins */
	uint32_t source; /* byte of the source that `at` shows */
	uint32_t style;  /* run_style | line_style */
	uint16_t link;
	bool linear; /* bytes are those of the source, one for one */
};

struct flow {
	struct str text;
	struct flow_piece *pieces;
	size_t n_pieces;
};

struct flow_maker {
	struct arena *arena; /* of the flows */
	struct buf text;
	struct {
		VEC(struct flow_piece);
	} pieces;
	struct buf scratch;
	bool *numbered; /* by link: its number was shown */
	bool number_links, ascii;
	bool code;                   /* tabs are expanded */
	size_t tab_from, tab_column; /* a place in the text, and its column */
	size_t raised_to;            /* end in the source of the raised text at hand */
	bool raised_whole;           /* each of its characters has a raised one */
	bool raised_marked;          /* else: it is put into ^( ) or _( ) */
};

void flow_init(struct flow_maker *m, struct arena *a, size_t n_links, const struct layout_options *o);
void flow_release(struct flow_maker *m);
/* Adds words of our own, or names: shown as they are, standing for byte `source`. */
void flow_words(struct flow_maker *m, struct str words, uint32_t style, uint16_t link, size_t source);
/* Adds " [n]" if the link's number was not shown yet. */
void flow_number(struct flow_maker *m, uint16_t link, size_t source);
/* Adds a text with runs; style is added to each. */
void flow_rich(struct flow_maker *m, const struct rich *rich, uint32_t style);
/* Adds what a flow made before shows, at most that many columns of it, all standing for `source`. */
void flow_again(struct flow_maker *m, const struct flow *f, size_t columns, uint32_t style, size_t source);
/* What was added since the last time, in the arena. */
struct flow flow_take(struct flow_maker *m);

#endif
