/* SPDX-License-Identifier: MIT */
/* Which program opens an address: open.browser, $BROWSER, xdg-open where there is a display of one's own, a
 * browser for the terminal. Decides and builds the argument vector; starts nothing. Thread: main. */
#ifndef CO_APP_BROWSE_H
#define CO_APP_BROWSE_H

#include "base/arena.h"
#include "base/str.h"
#include <stdbool.h>

struct conf;

struct browse {
	const char **argv; /* NULL: nothing here opens an address */
	bool foreground;   /* it takes the terminal while it runs */
};
/* Strings live in the arena. url begins with http:// or https://. */
struct browse browse_choose(struct arena *a, const struct conf *c, struct str url);

#endif
