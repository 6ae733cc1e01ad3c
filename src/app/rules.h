/* SPDX-License-Identifier: MIT */
/* Rules of the configuration, applied when a story arrives: hide, star, read, tag. Made on main, then never
 * changed; tried on the writer's thread. */
#ifndef CO_APP_RULES_H
#define CO_APP_RULES_H

#include "conf/conf.h"
#include "model/query.h"
#include "store/story_db.h"

struct rule {
	struct query *match;
	bool hide, star, read;
	struct str tags[4];
	size_t n_tags;
	int64_t until; /* TIME_NONE: for good */
	int line;
};
struct rules {
	struct arena *arena;
	struct rule *rules;
	size_t n;
	int64_t now, made_ms; /* wall clock when they were made, and the monotonic one then */
};

/* Compiles the rules of a checked configuration. Returns yours. */
struct rules *rules_new(const struct conf *c, int64_t now);
void rules_free(struct rules *r);
/* A put_rule_fn; arg is the struct rules. */
void rules_apply(void *arg, const struct story *story, struct str body, struct put_verdict *out);

#endif
