/* SPDX-License-Identifier: MIT */
/* Headlines: what pages say of them in their heads, what they show, and what is to be got out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "article/article_extract.h"
#include "base/arena.h"

#define PROSE                                                                                                \
	"<p>The ferry of the upper lake makes its last trip on Sunday, with music and free coffee on "       \
	"board.</p>"                                                                                         \
	"<p>It has been at work since 1911, and no one, the captain says, has ever been late by its "        \
	"fault.</p>"
#define SAYS(title) "<meta property='og:title' content='" title "'>"

static const struct {
	const char *head, *body, *title;
} rows[] = {
    {SAYS("The last trip of the ferry"), "<h1>05.03.2024 - The last trip of the ferry</h1>",
        "The last trip of the ferry"},
    {"<title>2024: what will come of it</title>", "<h1>2024: what will come of it</h1>",
        "2024: what will come of it"},
    {SAYS("The last trip of the ferry") "<title>News - Lake</title>",
        "<h1>News</h1><h2>The last trip of the ferry</h2>", "The last trip of the ferry"},
    {"<title>News</title>", "<h1>News</h1>", "News"},
    {SAYS("Farewell to a boat"), "<h1><a href='/b'>Ten other things on the lake</a></h1>",
        "Farewell to a boat"},
    {SAYS("Farewell to a boat"), PROSE PROSE "<h1>Next on our way around the lake</h1>",
        "Farewell to a boat"},
    {SAYS("Farewell to a boat"), "<h1>The last trip of all</h1>", "The last trip of all"},
    {SAYS("\xE6\xB8\x85\xE3\x81\x84\xE6\xB0\xB4"),
        "<h1><ruby>\xE6\xB8\x85<rp>(</rp><rt>\xE3\x81\x8D\xE3\x82\x88</rt><rp>)</rp></ruby>"
        "\xE3\x81\x84\xE6\xB0\xB4</h1>",
        "\xE6\xB8\x85\xE3\x81\x84\xE6\xB0\xB4"},
};

static void test_titles(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		struct str html =
		    str_c(arena_printf(a, "<html><head>%s</head><body>%s<div>%s</div></body></html>",
		        rows[i].head, rows[i].body, PROSE));
		SCOPED_PTR(article)
		struct article *got = article_extract(html, STR("https://lake.example/x"), NULL);
		if (!str_eqc(got->title, rows[i].title))
			fail_msg("row %zu: want '%s', got '%.*s'", i, rows[i].title, STR_ARG(got->title));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_titles)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
