/* SPDX-License-Identifier: MIT */
/* Owns the marks: what each act means, sharing with near copies, merging by time. Leaves the journal to
 * undo.c. */
#include "store/marks.h"

#include <string.h>

#include "model/story.h"
#include "store/marks_priv.h"
#include "store/source_priv.h"
#include "store/sql.h"
#include "store/story_priv.h"

struct subject {
	int64_t id, event, copy_of;
	uint32_t flags;
};

static uint32_t flag_of(enum mark_kind kind)
{
	static const uint32_t flags[] = {[MARK_READ] = STORY_READ,
	    [MARK_STAR] = STORY_STARRED,
	    [MARK_TAG] = STORY_TAGGED,
	    [MARK_OPENED] = STORY_OPENED,
	    [MARK_HIDDEN] = STORY_HIDDEN,
	    [MARK_KEPT] = STORY_KEPT_UNREAD};

	return flags[kind];
}

/* False with err untouched: there is no such story (any more), which is no failure for a set of ids. */
static bool subject_load(struct db *db, int64_t id, struct subject *s, bool *failed, struct err *err)
{
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err, "SELECT flags,event,copy_of FROM story WHERE id=?", "i", id);

	if (!st)
		*failed = true;
	if (!st || !sql_row(db, st, failed, err))
		return false;
	*s = (struct subject){id, sql_int(st, 1), sql_int(st, 2), (uint32_t)sql_int(st, 0)};
	return true;
}

/* ---- one mark ---- */

struct stored {
	bool on;
	int64_t at_ms; /* INT64_MIN: there is no row */
};

static bool stored_load(
    struct mark_run *r, int64_t story, enum mark_kind kind, int64_t tag, struct stored *out, struct err *err)
{
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(r->db, err,
	    "SELECT is_on,at FROM mark WHERE story=? AND kind=? AND tag=?", "iii", story, (int64_t)kind, tag);

	*out = (struct stored){false, INT64_MIN};
	if (st && sql_row(r->db, st, &failed, err))
		*out = (struct stored){sql_int(st, 0) != 0, sql_int(st, 1)};
	return st && !failed;
}

/* Whether the mark is to be written, and when it counts as set. */
static bool wins(
    const struct mark_run *r, enum mark_kind kind, const struct stored *was, bool on, int64_t *at_ms)
{
	*at_ms = r->at_ms;
	if (r->origin == MARK_BY_SYNC)
		return *at_ms > was->at_ms || (*at_ms == was->at_ms && on && !was->on);
	/* opened again: the last time counts, for the history and for what is new since */
	if (was->on == on && !(kind == MARK_OPENED && on))
		return false;
	if (*at_ms <= was->at_ms)
		*at_ms = was->at_ms + 1; /* the clock stood or went back; the reader's order counts */
	return true;
}

static bool write_flag(struct mark_run *r, int64_t story, enum mark_kind kind, bool on, struct err *err)
{
	int64_t flag = flag_of(kind);

	if (kind == MARK_TAG && !on &&
	    sql_i64(r->db, 0, "SELECT 1 FROM mark WHERE story=? AND kind=3 AND is_on LIMIT 1", "i", story))
		return true; /* other tags are left */
	return sql_exec(r->db, err, "UPDATE OR FAIL story SET flags=(flags&~?2)|?3 WHERE id=?1", "iii", story,
	    flag, on ? flag : (int64_t)0);
}

bool mark_write(struct mark_run *r, int64_t story, enum mark_kind kind, int64_t tag, bool on, struct err *err)
{
	struct stored was;
	int64_t at_ms;

	if (!stored_load(r, story, kind, tag, &was, err))
		return false;
	if (!wins(r, kind, &was, on, &at_ms))
		return true;
	if (!sql_exec(r->db, err,
	        "INSERT INTO mark(story,kind,tag,is_on,at,origin,synced) VALUES(?,?,?,?,?,?,?)"
	        " ON CONFLICT DO UPDATE SET is_on=excluded.is_on,at=excluded.at,origin=excluded.origin,"
	        "synced=excluded.synced",
	        "iiiiiii", story, (int64_t)kind, tag, (int64_t)on, at_ms, (int64_t)r->origin,
	        (int64_t)(r->origin == MARK_BY_SYNC)))
		return false;
	if (was.on == on)
		return true;
	vec_push(&r->items, ((struct mark_item){story, tag, at_ms, kind, was.on}));
	imap_put(&r->seen, (uint64_t)story, 1);
	return write_flag(r, story, kind, on, err);
}

