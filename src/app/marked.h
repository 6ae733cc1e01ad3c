/* SPDX-License-Identifier: MIT */
/* Rows of the headlines that are marked for the next command: one by one, or by a query. Main thread. */
#ifndef CO_APP_MARKED_H
#define CO_APP_MARKED_H

#include "app/app.h"

/* Commands act on marked rows: there are some, and the headlines have the focus. */
bool marked_any(const struct app *a);
size_t marked_count(const struct app *a);
/* Marks the selected row, or takes its mark off; on to the next row. */
bool marked_toggle(struct app *a, struct err *err);
/* Marks what a query finds in this list, in the background. False with the mistake of the query. */
bool marked_by_query(struct app *a, struct str words, struct err *err);
void marked_clear(struct app *a);
/* Flags that all of them have. */
uint32_t marked_flags(const struct app *a);

struct marked_ids {
	struct story_id *v; /* each stands for its whole row where `row` says so */
	bool *row;
	size_t n;
};
/* In the arena. */
struct marked_ids marked_copy(const struct app *a, struct arena *arena);
/* Copies their addresses, with titles if wanted, as lines. */
void marked_copy_links(struct app *a, bool titles);

#endif
