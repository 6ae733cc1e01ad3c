/* SPDX-License-Identifier: MIT */
/* The page of the story shown: fetched when the feed has only a teaser, parsed, stored, and put in the place
 * of the teaser without moving what is being read. Main thread. */
#ifndef CO_APP_PAGE_H
#define CO_APP_PAGE_H

#include "app/app.h"

/* Fetches the shown story's page when its text is not whole and the source's full_text allows it. */
void page_want(struct app *a);
/* Fetches it whatever is known of it: the `r` of a reader. */
void page_again(struct app *a);
/* Ahead of time: the pages of the next unread stories, politely (reading.prefetch). */
void page_prefetch(struct app *a);
/* True when the feed's text looks like a beginning only. */
bool page_is_teaser(const struct doc *feed_doc, struct str dek);

#endif
