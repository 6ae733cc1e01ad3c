/* SPDX-License-Identifier: MIT */
/* Stories counted by a query. */
#include "world.h"

#include "store/count_db.h"
#include "store/search.h"

static void test_counts(void **state)
{
	static const struct {
		const char *query;
		uint64_t n;
	} rows[] = {
	    {"", 6},
	    {"is:unread", 4},
	    {"section:A", 4},
	    {"section:A is:unread", 2},
	    {"source:s1", 2},
	    {"-is:unread section:A", 2},
	    {"is:starred", 1},
	    {"is:starred OR is:read", 3},
	    {"author:park", 1},
	    {"tag:later", 1},
	    {"-tag:later is:unread", 3},
	    {"is:hidden", 1},
	    {"after:2025-06-15T15:06:35Z", 1},
	    {"url:example.org/0-1", 1},
	    {"title:story", 6},
	    {"title:~\"^Story 1\"", 2},
	    {"lang:de", 0},
	};
	struct world w;
	struct person author = {.name = STR("Ann Park")};
	struct mark_op tag = {.kind = MARK_TAG, .tag = STR("later"), .on = true, .at_ms = 1};
	struct story_id id;
	size_t starred, later;

	(void)state;
	world_open(&w);
	world_sources(&w, 2);
	for (size_t i = 0; i < 5; i++) {
		struct item *it = world_item(&w, arena_printf(w.arena, "0-%zu", i),
		    arena_printf(w.arena, "Story %zu", i), NOW - (int64_t)i * 10);

		if (i == 2) {
			it->authors = &author;
			it->n_authors = 1;
		}
	}
	world_put(&w, 0);
	world_item(&w, "x", "Story 1 too", NOW - 100);
	world_item(&w, "y", "Story", NOW - 200);
	world_put(&w, 1);
	world_mark(&w, MARK_HIDDEN, world_story(&w, "Story 4").v, true);
	world_mark(&w, MARK_READ, world_story(&w, "Story 0").v, true);
	world_mark(&w, MARK_READ, world_story(&w, "Story 1").v, true);
	world_mark(&w, MARK_STAR, world_story(&w, "Story 3").v, true);
	id = world_story(&w, "Story 2");
	world_ok(&w, marks_set(w.db, &tag, &id, 1, NULL, NULL, NULL, &w.err));
	world_ok(&w, fts_step(w.db, &(struct fts_spec){.max = 1000}, &starred, &later, &w.err));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		uint64_t n = 0;
		struct query *q = world_query(&w, rows[i].query);

		world_ok(&w, count_query(w.db, q, &n, &w.err));
		if (n != rows[i].n)
			fail_msg("%s: %d, not %d", rows[i].query, (int)n, (int)rows[i].n);
		query_release(q);
	}
	world_ok(&w, count_starred(w.db, &starred, &later, &w.err));
	assert_int_equal(starred, 1);
	assert_int_equal(later, 0);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_counts)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