void mark_run_release(struct mark_run *r)
{
	vec_free(&r->items);
	imap_release(&r->seen);
}

void mark_run_ids(const struct mark_run *r, struct arena *a, struct story_id **ids, size_t *n)
{
	size_t at = 0;
	uint64_t id, unused;

	*n = 0;
	*ids = arena_array(a, r->seen.n ? r->seen.n : 1, sizeof **ids);
	while (imap_next(&r->seen, &at, &id, &unused))
		(*ids)[(*n)++] = (struct story_id){(int64_t)id};
}

/* ---- the rules of reading ---- */

/* What is shared with near copies: read and kept, together. */
static bool write_reading(struct mark_run *r, int64_t story, bool read, bool kept, struct err *err)
{
	return mark_write(r, story, MARK_KEPT, 0, kept, err) && mark_write(r, story, MARK_READ, 0, read, err);
}

struct group {
	VEC(struct subject);
};

/* A story and its near copies, which are all in its event. */
static bool group_load(struct db *db, const struct subject *s, struct group *g, struct err *err)
{
	int64_t root = s->copy_of ? s->copy_of : s->id;
	bool failed = false;
	SCOPED(stmt)
	sqlite3_stmt *st = sql_query(db, err,
	    "SELECT id,flags,copy_of FROM story WHERE event=?1 AND id<>?2 AND (copy_of=?3 OR id=?3)", "iii",
	    s->event, s->id, root);

	vec_push(g, *s);
	while (st && sql_row(db, st, &failed, err))
		vec_push(g,
		    ((struct subject){sql_int(st, 0), s->event, sql_int(st, 2), (uint32_t)sql_int(st, 1)}));
	return st && !failed;
}

static bool write_group(struct mark_run *r, const struct subject *s, bool read, bool kept, struct err *err)
{
	struct group g = {0};
	bool ok = group_load(r->db, s, &g, err);

	for (size_t i = 0; ok && i < g.n; i++)
		ok = write_reading(r, g.v[i].id, read, kept, err);
	vec_free(&g);
	return ok;
}

/* Most acts find their mark set already (a tab marked read twice): told by the flags alone. */
static bool is_done(const struct mark_run *r, const struct subject *s, enum mark_kind kind, bool on)
{
	if (r->origin == MARK_BY_SYNC || kind == MARK_TAG)
		return false;
	if (kind == MARK_READ && on && s->flags & STORY_KEPT_UNREAD)
		return true;
	if (kind == MARK_OPENED && on)
		return false; /* opened before: its time, and read again when it was unread since */
	return ((s->flags & flag_of(kind)) != 0) == on;
}

static bool apply(
    struct mark_run *r, const struct subject *s, enum mark_kind kind, int64_t tag, bool on, struct err *err)
{
	if (is_done(r, s, kind, on))
		return true;
	switch (kind) {
	case MARK_READ:
		if (on && s->flags & STORY_KEPT_UNREAD)
			return true;
		return write_group(r, s, on, !on && s->flags & STORY_KEPT_UNREAD, err);
	case MARK_OPENED:
		return mark_write(r, s->id, MARK_OPENED, 0, on, err) &&
		       (!on || write_group(r, s, true, false, err));
	case MARK_KEPT:
		return write_group(r, s, !on, on, err);
	case MARK_STAR:
	case MARK_TAG:
	case MARK_HIDDEN:
	case MARK_APART:
		break;
	}
	return mark_write(r, s->id, kind, tag, on, err);
}

static int64_t tag_id(struct db *db, struct str name, bool make, struct err *err)
{
	int64_t id = sql_i64(db, 0, "SELECT id FROM tag WHERE name=?", "s", name);

	if (id || !make)
		return id;
	if (!sql_exec(db, err, "INSERT INTO tag(name) VALUES(?)", "s", name))
		return -1;
	return sql_i64(db, -1, "SELECT id FROM tag WHERE name=?", "s", name);
}

