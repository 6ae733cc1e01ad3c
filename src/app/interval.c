/* SPDX-License-Identifier: MIT */
/* Intervals of refreshing. */
#include "app/interval.h"

#include "base/hash.h"
#include "text/date.h"

#include <stdlib.h>

#define HOUR_S         3600
#define DAY_S          86400
#define AUTO_LEAST_S   600
#define AUTO_MOST_S    DAY_S
#define AUTO_UNKNOWN_S 1800
#define ASKED_MOST_S   DAY_S /* a server cannot keep a source from being asked for longer than this */
#define BACKOFF_MOST_S DAY_S
#define RHYTHM_STORIES 20

struct interval_hints interval_of(const struct source_conf *s)
{
	return (struct interval_hints){.refresh_s = s->refresh_s,
	    .max_age_s = -1,
	    .pace = {.ttl_minutes = -1},
	    .jitter = hash_stable(s->key)};
}

static int by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? 1 : x > y ? -1 : 0;
}

static int64_t rhythm(const struct feed *f)
{
	int64_t times[RHYTHM_STORIES];
	size_t n = 0;
	for (size_t i = 0; i < f->n_items && n < RHYTHM_STORIES; i++)
		if (f->items[i].published != TIME_NONE)
			times[n++] = f->items[i].published;
	if (n < 3)
		return 0;
	qsort(times, n, sizeof *times, by_time);
	return (times[0] - times[n - 1]) / (int64_t)(n - 1);
}

void interval_feed(struct interval_hints *h, const struct feed *f)
{
	h->pace.ttl_minutes = f->ttl_minutes;
	h->pace.skip_hours = f->skip_hours;
	h->pace.skip_days = f->skip_days;
	h->pace.rhythm_s = rhythm(f);
}

static int64_t clamp(int64_t v, int64_t least, int64_t most)
{
	return v < least ? least : v > most ? most : v;
}

static int64_t base_of(const struct interval_hints *h)
{
	if (h->refresh_s > 0)
		return h->refresh_s;
	return h->pace.rhythm_s > 0 ? clamp(h->pace.rhythm_s / 2, AUTO_LEAST_S, AUTO_MOST_S) : AUTO_UNKNOWN_S;
}

static bool skipped(const struct interval_hints *h, int64_t t)
{
	struct date_parts p = date_split(t, false);
	return h->pace.skip_hours >> p.hour & 1 || h->pace.skip_days >> p.weekday & 1;
}

int64_t interval_next(const struct interval_hints *h, int64_t now)
{
	int64_t wait = base_of(h);
	if (h->max_age_s > wait)
		wait = clamp(h->max_age_s, wait, ASKED_MOST_S);
	if ((int64_t)h->pace.ttl_minutes * 60 > wait)
		wait = clamp((int64_t)h->pace.ttl_minutes * 60, wait, ASKED_MOST_S);
	int64_t due = now + wait;
	for (int hours = 0; hours < 48 && skipped(h, due); hours++)
		due += HOUR_S - ((due % HOUR_S) + HOUR_S) % HOUR_S;
	return due;
}

int64_t interval_after_failure(const struct interval_hints *h, int64_t now, int fails)
{
	int64_t wait = base_of(h);
	for (int i = 1; i < fails && wait < BACKOFF_MOST_S; i++)
		wait *= 2;
	if (wait > BACKOFF_MOST_S)
		wait = BACKOFF_MOST_S > base_of(h) ? BACKOFF_MOST_S : base_of(h);
	return now + wait + (int64_t)(hash_mix(h->jitter + (uint64_t)fails) % (uint64_t)(wait / 8 + 1));
}
