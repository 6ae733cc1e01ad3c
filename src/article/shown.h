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

/* Where the first date of a line begins, in bytes; 0 when there is none or the line begins with it. */
size_t shown_date_at(struct str line);
/* The texts from one node to another as one line, each text by itself: boxes side by side stand in the source
 * without a blank. Cut after about 160 bytes; in the page's arena. */
struct str shown_texts(struct page *p, uint32_t first, uint32_t last);

/* Collects the dates; what stands in comments and in lists of other stories is none of the page. */
void shown_find(struct page *p, struct shown *s);

#endif
