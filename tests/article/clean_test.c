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

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
