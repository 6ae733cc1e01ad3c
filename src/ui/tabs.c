/* SPDX-License-Identifier: MIT */
/* Paints the top row: the tabs, and what is going on at its right end; for one pane at a time, the way back
 * and the place in the list. */
#include "ui/paint.h"

#include "base/i18n.h"
#include "text/date.h"
#include "text/width.h"

#define COUNT_SHOWN_MAX 999
#define STATUS_RESERVED                                                                                      \
	20 /* columns of the longest state that comes and goes, so that tabs do not shift by it */

static void add_count(struct buf *b, size_t n, size_t columns)
{
	size_t start = b->len;
	if (n > COUNT_SHOWN_MAX)
		buf_printf(b, " %d+", COUNT_SHOWN_MAX);
	else if (n)
		buf_printf(b, " %zu", n);
	size_t used = b->len - start;
	if (columns && used < columns + 1)
		buf_fill(b, ' ', columns + 1 - used);
}

/* "[All 127]", " World 41 ". */
static void tab_label(const struct app *a, size_t i, bool current, struct buf *b)
{
	const struct tab *t = &a->tabs.v[i];
	buf_addc(b, current ? '[' : ' ');
	buf_adds(b, t->name);
	add_count(b, t->unread, t->count_columns);
	if (t->kind == TAB_STARRED && t->later)
		buf_printf(b, " +%zu", t->later);
	buf_addc(b, current ? ']' : ' ');
}

static int tab_columns(const struct app *a, size_t i)
{
	SCOPED(buf) struct buf b = BUF_MAX(4096);
	tab_label(a, i, false, &b);
	return (int)width_of(buf_str(&b));
}

/* The first tab to show, so that the current one is in sight. */
static size_t first_tab(const struct app *a, int room)
{
	size_t first = a->tab_scroll < a->tab ? a->tab_scroll : a->tab;
	int used = 0;
	for (size_t i = first; i <= a->tab; i++)
		used += tab_columns(a, i);
	while (first < a->tab && used + (first ? 1 : 0) > room)
		used -= tab_columns(a, first++);
	return first;
}

/* Paints tabs into `room` columns; *x is the column after them. True: there are more to the right. */
static bool put_tabs(const struct app *a, struct canvas *g, int room, int *x)
{
	struct rect clip = {a->geo.tabs.x, a->geo.tabs.y, room, 1};
	size_t i = first_tab(a, room);
	*x = clip.x;
	if (i)
		*x = canvas_put(g, clip, *x, clip.y, sign(g, SIGN_LEFT), STYLE_STATUS);
	for (size_t first = i; i < a->tabs.n; i++) {
		if (i > first && *x + tab_columns(a, i) > clip.x + room)
			return true;
		SCOPED(buf) struct buf b = BUF_MAX(4096);
		tab_label(a, i, i == a->tab, &b);
		*x =
		    canvas_put(g, clip, *x, clip.y, buf_str(&b), i == a->tab ? STYLE_TAB_CURRENT : STYLE_TAB);
	}
	return false;
}

static void add_part(struct buf *b, const char *gap, const struct buf *part)
{
	buf_adds(b, b->len ? gap : "");
	buf_addstr(b, buf_str(part));
}

/* One column for the narrow width; empty: nothing is going on. */
static void narrow_status(const struct app *a, const struct canvas *g, struct buf *b)
{
	const struct refresh_state *r = &a->refresh;
	if (r->offline || r->failed)
		buf_addc(b, '!');
	else if (r->total)
		buf_addstr(b, sign(g, SIGN_REFRESH));
	else if (r->new_stories)
		buf_addc(b, '+');
}

