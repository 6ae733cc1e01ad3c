/* SPDX-License-Identifier: MIT */
/* The index as bytes: whatever happened on the way, it is that of a rebuild; a search finds what plain
 * scoring finds. */
#include "world.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "related/find.h"
#include "related/index.h"
#include "related/sweep.h"

#define STORIES    360
#define VOCABULARY 700
#define WAITING    40 /* the oldest, in the test of searching */
#define INDEXED    (STORIES - WAITING)

static uint64_t seed = 7;

static unsigned roll(unsigned below)
{
	seed = hash_mix(seed + 1);
	return (unsigned)(seed % below);
}

/* Words by a steep distribution, as in any language. */
static struct str words(struct world *w, int n)
{
	struct buf b = BUF_MAX(10000);
	struct str out;

	for (int i = 0; i < n; i++)
		buf_printf(&b, "w%ux ", roll(roll(roll(VOCABULARY) + 1) + 1));
	out = arena_str(w->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void fill(struct world *w)
{
	world_open(w);
	world_sources(w, 4);
	for (unsigned i = 0; i < STORIES; i++) {
		struct item *it = world_item(
		    w, arena_printf(w->arena, "i%u", i), words(w, 6).p, NOW - (int64_t)roll(20 * 86400));

		it->content_text = words(w, 40);
		if (i % 20 == 19)
			world_put(w, i / 20 % 4);
	}
}

static bool index_all(struct db *db, size_t batch)
{
	struct index_progress p;
	struct err err = {0};
	int steps = 0;

	do {
		if (!index_step(db, batch, &p, &err) || ++steps > 5000)
			return false;
	} while (p.left);
	return true;
}

/* Of all postings (term, story, weight) of the live segments, in no order; *stories: how many there are. */
static uint64_t digest(struct world *w, uint64_t *stories)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct segment_row *rows;
	struct buf chunk = BUF_MAX((size_t)4 << 20), norms = BUF_MAX((size_t)1 << 20);
	uint64_t sum = 0;
	size_t n;

	*stories = 0;
	world_ok(w, segment_list(w->db, SEGMENT_LIVE, a, &rows, &n, &w->err));
	for (size_t i = 0; i < n; i++) {
		struct norms known;
		uint64_t from = 0;
		uint32_t first;
		bool found;

		*stories += (uint64_t)rows[i].n;
		world_ok(w, segment_norms(w->db, rows[i].id, &norms, &w->err));
		known = norms_open(buf_str(&norms));
		assert_int_equal(known.n, rows[i].n);
		for (;; from = (uint64_t)first + 1) {
			struct chunk_entry e;

			world_ok(w, chunk_from(w->db, rows[i].id, from, &chunk, &first, &found, &w->err));
			if (!found)
				break;
			for (size_t k = 0; chunk_entry(buf_str(&chunk), k, &e); k++) {
				const uint8_t *p = (const uint8_t *)e.postings.p, *end = p + e.postings.len;
				uint32_t at = UINT32_MAX, count = 0;
				uint8_t weight;

				for (; posting_next(&p, end, &at, &weight); count++) {
					uint64_t id = (uint64_t)rows[i].first + norms_at(&known, at).story;

					sum += hash_mix(hash_mix((uint64_t)e.term << 8 | weight) + id);
				}
				assert_int_equal(count, e.n);
			}
		}
	}
	buf_release(&chunk);
	buf_release(&norms);
	return sum;
}

static void same_as_rebuild(struct world *w)
{
	uint64_t stories, again, sum;

	assert_true(index_all(w->db, 64));
	sum = digest(w, &stories);
	assert_int_equal(stories, STORIES);
	assert_int_equal(world_sql(w, "SELECT count(*) FROM segment WHERE state<>0"), 0);
	assert_int_equal(
	    world_sql(w, "SELECT count(*) FROM posting WHERE id>>32 NOT IN(SELECT id FROM segment)"), 0);
	world_ok(w, index_rebuild(w->db, &w->err));
	assert_true(index_all(w->db, 1000));
	assert_true(digest(w, &again) == sum);
	assert_int_equal(again, STORIES);
}

static void test_batches(void **state)
{
	static const size_t batches[] = {1, 7, 64};
	struct world w;

	(void)state;
	fill(&w);
	for (size_t i = 0; i < ARRAY_LEN(batches); i++) {
		world_ok(&w, index_rebuild(w.db, &w.err));
		assert_true(index_all(w.db, batches[i]));
		same_as_rebuild(&w);
	}
	world_close(&w);
}

/* Segments that were merged go as fast as they come. */
static void test_cleaned(void **state)
{
	struct world w;
	struct index_progress p = {.left = 1};

	(void)state;
	fill(&w);
	while (p.left) {
		world_ok(&w, index_step(w.db, 2, &p, &w.err));
		assert_in_range(world_sql(&w, "SELECT count(*) FROM segment WHERE state<>0"), 0, 4);
	}
	same_as_rebuild(&w);
	world_close(&w);
}

static pid_t indexer(struct world *w, size_t batch)
{
	pid_t child = fork();

	if (child == 0) {
		struct err err = {0};
		struct db *db = db_open(w->path, DB_WRITE, &err);
		bool ok = db && index_all(db, batch);

		db_close(db);
		_exit(ok ? 0 : 1);
	}
	return child;
}

/* Killed at random moments, most of them inside a merge; the next one takes over when the lease is over. */
static void test_killed(void **state)
{
	struct world w;
	int status, killed = 0;

	(void)state;
	fill(&w);
	for (int i = 0; i < 40; i++) {
		pid_t child;

		clock_fix(NOW + i * 1000);
		child = indexer(&w, 4);
		usleep(500 + roll(4000));
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		killed += WIFSIGNALED(status);
	}
	assert_true(killed > 5);
	clock_fix(NOW + 100000);
	same_as_rebuild(&w);
	clock_fix(TIME_NONE);
	world_close(&w);
}

static void test_two(void **state)
{
	struct world w;
	pid_t children[2];

	(void)state;
	fill(&w);
	for (int i = 0; i < 2; i++)
		children[i] = indexer(&w, 5);
	for (int i = 0; i < 2; i++) {
		int status;

		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	same_as_rebuild(&w);
	world_close(&w);
}

/* What another version stored is not read, and made anew by the next step. */
static void test_other_version(void **state)
{
	struct world w;
	struct index_view view;
	uint64_t stories, sum;

	(void)state;
	fill(&w);
	assert_true(index_all(w.db, 64));
	sum = digest(&w, &stories);
	world_ok(&w, db_meta_set_i64(w.db, "related.version", 1, &w.err));
	world_ok(&w, view_list(w.db, w.arena, &view, &w.err));
	assert_int_equal(view.n, 0);
	world_sql(&w, "UPDATE segment SET norms=NULL");
	assert_true(index_all(w.db, 64));
	assert_true(digest(&w, &stories) == sum);
	assert_int_equal(stories, STORIES);
	world_ok(&w, view_list(w.db, w.arena, &view, &w.err));
	assert_true(view.n > 0);
	world_close(&w);
}

/* ---- searching ---- */

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

		for (size_t k = WAITING; k < STORIES; k++)
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
	size_t other = WAITING + roll(INDEXED);
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
	fill(&w);
	for (int i = 0; i < INDEXED / 40; i++) /* some of it merged, some in small segments, the rest waits */
		world_ok(&w, index_step(w.db, 40, &(struct index_progress){0}, &w.err));
	all = arena_array(w.arena, STORIES, sizeof *all);
	for (int64_t i = 0; i < STORIES; i++)
		world_ok(&w, subject_load(w.db, i + 1, w.arena, &all[i], &w.err));
	world_ok(&w, view_load(w.db, w.arena, &view, &w.err));
	assert_int_equal(view.table.stories, INDEXED);
	assert_true(view.n > 1);
	for (int i = 0; i < 20; i++) {
		size_t q = WAITING + roll(INDEXED), n;
		int64_t hour = hour_of(all[q].row.published);
		struct search_spec spec = {.terms = all[q].terms,
		    .self = all[q].row.id,
		    .hour = hour,
		    .from_hour = hour - 10000,
		    .to_hour = hour + 10000,
		    .max_terms = 1000,
		    .keep = 12};
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
			size_t d = WAITING + roll(INDEXED);
			double score = plain_cosine(&w, &view, all, q, d) *
			               time_factor(hour_of(all[d].row.published) - hour);
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
	fill(&w);
	for (int i = 0; i < INDEXED / 40; i++)
		world_ok(&w, index_step(w.db, 40, &(struct index_progress){0}, &w.err));
	all = arena_array(w.arena, STORIES, sizeof *all);
	for (int64_t i = 0; i < STORIES; i++)
		world_ok(&w, subject_load(w.db, i + 1, w.arena, &all[i], &w.err));
	world_ok(&w, view_load(w.db, w.arena, &view, &w.err));
	for (size_t q = WAITING; q < WAITING + 20; q++) {
		int64_t hour = hour_of(all[q].row.published);
		struct search_spec spec = {.terms = all[q].terms,
		    .self = all[q].row.id,
		    .hour = hour,
		    .from_hour = hour - 10000,
		    .to_hour = hour + 10000,
		    .max_terms = 1000,
		    .keep = 12,
		    .common_max = 300};
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
	fill(&w);
	for (int i = 0; i < INDEXED / 40; i++)
		world_ok(&w, index_step(w.db, 40, &(struct index_progress){0}, &w.err));
	world_ok(&w, view_load(w.db, w.arena, &view, &w.err));
	assert_true(view.n > 1);
	queries = arena_array(w.arena, STORIES, sizeof *queries);
	for (int64_t i = 0; i < STORIES; i++) {
		struct subject s;

		world_ok(&w, subject_load(w.db, i + 1, w.arena, &s, &w.err));
		queries[i] = (struct sweep_query){.story = i + 1,
		    .hour = hour_of(s.row.published),
		    .vector = vector_of(w.arena, &s.terms, &view.table, 24)};
	}
	world_ok(&w, sweep(w.db, &view, &wide, queries, STORIES, w.arena, &fits, &w.err));
	assert_true(fits);
	for (int64_t i = 0; i < STORIES; i++) {
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
	static const struct sweep_spec narrow = {.hours = 48, .keep = STORIES};
	struct world w;
	struct index_view view;
	struct subject s;
	struct sweep_query q;
	size_t near = 0;
	bool fits;

	(void)state;
	fill(&w);
	assert_true(index_all(w.db, 64));
	world_ok(&w, view_load(w.db, w.arena, &view, &w.err));
	world_ok(&w, subject_load(w.db, 100, w.arena, &s, &w.err));
	q = (struct sweep_query){.story = 100,
	    .hour = hour_of(s.row.published),
	    .vector = vector_of(w.arena, &s.terms, &view.table, 24)};
	world_ok(&w, sweep(w.db, &view, &narrow, &q, 1, w.arena, &fits, &w.err));
	for (int64_t i = 1; i <= STORIES; i++) {
		struct index_story row;
		bool found;

		world_ok(&w, index_story(w.db, i, &row, &found, &w.err));
		near += i != 100 && llabs(hour_of(row.published) - q.hour) <= narrow.hours;
	}
	assert_true(fits && q.n > 0 && q.n <= near && near < STORIES);
	for (size_t k = 0; k < q.n; k++)
		assert_true(q.hits[k].story != 100 && llabs(q.hits[k].hour - q.hour) <= narrow.hours);
	view_release(&view);
	world_close(&w);
}

#define REPORTS 200 /* of 50 events, near the line of one */

static const char *report(struct world *w, unsigned i, int n)
{
	struct buf b = BUF_MAX(10000);
	const char *out;

	buf_printf(&b, "%u", 1000 + i);
	for (int k = 0; k < n; k++)
		buf_printf(&b, roll(2) ? " w%ux" : " x%ux%u", roll(roll(600) + 1), i / 4);
	for (int k = 0; k < n / 3; k++)
		buf_printf(&b, " e%ux%u", roll(8), i / 4);
	out = arena_str(w->arena, buf_str(&b)).p;
	buf_release(&b);
	return out;
}

/* Which stories are of one event, after they came first to last or the other way round, in one refresh. */
static int64_t events_of(bool turned)
{
	struct world w;
	int64_t digest;

	seed = 11;
	world_open(&w);
	world_sources(&w, 4);
	struct {
		const char *title, *text;
		int64_t published;
	} all[REPORTS];
	for (unsigned i = 0; i < REPORTS; i++) {
		all[i].title = report(&w, i, 6);
		all[i].text = report(&w, i, 40);
		all[i].published = NOW - (int64_t)roll(4 * 86400);
	}
	for (unsigned k = 0; k < REPORTS; k++) {
		unsigned i = turned ? REPORTS - 1 - k : k;
		struct item *it =
		    world_item(&w, arena_printf(w.arena, "r%u", i), all[i].title, all[i].published);

		it->content_text = str_c(all[i].text);
		world_put(&w, i % 4);
	}
	assert_true(index_all(w.db, 256));
	assert_true(world_sql(&w, "SELECT count(*) FROM story WHERE event<>id") > REPORTS / 10);
	digest = world_sql(&w, "SELECT sum((CAST(a.title AS INT)*7919+CAST(b.title AS INT)*104729)%1000003)"
	                       " FROM story a JOIN story b ON a.event=b.event AND a.id<>b.id");
	world_close(&w);
	return digest;
}

static void test_arrival(void **state)
{
	(void)state;
	assert_int_equal(events_of(false), events_of(true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_batches),
	    cmocka_unit_test(test_cleaned),
	    cmocka_unit_test(test_killed),
	    cmocka_unit_test(test_two),
	    cmocka_unit_test(test_other_version),
	    cmocka_unit_test(test_search),
	    cmocka_unit_test(test_left_out),
	    cmocka_unit_test(test_sweep),
	    cmocka_unit_test(test_sweep_window),
	    cmocka_unit_test(test_arrival),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
