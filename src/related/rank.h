/* SPDX-License-Identifier: MIT */
/* From scores to what is shown: where the line lies for one event, where it lies for being shown at all.
 * Pure. Thread: any. */
#ifndef CO_RELATED_RANK_H
#define CO_RELATED_RANK_H

#include "related/related.h"

#define RANK_LEAST       0.06 /* no score below is ever shown */
#define RANK_SAME_SOURCE 0.9  /* a story of one's own paper tells less: factor of its score */
#define RANK_FOREIGN     0.7  /* one in another language shares names at most, which many stories share */

struct rank_pair {
	double score, best; /* of this pair; of the best one of the list */
	double days;        /* the other story is later by (negative: earlier) */
	bool same_source, near_copy;
	bool series;     /* two numbers of one column */
	bool together;   /* joined to one event already, by all of its reports: the same row of headlines */
	bool apart;      /* each joined to an event, and not to the same one */
	uint32_t shared; /* terms that are not common */
};
/* What it is to the story; false: it is not shown. */
bool rank_relation(const struct rank_pair *p, int window_days, enum story_relation *out);
/* The least score of two stories of one event. */
double rank_line(double days, bool same_source);

#endif
