/* SPDX-License-Identifier: MIT */
/* feed: the forms that feeds take, one by one: rows of tests/feed/forms.tsv, each a piece of a feed and one
 * value that is read of it. */
#include "feed/feed_parse.h"

#include "base/file.h"
#include "base/mem.h"
#include "model/feed_json.h"
#include "syntax/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SPACES                                                                                               \
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                                     \
	"xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "                                        \
	"xmlns:media=\"http://search.yahoo.com/mrss/\" "                                                     \
	"xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" "                                       \
	"xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "            \
	"xmlns:podcast=\"https://podcastindex.org/namespace/1.0\" "                                          \
	"xmlns:googleplay=\"http://www.google.com/schemas/play-podcasts/1.0\" "                              \
	"xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\""
#define CHANNEL                                                                                              \
	"<rss version=\"2.0\" " SPACES "><channel><title>T</title><link>http://e.example/</link>"            \
	"<description>D</description>"

static const struct {
	const char *place, *before, *after;
} places[] = {
    {"item", CHANNEL "<item>", "</item></channel></rss>"},
    {"channel", CHANNEL, "</channel></rss>"},
    {"entry", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>", "</entry></feed>"},
    {"feed", "<feed xmlns=\"http://www.w3.org/2005/Atom\">", "</feed>"},
    {"doc", "", ""},
};

/* \n in a row is a line break. */
static void add_unescaped(struct buf *out, struct str s)
{
	for (ptrdiff_t i; (i = str_find(s, STR("\\n"))) >= 0; s = str_skip(s, (size_t)i + 2)) {
		(void)buf_add(out, s.p, (size_t)i);
		(void)buf_addc(out, '\n');
	}
	(void)buf_addstr(out, s);
}

static void make_document(struct buf *out, struct str place, struct str piece)
{
	size_t i = 0;

	while (i < ARRAY_LEN(places) && !str_eqc(place, places[i].place))
		i++;
	if (i == ARRAY_LEN(places))
		fail_msg("no such place: %.*s", STR_ARG(place));
	(void)buf_adds(out, places[i].before);
	add_unescaped(out, piece);
	(void)buf_adds(out, places[i].after);
}

static void check_row(size_t line, struct str place, struct str piece, struct str pointer, struct str want)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf doc = BUF_INIT;
	SCOPED(buf) struct buf value = BUF_INIT;
	SCOPED(buf) struct buf text = BUF_INIT;
	struct feed_input in = {.url = STR("http://e.example/f")};
	struct err err = {0};
	struct feed feed;
	struct str got;

	make_document(&doc, place, piece);
	add_unescaped(&value, want);
	in.bytes = buf_str(&doc);
	if (!feed_parse(a, &in, &feed, &err))
		fail_msg("forms.tsv:%zu: %s", line, err.message);
	assert_true(feed_json(&text, &feed));
	SCOPED_PTR(json) struct json *root = json_parse(buf_str(&text), NULL, &err);
	assert_non_null(root);
	got = json_text(a, json_pointer(root, pointer));
	if (!str_eq(got, buf_str(&value)))
		fail_msg("forms.tsv:%zu: \"%.*s\" instead of \"%s\"", line, STR_ARG(got), buf_cstr(&value));
}

static void test_forms(void **state)
{
	const char *top = getenv("top_srcdir");
	SCOPED_STR path = mem_printf("%s/tests/feed/forms.tsv", top ? top : ".");
	SCOPED(buf) struct buf file = BUF_INIT;
	struct err err = {0};
	struct str rest, row, cell[4];
	size_t line = 0;

	(void)state;
	assert_true(file_read(path, &file, &err));
	rest = buf_str(&file);
	while (rest.len && str_split(&rest, '\n', &row)) {
		line++;
		if (row.len == 0 || row.p[0] == '#')
			continue;
		for (size_t i = 0; i < ARRAY_LEN(cell); i++)
			if (!str_split(&row, '\t', &cell[i]))
				fail_msg("forms.tsv:%zu: a cell is missing", line);
		check_row(line, cell[0], cell[1], cell[2], cell[3]);
	}
	assert_true(line > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms)};

	return cmocka_run_group_tests_name("forms", tests, NULL, NULL);
}
