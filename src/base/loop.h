/* SPDX-License-Identifier: MIT */
/* One thread's wait: file descriptors, timers, a wake from other threads, signals (by self-pipe). No timer:
 * no timeout. Thread: all calls from the loop's own thread, but loop_wake() from any and from signal
 * handlers. */
#ifndef CO_BASE_LOOP_H
#define CO_BASE_LOOP_H

#include "base/attr.h"
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>

struct loop;
struct loop_timer;
typedef void loop_fd_fn(void *arg, int fd, short events);
typedef void loop_fn(void *arg);
typedef void loop_signal_fn(void *arg, int signo);

struct loop *loop_new(struct err *err);
void loop_free(struct loop *l);
DEFINE_FREEP(loop)
/* Watches fd for poll(2) events; replaces an earlier watch of fd. Not owned. */
void loop_watch(struct loop *l, int fd, short events, loop_fd_fn *fn, void *arg);
void loop_unwatch(struct loop *l, int fd);
/* A timer, made unarmed; loop_timer_set arms it for a monotonic ms (clock_mono_ms); -1 disarms. One shot. */
struct loop_timer *loop_timer_new(struct loop *l, loop_fn *fn, void *arg);
void loop_timer_set(struct loop_timer *t, int64_t at_mono_ms);
int64_t loop_timer_at(const struct loop_timer *t); /* -1: not armed */
void loop_timer_free(struct loop_timer *t);
void loop_on_wake(struct loop *l, loop_fn *fn, void *arg);
void loop_wake(struct loop *l); /* any thread, async-signal-safe */
/* Handles a signal in the loop instead of in the handler. At most one loop of a process takes signals. */
bool loop_on_signal(struct loop *l, int signo, loop_signal_fn *fn, void *arg, struct err *err);
/* Waits for the next thing (or max_ms; -1: no limit of its own) and calls what is due, once each. */
bool loop_turn(struct loop *l, int max_ms, struct err *err);
uint64_t loop_wakeups(const struct loop *l); /* times that poll returned: the idle test counts them */

#endif
