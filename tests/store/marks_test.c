/* SPDX-License-Identifier: MIT */
/* Marks: the rules of reading, sharing with near copies, merging by time, the journal. */
#include "world.h"

#include "store/marks.h"
#include "store/session_db.h"
#include "store/sql.h"

struct set {
	struct world *w;
	int64_t at_ms;
	enum mark_origin origin;
	uint64_t owner;
	const char *label;
};

static size_t set(const struct set *s, enum mark_kind kind, bool on, const int64_t *ids, size_t n)
{
	struct mark_op op = {.kind = kind,
	    .tag = kind == MARK_TAG ? STR("t") : STR_NONE,
	    .on = on,
	    .at_ms = s->at_ms,
	    .origin = s->origin,
	    .owner = s->owner,
	    .label = str_c(s->label)};
	struct story_id list[16], *changed;
	size_t n_changed;

	for (size_t i = 0; i < n; i++)
		list[i].v = ids[i];
	world_ok(s->w, marks_set(s->w->db, &op, list, n, s->w->arena, &changed, &n_changed, &s->w->err));
	return n_changed;
}

static size_t set_one(const struct set *s, enum mark_kind kind, bool on, int64_t id)
{
	return set(s, kind, on, &id, 1);
}

static uint32_t flags(struct world *w, int64_t id)
{
	return (uint32_t)sql_i64(w->db, -1, "SELECT flags FROM story WHERE id=?", "i", id);
}

static void open_three(struct world *w)
{
	world_open(w);
	world_sources(w, 1);
	world_item(w, "3", "Three", NOW);
	world_item(w, "2", "Two", NOW);
	world_item(w, "1", "One", NOW);
	world_put(w, 0);
}

struct rule {
	const char *what;
	struct {
		enum mark_kind kind;
		bool on;
	} acts[4];
	uint32_t flags;
};

static void test_rules(void **state)
{
	static const struct rule rules[] = {
	    {"opened is read", {{MARK_OPENED, true}}, STORY_OPENED | STORY_READ},
	    {"N keeps unread", {{MARK_READ, true}, {MARK_KEPT, true}}, STORY_KEPT_UNREAD},
	    {"read does not touch what is kept", {{MARK_KEPT, true}, {MARK_READ, true}}, STORY_KEPT_UNREAD},
	    {"opening ends it", {{MARK_KEPT, true}, {MARK_OPENED, true}}, STORY_OPENED | STORY_READ},
	    {"N again ends it", {{MARK_KEPT, true}, {MARK_KEPT, false}}, STORY_READ},
	    {"opened anew after N", {{MARK_OPENED, true}, {MARK_KEPT, true}, {MARK_OPENED, true}},
	        STORY_OPENED | STORY_READ},
	    {"read and unread in one moment", {{MARK_READ, true}, {MARK_READ, false}}, 0},
	    {"and read again", {{MARK_READ, true}, {MARK_READ, false}, {MARK_READ, true}}, STORY_READ},
	    {"star, tag, hide", {{MARK_STAR, true}, {MARK_TAG, true}, {MARK_HIDDEN, true}},
	        STORY_STARRED | STORY_TAGGED | STORY_HIDDEN},
	    {"tag and none", {{MARK_TAG, true}, {MARK_TAG, false}}, 0},
	};
	struct world w;
	struct set s = {.w = &w, .at_ms = 5000};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		open_three(&w);
		for (size_t k = 0; k < ARRAY_LEN(rules[i].acts) && rules[i].acts[k].kind; k++)
			set_one(&s, rules[i].acts[k].kind, rules[i].acts[k].on, 2);
		if (flags(&w, 2) != rules[i].flags)
			fail_msg("%s: %u", rules[i].what, flags(&w, 2));
		assert_int_equal(world_sql(&w, "SELECT count(*) FROM story WHERE id<>2 AND flags"), 0);
		world_close(&w);
	}
}

static void test_tally(void **state)
{
	struct world w;
	struct set s = {.w = &w, .at_ms = 5000};
	int64_t all[] = {1, 2, 3, 99};

	(void)state;
	open_three(&w);
	assert_int_equal(set(&s, MARK_READ, true, all, 4), 3); /* an id of no story is no failure */
	assert_int_equal(world_sql(&w, "SELECT unread FROM tally"), 0);
	assert_int_equal(set(&s, MARK_READ, true, all, 3), 0);
	set_one(&s, MARK_READ, false, 1);
	set_one(&s, MARK_STAR, true, 1);
	set_one(&s, MARK_HIDDEN, true, 2);
	assert_int_equal(world_sql(&w, "SELECT n*100+unread*10+starred FROM tally"), 211);
	world_close(&w);
}

static void test_near_copies(void **state)
{
	struct world w;
	struct set s = {.w = &w, .at_ms = 5000};

	(void)state;
	open_three(&w);
	world_sql(&w, "UPDATE story SET event=1");
	world_sql(&w, "UPDATE story SET copy_of=1,flags=flags|16 WHERE id=2"); /* 3: same event, no copy */
	assert_int_equal(set_one(&s, MARK_OPENED, true, 2), 2);
	assert_true(flags(&w, 1) & STORY_READ);
	assert_false(flags(&w, 1) & STORY_OPENED);
	assert_false(flags(&w, 3) & STORY_READ);
	set_one(&s, MARK_KEPT, true, 1);
	assert_false(flags(&w, 2) & STORY_READ);
	set_one(&s, MARK_STAR, true, 1);
	assert_false(flags(&w, 2) & STORY_STARRED);
	set_one(&s, MARK_KEPT, false, 1);
	world_sql(&w, "UPDATE story SET copy_of=1,flags=flags|16 WHERE id=3");
	world_ok(&w, marks_share(w.db, (struct story_id){3}, 6000, &w.err));
	assert_true(flags(&w, 3) & STORY_READ);
	world_close(&w);
}

