/* SPDX-License-Identifier: MIT */
/* Paints what lies over the panes: a page of lines (help, links, sources), and the card of the first start.
 */
#include "ui/paint.h"

#include "base/attr.h"
#include "base/i18n.h"
#include "text/wrap.h"

static struct rect body_of(const struct app *a)
{
	int top = a->geo.tabs.h;
	return (struct rect){0, top, a->geo.width, a->geo.height - top - a->geo.bar.h};
}

#define HANG 2 /* columns that further rows of the selected line stand in, where it says nothing else */

struct hanging {
	struct canvas *g;
	struct rect r;
	struct str text;
	int y, hang;
	bool first, dry;
	unsigned style;
};

static void put_hanging(void *arg, size_t start, size_t end, size_t columns)
{
	struct hanging *h = arg;
	(void)columns;
	if (!h->dry)
		canvas_put(h->g, h->r, h->r.x + 1 + (h->first ? 0 : h->hang), h->y,
		    str_sub(h->text, start, end - start), h->style);
	h->first = false;
	h->y++;
}

/* Sets a line whole; rows that it takes. */
static int whole_line(struct hanging *h)
{
	size_t columns = h->r.w > h->hang + 3 ? (size_t)h->r.w - 2 : 1;
	size_t rest = columns > (size_t)h->hang ? columns - (size_t)h->hang : 1;
	int start = h->y;
	h->first = true;
	wrap_text(h->text, columns, rest, 0, put_hanging, h);
	return h->y > start ? h->y - start : 1;
}

static unsigned line_style(const struct overlay_line *l)
{
	return l->heading ? STYLE_HEADING : l->bad ? STYLE_ERROR : STYLE_TEXT;
}

/* Lines that say so are shown whole, and the selected one; the others are cut. */
static int put_line(const struct overlay *o, struct canvas *g, struct rect r, size_t i, int y, bool dry)
{
	const struct overlay_line *l = &o->lines.v[i];
	if (i != o->index && !l->hang) {
		if (!dry)
			paint_fit(g, r, r.x + 1, y, str_c(l->text), r.w - 2, line_style(l));
		return 1;
	}
	struct hanging whole = {.g = g,
	    .r = r,
	    .text = str_c(l->text),
	    .y = y,
	    .hang = l->hang ? l->hang : HANG,
	    .dry = dry,
	    .style = line_style(l)};
	return whole_line(&whole);
}

/* The first line to paint, so that all rows of the selected one are in sight. */
static size_t first_shown(const struct overlay *o, struct canvas *g, struct rect r)
{
	size_t top = o->index < o->lines.n ? o->index : 0;
	int used = o->lines.n ? put_line(o, g, r, top, 0, true) : 0;
	while (top > o->top && used < r.h) {
		used += put_line(o, g, r, top - 1, 0, true);
		if (used <= r.h)
			top--;
	}
	return top;
}

static void paint_lines(const struct overlay *o, struct canvas *g, struct rect r)
{
	int y = r.y;
	for (size_t i = first_shown(o, g, r); y < r.y + r.h && i < o->lines.n; i++) {
		int rows = put_line(o, g, r, i, y, false);
		for (int k = 0; i == o->index && k < rows; k++)
			canvas_put(g, r, r.x, y + k, sign(g, SIGN_SELECTION), STYLE_SELECTION);
		y += rows;
	}
}

void paint_overlay(const struct app *a, struct canvas *g)
{
	const struct overlay *o = &a->overlay;
	struct rect r = body_of(a);
	if (!o->kind)
		return;
	canvas_fill(g, r, STYLE_TEXT);
	if (r.h > 1) {
		paint_fit(g, r, r.x + 1, r.y, str_c(o->title), r.w - 2, STYLE_ARTICLE_TITLE);
		r.y++;
		r.h--;
	}
	paint_lines(o, g, r);
}

void paint_card(const struct app *a, struct canvas *g)
{
	static const struct {
		enum command_id id;
		const char *text;
	} rows[] = {
	    {COMMAND_enter, N_("read the selected story")},
	    {COMMAND_read_on, N_("read on: next page, then the next unread story")},
	    {COMMAND_done, N_("done with it: read, on to the next")},
	    {COMMAND_next_unread, N_("next unread story")},
	    {COMMAND_find, N_("search")},
	    {COMMAND_help, N_("all keys")},
	    {COMMAND_back, N_("back, and at last quit")},
	};
	struct rect r = a->geo.text;
	SCOPED(buf) struct buf line = BUF_MAX(8192);
	buf_printf(&line, _("Sources and keys: %s"), a->config_path ? a->config_path : "");
	paint_fit(g, r, r.x, r.y, buf_str(&line), r.w, STYLE_TEXT);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int y = r.y + 1 + (int)i;
		buf_reset(&line);
		key_words(a, rows[i].id, PLACE_HEADLINES, &line);
		canvas_put(g, r, r.x, y, buf_str(&line), STYLE_BAR_KEY);
		paint_fit(g, r, r.x + 7, y, str_c(_(rows[i].text)), r.w - 7, STYLE_TEXT);
	}
}
