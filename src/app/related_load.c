/* SPDX-License-Identifier: MIT */
/* The items of the related pane. */
#include "app/related_load.h"

#include "base/clock.h"
#include "store/list_db.h"
#include "store/story_db.h"

#define COPIES_MOST 24 /* rows asked for beyond the limit: they may fold */
#define EVENT_MOST  24 /* stories of the event, whatever their score */

struct found {
	struct related_item item;
	int64_t root; /* near copies of one text have the same root */
};

static bool describe(struct found *f, struct db *db, struct arena *arena, int64_t since)
{
	struct related_item *item = &f->item;
	struct story s;
	if (!story_load(db, item->id, arena, &s, NULL))
		return false;
	item->title = s.row.title;
	item->dek = s.dek;
	item->source = s.source_name;
	item->url = s.url;
	item->published = s.row.published;
	item->opened = s.row.flags & STORY_OPENED;
	item->is_new = since != TIME_NONE && s.row.fetched > since;
	f->root = s.copy_of.v ? s.copy_of.v : item->id.v;
	return true;
}

static enum related_kind kind_of(enum story_relation relation)
{
	return relation == RELATION_SAME_EVENT  ? RELATED_SAME_EVENT
	       : relation == RELATION_FOLLOW_UP ? RELATED_FOLLOW_UP
	                                        : RELATED_BACKGROUND;
}

/* ---- Folding ---- */

static bool names(const struct related_item *item, struct str source)
{
	struct str rest = item->also_in, name;
	if (str_eq(item->source, source))
		return true;
	while (str_split(&rest, ',', &name))
		if (str_eq(str_trim(name), source))
			return true;
	return false;
}

/* A copy joins the item of its text: its source is named there. */
static void fold(struct related_item *into, const struct related_item *copy, struct arena *arena)
{
	into->copies =
	    arena_grow(arena, into->copies, into->n_copies, into->n_copies + 1, sizeof *into->copies);
	into->copies[into->n_copies++] = copy->id;
	into->opened |= copy->opened;
	into->is_new |= copy->is_new;
	if (names(into, copy->source))
		return;
	into->also_in =
	    into->also_in.len
	        ? str_c(arena_printf(arena, "%.*s, %.*s", STR_ARG(into->also_in), STR_ARG(copy->source)))
	        : copy->source;
}

/* The item of the same text among the first n; NULL: none. */
static struct found *same_text(struct found *all, size_t n, const struct found *f)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].root == f->root || (all[i].item.near_copy && f->item.near_copy))
			return &all[i];
	return NULL;
}

struct finds {
	struct found *v;
	size_t n, max;
};

static void add_found(
    struct finds *all, const struct related_load *l, struct db *db, struct arena *arena, struct found *f)
{
	if (all->n == all->max || !describe(f, db, arena, l->since))
		return;
	struct found *same = same_text(all->v, all->n, f);
	if (same)
		fold(&same->item, &f->item, arena);
	else
		all->v[all->n++] = *f;
}

static struct finds find_all(const struct related_load *l, struct db *db, struct arena *arena,
    const struct related_row *rows, size_t n)
{
	struct finds all = {.max = n};
	all.v = arena_array(arena, all.max, sizeof *all.v);
	for (size_t i = 0; i < n; i++) {
		struct found f = {.item = {.kind = kind_of(rows[i].relation),
		                      .id = rows[i].id,
		                      .score = rows[i].score,
		                      .near_copy = rows[i].near_copy}};
		add_found(&all, l, db, arena, &f);
	}
	return all;
}

/* ---- Links of the page ---- */

static bool is_listed(const struct related_load *l, struct story_id id)
{
	for (size_t i = 0; i < l->n && id.v; i++)
		if (l->items[i].id.v == id.v)
			return true;
	return id.v && id.v == l->id.v;
}

static void add_links(struct related_load *l, struct db *db, struct arena *arena)
{
	for (size_t i = 0; i < l->n_links; i++) {
		struct found f = {.item = {.kind = RELATED_ON_PAGE,
		                      .title = l->links[i].title,
		                      .url = l->links[i].url,
		                      .source = STR(""),
		                      .published = TIME_NONE}};
		f.item.id = story_by_url(db, f.item.url);
		if (is_listed(l, f.item.id))
			continue;
		if (f.item.id.v)
			describe(&f, db, arena, TIME_NONE);
		l->items[l->n++] = f.item;
	}
}

struct related_params related_params_of(const struct conf *c)
{
	return (struct related_params){
	    .window_days = (int)(conf_seconds(c, SET_RELATED_WINDOW) / 86400),
	    .background_days = (int)(conf_seconds(c, SET_RELATED_BACKGROUND) / 86400),
	    .limit = (size_t)conf_int(c, SET_RELATED_LIMIT),
	};
}

static bool is_row(const struct related_row *rows, size_t n, struct story_id id)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].id.v == id.v)
			return true;
	return false;
}

/* Other reports of the event come first, each group in its order. */
static void order_rows(struct arena *arena, struct related_row *rows, size_t n)
{
	struct related_row *ordered = arena_array(arena, n + 1, sizeof *ordered);
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		if (rows[i].relation == RELATION_SAME_EVENT)
			ordered[k++] = rows[i];
	for (size_t i = 0; i < n; i++)
		if (rows[i].relation != RELATION_SAME_EVENT)
			ordered[k++] = rows[i];
	for (size_t i = 0; i < n; i++)
		rows[i] = ordered[i];
}

bool related_rows(struct db *db, struct story_id id, const struct related_params *params, struct arena *arena,
    struct related_row **rows, size_t *n, struct err *err)
{
	struct story self;
	if (!story_load(db, id, arena, &self, err) || !related_find(db, id, params, arena, rows, n, err))
		return false;
	struct list_spec spec = {.set = {.event = self.row.event, .with_gone = true},
	    .order = LIST_OLDEST,
	    .anchor = LIST_TOP,
	    .after = EVENT_MOST};
	struct snapshot *s = list_load(db, &spec, err);
	if (!s)
		return false;
	*rows = arena_grow(arena, *rows, *n, *n + s->n_rows, sizeof **rows);
	for (size_t i = 0; i < s->n_rows && *n < params->limit; i++)
		if (s->rows[i].id.v != id.v && !is_row(*rows, *n, s->rows[i].id))
			(*rows)[(*n)++] =
			    (struct related_row){.id = s->rows[i].id, .relation = RELATION_SAME_EVENT};
	snapshot_unref(s);
	order_rows(arena, *rows, *n);
	return true;
}

bool related_load(struct related_load *l, struct db *db, struct arena *arena, struct err *err)
{
	struct related_row *rows = NULL;
	struct related_params params = l->params;
	size_t n = 0;
	l->n = 0;
	params.limit += COPIES_MOST;
	if (l->id.v > 0 && !related_rows(db, l->id, &params, arena, &rows, &n, err))
		return false;
	struct finds all = find_all(l, db, arena, rows, n);
	l->items = arena_array(arena, all.n + l->n_links, sizeof *l->items);
	/* They come best first; the pane wants them by kind. */
	for (enum related_kind kind = RELATED_SAME_EVENT; kind < RELATED_ON_PAGE; kind++)
		for (size_t i = 0; i < all.n && l->n < l->params.limit; i++)
			if (all.v[i].item.kind == kind)
				l->items[l->n++] = all.v[i].item;
	add_links(l, db, arena);
	return true;
}
