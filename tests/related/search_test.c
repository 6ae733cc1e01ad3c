/* SPDX-License-Identifier: MIT */
/* A search of the index finds what plain scoring finds; a sweep, what each search finds alone. */
#include "many.h"

#include <math.h>
#include <stdlib.h>

#include "related/find.h"
#include "related/index.h"
#include "related/sweep.h"

#define WAITING 40 /* the oldest, in the test of searching */
#define INDEXED (MANY - WAITING)

/* Some of it merged, some in small segments, the rest waits. */
static void index_some(struct world *w)
{
	for (int i = 0; i < INDEXED / 40; i++)
		world_ok(w, index_step(w->db, 40, &(struct index_progress){0}, &w->err));
}

/* All stories, by id - 1. */
static struct subject *subjects(struct world *w)
{
	struct subject *all = arena_array(w->arena, MANY, sizeof *all);

	for (int64_t i = 0; i < MANY; i++)
		world_ok(w, subject_load(w->db, i + 1, w->arena, &all[i], &w->err));
	return all;
}

/* The best twelve of all times. */
static struct search_spec all_near(const struct subject *s, uint64_t common_max)
{
	int64_t hour = hour_of(s->row.published);

	return (struct search_spec){.terms = s->terms,
	    .self = s->row.id,
	    .hour = hour,
	    .from_hour = hour - 10000,
	    .to_hour = hour + 10000,
	    .max_terms = 1000,
	    .keep = 12,
	    .common_max = common_max};
}

static double norm_of(struct world *w, const struct index_view *v, int64_t story)
{
	struct buf norms = BUF_MAX((size_t)1 << 20);
	struct norms known;
	double out = 0;

	for (size_t i = 0; i < v->n && out <= 0; i++) {
		world_ok(w, segment_norms(w->db, v->segments[i].id, &norms, &w->err));
		known = norms_open(buf_str(&norms));
		for (size_t k = 0; k < known.n; k++)
			if (v->segments[i].first + norms_at(&known, k).story == story)
				out = (double)norms_at(&known, k).norm;
	}
	buf_release(&norms);
	assert_true(out > 0);
	return out;
}

static uint8_t weight_in(const struct terms *t, uint32_t hash)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].hash == hash)
			return t->v[i].weight;
	return 0;
}

static double plain_cosine(
    struct world *w, const struct index_view *v, const struct subject *all, size_t q, size_t d)
{
	double sum = 0, square = 0;

	for (size_t i = 0; i < all[q].terms.n; i++) {
		uint32_t hash = all[q].terms.v[i].hash;
		double u = all[q].terms.v[i].weight / 16.0, guess = idf_guess(&v->table, hash), idf;
		uint64_t df = 0;

		for (size_t k = WAITING; k < MANY; k++)
			df += weight_in(&all[k].terms, hash) > 0;
		idf = idf_of(INDEXED, df);
		square += u * guess * u * guess;
		if (guess > 0)
			sum += u * weight_in(&all[d].terms, hash) / 16.0 * idf * idf;
	}
	return sum / (sqrt(square) * norm_of(w, v, all[d].row.id));
}

/* What was found for one story, as it is near another. */
static void score_as_plain(struct world *w, const struct index_view *view, const struct subject *all,
    const struct search_spec *first, const struct search_hit *hits, size_t n)
{
	size_t other = WAITING + many_roll(INDEXED);
	struct search_spec spec = *first;
	double *scores = arena_array(w->arena, n, sizeof *scores);

	spec.terms = all[other].terms;
	spec.hour = hour_of(all[other].row.published);
	world_ok(w, view_score(w->db, view, &spec, hits, n, scores, w->arena, &w->err));
	for (size_t i = 0; i < n; i++) {
		double plain = plain_cosine(w, view, all, other, (size_t)hits[i].story - 1);

		assert_true(fabs(plain * time_factor(hits[i].hour - spec.hour) - scores[i]) < 1e-4);
	}
}

static void test_search(void **state)
{
	struct world w;
	struct subject *all;
	struct index_view view;

	(void)state;
	many_fill(&w);
	index_some(&w);
	all = subjects(&w);
	world_ok(&w, view_load(w.db, w.arena, &view, &w.err));
	assert_int_equal(view.table.stories, INDEXED);
	assert_true(view.n > 1);
	for (int i = 0; i < 20; i++) {
		size_t q = WAITING + many_roll(INDEXED), n;
		struct search_spec spec = all_near(&all[q], 0);
		struct search_hit *hits;

		world_ok(&w, view_search(w.db, &view, &spec, w.arena, &hits, &n, &w.err));
		assert_int_equal(n, 12);
		for (size_t k = 0; k < n; k++) {
			size_t d = (size_t)hits[k].story - 1;
			double cosine = plain_cosine(&w, &view, all, q, d);

			assert_true(fabs(cosine - hits[k].cosine) < 1e-4);
			assert_true(k == 0 || hits[k - 1].score >= hits[k].score);
		}
		score_as_plain(&w, &view, all, &spec, hits, n);
		for (int k = 0; k < 20; k++) { /* what was not found is not nearer than the last */
			size_t d = WAITING + many_roll(INDEXED);
			double score = plain_cosine(&w, &view, all, q, d) *
			               time_factor(hour_of(all[d].row.published) - spec.hour);
			bool listed = d == q;

			for (size_t m = 0; m < n; m++)
				listed = listed || hits[m].story == all[d].row.id;
			assert_true(listed || score <= hits[n - 1].score + 1e-4);
		}
	}
	view_release(&view);
	world_close(&w);
}

