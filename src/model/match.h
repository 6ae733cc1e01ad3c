/* SPDX-License-Identifier: MIT */
/* Tries a query on one story in memory: rules, and the check that SQL and memory agree. Thread: any. */
#ifndef CO_MODEL_MATCH_H
#define CO_MODEL_MATCH_H

#include "model/query.h"
#include "model/story.h"

struct match_subject {
	const struct story *story;
	struct str body; /* plain text of the story */
};
bool match_query(const struct query *q, const struct match_subject *s);

#endif
