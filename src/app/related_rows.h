/* SPDX-License-Identifier: MIT */
/* How the related list is set in lines: the same numbers for scrolling and for painting. Pure; any thread. */
#ifndef CO_APP_RELATED_ROWS_H
#define CO_APP_RELATED_ROWS_H

#include "app/app.h"

/* One item as set for a pane of so many columns; its age goes to the buffer (which must outlive the
 * headline). A line more, "also in: A, B", follows when copies are folded into it. */
void related_row_make(const struct app *a, const struct related_item *it, int pane_columns,
    struct headline *h, struct buf *age);
/* Lines of the whole list, heads and blanks between groups included; no item is selected. */
size_t related_rows_lines(const struct app *a, int pane_columns);
/* True when the list stands at the end of the article too: one pane at a time, and it belongs to this story.
 */
bool related_under_article(const struct app *a);

#endif
