/* SPDX-License-Identifier: MIT */
/* When a source is asked again: its interval, what the server and the feed say of freshness, and back-off
 * after failures. Pure. Times are wall seconds. */
#ifndef CO_APP_INTERVAL_H
#define CO_APP_INTERVAL_H

#include "conf/conf.h"
#include "model/feed.h"
#include "store/source_db.h"

/* A moment that does not come: a source that is not asked by itself any more. */
#define INTERVAL_NEVER INT64_C(253402300799)

struct interval_hints {
	int64_t refresh_s;       /* configured; CONF_WORD: learned from the feed's rhythm */
	int64_t max_age_s;       /* Cache-Control; -1: not stated */
	struct source_pace pace; /* what the feed says of itself, at its last document */
	uint64_t jitter;         /* any number: spreads the sources */
};

struct interval_hints interval_of(const struct source_conf *s);
/* Adds what the feed says: ttl, hours and days to skip, its rhythm. */
void interval_feed(struct interval_hints *h, const struct feed *feed);
int64_t interval_next(const struct interval_hints *h, int64_t now);
/* fails: failures in a row, this one included. */
int64_t interval_after_failure(const struct interval_hints *h, int64_t now, int fails);

#endif
