/* SPDX-License-Identifier: MIT */
/* xml: what a reader hears of documents that are not well-formed, and what they may cost. */
#include "syntax/xml.h"

#include "base/buf.h"
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct heard {
	struct arena *arena;
	struct buf out;
	struct str last; /* text */
	unsigned deepest;
	size_t stop_after; /* elements; 0: never */
};

static bool on_start(void *arg, const struct xml_element *el)
{
	struct heard *h = arg;

	buf_printf(&h->out, "<%.*s%s%.*s", STR_ARG(el->prefix), el->prefix.p ? ":" : "", STR_ARG(el->name));
	if (el->uri.p)
		buf_printf(&h->out, "{%.*s}", STR_ARG(el->uri));
	for (size_t i = 0; i < el->n_attrs; i++)
		buf_printf(&h->out, " %.*s=%.*s", STR_ARG(el->attrs[i].name), STR_ARG(el->attrs[i].value));
	buf_adds(&h->out, ">");
	h->deepest = el->depth > h->deepest ? el->depth : h->deepest;
	return h->stop_after == 0 || --h->stop_after > 0;
}

static bool on_end(void *arg)
{
	return buf_adds(&((struct heard *)arg)->out, "</>");
}

static bool on_text(void *arg, struct str text)
{
	struct heard *h = arg;

	h->last = text;
	return buf_addstr(&h->out, text);
}

static void heard_release(struct heard *h)
{
	buf_release(&h->out);
	arena_free(h->arena);
}

static const struct xml_events events = {on_start, on_end, on_text};

