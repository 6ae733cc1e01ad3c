/* SPDX-License-Identifier: MIT */
/* Answers from an edition's folder and from files: what is there, what did not change, what must not be
 * reached. */
#include "fetch/local_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/memfd.h"

static char dir[] = "/tmp/courant-edition-XXXXXX";
static const char *const names[] = {"index.tsv", "a.xml", "sub/b.html", "link"};

static void put(const char *name, const char *text)
{
	SCOPED_STR path = path_join(dir, name);

	assert_true(file_replace(path, text, strlen(text), 0600, NULL));
}

static int make(void **state)
{
	SCOPED_STR sub = path_join(dir, "sub");
	SCOPED_STR link = path_join(dir, "link");

	(void)state;
	put("index.tsv", "#now\t1969-07-21T12:00:00Z\n"
	                 "https://a.example/feed\ta.xml\tapplication/rss+xml\n"
	                 "https://a.example/b\tsub/b.html\ttext/html; charset=utf-8\r\n"
	                 "https://a.example/up\t../etc/passwd\ttext/plain\n"
	                 "https://a.example/root\t/etc/passwd\ttext/plain\n"
	                 "https://a.example/link\tlink\ttext/plain\n"
	                 "https://a.example/gone\tgone.html\ttext/plain\n"
	                 "half a line\n");
	put("a.xml", "<rss/>");
	if (!file_mkdirs(sub, 0700, NULL) || symlink("/etc/passwd", link) != 0)
		return 1;
	put("sub/b.html", "<p>b");
	return 0;
}

static int drop(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		SCOPED_STR path = path_join(dir, names[i]);

		remove(path);
	}
	SCOPED_STR sub = path_join(dir, "sub");
	return rmdir(sub) | rmdir(dir);
}

static const struct {
	const char *url;
	int status;
	const char *type;
} pages[] = {
    {"https://a.example/feed", 200, "application/rss+xml"},
    {"https://a.example/feed#part", 200, "application/rss+xml"},
    {"https://a.example/b", 200, "text/html; charset=utf-8"},
    {"https://a.example/", 404, NULL},
    {"https://a.example/up", 404, NULL},
    {"https://a.example/root", 404, NULL},
    {"https://a.example/link", 404, NULL},
    {"https://a.example/gone", 404, NULL},
    {"https://other.example/feed", 404, NULL},
};

static void an_edition_answers(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED_PTR(edition) struct edition *ed = edition_open(dir, NULL);

	(void)state;
	assert_non_null(ed);
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct fetch_request r = {.id = 5, .url = str_c(pages[i].url), .max_size = 1000};
		struct fetch_answer out;
		int fd;

		edition_answer(ed, a, &r, &out, &fd);
		if (out.status != pages[i].status || (fd >= 0) != (out.status == 200))
			fail_msg("%s: %d", pages[i].url, out.status);
		assert_int_equal(out.id, 5);
		if (fd < 0)
			continue;
		close(fd);
		assert_true(str_eqc(out.content_type, pages[i].type));
		r.etag = out.etag;
		edition_answer(ed, a, &r, &out, &fd);
		assert_true(out.status == 304 && out.not_modified && fd < 0);
	}
	assert_null(edition_open("/nonexistent", NULL));
}

static void a_file_is_read_again_when_it_changes(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct fetch_request r = {
	    .url = str_c(arena_printf(a, "file://%s/sub%%2fb.html", dir)), .max_size = 1000};
	struct fetch_answer out;
	struct str body;
	int fd;

	(void)state;
	assert_true(file_answer(a, &r, &out, &fd) && out.status == 200);
	assert_true(memfd_map(fd, 1000, true, &body, NULL) && str_eqc(body, "<p>b"));
	memfd_unmap(body);
	close(fd);
	r.etag = out.etag;
	assert_true(file_answer(a, &r, &out, &fd) && out.not_modified && fd < 0);
	put("sub/b.html", "<p>c");
	assert_true(file_answer(a, &r, &out, &fd) && !out.not_modified);
	close(fd);
	r.max_size = 3;
	assert_false(file_answer(a, &r, &out, &fd));
	assert_int_equal(out.failure, FETCH_TOO_BIG);
	r.url = str_c(arena_printf(a, "file://%s", dir));
	assert_false(file_answer(a, &r, &out, &fd));
	r.url = STR("file://host.example/etc/passwd");
	assert_false(file_answer(a, &r, &out, &fd));
	assert_true(out.failure == FETCH_BROKEN && out.reason.len > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_edition_answers),
	    cmocka_unit_test(a_file_is_read_again_when_it_changes),
	};

	if (!mkdtemp(dir))
		return 99;
	return cmocka_run_group_tests(tests, make, drop);
}
