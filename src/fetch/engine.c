/* SPDX-License-Identifier: MIT */
/* The multi handle on the loop. Transfers wait by host (host.c), run within `parallel`, and end in one answer
 * each; a transfer that has stood still for a second does not count as one that runs, so that the good never
 * wait for the bad. Bodies on their way share a budget: above it all but the oldest transfer pause. */
#include "fetch/engine.h"

#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "fetch/guard.h"
#include "fetch/local_files.h"
#include "fetch/transfer.h"
#include "text/url.h"

enum {
	STALL_MS = 1000,       /* without a byte: does not count */
	STALLED_MAX = 64,      /* that many may run beside */
	UNSENT_MAX = 64,       /* bodies; each is a descriptor */
	KEPT_CONNECTIONS = 64, /* that nothing uses, beside those of `parallel` */
};

struct engine {
	struct loop *loop;
	CURLM *multi;
	CURLSH *share; /* TLS sessions */
	struct loop_timer *curl_timer, *pump_timer;
	engine_answer_fn *fn;
	void *arg;
	struct arena *arena; /* of settings */
	struct fetch_settings settings;
	struct edition *edition;
	struct hosts *hosts;
	struct transfer *all; /* waiting and running, newest first */
	size_t count, running;
	uint64_t unsent;
	size_t unsent_bodies;
	bool paused; /* some transfers are */
};

static void pump(void *arg);

static void pump_soon(struct engine *e, int64_t in_ms)
{
	int64_t at = clock_mono_ms() + in_ms, before = loop_timer_at(e->pump_timer);

	if (before < 0 || at < before)
		loop_timer_set(e->pump_timer, at);
}

static void forget(struct engine *e, struct transfer *t)
{
	*(t->prev ? &t->prev->next : &e->all) = t->next;
	if (t->next)
		t->next->prev = t->prev;
	e->count--;
}

/* The one place where an answer leaves. */
static void deliver(struct engine *e, struct transfer *t, const struct fetch_answer *answer)
{
	int fd = answer->failure == FETCH_OK ? t->body_fd : -1;

	if (fd >= 0)
		t->body_fd = -1;
	forget(e, t);
	e->fn(e->arg, answer, fd);
	transfer_free(t);
}

static void defer(struct engine *e, struct transfer *t, struct host *h)
{
	struct fetch_answer a;

	transfer_failure(
	    t, FETCH_DEFERRED, host_was_told(h) ? _("it asked for that") : _("it could not be reached"), &a);
	a.retry_after_s = host_quiet_s(h, clock_mono_ms());
	deliver(e, t, &a);
}

static void defer_all(struct engine *e, struct host *h)
{
	struct waiter *w;

	while ((w = hosts_take(e->hosts, h)))
		defer(e, (struct transfer *)(void *)w, h);
}

/* What an answer says of its host. A proxy's troubles are not the host's. */
static void judge_host(struct engine *e, struct transfer *t, const struct fetch_answer *a, CURLcode code)
{
	struct host *h = t->wait.host;
	int64_t now = clock_mono_ms();
	curl_off_t connected = 0;
	bool unreachable = a->failure == FETCH_DNS || a->failure == FETCH_CONNECT;

	if (code == CURLE_OPERATION_TIMEDOUT) {
		curl_easy_getinfo(t->easy, CURLINFO_CONNECT_TIME_T, &connected);
		unreachable = connected == 0;
	}
	if (a->status == 429 || (a->status == 503 && a->retry_after_s >= 0))
		host_told(h, a->retry_after_s, now);
	else if (unreachable && !t->proxied)
		host_failed(h, now);
	else if (a->failure == FETCH_OK)
		host_answered(h, now);
	if (host_quiet_s(h, now) > 0)
		defer_all(e, h);
}

static void ended(struct engine *e, struct transfer *t, CURLcode code)
{
	struct fetch_answer a;
	struct host *h = t->wait.host;

	curl_multi_remove_handle(e->multi, t->easy);
	t->running = false;
	e->running--;
	hosts_done(e->hosts, h);
	if (transfer_ended(t, code, &a) == TRANSFER_AGAIN) {
		h = hosts_of(e->hosts, t->url);
		if (host_quiet_s(h, clock_mono_ms()) > 0)
			defer(e, t, h);
		else
			hosts_wait(e->hosts, &t->wait, h, true);
	} else {
		judge_host(e, t, &a, code);
		deliver(e, t, &a);
	}
	pump_soon(e, 0);
}

static void drain(struct engine *e)
{
	CURLMsg *msg;
	int left;

	while ((msg = curl_multi_info_read(e->multi, &left))) {
		struct transfer *t = NULL;
		CURLcode code = msg->data.result;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, (char **)(void *)&t);
		ended(e, t, code);
	}
}

