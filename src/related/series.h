/* SPDX-License-Identifier: MIT */
/* Whether two stories of one paper are two numbers of a series: a column of every day, an episode, a picture
 * of a roll. Pure. Thread: any. */
#ifndef CO_RELATED_SERIES_H
#define CO_RELATED_SERIES_H

#include "base/str.h"

/* By their headlines, which differ in numbers and at most in one more word ("Calendar, Aug. 9" and "Calendar,
 * Sept. 2"), or not at all. hours: between the two. */
bool series_are(struct str title, struct str other, double hours);

#endif
