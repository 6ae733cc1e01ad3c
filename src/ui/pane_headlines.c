/* SPDX-License-Identifier: MIT */
/* Paints the headlines. */
#include "ui/paint.h"

#include "app/fold.h"
#include "base/i18n.h"
#include "base/mem.h"

/* In a coverage what came since the event was visited last stands out, read or not. */
static enum row_state state_of(const struct headlines *list, const struct story_row *r)
{
	if (!list->coverage || list->visited == TIME_NONE)
		return fold_state(list, r);
	return r->fetched > list->visited && !(r->flags & STORY_OPENED) ? ROW_UNREAD : ROW_READ;
}

static enum sign mark_of(const struct story_row *r, enum row_state state)
{
	static const enum sign signs[] = {
	    [ROW_UNREAD] = SIGN_UNREAD, [ROW_LATER] = SIGN_LATER, [ROW_READ] = SIGN_READ};
	return r->flags & STORY_STARRED ? SIGN_STAR : signs[state];
}

/* The title that the others of a coverage are compared with: that of the first report. */
static struct str first_title(const struct headlines *list, const struct story_row *r)
{
	const struct snapshot *s = list->snap;
	if (!list->coverage || !s->at_start || r == s->rows)
		return STR_NONE;
	bool foreign = r->lang && s->rows[0].lang && r->lang != s->rows[0].lang;
	return foreign ? STR_NONE : s->rows[0].title;
}

static int paint_arrivals(const struct app *a, struct canvas *g, struct rect pane)
{
	size_t n = app_tab_const(a)->list.arrivals;
	SCOPED(buf) struct buf line = BUF_MAX(256);
	if (!n)
		return 0;
	buf_addstr(&line, sign(g, SIGN_UP));
	/* TRANSLATORS: stories that wait above the list; gg are the keys that let them in. At most 22 columns
	 */
	buf_printf(&line, P_(" %zu new (gg)", " %zu new (gg)", n), n);
	canvas_put(g, pane, pane.x + HEADLINE_GUTTER, pane.y, buf_str(&line), STYLE_ARRIVALS);
	return 1;
}

static int paint_row(
    const struct app *a, struct canvas *g, struct rect pane, int y, const struct story_row *r, bool selected)
{
	const struct headlines *list = &app_tab_const(a)->list;
	struct headline h;
	struct headline_words w;
	app_headline(a, r, &h, &w);
	enum row_state state = state_of(list, r);
	struct headline_row row = {.h = &h,
	    .plus = str_n(w.plus, w.plus_len),
	    .source = app_source_name(a, r->source),
	    .age = str_n(w.age, w.age_len),
	    .mark = mark_of(r, state),
	    .selected = selected,
	    .focused = a->focus == PLACE_HEADLINES,
	    .unread = !list->coverage && state == ROW_UNREAD,
	    .marked = imap_get(&list->marked, (uint64_t)r->id.v, NULL),
	    .snippet = r->snippet,
	    .title = r->title,
	    .hits = r->title_hits,
	    .n_hits = r->n_title_hits,
	    .compared = first_title(list, r)};
	paint_headline(g, pane, y, &row);
	return (int)h.n_lines;
}

void paint_headlines(const struct app *a, struct canvas *g)
{
	struct rect pane = a->geo.headlines;
	if (pane.w <= 0 || pane.h <= 0 || !a->tabs.n)
		return;
	const struct headlines *list = &app_tab_const(a)->list;
	int y = pane.y + paint_arrivals(a, g, pane);
	SCOPED_STR empty = headlines_empty_words(a);
	if (empty) {
		struct rect r = {pane.x + HEADLINE_GUTTER, pane.y, pane.w - HEADLINE_GUTTER - 1, pane.h};
		paint_wrapped(g, r, y, str_c(empty), 0, STYLE_TEXT);
		return;
	}
	if (!list->snap)
		return;
	for (size_t i = list->top; i < list->snap->n_rows && y < pane.y + pane.h; i++)
		y += paint_row(a, g, pane, y, &list->snap->rows[i], i == list->index);
}

ptrdiff_t headline_at(const struct app *a, int row)
{
	const struct headlines *list = &app_tab_const(a)->list;
	int y = a->geo.headlines.y + (list->arrivals ? 1 : 0);
	for (size_t i = list->top; list->snap && row >= y && i < list->snap->n_rows; i++) {
		struct headline h;
		struct headline_words w;
		app_headline(a, &list->snap->rows[i], &h, &w);
		y += (int)h.n_lines;
		if (row < y)
			return (ptrdiff_t)i;
	}
	return -1;
}
