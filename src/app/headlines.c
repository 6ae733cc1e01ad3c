/* SPDX-License-Identifier: MIT */
/* The headlines' state: which row is selected, which is the first in sight, and moving among them. */
#include "app/headlines.h"

#include "app/fold.h"
#include "app/headlines_priv.h"
#include "app/preview.h"
#include "app/tabs.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf.h"

#define ROWS_MARGIN 40 /* fewer rows than this left on the page: ask for the next one */

const struct story_row *headlines_row(const struct app *a)
{
	const struct headlines *h = &app_tab_const(a)->list;
	return h->snap && h->index < h->snap->n_rows ? &h->snap->rows[h->index] : NULL;
}

void headlines_release(struct headlines *h)
{
	snapshot_unref(h->snap);
	imap_release(&h->kept);
	imap_release(&h->unfolded);
	imap_release(&h->marked);
	*h = (struct headlines){0};
}

/* ---- Lines on the screen ---- */

size_t headlines_height(const struct app *a)
{
	int h = a->geo.headlines.h - (app_tab_const(a)->list.arrivals ? 1 : 0);
	return h > 0 ? (size_t)h : 1;
}

static size_t row_lines(const struct app *a, size_t index)
{
	struct headline h;
	struct headline_words w;
	app_headline(a, &app_tab_const(a)->list.snap->rows[index], &h, &w);
	return h.n_lines;
}

/* The first row from which `index` is still wholly in sight, filling the pane upwards. */
static size_t top_for(const struct app *a, size_t index, size_t height)
{
	size_t used = row_lines(a, index), top = index;
	while (top > 0) {
		used += row_lines(a, top - 1);
		if (used > height)
			break;
		top--;
	}
	return top;
}

/* The last row of the event that the selected row has unfolded, else that row. */
static size_t last_of_event(const struct headlines *h)
{
	size_t last = h->index;
	while (last + 1 < h->snap->n_rows && fold_is_under(&h->snap->rows[last + 1]))
		last++;
	return last;
}

void headlines_show_cursor(struct app *a)
{
	struct headlines *h = headlines_list(a);
	if (!h->snap || !h->snap->n_rows)
		return;
	size_t height = headlines_height(a);
	if (h->top > h->index)
		h->top = h->index;
	size_t lowest = top_for(a, last_of_event(h), height);
	if (lowest > h->index)
		lowest = h->index;
	if (h->top < lowest)
		h->top = lowest;
	/* No room is left at the end while there are rows above. */
	size_t last = h->snap->at_end ? top_for(a, h->snap->n_rows - 1, height) : SIZE_MAX;
	if (h->top > last)
		h->top = last;
	a->dirty |= DIRTY_SCREEN;
}

void headlines_top(struct app *a)
{
	struct headlines *h = headlines_list(a);
	if (h->snap && h->snap->at_start && !h->arrivals && h->snap->n_rows) {
		headlines_select(a, 0);
		return;
	}
	h->arrivals = 0;
	headlines_ask(a, LIST_TOP);
}

void headlines_bottom(struct app *a)
{
	struct headlines *h = headlines_list(a);
	if (h->snap && h->snap->at_end && h->snap->n_rows)
		headlines_select(a, h->snap->n_rows - 1);
	else
		headlines_ask(a, LIST_END);
}

/* ---- Moving ---- */

void headlines_select(struct app *a, size_t index)
{
	struct headlines *h = headlines_list(a);
	if (!h->snap || index >= h->snap->n_rows)
		return;
	h->index = index;
	h->cursor = h->snap->rows[index].id;
	h->cursor_event = h->snap->rows[index].event;
	headlines_show_cursor(a);
	bool near_start = !h->snap->at_start && index < ROWS_MARGIN;
	bool near_end = !h->snap->at_end && h->snap->n_rows - index < ROWS_MARGIN;
	if ((near_start || near_end) && !h->loading)
		headlines_ask(a, LIST_AT_STORY);
	preview_selected(a);
}

void headlines_select_story(struct app *a, struct story_id id)
{
	struct headlines *h = headlines_list(a);
	ptrdiff_t at = h->snap ? snapshot_find(h->snap, id, (struct event_id){0}) : -1;
	if (at >= 0) {
		headlines_select(a, (size_t)at);
		return;
	}
	h->cursor = id;
	h->cursor_event = (struct event_id){0};
	headlines_ask(a, LIST_AT_STORY);
}

bool headlines_move(struct app *a, ptrdiff_t rows)
{
	struct headlines *h = headlines_list(a);
	if (!h->snap || !h->snap->n_rows)
		return false;
	ptrdiff_t last = (ptrdiff_t)h->snap->n_rows - 1, to = (ptrdiff_t)h->index + rows;
	ptrdiff_t clamped = to < 0 ? 0 : to > last ? last : to;
	bool more = to < 0 ? !h->snap->at_start : to > last && !h->snap->at_end;
	if (more && h->loading)
		h->owed = to - clamped;
	if (clamped == (ptrdiff_t)h->index)
		return more;
	headlines_select(a, (size_t)clamped);
	return true;
}

void headlines_page(struct app *a, int direction, bool half)
{
	struct headlines *h = headlines_list(a);
	if (!h->snap || !h->snap->n_rows)
		return;
	size_t height = headlines_height(a), want = half ? height / 2 : height, used = 0, i = h->index;
	while (used < want) {
		if (direction > 0 ? i + 1 >= h->snap->n_rows : i == 0)
			break;
		i = direction > 0 ? i + 1 : i - 1;
		used += row_lines(a, i);
	}
	if (used > want && i != h->index + (direction > 0 ? 1 : 0) && direction > 0)
		i--;
	headlines_select(a, i);
}

void headlines_keep(struct app *a, struct story_id id)
{
	imap_put(&headlines_list(a)->kept, (uint64_t)id.v, 1);
}

void headlines_leave(struct app *a)
{
	struct headlines *h = headlines_list(a);
	imap_release(&h->kept);
	h->kept = (struct imap){0};
	imap_release(&h->marked);
	h->marked = (struct imap){0};
	h->arrivals = 0;
}

/* ---- Words of an empty list ---- */

char *headlines_empty_words(const struct app *a)
{
	const struct tab *t = app_tab_const(a);
	size_t sources = 0;
	if (!t->list.snap || t->list.snap->n_rows)
		return NULL;
	conf_sources(a->conf, &sources);
	if (a->refresh.total)
		return mem_printf(
		    P_("Fetching %zu source… %zu done", "Fetching %zu sources… %zu done", a->refresh.total),
		    a->refresh.total, a->refresh.done);
	if (!sources)
		return mem_strdup(
		    _("No sources yet. :add ADDRESS adds one; the configuration file lists them."));
	if (t->list.order == ORDER_OPENED)
		return mem_strdup(_("Nothing opened yet. Esc back"));
	if (t->kind == TAB_SEARCH)
		return mem_strdup(_("Nothing matches. Esc back"));
	if (t->kind == TAB_STARRED)
		return mem_strdup(_("No starred stories. s stars one · ] next section"));
	if (t->list.unread_only)
		return mem_printf(_("Nothing unread in %s. U shows all · ] next section"), tab_title(t));
	return mem_printf(_("No stories in %s yet. R refreshes · ! shows the sources"), tab_title(t));
}
