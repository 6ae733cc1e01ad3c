/* SPDX-License-Identifier: MIT */
/* Bylines: what pages tell machines and what they show, row by row, and the names to be got out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "article/article_extract.h"
#include "base/arena.h"

#define LD(authors)                                                                                          \
	"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"The ferry "            \
	"stops\",\"author\":" authors "}</script>"
#define PROSE                                                                                                \
	"<p>The last ferry of the year left the quay at noon, with forty people and two dogs on board.</p>"  \
	"<p>Nobody in the town, it seems, knows when the next one will come, or whether it comes at "        \
	"all.</p>"                                                                                           \
	"<p>The captain, who has worked on the river since she was sixteen, says that she will wait.</p>"

static const struct {
	const char *head, *above, *byline;
} rows[] = {
    {LD("{\"name\":\"Ada Quill\"}"), "", "Ada Quill"},
    {LD("[{\"name\":\"Ada Quill\"},{\"name\":\"Ben Rook\"}]"), "", "Ada Quill, Ben Rook"},
    {LD("{\"@type\":\"Person\",\"name\":[\"Ada Quill\",\"Ben Rook\"]}"), "", "Ada Quill, Ben Rook"},
    {LD("{\"name\":\"Ada Quill and Ben Rook, Harbour Times\"}"), "", "Ada Quill, Ben Rook"},
    {LD("{\"name\":\"Ada Quill RIVER DESK\"}"), "", "Ada Quill"},
    {LD("{\"name\":\"Ada Quill\"}"), "<div>By <b>Ada Quill</b> and Ben Rook on March 5, 2024</div>",
        "Ada Quill, Ben Rook"},
    {LD("{\"name\":\"Ada Quill\"}"), "<div>By Ada Quill, Institute of Rivers</div>", "Ada Quill"},
    {"<meta property='og:site_name' content='Courier'><meta name='author' content='Team Courier'>", "",
        "Team Courier"},
    {"", "<p>By <a href='/author/aquill'>Ada Quill</a></p>", "Ada Quill"},
    {"", "<p>By <a href='/w/1'>Ada Quill</a>, Contributing Writer</p>", "Ada Quill"},
    {"", "<div class='author-line'><span>Ada Quill</span><span>Founder of the ferry</span></div>",
        "Ada Quill"},
    {"", "<div class='byline'><span>Ada Quill</span><span>Dec 05, 2023</span><span>2 Shares</span></div>",
        "Ada Quill"},
    {"", "<div class='author'><i>Ada Quill</i><i>Ada Quill</i></div>", "Ada Quill"},
    {"", "<div class='authorization'>Sign In</div>", ""},
    {"", "<p>Von <b>Ada Quill</b></p>", "Ada Quill"},
    {"", "<div>\xE6\x96\x87/\xE5\xB1\xB1\xE7\x94\xB0\xE5\xA4\xAA\xE9\x83\x8E</div>",
        "\xE5\xB1\xB1\xE7\x94\xB0\xE5\xA4\xAA\xE9\x83\x8E"},
    {"", "<p>By Ada Quill and Ben Rook on Tuesday, March 5, 2024</p>", "Ada Quill, Ben Rook"},
};

static void test_bylines(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct str html = str_c(arena_printf(a,
		    "<html><head><title>The ferry stops</title>%s</head><body><article><h1>The ferry "
		    "stops</h1>"
		    "%s%s</article></body></html>",
		    rows[i].head, rows[i].above, PROSE));
		struct article *got = article_extract(html, STR("https://quay.example/ferry"), NULL);
		assert_non_null(got);
		if (!str_eqc(got->byline, rows[i].byline))
			fail_msg("row %zu: want '%s', got '%.*s'", i, rows[i].byline, STR_ARG(got->byline));
		article_free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_bylines)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