/* Any order of the same operations ends alike. */
static void test_merge(void **state)
{
	static const struct {
		int64_t at;
		bool on;
	} ops[] = {{100, true}, {300, false}, {200, true}, {300, true}};
	static const uint8_t orders[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}, {2, 0, 3, 1}};
	struct world w;
	struct set s = {.w = &w, .origin = MARK_BY_SYNC};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
		open_three(&w);
		for (size_t k = 0; k < 4; k++) {
			s.at_ms = ops[orders[i][k]].at;
			set_one(&s, MARK_STAR, ops[orders[i][k]].on, 1);
		}
		assert_true(flags(&w, 1) & STORY_STARRED); /* a tie: on wins */
		assert_int_equal(world_sql(&w, "SELECT at FROM mark"), 300);
		s.at_ms = 250;
		set_one(&s, MARK_STAR, false, 1);
		assert_true(flags(&w, 1) & STORY_STARRED);
		world_close(&w);
	}
}

static struct undo_step undo(struct world *w, uint64_t owner, bool redo)
{
	struct undo_step step;

	world_ok(w, undo_last(w->db, owner, redo, 9000, w->arena, &step, &w->err));
	return step;
}

static void test_undo(void **state)
{
	struct world w;
	struct set s = {.w = &w, .at_ms = 5000, .owner = 7, .label = "all"};
	int64_t all[] = {1, 2, 3};
	struct undo_step step, *list;
	size_t n;

	(void)state;
	open_three(&w);
	s.label = "one";
	set_one(&s, MARK_READ, true, 1);
	s.label = "all";
	set(&s, MARK_READ, true, all, 3);
	s.owner = 8;
	s.label = "another's";
	set_one(&s, MARK_STAR, true, 3);
	step = undo(&w, 7, false);
	assert_true(str_eqc(step.label, "all"));
	assert_int_equal(step.n_ids, 2); /* the first was read before */
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM story WHERE flags&1"), 1);
	assert_true(flags(&w, 3) & STORY_STARRED);
	assert_true(str_eqc(undo(&w, 7, false).label, "one"));
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM story WHERE flags&1"), 0);
	assert_false(undo_last(w.db, 7, false, 9000, w.arena, &step, &w.err));
	assert_int_equal(w.err.code, ERR_NOT_FOUND);
	assert_true(str_eqc(undo(&w, 7, true).label, "one"));
	assert_true(str_eqc(undo(&w, 7, true).label, "all"));
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM story WHERE flags&1"), 3);
	assert_true(str_eqc(undo(&w, 7, false).label, "all"));
	world_ok(&w, undo_list(w.db, 0, 10, w.arena, &list, &n, &w.err));
	assert_int_equal(n, 3);
	assert_true(str_eqc(list[0].label, "another's"));
	assert_true(list[1].undone);
	s.owner = 7;
	s.label = "new";
	set_one(&s, MARK_STAR, true, 1); /* a new act: what was taken back cannot come again */
	assert_false(undo_last(w.db, 7, true, 9000, w.arena, &step, &w.err));
	world_close(&w);
}

/* What another instance did since is not taken back. */
static void test_undo_of_others(void **state)
{
	struct world w;
	struct set mine = {.w = &w, .at_ms = 5000, .owner = 7, .label = "mine"};
	struct set other = {.w = &w, .at_ms = 6000, .owner = 8, .label = "theirs"};
	int64_t all[] = {1, 2};

	(void)state;
	open_three(&w);
	set(&mine, MARK_READ, true, all, 2);
	set_one(&other, MARK_READ, false, 1);
	set_one(&other, MARK_READ, true, 1);
	assert_int_equal(undo(&w, 7, false).n_ids, 1);
	assert_true(flags(&w, 1) & STORY_READ);
	assert_false(flags(&w, 2) & STORY_READ);
	world_close(&w);
}

static void test_session(void **state)
{
	struct world w;
	struct str session;
	struct place place;
	bool own;

	(void)state;
	open_three(&w);
	world_ok(&w, session_get(w.db, STR("%1"), w.arena, &session, &own, &w.err));
	assert_null(session.p);
	world_ok(&w, session_put(w.db, STR("%1"), 10, STR("one"), &w.err));
	world_ok(&w, session_put(w.db, STR("%2"), 20, STR("two"), &w.err));
	world_ok(&w, session_put(w.db, STR("%1"), 15, STR("one again"), &w.err));
	world_ok(&w, session_get(w.db, STR("%1"), w.arena, &session, &own, &w.err));
	assert_true(own && str_eqc(session, "one again"));
	world_ok(&w, session_get(w.db, STR("%9"), w.arena, &session, &own, &w.err));
	assert_true(!own && str_eqc(session, "two"));
	assert_false(place_get(w.db, (struct story_id){1}, &place));
	world_ok(&w, place_put(w.db, (struct story_id){1}, (struct place){7, 40}, NOW, &w.err));
	assert_true(place_get(w.db, (struct story_id){1}, &place));
	assert_int_equal(place.block * 100 + place.chr, 740);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rules),
	    cmocka_unit_test(test_tally),
	    cmocka_unit_test(test_near_copies),
	    cmocka_unit_test(test_merge),
	    cmocka_unit_test(test_undo),
	    cmocka_unit_test(test_undo_of_others),
	    cmocka_unit_test(test_session),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
