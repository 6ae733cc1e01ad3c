/* SPDX-License-Identifier: MIT */
/* Owns source.items: which stories a feed holds at present, so that each story learns once when it left. */
#include <stdlib.h>

#include "base/vec.h"
#include "base/wire.h"
#include "store/source_priv.h"
#include "store/sql.h"

#define MAX_ITEMS_BYTES ((size_t)1 << 20)

struct ids {
	VEC(int64_t);
};

static void decode(struct str bytes, struct ids *out)
{
	struct wire_in in = {.rest = bytes};
	int64_t id = 0;

	while (in.rest.len && !in.bad) {
		id += (int64_t)wire_get_var(&in);
		if (!in.bad)
			vec_push(out, id);
	}
}

static bool load(struct db *db, struct source_id source, struct ids *out, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err, "SELECT items FROM source WHERE id=?", "i", source.v);

	if (st && sql_row(db, st, &failed, err))
		decode(sql_blob(st, 0), out);
	return st && !failed;
}

/* Stories of `old` that are not in `now` (both ascending) have left; those that are there again have not. */
static bool tell_apart(
    struct db *db, const struct ids *old, const int64_t *now, size_t n, int64_t at, struct err *err)
{
	size_t k = 0;

	for (size_t i = 0; i < old->n; i++) {
		while (k < n && now[k] < old->v[i])
			k++;
		if (k < n && now[k] == old->v[i])
			continue;
		if (!sql_exec(db, err, "UPDATE story SET left_at=? WHERE id=?", "ii", at, old->v[i]))
			return false;
	}
	return true;
}

static bool come_back(struct db *db, const struct ids *old, const int64_t *now, size_t n, struct err *err)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		while (k < old->n && old->v[k] < now[i])
			k++;
		if (k < old->n && old->v[k] == now[i])
			continue;
		if (!sql_exec(db, err, "UPDATE story SET left_at=NULL WHERE id=? AND left_at IS NOT NULL",
		        "i", now[i]))
			return false;
	}
	return true;
}

bool source_items_set(struct db *db, struct source_id source, const int64_t *ids, size_t n, size_t n_new,
    int64_t now, struct err *err)
{
	struct ids old = {0};
	struct buf bytes = BUF_MAX(MAX_ITEMS_BYTES);
	bool ok = load(db, source, &old, err);

	for (size_t i = 0; i < n; i++)
		wire_var(&bytes, (uint64_t)(ids[i] - (i ? ids[i - 1] : 0)));
	ok = ok && tell_apart(db, &old, ids, n, now, err) && come_back(db, &old, ids, n - n_new, err) &&
	     sql_exec(db, err, "UPDATE source SET items=? WHERE id=?", "bi", buf_str(&bytes), source.v);
	vec_free(&old);
	buf_release(&bytes);
	return ok;
}
