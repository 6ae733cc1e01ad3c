/* SPDX-License-Identifier: MIT */
/* Shared by the modules that write stories: the text beside a row, and what must happen before one changes.
 */
#ifndef CO_STORE_STORY_PRIV_H
#define CO_STORE_STORY_PRIV_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/ids.h"
#include "store/db.h"

/* What the table `text` holds of a story, in one frame. */
struct story_text {
	struct str dek, enclosure_url, enclosure_type, doc; /* absent ones are none */
};
void story_text_encode(struct buf *out, const struct story_text *t);
/* Borrows from bytes. False when they are not such a record. */
bool story_text_decode(struct str bytes, struct story_text *t);
/* Unpacks the frame of a story into out (emptied first) and borrows from it. No row: all absent. */
bool story_text_load(struct db *db, int64_t id, struct buf *out, struct story_text *t, struct err *err);
bool story_text_save(struct db *db, int64_t id, struct str raw, struct err *err);

/* What story.urlh holds of an address as url_key() gives it. The stories of one site lie side by side in the
 * index, so that a feed's touch few of its pages. Different addresses may share it: the text is compared. */
int64_t story_url_hash(struct str key);

/* The text of a story is about to change or to go: takes it out of the full-text index. */
bool fts_forget(struct db *db, int64_t id, struct err *err);
/* And afterwards: it waits for the index. */
bool fts_await(struct db *db, int64_t id, struct err *err);

/* Applies a mark without a journal, on one story, as a rule of the configuration does. */
enum mark_kind;
bool mark_by_rule(struct db *db, int64_t id, int kind, struct str tag, int64_t at_ms, struct err *err);

#endif
