/* SPDX-License-Identifier: MIT */
/* Owns the way from a story to its neighbours. */
#include "related/find.h"

#include <math.h>
#include <stdlib.h>

#include "model/story.h"
#include "related/series.h"
#include "store/story_db.h"

#define DAY_HOURS    24
#define SERIES_LEAST 0.7 /* of the line for one event */

/* Reports of one event tell different parts of it: a story that is near the best neighbour is likelier of the
 * event, one that shares only with the story asked for is less so. */
#define ECHO_SHARE 0.4
#define ECHO_TERMS 80

int64_t hour_of(int64_t seconds)
{
	int64_t hour = seconds / 3600;

	return seconds % 3600 < 0 ? hour - 1 : hour;
}

bool subject_load(struct db *db, int64_t id, struct arena *a, struct subject *out, struct err *err)
{
	struct story_words w;
	struct terms_text text;
	bool found;

	*out = (struct subject){0};
	if (!story_words(db, (struct story_id){id}, a, &w, err))
		return false;
	if (!index_story(db, id, &out->row, &found, err))
		return false;
	out->title = w.title;
	out->dek = w.dek;
	out->body = w.body;
	text = (struct terms_text){w.title, w.dek, w.body, index_source_name(db, w.source.v, a), w.lang};
	out->terms = terms_of(a, &text);
	return true;
}

/* Of the subject itself, once. */
static bool make_shingles(struct db *db, struct subject *s, struct arena *a, struct err *err)
{
	struct story_words w = {.title = s->title, .dek = s->dek, .body = s->body};

	if (s->has_shingles)
		return true;
	if (!w.title.p && !story_words(db, (struct story_id){s->row.id}, a, &w, err))
		return false;
	s->shingles = shingles_of(a, w.title, w.body.len ? w.body : w.dek);
	s->has_shingles = true;
	return true;
}

static bool is_copy(
    struct db *db, struct subject *s, struct arena *a, int64_t other, bool *copy, struct err *err)
{
	struct story_words w;
	struct shingles theirs;
	struct err trouble = {0};

	*copy = false;
	if (!make_shingles(db, s, a, err))
		return false;
	if (!story_words(db, (struct story_id){other}, a, &w, &trouble)) {
		if (trouble.code == ERR_NOT_FOUND)
			return true;
		if (err)
			*err = trouble;
		return false;
	}
	theirs = shingles_of(a, w.title, w.body.len ? w.body : w.dek);
	*copy = near_copy(&s->shingles, &theirs);
	return true;
}

static bool known(const struct neighbour *v, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].row.id == id)
			return true;
	return false;
}

static int by_score(const void *a, const void *b)
{
	const struct neighbour *x = a, *y = b;

	if (x->pair.score != y->pair.score)
		return x->pair.score > y->pair.score ? -1 : 1;
	return x->row.id > y->row.id ? -1 : x->row.id < y->row.id;
}

/* Of one paper, and alike enough for the question to matter. */
static bool is_series(struct db *db, struct subject *s, const struct neighbour *nb, struct arena *a)
{
	if (nb->pair.score < rank_line(0, true) * SERIES_LEAST)
		return false;
	if (!s->headline.p)
		s->headline = s->title.p ? s->title : index_title(db, s->row.id, a);
	return series_are(s->headline, index_title(db, nb->row.id, a), fabs(nb->pair.days) * DAY_HOURS);
}

static bool judge(
    struct db *db, struct subject *s, bool copies, struct arena *a, struct neighbour *nb, struct err *err)
{
	bool same = nb->row.source == s->row.source;
	bool foreign = nb->row.lang && s->row.lang && nb->row.lang != s->row.lang;

	nb->pair = (struct rank_pair){
	    .score = nb->hit.score * (same ? RANK_SAME_SOURCE : 1) * (foreign ? RANK_FOREIGN : 1),
	    .days = (double)(nb->row.published - s->row.published) / 86400,
	    .same_source = same,
	    .together = nb->row.event == s->row.event,
	    .shared = nb->hit.shared};
	nb->pair.series = same && is_series(db, s, nb, a);
	if (!copies || same || nb->hit.cosine < NEAR_COPY_COSINE)
		return true;
	return is_copy(db, s, a, nb->row.id, &nb->pair.near_copy, err);
}