/* Without the most common terms: nothing scores more than it would with them, and what is rare still counts.
 */
static void test_left_out(void **state)
{
	struct world w;
	struct subject *all;
	struct index_view view;
	int less = 0;

	(void)state;
	many_fill(&w);
	index_some(&w);
	all = subjects(&w);
	world_ok(&w, view_load(w.db, w.arena, &view, &w.err));
	for (size_t q = WAITING; q < WAITING + 20; q++) {
		struct search_spec spec = all_near(&all[q], 300);
		struct search_hit *hits;
		size_t n;

		world_ok(&w, view_search(w.db, &view, &spec, w.arena, &hits, &n, &w.err));
		assert_int_equal(n, 12);
		for (size_t k = 0; k < n; k++) {
			double cosine = plain_cosine(&w, &view, all, q, (size_t)hits[k].story - 1);

			assert_true(hits[k].cosine > 0 && hits[k].cosine < cosine + 1e-4);
			less += hits[k].cosine < cosine - 1e-3;
		}
	}
	assert_true(less > 0);
	view_release(&view);
	world_close(&w);
}

/* Many stories at once find what each finds alone. */
static void test_sweep(void **state)
{
	static const struct sweep_spec wide = {.hours = 10000, .keep = 12};
	struct world w;
	struct index_view view;
	struct sweep_query *queries;
	bool fits;

	(void)state;
	many_fill(&w);
	index_some(&w);
	world_ok(&w, view_load(w.db, w.arena, &view, &w.err));
	assert_true(view.n > 1);
	queries = arena_array(w.arena, MANY, sizeof *queries);
	for (int64_t i = 0; i < MANY; i++) {
		struct subject s;

		world_ok(&w, subject_load(w.db, i + 1, w.arena, &s, &w.err));
		queries[i] = (struct sweep_query){.story = i + 1,
		    .hour = hour_of(s.row.published),
		    .vector = vector_of(w.arena, &s.terms, &view.table, 24)};
	}
	world_ok(&w, sweep(w.db, &view, &wide, queries, MANY, w.arena, &fits, &w.err));
	assert_true(fits);
	for (int64_t i = 0; i < MANY; i++) {
		struct subject s;
		struct search_hit *hits;
		size_t n;

		world_ok(&w, subject_load(w.db, i + 1, w.arena, &s, &w.err));
		struct search_spec spec = {.terms = s.terms,
		    .self = i + 1,
		    .hour = queries[i].hour,
		    .from_hour = queries[i].hour - wide.hours,
		    .to_hour = queries[i].hour + wide.hours,
		    .max_terms = 24,
		    .keep = wide.keep};
		world_ok(&w, view_search(w.db, &view, &spec, w.arena, &hits, &n, &w.err));
		assert_int_equal(queries[i].n, n);
		for (size_t k = 0; k < n; k++) {
			assert_true(fabs(queries[i].hits[k].score - hits[k].score) < 1e-5);
			assert_int_equal(queries[i].hits[k].shared, hits[k].shared);
		}
	}
	view_release(&view);
	world_close(&w);
}

/* Nothing beyond the hours is found, and of a single story all is. */
static void test_sweep_window(void **state)
{
	static const struct sweep_spec narrow = {.hours = 48, .keep = MANY};
	struct world w;
	struct index_view view;
	struct subject s;
	struct sweep_query q;
	size_t near = 0;
	bool fits;

	(void)state;
	many_fill(&w);
	assert_true(many_index(w.db, 64));
	world_ok(&w, view_load(w.db, w.arena, &view, &w.err));
	world_ok(&w, subject_load(w.db, 100, w.arena, &s, &w.err));
	q = (struct sweep_query){.story = 100,
	    .hour = hour_of(s.row.published),
	    .vector = vector_of(w.arena, &s.terms, &view.table, 24)};
	world_ok(&w, sweep(w.db, &view, &narrow, &q, 1, w.arena, &fits, &w.err));
	for (int64_t i = 1; i <= MANY; i++) {
		struct index_story row;
		bool found;

		world_ok(&w, index_story(w.db, i, &row, &found, &w.err));
		near += i != 100 && llabs(hour_of(row.published) - q.hour) <= narrow.hours;
	}
	assert_true(fits && q.n > 0 && q.n <= near && near < MANY);
	for (size_t k = 0; k < q.n; k++)
		assert_true(q.hits[k].story != 100 && llabs(q.hits[k].hour - q.hour) <= narrow.hours);
	view_release(&view);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_search),
	    cmocka_unit_test(test_left_out),
	    cmocka_unit_test(test_sweep),
	    cmocka_unit_test(test_sweep_window),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
