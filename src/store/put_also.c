/* SPDX-License-Identifier: MIT */
/* Owns items that a feed names by their ids alone: which are stored, and that they are still in the feed. */
#include "store/put_priv.h"

#include "store/sql.h"

#define MAX_ALSO 10000

bool store_known(
    struct db *db, struct source_id source, const struct str *ids, size_t n, bool *known, struct err *err)
{
	struct err trouble = {0};

	for (size_t i = 0; i < n && trouble.code == ERR_NONE; i++) {
		int64_t guid = put_guid_of_id(ids[i]);
		bool failed = false;
		SCOPED(stmt)
		sqlite3_stmt *st = sql_query(db, &trouble,
		    "SELECT 1 FROM story WHERE source=?1 AND guid=?2"
		    " UNION ALL SELECT 1 FROM gone WHERE source=?1 AND guid=?2",
		    "ii", source.v, guid);

		known[i] = st && sql_row(db, st, &failed, &trouble);
	}
	if (trouble.code && err)
		*err = trouble;
	return trouble.code == ERR_NONE;
}

void put_also(struct put *p)
{
	size_t n = p->ctx->n_also < MAX_ALSO ? p->ctx->n_also : MAX_ALSO;

	for (size_t i = 0; i < n; i++) {
		int64_t guid = put_guid_of_id(p->ctx->also[i]), id;

		(*imap_at(&p->guids, (uint64_t)guid))++;
		id = sql_i64(
		    p->db, 0, "SELECT id FROM story WHERE source=? AND guid=?", "ii", p->source.v, guid);
		if (id)
			vec_push(&p->present, id);
	}
}
