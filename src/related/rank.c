/* SPDX-License-Identifier: MIT */
/* Owns the lines, as they were measured on labelled news. */
#include "related/rank.h"

#include <math.h>

#define LINE        0.185
#define LINE_SOURCE 0.03 /* more between stories of one paper */
#define LINE_DAYS   .02
#define DAYS_FREE   0.5
#define LINE_BEST   0.35 /* of the best score of the list: a strong neighbour raises the line */
#define SHARED      3
#define SHARED_FAR  12 /* beyond the window: two that say the same, of which one has a wrong date */
#define SHOWN       0.095
#define SHOWN_SLOPE 0.2 /* beside a strong neighbour, weaker ones are likelier related */

const char *story_relation_name(enum story_relation r)
{
	static const char *const names[] = {"same-event", "follow-up", "background"};

	return names[r];
}

double rank_line(double days, bool same_source)
{
	double apart = fabs(days) > DAYS_FREE ? fabs(days) - DAYS_FREE : 0;

	return LINE + (same_source ? LINE_SOURCE : 0) + LINE_DAYS * log1p(apart);
}

static bool is_same_event(const struct rank_pair *p, int window_days)
{
	double line = rank_line(p->days, p->same_source);

	if (line < p->best * LINE_BEST)
		line = p->best * LINE_BEST;
	return p->near_copy || (p->together && p->foreign) ||
	       (!p->series && p->score >= line &&
	           p->shared >= (fabs(p->days) > window_days ? SHARED_FAR : SHARED));
}

bool rank_relation(const struct rank_pair *p, int window_days, enum story_relation *out)
{
	double shown = SHOWN - SHOWN_SLOPE * (p->best > LINE ? p->best - LINE : 0);

	if (is_same_event(p, window_days))
		*out = RELATION_SAME_EVENT;
	else
		*out = p->days > 0 ? RELATION_FOLLOW_UP : RELATION_BACKGROUND;
	return p->near_copy || p->score >= (shown > RANK_LEAST ? shown : RANK_LEAST);
}
