/* SPDX-License-Identifier: MIT */
/* Starting, feeding and stopping the threads; errands; the background index. */
#include "app/engine.h"

#include "app/errand.h"
#include "app/headlines.h"
#include "app/related_pane.h"
#include "app/runner.h"
#include "app/tabs.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/proc.h"
#include "related/index.h"
#include "store/text_db.h"

#include <poll.h>

#define INBOX_MAX          100000
#define INDEX_STEP_STORIES 256

/* ---- Errands ---- */

static void run_errand(struct task *t, struct db *db)
{
	struct errand *e = (struct errand *)t;
	e->work(e, db);
}

static void drop_errand(struct task *t)
{
	struct errand *e = (struct errand *)t;
	struct arena *arena = e->arena;
	if (e->cleanup)
		e->cleanup(e);
	arena_free(arena);
}

void *errand_new(struct app *a, size_t size, errand_work_fn *work, errand_done_fn *done)
{
	struct arena *arena = arena_new();
	struct errand *e = arena_alloc(arena, size);
	e->task = (struct task){.run = run_errand, .drop = drop_errand, .priority = TASK_PUT};
	e->app = a;
	e->arena = arena;
	e->work = work;
	e->done = done;
	return e;
}

void errand_read(struct errand *e, enum read_slot slot)
{
	/* The story that is opened waits for nothing that stands beside it. */
	e->task.slot = (unsigned)slot;
	e->task.urgent = slot == SLOT_STORY;
	e->task.yields = slot == SLOT_LIST || slot == SLOT_COUNTS || slot == SLOT_RELATED;
	e->task.priority = e->task.urgent ? TASK_MARK : TASK_PUT;
	worker_submit(e->app->engine->reader, &e->task);
}

void errand_write(struct errand *e, enum task_priority priority)
{
	e->task.priority = priority;
	e->task.transaction = true;
	e->app->engine->errands++;
	worker_submit(e->app->engine->writer, &e->task);
}

void errand_program(struct errand *e)
{
	e->task.priority = TASK_INDEX;
	e->app->engine->errands++;
	runner_submit(e->app->engine->runner, e);
}

void errand_index(struct errand *e)
{
	e->task.priority = TASK_INDEX;
	e->app->engine->errands++;
	worker_submit(e->app->engine->indexer, &e->task);
}

/* On a worker's thread. */
static void deliver(void *arg, struct task *t)
{
	struct engine *g = arg;
	if (!queue_send(g->inbox, t))
		t->drop(t);
}

static void drop_item(void *item)
{
	struct task *t = item;
	t->drop(t);
}

void engine_take(struct app *a)
{
	struct errand *e;
	while ((e = queue_take(a->engine->inbox))) {
		if (e->task.priority == TASK_INDEX || e->task.transaction)
			a->engine->errands--;
		if (e->done)
			e->done(a, e);
		e->task.drop(&e->task);
	}
}

bool engine_answered(const struct app *a)
{
	const struct engine *g = a->engine;
	/* The inbox is looked at after the reader: what the reader ends in between stands in the inbox then.
	 */
	return !g->errands && !g->indexing && !worker_waiting(g->reader) && !queue_count(g->inbox);
}

bool engine_idle(const struct app *a)
{
	const struct engine *g = a->engine;
	return engine_answered(a) && !hands_fetching(g->hands) && !hands_parsing(g->hands);
}

int64_t engine_cpu_ms(const struct app *a)
{
	return proc_cpu_ms(0) + hands_cpu_ms(a->engine->hands);
}

/* ---- The index ---- */

struct index_errand {
	struct errand e;
	size_t done, left;
};

static void index_work(struct errand *e, struct db *db)
{
	struct index_errand *x = (struct index_errand *)e;
	struct index_progress p = {0};
	if (!index_step(db, INDEX_STEP_STORIES, &p, &e->task.err))
		return;
	x->done = p.done;
	x->left = p.left;
	bool made = false;
	if (!x->left && x->done && !dict_train(db, &made, &e->task.err))
		return;
	if (made)
		log_info(LOG_STORE, "a dictionary was trained on the stored texts");
}

