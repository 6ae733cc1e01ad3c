/* SPDX-License-Identifier: MIT */
/* Columns: agreement with wcwidth(3), the display filter, clusters, fitting. */
#include "text/width.h"

#include "text/utf8.h"
#include "text_test.h"

#include <locale.h>
#include <wchar.h>

/* Our table against the C library's, where that knows the character and the filter shows it. */
static void test_agrees_with_wcwidth(void **state)
{
	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8") && !setlocale(LC_CTYPE, "en_US.UTF-8"))
		skip();
	for (uint32_t cp = 0x20; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		struct str s = {bytes, (size_t)utf8_put(bytes, cp)};
		int theirs = wcwidth((wchar_t)cp);
		SCOPED(buf) struct buf shown = BUF_INIT;

		if (theirs < 0 || (cp >= 0xD800 && cp <= 0xDFFF))
			continue;
		(void)width_display(&shown, s);
		/* A younger C library knows more than the table: those are shown as U+FFFD. */
		if (!str_eq(buf_str(&shown), s))
			continue;
		if (width_of(s) != (size_t)theirs)
			fail_msg("U+%04X: %zu, wcwidth %d", (unsigned)cp, width_of(s), theirs);
	}
}

static void test_display(void **state)
{
	static const struct {
		const char *in, *shown;
		size_t columns;
	} rows[] = {
	    {"abc", "abc", 3},
	    {"中文", "中文", 4},
	    {"e\xCC\x81t", "e\xCC\x81t", 2},
	    {"👨‍👩‍👧!", "👨!", 3},
	    {"👍🏽", "👍", 2},
	    {"❤️", "❤", 1},
	    {"🇳🇱🇩", "[NL]D", 5},
	    {"so\302\255ft", "soft", 4},
	    {"می\xE2\x80\x8Cخواهم", "میخواهم", 7},
	    {"क्\xE2\x80\x8Dष", "क्ष", 2},
	    {"\xEF\xBB\xBFx\xE2\x80\x8By", "xy", 2},
	    {"a\xFF"
	     "b",
	        "a�b", 3},
	    {"\xF0\x9F\xBF\xBF", "�", 1},
	    {"tab\there\x1B", "tabhere", 7},
	    {"한글", "한글", 4},
	    {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", 2},
	    {"", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf out = BUF_INIT;

		assert_true(width_display(&out, str_c(rows[i].in)));
		same(rows[i].in, buf_str(&out), rows[i].shown);
		if (width_of(str_c(rows[i].in)) != rows[i].columns ||
		    width_of(buf_str(&out)) != rows[i].columns)
			fail_msg("%s: %zu columns", rows[i].in, width_of(str_c(rows[i].in)));
	}
}

static void test_clusters(void **state)
{
	static const char *const clusters[] = {"a", "e\xCC\x81", "中", "👨‍👩‍👧", "🇳🇱", "🇩🇪",
	    "क्षि", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "👍🏽", "x", "\r\n", "ก", "ำ", "b"};
	SCOPED(buf) struct buf text = BUF_INIT;
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(clusters); i++)
		(void)buf_adds(&text, clusters[i]);
	for (size_t i = 0; at < text.len; i++) {
		size_t n = width_cluster(buf_str(&text), at);

		/* The Thai sign belongs to the consonant before it; Indic conjuncts break where Unicode 14
		 * has them. */
		if (i < 6 && !str_eqc(str_sub(buf_str(&text), at, n), clusters[i]))
			fail_msg("cluster %zu is \"%.*s\"", i, (int)n, text.data + at);
		at += n;
	}
	assert_int_equal(at, text.len);
}

static void test_fit(void **state)
{
	static const struct {
		const char *in;
		size_t columns;
		enum ellipsis cut;
		bool pad, ascii;
		const char *out;
	} rows[] = {
	    {"headline", 8, CUT_ELLIPSIS, true, false, "headline"},
	    {"headline", 7, CUT_ELLIPSIS, true, false, "headli…"},
	    {"headline", 7, CUT_PLAIN, true, false, "headlin"},
	    {"two words", 5, CUT_ELLIPSIS, false, false, "two…"},
	    {"two words", 5, CUT_ELLIPSIS, true, false, "two… "},
	    {"headline", 7, CUT_ELLIPSIS, true, true, "head..."},
	    {"headline", 2, CUT_ELLIPSIS, true, true, ".."},
	    {"中文字", 5, CUT_ELLIPSIS, true, false, "中文…"},
	    {"中文字", 4, CUT_ELLIPSIS, true, false, "中… "},
	    {"中文字", 3, CUT_PLAIN, true, false, "中 "},
	    {"x", 3, CUT_PLAIN, true, false, "x  "},
	    {"x", 0, CUT_ELLIPSIS, true, false, ""},
	    {"", 2, CUT_ELLIPSIS, true, false, "  "},
	    {"👨‍👩‍👧👨‍👩‍👧", 3, CUT_ELLIPSIS, true, false, "👨…"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf out = BUF_INIT;
		size_t used = width_fit(
		    &out, str_c(rows[i].in), rows[i].columns, rows[i].cut, rows[i].pad, rows[i].ascii);

		same(rows[i].in, buf_str(&out), rows[i].out);
		assert_int_equal(used, width_of(buf_str(&out)));
		assert_true(used <= rows[i].columns);
	}
}

static void test_random(void **state)
{
	uint64_t seed = 11;
	char bytes[200];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct str s = random_text(&seed, bytes, sizeof bytes), head;
		SCOPED(buf) struct buf shown = BUF_INIT;
		SCOPED(buf) struct buf fitted = BUF_INIT;
		size_t used, columns = (size_t)(i % 40);

		(void)width_display(&shown, s);
		assert_int_equal(width_of(buf_str(&shown)), width_of(s));
		assert_true(utf8_valid(buf_str(&shown)));
		head = width_cut(s, columns, &used);
		assert_true(used <= columns);
		assert_int_equal(used, width_of(head));
		assert_int_equal(width_fit(&fitted, s, columns, CUT_ELLIPSIS, true, i % 2 == 0), columns);
		assert_int_equal(width_of(buf_str(&fitted)), columns);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_agrees_with_wcwidth),
	    cmocka_unit_test(test_display), cmocka_unit_test(test_clusters), cmocka_unit_test(test_fit),
	    cmocka_unit_test(test_random)};

	return cmocka_run_group_tests_name("width", tests, NULL, NULL);
}
