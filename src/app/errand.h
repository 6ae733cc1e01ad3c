/* SPDX-License-Identifier: MIT */
/* Work on the database that main does not wait for: a piece of work in the reader's, the writer's or the
 * indexer's thread, and what main does with its result. All memory of an errand lives in its own arena.
 *
 *     struct list_errand { struct errand e; …in…; …out… };
 *     struct list_errand *l = errand_new(a, sizeof *l, list_work, list_done);
 *     errand_read(&l->e, SLOT_LIST);
 *
 * Thread: made, submitted and finished on main; `work` runs on a worker's thread and touches the errand
 * alone. */
#ifndef CO_APP_ERRAND_H
#define CO_APP_ERRAND_H

#include "base/arena.h"
#include "store/worker.h"

struct app;
struct errand;
typedef void errand_work_fn(struct errand *e, struct db *db); /* failure: e->task.err */
typedef void errand_done_fn(
    struct app *a, struct errand *e); /* called also after a failure: look at e->task.err */

struct errand {
	struct task task;
	struct app *app;
	struct arena *arena;
	errand_work_fn *work;
	errand_done_fn *done;              /* NULL: nothing follows */
	void (*cleanup)(struct errand *e); /* what the arena does not hold; NULL: nothing */
	bool must_run;                     /* of errand_program(): done even when the program ends first */
};

/* A newer reading errand of a slot replaces an older one that still waits. A story goes before all others,
 * and breaks off a list, counts or related stories under way, which are then worked out anew: their `work`
 * begins from nothing. */
enum read_slot {
	SLOT_NONE,
	SLOT_LIST,
	SLOT_STEP,
	SLOT_STORY,
	SLOT_RELATED,
	SLOT_COUNTS,
	SLOT_SOURCES,
	SLOT_PREFETCH
};

/* Zeroed, `size` bytes that begin with a struct errand. */
void *errand_new(struct app *a, size_t size, errand_work_fn *work, errand_done_fn *done);
/* Each takes the errand. */
void errand_read(struct errand *e, enum read_slot slot);
void errand_write(struct errand *e, enum task_priority priority); /* inside a transaction */
/* Runs a program of the reader, or writes a file of theirs (app/runner.h); db is NULL. */
void errand_program(struct errand *e);
void errand_index(struct errand *e); /* on the indexer's connection, makes its own */

#endif
