/* SPDX-License-Identifier: MIT */
/* Bylines: how a line is made into names, and what a page shows of them (shared between byline.c and
 * byline_shown.c). All strings are of the page's arena. */
#ifndef CO_ARTICLE_BYLINE_H
#define CO_ARTICLE_BYLINE_H

#include "article/facts.h"

enum { BYLINE_MAX_BYTES = 200 };

/* True when s begins with prefix (any case) as a word of its own. */
bool byline_starts(struct str s, const char *prefix);
/* A byline fit to show, several persons with commas between; absent: an address, a number, too long, no
 * name. */
struct str byline_cleaned(struct page *p, const struct facts *f, struct str s);
/* True for "A and B": names of two words or more on either side. */
bool byline_joins(struct str line);
bool byline_is_site(struct page *p, const struct facts *f, struct str s);

/* The names that stand where a page shows its writers; absent: none. */
struct str byline_shown(struct page *p, const struct facts *f);
/* names, or the line of the page that begins with them and has more of them. */
struct str byline_fuller(struct page *p, const struct facts *f, struct str names);

#endif
