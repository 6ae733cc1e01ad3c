/* SPDX-License-Identifier: MIT */
/* Commands of panes, tabs and what is shown. */
#include "app/changes.h"
#include "app/find.h"
#include "app/headlines.h"
#include "app/marked.h"
#include "app/narrow.h"
#include "app/overlay.h"
#include "app/page.h"
#include "app/prompt.h"
#include "app/related_pane.h"
#include "app/say.h"
#include "app/show.h"
#include "app/tabs.h"
#include "app/view.h"
#include "app/walk.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

#define DOUBLE_MS 400 /* a `q` so soon after another never quits */

#define COMMAND(name) bool cmd_##name(struct app *a, const struct args *args, struct err *err)
#define IGNORE(x)     (void)(x)

COMMAND(enter)
{
	IGNORE(args), IGNORE(err);
	if (a->overlay.kind)
		overlay_enter(a);
	else if (a->focus == PLACE_HEADLINES)
		walk_open_selected(a);
	else if (a->focus == PLACE_RELATED)
		walk_open_related(a);
	else if (a->related.n_items)
		walk_focus(a, PLACE_RELATED);
	else
		say(a, _("No related stories"));
	return true;
}

/* Ends the innermost temporary thing; false: there is none. */
static bool end_temporary(struct app *a)
{
	if (a->overlay.kind)
		overlay_close(a);
	else if (a->view.find)
		find_words(a, STR(""));
	else if ((a->focus == PLACE_ARTICLE && changes_end(a)) ||
	         (a->focus == PLACE_RELATED && related_pane_tell_why(a, STORY_NONE, NULL)))
		return true;
	else if (marked_any(a))
		marked_clear(a);
	else if (app_tab(a)->kind == TAB_SEARCH && a->focus == PLACE_HEADLINES) {
		tabs_remove(a, a->tab);
		headlines_refresh(a);
	} else
		return false;
	return true;
}

COMMAND(back)
{
	IGNORE(args), IGNORE(err);
	bool hasty = a->last_back_ms && clock_mono_ms() - a->last_back_ms < DOUBLE_MS;
	a->last_back_ms = clock_mono_ms();
	if (end_temporary(a))
		return true;
	if (a->focus == PLACE_RELATED)
		walk_focus(a, PLACE_ARTICLE);
	else if (a->focus == PLACE_ARTICLE)
		walk_focus(a, PLACE_HEADLINES);
	else if (args->key == 'q' && !hasty)
		a->quit = true;
	else if (args->key == 'q')
		say(a, _("q once more quits"));
	return true;
}

COMMAND(escape)
{
	IGNORE(args), IGNORE(err);
	end_temporary(a);
	return true;
}

static void cycle_pane(struct app *a, int direction)
{
	static const enum pane_place order[] = {PLACE_HEADLINES, PLACE_ARTICLE, PLACE_RELATED};
	size_t n = a->related.n_items ? 3 : 2, i = 0;
	while (i < n && order[i] != a->focus)
		i++;
	walk_focus(a, order[(i + n + (size_t)(direction + (int)n)) % n]);
}

COMMAND(next_pane)
{
	IGNORE(args), IGNORE(err);
	cycle_pane(a, 1);
	return true;
}

COMMAND(prev_pane)
{
	IGNORE(args), IGNORE(err);
	cycle_pane(a, -1);
	return true;
}

COMMAND(zoom)
{
	IGNORE(args), IGNORE(err);
	a->want.single[a->geo.class] = !a->want.single[a->geo.class];
	if (a->geo.class == WIDTH_NARROW)
		say(a, _("Here one pane is shown at a time. z works from 72 columns on"));
	app_relayout(a);
	return true;
}

static void widen(struct app *a, int columns)
{
	a->want.headlines_delta[a->geo.class] += columns;
	app_relayout(a);
}

COMMAND(narrower)
{
	IGNORE(args), IGNORE(err);
	widen(a, -2);
	return true;
}

COMMAND(wider)
{
	IGNORE(args), IGNORE(err);
	widen(a, 2);
	return true;
}

COMMAND(next_tab)
{
	IGNORE(err);
	size_t next = a->tab + 1 < a->tabs.n ? a->tab + 1 : 0;
	tabs_go(a, args->count ? args->count - 1 : next);
	walk_focus(a, PLACE_HEADLINES);
	return true;
}

