/* SPDX-License-Identifier: MIT */
/* The headlines: every page, order and fold against a naive list of the same stories. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/count_db.h"
#include "store/sql.h"

#define STORIES 240
#define SOURCES 6
#define ROUNDS  700

struct fact {
	int64_t id, source, published, event;
	uint32_t flags;
};

struct row {
	struct fact place; /* the newest visible one */
	int64_t shown;
	size_t size, unread, outlets;
};

static struct fact facts[STORIES];
static size_t n_facts;
static unsigned seed = 7;

static unsigned dice(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

/* Sources of unlike sizes, many stories of the same second, events over several of them. */
static void build(struct world *w)
{
	world_open(w);
	world_sources(w, SOURCES);
	for (size_t s = 0; s < SOURCES; s++) {
		for (size_t i = 0; i < STORIES / SOURCES; i++)
			world_item(w, arena_printf(w->arena, "%zu-%zu", s, i),
			    arena_printf(w->arena, "Story %zu of %zu", i, s), NOW - dice(120) * 60);
		world_put(w, s);
	}
	for (int64_t id = 1; id <= STORIES; id++) {
		if (dice(3) == 0)
			world_ok(w, sql_exec(w->db, &w->err, "UPDATE story SET event=? WHERE id=?", "ii",
			                (int64_t)(1 + dice(40)), id));
		if (dice(2))
			world_mark(w, MARK_READ, id, true);
		if (dice(12) == 0)
			world_mark(w, MARK_STAR, id, true);
		if (dice(15) == 0)
			world_mark(w, MARK_HIDDEN, id, true);
	}
}

static void learn(struct world *w)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(w->db, &w->err, "SELECT id,source,published,event,flags FROM story", "");

	n_facts = 0;
	while (sql_row(w->db, st, &failed, &w->err))
		facts[n_facts++] = (struct fact){
		    sql_int(st, 0), sql_int(st, 1), sql_int(st, 2), sql_int(st, 3), (uint32_t)sql_int(st, 4)};
	stmt_release(&st);
	assert_int_equal(n_facts, STORIES);
}

static bool stays(const struct list_set *set, int64_t id)
{
	for (size_t i = 0; i < set->n_stay; i++)
		if (set->stay[i].v == id)
			return true;
	return false;
}

static bool visible(const struct list_set *set, const struct fact *f, bool unread_rule)
{
	if (f->flags & STORY_HIDDEN)
		return false;
	if (set->section.p && (f->source % 2 == 0) != str_eqc(set->section, "B"))
		return false;
	if (set->sources && f->source != set->sources[0].v)
		return false;
	if (set->starred_only && !(f->flags & STORY_STARRED))
		return false;
	return !unread_rule || !set->unread_only || !(f->flags & STORY_READ) || stays(set, f->id);
}

static int newest(const void *a, const void *b)
{
	const struct fact *x = a, *y = b;

	if (x->published != y->published)
		return x->published > y->published ? -1 : 1;
	return x->id > y->id ? -1 : 1;
}

static enum list_order order_now;

static bool row_is_unread(const struct row *r)
{
	return r->unread > 0;
}

static int in_order(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (order_now == LIST_UNREAD_FIRST && row_is_unread(x) != row_is_unread(y))
		return row_is_unread(x) ? -1 : 1;
	if (order_now == LIST_BY_SOURCE && x->place.source != y->place.source)
		return x->place.source < y->place.source ? -1 : 1;
	if (order_now == LIST_EVENT_SIZE && x->outlets != y->outlets)
		return x->outlets > y->outlets ? -1 : 1;
	return order_now == LIST_OLDEST ? -newest(&x->place, &y->place) : newest(&x->place, &y->place);
}

static bool same_row(const struct list_spec *spec, const struct fact *a, const struct fact *b)
{
	if (!spec->fold)
		return a->id == b->id;
	return a->event == b->event && (spec->order != LIST_BY_SOURCE || a->source == b->source);
}

static void summarize(const struct list_spec *spec, struct row *r)
{
	const struct fact *best = NULL;
	int64_t sources[SOURCES + 1] = {0};

	r->size = r->unread = r->outlets = 0;
	for (size_t i = 0; i < n_facts; i++) {
		const struct fact *f = &facts[i];

		if (!same_row(spec, f, &r->place) || !visible(&spec->set, f, false))
			continue;
		r->size++;
		r->unread += !(f->flags & STORY_READ);
		r->outlets += sources[f->source] == 0;
		sources[f->source] = 1;
		if (visible(&spec->set, f, true) &&
		    (!best || f->source < best->source || (f->source == best->source && newest(f, best) > 0)))
			best = f;
	}
	r->shown = best->id;
}

static size_t naive(const struct list_spec *spec, struct row *rows)
{
	size_t n = 0;
	struct fact sorted[STORIES];

	memcpy(sorted, facts, sizeof sorted);
	qsort(sorted, n_facts, sizeof *sorted, newest);
	for (size_t i = 0; i < n_facts; i++) {
		bool again = false;

		if (!visible(&spec->set, &sorted[i], true))
			continue;
		if (spec->set.held.v && sorted[i].id > spec->set.held.v)
			continue;
		for (size_t k = 0; k < n && !again; k++)
			again = same_row(spec, &sorted[i], &rows[k].place);
		if (again)
			continue;
		rows[n].place = sorted[i];
		summarize(spec, &rows[n]);
		n++;
	}
	order_now = spec->order;
	qsort(rows, n, sizeof *rows, in_order);
	return n;
}

