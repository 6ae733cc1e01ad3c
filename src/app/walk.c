/* SPDX-License-Identifier: MIT */
/* The reader's way through the stories. */
#include "app/walk.h"

#include "app/errand.h"
#include "app/headlines.h"
#include "app/page.h"
#include "app/reading.h"
#include "app/related_pane.h"
#include "app/say.h"
#include "app/show.h"
#include "app/view.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "store/story_db.h"
#include "text/url.h"
#include "text/utf8.h"

#define TITLE_MAX 200 /* bytes of a link that stand for the title of what is not here yet */
#define TRAIL_MAX 100

void walk_focus(struct app *a, enum pane_place place)
{
	if (a->focus == place)
		return;
	a->focus = place;
	a->want.focus = place;
	app_relayout(a);
	a->dirty |= DIRTY_SCREEN;
}

static void forget_trail(struct app *a)
{
	a->trail_at = a->trail.n = 0;
	if (a->trail_arena)
		arena_reset(a->trail_arena);
}

void walk_open_selected(struct app *a)
{
	const struct story_row *row = headlines_row(a);
	if (!row)
		return;
	forget_trail(a);
	show_story(a, row->id, SHOW_OPEN);
	walk_focus(a, PLACE_ARTICLE);
	page_prefetch(a);
}

/* ---- The trail ---- */

static struct trail_step here(struct app *a)
{
	const struct view *v = &a->view;
	const struct related_item *item = related_pane_item(a);
	struct trail_step step = {
	    .id = v->id, .at = view_place(v), .focus = a->focus, .related = item ? item->id : STORY_NONE};
	if (v->id.v > 0)
		return step;
	if (!a->trail_arena)
		a->trail_arena = arena_new();
	step.page.url = arena_str(a->trail_arena, v->story.url);
	step.page.title = arena_str(a->trail_arena, v->story.row.title);
	step.page.named_by = arena_str(a->trail_arena, v->named_by);
	return step;
}

static void push_trail(struct app *a)
{
	if (!a->view.id.v)
		return;
	a->trail.n = a->trail_at;
	if (a->trail.n == TRAIL_MAX) {
		for (size_t i = 1; i < a->trail.n; i++)
			a->trail.v[i - 1] = a->trail.v[i];
		a->trail.n--;
	}
	vec_push(&a->trail, here(a));
	a->trail_at = a->trail.n;
}

static void go(struct app *a, struct trail_step to)
{
	if (to.id.v > 0)
		show_story_at(a, to.id, SHOW_OPEN, to.at);
	else
		show_page(a, &to.page, to.at);
	a->related.wanted = to.related;
	walk_focus(a, to.focus == PLACE_HEADLINES ? PLACE_ARTICLE : to.focus);
}

bool walk_back(struct app *a)
{
	if (!a->trail_at)
		return false;
	struct trail_step to = a->trail.v[a->trail_at - 1];
	if (a->trail_at == a->trail.n && a->view.id.v)
		vec_push(&a->trail, here(a)); /* the place to come forward to */
	a->trail_at--;
	go(a, to);
	return true;
}

bool walk_forward(struct app *a)
{
	if (a->trail_at + 1 >= a->trail.n)
		return false;
	go(a, a->trail.v[++a->trail_at]);
	if (a->trail_at + 1 == a->trail.n)
		a->trail.n--; /* the present place is no step of the way back */
	return true;
}

/* ---- Following ---- */

struct url_errand {
	struct errand e;
	struct page_ref page;
	struct story_id id;
};

static void url_work(struct errand *e, struct db *db)
{
	struct url_errand *u = (struct url_errand *)e;
	u->id = story_by_url(db, u->page.url);
}

