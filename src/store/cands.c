/* SPDX-License-Identifier: MIT */
/* Owns the finding of candidates: what the drivers of a plan give, within a bound of entries looked at.
 * Leaves the choice of drivers to drive.c, and their order to the list. */
#include "store/fts.h"
#include "store/scope.h"
#include "store/sql.h"

#define SQL_BYTES ((size_t)64 << 10)

struct finder {
	struct scope *s;
	const struct cands_bound *bound;
	struct cands *out;
	struct imap *seen; /* of several drivers; NULL: one alone */
	size_t looked;
	bool more;
};

/* Where a driver's stories stand. Those without an index of their own order are few. */
static const char *from_of(enum drive kind)
{
	static const char *const from[] = {[DRIVE_STORY] = "story s WHERE s.id=?1",
	    [DRIVE_EVENT] = "story s WHERE s.event=?1",
	    [DRIVE_TAG] = "story s WHERE s.id IN (SELECT m.story FROM tag t JOIN mark m ON m.tag=t.id WHERE"
	                  " m.kind=3 AND m.is_on=1 AND q_text(?1,t.name))",
	    [DRIVE_STARRED] = "story s INDEXED BY story_star WHERE ?1=0 AND s.flags&2<>0",
	    [DRIVE_OPENED] = "mark m INDEXED BY mark_opened CROSS JOIN story s ON s.id=m.story WHERE ?1=0 AND"
	                     " m.kind=4 AND m.is_on=1 ORDER BY m.at DESC,s.id DESC",
	    [DRIVE_UNREAD] = "story s INDEXED BY story_unread WHERE ?1=0 AND s.flags&5=0 AND s.source IN"
	                     " (SELECT c.id FROM source c WHERE in_src(c.id))",
	    [DRIVE_SOURCES] = "story s INDEXED BY story_src WHERE ?1=0 AND s.flags&4=0 AND s.source IN"
	                      " (SELECT c.id FROM source c WHERE in_src(c.id))",
	    [DRIVE_EVERY] = "story s NOT INDEXED WHERE ?1=0",
	    [DRIVE_NEWEST] = "story s INDEXED BY story_new WHERE ?1=0 AND s.flags&4=0"};

	return from[kind];
}

static void keep(struct finder *f, const struct cand *c)
{
	uint64_t *known = f->seen ? imap_at(f->seen, (uint64_t)c->id) : NULL;

	if (known && *known)
		return;
	if (known)
		*known = 1;
	vec_push(f->out, *c);
}

static bool look_at(struct finder *f, sqlite3_stmt *st)
{
	struct cand c = {.published = sql_int(st, 0),
	    .id = sql_int(st, 1),
	    .event = sql_int(st, 2),
	    .unread = sql_int(st, 3) != 0};

	f->looked++;
	if (sql_int(st, 4)) {
		if (f->s->rank.n)
			c.in_title = 1 + (uint8_t)rank_count(f->s->db, &f->s->rank, sql_text(st, 5),
			                     (enum lang)sql_int(st, 6));
		keep(f, &c);
	}
	f->more = f->looked >= f->bound->looked || f->out->n >= f->bound->found;
	return !f->more;
}

/* Each row tells whether the story is visible: what is passed over counts as looked at, too. */
static void begin_sql(struct finder *f, struct buf *sql)
{
	buf_adds(sql, "SELECT s.published,s.id,s.event,s.flags&1=0,(");
	scope_where(f->s, sql, 's', true);
	buf_printf(sql, ")%s FROM ", f->s->rank.n ? ",s.title,s.lang" : "");
}

static bool run(
    struct finder *f, struct buf *sql, const char *fmt, int64_t number, struct str match, struct err *err)
{
	bool failed = false;
	struct db *db = f->s->db;
	SCOPED(stmt)
	sqlite3_stmt *st = *fmt == 's' ? sql_query(db, err, buf_cstr(sql), fmt, match)
	                               : sql_query(db, err, buf_cstr(sql), fmt, number);

	buf_release(sql);
	while (st && sql_row(db, st, &failed, err) && look_at(f, st))
		;
	return st && !failed;
}

static bool find_words(struct finder *f, const struct driver *d, struct err *err)
{
	struct fts_parts parts;

	if (!fts_parts(f->s->db, &parts, err))
		return false;
	for (size_t i = 0; i < parts.n && !f->more; i++) {
		struct buf sql = BUF_MAX(SQL_BYTES);
		long long part = (long long)parts.ids[i];

		begin_sql(f, &sql);
		buf_printf(&sql,
		    "ft_%lld f CROSS JOIN story s ON s.id=f.rowid WHERE f.ft_%lld MATCH ? ORDER BY f.rowid "
		    "DESC",
		    part, part);
		if (!run(f, &sql, "s", 0, d->match, err))
			return false;
	}
	return true;
}

static bool find(struct finder *f, const struct driver *d, struct err *err)
{
	struct buf sql = BUF_MAX(SQL_BYTES);
	bool more = f->more, ok;

	f->looked = 0;
	f->more = false;
	if (d->kind == DRIVE_WORDS) {
		ok = find_words(f, d, err);
	} else {
		begin_sql(f, &sql);
		buf_adds(&sql, from_of(d->kind));
		if (d->kind == DRIVE_NEWEST)
			buf_adds(&sql, " ORDER BY s.published DESC,s.id DESC");
		ok = run(f, &sql, "i", d->number, STR_NONE, err);
	}
	f->more |= more;
	return ok;
}

static bool find_waiting(struct finder *f, struct err *err)
{
	struct cands waiting = {0};
	bool ok = hits_waiting_find(f->s, &waiting, err);

	for (size_t i = 0; ok && i < waiting.n; i++)
		keep(f, &waiting.v[i]);
	vec_free(&waiting);
	return ok;
}

bool cands_find(
    struct scope *s, const struct cands_bound *bound, struct cands *out, bool *more, struct err *err)
{
	struct plan *p = &s->plan;
	struct imap seen = {0};
	struct finder f = {.s = s, .bound = bound, .out = out, .seen = p->n_drivers > 1 ? &seen : NULL};
	bool words = false, ok = true;

	s->by_hits = false;
	for (size_t i = 0; ok && i < p->n_drivers; i++) {
		words |= p->drivers[i].kind == DRIVE_WORDS;
		ok = find(&f, &p->drivers[i], err);
	}
	if (ok && words)
		ok = find_waiting(&f, err);
	for (size_t i = 0; ok && words && i < out->n; i++)
		imap_put(&s->hits, (uint64_t)out->v[i].id, 1);
	s->by_hits = words;
	*more = f.more;
	imap_release(&seen);
	return ok;
}

bool cands_drive(struct scope *s, const struct driver *d, struct cands *out, struct err *err)
{
	struct cands_bound all = {SIZE_MAX, SIZE_MAX};
	struct finder f = {.s = s, .bound = &all, .out = out};

	return find(&f, d, err);
}
