/* SPDX-License-Identifier: MIT */
/* Bringing a story into the article pane: loading it, its place, its page when the feed has only a teaser.
 * Main thread. */
#ifndef CO_APP_SHOW_H
#define CO_APP_SHOW_H

#include "app/app.h"
#include "store/worker.h"

enum show_how {
	SHOW_PREVIEW, /* by selection: marks nothing */
	SHOW_OPEN,    /* by an act of reading: marks it opened, fetches its page when that is needed */
	SHOW_AGAIN    /* the same story anew: its text has changed */
};
/* Shows a story once it is loaded; until then the pane keeps what it has. */
void show_story(struct app *a, struct story_id id, enum show_how how);
/* The same at a place in the text (the way back along the trail). */
void show_story_at(struct app *a, struct story_id id, enum show_how how, struct view_place at);
/* The story shown becomes an opened one, if it is a preview. */
void show_opened(struct app *a);
/* Remembers the place in the shown text. */
void show_save_place(struct app *a);
/* A page that is not stored: fetched and shown, with its title until it is there; at a place in its text
 * (block UINT32_MAX: at its head). */
void show_page(struct app *a, const struct page_ref *page, struct view_place at);

#define STORY_LOOSE ((struct story_id){-1}) /* id of the view while it shows a page that is not stored */

#endif
