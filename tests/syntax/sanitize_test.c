/* SPDX-License-Identifier: MIT */
/* sanitize: what of HTML is let through, as HTML, as one line, as a tree. */
#include "syntax/sanitize.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_html(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
	    {"plain words", "plain words"},
	    {"a > b & c &lt; d &nbsp;e", "a &gt; b &amp; c &lt; d \xC2\xA0"
	                                 "e"},
	    {"&#151; &hellip; &#x27; &bogus; &copy2", "\xE2\x80\x94 \xE2\x80\xA6 ' &amp;bogus; \xC2\xA9"
	                                              "2"},
	    {"<P CLASS=x onclick='y()'>a<b>b", "<p>a<b>b</b></p>"},
	    {"<p>1<p>2<ul><li>a<li>b<ol><li>c</ol></ul>",
	        "<p>1</p><p>2<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul></p>"},
	    {"<b><i>x</b>y</i>", "<b><i>x</i></b>y"},
	    {"</p></div>x<br/>y</br>z", "x<br>y<br>z"},
	    {"<a href='../c?x=1&amp;y=2'>l</a><a href=/d>m</a>",
	        "<a href=\"https://e.example/c?x=1&amp;y=2\">l</a><a href=\"https://e.example/d\">m</a>"},
	    {"<a href='javascript:x'>a</a><a href=' java&#115;cript:x'>b</a><a href='data:text/html,x'>c</a>",
	        "<a>a</a><a>b</a><a>c</a>"},
	    {"<img src='data:,x' alt='data: five' title='data:'>",
	        "<img alt=\"data: five\" title=\"data:\">"},
	    {"<img src=p.png alt='a \"b\" <c>' width=9 srcset=x>",
	        "<img src=\"https://e.example/w/p.png\" alt=\"a &quot;b&quot; &lt;c&gt;\" width=\"9\">"},
	    {"<img src='data:image/gif;base64,x' data-src='//cdn.example/p.jpg'>",
	        "<img src=\"https://cdn.example/p.jpg\">"},
	    {"a<script>x<b></script>b<style>p{}</style>c<!-- d -->e<?php f ?>g", "abceg"},
	    {"a<script>never closed", "a"},
	    {"a<textarea>b</textarea>c<textarea>d", "acd"},
	    {"<iframe src=x>in</iframe><svg><text>t</text></svg><blink>u</blink><x-y>v</x-y>", "intuv"},
	    {"<iframe src='//www.youtube.com/embed/a1?start=3' title='A &amp; b'>x</iframe>",
	        "<video src=\"https://www.youtube.com/watch?v=a1\" title=\"A &amp; b\">"
	        "<a "
	        "href=\"https://www.youtube.com/watch?v=a1\">https://www.youtube.com/watch?v=a1</a></"
	        "video>x"},
	    {"<iframe src='https://youtube.com.evil.example/embed/a1'></iframe>", ""},
	    {"<iframe src='javascript:\"https://www.youtube.com/embed/x\"'></iframe>", ""},
	    {"<form><input value=x><label>l</label></form>", " l "},
	    {"<table><tr><td colspan=2>a<td>b<tr><th>c</table>",
	        "<table><tr><td colspan=\"2\">a</td><td>b</td></tr><tr><th>c</th></tr></table>"},
	    {"<pre><code class='language-c'>a\n\t&lt;b></code></pre>",
	        "<pre><code class=\"language-c\">a\n\t&lt;b&gt;</code></pre>"},
	    {"x <a href='unclosed", "x "},
	    {"<a href='/b>c</a> d", "<a href=\"https://e.example/b\">c</a> d"},
	    {"1 < 2 <3 <", "1 &lt; 2 &lt;3 &lt;"},
	    {"a\x1b[31mb &#27;c &#x9b;d \xE2\x80\xAE"
	     "e",
	        "a[31mb c \xE2\x80\xBA"
	        "d e"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf b = BUF_INIT, again = BUF_INIT;
		assert_true(sanitize_html(&b, str_c(rows[i].in), STR("https://e.example/w/")));
		assert_string_equal(buf_cstr(&b), rows[i].out);
		assert_true(sanitize_html(&again, buf_str(&b), STR("https://e.example/w/")));
		assert_string_equal(buf_cstr(&again), rows[i].out);
		buf_release(&b);
		buf_release(&again);
	}
}

