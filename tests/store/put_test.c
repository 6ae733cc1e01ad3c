/* SPDX-License-Identifier: MIT */
/* Feeds into stories: once each, changed in place, gone ones not again; sources, validators, leases. */
#include "world.h"

#include "base/wire.h"
#include "doc/codec.h"
#include "store/marks.h"
#include "store/prune.h"
#include "store/text_db.h"

static void test_twice(void **state)
{
	struct world w;
	struct put_result r;

	(void)state;
	world_open(&w);
	world_sources(&w, 2);
	for (int i = 0; i < 2; i++) {
		world_item(&w, "1", "First", NOW - 10)->summary = STR("Lead of the first.");
		world_item(&w, "2", "Second", NOW - 20);
		r = world_put(&w, 0);
		assert_int_equal(r.n_new, i == 0 ? 2 : 0);
		assert_int_equal(r.n_same, i == 0 ? 0 : 2);
		assert_int_equal(r.n_changed, 0);
	}
	world_item(&w, "1", "First", NOW - 10);
	assert_int_equal(world_put(&w, 1).n_new, 1); /* another source's is another story */
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM story"), 3);
	assert_int_equal(world_sql(&w, "SELECT n FROM tally WHERE source=1"), 2);
	assert_int_equal(world_sql(&w, "SELECT event=id FROM story WHERE id=1"), 1);
	world_close(&w);
}

/* The first of the feed is the newest: it gets the highest id. */
static void test_order(void **state)
{
	struct world w;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	world_item(&w, "a", "Top", TIME_NONE);
	world_item(&w, "b", "Bottom", TIME_NONE);
	world_put(&w, 0);
	assert_true(world_story(&w, "Top").v > world_story(&w, "Bottom").v);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM story WHERE published=1750000000"), 2);
	world_close(&w);
}

struct again {
	const char *what, *id, *url, *title, *lead;
	size_t n_new, n_changed;
};

static void test_same_document(void **state)
{
	static const struct again rows[] = {
	    {"the same", "g1", "https://x.example/a", "Title", "Lead", 0, 0},
	    {"a changed title", "g1", "https://x.example/a", "Other title", "Lead", 0, 1},
	    {"a changed lead", "g1", "https://x.example/a", "Title", "More", 0, 1},
	    {"a new id at the same address", "g9", "http://www.x.example/a/?utm_source=feed", "Title", "Lead",
	        0, 0},
	    {"headline and lead at a new address", "g9", "https://x.example/z", "TITLE!", "lead", 0, 1},
	    {"the headline alone", "g9", "https://x.example/z", "Title", "Other", 1, 0},
	    {"a headline without a lead", "g9", "https://x.example/z", "Title", "", 1, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world w;
		struct put_result r;
		struct item *it;

		world_open(&w);
		world_sources(&w, 1);
		it = world_item(&w, "g1", "Title", NOW);
		it->url = STR("https://x.example/a");
		it->summary = STR("Lead");
		world_put(&w, 0);
		it = world_item(&w, rows[i].id, rows[i].title, NOW);
		it->url = str_c(rows[i].url);
		it->summary = str_c(rows[i].lead);
		r = world_put(&w, 0);
		if (r.n_new != rows[i].n_new || r.n_changed != rows[i].n_changed)
			fail_msg("%s: %zu new, %zu changed", rows[i].what, r.n_new, r.n_changed);
		assert_int_equal(world_sql(&w, "SELECT count(*) FROM story"), 1 + rows[i].n_new);
		it = world_item(&w, rows[i].id, rows[i].title, NOW);
		it->url = str_c(rows[i].url);
		it->summary = str_c(rows[i].lead);
		r = world_put(&w, 0);
		assert_int_equal(r.n_new + r.n_changed, 0); /* settled: no to and fro */
		world_close(&w);
	}
}

/* A feed whose items all lead to its home page still has them all. */
static void test_shared_address(void **state)
{
	struct world w;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	world_item(&w, "1", "One", NOW)->url = STR("https://x.example/");
	world_item(&w, "2", "Two", NOW)->url = STR("https://x.example/");
	assert_int_equal(world_put(&w, 0).n_new, 2);
	world_item(&w, "3", "Three", NOW)->url = STR("https://x.example/");
	world_item(&w, "2", "Two", NOW)->url = STR("https://x.example/");
	assert_int_equal(world_put(&w, 0).n_new, 1);
	world_close(&w);
}

/* More than is written at once; an item that comes twice, and one told twice, are one story each. */
static void test_many(void **state)
{
	struct world w;
	struct story s;
	struct put_result r;

	(void)state;
	world_open(&w);
	world_sources(&w, 2);
	for (int i = 0; i < 300; i++) {
		/* from the back: the twins are the last, while those before them may still wait */
		int of = i == 1 ? 290 : i == 2 ? 120 : i;
		const char *id = arena_printf(w.arena, "i%d", i == 2 ? 2 : of);
		struct item *it = world_item(&w, id, arena_printf(w.arena, "Headline %d", of), NOW - of);

		it->summary = str_c(arena_printf(w.arena, "Lead of the story %d", of));
	}
	r = world_put(&w, 1);
	assert_int_equal(r.n_new, 298);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM story"), 298);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM fts_todo"), 298);
	assert_int_equal(world_sql(&w, "SELECT n*1000000+unread*1000+starred FROM tally"), 298298000);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM story WHERE event<>id OR source<>2"), 0);
	for (int i = 3; i < 300; i += 59) {
		const char *title = arena_printf(w.arena, "Headline %d", i);

		world_ok(&w, story_load(w.db, world_story(&w, title), w.arena, &s, &w.err));
		assert_true(str_eqc(s.dek, arena_printf(w.arena, "Lead of the story %d", i)));
		assert_int_equal(s.row.published, NOW - i);
	}
	world_close(&w);
}