static void url_done(struct app *a, struct errand *e)
{
	struct url_errand *u = (struct url_errand *)e;
	if (u->id.v && u->id.v == a->view.id.v) {
		say(a, _("This link leads to the article itself"));
		return;
	}
	push_trail(a);
	if (u->id.v)
		show_story(a, u->id, SHOW_OPEN);
	else
		show_page(a, &u->page, VIEW_HEAD);
	walk_focus(a, PLACE_ARTICLE);
}

/* Whose words the links of the text are: a source's, or a page's own. */
static struct str speaker(const struct app *a)
{
	const struct view *v = &a->view;
	const struct source_ref *s = v->id.v > 0 ? app_source(a, v->story.row.source) : NULL;
	if (v->id.v > 0)
		return s && s->conf ? s->conf->url : STR_NONE;
	return v->story.url;
}

static void follow_url(struct app *a, struct str url, struct str title)
{
	if (!url_is_web(url)) {
		say(a, "%.*s", STR_ARG(url));
		return;
	}
	struct url_errand *u = errand_new(a, sizeof *u, url_work, url_done);
	u->page.url = arena_str(u->e.arena, url);
	u->page.title = arena_str(u->e.arena, title);
	u->page.named_by = arena_str(u->e.arena, speaker(a));
	errand_read(&u->e, SLOT_NONE);
}

void walk_open_related(struct app *a)
{
	const struct related_item *item = related_pane_item(a);
	if (!item)
		return;
	if (!item->id.v) {
		follow_url(a, item->url, item->title);
		return;
	}
	push_trail(a);
	show_story(a, item->id, SHOW_OPEN);
	walk_focus(a, PLACE_ARTICLE);
}

void walk_follow_link(struct app *a, size_t index)
{
	const struct doc *d = view_doc(&a->view);
	if (!d || index >= d->n_links)
		return;
	struct str *words = mem_array(d->n_links, sizeof *words);
	doc_link_words(d, words);
	follow_url(a, d->links[index].url, str_trim(utf8_cut(words[index], TITLE_MAX)));
	mem_free(words);
}

/* ---- Next and previous ---- */

static void found_to_select(struct app *a, struct story_id id)
{
	if (id.v)
		headlines_select_story(a, id);
	else if (app_tab(a)->list.arrivals)
		headlines_top(a);
	else
		say(a, _("Nothing unread below. ] next section · gg top"));
}

static void found_to_open(struct app *a, struct story_id id)
{
	if (!id.v && app_tab(a)->list.arrivals) {
		headlines_top(a);
		walk_focus(a, PLACE_HEADLINES);
		return;
	}
	if (!id.v) {
		say(a, _("Nothing unread below. ] next section · q headlines"));
		return;
	}
	forget_trail(a);
	show_story(a, id, SHOW_OPEN);
	headlines_select_story(a, id);
	page_prefetch(a);
}

void walk_step(struct app *a, int direction, bool unread)
{
	if (a->focus == PLACE_RELATED)
		related_pane_move(a, direction);
	else
		headlines_step(
		    a, direction, unread, a->focus == PLACE_ARTICLE ? found_to_open : found_to_select);
}

void walk_read_on(struct app *a)
{
	struct view *v = &a->view;
	const struct story_row *row = headlines_row(a);
	if (a->focus == PLACE_HEADLINES && row && (v->id.v != row->id.v || v->preview)) {
		forget_trail(a);
		show_story(a, row->id, SHOW_OPEN);
		if (a->geo.single)
			walk_focus(a, PLACE_ARTICLE);
		page_prefetch(a);
		return;
	}
	if (!v->id.v || a->wanted.v || (v->page_load == PAGE_LOADING && view_at_end(a)))
		return;
	show_opened(a);
	bool told = v->end_told; /* scrolling takes it back, moved or not */
	if (view_page(a, 1, false)) {
		if (view_at_end(a))
			reading_end(a);
		return;
	}
	reading_end(a);
	if (told && a->key_gap_ms >= 150)
		headlines_step(a, 1, true, found_to_open);
	else
		v->end_told = true;
	a->dirty |= DIRTY_SCREEN;
}
