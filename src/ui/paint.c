/* SPDX-License-Identifier: MIT */
/* Signs, text at edges, and the rows that headlines and related stories share. */
#include "ui/paint.h"

#include "text/width.h"
#include "text/wrap.h"

struct str sign(const struct canvas *g, enum sign s)
{
	static const char *const signs[SIGN_COUNT][2] = {
	    [SIGN_SELECTION] = {"▌", ">"},
	    [SIGN_SELECTION_OTHER] = {"▏", "-"},
	    [SIGN_UNREAD] = {"●", "o"},
	    [SIGN_LATER] = {"◐", "~"},
	    [SIGN_READ] = {"·", "."},
	    [SIGN_STAR] = {"★", "*"},
	    [SIGN_LINE] = {"│", "|"},
	    [SIGN_TEE] = {"├", "+"},
	    [SIGN_RULE] = {"─", "-"},
	    [SIGN_CUT] = {"…", ">"},
	    [SIGN_LEFT] = {"‹", "<"},
	    [SIGN_RIGHT] = {"›", ">"},
	    [SIGN_SEEN] = {"›", ">"},
	    [SIGN_REFRESH] = {"↻", "@"},
	    [SIGN_UP] = {"↑", "^"},
	    [SIGN_DOT] = {"·", "-"},
	    [SIGN_MARKED] = {"+", "+"},
	};
	return str_c(signs[s][g->ascii]);
}

int paint_right(struct canvas *g, struct rect clip, int right, int y, struct str s, unsigned style)
{
	int x = right - (int)width_of(s);
	canvas_put(g, clip, x, y, s, style);
	return x;
}

int paint_fit(struct canvas *g, struct rect clip, int x, int y, struct str s, int columns, unsigned style)
{
	if (columns <= 0)
		return x;
	if (width_of(s) <= (size_t)columns)
		return canvas_put(g, clip, x, y, s, style);
	struct str head = width_cut(s, (size_t)columns - 1, NULL);
	while (head.len && head.p[head.len - 1] == ' ')
		head.len--;
	x = canvas_put(g, clip, x, y, head, style);
	return canvas_put(g, clip, x, y, sign(g, SIGN_CUT), style);
}

struct wrapped {
	struct canvas *g;
	struct rect r;
	struct str s;
	int y;
	unsigned style;
};

static void put_line(void *arg, size_t start, size_t end, size_t columns)
{
	struct wrapped *w = arg;
	(void)columns;
	canvas_put(w->g, w->r, w->r.x, w->y++, str_sub(w->s, start, end - start), w->style);
}

int paint_wrapped(struct canvas *g, struct rect r, int y, struct str s, int max, unsigned style)
{
	struct wrapped w = {.g = g, .r = r, .s = s, .y = y, .style = style};
	size_t columns = r.w > 0 ? (size_t)r.w : 1;
	wrap_text(s, columns, columns, max > 0 ? (size_t)max : 0, put_line, &w);
	return w.y - y;
}

static unsigned mark_style(enum sign mark)
{
	if (mark == SIGN_STAR)
		return STYLE_STAR;
	return mark == SIGN_READ ? STYLE_MARK_READ : STYLE_MARK;
}

void paint_gutter(struct canvas *g, struct rect pane, int y, int n_lines, const struct headline_row *row)
{
	for (int i = 0; row->selected && i < n_lines; i++)
		canvas_put(g, pane, pane.x, y + i,
		    sign(g, row->focused ? SIGN_SELECTION : SIGN_SELECTION_OTHER),
		    row->focused ? STYLE_SELECTION : STYLE_SELECTION_OTHER);
	canvas_put(g, pane, pane.x + 1, y, sign(g, row->mark), mark_style(row->mark));
	if (row->marked)
		canvas_put(g, pane, pane.x + 2, y, sign(g, SIGN_MARKED), STYLE_SELECTION);
}

/* "+N source age", ending before `right`. */
static void put_meta(struct canvas *g, struct rect pane, int right, int y, const struct headline_row *row)
{
	int x = paint_right(g, pane, right, y, row->age, row->later_new ? STYLE_NEWS : STYLE_META);
	if (row->h->meta_source && row->source.len) {
		int w = (int)width_of(row->source), room = (int)row->h->source_columns;
		x -= (row->age.len ? 1 : 0) + (w < room ? w : room);
		paint_fit(g, pane, x, y, row->source, room, STYLE_META);
	}
	if (row->plus.len)
		paint_right(g, pane, x - 1, y, row->plus, STYLE_META);
}

/* The wide form: title, +N, source and age, each in columns of its own. */
static void put_columns(struct canvas *g, struct rect pane, int y, const struct headline_row *row)
{
	int right = pane.x + pane.w - 1, source = right - HEADLINE_AGE_COLUMNS - 1 - HEADLINE_SOURCE_COLUMNS;
	paint_right(g, pane, right, y, row->age, row->later_new ? STYLE_NEWS : STYLE_META);
	paint_fit(g, pane, source, y, row->source, HEADLINE_SOURCE_COLUMNS, STYLE_META);
	paint_right(g, pane, source - 1, y, row->plus, STYLE_META);
}

/* What a search found in a line of the title that stands at x. */
static void light_title(
    struct canvas *g, struct rect clip, int x, int y, const struct headline_row *row, struct str line)
{
	if (!row->n_hits)
		return;
	size_t from = (size_t)(line.p - row->title.p), to = from + line.len;
	for (size_t i = 0; i < row->n_hits; i++) {
		size_t start = row->hits[i].start > from ? row->hits[i].start : from;
		size_t end = row->hits[i].end < to ? row->hits[i].end : to;
		if (start >= end)
			continue;
		int at = x + (int)width_of(str_sub(line, 0, start - from));
		int w = (int)width_of(str_sub(line, start - from, end - start)), room = clip.x + clip.w - at;
		canvas_restyle(g, (struct rect){at, y, w < room ? w : room, 1}, STYLE_FOUND);
	}
}

void paint_headline(struct canvas *g, struct rect pane, int y, const struct headline_row *row)
{
	const struct headline *h = row->h;
	unsigned style = row->unread ? STYLE_UNREAD : STYLE_TEXT;
	paint_gutter(g, pane, y, (int)h->n_lines, row);
	/* The column before the separator stays blank, whatever the width. */
	struct rect clip = {pane.x, pane.y, pane.w > HEADLINE_GUTTER + 1 ? pane.w - 1 : pane.w, pane.h};
	int left = pane.x + HEADLINE_GUTTER + h->indent;
	for (size_t i = 0; i < h->title_lines; i++) {
		int x = paint_compared(g, clip, left, y + (int)i, h->title[i], row->compared, style);
		if (h->cut && i + 1 == h->title_lines)
			canvas_put(g, clip, x, y + (int)i, sign(g, SIGN_CUT), style);
		light_title(g, clip, left, y + (int)i, row, h->title[i]);
	}
	if (h->one_line)
		put_columns(g, pane, y, row);
	else if (h->meta_line < h->n_lines)
		put_meta(g, clip, pane.x + pane.w - 1, y + (int)h->meta_line, row);
	if (h->snippet_line)
		paint_snippet(g, clip, left, y + (int)h->snippet_line, row->snippet);
}
