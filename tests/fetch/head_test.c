/* SPDX-License-Identifier: MIT */
/* Header lines: what is kept of them, what they say of time, and that no flood of them grows. */
#include "fetch/head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"

/* 1994-11-06T08:49:37Z */
#define NOW INT64_C(784111777)

static struct head read_all(struct arena *a, const char *text)
{
	struct str rest = str_c(text), line;
	struct head h;

	head_init(&h);
	while (str_split(&rest, '\n', &line))
		assert_true(head_line(&h, a, line, NOW));
	return h;
}

static const struct {
	const char *text;
	int64_t retry, fresh;
} times[] = {
    {"Retry-After: 120\r", 120, -1},
    {"retry-after:  Sun, 06 Nov 1994 08:50:37 GMT", 60, -1},
    {"Retry-After: Sun, 06 Nov 1994 08:00:00 GMT", 0, -1},
    {"Retry-After: soon", -1, -1},
    {"Retry-After: -5", -1, -1},
    {"Retry-After: 99999999999", 7 * 86400, -1},
    {"Cache-Control: public, Max-Age=300", -1, 300},
    {"Cache-Control: max-age=\"60\"", -1, 60},
    {"Cache-Control: max-age=60, no-cache", -1, 0},
    {"Cache-Control: max-age=x", -1, -1},
    {"Date: Sun, 06 Nov 1994 08:49:37 GMT\nExpires: Sun, 06 Nov 1994 09:49:37 GMT", -1, 3600},
    {"Date: Sun, 06 Nov 1994 08:49:37 GMT\nExpires: 0", -1, -1},
    {"Expires: Sun, 06 Nov 1994 09:49:37 GMT", -1, -1},
    {"Retry-After: 5\nHTTP/1.1 200 OK", -1, -1},
};

static void times_are_read(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		struct head h = read_all(a, times[i].text);

		if (h.retry_after_s != times[i].retry || head_fresh_s(&h) != times[i].fresh)
			fail_msg("%s: %d %d", times[i].text, (int)h.retry_after_s, (int)head_fresh_s(&h));
	}
}

static void values_are_kept_and_cleaned(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct head h =
	    read_all(a, "HTTP/1.1 404 Not\x1b Here\r\nLocation:  /x \r\nETag: W/\"a\"\r\nlink: <a>; rel=x\r\n"
	                "Link: <b>; rel=y\r\nContent-Type: text/html\r\nno colon\r\n: x\r\n");

	(void)state;
	assert_int_equal(h.status, 404);
	assert_string_equal(head_words(&h, a).p, "404 Not Here");
	assert_true(
	    str_eqc(h.location, "/x") && str_eqc(h.etag, "W/\"a\"") && str_eqc(h.content_type, "text/html"));
	assert_string_equal(h.link.p, "<a>; rel=x, <b>; rel=y");
	h = read_all(a, "HTTP/2 503 \r\n");
	assert_string_equal(head_words(&h, a).p, "503 Service Unavailable");
	h = read_all(a, "HTTP/2 299\r\n");
	assert_string_equal(head_words(&h, a).p, "299");
	h = read_all(a, "HTTP/1.1\r\n");
	assert_int_equal(h.status, 0);
}

static void floods_end(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf b = BUF_INIT;
	struct head h;
	size_t n = 0;

	(void)state;
	head_init(&h);
	while (head_line(&h, a, STR("Link: <x>; rel=\"next\"\r\n"), NOW))
		n++;
	assert_true(n > 1000 && h.bytes > HEAD_MAX_BYTES && h.link.len <= 4100);
	assert_true(arena_bytes(a) < (size_t)4 << 20);
	head_init(&h);
	buf_adds(&b, "ETag: ");
	buf_fill(&b, 'x', 3000);
	assert_true(head_line(&h, a, buf_str(&b), NOW));
	assert_null(h.etag.p); /* half a validator would match nothing */
}

static void lines_may_come_together(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct head h;

	(void)state;
	head_init(&h);
	assert_true(head_line(&h, a, STR("HTTP/1.1 200 OK\r\n"), NOW));
	assert_true(head_lines(&h, a,
	    STR("Server: x\r\nETag: \"a:b\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n"), NOW));
	assert_int_equal(h.status, 200);
	assert_true(str_eq(h.etag, STR("\"a:b\"")));
	assert_true(str_eq(h.modified, STR("Sun, 06 Nov 1994 08:49:37 GMT")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(times_are_read),
	    cmocka_unit_test(values_are_kept_and_cleaned),
	    cmocka_unit_test(floods_end),
	    cmocka_unit_test(lines_may_come_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
