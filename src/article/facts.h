/* SPDX-License-Identifier: MIT */
/* What a page says of itself, source by source, and the choice among it (shared inside article/). All strings
 * are one clean line in the page's arena. */
#ifndef CO_ARTICLE_FACTS_H
#define CO_ARTICLE_FACTS_H

#include "article/page.h"

enum field {
	FIELD_TITLE,
	FIELD_DEK,
	FIELD_BYLINE,
	FIELD_SITE,
	FIELD_LANGUAGE,
	FIELD_IMAGE,
	FIELD_CANONICAL,
	FIELD_PUBLISHED,
	FIELD_MODIFIED,
	FIELD_NEXT,
	FIELD_ALTERNATE, /* the same article in another form: AMP, for print */
	FIELD_COUNT
};

/* In the order in which they are believed. */
enum source {
	SOURCE_LD,      /* JSON-LD of an article */
	SOURCE_OG,      /* OpenGraph */
	SOURCE_MICRO,   /* microdata, RDFa, <time pubdate> */
	SOURCE_META,    /* other <meta> */
	SOURCE_LINK,    /* <link>, <title>, attributes of <html> */
	SOURCE_LD_PAGE, /* JSON-LD of the web page */
	SOURCE_COUNT
};

struct facts {
	struct str said[FIELD_COUNT][SOURCE_COUNT];
	struct str body; /* JSON-LD's articleBody, as text */
	bool not_free;   /* isAccessibleForFree: false */
	bool list_type;  /* the page says that it is a list or a site's front */
};

/* Notes a value unless that place is taken; bylines of one source are joined by a comma. */
void facts_say(struct page *p, struct facts *f, enum field field, enum source source, struct str value);
/* First source in order that said something; absent when none did. */
struct str facts_first(const struct facts *f, enum field field);

void facts_of_ld(struct page *p, struct facts *f);    /* JSON-LD scripts */
void facts_of_head(struct page *p, struct facts *f);  /* <meta>, <link>, <title>, <html> */
void facts_of_micro(struct page *p, struct facts *f); /* itemprop, rel, <time> */

struct str find_title(struct page *p, const struct facts *f);
struct str find_byline(struct page *p, const struct facts *f);
/* A moment, and the zone that it was written in, in minutes from UTC. */
struct when {
	int64_t t;
	int zone_min;
};
struct when find_published(struct page *p, const struct facts *f);
struct str find_site(struct page *p, const struct facts *f);
struct str find_language(struct page *p, const struct facts *f);

/* A value as one clean line: references decoded (once more than the parser did, as pages double them), tags
 * off. */
struct str clean_line(struct page *p, struct str s);

#endif
