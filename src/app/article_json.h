/* SPDX-License-Identifier: MIT */
/* An extracted page as the JSON of `courant extract`. Thread: any. */
#ifndef CO_APP_ARTICLE_JSON_H
#define CO_APP_ARTICLE_JSON_H

#include "base/buf.h"
#include "doc/article.h"
#include "text/json_out.h"

/* {title, dek, byline, site, language, published, text, html, related:[{title,url}], image, word_count} and a
 * newline. */
void article_json(struct buf *out, const struct article *a);

#endif
