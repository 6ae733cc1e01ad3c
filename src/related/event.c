/* SPDX-License-Identifier: MIT */
/* Owns the rule by which a story joins an event: near the best of its stories, near the first, and near
 * enough to those that were found on the whole, so that no chain leads from one event into another. */
#include "related/event.h"

#include "base/clock.h"
#include "store/marks.h"

#define LINE_EVENT  1.15 /* times the line of a pair: an event takes others along */
#define LINE_UNITE  1.25 /* times that line: two events of several stories need more to be one */
#define LINE_SOURCE 0.12 /* more between stories of one paper */
#define SHARED      3
#define FEW_WORDS   20  /* stories with no more need share only two terms */
#define TO_FIRST    .6  /* of the line, to the first story */
#define TO_MEMBERS  0.6 /* of the line, on the mean to those found */

struct joining {
	struct db *db;
	struct subject story;
	size_t words;
	struct neighbour *near;
	size_t n;
	bool copied; /* the story is a near copy, or has one */
};

static int64_t root_of(const struct index_story *s)
{
	return s->copy_of ? s->copy_of : s->id;
}

/* A near copy points to the oldest story of its text. */
static bool note_copies(struct joining *j, struct err *err)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct index_story *other = &j->near[i].row, *self = &j->story.row;

		if (!j->near[i].pair.near_copy)
			continue;
		j->copied = true;
		if (other->id < self->id && !self->copy_of) {
			j->story.row.copy_of = root_of(other);
			if (!index_set_copy(j->db, self->id, root_of(other), err))
				return false;
		} else if (other->id > self->id && !other->copy_of) {
			if (!index_set_copy(j->db, other->id, root_of(self), err))
				return false;
		}
	}
	return true;
}

static bool event_of(
    struct joining *j, const struct index_story *member, struct event_row *out, struct err *err)
{
	bool found;

	if (!event_load(j->db, member->event, out, &found, err))
		return false;
	if (!found)
		*out = (struct event_row){member->event, member->id, member->published, member->published, 1};
	return true;
}

static bool is_apart(struct joining *j, int64_t event)
{
	for (size_t i = 0; i < j->n; i++)
		if (j->near[i].row.event == event && apart_is(j->db, j->story.row.id, j->near[i].row.id))
			return true;
	return false;
}

/* Two stories of one paper that are alike are likelier two things of one kind than two reports of one. */
static double line_of(const struct rank_pair *p)
{
	return LINE_EVENT * rank_line(p->days, p->same_source) + (p->same_source ? LINE_SOURCE : 0);
}

/* Near enough to be of its event, whatever else that holds. */
static bool is_near(const struct joining *j, const struct neighbour *nb)
{
	uint32_t shared = j->words <= FEW_WORDS ? SHARED - 1 : SHARED;

	return nb->pair.near_copy ||
	       (!nb->pair.series && nb->pair.score >= line_of(&nb->pair) && nb->pair.shared >= shared);
}

static bool passes(struct joining *j, const struct neighbour *best, const struct event_row *e)
{
	double line = line_of(&best->pair), sum = 0, first = 0;
	size_t n = 0;

	if (best->pair.near_copy)
		return true;
	if (j->story.row.published > e->first_at + EVENT_DAYS * 86400)
		return false;
	for (size_t i = 0; i < j->n; i++) {
		const struct neighbour *nb = &j->near[i];

		if (nb->row.event != e->id)
			continue;
		sum += nb->pair.score;
		n++;
		if (nb->row.id == e->first)
			first = nb->pair.score;
	}
	return first >= line * TO_FIRST && sum >= line * TO_MEMBERS * (double)n;
}

static bool join(struct joining *j, struct event_row *e, struct err *err)
{
	const struct index_story *s = &j->story.row;

	if (s->published < e->first_at) {
		e->first = s->id;
		e->first_at = s->published;
	}
	if (s->published > e->newest_at)
		e->newest_at = s->published;
	e->n++;
	return event_set(j->db, s->id, e->id, err) && event_save(j->db, e, err);
}

/* The story reports two events: they are one. The lower id stays. */
static bool unite(struct joining *j, struct event_row *a, const struct event_row *b, struct err *err)
{
	struct event_row all = a->id < b->id ? *a : *b, other = a->id < b->id ? *b : *a;

	if (other.first_at < all.first_at) {
		all.first = other.first;
		all.first_at = other.first_at;
	}
	if (other.newest_at > all.newest_at)
		all.newest_at = other.newest_at;
	all.n += other.n;
	*a = all;
	return event_save(j->db, &other, err) && event_merge(j->db, other.id, all.id, err) &&
	       event_save(j->db, &all, err);
}

/* One story that lies near both does not yet make one event of two. */
static bool may_unite(const struct neighbour *nb, const struct event_row *a, const struct event_row *b)
{
	return a->n == 1 || b->n == 1 || nb->pair.near_copy ||
	       nb->pair.score >= LINE_UNITE * line_of(&nb->pair);
}

/* What was found is of the joined event from now on. */
static void rename_event(struct joining *j, int64_t from, int64_t to)
{
	for (size_t i = 0; i < j->n; i++)
		if (j->near[i].row.event == from)
			j->near[i].row.event = to;
}

static bool place(struct joining *j, struct err *err)
{
	struct event_row joined = {0};
	int64_t own = j->story.row.event;
	bool opened; /* others joined the story before: it stays with them */

	if (!event_load(j->db, own, &joined, &opened, err))
		return false;
	if (!opened)
		joined.id = 0;
	for (size_t i = 0; i < j->n; i++) {
		const struct neighbour *nb = &j->near[i];
		struct event_row e;

		if (nb->row.event == own || nb->row.event == joined.id || !is_near(j, nb))
			continue;
		if (!event_of(j, &nb->row, &e, err))
			return false;
		if (e.id == joined.id || !passes(j, nb, &e) || is_apart(j, e.id))
			continue;
		if (!joined.id) {
			joined = e;
			if (!join(j, &joined, err))
				return false;
		} else if (may_unite(nb, &joined, &e)) {
			int64_t before = joined.id;

			if (!unite(j, &joined, &e, err))
				return false;
			rename_event(j, before, joined.id);
			rename_event(j, e.id, joined.id);
		}
	}
	return true;
}

/* One of them may be of its event, or a copy. */
static bool any_near(const struct search_hit *hits, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (hits[i].cosine >= NEAR_COPY_COSINE || hits[i].score >= rank_line(0, false))
			return true;
	return false;
}

bool event_place(
    struct db *db, int64_t story, size_t words, const struct search_hit *hits, size_t n, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = NULL;
	struct joining j = {.db = db, .words = words};
	bool found;

	if (!any_near(hits, n))
		return true;
	a = arena_new();
	if (!index_story(db, story, &j.story.row, &found, err))
		return false;
	if (!found)
		return true;
	if (!neighbours_judge(db, &j.story, hits, n, true, a, &j.near, &j.n, err) || !note_copies(&j, err))
		return false;
	/* one that is in an event already stays there; one that left it does not come back by itself */
	if (j.story.row.event == story && !place(&j, err))
		return false;
	return !j.copied || marks_share(db, (struct story_id){story}, clock_now_ms(), err);
}
