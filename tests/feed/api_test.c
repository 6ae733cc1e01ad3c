/* SPDX-License-Identifier: MIT */
/* JSON APIs under a mapping: replies in the shapes of the ones that people read, each in our own words. */
#include "feed/feed_parse.h"
#include "text/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct api_row {
	const char *name;
	struct mapping map;
	const char *url, *reply;
	size_t n;
	const char *title, *link, *author, *date, *body, *comments, *tag, *next,
	    *image; /* of the first item; NULL: absent */
};

#define F(...) .fields = {__VA_ARGS__}
#define P(s)                                                                                                 \
	{                                                                                                    \
		(s), sizeof(s) - 1                                                                           \
	}

static const struct api_row rows[] = {
    {.name = "hits with an object id, numbered pages from 0",
        .map = {.items = P("/hits"),
            F([MAP_ID] = P("/objectID"), [MAP_TITLE] = P("/title // /story_title"), [MAP_URL] = P("/url"),
                [MAP_AUTHOR] = P("/author"), [MAP_PUBLISHED] = P("/created_at"),
                [MAP_COMMENTS] = P("https://news.example/item?id={/objectID}"), [MAP_TAGS] = P("/_tags")),
            .page_param = P("page"),
            .page_last = P("/nbPages")},
        .url = "https://api.example/search?tags=front&page=0",
        .reply = "{\"hits\":[{\"objectID\":\"42\",\"title\":null,\"story_title\":\"A "
                 "probe\",\"url\":\"https://e.example/p\","
                 "\"author\":\"ann\",\"created_at\":\"1977-09-05T12:56:00Z\",\"_tags\":[\"story\",\"x\"]},{"
                 "\"objectID\":\"43\"}],"
                 "\"page\":0,\"nbPages\":2}",
        .n = 2,
        .title = "A probe",
        .link = "https://e.example/p",
        .author = "ann",
        .date = "1977-09-05T12:56:00Z",
        .comments = "https://news.example/item?id=42",
        .tag = "story",
        .next = "https://api.example/search?tags=front&page=1"},
    {.name = "the same on its last page",
        .map = {.items = P("/hits"),
            F([MAP_TITLE] = P("/title")),
            .page_param = P("page"),
            .page_last = P("/nbPages")},
        .url = "https://api.example/search?page=1",
        .reply = "{\"hits\":[{\"title\":\"t\"}],\"page\":1,\"nbPages\":1}",
        .n = 1,
        .title = "t"},
    {.name = "a list of ids",
        .map = {.items = P(""), .detail = P("https://api.example/item/{id}.json")},
        .reply = "[101,\"a b\",null]",
        .n = 2,
        .link = "https://api.example/item/101.json"},
    {.name = "the detail of one id, seconds since 1970",
        .map = {.items = P(""),
            .detail = P("https://api.example/item/{id}.json"),
            .date_unit = P("s"),
            F([MAP_ID] = P("/id"), [MAP_TITLE] = P("/title"),
                [MAP_URL] = P("/url // https://n.example/{/id}"), [MAP_CONTENT] = P("/text"),
                [MAP_AUTHOR] = P("/by"), [MAP_PUBLISHED] = P("/time")),
            .html_fields = 1u << MAP_CONTENT},
        .reply = "{\"id\":7,\"title\":\"Ask: why?\",\"by\":\"bob\",\"text\":\"<p>So &amp; "
                 "so\",\"time\":-14182940}",
        .n = 1,
        .title = "Ask: why?",
        .link = "https://n.example/7",
        .author = "bob",
        .body = "<p>So &amp; so</p>",
        .date = "1969-07-20T20:17:40Z"},
    {.name = "nested results, tags as objects",
        .map = {.items = P("/response/results"),
            F([MAP_TITLE] = P("/webTitle"), [MAP_URL] = P("/webUrl"), [MAP_CONTENT] = P("/fields/bodyText"),
                [MAP_PUBLISHED] = P("/webPublicationDate"), [MAP_TAGS] = P("/tags")),
            .error = P("/message")},
        .reply = "{\"response\":{\"status\":\"ok\",\"results\":[{\"webTitle\":\"W\",\"webUrl\":\"https://"
                 "g.example/w\","
                 "\"webPublicationDate\":\"1989-11-09T22:00:00Z\",\"fields\":{\"bodyText\":\"One. "
                 "<two>\"},\"tags\":[{\"webTitle\":\"Berlin\"}]}]}}",
        .n = 1,
        .title = "W",
        .link = "https://g.example/w",
        .date = "1989-11-09T22:00:00Z",
        .body = "One. <two>",
        .tag = "Berlin"},
    {.name = "children with a data object, relative links, escaped HTML, a cursor",
        .map = {.items = P("/data/children"),
            .each = P("/data"),
            .date_unit = P("s"),
            .unescape = 1,
            F([MAP_ID] = P("/name"), [MAP_TITLE] = P("/title"),
                [MAP_URL] = P("https://www.r.example{/permalink}"), [MAP_CONTENT] = P("/selftext_html"),
                [MAP_AUTHOR] = P("/author"), [MAP_PUBLISHED] = P("/created_utc"),
                [MAP_IMAGE] = P("/thumbnail")),
            .html_fields = 1u << MAP_CONTENT,
            .next_pointer = P("/data/after"),
            .next_param = P("after"),
            .base_url = P("https://www.r.example")},
        .url = "https://www.r.example/hot.json?limit=5&after=old#x",
        .reply = "{\"data\":{\"after\":\"t3_b\",\"children\":[{\"kind\":\"t3\",\"data\":{\"name\":\"t3_a\","
                 "\"title\":\"T\","
                 "\"permalink\":\"/r/x/1/\",\"author\":\"u\",\"created_utc\":1764000000.0,\"thumbnail\":\"/"
                 "t.png\","
                 "\"selftext_html\":\"&lt;p&gt;a &amp;amp; &lt;a "
                 "href=\\\"/r/y\\\"&gt;b&lt;/a&gt;&lt;/p&gt;\"}}]}}",
        .n = 1,
        .title = "T",
        .link = "https://www.r.example/r/x/1/",
        .author = "u",
        .date = "2025-11-24T16:00:00Z",
        .body = "<p>a &amp; <a href=\"https://www.r.example/r/y\">b</a></p>",
        .next = "https://www.r.example/hot.json?limit=5&after=t3_b",
        .image = "https://www.r.example/t.png"},
    {.name = "a bare array, boosts first",
        .map = {.items = P(""),
            F([MAP_ID] = P("/id"), [MAP_URL] = P("/reblog/url // /url"),
                [MAP_CONTENT] = P("/reblog/content // /content"), [MAP_AUTHOR] = P("/account/display_name"),
                [MAP_PUBLISHED] = P("/created_at"), [MAP_TAGS] = P("/tags")),
            .html_fields = 1u << MAP_CONTENT},
        .reply = "[{\"id\":\"109\",\"url\":\"https://m.example/@a/"
                 "109\",\"content\":\"\",\"reblog\":{\"url\":\"https://o.example/1\","
                 "\"content\":\"<p>boosted</"
                 "p>\"},\"account\":{\"display_name\":\"Ann\"},\"created_at\":\"2025-01-02T03:04:05.678Z\","
                 "\"tags\":[{\"name\":\"space\"}]}]",
        .n = 1,
        .link = "https://o.example/1",
        .author = "Ann",
        .date = "2025-01-02T03:04:05Z",
        .body = "<p>boosted</p>",
        .tag = "space"},
    {.name = "rendered fields, milliseconds",
        .map = {.items = P(""),
            .date_unit = P("ms"),
            F([MAP_TITLE] = P("/title/rendered"), [MAP_URL] = P("/link"),
                [MAP_CONTENT] = P("/content/rendered"), [MAP_PUBLISHED] = P("/ms")),
            .html_fields = 1u << MAP_CONTENT | 1u << MAP_TITLE},
        .reply = "[{\"title\":{\"rendered\":\"A &#8217; "
                 "<i>B</i>\"},\"link\":\"https://w.example/1\",\"content\":{\"rendered\":\"<p>x\"},"
                 "\"ms\":\"1764000000000\"}]",
        .n = 1,
        .title = "A \xE2\x80\x99 B",
        .link = "https://w.example/1",
        .date = "2025-11-24T16:00:00Z",
        .body = "<p>x</p>"},
    {.name = "a date format of its own",
        .map = {.items = P("/articles"),
            .date_format = P("%Y%m%dT%H%M%SZ"),
            F([MAP_TITLE] = P("/title"), [MAP_URL] = P("/url"), [MAP_PUBLISHED] = P("/seendate"),
                [MAP_AUTHOR] = P("Staff"))},
        .reply = "{\"articles\":[{\"title\":\"G\",\"url\":\"https://d.example/"
                 "1\",\"seendate\":\"20251124T160000Z\"},7]}",
        .n = 1,
        .title = "G",
        .link = "https://d.example/1",
        .author = "Staff",
        .date = "2025-11-24T16:00:00Z"},
};