static void test_load(void **state)
{
	struct world w;
	struct item *it;
	struct story s;
	struct story_words words;
	struct person author = {.name = STR("Ada Park")};
	struct attachment files[] = {{.url = STR("https://x.example/a.jpg"), .mime_type = STR("image/jpeg")},
	    {.url = STR("https://x.example/a.mp3"), .mime_type = STR("audio/mpeg")}};
	SCOPED_PTR(doc) struct doc *d = NULL;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	it = world_item(&w, "1", "A bridge opens", -14182940); /* 1969 */
	it->summary = STR("It took nine years.");
	it->language = STR("en-GB");
	it->content_text = STR("The bridge over the river opened.\n\nPeople walked across.");
	it->comments_url = STR("https://x.example/c");
	it->authors = &author;
	it->n_authors = 1;
	it->attachments = files;
	it->n_attachments = ARRAY_LEN(files);
	world_put(&w, 0);
	world_ok(&w, story_load(w.db, world_story(&w, "A bridge opens"), w.arena, &s, &w.err));
	assert_int_equal(s.row.published, -14182940);
	assert_true(s.row.flags & STORY_HAS_TEXT);
	assert_true(str_eqc(s.dek, "It took nine years."));
	assert_true(str_eqc(s.author, "Ada Park"));
	assert_true(str_eqc(s.comments, "https://x.example/c"));
	assert_true(str_eqc(s.enclosure_type, "audio/mpeg"));
	assert_true(str_eqc(s.source_name, "s0"));
	assert_true(str_eqc(s.section, "A"));
	assert_int_equal(s.row.event_size, 1);
	d = doc_decode(s.feed_doc, &w.err);
	assert_non_null(d);
	assert_int_equal(d->n_blocks, 2);
	world_ok(&w, story_words(w.db, s.row.id, w.arena, &words, &w.err));
	assert_true(str_find(words.body, STR("walked across")) > 0);
	assert_int_equal(words.lang, LANG_EN);
	assert_int_equal(story_by_url(w.db, STR("http://www.example.org/1/#x")).v, s.row.id.v);
	assert_int_equal(story_by_url(w.db, STR("https://example.org/2")).v, 0);
	assert_false(story_load(w.db, (struct story_id){99}, w.arena, &s, &w.err));
	assert_int_equal(w.err.code, ERR_NOT_FOUND);
	world_close(&w);
}

static void test_article_versions(void **state)
{
	struct world w;
	struct article_version *v, one;
	struct story_id id;
	size_t n;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	world_item(&w, "1", "T", NOW);
	world_put(&w, 0);
	id = world_story(&w, "T");
	for (int i = 0; i < 12; i++) {
		struct str text = world_str(&w, "text %d", i / 2 * 2); /* every second is a repetition */

		world_ok(&w, article_put(w.db, id, NOW + i, world_str(&w, "page %d", i), text, true, &w.err));
	}
	world_ok(&w, article_versions(w.db, id, w.arena, &v, &n, &w.err));
	assert_int_equal(n, 6);
	assert_int_equal(v[0].version, 6);
	world_ok(&w, article_load(w.db, id, 0, w.arena, &one, &w.err));
	assert_true(str_eqc(one.encoded, "page 11"));
	assert_int_equal(one.at, NOW + 10); /* since when it reads so */
	for (int i = 0; i < 10; i++)
		world_ok(&w, article_put(w.db, id, NOW, world_str(&w, "p%d", i), world_str(&w, "t%d", i),
		                 true, &w.err));
	world_ok(&w, article_versions(w.db, id, w.arena, &v, &n, &w.err));
	assert_int_equal(n, 8);
	assert_int_equal(v[n - 1].version, 1); /* the first stays */
	world_close(&w);
}

