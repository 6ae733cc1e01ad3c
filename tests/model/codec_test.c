/* SPDX-License-Identifier: MIT */
/* The codecs of feeds, jobs, mappings and fetch messages: what goes in comes out; what is cut, bent or unfit
 * is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/feed.h"
#include "model/fetch_msg.h"
#include "model/job.h"
#include "model/snapshot.h"

static struct person people[] = {
    {.name = STR("Ada"), .url = STR("https://a.example/ada")}, {.name = STR("Bo")}};
static struct str tags[] = {STR("space"), STR("moon")};
static struct attachment files[] = {{.url = STR("https://a.example/a.mp3"),
    .mime_type = STR("audio/mpeg"),
    .size_in_bytes = -1,
    .duration_s = 12.5}};
static struct item items[] = {
    {.id = STR("1"),
        .url = STR("https://a.example/1"),
        .title = STR("Eagle lands"),
        .content_html = STR("<p>two\nlines  </p>"),
        .doc = STR("\x01\x00\xff"),
        .published = -14182940,
        .modified = TIME_NONE,
        .authors = people,
        .n_authors = 2,
        .tags = tags,
        .n_tags = 2,
        .attachments = files,
        .n_attachments = 1,
        .id_is_url = true},
    {.title = STR("")},
};
static struct str warnings[] = {STR("a date could not be read")};

static struct feed sample_feed(void)
{
	return (struct feed){.format = FEED_ATOM,
	    .version = STR("1.0"),
	    .title = STR("Ledger"),
	    .description = STR("news\nof the day"),
	    .published = TIME_NONE,
	    .modified = 7,
	    .ttl_minutes = -1,
	    .skip_hours = 5,
	    .skip_days = 0x41,
	    .items = items,
	    .n_items = 2,
	    .warnings = warnings,
	    .n_warnings = 1};
}

static void encode_sample(struct buf *out)
{
	struct feed f = sample_feed();

	feed_encode(out, &f);
}

static void same(struct str a, struct str b)
{
	assert_int_equal(a.p == NULL, b.p == NULL);
	assert_true(str_eq(a, b));
}

static void test_feed(void **state)
{
	SCOPED(buf) struct buf bytes = BUF_INIT, again = BUF_INIT;
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct feed f = sample_feed(), got;
	struct err err = {0};

	(void)state;
	feed_encode(&bytes, &f);
	assert_true(feed_decode(a, buf_str(&bytes), &got, &err));
	feed_encode(&again, &got);
	assert_true(str_eq(buf_str(&bytes), buf_str(&again)));
	same(got.items[0].doc, items[0].doc);
	same(got.items[0].content_html, items[0].content_html);
	same(got.items[0].summary, STR_NONE);
	same(got.items[1].title, STR(""));
	assert_int_equal(got.ttl_minutes, -1);
	assert_int_equal(got.items[0].published, -14182940);
	assert_true(got.items[0].modified == TIME_NONE);
	assert_true(
	    got.items[0].attachments[0].duration_s > 12 && got.items[0].attachments[0].duration_s < 13);
	assert_true(got.items[0].id_is_url && !got.items[1].id_is_url);
	same(got.items[0].authors[1].name, STR("Bo"));
}

static void test_cut_and_bent(void **state)
{
	SCOPED(buf) struct buf bytes = BUF_INIT;
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct feed got;
	struct err err = {0};

	(void)state;
	encode_sample(&bytes);
	for (size_t n = 0; n < bytes.len; n++) {
		err_clear(&err);
		assert_false(feed_decode(a, str_n(bytes.data, n), &got, &err));
		assert_int_equal(err.code, ERR_HELPER);
		assert_int_equal(got.n_items, 0);
	}
	buf_addc(&bytes, 0);
	assert_false(feed_decode(a, buf_str(&bytes), &got, &err));
	buf_truncate(&bytes, bytes.len - 1);
	for (size_t n = 0; n < bytes.len * 8; n++) {
		bytes.data[n / 8] = (char)(bytes.data[n / 8] ^ (1 << n % 8));
		arena_reset(a);
		(void)feed_decode(
		    a, buf_str(&bytes), &got, NULL); /* either is right: it must only end well */
		bytes.data[n / 8] = (char)(bytes.data[n / 8] ^ (1 << n % 8));
	}
}

