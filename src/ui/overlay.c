/* SPDX-License-Identifier: MIT */
/* Paints what lies over the panes: a page of lines (help, links, sources), and the card of the first start.
 */
#include "ui/paint.h"

#include "base/attr.h"
#include "base/i18n.h"
#include "text/width.h"

static struct rect body_of(const struct app *a)
{
	int top = a->geo.tabs.h;
	return (struct rect){0, top, a->geo.width, a->geo.height - top - a->geo.bar.h};
}

static void paint_overlay_line(
    const struct overlay_line *l, struct canvas *g, struct rect r, int y, bool selected)
{
	unsigned style = l->heading ? STYLE_HEADING : l->bad ? STYLE_ERROR : STYLE_TEXT;
	if (selected)
		canvas_put(g, r, r.x, y, sign(g, SIGN_SELECTION), STYLE_SELECTION);
	paint_fit(g, r, r.x + 1, y, str_c(l->text), r.w - 2, style);
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
	for (int i = 0; i < r.h && o->top + (size_t)i < o->lines.n; i++)
		paint_overlay_line(
		    &o->lines.v[o->top + (size_t)i], g, r, r.y + i, o->top + (size_t)i == o->index);
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