static void verdict(void *arg, const struct story *story, struct str body, struct put_verdict *out)
{
	(void)arg;
	out->hide = str_find(body, STR("sponsored")) >= 0;
	out->star = str_eqc(story->row.title, "Good");
	if (out->star) {
		out->tags[0] = STR("jane");
		out->n_tags = 1;
	}
}

static void test_rules(void **state)
{
	struct world w;
	struct put_result r;
	struct story s;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	world_item(&w, "1", "Good", NOW);
	world_item(&w, "2", "Bad", NOW)->content_text = STR("a sponsored text");
	struct feed feed = {.items = w.items.v, .n_items = w.items.n};
	struct put_context ctx = {.answer = {.now = NOW}, .rules = verdict};
	world_ok(&w, store_put_feed(w.db, w.sources[0], &feed, &ctx, w.arena, &r, &w.err));
	assert_int_equal(world_sql(&w, "SELECT flags&4 FROM story WHERE title='Bad'"), 4);
	assert_int_equal(world_sql(&w, "SELECT unread FROM tally"), 1);
	world_ok(&w, story_load(w.db, world_story(&w, "Good"), w.arena, &s, &w.err));
	assert_true(s.row.flags & STORY_STARRED);
	assert_int_equal(s.n_tags, 1);
	assert_true(str_eqc(s.tags[0], "jane"));
	world_close(&w);
}

/* Expired stories do not come back while their feed still names them; afterwards they may. */
static void test_gone(void **state)
{
	struct world w;
	struct put_result r;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	world_item(&w, "1", "Old", NOW);
	world_item(&w, "2", "New", NOW);
	world_put(&w, 0);
	world_ok(&w, story_remove(w.db, world_story(&w, "Old"), NOW, &w.err));
	world_item(&w, "1", "Old", NOW);
	world_item(&w, "2", "New", NOW);
	r = world_put(&w, 0);
	assert_int_equal(r.n_new, 0);
	assert_int_equal(r.n_dropped, 1);
	world_item(&w, "2", "New", NOW);
	world_put(&w, 0);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM gone"), 0);
	assert_int_equal(world_sql(&w, "SELECT left_at IS NULL FROM story WHERE title='New'"), 1);
	world_put(&w, 0); /* an empty feed: the last one left it */
	assert_int_equal(world_sql(&w, "SELECT left_at FROM story WHERE title='New'"), NOW);
	world_item(&w, "2", "New", NOW);
	world_put(&w, 0);
	assert_int_equal(world_sql(&w, "SELECT left_at IS NULL FROM story WHERE title='New'"), 1);
	world_close(&w);
}

static void test_sources(void **state)
{
	struct world w;
	struct source_state *s;
	struct source_id ids[3];
	struct source_answer answer = {.now = NOW,
	    .next_due = NOW + 600,
	    .code = 200,
	    .validators = {.etag = STR("\"e\""), .body_hash = UINT64_MAX}};
	struct source_decl decls[] = {{STR("key1"), STR("S one"), STR("https://s1.example/feed"), STR("C")},
	    {STR("new"), STR("N"), STR("https://n.example/"), STR_NONE}};
	size_t n;

	(void)state;
	world_open(&w);
	world_sources(&w, 2);
	world_item(&w, "1", "Kept", NOW);
	world_put(&w, 0);
	world_ok(&w, source_done(w.db, w.sources[1], &answer, &w.err));
	world_ok(&w, source_sync(w.db, decls, 2, ids, &w.err));
	assert_int_equal(ids[0].v, w.sources[1].v);
	world_ok(&w, source_states(w.db, false, w.arena, &s, &n, &w.err));
	assert_int_equal(n, 2);
	assert_true(str_eqc(s[0].name, "S one"));
	assert_true(str_eqc(s[0].section, "C"));
	assert_true(str_eqc(s[0].validators.etag, "\"e\"")); /* a new name is no new address */
	assert_true(s[0].validators.body_hash == UINT64_MAX);
	world_ok(&w, source_states(w.db, true, w.arena, &s, &n, &w.err));
	assert_int_equal(n, 3);
	assert_true(s[2].gone);
	assert_int_equal(world_sql(&w, "SELECT left_at>0 FROM story"), 1); /* it left with its source */
	decls[0].url = STR("https://elsewhere.example/");
	world_ok(&w, source_sync(w.db, decls, 2, ids, &w.err));
	world_ok(&w, source_states(w.db, false, w.arena, &s, &n, &w.err));
	assert_null(s[0].validators.etag.p);
	assert_int_equal(s[0].next_due, 0);
	world_close(&w);
}

