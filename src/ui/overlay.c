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

#define HANG 2 /* columns that further rows of the selected line stand in */

struct hanging {
	struct canvas *g;
	struct rect r;
	struct str text;
	int y;
	bool first, dry;
	unsigned style;
};

static void put_hanging(void *arg, size_t start, size_t end, size_t columns)
{
	struct hanging *h = arg;
	(void)columns;
	if (!h->dry)
		canvas_put(h->g, h->r, h->r.x + 1 + (h->first ? 0 : HANG), h->y,
		    str_sub(h->text, start, end - start), h->style);
	h->first = false;
	h->y++;
}

/* The selected line is shown whole; rows that it takes. */
static int whole_line(struct hanging *h)
{
	size_t columns = h->r.w > HANG + 3 ? (size_t)h->r.w - 2 : 1;
	int start = h->y;
	h->first = true;
	wrap_text(h->text, columns, columns > HANG ? columns - HANG : 1, 0, put_hanging, h);
	return h->y > start ? h->y - start : 1;
}

static unsigned line_style(const struct overlay_line *l)
{
	return l->heading ? STYLE_HEADING : l->bad ? STYLE_ERROR : STYLE_TEXT;
}

static void paint_lines(const struct overlay *o, struct canvas *g, struct rect r)
{
	size_t top = o->top;
	struct hanging whole = {.g = g, .r = r, .dry = true};
	if (o->index < o->lines.n)
		whole.text = str_c(o->lines.v[o->index].text);
	int rows = whole_line(&whole);
	/* All rows of the selected line are in sight. */
	while (top < o->index && (int)(o->index - top) + rows > r.h)
		top++;
	int y = r.y;
	for (size_t i = top; y < r.y + r.h && i < o->lines.n; i++) {
		const struct overlay_line *l = &o->lines.v[i];
		if (i != o->index) {
			paint_fit(g, r, r.x + 1, y++, str_c(l->text), r.w - 2, line_style(l));
			continue;
		}
		whole.dry = false;
		whole.y = y;
		whole.style = line_style(l);
		whole_line(&whole);
		for (int k = 0; k < rows; k++)
			canvas_put(g, r, r.x, y++, sign(g, SIGN_SELECTION), STYLE_SELECTION);
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
