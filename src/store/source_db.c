/* SPDX-License-Identifier: MIT */
/* Owns the source table: it follows the configuration, gives leases, keeps how each source answered. Leaves
 * what a feed holds to put.c. */
#include "store/source_db.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/source_priv.h"
#include "store/sql.h"
#include "text/fold.h"

#define COLUMNS                                                                                              \
	"s.id,s.key,s.name,s.url,s.section,s.last_error,s.next_due,s.last_at,s.lease_until,s.fails,s.code,"  \
	"s.bytes,s.ms,s.moved,s.moved_to,s.etag,s.modified,s.body_hash,s.gone,t.n,t.unread,t.starred,s.ttl," \
	"s.skip,s.rhythm,"                                                                                   \
	"coalesce(s.hold_until,0)"
#define N_COLUMNS 26
#define FROM      " FROM source s LEFT JOIN tally t ON t.source=s.id "

static int64_t time_or_none(sqlite3_stmt *st, int at)
{
	return sqlite3_column_type(st, at) == SQLITE_NULL ? TIME_NONE : sql_int(st, at);
}

static void read_state(sqlite3_stmt *st, struct arena *a, struct source_state *s)
{
	*s = (struct source_state){.id = {sql_int(st, 0)},
	    .key = arena_str(a, sql_text(st, 1)),
	    .name = arena_str(a, sql_text(st, 2)),
	    .url = arena_str(a, sql_text(st, 3)),
	    .section = arena_str(a, sql_text(st, 4)),
	    .error = arena_str(a, sql_text(st, 5)),
	    .next_due = time_or_none(st, 6),
	    .last_at = time_or_none(st, 7),
	    .lease_until = time_or_none(st, 8),
	    .fails = (int32_t)sql_int(st, 9),
	    .code = (int32_t)sql_int(st, 10),
	    .bytes = sql_int(st, 11),
	    .ms = sql_int(st, 12),
	    .moved = sql_int(st, 13),
	    .moved_to = arena_str(a, sql_text(st, 14)),
	    .validators = {.etag = arena_str(a, sql_text(st, 15)),
	        .modified = arena_str(a, sql_text(st, 16)),
	        .body_hash = (uint64_t)sql_int(st, 17)},
	    .gone = sql_int(st, 18) != 0,
	    .stories = sql_int(st, 19),
	    .unread = sql_int(st, 20),
	    .starred = sql_int(st, 21),
	    .pace = {.ttl_minutes = (int)sql_int(st, 22),
	        .skip_hours = (uint32_t)sql_int(st, 23) & 0xffffff,
	        .skip_days = (uint8_t)(sql_int(st, 23) >> 24),
	        .rhythm_s = sql_int(st, 24)},
	    .hold_until = sql_int(st, 25)};
	if (!s->error.p)
		s->error = STR("");
	s->remark = STR("");
	if (!s->fails) { /* one column holds either */
		s->remark = s->error;
		s->error = STR("");
	}
}

bool db_own_begin(struct db *db, bool durable, bool *own, struct err *err)
{
	*own = !db_in_transaction(db);
	return !*own || db_begin(db, durable, err);
}

bool db_own_end(struct db *db, bool own, bool ok, struct err *err)
{
	if (own && ok)
		return db_commit(db, err);
	if (own)
		db_rollback(db);
	return ok;
}

/* ---- following the configuration ---- */

static bool same(sqlite3_stmt *st, const struct source_decl *d, size_t ord)
{
	return str_eq(sql_text(st, 1), d->name) && str_eq(sql_text(st, 2), d->url) &&
	       str_eq(sql_text(st, 3), d->section.p ? d->section : STR("")) &&
	       sql_int(st, 4) == (int64_t)ord && sql_int(st, 5) == 0;
}

