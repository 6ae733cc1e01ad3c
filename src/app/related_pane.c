/* SPDX-License-Identifier: MIT */
/* The related pane's state. */
#include "app/related_pane.h"

#include "app/errand.h"
#include "app/related_load.h"
#include "base/clock.h"
#include "base/mem.h"
#include "conf/conf.h"

#define AFTER_MS    150 /* behind the article */
#define ON_PAGE_MAX 12

struct related_errand {
	struct errand e;
	struct related_load load;
	bool again;
};

static void related_work(struct errand *e, struct db *db)
{
	related_load(&((struct related_errand *)e)->load, db, e->arena, &e->task.err);
}

static void clear(struct related_pane *p)
{
	arena_free(p->arena);
	mem_free(p->why);
	*p = (struct related_pane){0};
}

static void keep_arena(struct task *t)
{
	(void)t; /* the pane has taken the arena over */
}

static void adopt(struct related_pane *p, struct related_errand *r)
{
	const struct related_load *l = &r->load;
	size_t top = r->again ? p->top : 0;
	char *why = r->again ? take(&p->why) : NULL;
	struct story_id why_of = p->why_of, wanted = p->wanted;
	clear(p);
	*p = (struct related_pane){.whom = l->id,
	    .arena = r->e.arena,
	    .items = l->items,
	    .n_items = l->n,
	    .top = top,
	    .wanted = wanted};
	r->e.task.drop = keep_arena;
	p->why = why;
	p->why_of = why ? why_of : STORY_NONE;
	for (size_t i = 0; i < p->n_items; i++) {
		p->counts[p->items[i].kind] += 1 + p->items[i].n_copies;
		p->n_new += p->items[i].is_new;
	}
}

static void related_done(struct app *a, struct errand *e)
{
	struct related_errand *r = (struct related_errand *)e;
	struct related_pane *p = &a->related;
	if (e->task.err.code || a->view.id.v != r->load.id.v)
		return;
	const struct related_item *was = r->again ? related_pane_item(a) : NULL;
	struct story_id selected = was ? was->id : p->wanted;
	size_t index = was ? p->index : 0;
	adopt(p, r);
	p->wanted = STORY_NONE;
	p->index = index < p->n_items ? index : p->n_items ? p->n_items - 1 : 0;
	for (size_t i = 0; i < p->n_items; i++)
		if (selected.v && p->items[i].id.v == selected.v)
			p->index = i;
	if (!p->n_items && a->focus == PLACE_RELATED)
		a->focus = a->want.focus = PLACE_ARTICLE;
	app_relayout(a);
	a->dirty |= DIRTY_SCREEN;
}

static void copy_links(struct related_errand *r, const struct view *v)
{
	struct related_load *l = &r->load;
	if (!v->page)
		return;
	l->n_links = v->page->n_related < ON_PAGE_MAX ? v->page->n_related : ON_PAGE_MAX;
	l->links = arena_array(r->e.arena, l->n_links, sizeof *l->links);
	for (size_t i = 0; i < l->n_links; i++) {
		l->links[i].title = arena_str(r->e.arena, v->page->related[i].title);
		l->links[i].url = arena_str(r->e.arena, v->page->related[i].url);
	}
}

static void start(struct app *a, bool again)
{
	struct related_errand *r = errand_new(a, sizeof *r, related_work, related_done);
	r->again = again;
	r->load.id = a->view.id;
	r->load.since = a->view.read_at;
	r->load.params = related_params_of(a->conf);
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
	clear(&a->related);
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

bool related_pane_tell_why(struct app *a, struct story_id id, char *words)
{
	struct related_pane *p = &a->related;
	const struct related_item *item = related_pane_item(a);
	bool told = p->why && item && item->id.v == p->why_of.v;
	mem_free(p->why);
	p->why = words;
	p->why_of = id;
	a->dirty |= DIRTY_SCREEN;
	return told;
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
