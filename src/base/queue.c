/* SPDX-License-Identifier: MIT */
/* A ring of pointers behind one mutex. Owns what lies inside until it is taken. */
#include "base/queue.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

enum { CAP_FIRST = 16 };

struct queue {
	pthread_mutex_t lock;
	void **items; /* a ring: `n` items from `first` on */
	size_t first, n, cap, max;
	bool closed;
	bool woken; /* wake was called and the receiver has not emptied the queue since */
	queue_fn *wake, *drop;
	void *arg;
};

struct queue *queue_new(size_t max, queue_fn *wake, void *arg, queue_fn *drop)
{
	struct queue *q = mem_new(struct queue);

	pthread_mutex_init(&q->lock, NULL);
	q->max = max;
	q->wake = wake;
	q->arg = arg;
	q->drop = drop;
	return q;
}

static void grow(struct queue *q)
{
	size_t cap = q->cap ? q->cap * 2 : CAP_FIRST;
	void **items = mem_array(cap, sizeof *items);

	for (size_t i = 0; i < q->n; i++)
		items[i] = q->items[(q->first + i) % q->cap];
	mem_free(q->items);
	q->items = items;
	q->cap = cap;
	q->first = 0;
}

bool queue_send(struct queue *q, void *item)
{
	pthread_mutex_lock(&q->lock);
	bool ok = !q->closed && q->n < q->max;
	bool wake = false;
	if (ok) {
		if (q->n == q->cap)
			grow(q);
		q->items[(q->first + q->n) % q->cap] = item;
		q->n++;
		wake = q->wake && !q->woken;
		q->woken = true;
	}
	pthread_mutex_unlock(&q->lock);
	if (wake)
		q->wake(q->arg);
	return ok;
}

void *queue_take(struct queue *q)
{
	void *item = NULL;

	pthread_mutex_lock(&q->lock);
	if (q->n) {
		item = q->items[q->first];
		q->first = (q->first + 1) % q->cap;
		q->n--;
	}
	if (q->n == 0)
		q->woken = false;
	pthread_mutex_unlock(&q->lock);
	return item;
}

void queue_close(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->closed = true;
	pthread_mutex_unlock(&q->lock);
}

size_t queue_count(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	size_t n = q->n;
	pthread_mutex_unlock(&q->lock);
	return n;
}

void queue_free(struct queue *q)
{
	void *item;

	if (!q)
		return;
	while ((item = queue_take(q)))
		if (q->drop)
			q->drop(item);
	pthread_mutex_destroy(&q->lock);
	mem_free(q->items);
	mem_free(q);
}
