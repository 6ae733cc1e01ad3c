/* SPDX-License-Identifier: MIT */
/* The dates that a page shows beside its headline (shared inside article/). */
#ifndef CO_ARTICLE_SHOWN_H
#define CO_ARTICLE_SHOWN_H

#include "article/facts.h"

enum { SHOWN_MAX = 12 };

struct shown_date {
	struct when w; /* w.t + zone = the clock as it is shown, at midnight when none is */
	bool near;     /* beside the headline, no more than a few paragraphs off */
	bool updated;  /* it says that it is the day of a change */
};

struct shown {
	struct shown_date
	    dates[SHOWN_MAX]; /* best first: <time>, elements named for dates, lines near the headline */
	size_t n;
};

static const struct when when_never = {TIME_NONE, 0};

/* A moment that can be (not before 1900, not more than two days ahead of this machine's clock), or TIME_NONE.
 */
struct when when_parse(struct str s);
/* The first date in a line: "By Jane Doe, 21 December 2023, 5 pm". */
struct when when_in_line(struct str s);

/* Collects the dates; what stands in comments and in lists of other stories is none of the page. */
void shown_find(struct page *p, struct shown *s);

#endif