/* Pauses all but the oldest while too many bytes are on their way, and lets them go on at three quarters. */
static void keep_budget(struct engine *e)
{
	uint64_t held = e->unsent, budget = e->settings.body_budget;
	struct transfer *oldest = NULL;
	bool pause;

	if (!budget)
		return;
	for (struct transfer *t = e->all; t; t = t->next) {
		if (!t->running)
			continue;
		held += t->body_fd >= 0 ? t->body_bytes : 0;
		oldest = t;
	}
	pause = held > budget;
	if (!pause && (!e->paused || held > budget / 4 * 3))
		return;
	e->paused = pause;
	for (struct transfer *t = e->all; t; t = t->next) {
		bool stop = pause && t != oldest;

		if (!t->running || t->paused == stop)
			continue;
		t->paused = stop;
		curl_easy_pause(t->easy, stop ? CURLPAUSE_RECV : CURLPAUSE_CONT);
	}
}

static void act(struct engine *e, curl_socket_t fd, int mask)
{
	int running;

	curl_multi_socket_action(e->multi, fd, mask, &running);
	drain(e);
	keep_budget(e);
}

static void socket_ready(void *arg, int fd, short events)
{
	int mask = (events & POLLIN ? CURL_CSELECT_IN : 0) | (events & POLLOUT ? CURL_CSELECT_OUT : 0) |
	           (events & (POLLERR | POLLHUP | POLLNVAL) ? CURL_CSELECT_ERR : 0);

	act(arg, fd, mask);
}

static void curl_timer_due(void *arg)
{
	act(arg, CURL_SOCKET_TIMEOUT, 0);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *socket_arg)
{
	struct engine *e = arg;
	short events = what == CURL_POLL_IN ? POLLIN : what == CURL_POLL_OUT ? POLLOUT : POLLIN | POLLOUT;

	(void)easy;
	(void)socket_arg;
	if (what == CURL_POLL_REMOVE || what == CURL_POLL_NONE)
		loop_unwatch(e->loop, fd);
	else
		loop_watch(e->loop, fd, events, socket_ready, e);
	return 0;
}

static int on_timer(CURLM *multi, long ms, void *arg)
{
	struct engine *e = arg;

	(void)multi;
	loop_timer_set(e->curl_timer, ms < 0 ? -1 : clock_mono_ms() + ms);
	return 0;
}

/* Answers that need no network. True: it is done with. */
static bool answer_locally(struct engine *e, struct transfer *t)
{
	struct fetch_answer a;

	if (e->edition) {
		edition_answer(e->edition, t->arena, &t->req, &a, &t->body_fd);
		deliver(e, t, &a);
		return true;
	}
	if (t->req.allow_file && str_starts_nocase(t->req.url, "file:")) {
		(void)file_answer(t->arena, &t->req, &a, &t->body_fd); /* a carries the failure */
		deliver(e, t, &a);
		return true;
	}
	if (transfer_allowed(t, &a))
		return false;
	deliver(e, t, &a);
	return true;
}

static void start(struct engine *e, struct transfer *t)
{
	struct host *h = t->wait.host;
	struct fetch_answer a;

	if (host_quiet_s(h, clock_mono_ms()) > 0) {
		hosts_done(e->hosts, h);
		defer(e, t, h);
		return;
	}
	if (t->begun_ms && transfer_left_ms(t, clock_mono_ms()) == 0) {
		hosts_done(e->hosts, h);
		transfer_failure(t, FETCH_TIMEOUT, NULL, &a);
		deliver(e, t, &a);
		return;
	}
	if (answer_locally(e, t)) {
		hosts_done(e->hosts, h);
		return;
	}
	if (!transfer_prepare(t, &e->settings, e->share) ||
	    curl_multi_add_handle(e->multi, t->easy) != CURLM_OK) {
		hosts_done(e->hosts, h);
		transfer_failure(t, FETCH_BROKEN, _("there is no memory for it"), &a);
		deliver(e, t, &a);
		return;
	}
	t->running = true;
	e->running++;
}

static size_t stalled(const struct engine *e)
{
	int64_t before = clock_mono_ms() - STALL_MS;
	size_t n = 0;

	for (const struct transfer *t = e->all; t; t = t->next)
		n += t->running && !t->paused && t->progress_ms <= before;
	return n < STALLED_MAX ? n : STALLED_MAX;
}

static bool may_start(const struct engine *e)
{
	return e->unsent_bodies <= UNSENT_MAX;
}