static bool write_decl(struct db *db, const struct source_decl *d, size_t ord, struct err *err)
{
	struct str section = d->section.p ? d->section : STR("");

	return sql_exec(db, err,
	    "INSERT INTO source(key,name,url,section,ord,next_due) VALUES(?1,?2,?3,?4,?5,0)"
	    " ON CONFLICT(key) DO UPDATE SET name=?2,section=?4,ord=?5,"
	    " etag=CASE WHEN url=?3 THEN etag END,modified=CASE WHEN url=?3 THEN modified END,"
	    " body_hash=CASE WHEN url=?3 THEN body_hash END,"
	    " next_due=CASE WHEN url=?3 AND gone=0 THEN next_due ELSE 0 END,"
	    " hold_until=CASE WHEN url=?3 THEN hold_until END,"
	    " fails=CASE WHEN url=?3 THEN fails ELSE 0 END,"
	    " last_error=CASE WHEN url=?3 THEN last_error END,url=?3,gone=0",
	    "ssssi", d->key, d->name, d->url, section, (int64_t)ord);
}

/* One declaration: its id, and whether its row is as declared already. 0: no row. */
static int64_t look_up(struct db *db, const struct source_decl *d, size_t ord, bool *as_is, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st =
	    sql_query(db, err, "SELECT id,name,url,section,ord,gone FROM source WHERE key=?", "s", d->key);

	if (!st || !sql_row(db, st, &failed, err))
		return st && !failed ? 0 : -1;
	*as_is = same(st, d, ord);
	return sql_int(st, 0);
}

static bool set_gone(struct db *db, const struct imap *declared, bool *any, bool write, struct err *err)
{
	struct {
		VEC(int64_t);
	} left = {0};
	bool failed = false, ok;
	sqlite3_stmt *st = sql_query(db, err, "SELECT id FROM source WHERE gone=0", "");

	while (st && sql_row(db, st, &failed, err)) {
		uint64_t unused;

		if (!imap_get(declared, (uint64_t)sql_int(st, 0), &unused))
			vec_push(&left, sql_int(st, 0));
	}
	stmt_release(&st);
	ok = st && !failed;
	*any = left.n > 0;
	for (size_t i = 0; ok && write && i < left.n; i++)
		ok =
		    source_items_set(db, (struct source_id){left.v[i]}, NULL, 0, 0, clock_now(), err) &&
		    sql_exec(db, err, "UPDATE source SET gone=1,lease_until=NULL WHERE id=?", "i", left.v[i]);
	vec_free(&left);
	return ok;
}

/* One pass over the declarations: looks only, or writes what differs. */
static bool pass(struct db *db, const struct source_decl *decls, size_t n, struct source_id *ids, bool write,
    bool *differs, struct err *err)
{
	struct imap declared = {0};
	bool ok = true, left = false;

	*differs = false;
	for (size_t i = 0; ok && i < n; i++) {
		bool as_is = false;

		ids[i].v = look_up(db, &decls[i], i, &as_is, err);
		ok = ids[i].v >= 0;
		if (ok && !as_is && write) {
			ok = write_decl(db, &decls[i], i, err);
			if (ok && ids[i].v == 0)
				ids[i].v = look_up(db, &decls[i], i, &as_is, err);
			ok = ok && ids[i].v > 0;
		}
		*differs |= !as_is;
		if (ok)
			imap_put(&declared, (uint64_t)ids[i].v, 1);
	}
	ok = ok && set_gone(db, &declared, &left, write, err);
	*differs |= left;
	imap_release(&declared);
	return ok;
}

bool source_sync_look(struct db *db, const struct source_decl *decls, size_t n, struct source_id *ids,
    bool *differs, struct err *err)
{
	return pass(db, decls, n, ids, false, differs, err);
}

bool source_sync(
    struct db *db, const struct source_decl *decls, size_t n, struct source_id *ids, struct err *err)
{
	bool differs, own;

	if (!source_sync_look(db, decls, n, ids, &differs, err))
		return false;
	if (!differs)
		return true; /* the ordinary start writes nothing */
	if (!db_own_begin(db, false, &own, err))
		return false;
	return db_own_end(db, own, pass(db, decls, n, ids, true, &differs, err), err);
}

/* ---- due ---- */

struct due {
	struct db *db;
	const struct source_due_spec *spec;
	struct imap only;
	struct {
		VEC(struct source_state);
	} found;
	size_t busy;
};

