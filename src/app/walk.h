/* SPDX-License-Identifier: MIT */
/* Going from story to story: opening, following links and related rows with a way back, the next and the
 * previous one. Main thread. */
#ifndef CO_APP_WALK_H
#define CO_APP_WALK_H

#include "app/app.h"

/* Opens the selected story of the headlines; clears the trail, focuses the article. */
void walk_open_selected(struct app *a);
/* Opens a row of related: pushes the trail, focuses the article. */
void walk_open_related(struct app *a);
/* Follows link number `index` (0-based) of the text shown. */
void walk_follow_link(struct app *a, size_t index);
bool walk_back(struct app *a);
bool walk_forward(struct app *a);
/* The next (1) or previous (-1), unread only or any: selects in the headlines, opens in the article. */
void walk_step(struct app *a, int direction, bool unread);
/* Space: opens, pages, or goes on to the next unread. */
void walk_read_on(struct app *a);
void walk_focus(struct app *a, enum pane_place place);

#endif
