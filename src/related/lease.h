/* SPDX-License-Identifier: MIT */
/* Transactions of the one who works on the index: each one renews the lease that keeps other instances from
 * it. Thread: that of the db. */
#ifndef CO_RELATED_LEASE_H
#define CO_RELATED_LEASE_H

#include "base/err.h"
#include "store/db.h"

/* Takes the lease for seconds (0: gives it back); *got false: another's is alive. Its own transaction. */
bool lease_take(struct db *db, int64_t owner, int64_t seconds, bool *got, struct err *err);
bool lease_renew(struct db *db, int64_t owner, struct err *err); /* in a transaction; ERR_BUSY: lost */
/* Begins a transaction and renews the lease in it; on failure there is none. */
bool lease_begin(struct db *db, int64_t owner, struct err *err);
/* Ends a transaction: keeps it when ok and keep. Gives ok, or false when it could not be kept. */
bool lease_end(struct db *db, bool ok, bool keep, struct err *err);

#endif
