/* SPDX-License-Identifier: MIT */
/* Captions that neither an element nor a name tells (shared inside article/). */
#ifndef CO_ARTICLE_CAPTION_H
#define CO_ARTICLE_CAPTION_H

#include "article/page.h"

/* True when n is a line right behind a picture that is set as one describes a picture: alone in a box with
 * it, in the middle, slanted or small. Asked of elements of p->root, after page_sum(). */
bool caption_is(const struct page *p, const struct node *n);

#endif