static bool is_wanted(struct due *d, sqlite3_stmt *st)
{
	uint64_t unused;
	int64_t lease = sql_int(st, N_COLUMNS), owner = sql_int(st, N_COLUMNS + 1);

	if (d->spec->only && !imap_get(&d->only, (uint64_t)sql_int(st, 0), &unused))
		return false;
	if (sql_int(st, 25) > d->spec->now)
		return false; /* Retry-After is kept even when forced */
	if (lease > d->spec->now && owner != (int64_t)d->spec->owner) {
		d->busy++;
		return false;
	}
	return true;
}

static bool collect_due(struct due *d, struct arena *a, struct err *err)
{
	const struct source_due_spec *spec = d->spec;
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(d->db, err,
	    "SELECT " COLUMNS ",coalesce(s.lease_until,0),s.lease_owner" FROM
	    "WHERE s.gone=0 AND s.next_due<=? ORDER BY s.next_due,s.ord",
	    "i", spec->force ? INT64_MAX : spec->now);

	while (st && sql_row(d->db, st, &failed, err)) {
		if (!is_wanted(d, st))
			continue;
		read_state(st, a, vec_add(&d->found));
		if (spec->limit && d->found.n >= spec->limit)
			break;
	}
	return st && !failed;
}

static bool take_leases(struct due *d, struct err *err)
{
	VEC_EACH (struct source_state, s, &d->found) {
		s->lease_until = d->spec->lease_until;
		if (!sql_exec(d->db, err, "UPDATE source SET lease_owner=?,lease_until=? WHERE id=?", "iii",
		        (int64_t)d->spec->owner, d->spec->lease_until, s->id.v))
			return false;
	}
	return true;
}

bool source_due(struct db *db, const struct source_due_spec *spec, struct arena *a, struct source_state **out,
    size_t *n, size_t *busy, struct err *err)
{
	struct due d = {.db = db, .spec = spec};
	bool own, ok;

	if (!db_own_begin(db, false, &own, err))
		return false;
	for (size_t i = 0; i < spec->n_only; i++)
		imap_put(&d.only, (uint64_t)spec->only[i].v, 1);
	ok = db_own_end(db, own, collect_due(&d, a, err) && take_leases(&d, err), err);
	if (ok) {
		*n = d.found.n;
		*out = arena_array(a, d.found.n ? d.found.n : 1, sizeof **out);
		if (d.found.n)
			memcpy(*out, d.found.v, d.found.n * sizeof **out);
		if (busy)
			*busy = d.busy;
	}
	vec_free(&d.found);
	imap_release(&d.only);
	return ok;
}

bool source_any_due(struct db *db, int64_t now)
{
	return sql_i64(db, 0,
	           "SELECT 1 FROM source WHERE gone=0 AND next_due<=?1 AND coalesce(hold_until,0)<=?1 LIMIT "
	           "1",
	           "i", now) != 0;
}

int64_t source_next_due(struct db *db)
{
	return sql_i64(db, TIME_NONE,
	    "SELECT min(max(next_due,coalesce(hold_until,next_due),coalesce(lease_until,next_due)))"
	    " FROM source WHERE gone=0",
	    "");
}

/* ---- answers ---- */

static bool write_answer(struct db *db, struct source_id id, const struct source_answer *w, struct err *err)
{
	return sql_exec(db, err,
	    "UPDATE source SET "
	    "next_due=?2,hold_until=?3,code=?4,bytes=?5,ms=?6,last_at=?7,last_error=coalesce(?8,?10),"
	    "fails=CASE WHEN ?8 IS NULL THEN 0 ELSE fails+1 END,"
	    "moved=CASE WHEN moved<0 AND coalesce(?9,moved_to)=moved_to THEN moved"
	    " WHEN ?9 IS NULL THEN CASE WHEN ?8 IS NULL THEN 0 ELSE moved END"
	    " WHEN moved_to=?9 THEN moved+1 ELSE 1 END,"
	    "moved_to=CASE WHEN ?9 IS NULL AND (?8 IS NOT NULL OR moved<0) THEN moved_to ELSE ?9 END,"
	    "lease_owner=NULL,lease_until=NULL WHERE id=?1",
	    "iiiiiiisss", id.v, w->next_due, w->hold_until, (int64_t)w->code, w->bytes, w->ms, w->now,
	    w->error, w->moved_to, w->remark);
}