/* v: best first; its hits are of `first`. */
static bool add_echo(struct db *db, const struct index_view *view, const struct search_spec *first,
    struct arena *a, struct neighbour *v, size_t n, struct err *err)
{
	struct search_spec search = *first;
	struct subject best;
	struct search_hit *hits = arena_array(a, n + 1, sizeof *hits);
	double *scores = arena_array(a, n + 1, sizeof *scores);

	if (n < 2 || v[0].pair.score < rank_line(0, false))
		return true;
	if (!subject_load(db, v[0].row.id, a, &best, err))
		return false;
	search.terms = best.terms;
	search.hour = hour_of(best.row.published);
	search.max_terms = ECHO_TERMS;
	for (size_t i = 0; i < n; i++)
		hits[i] = v[i].hit;
	if (!view_score(db, view, &search, hits, n, scores, a, err))
		return false;
	for (size_t i = 1; i < n; i++)
		v[i].pair.score = (v[i].pair.score + ECHO_SHARE * scores[i]) / (1 + ECHO_SHARE);
	qsort(v, n, sizeof *v, by_score);
	return true;
}

static bool look_at(struct db *db, struct subject *s, const struct search_hit *hits, size_t n_hits,
    bool copies, struct arena *a, struct neighbour **out, size_t *n, struct err *err)
{
	*n = 0;
	*out = arena_array(a, n_hits + 1, sizeof **out);
	for (size_t i = 0; i < n_hits; i++) {
		struct neighbour *nb = &(*out)[*n];
		bool found;

		*nb = (struct neighbour){.hit = hits[i]};
		if (known(*out, *n, hits[i].story))
			continue;
		if (!index_story(db, hits[i].story, &nb->row, &found, err))
			return false;
		if (!found || nb->row.flags & STORY_HIDDEN)
			continue;
		if (!judge(db, s, copies, a, nb, err))
			return false;
		(*n)++;
	}
	if (*n > 1)
		qsort(*out, *n, sizeof **out, by_score);
	return true;
}

/* Which of those that may be of the story's event are of another. */
static bool note_apart(struct db *db, const struct subject *s, struct neighbour *v, size_t n, struct err *err)
{
	struct event_row event;
	bool joined;

	if (!event_load(db, s->row.event, &event, &joined, err))
		return false;
	for (size_t i = 0; joined && i < n; i++)
		if (!v[i].pair.together && v[i].pair.score >= rank_line(0, false) &&
		    !event_load(db, v[i].row.event, &event, &v[i].pair.apart, err))
			return false;
	return true;
}

static void note_best(struct neighbour *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		v[i].pair.best = v[0].pair.score;
}

bool neighbours_judge(struct db *db, struct subject *s, const struct search_hit *hits, size_t n_hits,
    bool copies, struct arena *a, struct neighbour **out, size_t *n, struct err *err)
{
	if (!look_at(db, s, hits, n_hits, copies, a, out, n, err))
		return false;
	note_best(*out, *n);
	return true;
}

bool neighbours(struct db *db, const struct index_view *view, struct subject *s,
    const struct neighbour_spec *spec, struct arena *a, struct neighbour **out, size_t *n, struct err *err)
{
	int64_t hour = hour_of(s->row.published);
	struct search_spec search = {.terms = s->terms,
	    .self = s->row.id,
	    .hour = hour,
	    .from_hour = hour - spec->from_days * DAY_HOURS,
	    .to_hour = hour + spec->to_days * DAY_HOURS,
	    .max_terms = spec->max_terms,
	    .keep = spec->keep,
	    .least = spec->least};
	struct search_hit *hits;
	size_t n_hits;

	if (!view_search(db, view, &search, a, &hits, &n_hits, err) ||
	    !look_at(db, s, hits, n_hits, spec->copies, a, out, n, err))
		return false;
	if (spec->echo && !add_echo(db, view, &search, a, *out, *n, err))
		return false;
	if (!note_apart(db, s, *out, *n, err))
		return false;
	note_best(*out, *n);
	return true;
}
