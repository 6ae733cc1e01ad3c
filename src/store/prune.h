/* SPDX-License-Identifier: MIT */
/* Expiry: stories that left their feed long ago go, oldest first, in small batches; never starred or tagged
 * ones. Thread: that of the db. */
#ifndef CO_STORE_PRUNE_H
#define CO_STORE_PRUNE_H

#include "model/ids.h"
#include "store/db.h"

#define KEEP_FOREVER INT64_MAX

struct keep_rule {
	struct source_id source;
	int64_t keep_s;
};
struct prune_spec {
	int64_t now;
	int64_t keep_s, keep_text_s,
	    keep_starred_s;              /* seconds since a story was last in its feed; KEEP_FOREVER */
	const struct keep_rule *sources; /* sources with a rule of their own */
	size_t n_sources;
	const struct story_id *open; /* on a screen now: never */
	size_t n_open;
};
/* Removes at most 50 stories. *more: call again later (a whole pass starts at most once a day). Inside a
 * transaction, or makes its own. */
bool prune_step(struct db *db, const struct prune_spec *spec, size_t *removed, bool *more, struct err *err);
/* Removes one story and all that hangs on it. */
bool story_remove(struct db *db, struct story_id id, int64_t now, struct err *err);

#endif
