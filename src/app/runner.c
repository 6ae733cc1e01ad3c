/* SPDX-License-Identifier: MIT */
/* A queue of errands and the threads that empty it. */
#include "app/runner.h"

#include "app/errand.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#define AT_ONCE 4

struct runner {
	pthread_mutex_t lock;
	pthread_cond_t ended;
	struct queue *inbox;
	struct task *first, **last;
	unsigned threads;
	bool stop;
	int stop_pipe[2]; /* the writing end is closed to stop */
};

struct runner *runner_new(struct queue *inbox)
{
	struct runner *r = mem_new(struct runner);
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->ended, NULL);
	r->inbox = inbox;
	r->last = &r->first;
	if (pipe2(r->stop_pipe, O_CLOEXEC) < 0)
		r->stop_pipe[0] = r->stop_pipe[1] = -1;
	return r;
}

int runner_stop_fd(const struct runner *r)
{
	return r->stop_pipe[0];
}

/* Under the lock. */
static struct task *take_first(struct runner *r)
{
	struct task *t = r->first;
	if (t && !(r->first = t->next))
		r->last = &r->first;
	return t;
}

static void deliver(struct runner *r, struct task *t)
{
	t->next = NULL;
	if (!queue_send(r->inbox, t))
		t->drop(t);
}

static void *work(void *arg)
{
	struct runner *r = arg;
	pthread_mutex_lock(&r->lock);
	for (struct task *t; !r->stop && (t = take_first(r));) {
		pthread_mutex_unlock(&r->lock);
		t->run(t, NULL);
		deliver(r, t);
		pthread_mutex_lock(&r->lock);
	}
	r->threads--;
	pthread_cond_signal(&r->ended);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

static bool start_thread(struct runner *r)
{
	pthread_attr_t attr;
	pthread_t thread;
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	bool ok = pthread_create(&thread, &attr, work, r) == 0;
	pthread_attr_destroy(&attr);
	return ok;
}

void runner_submit(struct runner *r, struct errand *e)
{
	pthread_mutex_lock(&r->lock);
	e->task.next = NULL;
	*r->last = &e->task;
	r->last = &e->task.next;
	if (r->threads < AT_ONCE && start_thread(r))
		r->threads++;
	struct task *t = r->threads ? NULL : take_first(r);
	pthread_mutex_unlock(&r->lock);
	if (t) {
		err_set(&t->err, ERR_INTERNAL, _("a thread cannot be started"));
		deliver(r, t);
	}
}

void runner_free(struct runner *r)
{
	if (!r)
		return;
	pthread_mutex_lock(&r->lock);
	r->stop = true;
	if (r->stop_pipe[1] >= 0)
		close(r->stop_pipe[1]);
	while (r->threads)
		pthread_cond_wait(&r->ended, &r->lock);
	pthread_mutex_unlock(&r->lock);
	for (struct task *t; (t = take_first(r));) {
		if (((struct errand *)t)->must_run)
			t->run(t, NULL);
		t->drop(t);
	}
	if (r->stop_pipe[0] >= 0)
		close(r->stop_pipe[0]);
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->ended);
	mem_free(r);
}
