/* SPDX-License-Identifier: MIT */
/* The stories related to the one shown: loaded 150 ms after it, moved among, opened. Main thread. */
#ifndef CO_APP_RELATED_PANE_H
#define CO_APP_RELATED_PANE_H

#include "app/app.h"

bool related_pane_init(struct app *a);
void related_pane_release(struct app *a);
/* The story shown has changed: its related stories follow after a moment. */
void related_pane_load(struct app *a);
/* Marks or the index have changed: the same stories anew, the selection stays. */
void related_pane_reload(struct app *a);
const struct related_item *related_pane_item(const struct app *a);
bool related_pane_move(struct app *a, ptrdiff_t rows);
void related_pane_select(struct app *a, size_t index);
/* The item says why it is related (takes the words), or none does any more (NULL); false: none did. */
bool related_pane_tell_why(struct app *a, struct story_id id, char *words);
/* Lines that the whole list would like: heads of groups and two lines an item. */
size_t related_pane_lines(const struct app *a);

#endif