static void index_done(struct app *a, struct errand *e)
{
	struct index_errand *x = (struct index_errand *)e;
	struct engine *g = a->engine;
	g->indexing = false;
	if (e->task.err.code)
		log_warn(LOG_RELATED, "index step: %s", e->task.err.message);
	bool more = !e->task.err.code && (x->left || g->index_again);
	g->index_again = false;
	g->index_fresh |= x->done > 0;
	if (g->index_fresh && !x->left) {
		g->index_fresh = false;
		headlines_refresh(a);
		tabs_count(a);
		related_pane_reload(a);
	}
	if (more)
		engine_index(a);
}

void engine_index(struct app *a)
{
	struct engine *g = a->engine;
	if (worker_is_readonly(g->writer))
		return;
	if (g->indexing) {
		g->index_again = true;
		return;
	}
	g->indexing = true;
	struct index_errand *x = errand_new(a, sizeof *x, index_work, index_done);
	errand_index(&x->e);
}

/* ---- After a crash ---- */

static void look_over_work(struct errand *e, struct db *db)
{
	db_check(db, true, &e->task.err);
}

static void look_over_done(struct app *a, struct errand *e)
{
	if (e->task.err.code)
		app_tell(a, &e->task.err);
}

/* Nobody else had the file open, and what was written last is not in it yet: no end was reached. */
void engine_look_over(struct app *a)
{
	const struct engine *g = a->engine;
	if (tick_alone(g->tick) && worker_was_unclean(g->writer))
		errand_index(errand_new(a, sizeof(struct errand), look_over_work, look_over_done));
}

/* ---- Other instances ---- */

static void on_tick(void *arg, int fd, short events)
{
	struct app *a = arg;
	(void)fd, (void)events;
	if (!tick_clear(a->engine->tick))
		return;
	headlines_refresh(a);
	tabs_count(a);
	related_pane_reload(a);
}

/* ---- Start and stop ---- */

static void wake_loop(void *arg)
{
	loop_wake(arg);
}

static void on_wake(void *arg)
{
	engine_take(arg);
}

static struct worker *start(struct engine *g, const char *path, enum db_mode mode, bool late, struct err *err)
{
	struct worker_spec spec = {.path = path,
	    .mode = mode,
	    .deliver = deliver,
	    .arg = g,
	    .tick = mode == DB_READ ? NULL : g->tick,
	    .late = late};
	return worker_new(&spec, err);
}

bool engine_open(struct app *a, const struct engine_spec *spec, struct err *err)
{
	struct engine *g = a->engine = mem_new(struct engine);
	g->data_dir = mem_strdup(spec->data_dir);
	g->owner = random_u64() >> 1;
	g->inbox = queue_new(INBOX_MAX, wake_loop, a->loop, drop_item);
	g->runner = runner_new(g->inbox);
	SCOPED_STR path = path_join(spec->data_dir, DB_FILE_NAME);
	if (!file_mkdirs(spec->data_dir, 0700, err))
		return false;
	g->tick = tick_open(spec->data_dir);
	if (!(g->writer = start(g, path, DB_CREATE, false, err)) ||
	    !(g->reader = start(g, path, DB_READ, false, err)) ||
	    !(g->indexer = start(g, path, DB_WRITE, true, err)) ||
	    !(g->hands = hands_new(a->loop, spec->settings, err)))
		return false;
	loop_on_wake(a->loop, on_wake, a);
	if (tick_fd(g->tick) >= 0)
		loop_watch(a->loop, tick_fd(g->tick), POLLIN, on_tick, a);
	return true;
}

void engine_close(struct app *a)
{
	struct engine *g = a->engine;
	if (!g)
		return;
	hands_free(g->hands);
	runner_free(g->runner);
	if (g->reader)
		worker_stop(g->reader);
	if (g->indexer)
		worker_stop(g->indexer);
	if (g->writer)
		worker_stop(g->writer);
	if (g->tick && tick_fd(g->tick) >= 0)
		loop_unwatch(a->loop, tick_fd(g->tick));
	tick_free(g->tick);
	queue_close(g->inbox);
	queue_free(g->inbox);
	mem_free(g->data_dir);
	mem_free(g);
	a->engine = NULL;
}
