/* SPDX-License-Identifier: MIT */
/* The hands with the real helpers, and with ones that die, hang and lie: every caller hears exactly once,
 * from the loop, and the queue goes on. */
#include "app/hands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/memfd.h"
#include "model/feed.h"

struct heard {
	int times;
	enum fetch_failure failure;
	int status;
	enum err_code code;
	bool ok;
	char words[300];
	size_t body_len, n_items;
};

struct world {
	struct loop *loop;
	struct hands *hands;
};

static const char *build_dir(void)
{
	const char *dir = getenv("top_builddir");

	return dir ? dir : ".";
}

static struct world open_world(const char *sub, int job_ms, const char *edition)
{
	SCOPED_STR dir = mem_printf("%s%s", build_dir(), sub);
	struct world w = {.loop = loop_new(NULL)};
	struct fetch_settings s = {.parallel = 8,
	    .per_host = 2,
	    .body_budget = 24 << 20,
	    .edition_dir = str_c(edition),
	    .fixed_now = TIME_NONE};

	w.hands = hands_new(w.loop, &s, NULL);
	hands_rehearse(w.hands, dir, job_ms);
	return w;
}

static void close_world(struct world *w)
{
	hands_free(w->hands);
	loop_free(w->loop);
}

static void turn(struct world *w)
{
	int64_t end = clock_mono_ms() + 20000;

	while ((hands_fetching(w->hands) || hands_parsing(w->hands)) && clock_mono_ms() < end)
		assert_true(loop_turn(w->loop, 1000, NULL));
	assert_int_equal(hands_fetching(w->hands) + hands_parsing(w->hands), 0);
}

static void on_answer(void *arg, const struct fetch_answer *a, int body_fd)
{
	struct heard *h = arg;
	struct str body = STR_NONE;

	h->times++;
	h->failure = a->failure;
	h->status = a->status;
	snprintf(h->words, sizeof h->words, "%.*s", STR_ARG(a->reason));
	if (body_fd < 0)
		return;
	assert_true(memfd_map(body_fd, 1 << 20, true, &body, NULL));
	h->body_len = body.len;
	memfd_unmap(body);
	close(body_fd);
}

static void on_reply(void *arg, const struct job_reply *r)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct heard *h = arg;
	struct feed feed;

	h->times++;
	h->ok = r->ok;
	h->code = r->code;
	snprintf(h->words, sizeof h->words, "%.*s", STR_ARG(r->ok ? r->result : r->message));
	if (r->ok && feed_decode(a, r->result, &feed, NULL))
		h->n_items = feed.n_items;
}

static void ask(struct world *w, const char *url, struct heard *h)
{
	struct fetch_request r = {.url = str_c(url), .max_size = 1 << 20};

	*h = (struct heard){0};
	assert_true(hands_fetch(w->hands, &r, on_answer, h) != 0);
	assert_int_equal(h->times, 0);
}

static void parse(struct world *w, const char *url, const char *body, struct heard *h)
{
	struct job j = {.kind = JOB_FEED, .url = str_c(url)};

	*h = (struct heard){0};
	assert_true(hands_parse(w->hands, &j, memfd_of("test", str_c(body), NULL), false, on_reply, h) != 0);
	assert_int_equal(h->times, 0);
}

static void the_real_ones_work(void **state)
{
	const char *top = getenv("top_srcdir");
	SCOPED_STR edition = mem_printf("%s/data/edition", top ? top : ".");
	struct world w = open_world("", 0, edition);
	struct heard feed, none, bad, parsed[6], broken;

	(void)state;
	ask(&w, "https://ledger.example/rss.xml", &feed);
	ask(&w, "https://ledger.example/none", &none);
	ask(&w, "https://ledger.example/\x01", &bad);
	for (size_t i = 0; i < ARRAY_LEN(parsed); i++)
		parse(&w, "https://a.example/",
		    "<rss "
		    "version='2.0'><channel><title>T</title><item><title>One</title></item></channel></rss>",
		    &parsed[i]);
	parse(&w, "https://a.example/", "no feed at all", &broken);
	turn(&w);
	assert_true(feed.times == 1 && feed.status == 200 && feed.body_len > 500);
	assert_true(none.times == 1 && none.status == 404);
	assert_true(bad.times == 1 && bad.failure == FETCH_BAD_URL);
	for (size_t i = 0; i < ARRAY_LEN(parsed); i++)
		assert_true(parsed[i].times == 1 && parsed[i].n_items == 1);
	assert_true(broken.times == 1 && !broken.ok && broken.words[0]);
	close_world(&w);
}

static const struct {
	const char *how;
	enum err_code code;
	const char *words;
} faults[] = {
    {"crash", ERR_HELPER, "courant-parse ended: signal 9"},
    {"hang", ERR_LIMIT, "reading it took longer than 0 s"},
    {"garbage", ERR_HELPER, "courant-parse broke the protocol"},
    {"tired", ERR_HELPER, "courant-parse ended: status 0"},
};

static void a_bad_job_costs_itself_alone(void **state)
{
	struct world w = open_world("/tests/app/helpers", 400, NULL);
	struct heard bad[ARRAY_LEN(faults)], good[20];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		parse(&w, "fine", "x", &good[i]);
		if (i % 4 == 0 && i / 4 < ARRAY_LEN(faults))
			parse(&w, faults[i / 4].how, "x", &bad[i / 4]);
	}
	turn(&w);
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(good[i].times == 1 && good[i].ok);
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		assert_int_equal(bad[i].times, 1);
		assert_false(bad[i].ok);
		assert_int_equal(bad[i].code, faults[i].code);
		assert_string_equal(bad[i].words, faults[i].words);
	}
	close_world(&w);
}

static void a_dead_fetcher_is_started_again(void **state)
{
	struct world w = open_world("/tests/app/helpers", 0, NULL);
	struct heard a, b, c, d;

	(void)state;
	ask(&w, "http://x/fine", &a);
	turn(&w);
	assert_true(a.times == 1 && a.status == 200);
	ask(&w, "http://x/hang", &b);
	hands_cancel(w.hands, 0); /* the fake does not listen */
	ask(&w, "http://x/fine", &c);
	assert_int_equal(hands_fetching(w.hands), 2);
	close_world(&w);
	assert_int_equal(b.times + c.times, 0);
	w = open_world("/tests/app/helpers", 0, NULL);
	ask(&w, "http://x/crash", &b);
	turn(&w);
	ask(&w, "http://x/tired", &c);
	turn(&w);
	ask(&w, "http://x/fine", &d);
	turn(&w);
	assert_true(b.times == 1 && b.failure == FETCH_BROKEN);
	assert_string_equal(b.words, "courant-fetch ended: signal 9");
	assert_true(c.times == 1 && c.failure == FETCH_BROKEN);
	assert_true(d.times == 1 && d.status == 200);
	close_world(&w);
}

static void missing_helpers_are_told(void **state)
{
	struct world w = open_world("/no/such/folder", 0, NULL);
	struct heard a, b;

	(void)state;
	ask(&w, "http://x/", &a);
	parse(&w, "http://x/", "x", &b);
	turn(&w);
	assert_true(a.times == 1 && a.failure == FETCH_BROKEN && strstr(a.words, "courant-fetch"));
	assert_true(b.times == 1 && b.code == ERR_HELPER && strstr(b.words, "courant-parse"));
	close_world(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_real_ones_work),
	    cmocka_unit_test(a_bad_job_costs_itself_alone),
	    cmocka_unit_test(a_dead_fetcher_is_started_again),
	    cmocka_unit_test(missing_helpers_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