/* What is going on: the first that applies with the count of new stories; in the wide width all of it. */
static void status(const struct app *a, const struct canvas *g, struct buf *b)
{
	const struct refresh_state *r = &a->refresh;
	bool wide = a->geo.class == WIDTH_WIDE;
	const char *gap = wide ? "  " : " ";
	SCOPED(buf) struct buf part = BUF_MAX(256);
	if (a->geo.class == WIDTH_NARROW) {
		narrow_status(a, g, b);
		return;
	}
	if (r->total) {
		buf_addstr(&part, sign(g, SIGN_REFRESH));
		buf_printf(&part, " %zu/%zu", r->done, r->total);
		add_part(b, gap, &part);
	} else if (r->offline) {
		struct date_parts d = date_split(r->offline_since, true);
		buf_printf(&part, _("offline since %02d:%02d"), d.hour, d.minute);
		add_part(b, gap, &part);
	}
	if (r->new_stories && (wide || r->total || (!r->offline && !r->failed))) {
		buf_reset(&part);
		buf_printf(&part, "+%zu", r->new_stories);
		add_part(b, gap, &part);
	}
	if (r->failed && (wide || (!r->total && !r->offline))) {
		buf_reset(&part);
		/* TRANSLATORS: sources that could not be fetched; "!" is the key that lists them. At most 18
		 * columns */
		buf_printf(&part, P_("%zu failed !", "%zu failed !", r->failed), r->failed);
		add_part(b, gap, &part);
	}
	if (b->len)
		buf_addc(b, ' ');
}

static void put_status(const struct app *a, struct canvas *g, int from, struct str s, bool more)
{
	struct rect clip = {from, a->geo.tabs.y, a->geo.tabs.w - from, 1};
	int right = a->geo.tabs.x + a->geo.tabs.w, x = right - (int)width_of(s);
	unsigned style = a->refresh.failed && !a->refresh.total ? STYLE_ERROR : STYLE_STATUS;
	canvas_put(g, clip, x, clip.y, s, style);
	if (more)
		canvas_put(g, clip, x - 2, clip.y, sign(g, SIGN_RIGHT), STYLE_STATUS);
}

static void put_way_back(const struct app *a, struct canvas *g)
{
	struct rect r = a->geo.tabs;
	SCOPED(buf) struct buf left = BUF_MAX(4096), right = BUF_MAX(256);
	const struct tab *t = app_tab_const(a);
	buf_addc(&left, ' ');
	buf_addstr(&left, sign(g, SIGN_LEFT));
	buf_addc(&left, ' ');
	buf_adds(&left, t->name);
	add_count(&left, t->unread, 0);
	position_words(a, &right);
	int end = paint_right(g, r, r.x + r.w - 1, r.y, buf_str(&right), STYLE_TAB);
	paint_fit(g, r, r.x, r.y, buf_str(&left), end - r.x - 1, STYLE_TAB);
}

/* Columns that the tabs have. */
static int tabs_room(const struct app *a, int status_columns)
{
	int reserved = a->geo.class == WIDTH_NARROW       ? 1
	               : status_columns > STATUS_RESERVED ? status_columns
	                                                  : STATUS_RESERVED;
	int room = a->geo.tabs.w - reserved - 2;
	return room > 1 ? room : 1;
}

void paint_tabs(const struct app *a, struct canvas *g)
{
	struct rect r = a->geo.tabs;
	if (r.h <= 0 || !a->tabs.n)
		return;
	if (a->geo.single && a->focus != PLACE_HEADLINES) {
		put_way_back(a, g);
		return;
	}
	SCOPED(buf) struct buf s = BUF_MAX(512);
	status(a, g, &s);
	int x = 0;
	bool more = put_tabs(a, g, tabs_room(a, (int)width_of(buf_str(&s))), &x);
	if (!s.len && more)
		buf_addc(&s, ' '); /* the sign of more tabs keeps its place */
	put_status(a, g, x, buf_str(&s), more);
}

ptrdiff_t tab_at(const struct app *a, const struct canvas *g, int column)
{
	SCOPED(buf) struct buf s = BUF_MAX(512);
	if (a->geo.single && a->focus != PLACE_HEADLINES)
		return -1;
	status(a, g, &s);
	int room = tabs_room(a, (int)width_of(buf_str(&s)));
	size_t i = first_tab(a, room);
	for (int x = a->geo.tabs.x + (i ? 1 : 0); i < a->tabs.n && x < room; i++) {
		x += tab_columns(a, i);
		if (column < x)
			return (ptrdiff_t)i;
	}
	return -1;
}