static bool write_pace(struct db *db, struct source_id id, const struct source_pace *p, struct err *err)
{
	return !p ||
	       sql_exec(db, err, "UPDATE source SET ttl=?,skip=?,rhythm=? WHERE id=?", "iiii",
	           (int64_t)p->ttl_minutes,
	           (int64_t)((p->skip_hours & 0xffffff) | (uint32_t)p->skip_days << 24), p->rhythm_s, id.v);
}

static bool write_validators(
    struct db *db, struct source_id id, const struct source_validators *v, struct err *err)
{
	return sql_exec(db, err, "UPDATE source SET etag=?,modified=?,body_hash=? WHERE id=?", "ssii",
	    v->etag, v->modified, (int64_t)v->body_hash, id.v);
}

bool source_done(struct db *db, struct source_id id, const struct source_answer *answer, struct err *err)
{
	bool own;

	if (!db_own_begin(db, false, &own, err))
		return false;
	return db_own_end(db, own,
	    write_answer(db, id, answer, err) && write_pace(db, id, answer->pace, err) &&
	        (answer->keep_validators || write_validators(db, id, &answer->validators, err)),
	    err);
}

bool source_stay(struct db *db, struct source_id id, bool toggle, bool *stays, struct err *err)
{
	int64_t moved = sql_i64(db, 0, "SELECT moved FROM source WHERE id=? AND moved_to<>''", "i", id.v);

	if (moved < SOURCE_MOVED_TIMES && moved != SOURCE_STAYS)
		return err_set(err, ERR_NOT_FOUND,
		    _("it is asked at its own address; check --sources tells which moved"));
	*stays = moved != SOURCE_STAYS || !toggle;
	return sql_exec(db, err, "UPDATE source SET moved=?,etag=NULL,modified=NULL,next_due=0 WHERE id=?",
	    "ii", (int64_t)(*stays ? SOURCE_STAYS : SOURCE_MOVED_TIMES), id.v);
}

bool source_release(struct db *db, uint64_t owner, struct err *err)
{
	return sql_exec(db, err, "UPDATE source SET lease_owner=NULL,lease_until=NULL WHERE lease_owner=?",
	    "i", (int64_t)owner);
}

/* ---- looking ---- */

bool source_held(struct db *db, const struct source_id *only, size_t n_only, int64_t now, struct arena *a,
    struct source_state **out, size_t *n, struct err *err)
{
	struct source_state *all;
	struct imap wanted = {0};
	size_t n_all = 0;
	uint64_t unused;

	*n = 0;
	if (!source_states(db, false, a, &all, &n_all, err))
		return false;
	*out = all;
	for (size_t k = 0; k < n_only; k++)
		imap_put(&wanted, (uint64_t)only[k].v, 1);
	for (size_t i = 0; i < n_all; i++)
		if ((!only || imap_get(&wanted, (uint64_t)all[i].id.v, &unused)) && all[i].hold_until > now)
			all[(*n)++] = all[i];
	imap_release(&wanted);
	return true;
}

bool source_states(
    struct db *db, bool with_gone, struct arena *a, struct source_state **out, size_t *n, struct err *err)
{
	struct {
		VEC(struct source_state);
	} found = {0};
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT " COLUMNS FROM "WHERE s.gone<=? ORDER BY s.gone,s.ord,s.id", "i", (int64_t)with_gone);

	while (st && sql_row(db, st, &failed, err))
		read_state(st, a, vec_add(&found));
	*n = found.n;
	*out = arena_array(a, found.n ? found.n : 1, sizeof **out);
	if (found.n)
		memcpy(*out, found.v, found.n * sizeof **out);
	vec_free(&found);
	return st && !failed;
}
