/* SPDX-License-Identifier: MIT */
/* Feeds written in JSON: JSON Feed, and any API by its mapping. Internal to feed/. */
#ifndef CO_FEED_JSONFEED_H
#define CO_FEED_JSONFEED_H

#include "base/err.h"
#include "feed/entry.h"
#include "model/mapping.h"
#include "syntax/json.h"

/* JSON Feed 1.0 and 1.1. False with ERR_INPUT when root is none. */
bool jsonfeed_read(struct feed_work *f, const struct json *root, size_t max_items, struct err *err);

/* A reply of an API. */
bool jsonapi_read(struct feed_work *f, const struct json *root, const struct mapping *map, size_t max_items,
    struct err *err);

#endif
