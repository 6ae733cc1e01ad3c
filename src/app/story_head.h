/* SPDX-License-Identifier: MIT */
/* A stored story made ready to be read, the same on the screen, in files and on the command line: its two
 * texts, and what stands above them. Thread: any. */
#ifndef CO_APP_STORY_HEAD_H
#define CO_APP_STORY_HEAD_H

#include "doc/article.h"
#include "model/story.h"

/* The feed's text and the page, yours; NULL where there is none. One that cannot be read is as one that is
 * not there: the page is fetched again. */
void story_texts(const struct story *s, struct doc **feed_doc, struct article **page);
/* "source · author · date", the parts that are known; brief: without the author, the date short. page may be
 * NULL. */
void story_byline(
    struct buf *out, const struct story *s, const struct article *page, int64_t now, bool brief);
/* Adds a part behind " · ". */
void story_byline_add(struct buf *out, struct str part);
/* Of the page when its text is shown, else of the feed; absent when the text shown begins with it. page NULL:
 * the feed's text is shown. */
struct str story_dek(const struct story *s, const struct article *page, const struct doc *shown);

#endif
