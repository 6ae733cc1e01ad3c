/* SPDX-License-Identifier: MIT */
/* Full text: random queries against model/match, which tries each story alone; snippets, ranking, rebuilding.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/match.h"
#include "store/count_db.h"
#include "store/marks.h"
#include "store/search.h"
#include "store/sql.h"

#define STORIES 150
#define QUERIES 300

static unsigned seed = 3;

static unsigned dice(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static const char *const vocabulary[] = {"election", "elections", "elected", "electric", "elect", "city",
    "cities", "happy", "happily", "happiness", "the", "house", "housing", "running", "run", "ran", "Zürich",
    "zurich", "2026", "COVID19", "river", "rivers", "news", "new", "ministry", "minister", "ministerial",
    "flies", "flying", "fly", "Häuser", "Haus", "gegangen", "東京都", "京都", "大阪", "Москва", "москвы",
    "élection", "naïve"};

static const char *word(void)
{
	return vocabulary[dice(ARRAY_LEN(vocabulary))];
}

static struct str words(struct world *w, unsigned n)
{
	struct buf b = BUF_INIT;
	struct str out;

	while (n--)
		buf_printf(&b, "%s%s", word(), n % 5 == 4 ? ". " : n ? " " : "");
	out = arena_str(w->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void build(struct world *w, bool index)
{
	static const struct str langs[] = {{"en", 2}, {"de", 2}, {"ru", 2}, {"ja", 2}, {"pl", 2}};
	size_t done, left;

	world_open(w);
	world_sources(w, 2);
	for (unsigned i = 0; i < STORIES; i++) {
		struct item *it = world_item(w, arena_printf(w->arena, "%u", i), "", NOW - dice(100000));

		it->title = words(w, 2 + dice(4));
		it->summary = dice(3) ? words(w, dice(6)) : STR_NONE;
		if (dice(3))
			it->content_text = words(w, dice(40));
		it->language = langs[dice(ARRAY_LEN(langs))];
	}
	world_put(w, 0);
	for (int64_t id = 1; id <= STORIES; id += 1 + (int64_t)dice(3)) {
		struct mark_op op = {
		    .kind = dice(3) ? MARK_READ : MARK_STAR, .on = true, .at_ms = NOW * INT64_C(1000)};
		struct story_id story = {id};

		world_ok(w, marks_set(w->db, &op, &story, 1, NULL, NULL, NULL, &w->err));
	}
	if (index)
		do {
			world_ok(w, fts_step(w->db, &(struct fts_spec){.max = 100}, &done, &left, &w->err));
		} while (left);
}

static void add_term(struct buf *q)
{
	static const char *const others[] = {
	    "is:unread", "is:starred", "lang:de", "source:s0", "title:~\"e.*s\"", "after:1d", "url:/1"};
	const char *w = word();
	size_t len = strlen(w);
	bool ascii = true;

	for (size_t i = 0; i < len; i++)
		ascii &= (unsigned char)w[i] < 0x80;
	switch (dice(9)) {
	case 0:
		buf_printf(q, "%.*s*", (int)(len > 3 && ascii ? 3 + dice((unsigned)len - 2) : len), w);
		break;
	case 1:
		buf_printf(q, "\"%s %s\"", w, word());
		break;
	case 2:
		buf_printf(q, "title:%s", w);
		break;
	case 3:
		buf_adds(q, others[dice(ARRAY_LEN(others))]);
		break;
	default:
		buf_adds(q, w);
		break;
	}
}

static void add_query(struct buf *q, int depth)
{
	unsigned n = 1 + dice(3);

	for (unsigned i = 0; i < n; i++) {
		if (i)
			buf_adds(q, dice(3) ? " " : " OR ");
		if (dice(5) == 0)
			buf_addc(q, '-');
		if (depth < 3 && dice(4) == 0) {
			buf_addc(q, '(');
			add_query(q, depth + 1);
			buf_addc(q, ')');
		} else {
			add_term(q);
		}
	}
}

static bool matches(struct world *w, struct arena *a, const struct query *q, int64_t id)
{
	struct story story;
	struct story_words body;
	struct match_subject subject = {.story = &story};

	world_ok(w, story_load(w->db, (struct story_id){id}, a, &story, &w->err));
	world_ok(w, story_words(w->db, (struct story_id){id}, a, &body, &w->err));
	subject.body = body.body;
	return match_query(q, &subject);
}

static void check_query(struct world *w, const char *text)
{
	struct query *q = world_query(w, text);
	struct list_ids_spec spec = {.set = {.query = q}};
	struct story_id *ids;
	struct arena *a = arena_new();
	bool found[STORIES + 1] = {false};
	uint64_t counted;
	size_t n, expected = 0;

	world_ok(w, list_ids(w->db, &spec, a, &ids, &n, &w->err));
	for (size_t i = 0; i < n; i++)
		found[ids[i].v] = true;
	for (int64_t id = 1; id <= STORIES; id++) {
		bool match = matches(w, a, q, id);

		expected += match;
		if (match != found[id])
			fail_msg(
			    "%s: story %d %s", text, (int)id, match ? "is missing" : "should not be there");
	}
	world_ok(w, count_query(w->db, q, &counted, &w->err));
	if (counted != expected)
		fail_msg("%s: counted %d, not %zu", text, (int)counted, expected);
	query_release(q);
	arena_free(a);
}

static void test_as_match(void **state)
{
	struct world w;

	(void)state;
	for (int pass = 0; pass < 2; pass++) {
		build(&w, pass == 0); /* also while all still wait for the index */
		for (int i = 0; i < (pass ? QUERIES / 10 : QUERIES); i++) {
			struct buf q = BUF_INIT;

			add_query(&q, 0);
			check_query(&w, buf_cstr(&q));
			buf_release(&q);
		}
		world_close(&w);
	}
}