struct choice {
	struct list_spec spec;
	struct source_id one;
	struct story_id stay[5];
	char words[200];
};

static void choose(struct world *w, struct choice *c)
{
	static const enum list_order orders[] = {
	    LIST_NEWEST, LIST_NEWEST, LIST_OLDEST, LIST_UNREAD_FIRST, LIST_BY_SOURCE, LIST_EVENT_SIZE};
	struct list_set *set = &c->spec.set;

	memset(c, 0, sizeof *c);
	if (dice(3) == 0)
		set->section = dice(2) ? STR("A") : STR("B");
	if (dice(5) == 0) {
		c->one = w->sources[dice(SOURCES)];
		set->section = STR_NONE;
		set->sources = &c->one;
		set->n_sources = 1;
	}
	c->spec.count_max = 2 * STORIES;
	set->unread_only = dice(3) == 0;
	set->starred_only = dice(8) == 0;
	if (set->unread_only && dice(2)) {
		set->stay = c->stay;
		for (set->n_stay = 0; set->n_stay < 5; set->n_stay++)
			c->stay[set->n_stay].v = 1 + dice(STORIES);
	}
	if (dice(4) == 0)
		set->held.v = 1 + dice(STORIES);
	c->spec.order = orders[dice(ARRAY_LEN(orders))];
	c->spec.fold = dice(3) != 0;
	if (c->spec.order == LIST_UNREAD_FIRST)
		set->unread_only = false, set->n_stay = 0;
	snprintf(c->words, sizeof c->words,
	    "section %.*s source %d unread %d stay %zu starred %d held %d order %d fold %d",
	    STR_ARG(set->section), (int)c->one.v, set->unread_only, set->n_stay, set->starred_only,
	    (int)set->held.v, c->spec.order, c->spec.fold);
}

static void compare(const struct choice *c, const struct snapshot *s, const struct row *rows, size_t n,
    size_t from, size_t want)
{
	size_t end = from + want < n ? from + want : n;

	if (s->n_rows != end - from)
		fail_msg("%s: %zu rows, not %zu (from %zu)", c->words, s->n_rows, end - from, from);
	for (size_t i = 0; i < s->n_rows; i++) {
		const struct row *r = &rows[from + i];

		if (s->rows[i].id.v != r->shown || s->rows[i].event_size != r->size ||
		    s->rows[i].event_unread != r->unread || s->rows[i].event_outlets != r->outlets)
			fail_msg("%s: row %zu is %d (%u, %u unread), not %d (%zu, %zu)", c->words, from + i,
			    (int)s->rows[i].id.v, s->rows[i].event_size, s->rows[i].event_unread,
			    (int)r->shown, r->size, r->unread);
	}
	if (s->before != from || s->total != n || s->at_start != (from == 0) || s->at_end != (end == n))
		fail_msg("%s: before %zu/%zu total %zu/%zu start %d end %d", c->words, s->before, from,
		    s->total, n, s->at_start, s->at_end);
}

/* The page that c asks for holds `want` rows from `from` on. */
static void check_page(
    struct world *w, const struct choice *c, const struct row *rows, size_t n, size_t from, size_t want)
{
	struct snapshot *s = list_load(w->db, &c->spec, &w->err);

	world_ok(w, s);
	compare(c, s, rows, n, from, want);
	if (c->spec.anchor == LIST_AT_STORY)
		assert_int_equal(snapshot_find(s, c->spec.at, (struct event_id){0}), c->spec.row - from);
	snapshot_unref(s);
}

static void test_pages(void **state)
{
	struct world w;
	static struct row rows[STORIES];

	(void)state;
	build(&w);
	learn(&w);
	for (int round = 0; round < ROUNDS; round++) {
		struct choice c;
		size_t n, at, unread = 0, counted;

		choose(&w, &c);
		n = naive(&c.spec, rows);
		for (size_t i = 0; i < n; i++)
			unread += rows[i].unread > 0;
		c.spec.after = dice(2) ? 1 + dice(20) : STORIES;
		check_page(&w, &c, rows, n, 0, c.spec.after);
		world_ok(&w, count_unread(w.db, &c.spec.set, c.spec.fold, 0, &counted, &w.err));
		if (!c.spec.set.starred_only && !c.spec.set.held.v && c.spec.order != LIST_BY_SOURCE &&
		    counted != unread)
			fail_msg("%s: %zu unread, not %zu", c.words, counted, unread);
		if (n == 0)
			continue;
		at = dice((unsigned)n);
		c.spec.anchor = LIST_AT_STORY;
		c.spec.at.v = rows[at].shown;
		c.spec.before = dice(10);
		c.spec.after = 1 + dice(10);
		c.spec.row = at;
		size_t from = at > c.spec.before ? at - c.spec.before : 0;
		check_page(&w, &c, rows, n, from, at - from + c.spec.after);
		c.spec.anchor = LIST_END;
		c.spec.before = 3;
		c.spec.after = 2;
		check_page(&w, &c, rows, n, n > 5 ? n - 5 : 0, 5);
		c.spec.anchor = LIST_AT_ROW;
		c.spec.before = 0;
		check_page(&w, &c, rows, n, at, 2);
		size_t waiting = list_waiting(w.db, &c.spec);
		c.spec.set.held = STORY_NONE;
		if (c.spec.order != LIST_BY_SOURCE && naive(&c.spec, rows) != n + waiting)
			fail_msg("%s: %zu wait beside %zu", c.words, waiting, n);
	}
	world_close(&w);
}

