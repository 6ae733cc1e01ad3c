/* SPDX-License-Identifier: MIT */
/* The mouse, by what is painted where. */
#include "ui/mouse.h"

#include "app/headlines.h"
#include "app/overlay.h"
#include "app/related_pane.h"
#include "app/related_rows.h"
#include "app/say.h"
#include "app/tabs.h"
#include "app/view.h"
#include "app/walk.h"
#include "base/clock.h"
#include "ui/paint.h"

#define WHEEL_LINES 3

static bool within(struct rect r, int x, int y)
{
	return r.w > 0 && r.h > 0 && x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

static void click_headlines(struct app *a, int y)
{
	ptrdiff_t at = headline_at(a, y);
	bool again = at >= 0 && (size_t)at == app_tab_const(a)->list.index && a->focus == PLACE_HEADLINES;
	if (at < 0)
		return;
	walk_focus(a, PLACE_HEADLINES);
	if (again)
		a->first_card = false;
	if (again)
		walk_open_selected(a);
	else
		headlines_select(a, (size_t)at);
}

static void click_related(struct app *a, int y)
{
	ptrdiff_t at = related_at(a, y);
	bool again = at >= 0 && (size_t)at == a->related.index && a->focus == PLACE_RELATED;
	walk_focus(a, PLACE_RELATED);
	if (again)
		walk_open_related(a);
	else if (at >= 0)
		related_pane_select(a, (size_t)at);
}

static void click_overlay(struct app *a, int y)
{
	struct overlay *o = &a->overlay;
	int row = y - a->geo.tabs.h - 1;
	if (row >= 0 && o->top + (size_t)row < o->lines.n)
		overlay_move(a, (ptrdiff_t)(o->top + (size_t)row) - (ptrdiff_t)o->index);
}

static void click(struct mouse *m, struct app *a, const struct canvas *g, int x, int y)
{
	if (a->overlay.kind) {
		click_overlay(a, y);
	} else if (within(a->geo.tabs, x, y)) {
		ptrdiff_t tab = tab_at(a, g, x);
		if (tab >= 0)
			tabs_go(a, (size_t)tab);
	} else if (x == a->geo.separator1 && within(a->geo.headlines, 0, y)) {
		m->dragging = true;
		m->from = x;
	} else if (within(a->geo.headlines, x, y)) {
		click_headlines(a, y);
	} else if (within(a->geo.related, x, y) || within(a->geo.related_row, x, y)) {
		click_related(a, y);
	} else if (within(a->geo.article, x, y)) {
		walk_focus(a, PLACE_ARTICLE);
	}
}

static void drag(struct mouse *m, struct app *a, int x)
{
	int *delta = &a->want.headlines_delta[a->geo.class];
	if (!m->dragging || x == m->from)
		return;
	*delta += x - m->from;
	app_relayout(a);
	/* Where the separator cannot follow, the wish does not run ahead of it. */
	*delta += a->geo.separator1 - x;
	m->from = a->geo.separator1;
}

static void scroll_headlines(struct app *a, int lines)
{
	struct headlines *h = &app_tab(a)->list;
	if (!h->snap || !h->snap->n_rows)
		return;
	size_t last = h->snap->n_rows - 1, step = WHEEL_LINES - 1;
	if (lines < 0)
		h->top = h->top > step ? h->top - step : 0;
	else
		h->top = h->top + step < last ? h->top + step : last;
}

static void scroll_related(struct app *a, int lines)
{
	size_t all = related_rows_lines(a, a->geo.related.w), h = (size_t)a->geo.related.h;
	size_t most = all > h ? all - h : 0, n = WHEEL_LINES;
	if (lines < 0)
		a->related.top = a->related.top > n ? a->related.top - n : 0;
	else
		a->related.top = a->related.top + n < most ? a->related.top + n : most;
}

static void wheel(struct app *a, int x, int y, int lines)
{
	if (a->overlay.kind)
		overlay_move(a, lines);
	else if (within(a->geo.headlines, x, y))
		scroll_headlines(a, lines);
	else if (within(a->geo.related, x, y))
		scroll_related(a, lines);
	else if (within(a->geo.article, x, y))
		view_scroll(a, lines);
}

void mouse_act(struct mouse *m, struct app *a, const struct canvas *g, struct key k)
{
	int64_t now = clock_mono_ms();
	/* A hand on the mouse is a reader at work, as a key is. */
	a->key_gap_ms = a->keyed ? now - a->last_key_ms : INT64_MAX;
	a->last_key_ms = now;
	a->keyed = true;
	a->dirty |= DIRTY_SCREEN;
	if (k.mouse == MOUSE_CLICK)
		say_nothing(a);
	switch (k.mouse) {
	case MOUSE_CLICK:
		click(m, a, g, k.x, k.y);
		break;
	case MOUSE_DRAG:
		drag(m, a, k.x);
		break;
	case MOUSE_WHEEL_UP:
	case MOUSE_WHEEL_DOWN:
		wheel(a, k.x, k.y, k.mouse == MOUSE_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES);
		break;
	default:
		m->dragging = false;
		break;
	}
}
