/* SPDX-License-Identifier: MIT */
/* Any feed by its content → struct feed (model/feed.h). The root of the document decides the format, not its
 * Content-Type. Every item survives its siblings' faults; what was mended is told in the feed's warnings.
 * Specification: feeds. Thread: any. */
#ifndef CO_FEED_FEED_PARSE_H
#define CO_FEED_FEED_PARSE_H

#include "base/arena.h"
#include "base/err.h"
#include "model/feed.h"
#include "model/mapping.h"
#include "syntax/html.h"

#define FEED_MAX_ITEMS 100000

/* Takes the body of an item, which holds something, in the place of it->content_html. The tree is borrowed
 * for the time of the call; of *it the title, the addresses and the dates are set. */
typedef void feed_body_fn(void *arg, struct item *it, const struct node *body);

struct feed_input {
	struct str bytes;              /* as they came */
	struct str url;                /* their address; absent: relative ones stay as they are */
	struct str content_type;       /* absent when unknown */
	const struct mapping *mapping; /* of a JSON API; NULL: a feed */
	size_t max_items;              /* 0: FEED_MAX_ITEMS */
	feed_body_fn *take_body;       /* NULL: bodies are given as HTML */
	void *body_arg;
};

/* All strings of *out are in arena a. False with ERR_INPUT: a sentence that says what the document is
 * instead. */
bool feed_parse(struct arena *a, const struct feed_input *in, struct feed *out, struct err *err);

/* A subscription list: one item an outline with an address (url: the feed, external_url: its page, tags:
 * folders). */
bool feed_parse_opml(struct arena *a, const struct feed_input *in, struct feed *out, struct err *err);

/* An HTML page → the feeds that it names, best first (url: the feed, title, summary: its type). False with
 * ERR_NOT_FOUND when it names none. */
bool feed_discover(struct arena *a, const struct feed_input *in, struct feed *out, struct err *err);

#endif
