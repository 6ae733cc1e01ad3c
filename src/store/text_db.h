/* SPDX-License-Identifier: MIT */
/* Texts as zstd frames, with a dictionary trained on the reader's own stories where that makes them smaller.
 * A dictionary never changes once it is stored. Thread: that of the db. */
#ifndef CO_STORE_TEXT_DB_H
#define CO_STORE_TEXT_DB_H

#include "base/buf.h"
#include "store/db.h"

#define TEXT_MAX ((size_t)32 << 20) /* of one text, unpacked */

/* Packs raw into out (emptied first); *dict is what to store beside it (0: none). */
bool text_pack(struct db *db, struct str raw, struct buf *out, int64_t *dict, struct err *err);
/* Unpacks into out (emptied first). Damage is ERR_DB, never more than TEXT_MAX. */
bool text_unpack(struct db *db, int64_t dict, struct str packed, struct buf *out, struct err *err);
/* Trains a dictionary when there are enough texts (2,000) and none yet, or four times as many as at the last
 * training. *made tells. About 0.4 s of CPU; inside a transaction, or makes its own. */
bool dict_train(struct db *db, bool *made, struct err *err);

#endif