COMMAND(prev_tab)
{
	IGNORE(args), IGNORE(err);
	tabs_go(a, a->tab ? a->tab - 1 : a->tabs.n - 1);
	walk_focus(a, PLACE_HEADLINES);
	return true;
}

COMMAND(tab)
{
	uint64_t n = args->key >= '1' && args->key <= '9' ? args->key - '0' : 0;
	if (args->rest.len && !str_u64(args->rest, &n))
		return err_set(err, ERR_USAGE, _("'%.*s' is not the number of a tab"), STR_ARG(args->rest));
	if (!n || n > a->tabs.n)
		return err_set(err, ERR_USAGE, _("there are %zu tabs"), a->tabs.n);
	tabs_go(a, (size_t)n - 1);
	walk_focus(a, PLACE_HEADLINES);
	return true;
}

COMMAND(trail_back)
{
	IGNORE(args), IGNORE(err);
	if (!walk_back(a))
		say(a, _("This is where you came from. q goes to the headlines"));
	return true;
}

COMMAND(trail_forward)
{
	IGNORE(args), IGNORE(err);
	if (!walk_forward(a))
		say(a, _("There is nothing further along the trail"));
	return true;
}

COMMAND(unread_only)
{
	IGNORE(args), IGNORE(err);
	struct headlines *h = &app_tab(a)->list;
	headlines_leave(a);
	h->unread_only = !h->unread_only;
	say(a, h->unread_only ? _("Unread stories only. U shows all")
	                      : _("All stories. U shows unread ones only"));
	headlines_refresh(a);
	return true;
}

COMMAND(order)
{
	static const char *const names[ORDER_COUNT] = {N_("Newest first"), N_("Unread first"),
	    N_("Oldest first"), N_("By source"), N_("Largest event first"), N_("Best match first"),
	    N_("Opened last first")};
	IGNORE(args), IGNORE(err);
	struct headlines *h = &app_tab(a)->list;
	unsigned count = app_tab(a)->kind == TAB_SEARCH ? ORDER_OPENED : ORDER_BEST;
	h->order = (enum headline_order)(((unsigned)h->order + 1) % count);
	say(a, "%s", _(names[h->order]));
	h->cursor = STORY_NONE;
	headlines_refresh(a);
	return true;
}

COMMAND(text)
{
	IGNORE(args), IGNORE(err);
	struct view *v = &a->view;
	changes_end(a);
	const struct doc *old = view_doc(v);
	bool has_page = v->page && v->page->doc;
	if (v->show_page && v->feed_doc)
		v->show_page = false;
	else if (!v->show_page && has_page)
		v->show_page = true;
	else if (!has_page && v->id.v) {
		page_again(a);
		return true;
	} else
		return err_set(err, ERR_NOT_FOUND, _("the feed has no text of its own"));
	view_text_changed(a, old);
	return true;
}

COMMAND(find)
{
	IGNORE(args), IGNORE(err);
	if (a->focus == PLACE_HEADLINES)
		narrow_open(a);
	else
		prompt_open(a, PROMPT_FIND, STR(""));
	return true;
}

COMMAND(pan_left)
{
	IGNORE(args), IGNORE(err);
	view_pan(a, -8);
	return true;
}

COMMAND(pan_right)
{
	IGNORE(args), IGNORE(err);
	view_pan(a, 8);
	return true;
}

COMMAND(help)
{
	IGNORE(args), IGNORE(err);
	overlay_help(a, STR(""));
	return true;
}

COMMAND(links)
{
	IGNORE(args), IGNORE(err);
	overlay_links(a);
	return true;
}

COMMAND(sources)
{
	IGNORE(args), IGNORE(err);
	overlay_sources(a);
	return true;
}

COMMAND(command_line)
{
	IGNORE(args), IGNORE(err);
	prompt_open(a, PROMPT_COMMAND, STR(""));
	return true;
}

COMMAND(redraw)
{
	IGNORE(args), IGNORE(err);
	a->dirty |= DIRTY_SCREEN | DIRTY_ALL;
	return true;
}

COMMAND(suspend)
{
	IGNORE(args), IGNORE(err);
	a->suspend = true;
	return true;
}

COMMAND(quit)
{
	IGNORE(args), IGNORE(err);
	a->quit = true;
	return true;
}
