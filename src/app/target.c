/* SPDX-License-Identifier: MIT */
/* What a command acts on. */
#include "app/target.h"

#include "app/headlines.h"
#include "app/related_pane.h"
#include "base/i18n.h"
#include "text/url.h"

bool target_none(struct err *err)
{
	return err_set(err, ERR_NOT_FOUND, _("no story is selected"));
}

/* The address is known for the shown story only; for a row it is the one shown when it is previewed. */
bool target_of(const struct app *a, struct target *t, struct err *err)
{
	const struct view *v = &a->view;
	const struct story_row *row = headlines_row(a);
	const struct related_item *item = related_pane_item(a);
	*t = (struct target){0};
	if (a->focus == PLACE_HEADLINES && row) {
		*t = (struct target){.id = row->id,
		    .source = row->source,
		    .event = row->event,
		    .title = row->title,
		    .flags = row->flags};
		if (v->id.v == row->id.v)
			t->url = v->story.url;
	} else if (a->focus == PLACE_ARTICLE && v->id.v) {
		*t = (struct target){.id = v->id,
		    .source = v->story.row.source,
		    .event = v->story.row.event,
		    .title = v->story.row.title,
		    .url = v->story.url,
		    .flags = v->story.row.flags};
	} else if (a->focus == PLACE_RELATED && item) {
		*t = (struct target){.id = item->id,
		    .title = item->title,
		    .url = item->url,
		    .flags = item->opened ? STORY_READ : 0};
	} else {
		return target_none(err);
	}
	return true;
}

bool target_with_url(const struct app *a, struct target *t, struct err *err)
{
	if (!target_of(a, t, err))
		return false;
	if (!url_is_web(t->url))
		return err_set(err, ERR_NOT_FOUND, _("the address is not known yet; open the story first"));
	return true;
}
