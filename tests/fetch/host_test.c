/* SPDX-License-Identifier: MIT */
/* Queues by host: the limit, the order, the number of rounds; quiet after refusals. */
#include "fetch/host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static void names_tell_hosts_apart(void **state)
{
	SCOPED_PTR(hosts) struct hosts *hs = hosts_new();
	struct host *h = hosts_of(hs, STR("https://News.example/a"));

	(void)state;
	assert_ptr_equal(h, hosts_of(hs, STR("http://news.example/b?c")));
	assert_ptr_equal(h, hosts_of(hs, STR("https://news.example:443/")));
	assert_ptr_not_equal(h, hosts_of(hs, STR("https://news.example:8443/")));
	assert_ptr_not_equal(h, hosts_of(hs, STR("https://www.news.example/")));
	assert_non_null(hosts_of(hs, STR("nonsense")));
}

static void the_limit_and_the_order_hold(void **state)
{
	SCOPED_PTR(hosts) struct hosts *hs = hosts_new();
	struct host *h = hosts_of(hs, STR("http://a/"));
	struct waiter w[5] = {{.background = true}, {0}, {0}, {0}, {0}};

	(void)state;
	hosts_limit(hs, 2);
	for (int i = 0; i < 4; i++)
		hosts_wait(hs, &w[i], h, false);
	hosts_wait(hs, &w[4], h, true);
	assert_ptr_equal(hosts_next(hs), &w[4]);
	assert_ptr_equal(hosts_next(hs), &w[1]);
	assert_null(hosts_next(hs));
	hosts_leave(hs, &w[2]);
	hosts_leave(hs, &w[2]);
	hosts_done(hs, h);
	assert_ptr_equal(hosts_next(hs), &w[3]);
	assert_null(hosts_next(hs));
	hosts_done(hs, h);
	assert_ptr_equal(hosts_next(hs), &w[0]);
	assert_int_equal(hosts_waiting(hs), 0);
}

/* Rounds that it takes to serve queues of these lengths, when all that run end together. */
static size_t rounds_of(const size_t *lengths, size_t n, size_t parallel, unsigned per_host)
{
	SCOPED_PTR(hosts) struct hosts *hs = hosts_new();
	struct waiter *all, *run[300];
	size_t total = 0, rounds = 0, at = 0;

	hosts_limit(hs, per_host);
	for (size_t i = 0; i < n; i++)
		total += lengths[i];
	all = mem_array(total, sizeof *all);
	for (size_t i = 0; i < n; i++) {
		SCOPED_STR url = mem_printf("http://h%zu/", i);

		for (size_t k = 0; k < lengths[i]; k++)
			hosts_wait(hs, &all[at++], hosts_of(hs, str_c(url)), false);
	}
	for (; hosts_waiting(hs); rounds++) {
		size_t running = 0;

		while (running < parallel && (run[running] = hosts_next(hs)))
			running++;
		for (size_t i = 0; i < running; i++)
			hosts_done(hs, run[i]->host);
	}
	mem_free(all);
	return rounds;
}

static void long_queues_begin_first(void **state)
{
	size_t lengths[961];

	(void)state;
	for (size_t i = 0; i < 960; i++)
		lengths[i] = 1;
	lengths[960] = 40;
	assert_int_equal(rounds_of(lengths, 961, 256, 2), 20);
	for (size_t i = 0; i < 125; i++)
		lengths[i] = 8;
	assert_int_equal(rounds_of(lengths, 125, 256, 2), 4);
	assert_int_equal(rounds_of(lengths, 125, 8, 2), 125);
}

static void quiet_is_kept(void **state)
{
	SCOPED_PTR(hosts) struct hosts *hs = hosts_new();
	struct host *h = hosts_of(hs, STR("http://a/")), *g = hosts_of(hs, STR("http://b/"));

	(void)state;
	host_told(h, 7, 1000);
	assert_int_equal(host_quiet_s(h, 1000), 7);
	assert_int_equal(host_quiet_s(h, 7001), 1);
	assert_int_equal(host_quiet_s(h, 8000), 0);
	assert_true(host_was_told(h));
	assert_false(host_failed(g, 0));
	assert_false(host_failed(g, 0));
	host_answered(g, 0);
	assert_false(host_failed(g, 0));
	assert_false(host_failed(g, 0));
	assert_true(host_failed(g, 0));
	assert_in_range(host_quiet_s(g, 0), 60, 75);
	for (int i = 0; i < 3; i++)
		host_failed(g, 100000);
	assert_in_range(host_quiet_s(g, 100000), 120, 150);
	for (int i = 0; i < 60; i++)
		host_failed(g, 1000000);
	assert_in_range(host_quiet_s(g, 1000000), 3600, 4500);
	assert_false(host_was_told(g));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_tell_hosts_apart),
	    cmocka_unit_test(the_limit_and_the_order_hold),
	    cmocka_unit_test(long_queues_begin_first),
	    cmocka_unit_test(quiet_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
