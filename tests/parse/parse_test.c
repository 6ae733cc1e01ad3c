/* SPDX-License-Identifier: MIT */
/* courant-parse as a program: jobs over its socket, its death and its end, and what its sandbox stops. */
#include "config.h"

#include "base/mem.h"
#include "base/memfd.h"
#include "base/proc.h"
#include "base/wire.h"
#include "doc/article.h"
#include "doc/codec.h"
#include "model/feed.h"
#include "model/job.h"
#include "parse/parse_inline.h"

#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char rss[] =
    "<rss version='2.0'><channel><title>Gazette</title><link>https://e.example/</link>"
    "<item><title>One</title><link>/1</link><description>&lt;p&gt;Some &lt;b&gt;words&lt;/b&gt;.&lt;/p&gt;"
    "&lt;p&gt;More.&lt;/p&gt;</description></item>"
    "<item><title>Two</title><description>No markup &amp;amp; no link</description></item></channel></rss>";
static const char page[] =
    "<html><head><title>A page</title></head><body><article><h1>A page</h1>"
    "<p>The first paragraph of this page has enough words in it to be taken for the text of an article.</p>"
    "<p>The second one, which follows it, goes on in the same manner, with commas, and comes to an end.</p>"
    "</article></body></html>";

struct helper {
	pid_t pid;
	struct wire *wire;
};

static char *program(void)
{
	const char *top = getenv("top_builddir");

	return mem_printf("%s/courant-parse", top ? top : ".");
}

static struct helper start(void)
{
	SCOPED_STR path = program();
	const char *const argv[] = {"courant-parse", NULL};
	struct helper h;
	struct err err = {0};
	int fd;

	assert_true(proc_helper(path, argv, &h.pid, &fd, &err));
	h.wire = wire_new(fd);
	return h;
}

static void stop(struct helper *h, int want_status)
{
	int status = -1;

	wire_free(h->wire);
	assert_int_equal(waitpid(h->pid, &status, 0), h->pid);
	assert_int_equal(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), want_status);
}

static void send_job(struct helper *h, struct job job, struct str body)
{
	struct buf b = BUF_INIT;
	struct err err = {0};
	int fd = body.p ? memfd_of("body", body, &err) : -1;

	job_encode(&b, &job);
	assert_true(wire_send(h->wire, JOB_REQUEST, 0, buf_str(&b), fd, &err));
	while (wire_pending(h->wire))
		assert_true(wire_flush(h->wire, &err));
	if (fd >= 0)
		close(fd);
	buf_release(&b);
}

static struct job_reply take_reply(struct helper *h, struct arena *a)
{
	struct wire_frame frame;
	struct job_reply reply;
	struct err err = {0};

	while (!wire_next(h->wire, &frame))
		assert_true(wire_read(h->wire, &err));
	assert_int_equal(frame.type, JOB_REPLY);
	assert_true(job_reply_decode(a, frame.payload, &reply, &err));
	return reply;
}

static void test_feed_job(void **state)
{
	struct helper h = start();
	struct arena *a = arena_new();
	struct err err = {0};
	struct feed feed;

	(void)state;
	send_job(&h, (struct job){.id = 7, .kind = JOB_FEED, .want_doc = true}, str_c(rss));
	struct job_reply reply = take_reply(&h, a);
	assert_int_equal(reply.id, 7);
	if (!reply.ok)
		print_message("%.*s\n", STR_ARG(reply.message));
	assert_true(reply.ok);
	assert_true(feed_decode(a, reply.result, &feed, &err));
	assert_int_equal(feed.n_items, 2);
	assert_true(str_eqc(feed.items[0].url, "https://e.example/1"));
	assert_false(feed.items[0].content_html.p);
	struct doc *d = doc_decode(feed.items[0].doc, &err);
	assert_non_null(d);
	assert_int_equal(d->n_blocks, 2);
	assert_true(str_eqc(d->blocks[0].text.text, "Some words."));
	doc_free(d);
	d = doc_decode(feed.items[1].doc, &err);
	assert_true(str_eqc(d->blocks[0].text.text, "No markup & no link"));
	doc_free(d);
	arena_free(a);
	stop(&h, 0);
}

