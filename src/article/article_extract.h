/* SPDX-License-Identifier: MIT */
/* From a web page to its article: what a reader came for, without the page's furniture. Several cheap
 * candidates for the body over one tree, chosen by agreement; metadata from JSON-LD, OpenGraph, microdata and
 * the page itself; the stories that the page recommends. Thread: any. */
#ifndef CO_ARTICLE_ARTICLE_EXTRACT_H
#define CO_ARTICLE_ARTICLE_EXTRACT_H

#include "base/err.h"
#include "base/str.h"
#include "doc/article.h"

/* The article of a page in UTF-8. url: the page's own address, absent when unknown. Returns yours; its state
 * says whether it is an article (PAGE_NO_ARTICLE has no document, but metadata). NULL only when the page
 * cannot be read at all, with err ERR_INPUT. */
struct article *article_extract(struct str utf8_html, struct str url, struct err *err);

/* The same from bytes as they came: the encoding is found from the Content-Type (may be absent) and the page.
 */
struct article *article_extract_bytes(
    struct str bytes, struct str content_type, struct str url, struct err *err);

#endif
