/* SPDX-License-Identifier: MIT */
/* What is related to what, in a small world of our own. */
#include "world.h"

#include "model/story.h"
#include "related/index.h"
#include "related/near_copy.h"
#include "related/rank.h"
#include "related/related.h"
#include "related/series.h"
#include "related/terms.h"
#include "store/marks.h"

#define HOUR 3600

struct told {
	size_t source;
	const char *id;
	int hours; /* before now */
	const char *title, *text;
};
#define WIRE                                                                                                 \
	"Rescuers freed eleven miners on Tuesday who had been trapped for two days below the Karlow "        \
	"colliery after a gallery flooded. The men walked to the ambulances by themselves, the company "     \
	"said. "                                                                                             \
	"An inquiry will look at the pumps, which had failed twice this spring."
static const struct told world[] = {
    {0, "m1", 40, "Eleven miners trapped in flooded Karlow colliery",
        "A gallery of the Karlow colliery flooded on Sunday night and trapped eleven miners below."},
    {0, "m2", 5, "Karlow colliery: all eleven miners are free", WIRE},
    {1, "m3", 4, "Eleven miners freed after two days at Karlow", WIRE " More soon."},
    {2, "m4", 3, "All eleven rescued from the flooded mine of Karlow",
        "After two days in a flooded gallery the eleven trapped miners of Karlow colliery walked free."},
    {3, "b1", 6, "Parliament passes the budget by two votes",
        "The finance minister's budget passed parliament by two votes after a night of debate on taxes."},
    {1, "b2", 5, "Budget passes by two votes after a long night",
        "By two votes parliament passed the budget; the finance minister spoke of a fair debate on taxes."},
    {2, "o1", 8, "Old lighthouse opens as a museum of fog horns", "Visitors may sound the largest one."},
    {3, "o2", 9, "A chess club of ninety years buys a clock", "It runs slow, and the members like it so."},
    {0, "o3", 10, "Heron nests found beside the tram depot", "Drivers were asked to ring less."},
    {1, "o4", 11, "Baker sells bread by the poem", "Sonnets weigh a pound."},
    {2, "o5", 12, "Ferry timetable changes with the tide again", "The harbour office printed tables."},
    {3, "o6", 13, "Violin maker repairs a cello from a wreck", "The varnish had kept the salt out."},
};

static void index_all(struct world *w)
{
	struct index_progress p;
	int steps = 0;

	do {
		world_ok(w, index_step(w->db, 64, &p, &w->err));
		assert_true(++steps < 1000);
	} while (p.left);
}

static void build(struct world *w)
{
	world_open(w);
	world_sources(w, 4);
	for (size_t s = 0; s < 4; s++) {
		for (size_t i = 0; i < ARRAY_LEN(world); i++) {
			struct item *it;

			if (world[i].source != s)
				continue;
			it = world_item(w, world[i].id, world[i].title, NOW - world[i].hours * HOUR);
			it->content_text = str_c(world[i].text);
		}
		world_put(w, s);
	}
	index_all(w);
}

static struct story_id id_of(struct world *w, const char *id)
{
	for (size_t i = 0; i < ARRAY_LEN(world); i++)
		if (strcmp(world[i].id, id) == 0)
			return world_story(w, world[i].title);
	return STORY_NONE;
}

struct found {
	struct related_row *rows;
	size_t n;
};

static struct found find(struct world *w, const char *id)
{
	struct related_params p = {.window_days = 14, .background_days = 365, .limit = 12};
	struct found f;

	world_ok(w, related_find(w->db, id_of(w, id), &p, w->arena, &f.rows, &f.n, &w->err));
	return f;
}

static const struct related_row *row_of(struct world *w, const struct found *f, const char *id)
{
	struct story_id want = id_of(w, id);

	for (size_t i = 0; i < f->n; i++)
		if (f->rows[i].id.v == want.v)
			return &f->rows[i];
	return NULL;
}