static size_t due(struct db *db, struct world *w, uint64_t owner, int64_t now, bool force, size_t *busy)
{
	struct source_due_spec spec = {.now = now, .lease_until = now + 60, .owner = owner, .force = force};
	struct source_state *s;
	size_t n;

	world_ok(w, source_due(db, &spec, w->arena, &s, &n, busy, &w->err));
	return n;
}

static void test_leases(void **state)
{
	struct world w;
	struct db *other;
	size_t busy;
	struct source_answer failed = {.now = NOW,
	    .next_due = NOW + 900,
	    .hold_until = NOW + 300,
	    .error = STR("503"),
	    .keep_validators = true};

	(void)state;
	world_open(&w);
	world_sources(&w, 3);
	other = db_open(w.path, DB_WRITE, &w.err);
	assert_non_null(other);
	assert_int_equal(due(w.db, &w, 1, NOW, false, &busy), 3);
	assert_int_equal(due(other, &w, 2, NOW, false, &busy), 0);
	assert_int_equal(busy, 3);
	assert_int_equal(source_next_due(other), NOW + 60);
	assert_int_equal(due(other, &w, 2, NOW + 61, false, &busy), 3); /* the first one died */
	world_ok(&w, source_release(other, 2, &w.err));
	assert_int_equal(due(w.db, &w, 1, NOW, false, &busy), 3);
	for (size_t i = 0; i < 3; i++)
		world_ok(&w, source_done(w.db, w.sources[i], &failed, &w.err));
	assert_int_equal(due(w.db, &w, 1, NOW + 100, true, &busy), 0); /* Retry-After holds */
	assert_int_equal(due(w.db, &w, 1, NOW + 301, false, &busy), 0);
	assert_int_equal(due(w.db, &w, 1, NOW + 301, true, &busy), 3);
	assert_int_equal(world_sql(&w, "SELECT fails FROM source WHERE id=1"), 1);
	db_close(other);
	world_close(&w);
}

static void test_dictionary(void **state)
{
	struct world w;
	struct buf packed = BUF_INIT, raw = BUF_INIT;
	int64_t dict;
	bool made;
	struct str text;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	for (int i = 0; i < 2100; i++)
		world_item(&w, arena_printf(w.arena, "i%d", i), arena_printf(w.arena, "Title %d", i), NOW - i)
		    ->summary = world_str(&w,
		    "The harbour of town %d was closed by the council after storm %d, and %d ships wait "
		    "outside.",
		    i % 97, i % 31, i * 7 % 501);
	world_put(&w, 0);
	text =
	    STR("The harbour of town 5 was closed by the council after storm 30, and 77 ships wait outside.");
	world_ok(&w, text_pack(w.db, text, &packed, &dict, &w.err));
	assert_true(dict <= 0);
	size_t without = packed.len;
	world_ok(&w, dict_train(w.db, &made, &w.err));
	assert_true(made);
	world_ok(&w, text_pack(w.db, text, &packed, &dict, &w.err));
	assert_true(dict > 0);
	assert_true(packed.len * 2 < without);
	world_ok(&w, text_unpack(w.db, dict, buf_str(&packed), &raw, &w.err));
	assert_true(str_eq(buf_str(&raw), text));
	packed.data[packed.len / 2] ^= 0x55;
	packed.len -= 3;
	assert_false(text_unpack(w.db, dict, buf_str(&packed), &raw, &w.err));
	assert_true(db_err_is_damage(&w.err));
	world_ok(&w, dict_train(w.db, &made, &w.err));
	assert_false(made);
	buf_release(&packed);
	buf_release(&raw);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_twice),
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_same_document),
	    cmocka_unit_test(test_shared_address),
	    cmocka_unit_test(test_many),
	    cmocka_unit_test(test_load),
	    cmocka_unit_test(test_article_versions),
	    cmocka_unit_test(test_rules),
	    cmocka_unit_test(test_gone),
	    cmocka_unit_test(test_sources),
	    cmocka_unit_test(test_leases),
	    cmocka_unit_test(test_dictionary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