/* Starts what may start. */
static void pump(void *arg)
{
	struct engine *e = arg;
	size_t parallel = e->settings.parallel ? e->settings.parallel : 1;
	size_t room = e->running < parallel ? parallel - e->running : 0;
	struct waiter *w;

	if (!room && hosts_waiting(e->hosts)) {
		size_t allowed = parallel + stalled(e);

		room = e->running < allowed ? allowed - e->running : 0;
		pump_soon(e, STALL_MS);
	}
	for (size_t before = e->running; room && may_start(e) && (w = hosts_next(e->hosts));
	     before = e->running) {
		start(e, (struct transfer *)(void *)w);
		room -= e->running > before;
	}
	if (hosts_waiting(e->hosts) && e->running)
		pump_soon(e, STALL_MS);
}

void engine_ask(struct engine *e, struct arena *a, const struct fetch_request *r)
{
	struct transfer *t = transfer_new(a, r);
	struct host *h = hosts_of(e->hosts, t->url);

	t->next = e->all;
	if (e->all)
		e->all->prev = t;
	e->all = t;
	e->count++;
	hosts_wait(e->hosts, &t->wait, h, false);
	pump_soon(e, 0);
}

static void cancel(struct engine *e, struct transfer *t)
{
	struct fetch_answer a;

	if (t->running) {
		curl_multi_remove_handle(e->multi, t->easy);
		t->running = false;
		e->running--;
		hosts_done(e->hosts, t->wait.host);
	} else {
		hosts_leave(e->hosts, &t->wait);
	}
	transfer_failure(t, FETCH_CANCELLED, NULL, &a);
	deliver(e, t, &a);
}

void engine_cancel(struct engine *e, uint64_t id)
{
	for (struct transfer *t = e->all, *next; t; t = next) {
		next = t->next;
		if (!id || t->req.id == id)
			cancel(e, t);
	}
	pump_soon(e, 0);
}

size_t engine_count(const struct engine *e)
{
	return e->count;
}

void engine_unsent(struct engine *e, size_t bodies, uint64_t bytes)
{
	if (e->unsent_bodies > UNSENT_MAX && bodies <= UNSENT_MAX)
		pump_soon(e, 0);
	e->unsent_bodies = bodies;
	e->unsent = bytes;
	keep_budget(e);
}

bool engine_settings(struct engine *e, const struct fetch_settings *s, struct err *err)
{
	struct arena *a = arena_new();

	arena_free(e->arena);
	e->arena = a;
	e->settings = *s;
	e->settings.user_agent = arena_str(a, s->user_agent);
	e->settings.proxy = arena_str(a, s->proxy);
	hosts_limit(e->hosts, s->per_host);
	curl_multi_setopt(e->multi, CURLMOPT_MAXCONNECTS, (long)s->parallel + KEPT_CONNECTIONS);
	edition_free(e->edition);
	e->edition = NULL;
	if (!s->edition_dir.len)
		return true;
	e->edition = edition_open(arena_cstr(a, s->edition_dir), err);
	return e->edition != NULL;
}

struct engine *engine_new(struct loop *l, engine_answer_fn *fn, void *arg, struct err *err)
{
	struct engine *e = mem_new(struct engine);

	*e = (struct engine){.loop = l, .fn = fn, .arg = arg};
	e->settings = (struct fetch_settings){.parallel = 64, .per_host = 2};
	e->hosts = hosts_new();
	e->curl_timer = loop_timer_new(l, curl_timer_due, e);
	e->pump_timer = loop_timer_new(l, pump, e);
	e->multi = curl_multi_init();
	e->share = curl_share_init();
	if (!e->multi || !e->share) {
		err_set(err, ERR_INTERNAL, _("libcurl cannot be started"));
		engine_free(e);
		return NULL;
	}
	curl_share_setopt(e->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
	curl_multi_setopt(e->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(e->multi, CURLMOPT_SOCKETDATA, e);
	curl_multi_setopt(e->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(e->multi, CURLMOPT_TIMERDATA, e);
	return e;
}

void engine_free(struct engine *e)
{
	if (!e)
		return;
	while (e->all) {
		struct transfer *t = e->all;

		if (t->running)
			curl_multi_remove_handle(e->multi, t->easy);
		forget(e, t);
		transfer_free(t);
	}
	if (e->multi)
		curl_multi_cleanup(e->multi);
	if (e->share)
		curl_share_cleanup(e->share);
	loop_timer_free(e->curl_timer);
	loop_timer_free(e->pump_timer);
	edition_free(e->edition);
	hosts_free(e->hosts);
	arena_free(e->arena);
	mem_free(e);
}
