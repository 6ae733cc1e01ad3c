/* SPDX-License-Identifier: MIT */
/* Hosts and who waits for them: at most per_host at once to each, fair among them, quiet to those that asked
 * for quiet or do not answer. Knows nothing of curl. Times are monotonic ms. Thread: one owner. */
#ifndef CO_FETCH_HOST_H
#define CO_FETCH_HOST_H

#include "base/attr.h"
#include "base/str.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct host;
struct hosts;

/* The place in a queue, inside the thing that waits. */
struct waiter {
	struct waiter *next;
	struct host *host;
	bool background; /* yields to the others of all hosts */
	bool waiting;
};

struct hosts *hosts_new(void);
void hosts_free(struct hosts *hs); /* NULL is fine; waiters are not its own */
DEFINE_FREEP(hosts)
void hosts_limit(struct hosts *hs, unsigned per_host);
/* The host of an address: its name, with the port when that is none of the usual. Lives as long as hs. */
struct host *hosts_of(struct hosts *hs, struct str url);

/* Queues w for its host; first: ahead of those that wait there. */
void hosts_wait(struct hosts *hs, struct waiter *w, struct host *h, bool first);
void hosts_leave(struct hosts *hs, struct waiter *w); /* takes it out of its queue */
/* The next that may start, taken out of its queue and counted as under way; NULL: none may. */
struct waiter *hosts_next(struct hosts *hs);
/* What hosts_next() gave has ended. */
void hosts_done(struct hosts *hs, struct host *h);
/* The first that waits for h, taken out; NULL: none. For telling them that the host asked for quiet. */
struct waiter *hosts_take(struct hosts *hs, struct host *h);
size_t hosts_waiting(const struct hosts *hs);

/* The host asked to be left alone for s seconds (-1: it did not say how long). */
void host_told(struct host *h, int64_t s, int64_t now_ms);
/* It could not be reached; after several in a row it is left alone for a while. True: it is now. */
bool host_failed(struct host *h, int64_t now_ms);
void host_answered(struct host *h, int64_t now_ms);
/* Seconds for which it is left alone, rounded up; 0: it may be asked. */
int64_t host_quiet_s(const struct host *h, int64_t now_ms);
/* True when the quiet is the server's wish. */
bool host_was_told(const struct host *h);

#endif
