/* SPDX-License-Identifier: MIT */
/* What a screen remembers: its session by pane, the place in each text. Thread: that of the db. */
#ifndef CO_STORE_SESSION_DB_H
#define CO_STORE_SESSION_DB_H

#include "base/arena.h"
#include "base/err.h"
#include "model/ids.h"
#include "store/db.h"

/* The state stored under key; when there is none, that of the session closed last (*own false). Absent: none
 * at all. */
bool session_get(
    struct db *db, struct str key, struct arena *a, struct str *state, bool *own, struct err *err);
bool session_put(struct db *db, struct str key, int64_t now, struct str state, struct err *err);

struct place {
	uint32_t block, chr; /* paragraph at the top of the view, byte in its text */
};
/* False: none is known (err untouched). */
bool place_get(struct db *db, struct story_id id, struct place *out);
bool place_put(struct db *db, struct story_id id, struct place place, int64_t now, struct err *err);

#endif
