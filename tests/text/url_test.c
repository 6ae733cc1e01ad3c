/* SPDX-License-Identifier: MIT */
/* Addresses: resolution as browsers do it, the key of comparison, what may be followed. */
#include "text/url.h"
#include "text/url_page.h"

#include "text_test.h"

static void test_resolve(void **state)
{
	static const struct {
		const char *base, *ref, *want;
	} rows[] = {
	    /* RFC 3986 §5.4 */
	    {"http://a/b/c/d;p?q", "g", "http://a/b/c/g"},
	    {"http://a/b/c/d;p?q", "./g/", "http://a/b/c/g/"},
	    {"http://a/b/c/d;p?q", "/g", "http://a/g"},
	    {"http://a/b/c/d;p?q", "//g", "http://g/"},
	    {"http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"},
	    {"http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s"},
	    {"http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"},
	    {"http://a/b/c/d;p?q", ";x", "http://a/b/c/;x"},
	    {"http://a/b/c/d;p?q", "..", "http://a/b/"},
	    {"http://a/b/c/d;p?q", "../../../g", "http://a/g"},
	    {"http://a/b/c/d;p?q", "/./g/../h", "http://a/h"},
	    {"http://a/b/c/d;p?q", "g;x=1/%2e%2E/y", "http://a/b/c/y"},
	    {"http://a/b/c/d;p?q", "g?y/../x#s/../x", "http://a/b/c/g?y/../x#s/../x"},
	    {"http://a/b/c/d;p?q", "http:g", "http://a/b/c/g"},
	    {"https://a/b", "http:g", "http://g/"},
	    /* what people write */
	    {"http://a/b", " \n http://X.Example/A b?q=ü#ñ \t", "http://x.example/A%20b?q=%C3%BC#%C3%B1"},
	    {"http://a/b", "http://ex\nample.org/lo\tng", "http://example.org/long"},
	    {"http://a/b", "\\c\\d?x\\y", "http://a/c/d?x\\y"},
	    {"http://a/b", "http:\\\\h\\p", "http://h/p"},
	    {"http://a/b", "https:///h/p", "https://h/p"},
	    {"http://a/b", "//h:80/p", "http://h/p"},
	    {"http://a/b", "https://h:443", "https://h/"},
	    {"http://a/b", "https://h:0080/", "https://h:80/"},
	    {"http://a", "x", "http://a/x"},
	    {"http://u:p@a/b", "c", "http://u:p@a/c"},
	    {"http://a/b", "http://user@evil@h/", "http://user%40evil@h/"},
	    {"http://a/b", "mailto:x@y.z", "mailto:x@y.z"},
	    {"http://a/b", "javascript:alert(1)", "javascript:alert(1)"},
	    {"", "HTTP://A.B/%7ec", "http://a.b/%7ec"},
	    {NULL, "http://a/", "http://a/"},
	    /* hosts */
	    {"", "http://Bücher.example/", "http://xn--bcher-kva.example/"},
	    {"", "http://ドメイン.テスト/", "http://xn--eckwd4c7c.xn--zckzah/"},
	    {"", "http://faß.de/", "http://fass.de/"},
	    {"", "http://президент.рф", "http://xn--d1abbgf6aiiy.xn--p1ai/"},
	    {"", "http://ＧＯ.com/", "http://go.com/"},
	    {"", "http://%77ww.org/", "http://www.org/"},
	    {"", "http://0x7f.1/", "http://127.0.0.1/"},
	    {"", "http://2130706433/", "http://127.0.0.1/"},
	    {"", "http://017700000001/", "http://127.0.0.1/"},
	    {"", "http://[::1]:8080/x", "http://[::1]:8080/x"},
	    /* none */
	    {"", "relative", NULL},
	    {"mailto:x", "relative", NULL},
	    {"http://a/", "http://", NULL},
	    {"http://a/", "http://h:99999/", NULL},
	    {"http://a/", "http://h:8o/", NULL},
	    {"http://a/", "http://a b/", NULL},
	    {"http://a/", "http://a%00b/", NULL},
	    {"http://a/", "http://[::1", NULL},
	    {"http://a/", "http://1.2.3.4.5/", NULL},
	    {"http://a/", "http://256.1.1.1/", NULL},
	    {"http://a/", "http://a<b/", NULL},
	};
	SCOPED_PTR(arena) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str got = url_resolve(a, str_c(rows[i].base), str_c(rows[i].ref));

		same(rows[i].ref, got, rows[i].want);
		if (got.p && url_is_web(got))
			same("once more", url_resolve(a, STR_NONE, got), rows[i].want);
	}
	same("absent", url_resolve(a, STR("http://a/"), STR_NONE), NULL);
}

