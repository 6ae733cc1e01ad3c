/* SPDX-License-Identifier: MIT */
/* The pre-scan, the tree by both parsers, and what nodes answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "syntax/html.h"
#include "syntax/scan.h"
#include "text/safe.h"

/* A tree as one line: (p class=a "text"). */
static void dump(struct buf *out, const struct node *root)
{
	const struct node *n = root;

	while (n) {
		if (n->tag == TAG_TEXT) {
			buf_printf(out, "\"%.*s\"", STR_ARG(n->text));
		} else {
			buf_printf(out, "(%s", n->tag == TAG_OTHER ? n->text.p : tag_name(n->tag));
			for (unsigned i = 0; i < n->n_attrs; i++)
				buf_printf(out, " %.*s", STR_ARG(n->attrs[i].value));
			if (n->first) {
				n = n->first;
				continue;
			}
			buf_addc(out, ')');
		}
		while (n != root && !n->next) {
			n = n->parent;
			buf_addc(out, ')');
		}
		n = n == root ? NULL : n->next;
	}
}

static void test_tree(void **state)
{
	static const struct {
		const char *html, *tree;
	} rows[] = {
	    {"a<b>c", "(div\"a\"(b\"c\"))"},
	    {"<p>one<p>two", "(div(p\"one\")(p\"two\"))"},
	    {"<p class=x onclick=\"bad()\">t", "(div(p x\"t\"))"},
	    {"a<!-- b -->c<!-->d<![CDATA[e]]>f", "(div\"acdf\")"},
	    {"x<script>a<b></script>y<style>p{}</style>z", "(div\"xyz\")"},
	    {"<script type='application/ld+json'>{\"a\":\"<b>\"}</script>",
	        "(div(script application/ld+json\"{\"a\":\"\\u003cb>\"}\"))"},
	    {"<svg><title>t</title><path/></svg>u", "(div\"u\")"},
	    {"<svg><title></body><p>t", "(div(title\"</body><p>t\"))"},
	    {"<math><title></body></title>t", "(div(math(title\"</body>\")\"t\"))"},
	    {"<xmp><b></xmp>u", "(div(pre\"<b>\")\"u\")"},
	    {"<iframe src=v>no</iframe>", "(div(iframe v))"},
	    {"1 < 2 &amp; 3<4", "(div\"1 < 2 & 3<4\")"},
	    {"<<!-- -->b>", "(div\"<b>\")"},
	    {"<my-tag>a</my-tag>", "(div(my-tag\"a\"))"},
	    {"<a href=\"it's\">b</a>", "(div(a it's\"b\"))"},
	    {"<a href='say \"x\"'>b</a>", "(div(a say \"x\"\"b\"))"},
	    {"<table><tr><td>1<td>2</table>", "(div(table(tbody(tr(td\"1\")(td\"2\")))))"},
	    {"<b><p>x</b>y", "(div(b)(p(b\"x\")\"y\"))"},
	    {"&#27;[31m&#155;x", "(div\"[31m\xE2\x80\xBAx\")"},
	    {"<textarea><b>x</textarea>y", "(div(textarea\"<b>x\")\"y\")"},
	    {"<p", "(div)"},
	    {"", "(div)"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		SCOPED(buf) struct buf out = BUF_INIT;
		const struct html *h = html_parse_fragment(a, str_c(rows[i].html));
		struct buf shown = BUF_INIT;

		dump(&shown, h->root);
		/* gumbo calls the root of a fragment html */
		ptrdiff_t at = str_find(buf_str(&shown), STR("(html"));
		buf_printf(&out, "(div%s", at == 0 ? shown.data + 5 : shown.data + 4);
		assert_string_equal(out.data, rows[i].tree);
		buf_release(&shown);
	}
}

static void test_scan(void **state)
{
	static const struct {
		const char *piece;
		size_t times, depth, tags;
	} rows[] = {
	    {"<div>", 300, 300, 300},
	    {"<div></div>", 300, 1, 300},
	    {"<p>", 300, 0, 300},
	    {"<b></i>", 300, 300, 300},
	    {"<b><div></b>", 300, 301, 600},
	    {"<div><object></div></object>", 300, 301, 600},
	    {"<a>", 300, 1, 300},
	    {"<h1></h2>", 300, 1, 300},
	    {"<table><tr><td>x</td></table>", 300, 1, 900},
	    {"<div>", 5000, SCAN_MAX_DEPTH, 5000},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf page = BUF_INIT, lean = BUF_INIT;
		struct scan s = {.fragment = false};

		for (size_t k = 0; k < rows[i].times; k++)
			buf_adds(&page, rows[i].piece);
		assert_true(scan_html(&lean, buf_str(&page), &s));
		assert_int_equal(s.depth, rows[i].depth);
		assert_int_equal(s.tags, rows[i].tags);
	}
}

/* Pieces that make parsers slow or deep, many times over: done, bounded, and the text behind them still
 * there. */
static void test_floods(void **state)
{
	static const struct {
		const char *piece;
		size_t times;
		bool keeps_end;
	} rows[] = {{"<", 200000, true}, {"<!", 200000, false}, {"&", 200000, true}, {"<a \"", 200000, false},
	    {"<div>", 50000, true}, {"<b>", 100000, true}, {"<ul><li>", 20000, true},
	    {"<b><div></b>", 20000, true}, {"<div><object></div></object>", 20000, true},
	    {"<button>", 20000, true}, {"<table><tr><td>", 20000, true}, {"<svg>", 50000, true},
	    {"<script>", 50000, false}, {"<br>", 300000, true}, {"<math><mi>", 20000, true},
	    {"<x><y></x>", 30000, true}, {"<template>", 20000, true}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		SCOPED(buf) struct buf page = BUF_INIT, all = BUF_INIT;

		buf_adds(&page, "<body><p>");
		for (size_t k = 0; k < rows[i].times; k++)
			buf_adds(&page, rows[i].piece);
		buf_adds(&page, "<p>The end.");
		const struct html *h = html_parse(a, buf_str(&page));
		size_t depth = 0, most = 0;
		for (const struct node *n = h->root; n; n = node_next(n, h->root)) {
			if (n->tag == TAG_TEXT)
				buf_addstr(&all, n->text);
			depth = 0;
			for (const struct node *up = n; up && depth <= HTML_MAX_DEPTH + 1; up = up->parent)
				depth++;
			most = depth > most ? depth : most;
			if (h->n_nodes > 50000 && n->index > 2000)
				break;
		}
		assert_true(h->n_nodes <= HTML_MAX_NODES);
		assert_true(most <= HTML_MAX_DEPTH + 1);
		if (h->n_nodes <= 50000 && !h->cut && rows[i].keeps_end)
			assert_true(str_find(buf_str(&all), STR("The end.")) >= 0);
	}
}

/* What a page costs in memory stays in proportion to its size, however many tags stand in it. */
static void test_room(void **state)
{
	static const struct {
		const char *piece;
		size_t times, most_nodes;
		bool cut;
	} rows[] = {{"<p>a", 2000, 5000, false}, {"<p>a", 50000, 10000 + 50000 * 4 / 8 + 10, true},
	    {"<p>A sentence of a page that people read.", 20000, 50000, false}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(arena) struct arena *a = arena_new();
		SCOPED(buf) struct buf page = BUF_INIT;
		for (size_t k = 0; k < rows[i].times; k++)
			buf_adds(&page, rows[i].piece);
		const struct html *h = html_parse(a, buf_str(&page));
		assert_true(h->n_nodes <= rows[i].most_nodes);
		assert_int_equal(h->cut, rows[i].cut);
	}
}

static void test_attributes(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf page = BUF_INIT;

	(void)state;
	buf_adds(&page, "<p id=first");
	for (int i = 0; i < 100000; i++)
		buf_printf(&page, " a%d=1", i);
	buf_adds(&page, " class=late>text</p><p CLASS='Big  red' class=second data-x=1 title>");
	const struct html *h = html_parse(a, buf_str(&page));
	const struct node *p = node_find(h->root, NULL, TAG_P), *q = node_find(h->root, p, TAG_P);

	assert_true(str_eqc(node_attr(p, ATTR_ID), "first"));
	assert_false(node_has_attr(p, ATTR_CLASS)); /* behind the 256th */
	assert_true(node_has_class(q, "red") && node_has_class(q, "BIG") && !node_has_class(q, "re"));
	assert_int_equal(q->n_attrs, 2);
	assert_true(node_has_attr(q, ATTR_TITLE) && node_attr(q, ATTR_TITLE).len == 0);
}

static void test_walk(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	const struct html *h =
	    html_parse(a, STR("<title>T</title><body><div> One <b>two</b><br>three<p>four</p>"
	                      "<script>no</script></div><p>five"));
	const struct node *div = node_find(h->body, NULL, TAG_DIV);

	(void)state;
	assert_true(str_eqc(node_line_str(a, div, 100), "One two three four"));
	assert_true(str_eqc(node_line_str(a, h->body, 100), "One two three four five"));
	assert_ptr_equal(node_after(div, h->body), div->next);
	assert_true(node_inside(node_find(h->root, NULL, TAG_B), div));
	assert_ptr_equal(node_closest(node_find(h->root, NULL, TAG_B)->first, TAG_DIV), div);
	assert_null(node_find(h->body, NULL, TAG_TITLE));
	uint32_t before = 0;
	for (const struct node *n = h->root->first; n; n = node_next(n, h->root)) {
		assert_true(n->index > before && n->index > n->parent->index);
		before = n->index;
	}
	assert_int_equal(before + 1, h->n_nodes);
}

/* The tables are looked up by halving: they must be sorted. */
static void test_tables(void **state)
{
	(void)state;
	for (unsigned t = TAG_OTHER + 1; t < TAG_COUNT; t++) {
		assert_int_equal(tag_of_name(str_c(tag_name(t))), t);
		if (t + 1 < TAG_COUNT)
			assert_true(strcmp(tag_name(t), tag_name(t + 1)) < 0);
	}
	assert_int_equal(tag_of_name(STR("h7")), TAG_OTHER);
	assert_int_equal(tag_of_name(STR("")), TAG_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_tree),
	    cmocka_unit_test(test_scan),
	    cmocka_unit_test(test_floods),
	    cmocka_unit_test(test_room),
	    cmocka_unit_test(test_attributes),
	    cmocka_unit_test(test_walk),
	    cmocka_unit_test(test_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
