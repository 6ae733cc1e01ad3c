/* SPDX-License-Identifier: MIT */
/* The index as bytes: whatever happened on the way, it is that of a rebuild; events do not go by what came
 * first. */
#include "many.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "related/find.h"
#include "related/index.h"

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

	assert_true(many_index(w->db, 64));
	sum = digest(w, &stories);
	assert_int_equal(stories, MANY);
	assert_int_equal(world_sql(w, "SELECT count(*) FROM segment WHERE state<>0"), 0);
	assert_int_equal(
	    world_sql(w, "SELECT count(*) FROM posting WHERE id>>32 NOT IN(SELECT id FROM segment)"), 0);
	world_ok(w, index_rebuild(w->db, &w->err));
	assert_true(many_index(w->db, 1000));
	assert_true(digest(w, &again) == sum);
	assert_int_equal(again, MANY);
}

static void test_batches(void **state)
{
	static const size_t batches[] = {1, 7, 64};
	struct world w;

	(void)state;
	many_fill(&w);
	for (size_t i = 0; i < ARRAY_LEN(batches); i++) {
		world_ok(&w, index_rebuild(w.db, &w.err));
		assert_true(many_index(w.db, batches[i]));
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
	many_fill(&w);
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
		bool ok = db && many_index(db, batch);

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
	many_fill(&w);
	for (int i = 0; i < 40; i++) {
		pid_t child;

		clock_fix(NOW + i * 1000);
		child = indexer(&w, 4);
		usleep(500 + many_roll(4000));
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
	many_fill(&w);
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
	many_fill(&w);
	assert_true(many_index(w.db, 64));
	sum = digest(&w, &stories);
	world_ok(&w, db_meta_set_i64(w.db, "related.version", 1, &w.err));
	world_ok(&w, view_list(w.db, w.arena, &view, &w.err));
	assert_int_equal(view.n, 0);
	world_sql(&w, "UPDATE segment SET norms=NULL");
	assert_true(many_index(w.db, 64));
	assert_true(digest(&w, &stories) == sum);
	assert_int_equal(stories, MANY);
	world_ok(&w, view_list(w.db, w.arena, &view, &w.err));
	assert_true(view.n > 0);
	world_close(&w);
}

#define REPORTS 200 /* of 50 events, near the line of one */

static const char *report(struct world *w, unsigned i, int n)
{
	struct buf b = BUF_MAX(10000);
	const char *out;

	buf_printf(&b, "%u", 1000 + i);
	for (int k = 0; k < n; k++)
		buf_printf(&b, many_roll(2) ? " w%ux" : " x%ux%u", many_roll(many_roll(600) + 1), i / 4);
	for (int k = 0; k < n / 3; k++)
		buf_printf(&b, " e%ux%u", many_roll(8), i / 4);
	out = arena_str(w->arena, buf_str(&b)).p;
	buf_release(&b);
	return out;
}

/* Which stories are of one event, after they came first to last or the other way round, in one refresh. */
static int64_t events_of(bool turned)
{
	struct world w;
	int64_t digest;

	many_seed(11);
	world_open(&w);
	world_sources(&w, 4);
	struct {
		const char *title, *text;
		int64_t published;
	} all[REPORTS];
	for (unsigned i = 0; i < REPORTS; i++) {
		all[i].title = report(&w, i, 6);
		all[i].text = report(&w, i, 40);
		all[i].published = NOW - (int64_t)many_roll(4 * 86400);
	}
	for (unsigned k = 0; k < REPORTS; k++) {
		unsigned i = turned ? REPORTS - 1 - k : k;
		struct item *it =
		    world_item(&w, arena_printf(w.arena, "r%u", i), all[i].title, all[i].published);

		it->content_text = str_c(all[i].text);
		world_put(&w, i % 4);
	}
	assert_true(many_index(w.db, 256));
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
	    cmocka_unit_test(test_arrival),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
