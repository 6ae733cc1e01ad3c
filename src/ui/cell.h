/* SPDX-License-Identifier: MIT */
/* The grid of cells that the screen is painted into. A cell holds one base character with at most four marks,
 * never a control byte; a wide character takes two cells, the second of width 0. What style means is
 * theme.h's, how it reaches the terminal term.h's. Thread: one owner. */
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

struct grid {
	struct cell *cells; /* w × h, row by row */
	int w, h;
	bool ascii; /* letters beyond ASCII become stand-ins */
};

void grid_init(struct grid *g, int w, int h);
void grid_release(struct grid *g);
/* Another size, at least 1×1; all blank. */
void grid_resize(struct grid *g, int w, int h);
void grid_clear(struct grid *g);
struct cell *grid_at(const struct grid *g, int x, int y);
/* Puts text from (x, y) on, through the display filter; only what lies inside clip is changed. Returns the
 * column after the text, clipped or not. A wide character that clip cuts leaves blanks. */
int grid_put(struct grid *g, struct rect clip, int x, int y, struct str s, unsigned style);
/* The same with letters of one kind, `n` times. */
int grid_repeat(struct grid *g, struct rect clip, int x, int y, struct str s, int n, unsigned style);
/* Blanks. */
void grid_fill(struct grid *g, struct rect r, unsigned style);
/* Changes the style of cells that are painted already. */
void grid_restyle(struct grid *g, struct rect r, unsigned style);
bool grid_same(const struct grid *a, const struct grid *b);
bool cell_same(const struct cell *a, const struct cell *b);
/* Rows as lines of text, as wide as the grid. */
void grid_text(const struct grid *g, struct buf *out);
/* Rows as lines of one letter a column that tells the style: letter_of is theme.h's. */
void grid_styles(const struct grid *g, char (*letter_of)(unsigned style), struct buf *out);

#endif
