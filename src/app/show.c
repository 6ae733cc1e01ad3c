/* SPDX-License-Identifier: MIT */
/* Loading stories into the article pane. */
#include "app/show.h"

#include "app/changes.h"
#include "app/errand.h"
#include "app/page.h"
#include "app/reading.h"
#include "app/related_pane.h"
#include "app/say.h"
#include "app/story_head.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/marks.h"
#include "store/session_db.h"
#include "store/story_db.h"
#include "text/url.h"

struct story_errand {
	struct errand e;
	struct story_id id;
	enum show_how how;
	struct story story;
	struct doc *feed_doc;
	struct article *page;
	struct view_place at;
	bool has_place;    /* at is one */
	int64_t opened_ms; /* when it was opened last; INT64_MIN: never */
};

static void story_work(struct errand *e, struct db *db)
{
	struct story_errand *s = (struct story_errand *)e;
	if (!story_load(db, s->id, e->arena, &s->story, &e->task.err))
		return;
	story_texts(&s->story, &s->feed_doc, &s->page);
	s->opened_ms = mark_time(db, s->id, MARK_OPENED);
	struct place place;
	if (!s->has_place && place_get(db, s->id, &place)) {
		s->at = (struct view_place){place.block, place.chr, 0};
		s->has_place = true;
	}
}

static void story_cleanup(struct errand *e)
{
	struct story_errand *s = (struct story_errand *)e;
	doc_free(s->feed_doc);
	article_free(s->page);
}

/* The errand's arena and documents move into the view; the errand is left with an arena of its own. */
static void adopt(struct app *a, struct story_errand *s)
{
	struct view *v = &a->view;
	view_clear(v);
	v->id = s->id;
	v->arena = s->e.arena;
	v->story = s->story;
	v->feed_doc = take(&s->feed_doc);
	v->page = take(&s->page);
	v->page_load = v->page ? PAGE_DONE : PAGE_IDLE;
	v->show_page = page_is_better(v->page, v->feed_doc);
	v->preview = s->how == SHOW_PREVIEW;
	v->read_at = s->opened_ms == INT64_MIN ? TIME_NONE : s->opened_ms / 1000;
	v->last_seen = SIZE_MAX;
	v->anchor = s->has_place ? s->at : VIEW_HEAD;
}

static void again(struct app *a, struct story_errand *s)
{
	struct view *v = &a->view;
	changes_end(a);
	struct doc *old_feed = take(&v->feed_doc);
	struct article *old_page = take(&v->page);
	const struct doc *old = v->show_page && old_page && old_page->doc ? old_page->doc : old_feed;
	arena_free(v->arena);
	v->arena = s->e.arena;
	v->story = s->story;
	v->feed_doc = take(&s->feed_doc);
	v->page = take(&s->page);
	v->page_load = v->page ? PAGE_DONE : v->page_load;
	v->show_page = page_is_better(v->page, v->feed_doc);
	view_text_changed(a, old);
	doc_free(old_feed);
	article_free(old_page);
}

static void opened(struct app *a)
{
	struct view *v = &a->view;
	if (v->read_at == TIME_NONE)
		v->read_at = clock_now();
	reading_opened(a, v->id);
}

/* Drops an errand whose arena the view has taken over. */
static void keep_arena(struct task *t)
{
	story_cleanup((struct errand *)t);
}

static void story_done(struct app *a, struct errand *e)
{
	struct story_errand *s = (struct story_errand *)e;
	if (e->task.err.code == ERR_CANCELLED)
		return;
	if (a->wanted.v == s->id.v)
		a->wanted = STORY_NONE;
	else if (s->how != SHOW_AGAIN)
		return;
	if (e->task.err.code) {
		say_err(a, &e->task.err);
		return;
	}
	if (s->how == SHOW_AGAIN) {
		if (a->view.id.v != s->id.v)
			return;
		again(a, s);
	} else {
		show_save_place(a);
		adopt(a, s);
		view_relayout(a);
	}
	/* The arena stays with the view: the errand, which lives in it, is kept until then. */
	e->task.drop = keep_arena;
	if (s->how == SHOW_OPEN) {
		opened(a);
		page_want(a);
	}
	related_pane_load(a);
	a->dirty |= DIRTY_SCREEN;
}

static void start(struct app *a, struct story_id id, enum show_how how, const struct view_place *at)
{
	struct story_errand *s = errand_new(a, sizeof *s, story_work, story_done);
	s->e.cleanup = story_cleanup;
	s->id = id;
	s->how = how;
	if (at) {
		s->at = *at;
		s->has_place = true;
	}
	if (how != SHOW_AGAIN)
		a->wanted = id;
	errand_read(&s->e, how == SHOW_AGAIN ? SLOT_NONE : SLOT_STORY);
}

void show_story(struct app *a, struct story_id id, enum show_how how)
{
	if (how != SHOW_AGAIN && a->view.id.v == id.v) {
		a->wanted = STORY_NONE;
		if (how == SHOW_OPEN)
			show_opened(a);
		return;
	}
	start(a, id, how, NULL);
}

void show_story_at(struct app *a, struct story_id id, enum show_how how, struct view_place at)
{
	start(a, id, how, &at);
}

void show_opened(struct app *a)
{
	struct view *v = &a->view;
	if (v->id.v <= 0)
		return;
	if (v->preview) {
		v->preview = false;
		opened(a);
	}
	page_want(a);
}

/* ---- The place in a text ---- */

struct place_errand {
	struct errand e;
	struct story_id id;
	struct place place;
	int64_t now;
};

static void place_work(struct errand *e, struct db *db)
{
	struct place_errand *p = (struct place_errand *)e;
	place_put(db, p->id, p->place, p->now, &e->task.err);
}

void show_save_place(struct app *a)
{
	const struct view *v = &a->view;
	struct view_place at = view_text_place(v);
	if (v->id.v <= 0 || v->preview || at.block == UINT32_MAX)
		return;
	struct place_errand *p = errand_new(a, sizeof *p, place_work, NULL);
	p->id = v->id;
	p->place = (struct place){.block = at.block, .chr = at.at};
	p->now = clock_now();
	errand_write(&p->e, TASK_PUT);
}

/* ---- Pages that are not stored ---- */

void show_page(struct app *a, const struct page_ref *page, struct view_place at)
{
	struct view *v = &a->view;
	struct arena *arena = arena_new();
	struct str named_by = arena_str(arena, page->named_by);
	struct story story = {.row = {.id = STORY_LOOSE, .published = TIME_NONE}};
	story.url = arena_str(arena, page->url);
	story.source_name = arena_str(arena, url_site(page->url));
	story.row.title = arena_str(arena, page->title.len ? page->title : page->url);
	show_save_place(a);
	view_clear(v);
	v->id = STORY_LOOSE;
	v->read_at = TIME_NONE;
	v->arena = arena;
	v->story = story;
	v->named_by = named_by;
	v->anchor = at;
	v->page_load = PAGE_IDLE;
	a->wanted = STORY_NONE;
	page_want(a);
	view_relayout(a);
	related_pane_load(a);
	a->dirty |= DIRTY_SCREEN;
}
