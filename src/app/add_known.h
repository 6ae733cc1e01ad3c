/* SPDX-License-Identifier: MIT */
/* Where feeds are without asking: those of sites that are known by their address, and the usual paths of all
 * others. Pure. Specification: cli (add). */
#ifndef CO_APP_ADD_KNOWN_H
#define CO_APP_ADD_KNOWN_H

#include "base/arena.h"

#define KNOWN_MAX 3
#define USUAL_MAX 16

/* Feeds of a page of YouTube, Reddit, GitHub, Mastodon and the like, best first; 0: its address tells none.
 */
size_t known_feeds(struct arena *a, struct str url, struct str out[KNOWN_MAX]);
/* Where pages that name no feed often have one: beside the page, then at the root of its site. */
size_t usual_feeds(struct arena *a, struct str url, struct str out[USUAL_MAX]);

#endif
