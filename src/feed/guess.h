/* SPDX-License-Identifier: MIT */
/* Where a page's feed usually is, by its address alone: known sites first, then the paths that many use.
 * Internal to feed/. */
#ifndef CO_FEED_GUESS_H
#define CO_FEED_GUESS_H

#include "base/arena.h"
#include "base/str.h"

#define GUESS_MAX 12

/* Addresses to try, likeliest first, at most GUESS_MAX; how many. url: of the page. */
size_t feed_guess(struct arena *a, struct str url, struct str out[GUESS_MAX]);

#endif
