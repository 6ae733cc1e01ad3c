/* SPDX-License-Identifier: MIT */
/* One helper program: started, spoken to, and mourned when it ends. What is said is its user's. Thread: that
 * of the loop. */
#ifndef CO_APP_HAND_H
#define CO_APP_HAND_H

#include "base/err.h"
#include "base/loop.h"
#include "base/wire.h"
#include <sys/types.h>

struct hand;
/* A frame has come; its descriptor is the callee's. False: it broke the protocol and is killed. */
typedef bool hand_frame_fn(void *arg, struct hand *h, const struct wire_frame *f);
/* It has ended, and was reaped: `clean` by its own wish, else `why` says how ("courant-parse ended: signal
 * 11"). It may be started again from here. */
typedef void hand_end_fn(void *arg, struct hand *h, bool clean, const char *why);

struct hand {
	struct loop *loop;
	const char *program; /* "courant-fetch" */
	hand_frame_fn *on_frame;
	hand_end_fn *on_end;
	void *arg;
	struct wire *wire; /* NULL: does not run, or is about to end */
	pid_t pid;         /* 0: none */
	struct loop_timer *mourning;
	int looked; /* how often after its end was seen */
	bool deaf;  /* what it says is not read for now */
};

void hand_init(struct hand *h, struct loop *l, const char *program, hand_frame_fn *on_frame,
    hand_end_fn *on_end, void *arg);
void hand_release(struct hand *h); /* kills it when it runs; on_end is not called */
/* Starts it from dir (NULL: where helpers are). False when it cannot be started, or its last life is not over
 * yet. */
bool hand_start(struct hand *h, const char *dir, struct err *err);
bool hand_runs(const struct hand *h);
/* True between the end of its socket and the end of its process: wait for on_end. */
bool hand_is_ending(const struct hand *h);
/* Queues and writes a frame; what does not fit goes out by the loop. A helper that is gone shows in on_end.
 */
void hand_send(struct hand *h, uint16_t type, struct str payload, int pass_fd);
void hand_deafen(struct hand *h, bool deaf);
/* Kills it; on_end follows from the loop with `why`. */
void hand_kill(struct hand *h, const char *why);

#endif