static void test_many_jobs(void **state)
{
	static const struct {
		enum job_kind kind;
		const char *body;
		bool ok;
	} rows[] = {
	    {JOB_FEED, rss, true},
	    {JOB_FEED, page, false},
	    {JOB_PAGE, page, true},
	    {JOB_OPML, rss, false},
	    {JOB_FEED, "", false},
	    {JOB_FEED, "{", false},
	    {JOB_DISCOVER, page, false},
	    {JOB_FEED, rss, true},
	    {JOB_OPML, "<opml><body><outline text='A' xmlUrl='https://e.example/f'/></body></opml>", true},
	    {JOB_DISCOVER, "<link rel=alternate type='application/rss+xml' href='https://e.example/f'>",
	        true},
	};
	struct helper h = start();
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		send_job(&h, (struct job){.id = i, .kind = rows[i].kind, .url = STR("https://e.example/")},
		    str_c(rows[i].body));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct job_reply reply = take_reply(&h, a);
		assert_int_equal(reply.id, i);
		assert_int_equal(reply.ok, rows[i].ok);
		assert_int_equal(reply.message.len > 0, !rows[i].ok);
	}
	arena_free(a);
	stop(&h, 0);
}

/* What the program gives is what the function gives. */
static void test_inline(void **state)
{
	struct helper h = start();
	struct arena *a = arena_new();
	struct buf record = BUF_INIT;
	struct err err = {0};
	struct job job = {.id = 1, .kind = JOB_FEED, .want_html = true};

	(void)state;
	send_job(&h, job, str_c(rss));
	struct job_reply reply = take_reply(&h, a);
	assert_true(parse_job_run(&job, str_c(rss), &record, &err));
	assert_true(str_eq(reply.result, buf_str(&record)));
	buf_release(&record);
	arena_free(a);
	stop(&h, 0);
}

static void test_bad_message(void **state)
{
	struct helper h = start();
	struct err err = {0};

	(void)state;
	assert_true(wire_send(h.wire, JOB_REQUEST, 0, STR("\xff\xff\xff"), -1, &err));
	assert_true(wire_flush(h.wire, &err));
	while (wire_read(h.wire, &err))
		;
	stop(&h, 1);
}

#ifndef WITH_SANITIZERS
static int status_of(const char *option, const char *what, struct buf *out)
{
	SCOPED_STR path = program();
	const char *const argv[] = {path, option, what, NULL};
	const struct proc_limits lim = {.timeout_ms = 10000};
	struct err err = {0};
	int status = -1;

	assert_true(proc_run(argv, STR(""), &lim, out, NULL, &status, &err));
	return status;
}

static void test_sandbox(void **state)
{
	struct buf out = BUF_MAX(4096);

	(void)state;
	assert_int_equal(status_of("--sandbox", NULL, &out), 0);
	assert_true(str_starts(buf_str(&out), "seccomp "));
	if (!str_starts(buf_str(&out), "seccomp yes")) {
		buf_release(&out);
		skip();
		return;
	}
	assert_int_equal(status_of("--try", "open", &out), 0);
	assert_int_equal(status_of("--try", "socket", &out), 128 + SIGSYS);
	assert_int_equal(status_of("--try", "exec", &out), 128 + SIGSYS);
	assert_int_equal(status_of("--try", "nothing", &out), 0);
	buf_release(&out);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_feed_job),
	    cmocka_unit_test(test_many_jobs),
	    cmocka_unit_test(test_inline),
	    cmocka_unit_test(test_bad_message),
#ifndef WITH_SANITIZERS
	    cmocka_unit_test(test_sandbox),
#endif
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
