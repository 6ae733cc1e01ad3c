/* SPDX-License-Identifier: MIT */
/* The query language against a small store: what SQL finds is what model/match says of each story alone, for
 * ten thousand random queries with every kind of term. */
#include "world.h"

#include "model/match.h"
#include "store/count_db.h"
#include "store/marks.h"
#include "store/search.h"
#include "store/sql.h"

#include <stdlib.h>

#define STORIES 60
#define QUERIES 10000
#define EVENTS  7

static unsigned seed = 11;

static unsigned dice(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static const char *const vocabulary[] = {"harbour", "harbours", "mole", "storm", "stormy", "storms", "lamp",
    "the", "a", "Lind", "lind", "Häfen", "hafen", "Straße", "strasse", "маяк", "маяки", "港", "港長",
    "東京都", "naïve", "naive", "2026", "7m", "ferry", "ferries", "running", "ran", "éclair", "ECLAIR",
    "الكتاب", "كتاب", "والكتب", "المدرسة", "بالبحر", "Ελλάδα"};
static const char *const beginnings[] = {
    "st*", "h*", "мая*", "м*", "港*", "東*", "ال*", "الك*", "كت*", "ελ*", "LA*", "é*"};

static const char *word(void)
{
	return vocabulary[dice(ARRAY_LEN(vocabulary))];
}

static struct str some_words(struct world *w, unsigned n)
{
	struct buf b = BUF_INIT;
	while (n--)
		buf_printf(&b, "%s%s", word(), n % 6 == 5 ? ". " : n ? " " : "");
	struct str out = arena_str(w->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

struct shelf {
	struct world w;
	struct story stories[STORIES];
	struct str bodies[STORIES];
	struct stemmer *stemmer;
};

static void mark(struct world *w, int64_t id, enum mark_kind kind, const char *tag)
{
	struct mark_op op = {.kind = kind, .tag = str_c(tag), .on = true, .at_ms = NOW * INT64_C(1000)};
	struct story_id story = {id};
	world_ok(w, marks_set(w->db, &op, &story, 1, NULL, NULL, NULL, &w->err));
}

static void put_stories(struct world *w)
{
	static const struct str langs[] = {
	    {"en", 2}, {"de", 2}, {"ru", 2}, {"ja", 2}, {"ar", 2}, {"el", 2}, {NULL, 0}};
	static const char *const authors[] = {"Petra Lind", "Ångström", "", "Jo O'Neill"};
	for (unsigned i = 0; i < STORIES; i++) {
		struct item *it =
		    world_item(w, arena_printf(w->arena, "%u", i), "", NOW - (int64_t)dice(8 * 86400));
		it->title = some_words(w, 1 + dice(5));
		it->summary = dice(3) ? some_words(w, dice(7)) : STR_NONE;
		it->content_text = dice(2) ? some_words(w, dice(24)) : STR_NONE;
		it->authors = arena_alloc(w->arena, sizeof *it->authors);
		it->authors[0].name = str_c(authors[dice(ARRAY_LEN(authors))]);
		it->n_authors = it->authors[0].name.len > 0;
		it->language = langs[dice(ARRAY_LEN(langs))];
		if (i % (STORIES / 4) == STORIES / 4 - 1)
			world_put(w, i / (STORIES / 4));
	}
}

static void open_shelf(struct shelf *s, bool index)
{
	struct world *w = &s->w;
	size_t done, left = index;
	world_open(w);
	world_sources(w, 4);
	put_stories(w);
	for (int64_t id = 1; id <= STORIES; id++) {
		static const enum mark_kind kinds[] = {
		    MARK_READ, MARK_STAR, MARK_OPENED, MARK_HIDDEN, MARK_KEPT};
		for (unsigned n = dice(3); n > 0; n--)
			mark(w, id, kinds[dice(ARRAY_LEN(kinds))], NULL);
		if (dice(4) == 0)
			mark(w, id, MARK_TAG, dice(2) ? "later" : "Météo");
		world_ok(w, sql_exec(w->db, &w->err, "UPDATE story SET event=? WHERE id=?", "ii",
		                (int64_t)(1 + dice(EVENTS)), id));
	}
	while (left)
		world_ok(w, fts_step(w->db, &(struct fts_spec){.max = 1000}, &done, &left, &w->err));
	s->stemmer = stemmer_new();
	for (int64_t id = 1; id <= STORIES; id++) {
		struct story_words words;
		struct story *story = &s->stories[id - 1];
		world_ok(w, story_load(w->db, (struct story_id){id}, w->arena, story, &w->err));
		world_ok(w, story_words(w->db, (struct story_id){id}, w->arena, &words, &w->err));
		s->bodies[id - 1] = words.body;
	}
}

static void close_shelf(struct shelf *s)
{
	stemmer_free(s->stemmer);
	world_close(&s->w);
}

/* ---- Queries ---- */

static void add_field(struct buf *q)
{
	static const char *const fields[] = {"is:unread", "is:read", "is:opened", "is:starred", "is:hidden",
	    "is:full", "lang:de", "lang:en", "source:s1", "source:S", "section:a", "section:B", "tag:later",
	    "tag:meteo", "author:lind", "author:\"petra lind\"", "author:angstrom", "url:/1",
	    "url:example.org", "after:3d", "after:2025-06-12", "before:2d", "before:today",
	    "title:~\"st.*m\"", "title:~\"^[A-Z]\""};
	if (dice(8) == 0)
		buf_printf(q, "event:%u", 1 + dice(EVENTS + 1));
	else
		buf_adds(q, fields[dice(ARRAY_LEN(fields))]);
}

static void add_term(struct buf *q)
{
	const char *w = word();
	switch (dice(9)) {
	case 0:
		buf_printf(q, "%s*", w);
		break;
	case 8:
		buf_adds(q, beginnings[dice(ARRAY_LEN(beginnings))]);
		break;
	case 1:
		buf_printf(q, "\"%s %s\"", w, word());
		break;
	case 2:
		buf_printf(q, "title:%s", w);
		break;
	case 3:
		buf_printf(q, "title:\"%s %s\"", w, word());
		break;
	case 4:
	case 5:
		add_field(q);
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
		if (dice(6) == 0)
			buf_addc(q, '-');
		if (depth < 3 && dice(5) == 0) {
			buf_addc(q, '(');
			add_query(q, depth + 1);
			buf_addc(q, ')');
		} else {
			add_term(q);
		}
	}
}

/* The same stories come as a page, however few hits are looked at first, in any order that searches have. */
static void check_page(struct shelf *s, const char *text, const struct query *q, const bool *found)
{
	static const enum list_order orders[] = {LIST_NEWEST, LIST_RANKED, LIST_OLDEST, LIST_UNREAD_FIRST};
	struct list_spec spec = {.set = {.query = q, .with_gone = true},
	    .order = orders[dice(ARRAY_LEN(orders))],
	    .after = STORIES,
	    .hits = 1 + dice(9),
	    .again = dice(2)};
	struct snapshot *page = list_load(s->w.db, &spec, &s->w.err);
	size_t expected = 0;
	world_ok(&s->w, page);
	for (size_t i = 0; i < STORIES; i++)
		expected += found[i];
	if (page->n_rows != expected)
		fail_msg("%s: order %d: %zu rows, not %zu", text, spec.order, page->n_rows, expected);
	for (size_t i = 0; i < page->n_rows; i++)
		if (!found[page->rows[i].id.v - 1])
			fail_msg("%s: story %d should not be on the page", text, (int)page->rows[i].id.v);
	snapshot_unref(page);
}

static void check(struct shelf *s, const char *text)
{
	struct arena *a = arena_new();
	struct query *q = query_parse(a, str_c(text), NOW, &s->w.err);
	struct list_ids_spec spec = {.set = {.query = q, .with_gone = true}};
	struct story_id *ids;
	bool found[STORIES] = {false};
	size_t n, expected = 0;
	uint64_t counted;
	if (!q)
		fail_msg("%s: %s", text, s->w.err.message);
	world_ok(&s->w, list_ids(s->w.db, &spec, a, &ids, &n, &s->w.err));
	for (size_t i = 0; i < n; i++)
		found[ids[i].v - 1] = true;
	bool hidden_too = query_wants_hidden(q);
	for (size_t i = 0; i < STORIES; i++) {
		struct match_subject subject = {&s->stories[i], s->bodies[i], s->stemmer};
		bool shown = hidden_too || !(s->stories[i].row.flags & STORY_HIDDEN);
		bool match = shown && match_query(q, &subject);
		expected += match;
		if (match != found[i])
			fail_msg(
			    "%s: story %zu %s", text, i + 1, match ? "is missing" : "should not be there");
	}
	if (dice(3) == 0)
		check_page(s, text, q, found);
	world_ok(&s->w, count_query(s->w.db, q, &counted, &s->w.err));
	if (counted != expected)
		fail_msg("%s: counted %d, not %zu", text, (int)counted, expected);
	query_release(q);
	arena_free(a);
}

static void test_sql_finds_what_matches(void **state)
{
	struct shelf s;
	(void)state;
	for (int pass = 0; pass < 2; pass++) { /* indexed; while all still wait for the index */
		open_shelf(&s, pass == 0);
		for (int i = 0; i < (pass ? QUERIES / 10 : QUERIES); i++) {
			struct buf q = BUF_INIT;
			add_query(&q, 0);
			check(&s, buf_cstr(&q));
			buf_release(&q);
		}
		close_shelf(&s);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_sql_finds_what_matches)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
