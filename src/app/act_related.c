/* SPDX-License-Identifier: MIT */
/* Commands on what belongs together: why a story is related, that it is not, that it is of another event. */
#include "app/engine.h"
#include "app/errand.h"
#include "app/fold.h"
#include "app/headlines.h"
#include "app/related_pane.h"
#include "app/say.h"
#include "app/tabs.h"
#include "app/target.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "related/related.h"
#include "store/marks.h"
#include "text/fold.h"
#include "text/lang.h"

#define COMMAND(name) bool cmd_##name(struct app *a, const struct args *args, struct err *err)
#define IGNORE(x)     (void)(x)
#define WHY_ASKED     16
#define WHY_WORDS     9 /* of those, names first */
#define WHY_LETTERS   3 /* shorter words say little */
#define PARTS_MAX     32

/* ---- Why ---- */

struct why_errand {
	struct errand e;
	struct story_id story, other;
	struct related_why why;
};

static void why_work(struct errand *e, struct db *db)
{
	struct why_errand *w = (struct why_errand *)e;
	related_why(db, w->story, w->other, WHY_ASKED, e->arena, &w->why, &e->task.err);
}

static void add_hours(struct buf *b, int64_t hours)
{
	unsigned long n = (unsigned long)(hours < 0 ? -hours : hours), days = n / 24;
	if (n < 1)
		buf_adds(b, _("within the hour"));
	else if (n < 48 && hours > 0)
		buf_printf(b, P_("%lu hour later", "%lu hours later", n), n);
	else if (n < 48)
		buf_printf(b, P_("%lu hour earlier", "%lu hours earlier", n), n);
	else if (hours > 0)
		buf_printf(b, P_("%lu day later", "%lu days later", days), days);
	else
		buf_printf(b, P_("%lu day earlier", "%lu days earlier", days), days);
}

/* Names, and numbers; in scripts without capitals every word is as good. */
static bool is_name(struct str word)
{
	unsigned char c = word.len ? (unsigned char)word.p[0] : 0;
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Says what a story is about. */
static bool tells(struct str word)
{
	SCOPED(buf) struct buf folded = BUF_MAX(256);
	return word.len >= WHY_LETTERS && fold_add(&folded, word) &&
	       !lang_is_small_word(LANG_NONE, buf_str(&folded));
}

static void add_words(struct buf *b, const struct related_why *why, bool names, size_t *told)
{
	for (size_t i = 0; i < why->n && *told < WHY_WORDS; i++) {
		if (is_name(why->words[i]) != names || !tells(why->words[i]))
			continue;
		buf_printf(b, "%s%.*s", *told ? ", " : "", STR_ARG(why->words[i]));
		++*told;
	}
}

static char *why_words(const struct related_why *why)
{
	SCOPED(buf) struct buf words = BUF_MAX(2048);
	struct buf b = BUF_MAX(4096);
	size_t told = 0;
	add_words(&words, why, true, &told);
	add_words(&words, why, false, &told);
	if (why->near_copy)
		buf_printf(&b, "%s · ", _("the same text, with changes"));
	else if (told)
		/* TRANSLATORS: before the words that two stories share */
		buf_printf(&b, "%s%s · ", _("both have: "), buf_cstr(&words));
	add_hours(&b, why->hours);
	return buf_take(&b);
}

static void why_done(struct app *a, struct errand *e)
{
	struct why_errand *w = (struct why_errand *)e;
	if (e->task.err.code)
		app_tell(a, &e->task.err);
	else if (a->related.whom.v == w->story.v)
		related_pane_tell_why(a, w->other, why_words(&w->why));
}

COMMAND(why)
{
	IGNORE(args);
	const struct related_item *item = related_pane_item(a);
	if (!item)
		return target_none(err);
	if (item->kind == RELATED_ON_PAGE) {
		say(a, _("The page itself recommends it"));
		return true;
	}
	if (related_pane_tell_why(a, STORY_NONE, NULL))
		return true;
	struct why_errand *w = errand_new(a, sizeof *w, why_work, why_done);
	w->story = a->view.id;
	w->other = item->id;
	errand_read(&w->e, SLOT_NONE);
	return true;
}

/* ---- Not related ---- */

struct part_errand {
	struct errand e;
	struct apart_item items[PARTS_MAX];
	size_t n;
	uint64_t owner;
	struct str label;
	int64_t now_ms;
};

static void part_work(struct errand *e, struct db *db)
{
	struct part_errand *p = (struct part_errand *)e;
	struct err *err = &e->task.err;
	for (size_t i = 0; i < p->n; i++)
		if (!related_part(
		        db, p->items[i].story, p->items[i].other, p->now_ms / 1000, &p->items[i].was, err))
			return;
	undo_note_apart(db, p->owner, p->label, p->items, p->n, p->now_ms, err);
}

static void part_done(struct app *a, struct errand *e)
{
	if (e->task.err.code)
		app_tell(a, &e->task.err);
	headlines_refresh(a);
	tabs_count(a);
	related_pane_reload(a);
}

static struct part_errand *part_new(struct app *a, const char *undone, struct str title)
{
	struct part_errand *p = errand_new(a, sizeof *p, part_work, part_done);
	p->owner = a->engine->owner;
	p->now_ms = clock_now_ms();
	p->label = str_c(arena_printf(p->e.arena, "%s: %.*s", undone, STR_ARG(title)));
	return p;
}

static void add_pair(struct part_errand *p, struct story_id story, struct story_id other)
{
	if (p->n < PARTS_MAX)
		p->items[p->n++] = (struct apart_item){.story = story, .other = other};
}

static bool part_related(struct app *a, struct err *err)
{
	const struct related_item *item = related_pane_item(a);
	if (!item)
		return target_none(err);
	if (item->kind == RELATED_ON_PAGE || a->view.id.v <= 0)
		return err_set(
		    err, ERR_NOT_FOUND, _("the page itself recommends it; X is for stored stories"));
	struct part_errand *p = part_new(a, _("related again"), item->title);
	add_pair(p, a->view.id, item->id);
	for (size_t i = 0; i < item->n_copies; i++)
		add_pair(p, a->view.id, item->copies[i]);
	say(a, _("Not related: %.*s. u undoes it"), STR_ARG(item->title));
	errand_write(&p->e, TASK_MARK);
	return true;
}

/* Another story of the row's event on the page: what it is split from. */
static struct story_id fellow_of(const struct headlines *h, const struct story_row *row)
{
	for (size_t i = 0; i < h->snap->n_rows; i++)
		if (h->snap->rows[i].event.v == row->event.v && h->snap->rows[i].id.v != row->id.v)
			return h->snap->rows[i].id;
	return STORY_NONE;
}

static bool split(struct app *a, struct err *err)
{
	const struct headlines *h = &app_tab_const(a)->list;
	const struct story_row *row = headlines_row(a);
	if (!row)
		return target_none(err);
	if (fold_is_folded(h, row))
		return err_set(err, ERR_USAGE, _("x unfolds the event; X then splits one story off"));
	struct story_id fellow = fellow_of(h, row);
	if (!fellow.v)
		return err_set(err, ERR_NOT_FOUND, _("this story stands alone"));
	struct part_errand *p = part_new(a, _("in its event again"), row->title);
	add_pair(p, fellow, row->id);
	say(a, _("Split off: %.*s. u undoes it"), STR_ARG(row->title));
	errand_write(&p->e, TASK_MARK);
	return true;
}

COMMAND(not_related)
{
	IGNORE(args);
	return a->focus == PLACE_RELATED ? part_related(a, err) : split(a, err);
}
