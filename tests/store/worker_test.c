/* SPDX-License-Identifier: MIT */
/* A connection's thread: the order of its tasks, what is broken off for what, the batches of the writer. */
#include "world.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "store/sql.h"
#include "store/worker.h"

struct log {
	pthread_mutex_t lock;
	char ran[64], delivered[64], dropped[64], failed[64];
	struct worker *worker;
};
struct job {
	struct task task;
	char name;
	const char *sql;
	struct log *log;
	struct job *hands_in[8]; /* submitted while this one runs, so that they wait together */
};

static void note(struct log *log, char *where, char name)
{
	pthread_mutex_lock(&log->lock);
	where[strlen(where)] = name;
	pthread_mutex_unlock(&log->lock);
}

static void job_run(struct task *t, struct db *db)
{
	struct job *j = (struct job *)t;

	note(j->log, j->log->ran, j->name);
	for (size_t i = 0; i < ARRAY_LEN(j->hands_in) && j->hands_in[i]; i++)
		worker_submit(j->log->worker, &j->hands_in[i]->task);
	if (j->sql)
		(void)sql_exec(db, &t->err, j->sql, "");
}

static void job_drop(struct task *t)
{
	struct job *j = (struct job *)t;

	note(j->log, j->log->dropped, j->name);
}

static void job_deliver(void *arg, struct task *t)
{
	struct log *log = arg;

	note(log, log->delivered, ((struct job *)t)->name);
	if (t->err.code != ERR_NONE)
		note(log, log->failed, ((struct job *)t)->name);
}

static struct job job(struct log *log, char name, enum task_priority priority, const char *sql)
{
	return (struct job){
	    .task = {.run = job_run, .drop = job_drop, .priority = priority, .transaction = true},
	    .name = name,
	    .sql = sql,
	    .log = log};
}

/* A writer on a new database; `here`: without a thread of its own. */
static void begin(struct world *w, struct log *log, bool here)
{
	struct worker_spec spec = {.mode = DB_WRITE, .deliver = job_deliver, .arg = log, .inline_mode = here};

	world_open(w);
	spec.path = w->path;
	log->worker = worker_new(&spec, &w->err);
	world_ok(w, log->worker);
}

/* Runs the tasks of `all`, n of them, which are handed in while another runs: they wait together. */
static void run_together(struct log *log, struct job *const *all, size_t n)
{
	struct job gate = job(log, 'g', TASK_PUT, NULL);

	gate.task.transaction = false;
	memcpy(gate.hands_in, all, n * sizeof *all);
	worker_submit(log->worker, &gate.task);
	worker_drain(log->worker);
}

/* Marks before fetches; the newest of a slot; a failure is taken back alone. */
static void test_worker(void **state)
{
	struct world w;
	struct log log = {.lock = PTHREAD_MUTEX_INITIALIZER};
	struct job put, bad, last, mark, old, new;

	(void)state;
	begin(&w, &log, false);
	put = job(&log, 'p', TASK_PUT, "INSERT INTO meta VALUES('put',1)");
	bad = job(&log, 'b', TASK_PUT, "INSERT INTO meta VALUES('put',2)");
	last = job(&log, 'l', TASK_PUT, "INSERT INTO meta VALUES('last',1)");
	mark = job(&log, 'm', TASK_MARK, "INSERT INTO meta VALUES('mark',1)");
	old = job(&log, 'o', TASK_INDEX, NULL);
	new = job(&log, 'n', TASK_INDEX, NULL);
	old.task.slot = new.task.slot = 3;
	run_together(&log, (struct job *[]){&old, &put, &bad, &last, &mark, &new}, 6);
	assert_string_equal(log.ran, "gmpbln");
	assert_string_equal(log.delivered, "gmpbln");
	assert_string_equal(log.dropped, "o");
	assert_string_equal(log.failed, "b");
	worker_stop(log.worker);
	assert_int_equal(world_sql(&w, "SELECT sum(v) FROM meta WHERE k IN ('put','last','mark')"), 3);
	world_close(&w);
}

/* Tasks that can be run again share a transaction without points to go back to: when one fails, those before
 * it are run once more, and it is taken back alone, too. */
static void test_repeatable(void **state)
{
	struct world w;
	struct log log = {.lock = PTHREAD_MUTEX_INITIALIZER};
	struct job put, half, last;

	(void)state;
	begin(&w, &log, false);
	put = job(&log, 'p', TASK_PUT, "INSERT INTO meta VALUES('put',1)");
	half = job(&log, 'h', TASK_PUT, "INSERT OR FAIL INTO meta VALUES('half',2),('put',2)");
	last = job(&log, 'l', TASK_PUT, "INSERT INTO meta VALUES('last',1)");
	put.task.repeatable = half.task.repeatable = last.task.repeatable = true;
	run_together(&log, (struct job *[]){&put, &half, &last}, 3);
	assert_string_equal(log.ran, "gphphl");
	assert_string_equal(log.delivered, "gphl");
	assert_string_equal(log.failed, "h");
	worker_stop(log.worker);
	assert_int_equal(world_sql(&w, "SELECT sum(v) FROM meta WHERE k IN ('put','half','last')"), 2);
	world_close(&w);
}

