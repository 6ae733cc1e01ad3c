/* SPDX-License-Identifier: MIT */
/* Where the panes stand: the three widths of the screen as arithmetic. */
#include "app/geometry.h"

#define WIDE_FROM          120
#define MEDIUM_FROM        72
#define CHROME_FROM        8  /* rows: below it the tabs and the bottom row go */
#define RELATED_OPEN_FROM  32 /* rows: from there related stays open in the medium width */
#define RELATED_OPEN_ROWS  8
#define ARTICLE_LEAST      20 /* columns that { and } leave to the article */
#define ARTICLE_LEAST_ROWS 3  /* rows that an opened related leaves to it */

static int clamp(int v, int low, int high)
{
	if (v > high)
		v = high;
	return v < low ? low : v;
}

static enum width_class class_of(int width)
{
	if (width >= WIDE_FROM)
		return WIDTH_WIDE;
	return width >= MEDIUM_FROM ? WIDTH_MEDIUM : WIDTH_NARROW;
}

static int headlines_width(const struct geometry_want *want, enum width_class class, int room)
{
	int w = want->headlines_cells;
	if (w <= 0)
		w = class == WIDTH_WIDE ? clamp(want->width * 30 / 100, 32, 56)
		                        : clamp(want->width * 38 / 100, 26, want->width);
	return clamp(w + want->headlines_delta[class], 10, room - ARTICLE_LEAST);
}

static int related_width(const struct geometry_want *want)
{
	if (want->related_cells < 0)
		return 0;
	if (want->related_cells > 0)
		return clamp(want->related_cells, 10, want->width / 2);
	return clamp(want->width * 24 / 100, 26, 44);
}

static void set_single(struct geometry *g, enum pane_place focus, struct rect body)
{
	g->single = true;
	if (focus == PLACE_HEADLINES)
		g->headlines = body;
	else if (focus == PLACE_RELATED)
		g->related = body;
	else
		g->article = body;
	/* A pane that is not shown keeps its width, so that its text is already set when its turn comes. */
	g->headlines.w = g->article.w = g->related.w = body.w;
}

static void set_wide(struct geometry *g, const struct geometry_want *want, struct rect body)
{
	int related = related_width(want);
	int room = body.w - (related ? related + 1 : 0);
	int head = headlines_width(want, WIDTH_WIDE, room);
	g->headlines = (struct rect){0, body.y, head, body.h};
	g->separator1 = head;
	g->article = (struct rect){head + 1, body.y, room - head - 1, body.h};
	if (!related)
		return;
	g->separator2 = room;
	g->related = (struct rect){room + 1, body.y, related, body.h};
}

static void set_medium(struct geometry *g, const struct geometry_want *want, struct rect body)
{
	int head = headlines_width(want, WIDTH_MEDIUM, body.w);
	bool stays = want->height >= RELATED_OPEN_FROM;
	struct rect right = {head + 1, body.y, body.w - head - 1, body.h};
	g->headlines = (struct rect){0, body.y, head, body.h};
	g->separator1 = head;
	if (want->related_cells < 0 || body.h < ARTICLE_LEAST_ROWS) {
		g->article = right;
		return;
	}
	int rows = 1;
	if (stays || want->related_open) {
		int wanted = want->related_rows < RELATED_OPEN_ROWS - 1 ? (int)want->related_rows
		                                                        : RELATED_OPEN_ROWS - 1;
		rows = stays ? RELATED_OPEN_ROWS : 1 + clamp(wanted, 1, RELATED_OPEN_ROWS - 1);
	}
	rows = clamp(rows, 1, body.h - ARTICLE_LEAST_ROWS > 1 ? body.h - ARTICLE_LEAST_ROWS : 1);
	g->article = (struct rect){right.x, right.y, right.w, right.h - rows};
	g->related_row = (struct rect){head, right.y + right.h - rows, right.w + 1, 1};
	g->related_is_row = rows == 1;
	g->related = (struct rect){right.x, g->related_row.y + 1, right.w, rows - 1};
}

void geometry_make(struct geometry *g, const struct geometry_want *want, int measure)
{
	*g = (struct geometry){
	    .width = want->width, .height = want->height, .separator1 = -1, .separator2 = -1};
	struct rect body = {0, 0, want->width, want->height};
	g->class = class_of(want->width);
	if (want->height >= CHROME_FROM) {
		g->tabs = (struct rect){0, 0, want->width, 1};
		g->bar = (struct rect){0, want->height - 1, want->width, 1};
		body = (struct rect){0, 1, want->width, want->height - 2};
	}
	if (g->class == WIDTH_NARROW || want->single[g->class])
		set_single(g, want->focus, body);
	else if (g->class == WIDTH_WIDE)
		set_wide(g, want, body);
	else
		set_medium(g, want, body);
	int w = clamp(g->article.w - 2, 1, measure > 0 ? measure : 1);
	g->text = (struct rect){g->article.x + (g->article.w - w) / 2, g->article.y, w, g->article.h};
}
