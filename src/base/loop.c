/* SPDX-License-Identifier: MIT */
/* One thread's wait on poll(2). Owns its wake and its signal pipe, not the descriptors that it watches.
 * Watches and timers may come and go inside the functions that a turn calls: each is looked up anew before it
 * is called. */
#include "base/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/vec.h"

enum { SIGNALS = 65 };

struct watch {
	int fd;
	short events;
	uint64_t serial; /* tells a new watch of a number from the one that poll() answered for */
	loop_fd_fn *fn;
	void *arg;
};

struct loop_timer {
	struct loop *loop;
	int64_t at_ms; /* -1: not armed */
	bool due;      /* to be called in this turn */
	loop_fn *fn;
	void *arg;
};

struct signal_watch {
	bool on;
	loop_signal_fn *fn;
	void *arg;
	struct sigaction before;
};

struct loop {
	int wake_fd;       /* an eventfd */
	int signal_fds[2]; /* a pipe, made at the first signal; else -1 */
	loop_fn *wake_fn;
	void *wake_arg;
	struct {
		VEC(struct watch);
	} watches;
	struct {
		VEC(struct loop_timer *);
	} timers;
	struct {
		VEC(struct pollfd);
	} polled;
	struct {
		VEC(uint64_t);
	} serials; /* beside polled */
	uint64_t next_serial, wakeups;
	struct signal_watch *signals; /* SIGNALS of them, by number; NULL before the first */
};

/* Where the handlers write, for the one loop of the process that takes signals. */
static atomic_int signal_out = -1;

static void wake_ready(void *arg, int fd, short events)
{
	struct loop *l = arg;
	uint64_t n;

	(void)events;
	if (read(fd, &n, sizeof n) == (ssize_t)sizeof n && l->wake_fn)
		l->wake_fn(l->wake_arg);
}

struct loop *loop_new(struct err *err)
{
	struct loop *l = mem_new(struct loop);

	l->signal_fds[0] = l->signal_fds[1] = -1;
	l->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (l->wake_fd < 0) {
		err_errno(err, ERR_IO, _("cannot make a loop"));
		mem_free(l);
		return NULL;
	}
	loop_watch(l, l->wake_fd, POLLIN, wake_ready, l);
	return l;
}

static void signals_release(struct loop *l)
{
	if (!l->signals)
		return;
	for (int i = 1; i < SIGNALS; i++)
		if (l->signals[i].on)
			sigaction(i, &l->signals[i].before, NULL);
	atomic_store(&signal_out, -1);
	close(l->signal_fds[0]);
	close(l->signal_fds[1]);
	mem_free(l->signals);
}

void loop_free(struct loop *l)
{
	if (!l)
		return;
	signals_release(l);
	close(l->wake_fd);
	for (size_t i = 0; i < l->timers.n; i++)
		mem_free(l->timers.v[i]);
	vec_free(&l->watches);
	vec_free(&l->timers);
	vec_free(&l->polled);
	vec_free(&l->serials);
	mem_free(l);
}

static struct watch *find(struct loop *l, int fd)
{
	VEC_EACH (struct watch, w, &l->watches)
		if (w->fd == fd)
			return w;
	return NULL;
}

void loop_watch(struct loop *l, int fd, short events, loop_fd_fn *fn, void *arg)
{
	struct watch *w = find(l, fd);

	if (!w)
		w = vec_add(&l->watches);
	*w = (struct watch){.fd = fd, .events = events, .serial = l->next_serial++, .fn = fn, .arg = arg};
}

void loop_unwatch(struct loop *l, int fd)
{
	struct watch *w = find(l, fd);

	if (w)
		*w = vec_pop(&l->watches);
}

struct loop_timer *loop_timer_new(struct loop *l, loop_fn *fn, void *arg)
{
	struct loop_timer *t = mem_new(struct loop_timer);

	*t = (struct loop_timer){.loop = l, .at_ms = -1, .fn = fn, .arg = arg};
	vec_push(&l->timers, t);
	return t;
}

void loop_timer_set(struct loop_timer *t, int64_t at_mono_ms)
{
	t->at_ms = at_mono_ms < 0 ? -1 : at_mono_ms;
	t->due = false;
}

int64_t loop_timer_at(const struct loop_timer *t)
{
	return t->at_ms;
}

void loop_timer_free(struct loop_timer *t)
{
	if (!t)
		return;
	struct loop *l = t->loop;

	for (size_t i = 0; i < l->timers.n; i++) {
		if (l->timers.v[i] != t)
			continue;
		l->timers.v[i] = vec_pop(&l->timers);
		break;
	}
	mem_free(t);
}

void loop_on_wake(struct loop *l, loop_fn *fn, void *arg)
{
	l->wake_fn = fn;
	l->wake_arg = arg;
}

void loop_wake(struct loop *l)
{
	int errno_before = errno;
	uint64_t one = 1;
	/* It fails only when the count is full, and then the loop is awake already. */
	ssize_t n = write(l->wake_fd, &one, sizeof one);

	(void)n;
	errno = errno_before;
}

