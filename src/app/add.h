/* SPDX-License-Identifier: MIT */
/* Adding a source on the screen: an address is looked at (add_find.h), what was found is listed, the one
 * taken goes into the configuration, which is read again, and is refreshed. Main thread. Specification: ui,
 * keys. */
#ifndef CO_APP_ADD_H
#define CO_APP_ADD_H

#include "app/app.h"

struct adding;

/* Looks for the feeds of an address as a person writes it; lists them when they are there. */
void add_look(struct app *a, struct str word);
/* Adds the one of the list's line. */
void add_take(struct app *a, size_t number);
/* The configuration was read again: refreshes what was added. True when that is what it was read for. */
bool add_reloaded(struct app *a);
void add_release(struct app *a);

/* One line for a feed that was found: name, address, format, stories. */
struct found_feed;
void add_describe(struct buf *out, const struct found_feed *f);

#endif
