/* SPDX-License-Identifier: MIT */
/* A feed as JSON Feed 1.1, with what that has no name for in an object `_courant` of the feed and of each
 * item. */
#ifndef CO_MODEL_FEED_JSON_H
#define CO_MODEL_FEED_JSON_H

#include "base/buf.h"
#include "model/feed.h"

/* Appends the document and a newline. False when out's maximum was met. Thread: any. */
bool feed_json(struct buf *out, const struct feed *f);

#endif