static struct snapshot *search(struct world *w, const char *text, enum list_order order)
{
	struct list_spec spec = {
	    .set = {.query = world_query(w, text)}, .order = order, .fold = true, .after = 50};
	struct snapshot *s = list_load(w->db, &spec, &w->err);

	world_ok(w, s);
	return s;
}

static void test_rank_and_snippet(void **state)
{
	struct world w;
	struct snapshot *s;
	size_t done, left;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	world_item(&w, "1", "Weather", NOW - 10)->language = STR("en");
	vec_last(&w.items).content_text = STR(
	    "A long introduction that says little about anything at all.\n\nThen the Comet appeared over the "
	    "hills, and comets were spoken of for days.");
	world_item(&w, "2", "Comet seen", NOW - 86400 * 3);
	world_item(&w, "3", "Evening", NOW - 5)->summary = STR("A comet.");
	world_put(&w, 0);
	world_ok(&w, fts_step(w.db, &(struct fts_spec){.max = 1000}, &done, &left, &w.err));
	assert_int_equal(done, 3);
	s = search(&w, "comet", LIST_RANKED);
	assert_int_equal(s->n_rows, 3);
	assert_true(str_eqc(s->rows[0].title, "Comet seen"));
	assert_true(str_eqc(s->rows[1].title, "Evening"));
	assert_true(str_eqc(s->rows[1].snippet, "A \x01"
	                                        "comet\x02."));
	assert_true(str_find(s->rows[2].snippet, STR("Then the \x01"
	                                             "Comet\x02 appeared")) >= 0);
	assert_true(str_find(s->rows[2].snippet, STR("\x01"
	                                             "comets\x02")) >= 0);
	assert_true(str_find(s->rows[2].snippet, STR("introduction")) < 0);
	assert_int_equal(s->rows[0].snippet.len, 0);
	assert_int_equal(s->rows[0].n_title_hits, 1);
	assert_int_equal(s->rows[0].title_hits[0].start, 0);
	assert_int_equal(s->rows[0].title_hits[0].end, 5);
	assert_int_equal(s->rows[1].n_title_hits, 0);
	snapshot_unref(s);
	s = search(
	    &w, "title:evening comet", LIST_NEWEST); /* a word of the title alone is not lit below it */
	assert_int_equal(s->n_rows, 1);
	assert_int_equal(s->rows[0].n_title_hits, 1);
	assert_true(str_find(s->rows[0].snippet, STR("\x01"
	                                             "comet")) >= 0);
	snapshot_unref(s);
	s = search(&w, "comet", LIST_NEWEST);
	assert_true(str_eqc(s->rows[0].title, "Evening"));
	snapshot_unref(s);
	s = search(&w, "com*", LIST_NEWEST);
	assert_int_equal(s->n_rows, 3);
	snapshot_unref(s);
	s = search(&w, "co*", LIST_NEWEST); /* short beginnings: titles only */
	assert_int_equal(s->n_rows, 1);
	snapshot_unref(s);
	world_close(&w);
}