static void test_key(void **state)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
	    {"http://www.example.org/a/", "example.org/a"},
	    {"https://EXAMPLE.org:443/a#part", "example.org/a"},
	    {"https://example.org", "example.org"},
	    {"https://example.org:8443/", "example.org:8443"},
	    {"https://example.org/a?utm_source=x&b=2&a=1&fbclid=9", "example.org/a?a=1&b=2"},
	    {"https://example.org/a?a=1&amp;utm_medium=rss", "example.org/a?a=1"},
	    {"https://example.org/a?source=7&from=10", "example.org/a?from=10&source=7"},
	    {"https://example.org/%7euser/%e9", "example.org/~user/%E9"},
	    {"https://example.org/a?", "example.org/a"},
	    {"urn:uuid:1", "urn:uuid:1"},
	    {"not an address", "not an address"},
	};
	SCOPED_PTR(arena) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		same(rows[i].in, url_key(a, str_c(rows[i].in)), rows[i].want);
}

static void test_kinds(void **state)
{
	static const struct {
		const char *in;
		bool web, safe;
	} rows[] = {
	    {"http://a/", true, true},
	    {"HTTPS://a", true, true},
	    {"http:///p", false, false},
	    {"mailto:a@b", false, true},
	    {"gemini://a/", false, true},
	    {"javascript:alert(1)", false, false},
	    {"data:text/html,x", false, false},
	    {"file:///etc/passwd", false, false},
	    {"lynxcgi:/bin/sh", false, false},
	    {"exec:touch x", false, false},
	    {"vbscript:x", false, false},
	    {"/relative", false, false},
	    {"http://a/\nb", true, false},
	    {"", false, false},
	    {"magnet:?xt=1", false, true},
	    {" javascript:x", false, false},
	    {"http", false, false},
	    {"http://a\x1B[31m/", false, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (url_is_web(str_c(rows[i].in)) != rows[i].web ||
		    url_is_safe(str_c(rows[i].in)) != rows[i].safe)
			fail_msg("%s", rows[i].in);
}

static void test_parts(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf out = BUF_INIT;
	struct url u;

	(void)state;
	assert_true(url_split(STR("https://me:pw@Host.org:81/a/b?q=1?2#f#g"), &u));
	same("scheme", u.scheme, "https");
	same("userinfo", u.userinfo, "me:pw");
	same("host", u.host, "Host.org");
	same("port", u.port, "81");
	same("path", u.path, "/a/b");
	same("query", u.query, "q=1?2");
	same("fragment", u.fragment, "f#g");
	assert_true(url_split(STR("http://[::1]/x"), &u));
	same("host 6", u.host, "[::1]");
	same("no port", u.port, NULL);
	assert_false(url_split(STR("//host/x"), &u));
	same("origin", url_origin(a, STR("HTTPS://me@Host.ORG:443/x")), "https://host.org");
	same("origin with port", url_origin(a, STR("http://Host.ORG:443/x")), "http://host.org:443");
	same("origin of none", url_origin(a, STR("mailto:x")), NULL);
	same("host", url_host(STR("http://Host/x")), "Host");
	same("site", url_site(STR("https://www.example.org/x")), "example.org");
	same("site m", url_site(STR("https://m.example.org/x")), "example.org");
	same("site of m.com", url_site(STR("https://m.com/x")), "m.com");
	assert_true(url_decode(&out, STR("a%20b%zz%4")));
	same("decode", buf_str(&out), "a b%zz%4");
	buf_reset(&out);
	assert_true(url_encode(&out, STR("a b/é~")));
	same("encode", buf_str(&out), "a%20b%2F%C3%A9~");
}

/* Whatever goes in: the result resolves to itself, holds no control character or blank, and has its key. */
static void test_random(void **state)
{
	uint64_t seed = 17;
	char bytes[200], other[60];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct str ref = random_text(&seed, bytes, sizeof bytes),
		           tail = random_text(&seed, other, sizeof other);
		struct str base =
		    i % 2 ? str_c(arena_printf(a, "http://host/%.*s", STR_ARG(tail))) : STR_NONE;
		struct str got = url_resolve(a, base, ref);

		for (size_t k = 0; k < got.len; k++)
			if (got.p[k] <= ' ' || got.p[k] == 0x7F)
				fail_msg("\"%.*s\" holds a control", STR_ARG(got));
		if (got.p && url_is_web(got) && !str_eq(url_resolve(a, STR_NONE, got), got))
			fail_msg("\"%.*s\" changes", STR_ARG(got));
		assert_non_null(url_key(a, ref).p);
	}
}

static void test_pages(void **state)
{
	static const struct {
		const char *from, *next;
		unsigned want;
	} rows[] = {
	    {"http://a.example/story", "http://a.example/story/2", 2},
	    {"https://www.a.example/story/", "http://a.example/story/2/", 2},
	    {"http://a.example/story/2", "http://a.example/story/3", 3},
	    {"http://a.example/story/", "http://a.example/story/page/2/", 2},
	    {"http://a.example/story/page/2/", "http://a.example/story/page/3/", 3},
	    {"http://a.example/story", "http://a.example/story/page-2", 2},
	    {"http://a.example/story.html", "http://a.example/story-2.html", 2},
	    {"http://a.example/story-1.html", "http://a.example/story-2.html", 2},
	    {"http://a.example/story.html", "http://a.example/story-page-2.html", 2},
	    {"http://a.example/zeit/2025-07/mond", "http://a.example/zeit/2025-07/mond/seite-2", 2},
	    {"http://a.example/story?id=7", "http://a.example/story?id=7&page=2", 2},
	    {"http://a.example/story?page=9&id=7", "http://a.example/story?id=7&page=10", 10},
	    {"http://a.example/story?utm_source=x", "http://a.example/story?p=2", 2},
	    {"http://a.example/story", "http://a.example/story?page=all", URL_PAGE_ALL},
	    {"http://a.example/story/2", "http://a.example/story/komplettansicht", URL_PAGE_ALL},
	    {"http://a.example/story", "http://a.example/story/komplettansicht", URL_PAGE_ALL},
	    {"http://a.example/story", "http://a.example/story", 0},
	    {"http://a.example/story", "http://a.example/story/3", 0},
	    {"http://a.example/story", "http://a.example/other/2", 0},
	    {"http://a.example/story", "http://b.example/story/2", 0},
	    {"http://a.example/2025/07/20/story", "http://a.example/2025/07/21/next", 0},
	    {"http://a.example/news/1234", "http://a.example/news/1235", 0},
	    {"http://a.example/story", "http://a.example/story?cpage=2", 0},
	    {"http://a.example/story2", "http://a.example/story3", 0},
	    {"http://a.example/story/02", "http://a.example/story/03", 0},
	    {"http://a.example/", "http://a.example/2", 2},
	    {"javascript:1", "javascript:2", 0},
	    {"", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		unsigned got = url_page_after(str_c(rows[i].from), str_c(rows[i].next));

		if (got != rows[i].want)
			fail_msg("%s, then %s: %u, not %u", rows[i].from, rows[i].next, got, rows[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_resolve), cmocka_unit_test(test_key),
	    cmocka_unit_test(test_kinds), cmocka_unit_test(test_parts), cmocka_unit_test(test_pages),
	    cmocka_unit_test(test_random)};

	return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
