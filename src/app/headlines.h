/* SPDX-License-Identifier: MIT */
/* The headlines: asking for rows, keeping selection and place by story, moving. Main thread. */
#ifndef CO_APP_HEADLINES_H
#define CO_APP_HEADLINES_H

#include "app/app.h"

/* The selected row; NULL when the list is empty or not there yet. */
const struct story_row *headlines_row(const struct app *a);
/* Asks for the rows around the selection anew: marks, arrivals, another instance. Place and selection stay.
 */
void headlines_refresh(struct app *a);
/* Lets waiting arrivals in and goes to the top. */
void headlines_top(struct app *a);
void headlines_bottom(struct app *a);
/* Moves the selection by rows; false at that end. */
bool headlines_move(struct app *a, ptrdiff_t rows);
/* Moves by a page of the pane, or half of one. */
void headlines_page(struct app *a, int direction, bool half);
/* Selects a row that is on the present page. */
void headlines_select(struct app *a, size_t index);
/* Selects a story's row, wherever in the list it is. */
void headlines_select_story(struct app *a, struct story_id id);
/* The next (1) or previous (-1) row that has something unread (or any row), from the selection; calls found
 * on main, with STORY_NONE when there is none. */
typedef void headlines_found_fn(struct app *a, struct story_id id);
void headlines_step(struct app *a, int direction, bool unread, headlines_found_fn *found);
/* The title of the next unread row, as far as this page knows; absent: none. */
struct str headlines_next_title(const struct app *a);
/* Keeps a story in the list although it is read now. */
void headlines_keep(struct app *a, struct story_id id);
/* The tab is left: what was kept goes. */
void headlines_leave(struct app *a);
/* After a change of geometry: the selected row stays in sight. */
void headlines_show_cursor(struct app *a);
/* Lines of the pane that rows have: less one while arrivals are told. */
size_t headlines_height(const struct app *a);
void headlines_release(struct headlines *h);

#endif
