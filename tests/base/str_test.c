/* SPDX-License-Identifier: MIT */
/* str, buf and eight: looking at bytes and growing them. */
#include "base/buf.h"
#include "base/eight.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_compare(void **state)
{
	static const struct {
		const char *a, *b;
		int order; /* sign of str_cmp */
		bool nocase;
	} rows[] = {
	    {"", "", 0, true}, {NULL, "", 0, true}, /* an absent one compares as an empty one */
	    {"a", "a", 0, true}, {"a", "A", 1, true}, {"a", "ab", -1, false}, {"b", "ab", 1, false},
	    {"\xc3\xa9", "e", 1, false}, /* bytes are unsigned */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str a = str_c(rows[i].a), b = str_c(rows[i].b);
		int order = str_cmp(a, b);
		assert_int_equal((order > 0) - (order < 0), rows[i].order);
		assert_int_equal(str_eq(a, b), rows[i].order == 0);
		assert_int_equal(str_eqc(a, rows[i].b), rows[i].order == 0);
		assert_int_equal(str_eq_nocase(a, b), rows[i].nocase);
	}
}

static void test_find(void **state)
{
	static const struct {
		const char *s, *needle;
		ptrdiff_t at, at_nocase;
	} rows[] = {
	    {"", "", 0, 0},
	    {"", "a", -1, -1},
	    {"abc", "", 0, 0},
	    {"abc", "c", 2, 2},
	    {"abc", "C", -1, 2},
	    {"abab", "ba", 1, 1},
	    {"aab", "AB", -1, 1},
	    {"ab", "abc", -1, -1},
	    {"<BODY", "body", -1, 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(str_find(str_c(rows[i].s), str_c(rows[i].needle)), rows[i].at);
		assert_int_equal(str_find_nocase(str_c(rows[i].s), rows[i].needle), rows[i].at_nocase);
	}
	assert_int_equal(str_chr(STR("a/b/c"), '/'), 1);
	assert_int_equal(str_rchr(STR("a/b/c"), '/'), 3);
	assert_int_equal(str_rchr(STR_NONE, '/'), -1);
	assert_true(str_starts(STR("http://x"), "http:"));
	assert_false(str_starts(STR("htt"), "http:"));
	assert_true(str_starts_nocase(STR("HTTP://x"), "http:"));
	assert_true(str_ends(STR("a.xml"), ".xml"));
	assert_false(str_ends(STR("ml"), ".xml"));
	assert_true(str_ends_nocase(STR("a.XML"), ".xml"));
	assert_true(str_ends(STR_NONE, ""));
}

static void test_cut(void **state)
{
	struct str rest = STR("a,,b"), part;

	(void)state;
	assert_true(str_eqc(str_trim(STR(" \t\r\n\v\f x y \n")), "x y"));
	assert_int_equal(str_trim(STR("  ")).len, 0);
	assert_true(str_eqc(str_sub(STR("abcdef"), 2, 2), "cd"));
	assert_int_equal(str_sub(STR("abc"), 9, 2).len, 0);
	assert_true(str_eqc(str_sub(STR("abc"), 1, SIZE_MAX), "bc"));
	assert_null(str_skip(STR_NONE, 3).p);
	assert_true(str_split(&rest, ',', &part) && str_eqc(part, "a"));
	assert_true(str_split(&rest, ',', &part) && part.len == 0);
	assert_true(str_split(&rest, ',', &part) && str_eqc(part, "b"));
	assert_false(str_split(&rest, ',', &part));
	rest = STR("a,");
	assert_true(str_split(&rest, ',', &part) && str_split(&rest, ',', &part) && part.len == 0);
	assert_false(str_split(&rest, ',', &part));
}

static void test_numbers(void **state)
{
	static const struct {
		const char *text;
		bool i64, u64;
		int64_t value;
	} rows[] = {
	    {"0", true, true, 0},
	    {"-0", true, false, 0},
	    {"+5", true, false, 5},
	    {"007", true, true, 7},
	    {"9223372036854775807", true, true, INT64_MAX},
	    {"-9223372036854775808", true, false, INT64_MIN},
	    {"9223372036854775808", false, true, INT64_MIN}, /* as u64 the same bits */
	    {"-9223372036854775809", false, false, 0},
	    {"18446744073709551615", false, true, -1},
	    {"18446744073709551616", false, false, 0},
	    {"", false, false, 0},
	    {"-", false, false, 0},
	    {"--1", false, false, 0},
	    {" 1", false, false, 0},
	    {"1x", false, false, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int64_t n = 99;
		uint64_t u = 99;
		assert_int_equal(str_i64(str_c(rows[i].text), &n), rows[i].i64);
		assert_true(n == (rows[i].i64 ? rows[i].value : 99));
		assert_int_equal(str_u64(str_c(rows[i].text), &u), rows[i].u64);
		assert_true(u == (rows[i].u64 ? (uint64_t)rows[i].value : 99));
	}
	assert_int_equal(ch_hex('f'), 15);
	assert_int_equal(ch_hex('A'), 10);
	assert_int_equal(ch_hex('g'), -1);
	assert_false(ch_alpha(0xe9));
	assert_int_equal(ch_lower('Z'), 'z');
	assert_int_equal(ch_lower('['), '[');
}

static void test_buf_grows_to_its_maximum(void **state)
{
	(void)state;
	SCOPED(buf) struct buf b = BUF_MAX(100);

	assert_string_equal(buf_cstr(&b), "");
	for (int i = 0; i < 100; i++)
		assert_true(buf_addc(&b, 'x'));
	assert_int_equal(b.len, 100);
	assert_true(b.cap <= 101);
	assert_false(buf_adds(&b, "y"));
	assert_true(b.failed);
	assert_int_equal(strlen(buf_cstr(&b)), 100);
	buf_truncate(&b, 10);
	assert_false(buf_addc(&b, 'z')); /* the failure stays until a reset */
	buf_reset(&b);
	assert_true(buf_addc(&b, 'z'));
	assert_string_equal(buf_cstr(&b), "z");
	assert_false(buf_reserve(&b, SIZE_MAX));
}

static void test_buf_changes(void **state)
{
	(void)state;
	SCOPED(buf) struct buf b = BUF_MAX(40);

	assert_true(buf_add(&b, NULL, 0));
	assert_non_null(b.data);
	assert_true(buf_printf(&b, "%s=%d ", "width", 80));
	assert_true(buf_fill(&b, '-', 3));
	assert_string_equal(buf_cstr(&b), "width=80 ---");
	buf_drop(&b, 6);
	assert_string_equal(buf_cstr(&b), "80 ---");
	buf_truncate(&b, 3);
	buf_trim_right(&b);
	assert_string_equal(buf_cstr(&b), "80");
	assert_false(buf_printf(&b, "%60d", 1)); /* too long: nothing of it stays */
	assert_string_equal(buf_cstr(&b), "80");
	buf_reset(&b);
	buf_adds(&b, "kept");
	SCOPED_STR kept = buf_take(&b);
	assert_string_equal(kept, "kept");
	SCOPED_STR empty = buf_take(&b);
	assert_string_equal(empty, "");
	assert_non_null(buf_str(&b).p);
}

static void test_buf_codepoints(void **state)
{
	static const struct {
		uint32_t cp;
		const char *bytes;
	} rows[] = {
	    {'A', "A"},
	    {0x7f, "\x7f"},
	    {0x80, "\xc2\x80"},
	    {0x7ff, "\xdf\xbf"},
	    {0x800, "\xe0\xa0\x80"},
	    {0xffff, "\xef\xbf\xbf"},
	    {0x10000, "\xf0\x90\x80\x80"},
	    {0x10ffff, "\xf4\x8f\xbf\xbf"},
	    {0xd800, "\xef\xbf\xbd"},
	    {0x110000, "\xef\xbf\xbd"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf b = BUF_INIT;
		buf_addcp(&b, rows[i].cp);
		assert_string_equal(buf_cstr(&b), rows[i].bytes);
	}
}

/* Bytes before the first that is meant, one by one; 8: none. */
static size_t first_of(const unsigned char *p, bool (*is)(const unsigned char *p))
{
	size_t i = 0;

	while (i < 8 && !is(p + i))
		i++;
	return i;
}

static bool is_a(const unsigned char *p)
{
	return *p == 'a';
}

static bool is_high(const unsigned char *p)
{
	return *p == 0xEF;
}

static bool is_low(const unsigned char *p)
{
	return *p < ' ';
}

static bool is_unprintable(const unsigned char *p)
{
	return *p < ' ' || *p >= 0x7F;
}

static bool is_two_spaces(const unsigned char *p)
{
	return p[0] == ' ' && p[1] == ' ';
}

static void agrees(uint64_t answer, size_t first)
{
	assert_int_equal(answer != 0, first < 8);
	if (answer)
		assert_true(eight_first(answer) == first || eight_first(answer) == 0);
}

static void test_eight(void **state)
{
	static const unsigned char few[] = {
	    0, 1, 0x1F, ' ', ' ', ' ', '!', 'a', 'b', 0x7E, 0x7F, 0x80, 0xEF, 0xFF};
	unsigned char p[9];

	(void)state;
	for (uint64_t round = 0; round < 20000; round++) {
		for (size_t i = 0; i < sizeof p; i++) {
			uint64_t r = hash_mix(round * 9 + i);
			p[i] = round % 2 ? few[r % sizeof few] : (unsigned char)('b' + r % 3);
		}
		p[round % 9] = few[round / 9 % sizeof few];
		agrees(eight_has(eight_at(p), 'a'), first_of(p, is_a));
		agrees(eight_has(eight_at(p), 0xEF), first_of(p, is_high));
		agrees(eight_under(eight_at(p), ' '), first_of(p, is_low));
		agrees(eight_unprintable(eight_at(p)), first_of(p, is_unprintable));
		agrees(eight_twice(p, ' '), first_of(p, is_two_spaces));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_compare),
	    cmocka_unit_test(test_find),
	    cmocka_unit_test(test_cut),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_buf_grows_to_its_maximum),
	    cmocka_unit_test(test_buf_changes),
	    cmocka_unit_test(test_buf_codepoints),
	    cmocka_unit_test(test_eight),
	};
	return cmocka_run_group_tests_name("base/str", tests, NULL, NULL);
}
