/* SPDX-License-Identifier: MIT */
/* When a source is asked again: its interval, what the server and the feed say of freshness, and back-off
 * after failures. Pure. Times are wall seconds. */
#ifndef CO_APP_INTERVAL_H
#define CO_APP_INTERVAL_H

#include "conf/conf.h"
#include "model/feed.h"

struct interval_hints {
	int64_t refresh_s; /* configured; CONF_WORD: learned from the feed's rhythm */
	int64_t max_age_s; /* Cache-Control; -1: not stated */
	int ttl_minutes;   /* of the feed; -1 */
	uint32_t skip_hours;
	uint8_t skip_days;
	int64_t rhythm_s; /* typical time between two stories of the feed; 0: unknown */
	uint64_t jitter;  /* any number: spreads the sources */
};

struct interval_hints interval_of(const struct source_conf *s);
/* Adds what the feed says: ttl, hours and days to skip, its rhythm. */
void interval_feed(struct interval_hints *h, const struct feed *feed);
int64_t interval_next(const struct interval_hints *h, int64_t now);
/* fails: failures in a row, this one included. */
int64_t interval_after_failure(const struct interval_hints *h, int64_t now, int fails);

#endif