static void test_line(void **state)
{
	static const struct {
		const char *in, *title, *text;
	} rows[] = {
	    {"  a \n b ", "a b", "a b"},
	    {"A &amp;amp; B &#8217;s", "A &amp; B \xE2\x80\x99s", "A &amp; B \xE2\x80\x99s"},
	    {"<b>Bold</b> move<br>on", "Bold move on", "Bold move on"},
	    {"1 < 2 and x<y and <int> or <T>", "1 < 2 and x<y and <int> or <T>", "1 < 2 and x or"},
	    {"<p>one</p><p>two</p>", "one two", "one two"},
	    {"<!-- c -->a<![CDATA[b & c]]>", "ab & c", "ab & c"},
	    {"<![CDATA[<b>a</b> b]]> c<![CDATA[<i>d]]>", "a b cd", "a b cd"},
	    {"<![CDATA[<b>a<![CDATA[b</b>", "ab", "ab"},
	    {"a<script>b</script>c", "ac", "ac"},
	    {"a<b", "a<b", "a"},
	    {"a <b class='c", "a", "a"},
	    {"<!DOCTYPE", "<!DOCTYPE", "<!DOCTYPE"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf b = BUF_INIT;
		assert_true(sanitize_line(&b, str_c(rows[i].in), true));
		assert_string_equal(buf_cstr(&b), rows[i].title);
		buf_reset(&b);
		assert_true(sanitize_line(&b, str_c(rows[i].in), false));
		assert_string_equal(buf_cstr(&b), rows[i].text);
		buf_release(&b);
	}
}

/* The quick tree says what the parser's does. */
static void test_tree(void **state)
{
	static const char in[] =
	    "<p>a <b>b &amp; c</b></p><ul><li>d</li></ul><a href='https://e.example/?a=1&amp;b=2'>e</a>"
	    "<img src='https://e.example/p.png' alt='q &quot;r&quot;'>f<!-- g -->h "
	    "&lt;i&gt;<script>j</script>k"
	    "<form>l</form>m\xE2\x80\xAEn<iframe src='https://www.youtube.com/embed/abcdefghijk' "
	    "title='o &amp; p'></iframe><a href='javascript:q()'>r</a></i><b>s";
	struct arena *a = arena_new();
	struct buf clean = BUF_INIT;
	const struct node *x, *y, *rx, *ry;

	(void)state;
	assert_true(sanitize_html(&clean, STR(in), STR_NONE));
	rx = x = sanitize_tree(a, STR(in), STR_NONE)->root;
	ry = y = html_parse_fragment(a, buf_str(&clean))->root;
	while ((x = node_next(x, rx)) != NULL) {
		y = node_next(y, ry);
		assert_non_null(y);
		assert_int_equal(x->tag, y->tag);
		assert_true(str_eq(x->text, y->text));
		assert_true(str_eq(node_attr(x, ATTR_HREF), node_attr(y, ATTR_HREF)));
		assert_true(str_eq(node_attr(x, ATTR_ALT), node_attr(y, ATTR_ALT)));
		assert_true(str_eq(node_attr(x, ATTR_SRC), node_attr(y, ATTR_SRC)));
		assert_true(str_eq(node_attr(x, ATTR_TITLE), node_attr(y, ATTR_TITLE)));
	}
	assert_null(node_next(y, ry));
	buf_release(&clean);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_html),
	    cmocka_unit_test(test_line),
	    cmocka_unit_test(test_tree),
	};

	return cmocka_run_group_tests_name("sanitize", tests, NULL, NULL);
}
