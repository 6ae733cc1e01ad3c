/* SPDX-License-Identifier: MIT */
/* What kind of page it is, and where its text is when its elements hold none. */
#ifndef CO_ARTICLE_STATE_H
#define CO_ARTICLE_STATE_H

#include "article/facts.h"

/* weight: of the text found. */
enum page_state state_of_page(
    struct page *p, const struct facts *f, const struct article *a, uint32_t weight);

/* Address of the page on which this article goes on: stated, or among the links of the page; absent when it
 * ends here. The whole article on one page is as good. */
struct str find_next_page(struct page *p, const struct facts *f);

/* The article from where scripts keep it: JSON-LD's articleBody, or the state of an application in a JSON
 * script. NULL when there is none of at least min_weight. Returns yours. */
struct doc *doc_of_scripts(struct page *p, const struct facts *f, uint32_t min_weight);

#endif