/* One item with one odd string, and what becomes of it. */
static void test_unfit(void **state)
{
	static const struct {
		const char *title, *url, *html;
		bool kept, has_url;
	} rows[] = {
	    {"fine", "https://a.example/", "<p>x</p>", true, true},
	    {"fine", "/relative?q=1", NULL, true, true},
	    {"fine", "javascript:alert(1)", NULL, true, false},
	    {"fine", "data:text/html,x", NULL, true, false},
	    {"escape \x1b[31m", NULL, NULL, false, false},
	    {"two\nlines", NULL, NULL, false, false},
	    {"bidi \xe2\x80\xae", NULL, NULL, false, false},
	    {"broken \xff", NULL, NULL, false, false},
	    {"fine", "https://a.example/\x07", NULL, false, false},
	    {"fine", NULL, "<p>\x9b</p>", false, false},
	    {"fine", NULL, "<p>c1 \xc2\x9b</p>", false, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf bytes = BUF_INIT;
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct item item = {.title = str_c(rows[i].title),
		    .url = str_c(rows[i].url),
		    .content_html = str_c(rows[i].html)};
		struct feed f = {.items = &item, .n_items = 1}, got;

		feed_encode(&bytes, &f);
		assert_int_equal(feed_decode(a, buf_str(&bytes), &got, NULL), rows[i].kept);
		if (rows[i].kept)
			assert_int_equal(got.items[0].url.len > 0, rows[i].has_url);
	}
}

/* Counts that would need more memory than the bytes can stand for. */
static void test_counts(void **state)
{
	SCOPED(buf) struct buf bytes = BUF_INIT;
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct feed got;
	static struct item many[100001];
	struct feed f = {.items = many, .n_items = ARRAY_LEN(many)};

	(void)state;
	feed_encode(&bytes, &f);
	assert_false(feed_decode(a, buf_str(&bytes), &got, NULL));
	buf_reset(&bytes);
	f.n_items--;
	feed_encode(&bytes, &f);
	assert_true(feed_decode(a, buf_str(&bytes), &got, NULL));
	assert_int_equal(got.n_items, 100000);
	assert_true(arena_bytes(a) < (size_t)64 << 20);
}

static void test_fetch(void **state)
{
	SCOPED(buf) struct buf bytes = BUF_INIT;
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str headers[] = {STR("X-Key: 1")};
	struct fetch_settings settings = {
	    .parallel = 20, .user_agent = STR("courant"), .fixed_now = TIME_NONE};
	struct fetch_request request = {.id = UINT64_MAX,
	    .url = STR("file:///tmp/x"),
	    .etag = STR("W/\"\xe9\""),
	    .headers = headers,
	    .n_headers = 1,
	    .purpose = FETCH_API,
	    .background = true,
	    .max_size = 8 << 20};
	struct fetch_answer answer = {.id = 3,
	    .failure = FETCH_DEFERRED,
	    .status = 429,
	    .reason = STR("429 Too Many Requests"),
	    .permanent_url = STR("https://b.example/"),
	    .retry_after_s = 60,
	    .max_age_s = -1};
	struct fetch_settings s;
	struct fetch_request q;
	struct fetch_answer r;

	(void)state;
	fetch_settings_encode(&bytes, &settings);
	assert_true(fetch_settings_decode(a, buf_str(&bytes), &s, NULL));
	assert_true(s.parallel == 20 && s.fixed_now == TIME_NONE && !s.proxy.p);
	buf_reset(&bytes);
	fetch_request_encode(&bytes, &request);
	assert_true(fetch_request_decode(a, buf_str(&bytes), &q, NULL));
	assert_true(q.id == UINT64_MAX && q.background && !q.allow_file && q.purpose == FETCH_API);
	same(q.headers[0], headers[0]);
	same(q.etag, request.etag);
	buf_reset(&bytes);
	headers[0] = STR("X-Key: 1\r\nX-More: 2");
	fetch_request_encode(&bytes, &request);
	assert_false(fetch_request_decode(a, buf_str(&bytes), &q, NULL));
	buf_reset(&bytes);
	fetch_answer_encode(&bytes, &answer);
	assert_true(fetch_answer_decode(a, buf_str(&bytes), &r, NULL));
	assert_true(
	    r.failure == FETCH_DEFERRED && r.status == 429 && r.max_age_s == -1 && r.retry_after_s == 60);
	answer.failure = FETCH_DEFERRED + 1;
	buf_reset(&bytes);
	fetch_answer_encode(&bytes, &answer);
	assert_false(fetch_answer_decode(a, buf_str(&bytes), &r, NULL));
}

static void test_job(void **state)
{
	SCOPED(buf) struct buf bytes = BUF_INIT, map = BUF_INIT;
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct mapping mapping = {.items = STR("/hits"), .html_fields = 1u << MAP_CONTENT, .max_pages = 3};
	struct job job = {.id = 1, .kind = JOB_DISCOVER, .want_doc = true}, j;
	struct job_reply reply = {.id = 1,
	                     .code = ERR_INPUT,
	                     .line = 4,
	                     .column = -1,
	                     .message = STR("no feed")},
	                 r;
	struct mapping m;

	(void)state;
	mapping.fields[MAP_ENCLOSURE] = STR("{/media/0/url}");
	mapping_encode(&map, &mapping);
	job.mapping = buf_str(&map);
	job_encode(&bytes, &job);
	assert_true(job_decode(a, buf_str(&bytes), &j, NULL));
	assert_true(j.kind == JOB_DISCOVER && j.want_doc && !j.want_html);
	assert_true(mapping_decode(a, j.mapping, &m, NULL));
	same(m.fields[MAP_ENCLOSURE], mapping.fields[MAP_ENCLOSURE]);
	same(m.fields[MAP_ID], STR_NONE);
	assert_true(m.html_fields == 1u << MAP_CONTENT && m.max_pages == 3);
	buf_reset(&bytes);
	job_reply_encode(&bytes, &reply);
	assert_true(job_reply_decode(a, buf_str(&bytes), &r, NULL));
	assert_true(r.code == ERR_INPUT && r.line == 4 && r.column == -1 && !r.ok);
	job.kind = JOB_DISCOVER + 1;
	buf_reset(&bytes);
	job_encode(&bytes, &job);
	assert_false(job_decode(a, buf_str(&bytes), &j, NULL));
}

static void test_snapshot(void **state)
{
	struct snapshot *s = snapshot_new();
	struct event_id none = {0}, nine = {9};

	(void)state;
	s->n_rows = 3;
	s->rows = arena_array(s->arena, s->n_rows, sizeof *s->rows);
	s->rows[0] = (struct story_row){.id = {4}, .event = {8}, .event_size = 1};
	s->rows[1] = (struct story_row){.id = {5}, .event = {9}, .event_size = 3};
	s->rows[2] = (struct story_row){.id = {6}, .event = {9}, .event_size = 3};
	assert_int_equal(snapshot_find(s, (struct story_id){6}, nine), 2);
	assert_int_equal(snapshot_find(s, (struct story_id){7}, nine), 1);
	assert_int_equal(snapshot_find(s, (struct story_id){7}, none), -1);
	assert_int_equal(snapshot_find(s, (struct story_id){7}, (struct event_id){8}), -1);
	assert_int_equal(snapshot_find(s, STORY_NONE, none), -1);
	assert_ptr_equal(snapshot_ref(s), s);
	snapshot_unref(s);
	assert_int_equal(s->n_rows, 3);
	snapshot_unref(s);
	snapshot_unref(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_feed),
	    cmocka_unit_test(test_cut_and_bent),
	    cmocka_unit_test(test_unfit),
	    cmocka_unit_test(test_counts),
	    cmocka_unit_test(test_fetch),
	    cmocka_unit_test(test_job),
	    cmocka_unit_test(test_snapshot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
