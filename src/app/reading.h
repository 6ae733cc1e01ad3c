/* SPDX-License-Identifier: MIT */
/* Marks that a reader makes: opened, read, kept unread, starred, and taking them back. Each goes to the
 * writer at once and can be undone by name. A folded row acts as one: its stories are marked together. Main
 * thread. */
#ifndef CO_APP_READING_H
#define CO_APP_READING_H

#include "app/app.h"

bool reading_init(struct app *a);
void reading_release(struct app *a);
/* An act of reading on a story: opened, and by `reading.mark_read` read, with all that is folded in its row.
 */
void reading_opened(struct app *a, struct story_id id);
/* The end of the text was reached (mark_read: end). */
void reading_end(struct app *a);
/* Read, with all that is folded in its row. */
void reading_done(struct app *a, struct story_id id, struct str title);
void reading_toggle(struct app *a, struct story_id id, struct str title, bool is_read);
/* The same on the marked rows, which are marked no longer. Toggling: all read unless they are. */
enum marked_act { MARKED_DONE, MARKED_TOGGLE, MARKED_STAR };
void reading_marked(struct app *a, enum marked_act act);
void reading_star(struct app *a, struct story_id id, struct str title, bool is_starred);
/* Everything in the tab, or from its top down to a story; only what is unread. */
void reading_tab(struct app *a, struct story_id down_to);
/* Tags of the focused pane's story: words set them, -word takes one off. */
bool reading_tags(struct app *a, struct str words, struct err *err);
void reading_undo(struct app *a, bool redo);

#endif
