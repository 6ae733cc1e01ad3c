/* SPDX-License-Identifier: MIT */
/* json: what is read, what is refused with its place, and pointers. */
#include "syntax/json.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_pointers(void **state)
{
	static const char doc[] =
	    "\xEF\xBB\xBF{\"a\":{\"b/c\":[1,\"x\",{\"~\":true}],\"B\":0,\"b\":1},\"a\":{\"b/"
	    "c\":[1,\"x\",{\"~\":true}],"
	    "\"id\":12345678901234567890,\"f\":1.5,\"n\":null,\"s\":\"\\u0000\\ud800|\\ud83d\\ude00\",\"\":7}"
	    "}";
	static const struct {
		const char *pointer, *text; /* text NULL: nothing is there */
	} rows[] = {
	    {"/a/b~1c/0", "1"},
	    {"/a/b~1c/1", "x"},
	    {"/a/b~1c/2/~0", "true"},
	    {"/a/id", "12345678901234567890"},
	    {"/a/f", "1.5"},
	    {"/a/s", "\xEF\xBF\xBD\xEF\xBF\xBD|\xF0\x9F\x98\x80"},
	    {"/a/", "7"},
	    {"/a/n", NULL},
	    {"/a/b~1c/3", NULL},
	    {"/a/b~1c/01", NULL},
	    {"/a/b~1c/-", NULL},
	    {"/a/b~1c/-1", NULL},
	    {"/a/B", NULL},
	    {"/a/b~2", NULL},
	    {"a", NULL},
	    {"/A", NULL},
	    {"/a/b~1c/99999999999999999999", NULL},
	    {"/a/id/x", NULL},
	};
	struct arena *a = arena_new();
	struct err err = {0};
	struct json *root = json_parse(str_c(doc), NULL, &err);

	(void)state;
	assert_non_null(root);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str text = json_text(a, json_pointer(root, str_c(rows[i].pointer)));
		assert_int_equal(text.p != NULL, rows[i].text != NULL);
		if (rows[i].text)
			assert_true(str_eqc(text, rows[i].text));
	}
	assert_ptr_equal(json_pointer(root, STR("")), root);
	assert_null(json_pointer(root, STR("/a\0\0\0\0\0\0\0\0")));
	assert_int_equal(json_count(json_get(root, "a")), 6);
	json_free(root);
	arena_free(a);
}

static void test_numbers(void **state)
{
	static const struct {
		const char *doc;
		bool ok;
		double value;
	} rows[] = {
	    {"[12]", true, 12},
	    {"[\"-1.5\"]", true, -1.5},
	    {"[\" 7 \"]", true, 7},
	    {"[1e3]", true, 1000},
	    {"[\"1e3\"]", false, 0},
	    {"[\"\"]", false, 0},
	    {"[\"x\"]", false, 0},
	    {"[null]", false, 0},
	    {"[{}]", false, 0},
	    {"[\"1.2.3\"]", false, 0},
	    {"[1234567890123456]", true, 1234567890123456.0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		struct json *root = json_parse(str_c(rows[i].doc), NULL, &err);
		double n = 0;
		assert_non_null(root);
		assert_int_equal(json_number(json_first(root), &n), rows[i].ok);
		assert_true(!rows[i].ok || (n >= rows[i].value - 1e-9 && n <= rows[i].value + 1e-9));
		json_free(root);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *doc;
		int line, column;
	} rows[] = {
	    {"", 1, 1},
	    {"{", 1, 2},
	    {"{'a':1}", 1, 2},
	    {"[1,]", 1, 4},
	    {"[1]\n x", 2, 2},
	    {"[\"\\x\"]", 1, 2},
	    {"{\"a\"\n:\n}", 3, 1},
	    {"nul", 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		assert_null(json_parse(str_c(rows[i].doc), NULL, &err));
		assert_int_equal(err.code, ERR_INPUT);
		assert_int_equal(err.line, rows[i].line);
		assert_in_range(err.column, 1, rows[i].column + 3);
	}
}

static void test_limits(void **state)
{
	static const struct {
		const char *piece;
		size_t n;
	} rows[] = {{"[", JSON_MAX_DEPTH + 1}, {"{\"a\":", 100000}, {"1,", JSON_MAX_VALUES + 2}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf b = BUF_INIT;
		struct err err = {0};
		buf_addc(&b, '[');
		for (size_t k = 0; k < rows[i].n; k++)
			buf_adds(&b, rows[i].piece);
		assert_null(json_parse(buf_str(&b), NULL, &err));
		assert_int_equal(err.code, ERR_LIMIT);
		buf_release(&b);
	}
}

static void what_stands_behind_is_left_out(void **state)
{
	struct err err = {0};
	bool rest = false;
	(void)state;
	struct json *root = json_parse(STR("{\"a\": 1} and more"), &rest, &err);
	assert_non_null(root);
	assert_true(rest);
	json_free(root);
	assert_null(json_parse(STR("1 and more"), &rest, &err));
	assert_null(json_parse(STR("{\"a\": 1"), &rest, &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_stands_behind_is_left_out),
	    cmocka_unit_test(test_pointers),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
