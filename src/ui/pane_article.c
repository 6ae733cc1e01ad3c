/* SPDX-License-Identifier: MIT */
/* Paints the article: lines of its layout, what is lit in them, the mark of the last line seen, its state. */
#include "ui/paint.h"

#include "app/related_rows.h"
#include "app/view.h"
#include "base/attr.h"
#include "base/mem.h"

static const struct {
	uint32_t bit;
	unsigned style;
} line_styles[] = {{LINE_TITLE, STYLE_ARTICLE_TITLE}, {LINE_DEK, STYLE_DEK}, {LINE_BYLINE, STYLE_BYLINE},
    {LINE_LINK_NUMBER, STYLE_LINK_NUMBER}, {LINE_QUOTE_BAR, STYLE_QUOTE}, {LINE_MARKER, STYLE_MARKER},
    {LINE_LINK, STYLE_LINK}, {LINE_HEADING, STYLE_HEADING}, {LINE_TABLE_HEAD, STYLE_HEADING},
    {LINE_DIM, STYLE_CAPTION}, {RUN_CODE, STYLE_CODE}};

static const struct {
	uint32_t bit;
	unsigned attr;
} run_attrs[] = {{RUN_BOLD, STYLE_BOLD}, {RUN_ITALIC, STYLE_ITALIC}, {RUN_DELETED, STYLE_DIM},
    {RUN_INSERTED, STYLE_UNDERLINE}, {RUN_MARKED, STYLE_REVERSE}, {LINE_HEADING, STYLE_BOLD}};

static unsigned style_of(uint32_t bits)
{
	unsigned style = STYLE_TEXT;
	for (size_t i = 0; i < ARRAY_LEN(line_styles); i++)
		if (bits & line_styles[i].bit) {
			style = line_styles[i].style;
			break;
		}
	for (size_t i = 0; i < ARRAY_LEN(run_attrs); i++)
		if (bits & run_attrs[i].bit && style != STYLE_LINK_NUMBER)
			style |= run_attrs[i].attr;
	return style;
}

/* Column where a line of the layout begins. */
static int line_start(struct rect text, const struct layout_line *l)
{
	int free = text.w - (int)l->columns;
	return l->rtl && free > 0 ? text.x + free : text.x;
}

/* What goes on to the right carries a sign in the margin: > pans. */
static void paint_line(
    struct canvas *g, struct rect pane, struct rect text, int y, const struct layout_line *l)
{
	int x = line_start(text, l);
	for (uint32_t i = 0; i < l->n_spans; i++)
		x = canvas_put(g, text, x, y, l->spans[i].text, style_of(l->spans[i].style));
	if (l->pannable && (int)l->columns > text.w)
		canvas_put(g, pane, text.x + text.w, y, sign(g, SIGN_CUT), STYLE_CAPTION);
}

static void paint_hits(const struct view *v, struct canvas *g, struct rect text)
{
	for (size_t i = 0; i < v->hits.n; i++) {
		const struct find_hit *h = &v->hits.v[i];
		if (h->line < v->top || h->line >= v->top + (size_t)text.h || h->line >= v->layout->n_lines)
			continue;
		int x = line_start(text, &v->layout->lines[h->line]) + (int)h->start;
		int room = text.x + text.w - x, w = (int)h->columns < room ? (int)h->columns : room;
		canvas_restyle(g, (struct rect){x, text.y + (int)(h->line - v->top), w, 1},
		    h->match == v->match ? STYLE_FOUND_NOW : STYLE_FOUND);
	}
}

static void paint_seen(const struct view *v, struct canvas *g, struct rect pane, struct rect text)
{
	if (v->last_seen < v->top || v->last_seen >= v->top + (size_t)text.h ||
	    v->last_seen >= v->layout->n_lines)
		return;
	canvas_put(
	    g, pane, text.x - 1, text.y + (int)(v->last_seen - v->top), sign(g, SIGN_SEEN), STYLE_SEEN);
}

static void paint_status(const struct app *a, struct canvas *g, struct rect text)
{
	const struct view *v = &a->view;
	size_t at = v->layout->n_lines + 1;
	SCOPED_STR status = view_status(a);
	if (status && at >= v->top && at < v->top + (size_t)text.h)
		paint_wrapped(g, text, text.y + (int)(at - v->top), str_c(status), 0,
		    v->page_load == PAGE_FAILED ? STYLE_ERROR : STYLE_CAPTION);
}

void paint_article(const struct app *a, struct canvas *g)
{
	const struct view *v = &a->view;
	struct rect pane = a->geo.article, text = a->geo.text;
	if (pane.w <= 0 || pane.h <= 0)
		return;
	if (a->first_card) {
		paint_card(a, g);
		return;
	}
	if (!v->layout)
		return;
	for (int i = 0; i < text.h && v->top + (size_t)i < v->layout->n_lines; i++)
		paint_line(g, pane, text, text.y + i, &v->layout->lines[v->top + (size_t)i]);
	paint_hits(v, g, text);
	paint_seen(v, g, pane, text);
	paint_status(a, g, text);
	if (related_under_article(a)) {
		size_t end = view_lines(a) - related_rows_lines(a, pane.w);
		paint_related_under(a, g, pane, pane.y + (int)end - (int)v->top);
	}
}
