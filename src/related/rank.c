/* SPDX-License-Identifier: MIT */
/* Owns the lines, as they were measured on labelled news. */
#include "related/rank.h"

#include <math.h>

#define LINE        0.185
#define LINE_SOURCE 0.03 /* more between stories of one paper */
#define LINE_DAYS   .02
#define DAYS_FREE   0.5
#define LINE_BEST   0.35 /* of the best score of the list: a strong neighbour raises the line */
#define BEST_MOST   0.7  /* no better one raises it more: a copy says little of how other reports read */
#define LINE_ALONE  1.05 /* times the line, where no event has joined the two */
#define LINE_APART  1.18 /* the same, where other reports took both and kept them apart */
#define SHARED      3
#define SHARED_FAR  12 /* beyond the window: two that say the same, of which one has a wrong date */
#define SHOWN       0.097
#define SHOWN_SLOPE 0.3 /* beside a strong neighbour, weaker ones are likelier related */

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

/* Of two that no event has joined. Events are made of more than a pair: what they say of it moves the line.
 */
static double pair_line(const struct rank_pair *p)
{
	double line = rank_line(p->days, p->same_source) * (p->apart ? LINE_APART : LINE_ALONE);
	double best = p->best < BEST_MOST ? p->best : BEST_MOST;

	return line > best * LINE_BEST ? line : best * LINE_BEST;
}

static bool is_same_event(const struct rank_pair *p, int window_days)
{
	return p->near_copy || p->together ||
	       (!p->series && p->score >= pair_line(p) &&
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
