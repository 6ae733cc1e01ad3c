/* SPDX-License-Identifier: MIT */
/* The cleaner: what never comes out, what honest text keeps, and that cleaning twice changes nothing. */
#include <unictype.h>

#include "text/safe.h"

#include "text/utf8.h"
#include "text_test.h"

static void test_rows(void **state)
{
	static const struct {
		const char *in, *line, *text;
	} rows[] = {
	    {"plain words", "plain words", "plain words"},
	    {"  two  blanks \n here\t", "two blanks here", "  two  blanks \n here"},
	    {"a\r\nb\rc", "a b c", "a\nb\nc"},
	    {"\n\n  indented\n", "indented", "  indented"},
	    {"red\x1B[31m text\x07", "red[31m text", "red[31m text"},
	    {"c1 \xC2\x9B"
	     "31m and \xC2\x85next",
	        "c1 31m and next", "c1 31m and \nnext"},
	    {"del\x7F", "del", "del"},
	    {"nul\xC0\x80", "nul��", "nul��"},
	    {"bad \xFF byte", "bad � byte", "bad � byte"},
	    {"\xE2\x80\xAEover\xE2\x80\xAC\xE2\x81\xA6isolate\xE2\x81\xA9", "overisolate", "overisolate"},
	    {"line\xE2\x80\xA8sep", "line sep", "line\nsep"},
	    {"tag\xF3\xA0\x81\x81s", "tags", "tags"},
	    {"\xEF\xBB\xBFmark", "mark", "mark"},
	    {"non\xEF\xBF\xBE"
	     "char\xEF\xB7\x90",
	        "non�char�", "non�char�"},
	    {"anno\xEF\xBF\xB9tated", "annotated", "annotated"},
	    {"no\xC2\xA0"
	     "break",
	        "no break",
	        "no\xC2\xA0"
	        "break"},
	    {"שלום مرحبا", "שלום مرحبا", "שלום مرحبا"},
	    {"می\xE2\x80\x8Cخواهم", "می\xE2\x80\x8Cخواهم", "می\xE2\x80\x8Cخواهم"},
	    {"👨‍👩‍👧 🇳🇱 ❤️", "👨‍👩‍👧 🇳🇱 ❤️",
	        "👨‍👩‍👧 🇳🇱 ❤️"},
	    {"e\xCC\x81t\xC3\xA9", "e\xCC\x81t\xC3\xA9", "e\xCC\x81t\xC3\xA9"},
	    {"", "", ""},
	    {" \x01 ", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf line = BUF_INIT;
		SCOPED(buf) struct buf text = BUF_INIT;

		assert_true(safe_add(&line, str_c(rows[i].in), SAFE_LINE));
		same(rows[i].in, buf_str(&line), rows[i].line);
		assert_true(safe_add(&text, str_c(rows[i].in), SAFE_TEXT));
		same(rows[i].in, buf_str(&text), rows[i].text);
	}
}

/* Every code point alone, against the promise in words. */
static void test_every_code_point(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		char bytes[6] = "x";
		size_t n = 1 + (size_t)utf8_put(bytes + 1, cp);
		SCOPED(buf) struct buf out = BUF_INIT;
		bool forbidden = (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0) ||
		                 (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) ||
		                 (cp >= 0xFFF9 && cp <= 0xFFFB) || (cp >= 0xE0000 && cp <= 0xE007F) ||
		                 cp == 0xFEFF || (cp >= 0xFDD0 && cp <= 0xFDEF) || (cp & 0xFFFE) == 0xFFFE ||
		                 (cp >= 0x206A && cp <= 0x206F);
		bool kept;

		if ((cp >= 0xD800 && cp <= 0xDFFF) || (cp > 0xE0080 && cp <= 0xE00FF))
			continue;
		bytes[n++] = 'x';
		(void)safe_add(&out, (struct str){bytes, n}, SAFE_RUN);
		kept = str_eq(buf_str(&out), (struct str){bytes, n});
		if (kept == forbidden && cp != 0xE0080)
			fail_msg("U+%04X is %s", (unsigned)cp, kept ? "kept" : "lost");
		if (safe_is((struct str){bytes, n}, SAFE_RUN) != kept)
			fail_msg("U+%04X: safe_is differs", (unsigned)cp);
	}
}

