/* SPDX-License-Identifier: MIT */
/* feed: documents of every format against what is read of them, as JSON Feed. UPDATE=1 writes the expected
 * files anew; read the difference before keeping it. */
#include "feed/feed_parse.h"

#include "base/file.h"
#include "base/mem.h"
#include "model/feed_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *case_path(const char *name, const char *ending)
{
	const char *top = getenv("top_srcdir");

	return mem_printf("%s/tests/feed/cases/%s%s", top ? top : ".", name, ending);
}

static void read_case(const char *name, const char *ending, struct buf *out)
{
	SCOPED_STR path = case_path(name, ending);
	struct err err = {0};

	assert_true(file_read(path, out, &err));
}

/* Through the codec, as it comes from courant-parse. */
static void parse_to_json(struct str bytes, struct buf *json)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf record = BUF_INIT;
	struct feed_input in = {.bytes = bytes, .url = STR("https://e.example/dir/feed")};
	struct err err = {0};
	struct feed feed, back;

	assert_true(feed_parse(a, &in, &feed, &err));
	feed_encode(&record, &feed);
	assert_true(feed_decode(a, buf_str(&record), &back, &err));
	assert_true(feed_json(json, &back));
}

static void test_cases(void **state)
{
	static const char *const names[] = {"rss2.xml", "rdf.xml", "rss090.xml", "atom.xml", "atom03.xml",
	    "json11.json", "news-sitemap.xml", "list.opml", "podcast.xml", "media.xml", "titles.xml",
	    "broken.xml", "base.xml", "active.xml", "latin1.xml"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		SCOPED(buf) struct buf doc = BUF_INIT;
		SCOPED(buf) struct buf want = BUF_INIT;
		SCOPED(buf) struct buf got = BUF_INIT;
		struct err err = {0};
		read_case(names[i], "", &doc);
		parse_to_json(buf_str(&doc), &got);
		if (getenv("UPDATE")) {
			SCOPED_STR path = case_path(names[i], ".out");
			assert_true(file_replace(path, got.data, got.len, 0644, &err));
			continue;
		}
		read_case(names[i], ".out", &want);
		assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *doc, *says;
	} rows[] = {
	    {"", "the document is empty"},
	    {" \n", "the document is empty"},
	    {"just words", "no feed: plain text"},
	    {"<!doctype html><title>x</title>", "a web page, not a feed"},
	    {"<html><body>x</body></html>", "a web page, not a feed"},
	    {"<soap:Envelope xmlns:soap='x'/>", "no feed: an XML document of another kind (Envelope)"},
	    {"<sitemapindex/>", "an index of sitemaps, not a feed: give one of the sitemaps that it names"},
	    {"{\"a\":1}", "JSON, but no feed; a JSON API needs a mapping (json: in the configuration)"},
	    {"[1]", "JSON, but no feed; a JSON API needs a mapping (json: in the configuration)"},
	    {"{\"a\":", "not valid JSON"},
	    {"\x1f\x8b\x08", "a gzip archive, not a feed"},
	    {"<", "no feed: neither XML nor JSON"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct feed_input in = {.bytes = str_c(rows[i].doc)};
		struct err err = {0};
		struct feed feed;
		assert_false(feed_parse(a, &in, &feed, &err));
		assert_string_equal(err.message, rows[i].says);
		assert_int_equal(err.code, ERR_INPUT);
	}
}

static void test_limits(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf doc = BUF_INIT;
	struct feed_input in = {.max_items = 10};
	struct err err = {0};
	struct feed feed;

	(void)state;
	buf_adds(&doc, "<rss><channel><title>T</title>");
	for (int i = 0; i < 50; i++)
		buf_printf(&doc, "<item><title>%d</title></item>", i);
	in.bytes = buf_str(&doc);
	assert_true(feed_parse(a, &in, &feed, &err));
	assert_int_equal(feed.n_items, 10);
	assert_true(str_eqc(feed.items[9].title, "9"));
	assert_true(str_eqc(feed.warnings[feed.n_warnings - 1], "only the first 10 items were taken") ||
	            feed.n_warnings > 1);
}

static void test_discover(void **state)
{
	static const char page[] =
	    "<title>A paper</title><base href='https://p.example/x/'>"
	    "<link rel=alternate type='application/rss+xml' title='Comments' href='comments/feed'>"
	    "<link rel=alternate type='text/html' href='other'><link rel='alternate home' "
	    "type='application/atom+xml; x=y' href='/atom'>"
	    "<link rel=alternate type='application/json' href='/wp-json/1'><link rel=feed href=f2>"
	    "<link rel=alternate type='application/rss+xml' href='javascript:x'><a href='/rss.xml'>RSS</a>";
	static const char *const want[] = {
	    "https://p.example/atom", "https://p.example/x/f2", "https://p.example/x/comments/feed"};
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct feed_input in = {.bytes = STR(page), .url = STR("https://p.example/")};
	struct err err = {0};
	struct feed feed;

	(void)state;
	assert_true(feed_discover(a, &in, &feed, &err));
	assert_true(str_eqc(feed.title, "A paper"));
	assert_int_equal(feed.n_items, ARRAY_LEN(want));
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		assert_true(str_eqc(feed.items[i].url, want[i]));
	in.bytes = STR("<p><a href='/blog/feed/'>Subscribe</a> <a href=x>y</a>");
	assert_true(feed_discover(a, &in, &feed, &err));
	assert_int_equal(feed.n_items, 1);
	assert_true(str_eqc(feed.items[0].url, "https://p.example/blog/feed/"));
	in.bytes = STR("<p><a href='/f.php'> RSS </a> <a href=/x>rss things</a>");
	assert_true(feed_discover(a, &in, &feed, &err));
	assert_int_equal(feed.n_items, 1);
	assert_true(str_eqc(feed.items[0].url, "https://p.example/f.php"));
	in.bytes = STR("<p>nothing");
	assert_false(feed_discover(a, &in, &feed, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

/* What an entry's link is resolved against: xml:base, then by format the feed's own link or its address. */
static void test_bases(void **state)
{
#define RSS(head) "<rss><channel>" head "<item><link>/a b</link></item></channel></rss>"
#define ATOM(attr, head)                                                                                     \
	"<feed xmlns='http://www.w3.org/2005/Atom'" attr ">" head "<entry><link href='x/1'/></entry></feed>"
	static const struct {
		const char *doc, *url, *want;
	} rows[] = {
	    {RSS("<link>https://p.example/p/</link>"), "https://f.example/rss", "https://p.example/a%20b"},
	    {RSS(""), "https://f.example/rss", "https://f.example/a%20b"},
	    {RSS("<link xmlns='http://www.w3.org/2005/Atom' rel='self' href='https://s.example/f'/>"), "",
	        "https://s.example/a%20b"},
	    {ATOM(" xml:base='https://b.example/'", "<link href='https://p.example/'/>"),
	        "https://f.example/d/", "https://b.example/x/1"},
	    {ATOM("", "<link href='https://p.example/'/>"), "https://f.example/d/a", "https://p.example/x/1"},
	    {ATOM("", "<link href='https://F.example/'/>"), "https://f.example/d/a",
	        "https://f.example/d/x/1"},
	    {ATOM("", "<link rel='self' href='https://s.example/'/>"), "", "x/1"},
	    {ATOM("", "<link rel='self' href='https://s.example/'/>"), "file:/tmp/f",
	        "https://s.example/x/1"},
	};
#undef ATOM
#undef RSS

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct feed_input in = {.bytes = str_c(rows[i].doc), .url = str_c(rows[i].url)};
		struct feed feed;
		assert_true(feed_parse(a, &in, &feed, NULL));
		assert_int_equal(feed.n_items, 1);
		assert_string_equal(arena_cstr(a, feed.items[0].url), rows[i].want);
	}
}

/* Where nothing is known to resolve against, only what is written as a relative address stays. */
static void test_relative(void **state)
{
	static const struct {
		const char *link, *want;
	} rows[] = {{"/a/b?c=d", "/a/b?c=d"}, {"b.html", "b.html"}, {"two words", ""}, {"//h.example/x", ""},
	    {"javascript:x", ""}, {"\\\\h\\x", ""}, {"/\\h", ""}, {"a&lt;b", ""}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct feed_input in = {
		    .bytes = str_c(arena_printf(a, "<rss><item><link>%s</link></item></rss>", rows[i].link))};
		struct feed feed;
		assert_true(feed_parse(a, &in, &feed, NULL));
		assert_int_equal(feed.n_items, 1);
		assert_true(str_eqc(feed.items[0].url, rows[i].want));
	}
}

/* A feed that stands in a namespace that nobody knows is read by the names of its elements. */
static void test_unknown_namespace(void **state)
{
	static const char *const docs[] = {
	    "<rss "
	    "xmlns='http://odd.example/ns'><channel><title>T</title><item><title>a</title></item></channel></"
	    "rss>",
	    "<rss "
	    "xmlns='http://www.w3.org/1999/xhtml'><channel><title>T</title><item><title>a</title></item></"
	    "channel>"
	    "</rss>",
	    "<feed xmlns='http://odd.example/ns' "
	    "xmlns:x='http://other.example/ns'><title>T</title><x:title>no</x:title>"
	    "<entry><x:title>no</x:title><title>a</title></entry></feed>",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(docs); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct feed_input in = {.bytes = str_c(docs[i])};
		struct feed feed;
		assert_true(feed_parse(a, &in, &feed, NULL));
		assert_true(str_eqc(feed.title, "T"));
		assert_int_equal(feed.n_items, 1);
		assert_true(str_eqc(feed.items[0].title, "a"));
	}
}

/* How many comments, and where: slash, wfw, thr. */
static void test_comments(void **state)
{
	static const char rss[] = "<rss xmlns:slash='http://purl.org/rss/1.0/modules/slash/' "
	                          "xmlns:wfw='http://wellformedweb.org/CommentAPI/'>"
	                          "<item><title>a</title><comments>https://e.example/1#c</"
	                          "comments><slash:comments>12</slash:comments>"
	                          "<wfw:commentRss>https://e.example/1/feed</wfw:commentRss></item>"
	                          "<item><title>b</title><slash:comments>-3</slash:comments></item></rss>";
	static const char atom[] =
	    "<feed xmlns='http://www.w3.org/2005/Atom' "
	    "xmlns:thr='http://purl.org/syndication/thread/1.0'><entry>"
	    "<link rel='replies' href='https://e.example/2#c' thr:count='7'/><thr:total>4</thr:total>"
	    "<link rel='replies' type='application/atom+xml' href='https://e.example/2/f' "
	    "thr:count='x'/></entry></feed>";
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct feed_input in = {.bytes = STR(rss)};
	struct feed feed;

	(void)state;
	assert_true(feed_parse(a, &in, &feed, NULL));
	assert_int_equal(feed.items[0].n_comments, 12);
	assert_true(str_eqc(feed.items[0].comments_url, "https://e.example/1#c"));
	assert_true(str_eqc(feed.items[0].comments_feed_url, "https://e.example/1/feed"));
	assert_true(feed.items[1].n_comments >= 0 && feed.items[1].n_comments <= 3);
	in.bytes = STR(atom);
	assert_true(feed_parse(a, &in, &feed, NULL));
	assert_int_equal(feed.items[0].n_comments, 7);
	assert_true(str_eqc(feed.items[0].comments_url, "https://e.example/2#c"));
	assert_true(str_eqc(feed.items[0].comments_feed_url, "https://e.example/2/f"));
}

/* Of two dates of one name the last that is one counts. */
static void test_dates(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct feed_input in = {
	    .bytes = STR("<rss><item><pubDate>2 Jan 2020</pubDate><pubDate>3 Jan 2020</pubDate>"
	                 "<pubDate>soon</pubDate></item></rss>")};
	struct feed feed;

	(void)state;
	assert_true(feed_parse(a, &in, &feed, NULL));
	assert_int_equal(feed.items[0].published / 86400, 18264);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cases),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_discover),
	    cmocka_unit_test(test_bases),
	    cmocka_unit_test(test_relative),
	    cmocka_unit_test(test_unknown_namespace),
	    cmocka_unit_test(test_comments),
	    cmocka_unit_test(test_dates),
	};

	return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