static void test_relations(void **state)
{
	static const struct {
		const char *of, *other;
		int relation; /* -1: not listed */
		bool near_copy;
	} rows[] = {
	    {"m2", "m3", RELATION_SAME_EVENT, true},
	    {"m3", "m2", RELATION_SAME_EVENT, true},
	    {"m2", "m4", RELATION_SAME_EVENT, false},
	    {"b1", "b2", RELATION_SAME_EVENT, false},
	    {"b1", "o3", -1, false},
	    {"o1", "o2", -1, false},
	};
	struct world w;

	(void)state;
	build(&w);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct found f = find(&w, rows[i].of);
		const struct related_row *r = row_of(&w, &f, rows[i].other);

		if ((r ? (int)r->relation : -1) != rows[i].relation ||
		    (r && r->near_copy != rows[i].near_copy))
			fail_msg("%s of %s: %s%s, %.3f", rows[i].other, rows[i].of,
			    r ? story_relation_name(r->relation) : "not listed",
			    r && r->near_copy ? " near copy" : "", r ? r->score : 0.0);
	}
	{
		struct found none = find(&w, "o4");

		if (none.n)
			fail_msg("the baker is related to %lld by %.3f", (long long)none.rows[0].id.v,
			    none.rows[0].score);
	}
	world_close(&w);
}

/* The same event stands first; each part falls by score; no story twice, none is its own neighbour. */
static void test_order(void **state)
{
	struct world w;

	(void)state;
	build(&w);
	for (size_t k = 0; k < ARRAY_LEN(world); k++) {
		struct found f = find(&w, world[k].id);

		for (size_t i = 0; i < f.n; i++) {
			bool same = f.rows[i].relation == RELATION_SAME_EVENT;

			assert_true(f.rows[i].id.v != id_of(&w, world[k].id).v);
			if (!i)
				continue;
			bool before = f.rows[i - 1].relation == RELATION_SAME_EVENT;
			assert_true(before || !same);
			if (before == same)
				assert_true(f.rows[i - 1].score >= f.rows[i].score);
			assert_true(f.rows[i].id.v != f.rows[i - 1].id.v);
		}
	}
	world_close(&w);
}

static int64_t event_of(struct world *w, const char *id)
{
	return world_sql(w,
	    str_c(arena_printf(w->arena, "SELECT event FROM story WHERE id=%lld", (long long)id_of(w, id).v))
	        .p);
}

static void test_events(void **state)
{
	struct world w;

	(void)state;
	build(&w);
	assert_int_equal(event_of(&w, "m2"), event_of(&w, "m3"));
	assert_int_equal(event_of(&w, "m2"), event_of(&w, "m4"));
	assert_int_equal(event_of(&w, "b1"), event_of(&w, "b2"));
	assert_true(event_of(&w, "b1") != event_of(&w, "m2"));
	assert_int_equal(event_of(&w, "o1"), id_of(&w, "o1").v);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM story WHERE flags&16"), 1);
	world_close(&w);
}

static void test_part(void **state)
{
	struct world w;
	struct event_id was;
	struct apart_item item;
	struct undo_step step;
	struct found f;

	(void)state;
	build(&w);
	world_ok(&w, related_part(w.db, id_of(&w, "m2"), id_of(&w, "m4"), NOW, &was, &w.err));
	assert_true(event_of(&w, "m4") != event_of(&w, "m2"));
	assert_int_equal(event_of(&w, "m3"), event_of(&w, "m2"));
	f = find(&w, "m2");
	assert_null(row_of(&w, &f, "m4"));
	world_ok(&w, index_rebuild(w.db, &w.err));
	index_all(&w);
	assert_true(event_of(&w, "m4") != event_of(&w, "m2"));
	item = (struct apart_item){id_of(&w, "m2"), id_of(&w, "m4"), was};
	world_ok(&w, undo_note_apart(w.db, 7, STR("apart"), &item, 1, 9000, &w.err));
	world_ok(&w, undo_last(w.db, 7, false, 9001, w.arena, &step, &w.err));
	assert_int_equal(event_of(&w, "m4"), event_of(&w, "m2"));
	f = find(&w, "m2");
	assert_non_null(row_of(&w, &f, "m4"));
	world_close(&w);
}

static void test_why(void **state)
{
	struct world w;
	struct related_why why;
	bool karlow = false;

	(void)state;
	build(&w);
	world_ok(&w, related_why(w.db, id_of(&w, "m2"), id_of(&w, "m4"), 6, w.arena, &why, &w.err));
	assert_true(why.n > 2 && why.n <= 6);
	for (size_t i = 0; i < why.n; i++)
		karlow = karlow || str_eqc(why.words[i], "Karlow");
	assert_true(karlow);
	assert_int_equal(why.hours, 2);
	assert_false(why.near_copy);
	world_ok(&w, related_why(w.db, id_of(&w, "m2"), id_of(&w, "m3"), 6, w.arena, &why, &w.err));
	assert_true(why.near_copy);
	world_close(&w);
}

