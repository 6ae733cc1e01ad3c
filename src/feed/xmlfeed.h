/* SPDX-License-Identifier: MIT */
/* Feeds written in XML, read item by item: RSS, RDF, Atom, news sitemaps. Internal to feed/. */
#ifndef CO_FEED_XMLFEED_H
#define CO_FEED_XMLFEED_H

#include "base/err.h"
#include "feed/entry.h"

enum xml_root { ROOT_UNKNOWN, ROOT_FEED, ROOT_OPML, ROOT_HTML, ROOT_SITEMAP_INDEX };

/* Reads the document into f->feed. *root tells what its root is; anything but ROOT_FEED: false, with err only
 * when the document could not be read at all. name (64 bytes) gets the root's name. */
bool xmlfeed_read(struct feed_work *f, struct str utf8, size_t max_items, enum xml_root *root, char name[64],
    struct err *err);

/* opml.c: a subscription list. */
bool opml_read(struct feed_work *f, struct str utf8, size_t max_items, struct err *err);

/* Tells in the feed's warnings what the XML layer mended (enum xml_mend bits). */
void feed_warn_mended(struct feed_work *f, unsigned mended);

#endif