static void test_step_and_ids(void **state)
{
	struct world w;
	static struct row rows[STORIES];

	(void)state;
	build(&w);
	learn(&w);
	for (int round = 0; round < ROUNDS / 3; round++) {
		struct choice c;
		struct list_ids_spec ids = {0};
		struct story_id *out, next, wanted = {0};
		size_t n, at, got, expect = 0;
		bool above = dice(2), forward = dice(2);

		choose(&w, &c);
		n = naive(&c.spec, rows);
		if (!n)
			continue;
		at = dice((unsigned)n);
		ids = (struct list_ids_spec){.set = c.spec.set,
		    .order = c.spec.order,
		    .fold = c.spec.fold,
		    .to = {rows[at].shown},
		    .above = above,
		    .unread = true};
		world_ok(&w, list_ids(w.db, &ids, w.arena, &out, &got, &w.err));
		for (size_t i = above ? 0 : at; i < (above ? at + 1 : n); i++)
			expect += rows[i].unread;
		if (!c.spec.set.unread_only && got != expect)
			fail_msg("%s: %zu ids, not %zu (%s %zu of %zu)", c.words, got, expect,
			    above ? "above" : "below", at, n);
		for (size_t i = at; forward ? ++i < n : i-- > 0;)
			if (rows[i].unread) {
				wanted.v = rows[i].shown;
				break;
			}
		next = list_step(w.db, &c.spec, (struct story_id){rows[at].shown}, forward, true, &w.err);
		if (next.v != wanted.v)
			fail_msg("%s: %s unread after %zu is %d, not %d", c.words,
			    forward ? "next" : "previous", at, (int)next.v, (int)wanted.v);
	}
	world_close(&w);
}

/* What stands on the screen keeps its title when a report of a preferred source comes. */
static void test_shown_and_unfolded(void **state)
{
	struct world w;
	struct list_spec spec = {.fold = true, .after = 10};
	struct story_id shown;
	struct event_id event;
	struct snapshot *s;

	(void)state;
	world_open(&w);
	world_sources(&w, 3);
	world_item(&w, "a", "Late paper", NOW - 100);
	world_put(&w, 2);
	world_item(&w, "b", "First paper", NOW);
	world_put(&w, 0);
	world_item(&w, "c", "Alone", NOW - 50);
	world_put(&w, 1);
	world_sql(&w, "UPDATE story SET event=1 WHERE title LIKE '%paper'");
	s = list_load(w.db, &spec, &w.err);
	assert_int_equal(s->n_rows, 2);
	assert_true(str_eqc(s->rows[0].title, "First paper"));
	assert_int_equal(s->rows[0].event_outlets, 2);
	assert_int_equal(s->rows[0].event_newest, NOW);
	snapshot_unref(s);
	shown = world_story(&w, "Late paper");
	spec.shown = &shown;
	spec.n_shown = 1;
	event.v = 1;
	spec.unfolded = &event;
	spec.n_unfolded = 1;
	s = list_load(w.db, &spec, &w.err);
	assert_int_equal(s->n_rows, 3);
	assert_true(str_eqc(s->rows[0].title, "Late paper"));
	assert_true(str_eqc(s->rows[1].title, "First paper"));
	assert_int_equal(s->rows[1].event_size, 0);
	snapshot_unref(s);
	world_close(&w);
}

static void test_gone_sources(void **state)
{
	struct world w;
	struct list_spec spec = {.after = 10};
	struct snapshot *s;

	(void)state;
	world_open(&w);
	world_sources(&w, 2);
	world_item(&w, "a", "Of zero", NOW);
	world_put(&w, 0);
	world_item(&w, "b", "Of one", NOW - 1);
	world_put(&w, 1);
	world_mark(&w, MARK_STAR, world_story(&w, "Of one").v, true);
	world_sources(&w, 1);
	s = list_load(w.db, &spec, &w.err);
	assert_int_equal(s->n_rows, 1);
	snapshot_unref(s);
	spec.set.starred_only = true; /* what was starred is found whatever became of its source */
	s = list_load(w.db, &spec, &w.err);
	assert_int_equal(s->n_rows, 1);
	assert_true(str_eqc(s->rows[0].title, "Of one"));
	snapshot_unref(s);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_pages),
	    cmocka_unit_test(test_step_and_ids),
	    cmocka_unit_test(test_shown_and_unfolded),
	    cmocka_unit_test(test_gone_sources),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
