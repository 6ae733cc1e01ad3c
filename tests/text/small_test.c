/* SPDX-License-Identifier: MIT */
/* JSON output, sizes, near misses. */
#include "text/fuzzy.h"
#include "text/json_out.h"
#include "text/size.h"

#include "base/clock.h"
#include "text_test.h"

#include <math.h>

static void write_all(struct json_out *j)
{
	json_object(j, NULL);
	json_str(j, "title", STR("a \"b\" \\ \n\t\x01 é \xFF \xC2\x9B \xE2\x80\xA8 \x7F"));
	json_str(j, "none", STR_NONE);
	json_str_if(j, "left out", STR(""));
	json_int(j, "n", INT64_MIN);
	json_num(j, "x", 0.1);
	json_num(j, "third", 1.0 / 3);
	json_num(j, "inf", (double)INFINITY);
	json_bool(j, "yes", true);
	json_time(j, "t", -14182940);
	json_time(j, "no time", TIME_NONE);
	json_time_zone(j, "there", -14182940, -210);
	json_array(j, "list");
	json_int(j, NULL, 1);
	json_object(j, NULL);
	json_end_object(j);
	json_array(j, NULL);
	json_end_array(j);
	json_null(j, NULL);
	json_end_array(j);
	json_end_object(j);
}

static void test_json(void **state)
{
	SCOPED(buf) struct buf out = BUF_INIT;
	struct json_out j;

	(void)state;
	json_begin(&j, &out, false);
	write_all(&j);
	same("compact", buf_str(&out),
	    "{\"title\":\"a \\\"b\\\" \\\\ \\n\\t\\u0001 é � \\u009b \\u2028 \\u007f\",\"none\":null,"
	    "\"n\":-9223372036854775808,\"x\":0.1,\"third\":0.3333333333333333,\"inf\":null,\"yes\":true,"
	    "\"t\":\"1969-07-20T20:17:40Z\",\"no "
	    "time\":null,\"there\":\"1969-07-20T16:47:40-03:30\",\"list\":[1,{},[],null]}");
	buf_reset(&out);
	json_begin(&j, &out, true);
	json_object(&j, NULL);
	json_array(&j, "a");
	json_int(&j, NULL, 1);
	json_int(&j, NULL, 2);
	json_end_array(&j);
	json_object(&j, "b");
	json_end_object(&j);
	json_end_object(&j);
	same("indented", buf_str(&out), "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}\n");
}

static void test_sizes(void **state)
{
	static const struct {
		const char *in;
		int64_t bytes;
	} rows[] = {{"1024", 1024}, {"16MiB", 16 << 20}, {"16 mib", 16 << 20}, {"500 kB", 500000},
	    {"1.5 GB", 1500000000}, {"2k", 2048}, {"0", 0}, {"10 B", 10}, {"", -1}, {"MiB", -1}, {"-1", -1},
	    {"1 zB", -1}, {"1.5.5 kB", -1}, {"99999999999999999 GB", -1}, {"12 MB x", -1}};
	static const struct {
		uint64_t bytes;
		const char *text;
	} shown[] = {{0, "0 B"}, {999, "999 B"}, {1000, "1.0 kB"}, {3400000, "3.4 MB"}, {9960, "10 kB"},
	    {999499, "999 kB"}, {999500, "1.0 MB"}, {UINT64_MAX, "18 EB"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (size_parse(str_c(rows[i].in)) != rows[i].bytes)
			fail_msg("%s: %lld", rows[i].in, (long long)size_parse(str_c(rows[i].in)));
	for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
		SCOPED(buf) struct buf out = BUF_INIT;

		assert_true(size_add(&out, shown[i].bytes));
		same(shown[i].text, buf_str(&out), shown[i].text);
	}
}

static void test_nearest(void **state)
{
	static const char *const names[] = {
	    "refresh", "search", "star", "starred", "mark", "quit", "layout.measure"};
	static const struct {
		const char *word, *want;
	} rows[] = {{"refersh", "refresh"}, {"serach", "search"}, {"mrak", "mark"}, {"starrd", "starred"},
	    {"xyz", NULL}, {"qit", "quit"}, {"refresh", "refresh"}, {"layout.measrue", "layout.measure"},
	    {"", NULL}, {"k", NULL}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		same(rows[i].word, str_c(fuzzy_nearest(str_c(rows[i].word), names, ARRAY_LEN(names))),
		    rows[i].want);
	assert_int_equal(fuzzy_distance(STR("abc"), STR("acb"), 5), 1);
	assert_int_equal(fuzzy_distance(STR("kitten"), STR("sitting"), 5), 3);
	assert_int_equal(fuzzy_distance(STR("kitten"), STR("sitting"), 1), 2);
	assert_int_equal(fuzzy_distance(STR("größe"), STR("große"), 5), 1);
}

static void test_score(void **state)
{
	(void)state;
	assert_int_equal(fuzzy_score(STR("xyz"), STR("guardian")), 0);
	assert_true(fuzzy_score(STR("grd"), STR("The Guardian")) > 0);
	assert_true(
	    fuzzy_score(STR("bbc"), STR("BBC News")) > fuzzy_score(STR("bbc"), STR("Blue book club")));
	assert_true(
	    fuzzy_score(STR("guard"), STR("Guardian")) > fuzzy_score(STR("guard"), STR("Global user and")));
	assert_true(
	    fuzzy_score(STR("nyt"), STR("New York Times")) > fuzzy_score(STR("nyt"), STR("Sunnyvale today")));
	assert_true(fuzzy_score(STR("elpais"), STR("El País")) > 0);
	assert_true(fuzzy_score(STR("bbc"), STR("BBC")) > fuzzy_score(STR("bbc"), STR("BBC News")));
	assert_true(fuzzy_score(STR(""), STR("anything")) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_json), cmocka_unit_test(test_sizes),
	    cmocka_unit_test(test_nearest), cmocka_unit_test(test_score)};

	return cmocka_run_group_tests_name("small", tests, NULL, NULL);
}
