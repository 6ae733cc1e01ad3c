/* SPDX-License-Identifier: MIT */
/* Ids as types of their own, so that a source's cannot be passed for a story's. 0 is none. */
#ifndef CO_MODEL_IDS_H
#define CO_MODEL_IDS_H

#include <stdint.h>

struct story_id {
	int64_t v;
};
struct source_id {
	int64_t v;
};
struct event_id {
	int64_t v;
};

#define STORY_NONE  ((struct story_id){0})
#define SOURCE_NONE ((struct source_id){0})

#endif