/* Both share as much with the story asked for; one of them with its nearest neighbour as well. */
static void test_echo(void **state)
{
	static const struct {
		const char *title, *text;
	} told[] = {
	    {"Harbour bridge closed after crane falls", "Police closed the bridge on Monday evening."},
	    {"Crane falls, harbour bridge closed", "Steel beams lie on the tracks; trams turn at the quay."},
	    {"Choir sings at the fair, lanterns float", "The harbour bridge waits."},
	    {"Trams turn at the quay as steel beams lie on tracks", "The harbour bridge waits."},
	};
	struct world w;
	struct related_params p = {14, 365, 12};
	struct found f;
	size_t at[ARRAY_LEN(told)] = {99, 99, 99, 99};

	(void)state;
	world_open(&w);
	world_sources(&w, 4);
	for (size_t i = 0; i < ARRAY_LEN(told); i++) {
		world_item(&w, told[i].title, told[i].title, NOW - 9 * HOUR)->content_text =
		    str_c(told[i].text);
		for (size_t k = 4; i == 0 && k < ARRAY_LEN(world); k++)
			world_item(&w, world[k].id, world[k].title, NOW - HOUR)->content_text =
			    str_c(world[k].text);
		world_put(&w, i);
	}
	index_all(&w);
	world_ok(&w, related_find(w.db, world_story(&w, told[0].title), &p, w.arena, &f.rows, &f.n, &w.err));
	for (size_t i = 0; i < f.n; i++)
		for (size_t k = 0; k < ARRAY_LEN(told); k++)
			if (f.rows[i].id.v == world_story(&w, told[k].title).v)
				at[k] = i;
	assert_int_equal(at[1], 0);
	assert_true(at[3] < at[2]);
	world_close(&w);
}

