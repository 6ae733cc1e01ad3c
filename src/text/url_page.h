/* SPDX-License-Identifier: MIT */
/* Pages of one article, told by their addresses: "/story/2", "/story-2.html", "/story?page=2". Sites state
 * "next" for the next article as well; an address that differs in the number alone is the next page. Thread:
 * any. */
#ifndef CO_TEXT_URL_PAGE_H
#define CO_TEXT_URL_PAGE_H

#include "base/str.h"

#define URL_PAGE_MAX 100
#define URL_PAGE_ALL 1000 /* all pages as one */

/* The number that `next` has as the page that follows `from`: 2 to URL_PAGE_MAX; URL_PAGE_ALL when it is the
 * whole article on one page; 0 when it is neither. Both absolute. */
unsigned url_page_after(struct str from, struct str next);

#endif
