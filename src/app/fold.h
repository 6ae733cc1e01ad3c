/* SPDX-License-Identifier: MIT */
/* Rows that stand for an event: which are folded, and what a row's mark says of its stories. Pure. */
#ifndef CO_APP_FOLD_H
#define CO_APP_FOLD_H

#include "app/app.h"

enum row_state {
	ROW_UNREAD,
	ROW_LATER, /* read, but later stories of its event came */
	ROW_READ
};

/* The row stands for several stories at once. */
bool fold_is_folded(const struct headlines *h, const struct story_row *row);
/* The row is one of an unfolded event, below the first of them. */
bool fold_is_under(const struct story_row *row);
enum row_state fold_state(const struct headlines *h, const struct story_row *row);
/* Something is unread in the row: next-unread stops here. */
bool fold_has_unread(const struct headlines *h, const struct story_row *row);
/* An act of reading on the story is one on all that its row in the current tab stands for. What was followed
 * to (along the trail, from related) acts alone. */
bool fold_acts(const struct app *a, struct story_id id);

#endif
