/* SPDX-License-Identifier: MIT */
/* Owns the answer to "why is this related?": the words that two stories share. */
#include <stdlib.h>

#include "related/find.h"
#include "text/word.h"

#define WORDS_MAX 64

struct reason {
	uint32_t hash;
	double weight;
	struct str word; /* as the story writes it */
};
struct reasons {
	struct reason v[WORDS_MAX]; /* weightiest first */
	size_t n, max;
	struct str text; /* that is being walked */
};

static void offer(struct reasons *r, uint32_t hash, double weight)
{
	size_t at = r->n;

	if (r->n == r->max) {
		if (!r->n || weight <= r->v[r->n - 1].weight)
			return;
		at--;
	} else {
		r->n++;
	}
	for (; at > 0 && r->v[at - 1].weight < weight; at--)
		r->v[at] = r->v[at - 1];
	r->v[at] = (struct reason){hash, weight, STR_NONE};
}

static void share(
    struct reasons *r, const struct index_view *view, const struct terms *x, const struct terms *y)
{
	for (size_t i = 0, k = 0; i < x->n && k < y->n;) {
		if (x->v[i].hash < y->v[k].hash) {
			i++;
		} else if (x->v[i].hash > y->v[k].hash) {
			k++;
		} else {
			double idf = idf_guess(&view->table, x->v[i].hash);

			if (idf > 0)
				offer(r, x->v[i].hash, x->v[i].weight * y->v[k].weight * idf * idf);
			i++;
			k++;
		}
	}
}

static bool spell(void *arg, const struct word *w)
{
	struct reasons *r = arg;
	uint32_t hash = term_hash(w->text);

	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].hash == hash && !r->v[i].word.p)
			r->v[i].word = str_sub(r->text, w->start, w->end - w->start);
	return true;
}

static void spell_all(struct reasons *r, const struct subject *s)
{
	struct str texts[] = {s->title, s->dek, s->body};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		r->text = texts[i];
		if (texts[i].len)
			word_terms(texts[i], spell, r);
	}
}

static void give(const struct reasons *r, struct arena *a, struct related_why *out)
{
	out->words = arena_array(a, r->n + 1, sizeof *out->words);
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].word.p)
			out->words[out->n++] = arena_str(a, r->v[i].word);
}

static bool explain(struct db *db, const struct subject *x, const struct subject *y, size_t limit,
    struct arena *a, struct related_why *out, struct err *err)
{
	struct reasons r = {.max = limit < WORDS_MAX ? limit : WORDS_MAX};
	struct index_view view;
	struct shingles mine, theirs;

	if (!view_load(db, a, &view, err))
		return false;
	share(&r, &view, &x->terms, &y->terms);
	view_release(&view);
	spell_all(&r, x);
	give(&r, a, out);
	mine = shingles_of(a, x->title, x->body.len ? x->body : x->dek);
	theirs = shingles_of(a, y->title, y->body.len ? y->body : y->dek);
	out->near_copy = x->row.source != y->row.source && near_copy(&mine, &theirs);
	out->hours = (y->row.published - x->row.published) / 3600;
	return true;
}

bool related_why(struct db *db, struct story_id story, struct story_id other, size_t limit, struct arena *a,
    struct related_why *out, struct err *err)
{
	struct subject x, y;
	bool ok;

	*out = (struct related_why){0};
	if (!db_read_begin(db, err))
		return false;
	ok = subject_load(db, story.v, a, &x, err) && subject_load(db, other.v, a, &y, err) &&
	     explain(db, &x, &y, limit, a, out, err);
	db_read_end(db);
	return ok;
}
