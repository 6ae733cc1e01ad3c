/* SPDX-License-Identifier: MIT */
/* Owns what a reader says against the index: these two do not belong together. */
#include "base/i18n.h"
#include "related/related.h"
#include "store/index_db.h"

/* The id of a story that left its event is that of the event, when it opened it: the others keep it. */
static int64_t event_alone(const struct index_story *s)
{
	return s->event == s->id ? -s->id : s->id;
}

static bool part(struct db *db, struct story_id story, struct story_id other, int64_t now,
    struct event_id *was, struct err *err)
{
	struct index_story x, y;
	bool found, found_other;

	if (!index_story(db, story.v, &x, &found, err) || !index_story(db, other.v, &y, &found_other, err))
		return false;
	if (!found || !found_other)
		return err_set(
		    err, ERR_NOT_FOUND, _("there is no story %lld"), (long long)(found ? other.v : story.v));
	was->v = y.event;
	if (!apart_set(db, story, other, true, now, err))
		return false;
	return x.event != y.event || event_leave(db, y.id, event_alone(&y), err);
}

static bool own_begin(struct db *db, bool *own, struct err *err)
{
	*own = !db_in_transaction(db);
	return !*own || db_begin(db, true, err);
}

static bool own_end(struct db *db, bool own, bool ok, struct err *err)
{
	if (own && ok)
		ok = db_commit(db, err);
	if (own && db_in_transaction(db))
		db_rollback(db);
	return ok;
}

bool related_part(struct db *db, struct story_id story, struct story_id other, int64_t now,
    struct event_id *was, struct err *err)
{
	bool own;

	return own_begin(db, &own, err) && own_end(db, own, part(db, story, other, now, was, err), err);
}
