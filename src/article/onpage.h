/* SPDX-License-Identifier: MIT */
/* The stories that a page recommends (shared inside article/). */
#ifndef CO_ARTICLE_ONPAGE_H
#define CO_ARTICLE_ONPAGE_H

#include "article/page.h"

/* Fills out->related: links to other stories in lists, cards and read-more lines, those under a telling
 * heading first, each address once. Not menus, not topics, not what the text itself cites. */
void onpage_find(struct page *p, struct article *out);

/* True when a short line announces other stories ("Related", "Mehr zum Thema", …). */
bool onpage_is_telling(struct str line);

#endif
