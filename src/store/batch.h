/* SPDX-License-Identifier: MIT */
/* Transactions that tasks of a writer share: one BEGIN IMMEDIATE for a task and those of its kind that wait
 * behind it. Thread: that of the db. */
#ifndef CO_STORE_BATCH_H
#define CO_STORE_BATCH_H

#include "store/worker.h"

struct batches {
	struct db *db;
	int64_t version;   /* db_data_version() at the last batch; 0: there was none */
	int64_t others_ms; /* when a batch was begun the last time that found another's commit; 0: none did */
};

/* Takes the next task that may share the transaction of `first` out of its queue; NULL: there is none. */
typedef struct task *batch_next_fn(void *arg, const struct task *first);
struct batch_end {
	struct task *done; /* linked by next, in the order in which they ran; what failed has its err */
	bool committed;    /* others have something to see */
	bool full;         /* it ended because its time was over */
};
/* Runs first, and what next() gives until the batch's time is over, and commits. A task that fails is taken
 * back alone. */
struct batch_end batch_run(struct batches *b, struct task *first, batch_next_fn *next, void *arg);

#endif