/* What runs longer than a short batch, and whether the task before it was delivered when it ran. */
static void long_run(struct task *t, struct db *db)
{
	struct job *j = (struct job *)t;
	int64_t until = clock_mono_ms() + 11;

	(void)db;
	note(j->log, j->log->ran, j->name);
	for (size_t i = 0; i < ARRAY_LEN(j->hands_in) && j->hands_in[i]; i++)
		worker_submit(j->log->worker, &j->hands_in[i]->task);
	while (clock_mono_ms() < until)
		;
}

static void told_run(struct task *t, struct db *db)
{
	struct job *j = (struct job *)t;

	(void)db;
	pthread_mutex_lock(&j->log->lock);
	j->sql = strchr(j->log->delivered, 'a') ? "told" : NULL;
	pthread_mutex_unlock(&j->log->lock);
}

/* While others write too, a transaction is short. */
static void test_short_batches(void **state)
{
	struct world w;
	struct log log = {.lock = PTHREAD_MUTEX_INITIALIZER};
	struct job first, a, b;

	(void)state;
	begin(&w, &log, false);
	first = job(&log, 'f', TASK_PUT, "INSERT INTO meta VALUES('first',1)");
	worker_submit(log.worker, &first.task);
	worker_drain(log.worker);
	world_ok(&w, sql_exec(w.db, &w.err, "INSERT INTO meta VALUES('other',1)", ""));
	a = job(&log, 'a', TASK_PUT, NULL);
	b = job(&log, 'b', TASK_PUT, NULL);
	a.task.run = long_run;
	b.task.run = told_run;
	a.hands_in[0] = &b;
	worker_submit(log.worker, &a.task);
	worker_drain(log.worker);
	assert_non_null(b.sql);
	worker_stop(log.worker);
	world_close(&w);
}

static void yield_run(struct task *t, struct db *db)
{
	struct job *j = (struct job *)t;
	bool again = strchr(j->log->ran, j->name);

	note(j->log, j->log->ran, j->name);
	if (again)
		return;
	worker_submit(j->log->worker, &j->hands_in[0]->task);
	(void)sql_exec(db, &t->err, j->sql, "");
}

/* An urgent task breaks off one that yields, which then runs anew, before what waited behind it. */
static void yields_to_urgent(struct log *log)
{
	struct job list, behind, story;

	memset(log->ran, 0, sizeof log->ran);
	memset(log->delivered, 0, sizeof log->delivered);
	memset(log->failed, 0, sizeof log->failed);
	list = job(log, 'l', TASK_PUT,
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n");
	behind = job(log, 'b', TASK_PUT, "SELECT 1");
	story = job(log, 's', TASK_MARK, "SELECT 1");
	list.task.transaction = behind.task.transaction = story.task.transaction = false;
	list.task.run = yield_run;
	list.task.yields = behind.task.yields = story.task.urgent = true;
	list.hands_in[0] = &story;
	worker_submit(log->worker, &list.task);
	worker_submit(log->worker, &behind.task);
	worker_drain(log->worker);
	assert_string_equal(log->ran, "lslb");
	assert_string_equal(log->delivered, "slb");
	assert_string_equal(log->failed, "");
}

/* A newer request of a reader breaks off the one under way; a stop drains writers. */
static void test_interrupt(void **state)
{
	struct world w;
	struct log log = {.lock = PTHREAD_MUTEX_INITIALIZER};
	struct job slow, quick, writer;

	(void)state;
	begin(&w, &log, false);
	slow = job(&log, 's', TASK_PUT,
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n");
	quick = job(&log, 'q', TASK_PUT, "SELECT 1");
	slow.task.transaction = quick.task.transaction = false;
	slow.task.slot = quick.task.slot = 9;
	slow.hands_in[0] = &quick;
	worker_submit(log.worker, &slow.task);
	worker_drain(log.worker);
	assert_string_equal(log.delivered, "sq");
	assert_string_equal(log.failed, "s");
	assert_int_equal(slow.task.err.code, ERR_CANCELLED);
	yields_to_urgent(&log);
	writer = job(&log, 'w', TASK_PUT, "INSERT INTO meta VALUES('w',1)");
	worker_submit(log.worker, &writer.task);
	worker_stop(log.worker);
	assert_int_equal(world_sql(&w, "SELECT v FROM meta WHERE k='w'"), 1);
	world_close(&w);
}

static void test_inline(void **state)
{
	struct world w;
	struct log log = {.lock = PTHREAD_MUTEX_INITIALIZER};
	struct job put;

	(void)state;
	begin(&w, &log, true);
	put = job(&log, 'p', TASK_PUT, "INSERT INTO meta VALUES('put',1)");
	worker_submit(log.worker, &put.task);
	assert_string_equal(log.delivered, "p");
	assert_int_equal(worker_waiting(log.worker), 0);
	worker_stop(log.worker);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_worker),
	    cmocka_unit_test(test_repeatable),
	    cmocka_unit_test(test_short_batches),
	    cmocka_unit_test(test_interrupt),
	    cmocka_unit_test(test_inline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
