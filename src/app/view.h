/* SPDX-License-Identifier: MIT */
/* The article pane: which text is shown, how it is set, where the reader is in it. Loading is show.c's,
 * fetching page.c's, finding within find.c's. Main thread. */
#ifndef CO_APP_VIEW_H
#define CO_APP_VIEW_H

#include "app/app.h"

/* Forgets the story, its documents and its layout. */
void view_clear(struct view *v);
/* The page when its text is the one shown, else NULL. */
const struct article *view_page_shown(const struct view *v);
/* Sets the text anew for the present geometry; the paragraph at the top stays. Nothing when nothing changed.
 */
void view_relayout(struct app *a);
/* The same after the text itself changed: the paragraph at the top is looked for in the new text by its
 * words. */
void view_text_changed(struct app *a, const struct doc *old);
/* The place in the text that is read, also while its changes are shown. */
struct view_place view_place(const struct view *v);
/* The same, and the end of the text for what stands below it: what is remembered of a story. */
struct view_place view_text_place(const struct view *v);
/* Lines of the text with what stands under it (view_status). */
size_t view_lines(const struct app *a);
/* Lines of the pane, at least 1. */
size_t view_height(const struct app *a);
size_t view_max_top(const struct app *a);
bool view_at_end(const struct app *a);
void view_set_top(struct app *a, size_t line);
/* Moves by lines, down is positive; false when it is at that end already. */
bool view_scroll(struct app *a, ptrdiff_t lines);
/* Shifts wide tables and code by columns; nothing else moves. */
void view_pan(struct app *a, int columns);
/* Moves by a page (height − 2) or half of one, and marks the last line seen with ›. False at the end. */
bool view_page(struct app *a, int direction, bool half);
/* 0 to 100: how far the view's last line is. */
int view_percent(const struct app *a);

#endif
