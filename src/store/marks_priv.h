/* SPDX-License-Identifier: MIT */
/* One mark on one story, as marks.c applies it and undo.c takes it back. */
#ifndef CO_STORE_MARKS_PRIV_H
#define CO_STORE_MARKS_PRIV_H

#include "base/map.h"
#include "base/vec.h"
#include "store/marks.h"

/* What an act did to one mark: enough to take it back, and to see whether others changed it since. */
struct mark_item {
	int64_t story, tag, at_ms; /* at_ms: as it was set */
	enum mark_kind kind;
	bool was;
};

struct mark_run {
	struct db *db;
	enum mark_origin origin;
	int64_t at_ms;
	struct {
		VEC(struct mark_item);
	} items;
	struct imap seen; /* stories in items */
};
void mark_run_release(struct mark_run *r);
/* The stories that changed, in a. */
void mark_run_ids(const struct mark_run *r, struct arena *a, struct story_id **ids, size_t *n);
/* Sets one mark to a value, nothing else: no rule, no sharing. Notes it in items when it changed. */
bool mark_write(
    struct mark_run *r, int64_t story, enum mark_kind kind, int64_t tag, bool on, struct err *err);
/* Stores the journal of a run; what was taken back before can no more be done again. */
bool undo_note(struct mark_run *r, uint64_t owner, struct str label, struct err *err);

#endif
