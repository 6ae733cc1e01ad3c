/* SPDX-License-Identifier: MIT */
/* From the app's state to a grid: the parts in their order. */
#include "ui/paint.h"

static void paint_separator(const struct app *a, struct canvas *g, int x, struct rect beside)
{
	struct rect all = {0, 0, a->geo.width, a->geo.height};
	int bottom = beside.y + beside.h;
	if (x < 0)
		return;
	for (int y = beside.y; y < bottom; y++)
		canvas_put(g, all, x, y, sign(g, SIGN_LINE), STYLE_SEPARATOR);
}

void frame_paint(const struct app *a, struct canvas *g)
{
	g->ascii = a->ascii;
	canvas_resize(g, a->geo.width, a->geo.height);
	paint_tabs(a, g);
	if (a->overlay.kind) {
		paint_overlay(a, g);
	} else {
		paint_headlines(a, g);
		paint_article(a, g);
		paint_separator(a, g, a->geo.separator1, a->geo.headlines);
		paint_separator(a, g, a->geo.separator2, a->geo.headlines);
		paint_related(a, g);
	}
	paint_bar(a, g);
}
