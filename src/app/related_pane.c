/* SPDX-License-Identifier: MIT */
/* The related pane's state. */
#include "app/related_pane.h"

#include "app/errand.h"
#include "app/show.h"
#include "base/clock.h"
#include "conf/conf.h"
#include "related/related.h"
#include "store/story_db.h"

#define AFTER_MS    150 /* behind the article */
#define ON_PAGE_MAX 12

struct related_errand {
	struct errand e;
	struct story_id id;
	struct related_params params;
	struct page_link *links;
	size_t n_links;
	struct related_item *items;
	size_t n;
	bool again;
	int64_t opened_at;
};

static void describe(struct related_item *item, struct db *db, struct arena *arena, int64_t since)
{
	struct story s;
	if (!story_load(db, item->id, arena, &s, NULL))
		return;
	item->title = s.row.title;
	item->dek = s.dek;
	item->source = s.source_name;
	item->url = s.url;
	item->published = s.row.published;
	item->opened = s.row.flags & STORY_OPENED;
	item->is_new = since != TIME_NONE && s.row.fetched > since;
}

static void add_links(struct related_errand *r, struct db *db)
{
	for (size_t i = 0; i < r->n_links; i++) {
		struct related_item item = {.kind = RELATED_ON_PAGE,
		    .title = r->links[i].title,
		    .url = r->links[i].url,
		    .source = STR(""),
		    .published = TIME_NONE};
		struct story_id id = story_by_url(db, item.url);
		bool known = id.v && id.v == r->id.v;
		for (size_t k = 0; k < r->n && id.v; k++)
			known |= r->items[k].id.v == id.v;
		if (known)
			continue;
		if (id.v) {
			item.id = id;
			describe(&item, db, r->e.arena, TIME_NONE);
		}
		r->items[r->n++] = item;
	}
}

static enum related_kind kind_of(enum story_relation relation)
{
	return relation == RELATION_SAME_EVENT  ? RELATED_SAME_EVENT
	       : relation == RELATION_FOLLOW_UP ? RELATED_FOLLOW_UP
	                                        : RELATED_BACKGROUND;
}

/* The rows come best first; the pane wants them by kind. */
static void add_kind(
    struct related_errand *r, struct db *db, const struct related_row *rows, size_t n, enum related_kind kind)
{
	for (size_t i = 0; i < n; i++) {
		if (kind_of(rows[i].relation) != kind)
			continue;
		struct related_item *item = &r->items[r->n++];
		*item = (struct related_item){.kind = kind,
		    .id = rows[i].id,
		    .score = rows[i].score,
		    .near_copy = rows[i].near_copy,
		    .published = TIME_NONE};
		describe(item, db, r->e.arena, r->opened_at);
	}
}

static void related_work(struct errand *e, struct db *db)
{
	struct related_errand *r = (struct related_errand *)e;
	struct related_row *rows = NULL;
	size_t n = 0;
	if (r->id.v > 0 && !related_find(db, NULL, r->id, &r->params, e->arena, &rows, &n, &e->task.err))
		return;
	r->items = arena_array(e->arena, n + r->n_links, sizeof *r->items);
	for (enum related_kind k = RELATED_SAME_EVENT; k < RELATED_ON_PAGE; k++)
		add_kind(r, db, rows, n, k);
	add_links(r, db);
}

static void keep_arena(struct task *t)
{
	(void)t; /* the pane has taken the arena over */
}

static void related_done(struct app *a, struct errand *e)
{
	struct related_errand *r = (struct related_errand *)e;
	struct related_pane *p = &a->related;
	if (e->task.err.code || a->view.id.v != r->id.v)
		return;
	struct story_id selected = related_pane_item(a) ? related_pane_item(a)->id : STORY_NONE;
	arena_free(p->arena);
	*p = (struct related_pane){.whom = r->id, .arena = e->arena, .items = r->items, .n_items = r->n};
	e->task.drop = keep_arena;
	for (size_t i = 0; i < p->n_items; i++) {
		p->counts[p->items[i].kind]++;
		p->n_new += p->items[i].is_new;
		if (r->again && selected.v && p->items[i].id.v == selected.v)
			p->index = i;
	}
	if (!p->n_items && a->focus == PLACE_RELATED) {
		a->focus = a->want.focus = PLACE_ARTICLE;
	}
	app_relayout(a);
	a->dirty |= DIRTY_SCREEN;
}

static void copy_links(struct related_errand *r, const struct view *v)
{
	if (!v->page)
		return;
	size_t n = v->page->n_related < ON_PAGE_MAX ? v->page->n_related : ON_PAGE_MAX;
	r->links = arena_array(r->e.arena, n, sizeof *r->links);
	for (size_t i = 0; i < n; i++) {
		r->links[i].title = arena_str(r->e.arena, v->page->related[i].title);
		r->links[i].url = arena_str(r->e.arena, v->page->related[i].url);
	}
	r->n_links = n;
}

static void start(struct app *a, bool again)
{
	struct related_errand *r = errand_new(a, sizeof *r, related_work, related_done);
	r->id = a->view.id;
	r->again = again;
	r->opened_at = TIME_NONE;
	r->params =
	    (struct related_params){.window_days = (int)(conf_seconds(a->conf, SET_RELATED_WINDOW) / 86400),
	        .background_days = (int)(conf_seconds(a->conf, SET_RELATED_BACKGROUND) / 86400),
	        .limit = (size_t)conf_int(a->conf, SET_RELATED_LIMIT)};
	copy_links(r, &a->view);
	errand_read(&r->e, SLOT_RELATED);
}

static void on_timer(void *arg)
{
	struct app *a = arg;
	if (a->view.id.v)
		start(a, a->related.whom.v == a->view.id.v);
}

bool related_pane_init(struct app *a)
{
	a->related_timer = loop_timer_new(a->loop, on_timer, a);
	return a->related_timer != NULL;
}

void related_pane_release(struct app *a)
{
	arena_free(a->related.arena);
	a->related = (struct related_pane){0};
	loop_timer_free(a->related_timer);
	a->related_timer = NULL;
}

void related_pane_load(struct app *a)
{
	loop_timer_set(a->related_timer, clock_mono_ms() + AFTER_MS);
}

void related_pane_reload(struct app *a)
{
	if (a->view.id.v && a->related.whom.v == a->view.id.v && loop_timer_at(a->related_timer) < 0)
		start(a, true);
}

const struct related_item *related_pane_item(const struct app *a)
{
	const struct related_pane *p = &a->related;
	return p->whom.v == a->view.id.v && p->index < p->n_items ? &p->items[p->index] : NULL;
}

void related_pane_select(struct app *a, size_t index)
{
	if (index < a->related.n_items) {
		a->related.index = index;
		a->dirty |= DIRTY_SCREEN;
	}
}

bool related_pane_move(struct app *a, ptrdiff_t rows)
{
	struct related_pane *p = &a->related;
	if (!p->n_items)
		return false;
	ptrdiff_t to = (ptrdiff_t)p->index + rows, last = (ptrdiff_t)p->n_items - 1;
	size_t index = (size_t)(to < 0 ? 0 : to > last ? last : to);
	if (index == p->index)
		return false;
	related_pane_select(a, index);
	return true;
}

size_t related_pane_lines(const struct app *a)
{
	const struct related_pane *p = &a->related;
	size_t lines = p->n_items * 2;
	for (size_t k = 0; k < RELATED_KINDS; k++)
		if (p->counts[k])
			lines += lines ? 2 : 1;
	return lines;
}
