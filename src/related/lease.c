/* SPDX-License-Identifier: MIT */
/* Owns the lease's time. Leaves its row to store/index_db. */
#include "related/lease.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "store/index_db.h"

#define LEASE_S 60

bool lease_take(struct db *db, int64_t owner, int64_t seconds, bool *got, struct err *err)
{
	int64_t now = clock_now();

	if (!db_begin(db, false, err))
		return false;
	return lease_end(db, index_lease(db, owner, now, now + seconds, got, err), true, err);
}

bool lease_renew(struct db *db, int64_t owner, struct err *err)
{
	int64_t now = clock_now();
	bool got;

	if (!index_lease(db, owner, now, now + LEASE_S, &got, err))
		return false;
	return got || err_set(err, ERR_BUSY, _("another program works on the index"));
}

bool lease_begin(struct db *db, int64_t owner, struct err *err)
{
	if (!db_begin(db, false, err))
		return false;
	if (lease_renew(db, owner, err))
		return true;
	db_rollback(db);
	return false;
}

bool lease_end(struct db *db, bool ok, bool keep, struct err *err)
{
	if (ok && keep)
		ok = db_commit(db, err);
	if (db_in_transaction(db))
		db_rollback(db);
	return ok;
}