/* A story whose text changes is found by its new words and no more by the old ones. */
static void test_changes(void **state)
{
	struct world w;
	struct snapshot *s;
	size_t done, left;
	static const char *const words[] = {"harbour", "lighthouse"};

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	for (int i = 0; i < 4; i++) {
		world_item(&w, "1", "Title", NOW)->summary = world_str(&w, "A %s.", words[i % 2]);
		world_put(&w, 0);
		world_ok(&w, fts_step(w.db, &(struct fts_spec){.max = 1000}, &done, &left, &w.err));
		for (int k = 0; k < 2; k++) {
			s = search(&w, words[k], LIST_NEWEST);
			assert_int_equal(s->n_rows, k == i % 2);
			snapshot_unref(s);
		}
	}
	world_ok(&w, fts_rebuild(w.db, &w.err));
	world_ok(&w, fts_step(w.db, &(struct fts_spec){.max = 1000}, &done, &left, &w.err));
	assert_int_equal(done, 1);
	s = search(&w, "lighthouse", LIST_NEWEST);
	assert_int_equal(s->n_rows, 1);
	snapshot_unref(s);
	world_ok(&w, sql_exec(w.db, &w.err, "INSERT INTO ft_0(ft_0) VALUES('integrity-check')", ""));
	world_close(&w);
}

struct meddler {
	struct world *w;
	struct db *other; /* NULL: it has done its work */
	size_t seen;
};

/* Changes the story that is being read. */
static void meddle(void *arg, int64_t id, const struct story_words *words)
{
	struct meddler *m = arg;
	struct db *own = m->w->db;

	assert_int_equal(id, 1);
	assert_true(str_eqc(words->title, "Title"));
	m->seen++;
	if (!m->other)
		return;
	m->w->db = m->other;
	world_item(m->w, "1", "Title", NOW)->summary = STR("A lighthouse.");
	world_put(m->w, 0);
	m->w->db = own;
	m->other = NULL;
}

/* A story that another program changes between its reading and its writing is read again. */
static void test_changed_meanwhile(void **state)
{
	struct world w;
	struct meddler m = {.w = &w};
	struct fts_spec spec = {.max = 10, .see = meddle, .arg = &m};
	struct db *other;
	size_t done, left;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	world_item(&w, "1", "Title", NOW)->summary = STR("A harbour.");
	world_put(&w, 0);
	world_ok(&w, (m.other = other = db_open(w.path, DB_WRITE, &w.err)) != NULL);
	world_ok(&w, fts_step(w.db, &spec, &done, &left, &w.err));
	assert_int_equal(done, 0);
	assert_int_equal(left, 1);
	world_ok(&w, fts_step(w.db, &spec, &done, &left, &w.err));
	assert_int_equal(done, 1);
	assert_int_equal(left, 0);
	assert_int_equal(m.seen, 2);
	for (int i = 0; i < 2; i++) {
		struct snapshot *s = search(&w, i ? "lighthouse" : "harbour", LIST_NEWEST);

		assert_int_equal(s->n_rows, i);
		snapshot_unref(s);
	}
	db_close(other);
	world_close(&w);
}

/* Small batches leave small parts behind; they are merged as they come, so that a word is looked up in few.
 */
static void test_merging(void **state)
{
	enum { N = 300, PARTS_MAX = 40 };
	struct world w;
	struct snapshot *s;
	size_t done, left = 1;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	for (int i = 0; i < N; i++)
		world_item(
		    &w, arena_printf(w.arena, "%d", i), arena_printf(w.arena, "Report %d", i), NOW - i);
	world_put(&w, 0);
	while (left)
		world_ok(&w, fts_step(w.db, &(struct fts_spec){.max = 1}, &done, &left, &w.err));
	assert_in_range(world_sql(&w, "SELECT count(DISTINCT segid) FROM ft_0_idx"), 1, PARTS_MAX);
	s = search(&w, "report", LIST_NEWEST);
	assert_true(s->n_rows > 0);
	snapshot_unref(s);
	world_ok(&w, sql_exec(w.db, &w.err, "INSERT INTO ft_0(ft_0) VALUES('integrity-check')", ""));
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_as_match),
	    cmocka_unit_test(test_rank_and_snippet),
	    cmocka_unit_test(test_changes),
	    cmocka_unit_test(test_changed_meanwhile),
	    cmocka_unit_test(test_merging),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