static void test_series(void **state)
{
	static const struct {
		const char *a, *b;
		double hours;
		bool series;
	} rows[] = {
	    {"IMG_0110", "IMG_0114", 0, true},
	    {"Town calendar, Aug. 9-16", "Town calendar, Sept. 2-9", 600, true},
	    {"Episode 12: the bridge", "Episode 13: the bridge", 200, true},
	    {"The weather", "The weather", 24, true},
	    {"The weather", "The weather", 1, false},
	    {"Bridge 12", "Tunnel 13", 1, false},
	    {"Ferry strands with forty aboard", "Ferry strands with forty on deck", 1, false},
	    {"Ferry strands", "All forty of the ferry are ashore", 5, false},
	    {"", "", 24, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (series_are(str_c(rows[i].a), str_c(rows[i].b), rows[i].hours) != rows[i].series)
			fail_msg("%s, %s", rows[i].a, rows[i].b);
}

/* A paper's column of two days is two events, whatever its words; another paper's report is one with it. */
static void test_columns(void **state)
{
	static const struct {
		size_t source;
		const char *title;
	} told[] = {
	    {0, "Harbour diary 12: cranes, gulls and a lost anchor"},
	    {0, "Harbour diary 13: cranes, gulls and a lost anchor"},
	    {1, "Cranes, gulls and a lost anchor: a harbour diary"},
	};
	struct world w;
	int64_t events[ARRAY_LEN(told)];

	(void)state;
	world_open(&w);
	world_sources(&w, 4);
	for (size_t s = 0; s < 4; s++) {
		for (size_t i = 0; i < ARRAY_LEN(told); i++)
			if (told[i].source == s)
				world_item(&w, told[i].title, told[i].title, NOW - 5 * HOUR);
		for (size_t k = 6; k < ARRAY_LEN(world); k++)
			if (world[k].source == s)
				world_item(&w, world[k].id, world[k].title, NOW - HOUR)->content_text =
				    str_c(world[k].text);
		world_put(&w, s);
		if (s == 0) {
			index_all(&w);
			for (size_t i = 0; i < 2; i++)
				events[i] = world_sql(
				    &w, str_c(arena_printf(w.arena, "SELECT event FROM story WHERE id=%lld",
				                  (long long)world_story(&w, told[i].title).v))
				            .p);
			assert_true(events[0] != events[1]);
		}
	}
	index_all(&w);
	events[2] =
	    world_sql(&w, "SELECT count(*) FROM story s JOIN story t ON t.event=s.event AND t.id<>s.id "
	                  "WHERE s.title LIKE 'Cranes%'");
	assert_true(events[2] > 0);
	world_close(&w);
}

static void test_gone(void **state)
{
	struct world w;
	struct related_params p = {14, 365, 12};
	struct found f;

	(void)state;
	build(&w);
	world_sql(&w, "DELETE FROM story WHERE title LIKE 'All eleven%' RETURNING 1");
	f.rows = NULL;
	world_ok(&w, related_find(w.db, id_of(&w, "m2"), &p, w.arena, &f.rows, &f.n, &w.err));
	assert_int_equal(f.n ? f.rows[0].id.v : 0, id_of(&w, "m3").v);
	assert_false(related_find(w.db, (struct story_id){999}, &p, w.arena, &f.rows, &f.n, &w.err));
	assert_int_equal(w.err.code, ERR_NOT_FOUND);
	world_close(&w);
}

static enum story_relation relation_of(const struct rank_pair *p)
{
	enum story_relation r;

	assert_true(rank_relation(p, 14, &r));
	return r;
}

/* A pair near the line: what events say of it decides. A copy at the top of the list decides less than that.
 */
static void test_line(void **state)
{
	double line = rank_line(0, false);
	struct rank_pair p = {.score = line * 1.1, .best = line * 1.1, .shared = 9};

	(void)state;
	assert_int_equal(relation_of(&p), RELATION_SAME_EVENT);
	p.apart = true;
	assert_int_equal(relation_of(&p), RELATION_BACKGROUND);
	p.score = line * 1.02;
	p.apart = false;
	assert_int_equal(relation_of(&p), RELATION_BACKGROUND);
	p.together = true; /* as the headlines show them, whatever the pair says */
	p.score = line * 0.8;
	assert_int_equal(relation_of(&p), RELATION_SAME_EVENT);
	p.together = false;
	p.score = 0.26;
	p.best = 0.7;
	assert_int_equal(relation_of(&p), RELATION_SAME_EVENT);
	p.best = 1;
	assert_int_equal(relation_of(&p), RELATION_SAME_EVENT);
	p.score = 0.24;
	assert_int_equal(relation_of(&p), RELATION_BACKGROUND);
}

static void test_terms(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct terms_text text = {STR("Daily Heron"), STR("A heron nests near the tram depot."),
	    STR("A heron nests near the tram depot. The drivers ring."), STR(""), LANG_DE};
	struct terms t = terms_of(a, &text), own, english;

	(void)state;
	for (size_t i = 1; i < t.n; i++)
		assert_true(t.v[i - 1].hash < t.v[i].hash);
	assert_true(str_eqc(str_trim(terms_body(&text)), ". The drivers ring."));
	text.outlet = STR("Heron");
	own = terms_of(a, &text);
	assert_int_equal(own.n, t.n - 1); /* the paper's own name is no term of its stories */
	text = (struct terms_text){STR("Heron heron Tram"), STR(""), STR(""), STR(""), LANG_EN};
	english = terms_of(a, &text);
	assert_int_equal(english.n, 2);
	for (size_t i = 0; i < 2; i++) /* one name of frequency 4; a word of 8 that is none */
		assert_int_equal(english.v[i].weight, english.v[i].hash == term_hash(STR("tram")) ? 46 : 49);
	text = (struct terms_text){STR("Daily Heron"), STR("A heron nests near the tram depot."),
	    STR("A heron nests near the tram depot. The drivers ring."), STR("Heron"), LANG_EN};
	english = terms_of(a, &text);
	assert_int_equal(english.n, own.n - 1); /* "the" */
	assert_int_equal(english.words, own.words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_relations),
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_events),
	    cmocka_unit_test(test_part),
	    cmocka_unit_test(test_why),
	    cmocka_unit_test(test_echo),
	    cmocka_unit_test(test_series),
	    cmocka_unit_test(test_columns),
	    cmocka_unit_test(test_gone),
	    cmocka_unit_test(test_line),
	    cmocka_unit_test(test_terms),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
