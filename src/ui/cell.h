/* SPDX-License-Identifier: MIT */
/* The canvas: the grid of cells that the screen is painted into. A cell holds one base character with at most
 * four marks, never a control byte; a wide character takes two cells, the second of width 0. What style means
 * is theme.h's, how it reaches the terminal term.h's. Thread: one owner. */
#ifndef CO_UI_CELL_H
#define CO_UI_CELL_H

#include "app/geometry.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

#define CELL_MARKS 4
#define CELL_BYTES 20 /* 1 + CELL_MARKS code points */

struct cell {
	char text[CELL_BYTES]; /* zeroed after len */
	uint8_t len, width;    /* width 1 or 2; 0: right half of the cell to the left */
	uint16_t style;        /* enum style of theme.h, with STYLE_ATTR bits */
};

_Static_assert(sizeof(struct cell) == CELL_BYTES + 4, "cells are compared and hashed as bytes");

struct canvas {
	struct cell *cells; /* w × h, row by row */
	int w, h;
	bool ascii; /* letters beyond ASCII become stand-ins */
};

void canvas_init(struct canvas *g, int w, int h);
void canvas_release(struct canvas *g);
/* Another size, at least 1×1; all blank. */
void canvas_resize(struct canvas *g, int w, int h);
struct cell *canvas_at(const struct canvas *g, int x, int y);
/* Puts text from (x, y) on, through the display filter; only what lies inside clip is changed. Returns the
 * column after the text, clipped or not. A wide character that clip cuts leaves blanks. */
int canvas_put(struct canvas *g, struct rect clip, int x, int y, struct str s, unsigned style);
/* The same with letters of one kind, `n` times. */
int canvas_repeat(struct canvas *g, struct rect clip, int x, int y, struct str s, int n, unsigned style);
/* Blanks. */
void canvas_fill(struct canvas *g, struct rect r, unsigned style);
/* Changes the style of cells that are painted already. */
void canvas_restyle(struct canvas *g, struct rect r, unsigned style);
bool cell_same(const struct cell *a, const struct cell *b);
/* Rows as lines of text, as wide as the grid. */
void canvas_text(const struct canvas *g, struct buf *out);
/* Rows as lines of one letter a column that tells the style: letter_of is theme.h's. */
void canvas_styles(const struct canvas *g, char (*letter_of)(unsigned style), struct buf *out);

#endif