static void test_rows(void **state)
{
	static const struct {
		const char *xml, *heard;
		unsigned mended;
	} rows[] = {
	    {"<?xml version='1.0' encoding='x'?><a b='1'>t</a>", "<a b=1>t</>", 0},
	    {"<a xmlns='u' xmlns:p='v'><p:b p:c='d'/></a>", "<a{u}><p:b{v} c=d></></>", 0},
	    {"<a>x &amp; &lt; &#65;&#x42;</a>", "<a>x & < AB</>", 0},
	    {"<a>AT&T &copy; &nosuch; R&D;</a>", "<a>AT&T \xC2\xA9 &nosuch; R&D;</>",
	        XML_BARE_AMP | XML_ENTITY},
	    {"<a>&#0;&#146;&#x1b;|&#xD800;</a>", "<a>\xEF\xBF\xBD\xE2\x80\x99|\xEF\xBF\xBD</>", XML_CONTROL},
	    {"<a>x\x01y</a>", "<a>x y</>", XML_CONTROL},
	    {"<a href='?b=1&c=2&amp;d=\"'/>", "<a href=?b=1&c=2&d=\"></>", XML_BARE_AMP},
	    {"<a b=1 c='2' c='3' d><e/></a>", "<a b=1 c=2 d=><e></></>", XML_ATTRS},
	    {"<a><b>one<c>two</b>three</a>", "<a><b>one<c>two</></>three</>", XML_TAGS},
	    {"<a><b>one</c></b></a>", "<a><b>one</></>", XML_TAGS},
	    {"<a><B>one</b></a>", "<a><B>one</></>", XML_TAGS},
	    {"<a>1 < 2 <b>x<y and z</b></a>", "<a>1 < 2 <b>x<y and z</></>", XML_TAGS},
	    {"<a><p>1<p>2<br>3</a>", "<a><p>1</><p>2<br></>3</></>", XML_TAGS | XML_ATTRS},
	    {"<a><item>1<item>2</a>", "<a><item>1</><item>2</></>", XML_TAGS},
	    {"<a><title>x<link>y</link></a>", "<a><title>x</><link>y</></>", XML_TAGS},
	    {"<a><![CDATA[x <b> & ]] y]]></a>", "<a>x <b> & ]] y</>", 0},
	    {"<a><b><![CDATA[x</b><c>y</c></a>", "<a><b>x</><c>y</></>", XML_TAGS},
	    {"<a><b><![CDATA[x</b><c><![CDATA[y]]></c></a>", "<a><b>x</><c>y</></>", XML_TAGS},
	    {"<a>x ]]> y</a>", "<a>x ]]> y</>", 0},
	    {"<a><!-- x -- y --><b/><!-- z > c</a>", "<a><b></> c</>", XML_TAGS},
	    {"<a><b>x", "<a><b>x</></>", XML_CUT},
	    {"<a><b>x<c d='", "<a><b>x</></>", XML_CUT},
	    {"\n junk <?xml version='1.0'?><?xml version='1.0'?><a/> more", "<a></>", XML_JUNK},
	    {"<!DOCTYPE a [<!ENTITY e 'x&#233;&f;'><!ENTITY f '<b>'>]><a>&e;|&e;</a>",
	        "<a>x\xC3\xA9<b>|x\xC3\xA9<b></>", 0},
	    {"<!DOCTYPE a SYSTEM 'http://e.example/x.dtd' [<!ENTITY e SYSTEM "
	     "'file:///etc/passwd'>]><a>[&e;]</a>",
	        "<a>[]</>", 0},
	    {"<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", "<a></>", 0},
	    {"<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>", "<a></>", 0},
	    {"<x:a y:b='c'/>", "<x:a b=c></>", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct heard h = {.arena = arena_new(), .out = BUF_INIT};
		struct err err = {0};
		unsigned mended = 0;
		assert_true(xml_parse(h.arena, str_c(rows[i].xml), &events, &h, &mended, &err));
		assert_string_equal(buf_cstr(&h.out), rows[i].heard);
		assert_int_equal(mended, rows[i].mended);
		heard_release(&h);
	}
}

static void test_nothing(void **state)
{
	static const char *const rows[] = {"", "<", "words", "<?xml version='1.0'?>", "<!-- x -->", "< a>"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct heard h = {.arena = arena_new(), .out = BUF_INIT};
		struct err err = {0};
		assert_false(xml_parse(h.arena, str_c(rows[i]), &events, &h, NULL, &err));
		assert_int_equal(err.code, ERR_INPUT);
		heard_release(&h);
	}
}

static void test_stop(void **state)
{
	struct heard h = {.arena = arena_new(), .out = BUF_INIT, .stop_after = 2};
	struct err err = {0};

	(void)state;
	assert_true(xml_parse(h.arena, STR("<a><b/><c/></a>"), &events, &h, NULL, &err));
	assert_string_equal(buf_cstr(&h.out), "<a><b>");
	heard_release(&h);
}

/* What is told of a text outlives the reading: as it stands where it may, in the arena where not. */
static void test_text_stays(void **state)
{
	static const struct {
		const char *xml, *text;
		bool borrowed;
	} rows[] = {
	    {"<a>ab\n c</a>", "ab\n c", true},
	    {"<a><![CDATA[a & <b>]]></a>", "a & <b>", true},
	    {"<a>a &amp; b</a>", "a & b", false},
	    {"<a>a\x02</a>", "a ", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct heard h = {.arena = arena_new(), .out = BUF_INIT};
		struct str xml = str_c(rows[i].xml);
		struct err err = {0};
		assert_true(xml_parse(h.arena, xml, &events, &h, NULL, &err));
		assert_true(str_eqc(h.last, rows[i].text));
		assert_int_equal(h.last.p > xml.p && h.last.p < xml.p + xml.len, rows[i].borrowed);
		heard_release(&h);
	}
}

/* Each text finds its own place again, however many there are. */
static void test_many_texts(void **state)
{
	struct heard h = {.arena = arena_new(), .out = BUF_INIT};
	struct buf in = BUF_INIT, want = BUF_INIT;
	struct err err = {0};

	(void)state;
	buf_adds(&in, "<a>");
	buf_adds(&want, "<a>");
	for (unsigned i = 0; i < 3000; i++) {
		buf_printf(&in, "%u<!-- -->-%u<b/><![CDATA[%u]]>", i, i, i);
		buf_printf(&want, "%u-%u<b></>%u", i, i, i);
	}
	buf_adds(&in, "</a>");
	buf_adds(&want, "</>");
	assert_true(xml_parse(h.arena, buf_str(&in), &events, &h, NULL, &err));
	assert_string_equal(buf_cstr(&h.out), buf_cstr(&want));
	buf_release(&in);
	buf_release(&want);
	heard_release(&h);
}

static bool run_flood(
    const char *before, const char *piece, size_t n, const char *after, unsigned *mended, unsigned *deepest)
{
	struct buf in = BUF_INIT;
	struct heard h = {.arena = arena_new(), .out = BUF_INIT};
	struct err err = {0};
	bool ok;

	buf_adds(&in, before);
	for (size_t i = 0; i < n; i++)
		buf_adds(&in, piece);
	buf_adds(&in, after);
	ok = xml_parse(h.arena, buf_str(&in), &events, &h, mended, &err);
	if (!ok)
		assert_int_equal(err.code, ERR_LIMIT);
	*deepest = h.deepest;
	buf_release(&in);
	heard_release(&h);
	return ok;
}

/* Each of these is quadratic, or worse, in a careless reader. Time is bounded by the test's own limit. */
static void test_floods(void **state)
{
	static const struct {
		const char *before, *piece, *after;
		size_t n;
		bool ok;
		unsigned mended;
	} rows[] = {
	    {"<a>", "<b>", "", 50000, true, XML_CUT | XML_DEEP},
	    {"<a", " x='1'", "/>", 1000, true, XML_ATTRS},
	    {"<a>", "</x>", "</a>", 100000, true, XML_TAGS},
	    {"<a>", "<!-- ", "</a>", 100000, true, XML_TAGS},
	    {"<a>", "<b><![CDATA[</b>", "]]></a>", 50000, true, XML_TAGS},
	    {"<a b='", "<a b='", "'/>", 20000, true, 0},
	    {"<!DOCTYPE a [<!ENTITY e '0123456789012345678901234567890123456789'>]><a>", "&e;", "</a>",
	        100000, false, 0},
	    {"<!DOCTYPE a [<!ENTITY a '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY b '&c;&c;&c;&c;&c;&c;&c;&c;'>"
	     "<!ENTITY c '&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY d '&e;&e;&e;&e;&e;&e;&e;&e;'>"
	     "<!ENTITY e '&f;&f;&f;&f;&f;&f;&f;&f;'><!ENTITY f 'ffffffffff'>]><a>",
	        "&a;", "</a>", 1, false, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		unsigned mended = 0, deepest = 0;
		int64_t before = clock_cpu_us();
		assert_int_equal(
		    run_flood(rows[i].before, rows[i].piece, rows[i].n, rows[i].after, &mended, &deepest),
		    rows[i].ok);
		assert_int_equal(mended & rows[i].mended, rows[i].mended);
		assert_true(deepest < XML_MAX_DEPTH);
		assert_true(clock_cpu_us() - before < 5000000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_nothing),
	    cmocka_unit_test(test_stop),
	    cmocka_unit_test(test_text_stays),
	    cmocka_unit_test(test_many_texts),
	    cmocka_unit_test(test_floods),
	};

	return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