static void on_signal(int signo)
{
	int errno_before = errno;
	int fd = atomic_load(&signal_out);
	unsigned char byte = (unsigned char)signo;
	/* A full pipe holds this signal already, or the loop has long stopped turning. */
	ssize_t n = fd >= 0 ? write(fd, &byte, 1) : 0;

	(void)n;
	errno = errno_before;
}

/* Signals that came more than once since the last turn are told once. */
static void signals_ready(void *arg, int fd, short events)
{
	struct loop *l = arg;
	unsigned char bytes[256];
	bool came[SIGNALS] = {false};
	ssize_t n;

	(void)events;
	while ((n = read(fd, bytes, sizeof bytes)) > 0)
		for (ssize_t i = 0; i < n; i++)
			if (bytes[i] < SIGNALS)
				came[bytes[i]] = true;
	for (int i = 1; i < SIGNALS; i++)
		if (came[i] && l->signals[i].fn)
			l->signals[i].fn(l->signals[i].arg, i);
}

static bool signals_open(struct loop *l, struct err *err)
{
	int none = -1;

	if (pipe2(l->signal_fds, O_CLOEXEC | O_NONBLOCK) < 0)
		return err_errno(err, ERR_IO, _("cannot make a pipe for signals"));
	if (!atomic_compare_exchange_strong(&signal_out, &none, l->signal_fds[1])) {
		close(l->signal_fds[0]);
		close(l->signal_fds[1]);
		l->signal_fds[0] = l->signal_fds[1] = -1;
		return err_set(err, ERR_INTERNAL, "a second loop asks for signals");
	}
	l->signals = mem_array(SIGNALS, sizeof *l->signals);
	loop_watch(l, l->signal_fds[0], POLLIN, signals_ready, l);
	return true;
}

bool loop_on_signal(struct loop *l, int signo, loop_signal_fn *fn, void *arg, struct err *err)
{
	struct sigaction act = {.sa_handler = on_signal}; /* no SA_RESTART: a waiting call shall end */

	if (signo < 1 || signo >= SIGNALS)
		return err_set(err, ERR_INTERNAL, "no signal has the number %d", signo);
	if (!l->signals && !signals_open(l, err))
		return false;
	struct signal_watch *s = &l->signals[signo];
	s->fn = fn;
	s->arg = arg;
	if (s->on)
		return true;
	sigemptyset(&act.sa_mask);
	if (sigaction(signo, &act, &s->before) < 0)
		return err_errno(err, ERR_INTERNAL, "cannot handle signal %d", signo);
	s->on = true;
	return true;
}

/* How long poll() may wait: until the next timer, at most max_ms. */
static int wait_ms(const struct loop *l, int max_ms)
{
	int64_t next = -1;

	for (size_t i = 0; i < l->timers.n; i++) {
		int64_t at = l->timers.v[i]->at_ms;
		if (at >= 0 && (next < 0 || at < next))
			next = at;
	}
	if (next < 0)
		return max_ms;
	int64_t left = next - clock_mono_ms();
	if (left < 0)
		left = 0;
	if (left > INT_MAX)
		left = INT_MAX;
	return max_ms >= 0 && max_ms < left ? max_ms : (int)left;
}

static void call_watches(struct loop *l)
{
	for (size_t i = 0; i < l->polled.n; i++) {
		struct pollfd p = l->polled.v[i];
		struct watch *w = p.revents ? find(l, p.fd) : NULL;
		if (!w || w->serial != l->serials.v[i])
			continue;
		struct watch now = *w;
		/* A closed descriptor would be ready for ever. */
		if (p.revents & POLLNVAL)
			loop_unwatch(l, p.fd);
		now.fn(now.arg, p.fd, p.revents);
	}
}

static struct loop_timer *next_due(struct loop *l)
{
	for (size_t i = 0; i < l->timers.n; i++)
		if (l->timers.v[i]->due)
			return l->timers.v[i];
	return NULL;
}

/* One that a function arms for now is called in the next turn, so that a turn ends. */
static void call_timers(struct loop *l)
{
	int64_t now = clock_mono_ms();
	struct loop_timer *t;

	for (size_t i = 0; i < l->timers.n; i++)
		l->timers.v[i]->due = l->timers.v[i]->at_ms >= 0 && l->timers.v[i]->at_ms <= now;
	while ((t = next_due(l))) {
		loop_timer_set(t, -1);
		t->fn(t->arg);
	}
}

bool loop_turn(struct loop *l, int max_ms, struct err *err)
{
	int n;

	vec_clear(&l->polled);
	vec_clear(&l->serials);
	VEC_EACH (struct watch, w, &l->watches) {
		struct pollfd p = {.fd = w->fd, .events = w->events};
		vec_push(&l->polled, p);
		vec_push(&l->serials, w->serial);
	}
	do
		n = poll(l->polled.v, (nfds_t)l->polled.n, wait_ms(l, max_ms));
	while (n < 0 && errno == EINTR); /* a signal of ours is in its pipe now, which ends the next poll() */
	if (n < 0)
		return err_errno(err, ERR_IO, _("cannot wait for input"));
	l->wakeups++;
	if (n > 0)
		call_watches(l);
	call_timers(l);
	return true;
}

uint64_t loop_wakeups(const struct loop *l)
{
	return l->wakeups;
}
