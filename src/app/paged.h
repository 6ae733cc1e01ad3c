/* SPDX-License-Identifier: MIT */
/* An article that goes on over several pages: which page follows, and all of them as one article. Fetches
 * nothing. Thread: one owner. */
#ifndef CO_APP_PAGED_H
#define CO_APP_PAGED_H

#include "base/attr.h"
#include "doc/article.h"

#define PAGED_MAX 10 /* pages of one article */

struct paged {
	struct article *whole; /* owned; NULL until the first page is in */
	struct str next; /* address of the page to fetch now, in whole's arena; absent: it is complete */
	struct str last; /* address of the page added last, in whole's arena */
	unsigned n;
};

void paged_release(struct paged *p);
/* Adds a page that came from url; takes it. What a page repeats of those before it is left out. Sets p->next.
 */
void paged_add(struct paged *p, struct article *page, struct str url);
/* The article; returns yours. Its next_page is the address of a page that is still missing, absent when it is
 * whole. */
struct article *paged_take(struct paged *p);

#endif
