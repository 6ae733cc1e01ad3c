/* SPDX-License-Identifier: MIT */
/* Owns the transactions of a writer: how long they go on, and what becomes of them when a task fails. Leaves
 * the order of the tasks to worker.c. */
#include "store/batch.h"

#include "base/clock.h"

/* A longer batch writes less, since pages that many stories share are written once; but another process waits
 * for its end. So it is long only as long as nobody else has written for a while. */
#define BATCH_MS       10
#define BATCH_ALONE_MS 40
#define ALONE_AFTER_MS 1000

static void run_saved(struct db *db, struct task *t)
{
	struct err trouble = {0};

	if (!db_savepoint(db, &t->err))
		return;
	t->run(t, db);
	if (!db_savepoint_end(db, t->err.code == ERR_NONE, &trouble) && t->err.code == ERR_NONE)
		t->err = trouble;
}

static void fail_all(struct task *first, const struct err *err)
{
	for (struct task *t = first; t; t = t->next)
		if (t->err.code == ERR_NONE)
			t->err = *err;
}

/* Until when the transaction just begun may go on. */
static int64_t end_of(struct batches *b)
{
	int64_t now = clock_mono_ms(), version = db_data_version(b->db);

	if (b->version && version != b->version)
		b->others_ms = now;
	b->version = version;
	return now + (b->others_ms && now - b->others_ms < ALONE_AFTER_MS ? BATCH_MS : BATCH_ALONE_MS);
}

/* The first run of a task; false: the batch goes no further. A savepoint costs SQLite a copy of each page
 * that the task touches, a tenth of all work: what can be run again does without. */
static bool run_first(struct batches *b, struct task *t)
{
	if (t->repeatable)
		t->run(t, b->db);
	else
		run_saved(b->db, t);
	if (!db_in_transaction(b->db))
		return false; /* SQLite took all of it back: a full disk */
	return !t->repeatable || t->err.code == ERR_NONE;
}

/* One of the tasks failed, and nothing can be taken back but all: each is run once more, on its own. */
static bool run_again(struct batches *b, struct task *first, bool durable, struct err *err)
{
	db_rollback(b->db);
	if (!db_begin(b->db, durable, err))
		return false;
	for (struct task *t = first; t && db_in_transaction(b->db); t = t->next) {
		t->err = (struct err){0};
		run_saved(b->db, t);
	}
	return true;
}

struct batch_end batch_run(struct batches *b, struct task *first, batch_next_fn *next, void *arg)
{
	bool durable = first->priority == TASK_MARK, ok = true;
	struct batch_end end = {.done = first};
	struct task **at = &first->next;
	struct err err = {0};
	int64_t until;

	*at = NULL;
	if (!db_begin(b->db, durable, &err)) {
		fail_all(first, &err);
		return end;
	}
	until = end_of(b);
	for (struct task *t = first; t;) {
		ok = run_first(b, t);
		end.full = clock_mono_ms() >= until;
		t = ok && !end.full ? next(arg, first) : NULL;
		if (t) {
			*at = t;
			at = &t->next;
			*at = NULL;
		}
	}
	if (!ok && db_in_transaction(b->db) && !run_again(b, first, durable, &err)) {
		fail_all(first, &err);
		return end;
	}
	end.committed = db_commit(b->db, &err);
	if (!end.committed)
		fail_all(first, &err);
	return end;
}
