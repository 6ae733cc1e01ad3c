/* SPDX-License-Identifier: MIT */
/* Rules on arriving stories. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/rules.h"
#include "text/date.h"
#include "base/clock.h"

static const char text[] = "version: 1\n"
                           "rules:\n"
                           "  - {match: 'title:election', do: [hide], until: 2026-12-31}\n"
                           "  - {match: 'title:~\"(?i)sponsored\"', do: [hide]}\n"
                           "  - {match: 'author:\"Jane Doe\"', do: [star, tag jane]}\n";

static struct put_verdict try(const struct rules *r, const char *title, const char *author)
{
	struct story s = {.row = {.title = str_c(title), .published = TIME_NONE}, .author = str_c(author)};
	struct put_verdict v = {0};
	rules_apply((void *)(uintptr_t)r, &s, STR(""), &v);
	return v;
}

static void rules_act_until_they_end(void **state)
{
	struct problems problems = {0};
	struct err err = {0};
	(void)state;
	struct conf *c = conf_parse(str_c(text), "test", &problems, &err);
	assert_non_null(c);
	struct rules *before = rules_new(c, date_utc(2026, 11, 1, 0, 0, 0));
	struct rules *after = rules_new(c, date_utc(2027, 1, 2, 0, 0, 0));
	assert_int_equal(problems.n, 0);
	assert_true(try(before, "The election is on", "").hide);
	assert_false(try(after, "The election is on", "").hide);
	assert_true(try(after, "SPONSORED: soap", "").hide);
	struct put_verdict jane = try(after, "A walk", "Jane Doe");
	assert_true(jane.star && jane.n_tags == 1 && str_eqc(jane.tags[0], "jane"));
	assert_false(try(after, "A walk", "John Roe").star);
	rules_free(before);
	rules_free(after);
	conf_free(c);
	problems_release(&problems);
}

static void a_wrong_query_is_told_with_its_place(void **state)
{
	struct problems problems = {0};
	struct err err = {0};
	(void)state;
	assert_null(conf_parse(
	    STR("version: 1\nrules:\n  - {match: 'titel:x', do: [hide]}\n"), "test", &problems, &err));
	assert_int_equal(err.line, 3);
	assert_non_null(strstr(err.message, "did you mean 'title:'"));
	problems_release(&problems);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rules_act_until_they_end),
	    cmocka_unit_test(a_wrong_query_is_told_with_its_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
