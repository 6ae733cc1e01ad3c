/* SPDX-License-Identifier: MIT */
/* The two helper programs: starts them at the first need, feeds them, watches them, mourns them. One
 * courant-fetch; courant-parse as many as there are cores, each with one job at a time. They end by
 * themselves when idle, which is no error. A helper that dies costs the jobs that it had, each told as
 * ERR_HELPER (fetch: FETCH_BROKEN), and is started again for the next. Decides nothing about what is fetched.
 * Thread: that of the loop; callbacks come from the loop, never from inside the call that asked. */
#ifndef CO_APP_HANDS_H
#define CO_APP_HANDS_H

#include "base/attr.h"
#include "base/err.h"
#include "base/loop.h"
#include "model/fetch_msg.h"
#include "model/job.h"

struct hands;

/* The answer is borrowed until the return; body_fd (a sealed memfd, -1: none) is the callee's to close. */
typedef void hands_answer_fn(void *arg, const struct fetch_answer *answer, int body_fd);
/* The reply is borrowed until the return. A helper's death or time-out comes as a reply that is not ok. */
typedef void hands_reply_fn(void *arg, const struct job_reply *reply);

/* Copies settings. The helpers are looked for beside the running program, then in LIBEXECDIR. */
struct hands *hands_new(struct loop *l, const struct fetch_settings *settings, struct err *err);
/* Kills what runs; callbacks that are still owed are not called. */
void hands_free(struct hands *h);
DEFINE_FREEP(hands)
/* Settings for the requests to come (after a reload). */
void hands_settings(struct hands *h, const struct fetch_settings *settings);
/* For tests: helpers are started from this folder alone, and a job may take so long (0: as always). */
void hands_rehearse(struct hands *h, const char *dir, int job_ms);

/* Asks for one address; r is borrowed, its id is set here and returned (never 0). */
uint64_t hands_fetch(struct hands *h, struct fetch_request *r, hands_answer_fn *fn, void *arg);
/* Gives a request up: its callback comes with FETCH_CANCELLED. 0: all. */
void hands_cancel(struct hands *h, uint64_t id);
/* One job on one body; j is borrowed, its id is set here and returned; takes body_fd. A job of a reader who
 * waits (first) goes ahead of those that wait. */
uint64_t hands_parse(struct hands *h, struct job *j, int body_fd, bool first, hands_reply_fn *fn, void *arg);

/* While held, only jobs of a reader who waits begin: what has been read is to be stored first. */
void hands_hold(struct hands *h, bool hold);

int64_t hands_cpu_ms(const struct hands *h);  /* what the running helpers have taken so far */
size_t hands_fetching(const struct hands *h); /* requests without an answer */
size_t hands_parsing(const struct hands *h);  /* jobs without a reply */
/* Path of a helper ("courant-fetch"), or NULL with an error that says where it was looked for. Returns yours.
 */
char *hands_path(const char *program, struct err *err);

#endif
