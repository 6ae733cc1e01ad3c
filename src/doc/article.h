/* SPDX-License-Identifier: MIT */
/* An article as extracted from a page: what is known of it, its document, and the stories that the page
 * recommends. Strings belong to `arena`. Thread: one owner. */
#ifndef CO_DOC_ARTICLE_H
#define CO_DOC_ARTICLE_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "doc/doc.h"

struct page_link {
	struct str title, url;
};

enum page_state {
	PAGE_ARTICLE,
	PAGE_NO_ARTICLE, /* nothing that reads as an article */
	PAGE_CUT,        /* a pay wall's shell: only the beginning is here */
	PAGE_CONSENT,    /* a consent or robot check instead of the article */
	PAGE_SOFT_ERROR  /* "not found" with status 200 */
};

struct article {
	struct arena *arena;
	enum page_state state;
	struct str title, dek, byline, site, language, image, canonical, next_page, html;
	struct str alternate; /* address of another form that may hold more; absent unless this one is poor */
	int64_t published, modified;
	int64_t published_zone_min; /* as the page wrote it: minutes from UTC; its day is the one there */
	struct doc *doc;            /* owned; NULL when there is none */
	struct page_link *related;
	size_t n_related;
	uint32_t word_count;
};

struct article *article_new(void);
void article_free(struct article *a);
DEFINE_FREEP(article)
void article_encode(struct buf *out, const struct article *a);
struct article *article_decode(struct str bytes, struct err *err); /* checked as hostile; returns yours */

#endif
