/* SPDX-License-Identifier: MIT */
/* What drawing and scrolling share. */
#ifndef CO_UI_DRAW_PRIV_H
#define CO_UI_DRAW_PRIV_H

#include "ui/draw.h"

/* Brings the cursor to (x, y) the shortest way. */
void draw_move(struct draw *d, int x, int y, struct buf *out);
/* Byte for byte; false may still look the same. */
bool draw_row_same(const struct draw *d, const struct canvas *c, int y);
/* Moves rows of the screen that c shows elsewhere, where that is shorter than drawing them. */
void draw_scroll(struct draw *d, const struct canvas *c, struct buf *out);

#endif
