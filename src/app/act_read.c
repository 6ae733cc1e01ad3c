/* SPDX-License-Identifier: MIT */
/* Commands that mark stories and refresh. Each acts on the story of the focused pane. */
#include "app/find.h"
#include "app/headlines.h"
#include "app/journal.h"
#include "app/marked.h"
#include "app/page.h"
#include "app/prompt.h"
#include "app/reading.h"
#include "app/refresh.h"
#include "app/related_pane.h"
#include "app/say.h"
#include "app/tabs.h"
#include "app/target.h"
#include "app/view.h"
#include "app/walk.h"
#include "base/i18n.h"

#define COMMAND(name) bool cmd_##name(struct app *a, const struct args *args, struct err *err)
#define IGNORE(x)     (void)(x)

static void select_next(struct app *a, struct story_id id)
{
	if (id.v)
		headlines_select_story(a, id);
	else
		say(a, _("Nothing unread below. ] next section · gg top"));
}

COMMAND(done)
{
	struct target t;
	IGNORE(args);
	if (marked_any(a)) {
		reading_marked(a, MARKED_DONE);
		return true;
	}
	if (!target_of(a, &t, err))
		return false;
	reading_done(a, t.id, t.title);
	if (a->focus == PLACE_RELATED)
		related_pane_move(a, 1);
	else if (a->focus == PLACE_ARTICLE)
		walk_step(a, 1, true);
	else
		headlines_step(a, 1, true, select_next);
	return true;
}

COMMAND(toggle_read)
{
	struct target t;
	IGNORE(args);
	if (a->view.find) {
		find_step(a, -1);
		return true;
	}
	if (marked_any(a)) {
		reading_marked(a, MARKED_TOGGLE);
		return true;
	}
	if (!target_of(a, &t, err))
		return false;
	bool read = t.flags & STORY_READ;
	reading_toggle(a, t.id, t.title, read);
	if (a->view.id.v == t.id.v) {
		a->view.story.row.flags ^= STORY_READ;
		a->view.preview = read; /* unread until it is opened anew */
	}
	say(a, read ? _("Unread again; it stays so until it is opened") : _("Read"));
	return true;
}

COMMAND(read_above)
{
	const struct story_row *row = headlines_row(a);
	IGNORE(args);
	if (!row)
		return target_none(err);
	reading_tab(a, row->id);
	return true;
}

/* A asks once: it is the one act that reaches beyond the screen. */
COMMAND(read_tab)
{
	IGNORE(err);
	const struct tab *t = app_tab(a);
	if (!a->asked_read_tab && args->key) {
		a->asking_read_tab = true;
		say(a, _("Mark %zu in %s read? A again: yes"), t->unread, tab_title(t));
		return true;
	}
	reading_tab(a, STORY_NONE);
	return true;
}

COMMAND(star)
{
	struct target t;
	IGNORE(args);
	if (marked_any(a)) {
		reading_marked(a, MARKED_STAR);
		return true;
	}
	if (!target_of(a, &t, err))
		return false;
	uint32_t flags = a->view.id.v == t.id.v ? a->view.story.row.flags : t.flags;
	reading_star(a, t.id, t.title, flags & STORY_STARRED);
	if (a->view.id.v == t.id.v)
		a->view.story.row.flags ^= STORY_STARRED;
	return true;
}

COMMAND(tags)
{
	struct target t;
	if (args->rest.len)
		return reading_tags(a, args->rest, err);
	if (!target_of(a, &t, err))
		return false;
	prompt_open(a, PROMPT_TAGS, STR(""));
	return true;
}

COMMAND(undo)
{
	if (str_eqc(args->rest, "--list"))
		journal_open(a);
	else if (args->rest.len)
		return err_set(err, ERR_USAGE, _("undo takes nothing, or --list"));
	else
		reading_undo(a, false);
	return true;
}

COMMAND(redo)
{
	IGNORE(args), IGNORE(err);
	reading_undo(a, true);
	return true;
}

COMMAND(refresh)
{
	struct target t;
	IGNORE(args);
	if (!target_of(a, &t, err))
		return false;
	if (a->focus == PLACE_ARTICLE && page_is_missing(a)) {
		page_again(a);
		return true;
	}
	if (!t.source.v)
		return err_set(err, ERR_NOT_FOUND, _("this story has no source to refresh"));
	refresh_start(a, &t.source, 1, true);
	say(a, _("Refreshing %.*s…"), STR_ARG(app_source_name(a, t.source)));
	return true;
}

COMMAND(refresh_all)
{
	IGNORE(args), IGNORE(err);
	refresh_start(a, NULL, 0, true);
	return true;
}

COMMAND(follow)
{
	uint64_t n = 0;
	const struct doc *d = view_doc(&a->view);
	if (!d || !d->n_links)
		return err_set(err, ERR_NOT_FOUND, _("this text has no links"));
	if (str_u64(args->rest, &n) && n >= 1 && n <= d->n_links)
		walk_follow_link(a, (size_t)n - 1);
	else
		prompt_open(a, PROMPT_FOLLOW, STR(""));
	return true;
}

COMMAND(reload)
{
	IGNORE(args);
	return app_reload(a, err);
}
