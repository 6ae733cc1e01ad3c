/* SPDX-License-Identifier: MIT */
/* A thread that owns one connection and runs tasks on it: the writer (batched transactions, what a reader did
 * first), the reader (newest request of a slot wins), the indexer. In inline mode there is no thread: a task
 * runs in the caller before worker_submit() returns. Thread: all calls from any thread, but new and stop from
 * one. */
#ifndef CO_STORE_WORKER_H
#define CO_STORE_WORKER_H

#include "base/err.h"
#include "store/db.h"
#include "store/tick.h"

enum task_priority {
	TASK_MARK,  /* what the reader did: its commit is on the disk (synchronous=FULL) */
	TASK_PUT,   /* what came from the network; also the reader's ordinary requests */
	TASK_INDEX, /* work behind what is shown */
	TASK_PRIORITIES
};

/* Put first into a struct of your own. run() works, with its result in that struct; a failure goes to
 * task->err. drop() frees it when it is never delivered. */
struct task {
	void (*run)(struct task *, struct db *);
	void (*drop)(struct task *);
	unsigned
	    slot; /* not 0: replaces a waiting task of the same slot (dropped), interrupts a running one */
	enum task_priority priority;
	bool urgent;      /* somebody waits for it: of a reader, breaks off a task that yields */
	bool yields;      /* run anew when an urgent task broke it off: run() begins from nothing each time */
	bool transaction; /* runs inside a BEGIN IMMEDIATE shared with its neighbours; rolled back alone when
	                     it fails */
	bool repeatable;  /* run() begins from nothing each time: it is run anew when a neighbour in the
	                     transaction failed */
	struct err err;
	struct task *next; /* the worker's */
};

struct worker;
/* Called with each finished task (yours again), after its COMMIT, on the worker's thread; inline: the
 * caller's. */
typedef void task_fn(void *arg, struct task *task);

struct worker_spec {
	const char *path;
	enum db_mode mode;
	task_fn *deliver;
	void *arg;
	struct tick *tick; /* touched after each commit of a transaction task; may be NULL; borrowed */
	bool inline_mode;
	bool late; /* the thread opens the database at its first task, whose error it is when that fails; for
	              tasks without a slot */
};
/* Opens the database in the caller (so that its errors are told here), then starts the thread. */
struct worker *worker_new(const struct worker_spec *spec, struct err *err);
/* Takes the task. Never waits in threaded mode. */
void worker_submit(struct worker *w, struct task *task);
/* Runs, or waits for, all that is waiting. */
void worker_drain(struct worker *w);
size_t worker_waiting(struct worker *w); /* tasks waiting, running or not delivered yet */
bool worker_is_readonly(const struct worker *w);
bool worker_was_unclean(const struct worker *w); /* db_was_unclean() */
/* Drains transaction tasks, drops the others, ends the thread, closes the database. NULL is fine. */
void worker_stop(struct worker *w);

#endif
