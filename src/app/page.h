/* SPDX-License-Identifier: MIT */
/* The page of the story shown: fetched when the feed has only a teaser, and put in the place of the teaser
 * without moving what is being read; and pages ahead of time. How a page is had is page_job.c's. Main
 * thread. */
#ifndef CO_APP_PAGE_H
#define CO_APP_PAGE_H

#include "app/app.h"

/* Fetches the shown story's page when its text is not whole and the source's full_text allows it. A page that
 * failed a moment ago is not asked for again: `r` does. */
void page_want(struct app *a);
/* The shown story's page did not come, or not all of it: `r` tries again. */
bool page_is_missing(const struct app *a);
/* Fetches it whatever is known of it: the `r` of a reader. */
void page_again(struct app *a);
/* Ahead of time: the pages of the next unread stories, politely (reading.prefetch). What has failed once is
 * left alone. */
void page_prefetch(struct app *a);
/* A source has changed these stories: pages that are stored are fetched anew, politely, so that the new text
 * stands beside the old. */
void page_changed(struct app *a, const struct story_id *ids, size_t n);
/* True when the feed's text looks like a beginning only; url is the story's own. */
bool page_is_teaser(const struct doc *feed_doc, struct str url);
/* Which of a story's two texts a reader wants: the page's, unless the feed's is the longer one, or the page
 * is none of the article's. Either may be NULL. */
bool page_is_better(const struct article *page, const struct doc *feed_doc);

#endif
