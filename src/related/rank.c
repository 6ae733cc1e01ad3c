/* SPDX-License-Identifier: MIT */
/* Owns the lines, as they were measured on labelled news. */
#include "related/rank.h"

#include <math.h>

#define LINE        0.185
#define LINE_SOURCE 0.03 /* more between stories of one paper */
#define LINE_DAYS   0.02 /* more for each e-fold of days apart */
#define DAYS_FREE   0.5
#define LINE_BEST   0.35 /* of the best score of the list: a strong neighbour raises the line */
#define LINE_FAR    0.10 /* more beyond the window */
#define SHARED      2
#define SHOWN       0.095
#define SHOWN_LEAST 0.06
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
	if (fabs(p->days) > window_days)
		line += LINE_FAR;
	return p->near_copy || (p->score >= line && p->shared >= SHARED);
}

bool rank_relation(const struct rank_pair *p, int window_days, enum story_relation *out)
{
	double shown = SHOWN - SHOWN_SLOPE * (p->best > LINE ? p->best - LINE : 0);

	if (is_same_event(p, window_days))
		*out = RELATION_SAME_EVENT;
	else
		*out = p->days > 0 ? RELATION_FOLLOW_UP : RELATION_BACKGROUND;
	return p->near_copy || p->score >= (shown > SHOWN_LEAST ? shown : SHOWN_LEAST);
}
