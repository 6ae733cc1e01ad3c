/* SPDX-License-Identifier: MIT */
/* Owns a connection's thread: the order of its tasks, the deliveries. Leaves the transactions of the writer
 * to batch.c, what a task does to the task. */
#include "store/worker.h"

#include <pthread.h>
#include <time.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/batch.h"

/* After a full batch other processes get a chance: their busy wait looks every half millisecond. */
#define YIELD_NS 600000

struct list {
	struct task *first, **end;
};

struct worker {
	struct db *db; /* NULL: not open yet */
	struct batches batches;
	char *path;
	struct worker_spec spec;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake, idle;
	struct list waiting[TASK_PRIORITIES];
	size_t n_waiting;
	unsigned running_slot; /* of an interruptible task under way; 0: none */
	bool running, stop;
	bool running_yields, broken_off; /* the task under way does so for urgent ones; has to */
};

static void list_init(struct list *l)
{
	l->first = NULL;
	l->end = &l->first;
}

static void list_add(struct list *l, struct task *t)
{
	t->next = NULL;
	*l->end = t;
	l->end = &t->next;
}

static struct task *list_take(struct list *l)
{
	struct task *t = l->first;

	if (!t)
		return NULL;
	l->first = t->next;
	if (!l->first)
		l->end = &l->first;
	t->next = NULL;
	return t;
}

static void task_drop(struct task *t)
{
	if (t->drop)
		t->drop(t);
}

/* Takes the waiting task of a slot out of its list, under the lock. */
static struct task *take_slot(struct worker *w, unsigned slot)
{
	for (size_t i = 0; i < TASK_PRIORITIES; i++) {
		for (struct task **at = &w->waiting[i].first; *at; at = &(*at)->next) {
			struct task *t = *at;

			if (t->slot != slot)
				continue;
			*at = t->next;
			if (w->waiting[i].end == &t->next)
				w->waiting[i].end = at;
			w->n_waiting--;
			return t;
		}
	}
	return NULL;
}

static struct task *peek(struct worker *w)
{
	for (size_t i = 0; i < TASK_PRIORITIES; i++)
		if (w->waiting[i].first)
			return w->waiting[i].first;
	return NULL;
}

static struct task *take_next(struct worker *w)
{
	for (size_t i = 0; i < TASK_PRIORITIES; i++) {
		struct task *t = list_take(&w->waiting[i]);

		if (t) {
			w->n_waiting--;
			return t;
		}
	}
	return NULL;
}

/* The next task that fits into the batch of `first`: marks are committed to the disk, so they stand alone. */
static struct task *take_for_batch(void *arg, const struct task *first)
{
	struct worker *w = arg;
	bool marks = first->priority == TASK_MARK;
	struct task *t;

	pthread_mutex_lock(&w->lock);
	t = peek(w);
	t = t && t->transaction && t->repeatable == first->repeatable && (t->priority == TASK_MARK) == marks
	        ? take_next(w)
	        : NULL;
	pthread_mutex_unlock(&w->lock);
	return t;
}

static void deliver_all(struct worker *w, struct task *first)
{
	while (first) {
		struct task *t = first;

		first = t->next;
		t->next = NULL;
		w->spec.deliver(w->spec.arg, t);
	}
}

static void yield_to_others(void)
{
	struct timespec ts = {.tv_nsec = YIELD_NS};

	nanosleep(&ts, NULL);
}

static void run_batch(struct worker *w, struct task *first)
{
	bool marks = first->priority == TASK_MARK;
	struct batch_end end;

	w->batches.db = w->db;
	end = batch_run(&w->batches, first, take_for_batch, w);
	if (end.committed && w->spec.tick)
		tick_touch(w->spec.tick);
	deliver_all(w, end.done);
	if (!marks && !w->spec.inline_mode && end.full)
		yield_to_others();
}

/* Whether a newer task of the same slot waits. */
static bool is_outdated(const struct worker *w, const struct task *t)
{
	for (size_t i = 0; t->slot && i < TASK_PRIORITIES; i++)
		for (const struct task *other = w->waiting[i].first; other; other = other->next)
			if (other->slot == t->slot)
				return true;
	return false;
}

/* A task that was broken off for an urgent one waits again, before all others of its kind. */
static bool waits_again(struct worker *w, struct task *t)
{
	struct list *l = &w->waiting[t->priority];
	bool again;

	pthread_mutex_lock(&w->lock);
	again = w->broken_off && !w->stop && !is_outdated(w, t);
	w->running_yields = w->broken_off = false;
	if (again) {
		t->err = (struct err){0};
		t->next = l->first;
		if (!l->first)
			l->end = &t->next;
		l->first = t;
		w->n_waiting++;
	}
	pthread_mutex_unlock(&w->lock);
	return again;
}

