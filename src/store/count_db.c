/* SPDX-License-Identifier: MIT */
/* Owns the counts: of rows for the tabs, bounded; of stories for scripts, exact, from the tallies where these
 * tell. */
#include "store/count_db.h"

#include "store/list_priv.h"
#include "store/sql.h"

#define SQL_BYTES    ((size_t)64 << 10)
#define DEFAULT_MAX  1000
#define ROWS_AT_ONCE 256
#define SOUGHT       100 /* sources */

/* A few sources are sought one by one in the index, the others' entries never seen. */
static void add_sources(const struct scope *s, struct buf *sql)
{
	if (s->all_sources || s->source_ids.n > SOUGHT)
		return;
	buf_adds(sql, "s.source IN (");
	for (size_t i = 0; i < s->source_ids.n; i++)
		buf_printf(sql, "%s%lld", i ? "," : "", (long long)s->source_ids.v[i]);
	buf_adds(sql, ") AND ");
}

/* Unread visible stories, or their events, counted up to max: the index holds all that is asked, unless a
 * query looks at more. */
static bool count_by_index(struct scope *s, bool fold, size_t max, size_t *out, struct err *err)
{
	struct buf sql = BUF_MAX(SQL_BYTES);
	bool failed = false;

	buf_printf(&sql,
	    "SELECT count(*) FROM (SELECT %s FROM story s INDEXED BY story_unread WHERE s.flags&5=0 AND ",
	    fold ? "DISTINCT s.event" : "1");
	add_sources(s, &sql);
	scope_where(s, &sql, 's', false);
	buf_adds(&sql, " LIMIT ?)");
	SCOPED(stmt) sqlite3_stmt *st = sql_query(s->db, err, buf_cstr(&sql), "i", (int64_t)max);
	buf_release(&sql);
	if (st && sql_row(s->db, st, &failed, err))
		*out = (size_t)sql_int(st, 0);
	return st && !failed;
}

/* Row by row, where a story is certain only by its text or comes from a search. */
static bool count_by_walk(
    struct db *db, const struct list_spec *spec, bool unread, size_t max, size_t *out, struct err *err)
{
	struct lister l;
	struct boundary at;
	static const struct cands_bound all = {SIZE_MAX, SIZE_MAX};
	bool ok = lister_open(&l, db, spec, max == SIZE_MAX ? &all : NULL, false, err);

	*out = 0;
	if (!ok)
		return false;
	at = lister_start(&l);
	for (bool more = true; ok && more && *out < max;) {
		struct cands rows = {0};

		ok = lister_walk(&l, &at, true, ROWS_AT_ONCE, &rows, err);
		more = rows.n == ROWS_AT_ONCE;
		for (size_t i = 0; i < rows.n && *out < max; i++)
			*out += !unread || rows.v[i].unread;
		vec_free(&rows);
	}
	lister_close(&l);
	return ok;
}

static bool needs_walk(const struct plan *p)
{
	return p->n_drivers || p->verify;
}

bool count_unread(
    struct db *db, const struct list_set *set, bool fold, size_t max, size_t *out, struct err *err)
{
	struct list_spec spec = {.set = *set, .fold = fold};
	struct scope s;
	bool ok, walk;

	*out = 0;
	max = max ? max : DEFAULT_MAX;
	if (!db_read_begin(db, err))
		return false;
	ok = scope_open(&s, db, set, err);
	walk = ok && needs_walk(&s.plan);
	if (ok) {
		ok = walk || count_by_index(&s, fold, max, out, err);
		scope_close(&s);
	}
	if (ok && walk)
		ok = count_by_walk(db, &spec, true, max, out, err);
	db_read_end(db);
	return ok;
}

bool count_starred(struct db *db, size_t *starred, size_t *later, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT (SELECT total(starred) FROM tally),(SELECT count(DISTINCT y.id) FROM story s INDEXED BY"
	    " story_star JOIN story y ON y.event=s.event AND y.published>s.published WHERE s.flags&2<>0 AND"
	    " y.flags&7=0)",
	    "");

	if (st && sql_row(db, st, &failed, err)) {
		*starred = (size_t)sql_int(st, 0);
		*later = (size_t)sql_int(st, 1);
	}
	return st && !failed;
}

/* ---- stories that a query finds ---- */

static bool is_unread(const struct query *q)
{
	return q->kind == QUERY_IS && q->is == IS_UNREAD;
}

static bool is_section(const struct query *q)
{
	return q->kind == QUERY_FIELD && (q->field == QF_SECTION || q->field == QF_SOURCE);
}

/* is:unread, section:X, source:X, the empty query, and "section:X is:unread": sums over sources. */
static const struct query *tally_filter(const struct query *q, bool *unread, bool *told)
{
	const struct query *filter = NULL;

	*unread = false;
	*told = true;
	if (q->kind == QUERY_AND) {
		*unread = is_unread(q->left) || is_unread(q->right);
		filter = is_section(q->left) ? q->left : is_section(q->right) ? q->right : NULL;
		*told = *unread && filter;
	} else if (is_unread(q)) {
		*unread = true;
	} else if (is_section(q)) {
		filter = q;
	} else {
		*told = q->kind == QUERY_ALL;
	}
	return filter;
}

static bool count_tally(
    struct db *db, const struct query *filter, bool unread, uint64_t *out, struct err *err)
{
	struct list_set set = {.query = filter};
	struct scope s;
	struct tally t;

	if (!scope_open(&s, db, &set, err))
		return false;
	t = scope_tally(&s);
	*out = (uint64_t)(unread ? t.unread : t.stories);
	scope_close(&s);
	return true;
}

static bool count_sql(struct db *db, const struct query *q, bool *certain, uint64_t *out, struct err *err)
{
	struct list_set set = {.query = q};
	struct scope s;
	struct buf sql = BUF_MAX(SQL_BYTES);
	bool failed = false, ok = true;

	if (!scope_open(&s, db, &set, err))
		return false;
	*certain = !needs_walk(&s.plan);
	if (*certain) {
		buf_adds(&sql, "SELECT count(*) FROM story s WHERE ");
		scope_where(&s, &sql, 's', false);
		sqlite3_stmt *st = sql_query(db, err, buf_cstr(&sql), "");
		if (st && sql_row(db, st, &failed, err))
			*out = (uint64_t)sql_int(st, 0);
		stmt_release(&st);
		ok = st && !failed;
	}
	buf_release(&sql);
	scope_close(&s);
	return ok;
}

bool count_query(struct db *db, const struct query *q, uint64_t *out, struct err *err)
{
	bool unread, told, certain = true, ok;
	const struct query *filter = tally_filter(q, &unread, &told);

	*out = 0;
	if (!db_read_begin(db, err))
		return false;
	if (told) {
		ok = count_tally(db, filter, unread, out, err);
	} else {
		ok = count_sql(db, q, &certain, out, err);
		if (ok && !certain) {
			struct list_spec spec = {.set = {.query = q}, .order = LIST_OLDEST};
			size_t n = 0;

			ok = count_by_walk(db, &spec, false, SIZE_MAX, &n, err);
			*out = n;
		}
	}
	db_read_end(db);
	return ok;
}
