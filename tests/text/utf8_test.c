/* SPDX-License-Identifier: MIT */
/* UTF-8: decoding, validity, boundaries, repair, and the classes of code points. */
#include "text/utf8.h"

#include "text_test.h"

static void test_validity(void **state)
{
	static const struct {
		const char *bytes;
		bool valid;
		size_t count;
		const char *repaired;
	} rows[] = {
	    {"", true, 0, ""},
	    {"abc", true, 3, "abc"},
	    {"é中😀", true, 3, "é中😀"},
	    {"\xC0\x80", false, 2, "��"},
	    {"\xC1\xBF", false, 2, "��"},
	    {"\xE0\x9F\xBF", false, 3, "���"},
	    {"\xED\xA0\x80", false, 3, "���"},
	    {"\xF4\x90\x80\x80", false, 4, "����"},
	    {"\xF0\x8F\xBF\xBF", false, 4, "����"},
	    {"a\xC3", false, 2, "a�"},
	    {"\xE4\xB8x", false, 3, "��x"},
	    {"eight or more bytes\xFFhere", false, 24, "eight or more bytes�here"},
	    {"\xEF\xBF\xBD", true, 1, "�"},
	    {"\xF4\x8F\xBF\xBF", true, 1, "\xF4\x8F\xBF\xBF"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf out = BUF_INIT;
		struct str s = str_c(rows[i].bytes);

		if (utf8_valid(s) != rows[i].valid || utf8_count(s) != rows[i].count)
			fail_msg("row %zu: valid %d, count %zu", i, utf8_valid(s), utf8_count(s));
		assert_true(utf8_repair(&out, s));
		same(rows[i].bytes, buf_str(&out), rows[i].repaired);
	}
}

static void test_round_trip(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		size_t at = 0, n = (size_t)utf8_put(bytes, cp);
		bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;

		if (utf8_next((struct str){bytes, n}, &at) != (surrogate ? CP_REPLACEMENT : cp) || at != n)
			fail_msg("U+%04X", (unsigned)cp);
		if (utf8_prev((struct str){bytes, n}, n) != 0)
			fail_msg("U+%04X backwards", (unsigned)cp);
	}
}

static void test_boundaries(void **state)
{
	static const char text[] = "aé中😀\xFF\x80z";
	struct str s = {text, sizeof text - 1};
	size_t starts[16], n = 0, at = 0;

	(void)state;
	while (at < s.len) {
		starts[n++] = at;
		(void)utf8_next(s, &at);
	}
	assert_int_equal(n, 7);
	for (size_t end = s.len; end > 0; end = utf8_prev(s, end))
		assert_int_equal(utf8_prev(s, end), starts[--n]);
	assert_int_equal(utf8_cut(s, 2).len, 1);
	assert_int_equal(utf8_cut(s, 3).len, 3);
	assert_int_equal(utf8_cut(s, 5).len, 3);
	assert_int_equal(utf8_cut(s, 9).len, 6);
	assert_int_equal(utf8_cut(s, 11).len, 11);
	assert_int_equal(utf8_cut(s, 100).len, s.len);
}

static void test_classes(void **state)
{
	static const struct {
		uint32_t cp;
		const char *classes; /* l letter, d digit, s space, u upper, m mark, p sign, n unspaced, r
		                        right to left */
	} rows[] = {{'a', "l"}, {'A', "lu"}, {'5', "d"}, {' ', "s"}, {'$', "p"}, {0xA0, "s"}, {0xC9, "lu"},
	    {0x301, "m"}, {0x4E2D, "ln"}, {0x30FC, "ln"}, {0x0E01, "ln"}, {0x0E31, "mn"}, {0xAC00, "l"},
	    {0x5D0, "lr"}, {0x627, "lr"}, {0x661, "dr"}, {0x2014, "p"}, {0x20AC, "p"}, {0x3000, "s"}, {0, ""},
	    {0x1F600, "p"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		uint32_t cp = rows[i].cp;
		char got[9] = "";
		size_t n = 0;

		if (cp_is_letter(cp))
			got[n++] = 'l';
		if (cp_is_digit(cp))
			got[n++] = 'd';
		if (cp_is_space(cp))
			got[n++] = 's';
		if (cp_is_upper(cp))
			got[n++] = 'u';
		if (cp_is_mark(cp))
			got[n++] = 'm';
		if (cp_is_punct(cp))
			got[n++] = 'p';
		if (cp_is_unspaced(cp))
			got[n++] = 'n';
		if (cp_is_rtl(cp))
			got[n++] = 'r';
		if (strcmp(got, rows[i].classes) != 0)
			fail_msg("U+%04X: %s, expected %s", (unsigned)cp, got, rows[i].classes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_validity), cmocka_unit_test(test_round_trip),
	    cmocka_unit_test(test_boundaries), cmocka_unit_test(test_classes)};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