static void run_one(struct worker *w, struct task *t)
{
	if (!w->db) {
		struct db *db = db_open(w->path, w->spec.mode, &t->err);

		pthread_mutex_lock(&w->lock);
		w->db = db;
		pthread_mutex_unlock(&w->lock);
	}
	if (!w->db) {
		w->spec.deliver(w->spec.arg, t);
		return;
	}
	if (t->transaction) {
		run_batch(w, t);
		return;
	}
	t->run(t, w->db);
	if (!t->yields || !waits_again(w, t))
		w->spec.deliver(w->spec.arg, t);
}

static void *work(void *arg)
{
	struct worker *w = arg;

	pthread_mutex_lock(&w->lock);
	for (;;) {
		struct task *t = take_next(w);

		if (!t && w->stop)
			break;
		if (!t) {
			pthread_cond_broadcast(&w->idle);
			pthread_cond_wait(&w->wake, &w->lock);
			continue;
		}
		w->running = true;
		w->running_slot = t->transaction ? 0 : t->slot;
		w->running_yields = t->yields;
		w->broken_off = false;
		if (w->db)
			db_resume(w->db);
		pthread_mutex_unlock(&w->lock);
		run_one(w, t);
		pthread_mutex_lock(&w->lock);
		w->running = false;
		w->running_slot = 0;
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct worker *worker_new(const struct worker_spec *spec, struct err *err)
{
	struct db *db = spec->late ? NULL : db_open(spec->path, spec->mode, err);
	struct worker *w;

	if (!db && !spec->late)
		return NULL;
	w = mem_new(struct worker);
	w->db = db;
	w->spec = *spec;
	w->spec.path = w->path = mem_strdup(spec->path);
	for (size_t i = 0; i < TASK_PRIORITIES; i++)
		list_init(&w->waiting[i]);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, NULL);
	pthread_cond_init(&w->idle, NULL);
	if (!spec->inline_mode && pthread_create(&w->thread, NULL, work, w) != 0) {
		err_errno(err, ERR_INTERNAL, _("a thread for the database cannot be started"));
		w->spec.inline_mode = true;
		worker_stop(w);
		return NULL;
	}
	return w;
}

/* Under the lock. A connection that is just being opened has nothing to break off. */
static void interrupt(struct worker *w)
{
	if (w->db)
		db_interrupt(w->db);
}

void worker_submit(struct worker *w, struct task *t)
{
	struct task *old = NULL;

	if (w->spec.inline_mode) {
		run_one(w, t);
		return;
	}
	pthread_mutex_lock(&w->lock);
	if (t->slot) {
		old = take_slot(w, t->slot);
		if (w->running_slot == t->slot)
			interrupt(w);
	}
	if (t->urgent && w->running_yields) {
		w->broken_off = true;
		interrupt(w);
	}
	list_add(&w->waiting[t->priority], t);
	w->n_waiting++;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	if (old)
		task_drop(old);
}

void worker_drain(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	while (w->running || w->n_waiting)
		pthread_cond_wait(&w->idle, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

size_t worker_waiting(struct worker *w)
{
	size_t n;

	pthread_mutex_lock(&w->lock);
	n = w->n_waiting + (w->running ? 1 : 0);
	pthread_mutex_unlock(&w->lock);
	return n;
}

bool worker_is_readonly(const struct worker *w)
{
	return db_is_readonly(w->db);
}

bool worker_was_unclean(const struct worker *w)
{
	return db_was_unclean(w->db);
}

/* What only reads has nobody left to read for. */
static void drop_readers(struct worker *w)
{
	struct list dropped;

	list_init(&dropped);
	pthread_mutex_lock(&w->lock);
	w->stop = true;
	for (size_t i = 0; i < TASK_PRIORITIES; i++) {
		struct list kept;
		struct task *t;

		list_init(&kept);
		while ((t = list_take(&w->waiting[i])))
			list_add(t->transaction ? &kept : &dropped, t);
		list_init(&w->waiting[i]);
		while ((t = list_take(&kept)))
			list_add(&w->waiting[i], t);
	}
	w->n_waiting = 0;
	for (size_t i = 0; i < TASK_PRIORITIES; i++)
		for (struct task *t = w->waiting[i].first; t; t = t->next)
			w->n_waiting++;
	if (w->running_slot)
		interrupt(w);
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	for (struct task *t; (t = list_take(&dropped));)
		task_drop(t);
}

void worker_stop(struct worker *w)
{
	if (!w)
		return;
	if (!w->spec.inline_mode) {
		drop_readers(w);
		pthread_join(w->thread, NULL);
	}
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->wake);
	pthread_cond_destroy(&w->idle);
	db_close(w->db);
	mem_free(w->path);
	mem_free(w);
}
