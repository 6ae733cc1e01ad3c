/* SPDX-License-Identifier: MIT */
/* What readers did to stories: set operations by id with a time, safe to repeat, merged by time (the later
 * wins; at the same moment "on" wins), kept for sync, undone through a journal. The rules of reading are
 * here: opened on  → also read, no longer kept unread read on    → not for a story that is kept unread kept
 * on    → also unread kept off   → also read Read, unread and kept are shared with near copies. Thread: that
 * of the db, inside a transaction or their own. */
#ifndef CO_STORE_MARKS_H
#define CO_STORE_MARKS_H

#include "base/arena.h"
#include "base/err.h"
#include "model/ids.h"
#include "store/db.h"

enum mark_kind { /* stored: never renumber */
	MARK_READ = 1,
	MARK_STAR = 2,
	MARK_TAG = 3,
	MARK_OPENED = 4,
	MARK_HIDDEN = 5,
	MARK_KEPT = 6, /* kept unread: the N of a reader */
	MARK_APART = 7 /* in the journal alone: two stories were set apart */
};
enum mark_origin { MARK_BY_READER, MARK_BY_RULE, MARK_BY_SYNC };

struct mark_op {
	enum mark_kind kind;
	struct str tag; /* MARK_TAG only: its name */
	bool on;
	int64_t at_ms; /* wall ms. A reader's own act always follows what is there, whatever the clock */
	/* MARK_OPENED on several: the first is opened, the others (folded in its row) become read. */
	bool first_opened;
	bool only_opened;        /* MARK_OPENED: nothing becomes read by it; that follows in its own time */
	enum mark_origin origin; /* MARK_BY_SYNC: respects at_ms, is not told to the server again */
	/* Journal: label absent: not undoable. The label is shown: "unread again: 41 in World". */
	uint64_t owner;
	struct str label;
};
/* Sets the mark on n stories. changed (may be NULL): all ids whose state differs now, near copies included,
 * in a. */
bool marks_set(struct db *db, const struct mark_op *op, const struct story_id *ids, size_t n, struct arena *a,
    struct story_id **changed, size_t *n_changed, struct err *err);
/* When a mark was set (wall ms); INT64_MIN: it is not set. Opening anew sets its time anew. */
int64_t mark_time(struct db *db, struct story_id id, enum mark_kind kind);
/* When a story of an event was opened last (wall ms); INT64_MIN: none was. */
int64_t marks_visited(struct db *db, struct event_id event);
/* After two stories became near copies: if one is read, both are. */
bool marks_share(struct db *db, struct story_id id, int64_t at_ms, struct err *err);

/* Two stories that were set apart (store/index_db.h), noted as one act that can be taken back. */
struct apart_item {
	struct story_id story, other;
	struct event_id was; /* event of `other` until then */
};
bool undo_note_apart(struct db *db, uint64_t owner, struct str label, const struct apart_item *items,
    size_t n, int64_t at_ms, struct err *err);

struct undo_step {
	int64_t id;
	int64_t at_ms;
	struct str label;
	bool undone;
	struct story_id *ids; /* stories that were touched */
	size_t n_ids;
};
/* Takes back this owner's last act that stands (redo: does again the last one taken back). What others
 * changed since is left as it is. ERR_NOT_FOUND: nothing to undo. */
bool undo_last(struct db *db, uint64_t owner, bool redo, int64_t at_ms, struct arena *a,
    struct undo_step *out, struct err *err);
/* Newest first; owner 0: of all instances. */
bool undo_list(struct db *db, uint64_t owner, size_t limit, struct arena *a, struct undo_step **out,
    size_t *n, struct err *err);

#endif