/* What may pile up is told from what stands by itself, whichever way a text is looked at. */
static void test_every_mark(void **state)
{
	(void)state;
	for (uint32_t cp = 0xA0; cp <= 0x10FFFF; cp++) {
		SCOPED(buf) struct buf in = BUF_INIT;
		bool mark = uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M);

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		assert_int_equal(cp_is_mark(cp), mark);
		for (int i = 0; i < 20; i++)
			(void)buf_addcp(&in, cp);
		if (mark && safe_is(buf_str(&in), SAFE_RUN))
			fail_msg("U+%04X piles up", (unsigned)cp);
		if (!mark && cp_is_letter(cp) && cp < 0x1100 && !safe_is(buf_str(&in), SAFE_RUN))
			fail_msg("U+%04X is lost", (unsigned)cp);
	}
}

static size_t count_of(struct str s, const char *what)
{
	size_t n = 0;
	ptrdiff_t at;

	while ((at = str_find(s, str_c(what))) >= 0) {
		s = str_skip(s, (size_t)at + strlen(what));
		n++;
	}
	return n;
}

static void test_floods(void **state)
{
	SCOPED(buf) struct buf in = BUF_INIT;
	SCOPED(buf) struct buf out = BUF_INIT;

	(void)state;
	for (int word = 0; word < 2; word++) {
		(void)buf_addc(&in, 'o');
		for (int i = 0; i < 500; i++)
			(void)buf_adds(&in, i % 2 ? "\xCC\x81" : "\xE2\x80\x8B");
	}
	(void)buf_adds(&in, "\xE1\x84\x80");
	for (int i = 0; i < 100; i++)
		(void)buf_adds(&in, "\xE1\x85\xA1");
	assert_true(safe_add(&out, buf_str(&in), SAFE_LINE));
	assert_int_equal(count_of(buf_str(&out), "\xCC\x81"), 32);
	assert_int_equal(count_of(buf_str(&out), "\xE2\x80\x8B"), 16);
	assert_int_equal(count_of(buf_str(&out), "\xE1\x85\xA1"), 16);
}

static void test_random(void **state)
{
	uint64_t seed = 7;
	char bytes[300];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		SCOPED(buf) struct buf out = BUF_INIT;
		SCOPED(buf) struct buf again = BUF_INIT;
		struct str s = random_text(&seed, bytes, sizeof bytes);
		enum safe_how how = (enum safe_how)(i % 3);

		assert_true(safe_add(&out, s, how));
		if (!safe_is(buf_str(&out), how) || !utf8_valid(buf_str(&out)))
			fail_msg("not clean: \"%s\"", buf_cstr(&out));
		assert_true(safe_add(&again, buf_str(&out), how));
		same(buf_cstr(&out), buf_str(&again), buf_cstr(&out));
	}
}

static void test_copy(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf small = BUF_MAX(4);

	(void)state;
	same("absent", safe_copy(a, STR_NONE, SAFE_LINE), NULL);
	same("empty", safe_copy(a, STR(""), SAFE_LINE), "");
	same("blank", safe_copy(a, STR(" \n "), SAFE_LINE), "");
	same("clean", safe_copy(a, STR("as it is"), SAFE_LINE), "as it is");
	assert_false(safe_add(&small, STR("too long"), SAFE_LINE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_every_code_point), cmocka_unit_test(test_every_mark),
	    cmocka_unit_test(test_floods), cmocka_unit_test(test_random), cmocka_unit_test(test_copy)};

	return cmocka_run_group_tests_name("safe", tests, NULL, NULL);
}
