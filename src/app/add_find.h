/* SPDX-License-Identifier: MIT */
/* Finding the feeds of an address: the address itself, what its page names, known sites, the usual paths.
 * Each is fetched and read, so that its title and newest stories can be shown before it is added. Decides
 * nothing and writes nothing. Thread: that of the hands' loop. Specification: cli (add). */
#ifndef CO_APP_ADD_FIND_H
#define CO_APP_ADD_FIND_H

#include "app/hands.h"
#include "conf/conf.h"
#include "model/feed.h"

#define FOUND_MAX    12
#define FOUND_TITLES 3

struct found_feed {
	struct str url, name; /* name: its title, or its site when it has none */
	struct str titles[FOUND_TITLES];
	size_t n_titles; /* of its newest stories */
	size_t n_items;
	enum feed_format format;
};

struct finding;
typedef void finding_done_fn(void *arg, struct finding *f);

/* Begins to look; `word` is an address as a person writes it: https:// may be missing. c gives limits and
 * proxy. done is called once, from the loop. NULL: not an address. Returns yours. */
struct finding *finding_new(struct hands *h, const struct conf *c, struct str word, finding_done_fn *done,
    void *arg, struct err *err);
/* Also while it looks: then done is not called any more. NULL is fine. */
void finding_free(struct finding *f);
/* What was found, best first; strings live in the finding. */
const struct found_feed *finding_feeds(const struct finding *f, size_t *n);
/* Why nothing was found, as a sentence; "" when something was. */
struct str finding_problem(const struct finding *f);

#endif
