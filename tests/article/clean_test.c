/* SPDX-License-Identifier: MIT */
/* What stands among the paragraphs of an article and is none of its text, and what looks like that and is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "article/article_extract.h"
#include "base/arena.h"
#include "doc/out.h"

#define P1 "<p>The mill stood empty for a year, and the town, which had lived by it, came to see it burn.</p>"
#define P2 "<p>Nobody was hurt, the fire brigade said, but the roof, the loft and both wheels are lost.</p>"

/* Found: a text that is looked for in what comes out. */
static const struct {
	const char *between, *after, *found;
	bool stays;
} rows[] = {
    {"<p>Facebook | Twitter | Email</p>", "", "Twitter", false},
    {"<div>Share on Facebook, Copy link</div>", "", "Facebook", false},
    {"<p>Facebook bought the mill.</p>", "", "Facebook", true},
    {"<table><tr><td>Shop</td><td>Facebook, X</td></tr><tr><td>Press</td><td>X</td></tr></table>", "",
        "Facebook, X", true},
    {"<span>Image 2 of 5</span>", "", "2 of 5", false},
    {"<p>5 min read</p>", "", "min read", false},
    {"<p>Two of 5</p>", "", "Two of 5", true},
    {"<p>n\",\"name\":\"Mill\",\"url\":\"https://a.example\",\"kind\":null,\"x\":{</p>", "", "Mill\"", false},
    {"<pre><code>{\"a\":\"b\",\"c\":\"d\",\"e\":{\"f\":null}}</code></pre>", "", "\"c\":\"d\"", true},
    {"<p>[vc_row][vc_column width=\"1/2\"][/vc_column][/vc_row]</p>", "", "vc_", false},
    {"<p>[It was] all there, the miller said.</p>", "", "[It was]", true},
    {"<p><b>DON'T MISS</b></p><p><a href='/b'>The mill that floats away</a> [VIDEO] |</p>", "", "floats",
        false},
    {"<blockquote><p>It was a fine mill.</p></blockquote><p>[<a href='https://c.example/'>Courier</a>]</p>",
        "", "Courier", true},
    {"<p><a href='https://c.example/'>Courier</a></p>", "", "Courier", false},
    {"<div class='social-media-embed'><blockquote class='twitter-tweet'><p>Smoke over the "
     "mill!</p></blockquote>"
     "</div>",
        "", "Smoke over", true},
    {"", "<p>Mill Post is a paper for the lower valley, with offices in two towns.</p>", "lower valley",
        false},
    {"", "<p>Mill Post will look at the cost of it in the next issue, on Friday.</p>", "next issue", true},
    {"<p>Tempo de leitura: 3 minutos</p>", "", "leitura", false},
    {"<p>\xE2\x80\xA6 keep reading, the miller's son had said.</p>", "", "keep reading", true},
    {"", "<p>Already a subscriber? Log in to read the rest of it.</p>", "subscriber", false},
    {"",
        "<p>\xE9\x96\xA2\xE9\x80\xA3\xE8\xA8\x98\xE4\xBA\x8B</p><ul><li><a href='/b'>The mill that "
        "floats</a></li>"
        "<li><a href='/c'>A miller's long day</a></li></ul>",
        "\xE9\x96\xA2", false},
    {"<h2>Wheels<span class='mw-editsection'>[<a href='/e'>edit</a>]</span></h2>" P2, "", "edit", false},
    {"<div role='region' style='display:none'><p>Flour was ground here for three hundred years, said the "
     "guide.</p></div>",
        "", "three hundred", true},
    {"<div style='display:none'><p>Flour was ground here for three hundred years, said the guide.</p></div>",
        "", "three hundred", false},
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		SCOPED(buf) struct buf got = BUF_INIT;
		struct str html = str_c(arena_printf(a,
		    "<meta property='og:site_name' content='Mill Post'><article><h1>The "
		    "mill</h1>%s%s%s%s%s%s</article>",
		    P1, P2, rows[i].between, P1, P2, rows[i].after));
		SCOPED_PTR(article)
		struct article *out = article_extract(html, STR("https://a.example/x"), NULL);
		doc_out_text(&got, out->doc, 0);
		if ((str_find(buf_str(&got), str_c(rows[i].found)) >= 0) != rows[i].stays)
			fail_msg("row %zu: '%s' in: %.*s", i, rows[i].found, STR_ARG(buf_str(&got)));
	}
}

/* Of stories that follow one another on a page, each with its own headline, the first is the page's. */
static void test_first_story(void **state)
{
	static const char page[] =
	    "<main><article><h1>The mill</h1>" P1 P2 P1 "</article>"
	    "<article><h1>The bear</h1><p>The zoo hopes, as it has for years, for a bear, "
	    "and has built a den.</p><p>The bear, if it comes, will come from the north, "
	    "by train, it says.</p><p>The den, with a pool, is the work of two years, and "
	    "cost a fortune.</p></article></main>";
	SCOPED(buf) struct buf got = BUF_INIT;

	(void)state;
	SCOPED_PTR(article)
	struct article *out = article_extract(str_c(page), STR("https://a.example/x"), NULL);
	doc_out_text(&got, out->doc, 0);
	assert_true(str_find(buf_str(&got), STR("roof")) >= 0);
	assert_true(str_find(buf_str(&got), STR("bear")) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_first_story)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
