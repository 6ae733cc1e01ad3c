/* SPDX-License-Identifier: MIT */
/* The items of the related pane. */
#include "app/related_load.h"

#include "base/clock.h"
#include "store/story_db.h"

#define COPIES_MOST 24 /* rows asked for beyond the limit: they may fold */

/* Also the copies' root in *root: near copies of one text have the same. */
static bool describe(
    struct related_item *item, struct db *db, struct arena *arena, int64_t since, int64_t *root)
{
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
	*root = s.copy_of.v ? s.copy_of.v : item->id.v;
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

struct found {
	struct related_item item;
	int64_t root;
};

/* The item of the same text among the first n; NULL: none. */
static struct found *same_text(struct found *all, size_t n, const struct found *f)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].root == f->root || (all[i].item.near_copy && f->item.near_copy))
			return &all[i];
	return NULL;
}

static size_t find_all(struct related_load *l, struct db *db, struct arena *arena,
    const struct related_row *rows, size_t n, struct found *out)
{
	size_t n_out = 0;
	for (size_t i = 0; i < n; i++) {
		struct found f = {.item = {.kind = kind_of(rows[i].relation),
		                      .id = rows[i].id,
		                      .score = rows[i].score,
		                      .near_copy = rows[i].near_copy}};
		if (!describe(&f.item, db, arena, l->since, &f.root))
			continue;
		struct found *same = same_text(out, n_out, &f);
		if (same)
			fold(&same->item, &f.item, arena);
		else
			out[n_out++] = f;
	}
	return n_out < l->params.limit ? n_out : l->params.limit;
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
		struct related_item item = {.kind = RELATED_ON_PAGE,
		    .title = l->links[i].title,
		    .url = l->links[i].url,
		    .source = STR(""),
		    .published = TIME_NONE};
		int64_t root;
		item.id = story_by_url(db, item.url);
		if (is_listed(l, item.id))
			continue;
		if (item.id.v)
			describe(&item, db, arena, TIME_NONE, &root);
		l->items[l->n++] = item;
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

bool related_load(struct related_load *l, struct db *db, struct arena *arena, struct err *err)
{
	struct related_row *rows = NULL;
	struct related_params params = l->params;
	size_t n = 0;
	params.limit += COPIES_MOST;
	if (l->id.v > 0 && !related_find(db, NULL, l->id, &params, arena, &rows, &n, err))
		return false;
	struct found *found = arena_array(arena, n, sizeof *found);
	size_t n_found = find_all(l, db, arena, rows, n, found);
	l->items = arena_array(arena, n_found + l->n_links, sizeof *l->items);
	/* They come best first; the pane wants them by kind. */
	for (enum related_kind kind = RELATED_SAME_EVENT; kind < RELATED_ON_PAGE; kind++)
		for (size_t i = 0; i < n_found; i++)
			if (found[i].item.kind == kind)
				l->items[l->n++] = found[i].item;
	add_links(l, db, arena);
	return true;
}
