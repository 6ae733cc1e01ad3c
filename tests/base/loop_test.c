/* SPDX-License-Identifier: MIT */
/* loop: descriptors, timers, wakes and signals, each called once when it is due, and no turn without a cause.
 */
#include "base/clock.h"
#include "base/loop.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

struct seen {
	struct loop *l;
	struct loop_timer *t, *other;
	int calls, signo, other_fd;
	short events;
};

static void count(void *arg)
{
	((struct seen *)arg)->calls++;
}

static void on_fd(void *arg, int fd, short events)
{
	struct seen *s = arg;
	char c;

	s->calls++;
	s->events = events;
	if (events & POLLIN)
		assert_int_equal(read(fd, &c, 1), 1);
}

static void test_descriptors(void **state)
{
	struct seen s = {0};
	int fds[2];

	(void)state;
	SCOPED_PTR(loop) struct loop *l = loop_new(NULL);
	assert_int_equal(pipe(fds), 0);
	loop_watch(l, fds[0], POLLIN, on_fd, &s);
	assert_true(loop_turn(l, 0, NULL));
	assert_int_equal(s.calls, 0);
	assert_int_equal(write(fds[1], "ab", 2), 2);
	assert_true(loop_turn(l, -1, NULL));
	assert_true(loop_turn(l, -1, NULL));
	assert_int_equal(s.calls, 2);
	close(fds[1]);
	assert_true(loop_turn(l, -1, NULL));
	assert_true(s.events & POLLHUP);
	close(fds[0]); /* still watched: told once, then forgotten */
	assert_true(loop_turn(l, 0, NULL));
	assert_true(s.events & POLLNVAL);
	assert_int_equal(s.calls, 4);
	assert_true(loop_turn(l, 0, NULL));
	assert_int_equal(s.calls, 4);
	assert_int_equal(loop_wakeups(l), 6);
}

static void forget_other(void *arg, int fd, short events)
{
	struct seen *s = arg;

	(void)events;
	s->calls++;
	loop_unwatch(s->l, fd);
	loop_unwatch(s->l, s->other_fd);
	/* A new watch under the old number must not hear of the old event. */
	loop_watch(s->l, s->other_fd, POLLIN, on_fd, s);
}

static void test_watches_change_inside(void **state)
{
	struct seen s = {0};
	int a[2], b[2];

	(void)state;
	SCOPED_PTR(loop) struct loop *l = loop_new(NULL);
	assert_int_equal(pipe(a) | pipe(b), 0);
	s.l = l;
	s.other_fd = b[0];
	loop_watch(l, a[0], POLLIN, forget_other, &s);
	loop_watch(l, b[0], POLLIN, on_fd, &s);
	assert_int_equal(write(a[1], "x", 1) + write(b[1], "x", 1), 2);
	assert_true(loop_turn(l, -1, NULL));
	assert_int_equal(s.calls, 1);
	assert_true(loop_turn(l, -1, NULL));
	assert_int_equal(s.calls, 2);
	for (int i = 0; i < 2; i++) {
		close(a[i]);
		close(b[i]);
	}
}

static void again(void *arg)
{
	struct seen *s = arg;

	s->calls++;
	loop_timer_set(s->t, clock_mono_ms()); /* for the next turn */
	if (s->other)
		loop_timer_free(s->other); /* was due too */
	s->other = NULL;
}

static void test_timers(void **state)
{
	struct seen s = {0};

	(void)state;
	SCOPED_PTR(loop) struct loop *l = loop_new(NULL);
	struct loop_timer *t = loop_timer_new(l, count, &s);
	assert_true(loop_timer_at(t) == -1);
	int64_t start = clock_mono_ms();
	loop_timer_set(t, start + 30);
	assert_true(loop_timer_at(t) == start + 30);
	assert_true(loop_turn(l, 1, NULL)); /* its own limit comes first */
	assert_int_equal(s.calls, 0);
	assert_true(loop_turn(l, -1, NULL));
	assert_true(clock_mono_ms() >= start + 30);
	assert_int_equal(s.calls, 1);
	assert_true(loop_timer_at(t) == -1);
	loop_timer_set(t, 0);
	loop_timer_set(t, -1);
	assert_true(loop_turn(l, 0, NULL));
	assert_int_equal(s.calls, 1);
	loop_timer_free(t);
	loop_timer_free(NULL);

	s.t = loop_timer_new(l, again, &s);
	s.other = loop_timer_new(l, again, &s);
	loop_timer_set(s.t, 0);
	loop_timer_set(s.other, 0);
	assert_true(loop_turn(l, -1, NULL));
	assert_int_equal(s.calls, 2);
	assert_true(loop_turn(l, -1, NULL));
	assert_int_equal(s.calls, 3);
}

static void *wake_often(void *arg)
{
	for (int i = 0; i < 100; i++)
		loop_wake(arg);
	return NULL;
}

static void test_wake(void **state)
{
	struct seen s = {0};
	pthread_t thread;

	(void)state;
	SCOPED_PTR(loop) struct loop *l = loop_new(NULL);
	loop_on_wake(l, count, &s);
	assert_int_equal(pthread_create(&thread, NULL, wake_often, l), 0);
	assert_true(loop_turn(l, -1, NULL));
	pthread_join(thread, NULL);
	assert_in_range(s.calls, 1, 1);
	loop_wake(l);
	loop_wake(l);
	assert_true(loop_turn(l, -1, NULL));
	assert_int_equal(s.calls, 2); /* many wakes, one call */
	assert_true(loop_turn(l, 0, NULL));
	assert_int_equal(s.calls, 2);
}

static void on_signal(void *arg, int signo)
{
	struct seen *s = arg;

	s->calls++;
	s->signo = signo;
}

static void test_signals(void **state)
{
	struct seen s = {0};
	struct err err = {0};
	struct sigaction now;

	(void)state;
	struct loop *l = loop_new(NULL), *other = loop_new(NULL);
	assert_true(loop_on_signal(l, SIGUSR1, on_signal, &s, &err));
	assert_true(loop_on_signal(l, SIGUSR2, on_signal, &s, &err));
	assert_false(loop_on_signal(other, SIGUSR1, on_signal, &s, &err));
	assert_false(loop_on_signal(l, SIGKILL, on_signal, &s, &err));
	raise(SIGUSR1);
	raise(SIGUSR1);
	assert_true(loop_turn(l, -1, NULL));
	assert_int_equal(s.calls, 1);
	assert_int_equal(s.signo, SIGUSR1);
	raise(SIGUSR2);
	assert_true(loop_turn(l, -1, NULL));
	assert_int_equal(s.signo, SIGUSR2);
	loop_free(l);
	sigaction(SIGUSR1, NULL, &now);
	assert_true(now.sa_handler == SIG_DFL); /* given back */
	assert_true(loop_on_signal(other, SIGUSR1, on_signal, &s, &err));
	loop_free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_descriptors),
	    cmocka_unit_test(test_watches_change_inside),
	    cmocka_unit_test(test_timers),
	    cmocka_unit_test(test_wake),
	    cmocka_unit_test(test_signals),
	};
	return cmocka_run_group_tests_name("base/loop", tests, NULL, NULL);
}