static bool apply_op(struct mark_run *r, const struct mark_op *op, const struct subject *s, bool first,
    int64_t tag, struct err *err)
{
	if (op->kind == MARK_OPENED && op->only_opened)
		return !first || mark_write(r, s->id, MARK_OPENED, 0, op->on, err);
	bool rest = op->kind == MARK_OPENED && op->first_opened && !first;
	return apply(r, s, rest ? MARK_READ : op->kind, tag, op->on, err);
}

static bool apply_all(
    struct mark_run *r, const struct mark_op *op, const struct story_id *ids, size_t n, struct err *err)
{
	int64_t tag = op->kind == MARK_TAG ? tag_id(r->db, op->tag, op->on, err) : 0;
	bool failed = false;

	if (tag < 0)
		return false;
	if (op->kind == MARK_TAG && !tag)
		return true; /* nothing bears an unknown tag */
	for (size_t i = 0; i < n; i++) {
		struct subject s;

		if (subject_load(r->db, ids[i].v, &s, &failed, err) && !apply_op(r, op, &s, i == 0, tag, err))
			return false;
		if (failed)
			return false;
	}
	return !op->label.p || undo_note(r, op->owner, op->label, err);
}

bool marks_set(struct db *db, const struct mark_op *op, const struct story_id *ids, size_t n, struct arena *a,
    struct story_id **changed, size_t *n_changed, struct err *err)
{
	struct mark_run r = {.db = db, .origin = op->origin, .at_ms = op->at_ms};
	bool own, ok;

	ok = db_own_begin(db, true, &own, err) && db_own_end(db, own, apply_all(&r, op, ids, n, err), err);
	if (ok && changed && n_changed)
		mark_run_ids(&r, a, changed, n_changed);
	mark_run_release(&r);
	return ok;
}

bool mark_by_rule(struct db *db, int64_t id, int kind, struct str tag, int64_t at_ms, struct err *err)
{
	struct mark_op op = {
	    .kind = (enum mark_kind)kind, .tag = tag, .on = true, .at_ms = at_ms, .origin = MARK_BY_RULE};
	struct story_id story = {id};

	return marks_set(db, &op, &story, 1, NULL, NULL, NULL, err);
}

static bool share(struct mark_run *r, const struct subject *s, struct err *err)
{
	struct group g = {0};
	uint32_t all = 0;
	bool ok = group_load(r->db, s, &g, err);

	for (size_t i = 0; i < g.n; i++)
		all |= g.v[i].flags;
	for (size_t i = 0; ok && i < g.n && all & (STORY_READ | STORY_KEPT_UNREAD); i++)
		ok = write_reading(r, g.v[i].id, !(all & STORY_KEPT_UNREAD), all & STORY_KEPT_UNREAD, err);
	vec_free(&g);
	return ok;
}

bool marks_share(struct db *db, struct story_id id, int64_t at_ms, struct err *err)
{
	struct mark_run r = {.db = db, .origin = MARK_BY_RULE, .at_ms = at_ms};
	struct subject s;
	bool own, ok = false, failed = false;

	if (!db_own_begin(db, true, &own, err))
		return false;
	ok = subject_load(db, id.v, &s, &failed, err) ? share(&r, &s, err) : !failed;
	mark_run_release(&r);
	return db_own_end(db, own, ok, err);
}

/* ---- looking ---- */

int64_t marks_visited(struct db *db, struct event_id event)
{
	return sql_i64(db, INT64_MIN,
	    "SELECT max(m.at) FROM story s JOIN mark m ON m.story=s.id AND m.kind=4 AND m.tag=0 AND m.is_on"
	    " WHERE s.event=?",
	    "i", event.v);
}

int64_t mark_time(struct db *db, struct story_id id, enum mark_kind kind)
{
	return sql_i64(db, INT64_MIN, "SELECT at FROM mark WHERE story=? AND kind=? AND tag=0 AND is_on",
	    "ii", id.v, (int64_t)kind);
}
