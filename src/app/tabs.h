/* SPDX-License-Identifier: MIT */
/* The tabs: made from the configuration, moved among, counted; and what stories a tab's list holds, in a form
 * that a worker's thread can use. Main thread, but tab_set_open/close. */
#ifndef CO_APP_TABS_H
#define CO_APP_TABS_H

#include "app/app.h"
#include "store/list_db.h"

/* All, one per section in the order of the sources, ★, the query sections. Kept: temporary ones. */
void tabs_build(struct app *a);
void tabs_free(struct app *a);
void tabs_go(struct app *a, size_t tab);
/* Counts all tabs anew, in the background. */
void tabs_count(struct app *a);
/* A temporary tab for a search at the end; returns its number. */
size_t tabs_add_search(struct app *a, struct str name, struct str query);
void tabs_remove(struct app *a, size_t tab);
/* The tab's name for messages ("World"). */
const char *tab_title(const struct tab *t);

struct tab_set {
	struct str section, query;
	bool starred_only, unread_only;
	struct story_id *stay;
	size_t n_stay;
	struct story_id held; /* as in list_set */
	struct query *tree;   /* while open */
};
/* A copy in an errand's arena. */
struct tab_set tab_set_of(struct arena *arena, const struct tab *t);
/* The set for store/ (borrows from s); parses the query. */
bool tab_set_open(struct tab_set *s, struct arena *arena, int64_t now, struct list_set *out, struct err *err);
void tab_set_close(struct tab_set *s);

#endif
