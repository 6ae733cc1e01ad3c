/* SPDX-License-Identifier: MIT */
/* courant-fetch: requests come in on descriptor 3, answers go out. Ends at the end of its input, or after a
 * minute without work. What a request means is the engine's. */
#include <curl/curl.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/wire.h"
#include "config.h"
#include "fetch/engine.h"
#include "fetch/sandbox.h"
#include "model/fetch_msg.h"

enum { SOCKET_FD = 3, IDLE_MS = 60000 };

struct program {
	struct loop *loop;
	struct wire *wire;
	struct engine *engine;
	struct loop_timer *idle;
	size_t unsent_bodies; /* that the socket has not taken yet */
	uint64_t unsent;      /* their bytes */
	bool over;
	int status;
};

static void wait_for_work(struct program *p)
{
	loop_timer_set(p->idle, engine_count(p->engine) ? -1 : clock_mono_ms() + IDLE_MS);
}

static void idle_due(void *arg)
{
	struct program *p = arg;

	p->over = !engine_count(p->engine) && !wire_pending(p->wire);
}

static void end(struct program *p, const char *why, const struct err *err)
{
	fprintf(stderr, "courant-fetch: %s: %s\n", why, err->message);
	p->over = true;
	p->status = 1;
}

static void socket_event(void *arg, int fd, short events);

/* Writes what the socket takes, and tells the engine what it did not. */
static void send_out(struct program *p)
{
	if (p->over)
		return;
	if (!wire_flush(p->wire, NULL)) {
		p->over = true;
		return;
	}
	if (!wire_pending(p->wire))
		p->unsent = p->unsent_bodies = 0;
	engine_unsent(p->engine, p->unsent_bodies, p->unsent);
	loop_watch(
	    p->loop, wire_fd(p->wire), wire_pending(p->wire) ? POLLIN | POLLOUT : POLLIN, socket_event, p);
}

static void on_answer(void *arg, const struct fetch_answer *answer, int body_fd)
{
	struct program *p = arg;
	SCOPED(buf) struct buf b = BUF_MAX(WIRE_MAX_FRAME);
	struct err err = {0};

	fetch_answer_encode(&b, answer);
	if (!wire_send(p->wire, FETCH_ANSWER, 0, buf_str(&b), body_fd, &err))
		end(p, "cannot answer", &err);
	if (body_fd >= 0) {
		p->unsent += answer->body_bytes;
		p->unsent_bodies++;
		close(body_fd);
	}
	send_out(p);
	wait_for_work(p);
}

static bool take_request(struct program *p, struct str payload, struct err *err)
{
	struct arena *a = arena_new();
	struct fetch_request r;

	if (!fetch_request_decode(a, payload, &r, err)) {
		arena_free(a);
		return false;
	}
	engine_ask(p->engine, a, &r);
	return true;
}

static bool take_settings(struct program *p, struct str payload, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct fetch_settings s;

	if (!fetch_settings_decode(a, payload, &s, err))
		return false;
	if (s.fixed_now != TIME_NONE)
		clock_fix(s.fixed_now);
	return engine_settings(p->engine, &s, err);
}

static bool take_frame(struct program *p, const struct wire_frame *f, struct err *err)
{
	struct wire_in in = {.rest = f->payload};

	switch (f->type) {
	case FETCH_SETTINGS:
		return take_settings(p, f->payload, err);
	case FETCH_REQUEST:
		return take_request(p, f->payload, err);
	case FETCH_CANCEL:
		engine_cancel(p->engine, wire_get_u64(&in));
		return true;
	default:
		return err_set(err, ERR_HELPER, "frame of type %u", f->type);
	}
}

static void take_all(struct program *p)
{
	struct err err = {0};
	struct wire_frame f;

	if (!wire_read(p->wire, &err)) {
		p->over = true; /* courant has ended, or wants us to */
		return;
	}
	while (!p->over && wire_next(p->wire, &f)) {
		if (f.fd >= 0)
			close(f.fd);
		if (!take_frame(p, &f, &err))
			end(p, "bad message", &err);
	}
	if (wire_broken(p->wire)) {
		err_set(&err, ERR_HELPER, "the frames are broken");
		end(p, "bad message", &err);
	}
	wait_for_work(p);
}

static void socket_event(void *arg, int fd, short events)
{
	struct program *p = arg;

	(void)fd;
	if (events & (POLLIN | POLLHUP | POLLERR))
		take_all(p);
}

static int run(struct program *p)
{
	struct err err = {0};

	if (fcntl(SOCKET_FD, F_SETFL, fcntl(SOCKET_FD, F_GETFL) | O_NONBLOCK) < 0) {
		fprintf(stderr, "courant-fetch is started by courant; it does nothing by itself\n");
		return 2;
	}
	fcntl(SOCKET_FD, F_SETFD, FD_CLOEXEC);
	p->wire = wire_new(SOCKET_FD);
	p->loop = loop_new(&err);
	p->engine = p->loop ? engine_new(p->loop, on_answer, p, &err) : NULL;
	if (!p->engine) {
		fprintf(stderr, "courant-fetch: %s\n", err.message);
		return 1;
	}
	p->idle = loop_timer_new(p->loop, idle_due, p);
	wait_for_work(p);
	loop_watch(p->loop, SOCKET_FD, POLLIN, socket_event, p);
	while (!p->over && loop_turn(p->loop, -1, &err))
		send_out(p);
	return p->status;
}

static void print_version(void)
{
	static const struct {
		int bit;
		const char *name;
	} features[] = {
	    {CURL_VERSION_HTTP2, "HTTP/2"},
	    {CURL_VERSION_HTTP3, "HTTP/3"},
	    {CURL_VERSION_LIBZ, "gzip"},
	    {CURL_VERSION_BROTLI, "brotli"},
	    {CURL_VERSION_ZSTD, "zstd"},
	    {CURL_VERSION_IDN, "IDN"},
	    {CURL_VERSION_ASYNCHDNS, "async-dns"},
	    {CURL_VERSION_PSL, "PSL"},
	    {CURL_VERSION_HTTPS_PROXY, "https-proxy"},
	};
	const curl_version_info_data *v = curl_version_info(CURLVERSION_NOW);
	struct sandbox_state s = sandbox_enter();

	printf("courant-fetch %s\n%s\nfeatures:", PACKAGE_VERSION, curl_version());
	for (size_t i = 0; i < ARRAY_LEN(features); i++)
		if (v->features & features[i].bit)
			printf(" %s", features[i].name);
	printf("\nsandbox: seccomp %s, landlock %s\n", s.seccomp ? "yes" : "no", s.landlock ? "yes" : "no");
}

int main(int argc, char **argv)
{
	struct program p = {0};
	int status;

	file_guard_std();
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	bindtextdomain(PACKAGE, LOCALEDIR);
	textdomain(PACKAGE);
	signal(SIGPIPE, SIG_IGN);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		fprintf(stderr, "courant-fetch: libcurl cannot be started\n");
		return 1;
	}
	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		print_version();
		return 0;
	}
	(void)sandbox_enter(); /* what a kernel cannot do is told by --version */
	status = run(&p);
	engine_free(p.engine);
	wire_free(p.wire);
	if (p.loop)
		loop_timer_free(p.idle);
	loop_free(p.loop);
	curl_global_cleanup();
	return status;
}
