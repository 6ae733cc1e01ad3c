/* SPDX-License-Identifier: MIT */
/* Programs and files of the reader (commands, filters, secrets, what is saved) beside everything else: a few
 * at once, each in a thread of its own that ends when nothing waits. What one does is an errand without a
 * database. Thread: main. */
#ifndef CO_APP_RUNNER_H
#define CO_APP_RUNNER_H

#include "base/queue.h"

struct errand;
struct runner;

struct runner *runner_new(struct queue *inbox);
/* Takes the errand; its work is called with a NULL database, and it comes back by the inbox. */
void runner_submit(struct runner *r, struct errand *e);
/* For proc_run: readable once the runner is to end. Any thread. */
int runner_stop_fd(const struct runner *r);
/* Stops what runs, drops what waits and need not be done. NULL is fine. */
void runner_free(struct runner *r);

#endif
