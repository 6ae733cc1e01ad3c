/* SPDX-License-Identifier: MIT */
/* When a source is asked again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/interval.h"
#include "base/attr.h"
#include "base/clock.h"

#define NOW 1000000

static struct interval_hints hints(int64_t refresh_s)
{
	return (struct interval_hints){.refresh_s = refresh_s, .max_age_s = -1, .pace = {.ttl_minutes = -1}};
}

static void the_server_may_ask_for_more_time(void **state)
{
	static const struct {
		int64_t refresh_s, max_age_s;
		int ttl_minutes;
		int64_t wait_s;
	} rows[] = {{1800, -1, -1, 1800}, {1800, 60, -1, 1800}, {1800, 7200, -1, 7200}, {1800, -1, 60, 3600},
	    {1800, 999999, -1, 86400}, {604800, 60, -1, 604800}};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct interval_hints h = hints(rows[i].refresh_s);
		h.max_age_s = rows[i].max_age_s;
		h.pace.ttl_minutes = rows[i].ttl_minutes;
		assert_int_equal(interval_next(&h, NOW), NOW + rows[i].wait_s);
	}
}

static void skipped_hours_are_left_out(void **state)
{
	struct interval_hints h = hints(3600);
	(void)state;
	h.pace.skip_hours = 1u << 1 | 1u << 2; /* 01:00 to 02:59 UTC */
	assert_int_equal(interval_next(&h, 0), 3 * 3600);
	h.pace.skip_hours = 0xffffff; /* all: it is asked all the same, two days later at the latest */
	assert_true(interval_next(&h, 0) <= 3 * 86400);
}

static void the_rhythm_is_learned(void **state)
{
	struct item items[5] = {0};
	struct feed f = {.items = items, .n_items = 5, .ttl_minutes = -1};
	struct interval_hints h = hints(CONF_WORD);
	(void)state;
	assert_int_equal(interval_next(&h, NOW), NOW + 1800);
	for (int i = 0; i < 5; i++)
		items[i].published = NOW - i * 7200;
	interval_feed(&h, &f);
	assert_int_equal(interval_next(&h, NOW), NOW + 3600);
	for (int i = 0; i < 5; i++)
		items[i].published = TIME_NONE;
	interval_feed(&h, &f);
	assert_int_equal(interval_next(&h, NOW), NOW + 1800);
}

static void failures_back_off(void **state)
{
	struct interval_hints h = hints(1800);
	int64_t last = 0;
	(void)state;
	for (int fails = 1; fails < 40; fails++) {
		int64_t wait = interval_after_failure(&h, NOW, fails) - NOW;
		assert_true(wait >= 1800 && wait <= 86400 + 86400 / 8 + 1);
		if (fails < 5)
			assert_true(wait > last);
		last = wait;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_server_may_ask_for_more_time),
	    cmocka_unit_test(skipped_hours_are_left_out),
	    cmocka_unit_test(the_rhythm_is_learned),
	    cmocka_unit_test(failures_back_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
