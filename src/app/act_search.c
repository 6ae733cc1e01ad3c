/* SPDX-License-Identifier: MIT */
/* Commands that open a list of their own: one event's coverage, the history, one source; and unfolding in
 * place. */
#include "app/headlines.h"
#include "app/picker.h"
#include "app/prompt.h"
#include "app/say.h"
#include "app/tabs.h"
#include "app/target.h"
#include "app/walk.h"
#include "base/i18n.h"
#include "base/mem.h"

#define COMMAND(name) bool cmd_##name(struct app *a, const struct args *args, struct err *err)
#define IGNORE(x)     (void)(x)

/* A temporary tab; q or Esc closes it again. */
static struct tab *open_tab(struct app *a, const char *name, const char *query)
{
	size_t tab = tabs_add_search(a, str_c(name), str_c(query));
	tabs_go(a, tab);
	walk_focus(a, PLACE_HEADLINES);
	return app_tab(a);
}

COMMAND(coverage)
{
	struct target t;
	IGNORE(args);
	if (!target_of(a, &t, err))
		return false;
	if (!t.event.v)
		return err_set(err, ERR_NOT_FOUND, _("this story belongs to no event"));
	SCOPED_STR query = mem_printf("event:%lld", (long long)t.event.v);
	struct tab *tab = open_tab(a, _("Coverage"), query);
	tab->list.order = ORDER_OLDEST;
	tab->list.flat = true;
	headlines_refresh(a);
	return true;
}

COMMAND(history)
{
	IGNORE(args), IGNORE(err);
	open_tab(a, _("History"), "is:opened");
	return true;
}

COMMAND(pick_source)
{
	IGNORE(args), IGNORE(err);
	picker_open(a);
	return true;
}

COMMAND(unfold)
{
	IGNORE(args);
	const struct story_row *row = headlines_row(a);
	struct headlines *h = &app_tab(a)->list;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("no story is selected"));
	if (imap_remove(&h->unfolded, (uint64_t)row->event.v)) {
		headlines_refresh(a);
		return true;
	}
	if (row->event_size < 2)
		return err_set(err, ERR_NOT_FOUND, _("no other source reports this event"));
	imap_put(&h->unfolded, (uint64_t)row->event.v, 1);
	headlines_refresh(a);
	return true;
}