static void same(struct str got, const char *want)
{
	if (!want)
		assert_false(got.len);
	else
		assert_string_equal(got.p ? got.p : "(absent)", want);
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct api_row *r = &rows[i];
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct feed_input in = {.bytes = str_c(r->reply), .mapping = &r->map, .url = str_c(r->url)};
		struct err err = {0};
		struct feed feed;
		if (!feed_parse(a, &in, &feed, &err))
			fail_msg("%s: %s", r->name, err.message);
		assert_int_equal(feed.n_items, r->n);
		const struct item *it = &feed.items[0];
		same(it->title, r->title);
		same(it->url, r->link);
		same(it->n_authors ? it->authors[0].name : STR_NONE, r->author);
		same(it->content_html.p ? it->content_html : it->content_text, r->body);
		same(it->comments_url, r->comments);
		same(it->n_tags ? it->tags[0] : STR_NONE, r->tag);
		same(it->image, r->image);
		same(feed.next_url, r->next);
		assert_int_equal(it->published, r->date ? date_parse(str_c(r->date)) : TIME_NONE);
	}
}

static void test_errors(void **state)
{
	static const struct mapping map = {.items = P("/articles"), .error = P("/message")};
	static const struct {
		const char *reply, *says;
	} cases[] = {
	    {"{\"status\":\"error\",\"message\":\"key\\u001b[0m missing\"}",
	        "the API answers: key[0m missing"},
	    {"{\"message\":\"\",\"x\":[]}", "the reply has no list at \"/articles\" (json: items)"},
	    {"Your query was too short.\nMore words.", "not JSON, but: Your query was too short."},
	    {"<html>", "not JSON, but: <html>"},
	    {"[", "not valid JSON"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct feed_input in = {.bytes = str_c(cases[i].reply), .mapping = &map};
		struct err err = {0};
		struct feed feed;
		assert_false(feed_parse(a, &in, &feed, &err));
		assert_string_equal(err.message, cases[i].says);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_errors)};

	return cmocka_run_group_tests_name("api", tests, NULL, NULL);
}
