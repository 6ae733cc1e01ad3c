/* SPDX-License-Identifier: MIT */
/* What the related pane shows of a story, read from the database: its neighbours by kind, near copies folded
 * to one item, the links of its page. Thread: that of the db. */
#ifndef CO_APP_RELATED_LOAD_H
#define CO_APP_RELATED_LOAD_H

#include "app/app.h"
#include "conf/conf.h"
#include "related/related.h"

struct related_load {
	struct story_id id;           /* none or loose: only the links */
	struct related_params params; /* limit: items, whatever is folded in them */
	int64_t since;                /* what was fetched later is new; TIME_NONE: nothing is */
	struct page_link *links;      /* borrowed */
	size_t n_links;
	struct related_item *items; /* out, in the arena */
	size_t n;
};
/* By the configuration. Any thread. */
struct related_params related_params_of(const struct conf *c);
/* The stories related to one, as the screen and `courant related` show them: related_find()'s rows, best
 * first, and behind them (score 0) the stories that the headlines fold with it though their words are far
 * apart. May give more than the limit. In a. */
bool related_rows(struct db *db, struct story_id id, const struct related_params *params, struct arena *a,
    struct related_row **rows, size_t *n, struct err *err);
bool related_load(struct related_load *l, struct db *db, struct arena *arena, struct err *err);

#endif
