/* SPDX-License-Identifier: MIT */
/* queue: order, bounds, one wake for many sends, several threads. */
#include "base/mem.h"
#include "base/queue.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void count_one(void *arg)
{
	++*(int *)arg;
}

static void test_order_and_bounds(void **state)
{
	int items[40], wakes = 0;
	struct queue *q = queue_new(30, count_one, &wakes, NULL);

	(void)state;
	assert_null(queue_take(q));
	for (int i = 0; i < 5; i++)
		assert_true(queue_send(q, &items[i]));
	assert_int_equal(wakes, 1);
	assert_ptr_equal(queue_take(q), &items[0]);
	assert_true(queue_send(q, &items[5]));
	assert_int_equal(wakes, 1); /* not emptied yet */
	for (int i = 6; i < 31; i++)
		assert_true(queue_send(q, &items[i]));
	assert_int_equal(queue_count(q), 30);
	assert_false(queue_send(q, &items[31]));
	for (int i = 1; i < 31; i++)
		assert_ptr_equal(queue_take(q), &items[i]);
	assert_true(queue_send(q, &items[0]));
	assert_int_equal(wakes, 2);
	queue_close(q);
	assert_false(queue_send(q, &items[1]));
	assert_ptr_equal(queue_take(q), &items[0]);
	assert_null(queue_take(q));
	queue_free(q);
	queue_free(NULL);
}

static void test_free_drops(void **state)
{
	int dropped[3] = {0};
	struct queue *q = queue_new(10, NULL, NULL, count_one);

	(void)state;
	for (int i = 0; i < 3; i++)
		queue_send(q, &dropped[i]);
	queue_take(q);
	queue_free(q);
	assert_int_equal(dropped[0], 0);
	assert_int_equal(dropped[1], 1);
	assert_int_equal(dropped[2], 1);
}

enum { SENDERS = 3, EACH = 5000 };

struct item {
	int sender, n;
};

struct sender {
	struct queue *q;
	int id;
};

static void *send_all(void *arg)
{
	struct sender *s = arg;

	for (int i = 0; i < EACH; i++) {
		struct item *it = mem_new(struct item);
		*it = (struct item){s->id, i};
		while (!queue_send(s->q, it))
			sched_yield();
	}
	return NULL;
}

/* Each sender's items come in its own order, none is lost. */
static void test_threads(void **state)
{
	struct queue *q = queue_new(100, NULL, NULL, mem_free);
	struct sender senders[SENDERS];
	pthread_t threads[SENDERS];
	int next[SENDERS] = {0};

	(void)state;
	for (int i = 0; i < SENDERS; i++) {
		senders[i] = (struct sender){q, i};
		assert_int_equal(pthread_create(&threads[i], NULL, send_all, &senders[i]), 0);
	}
	for (int i = 0; i < SENDERS * EACH; i++) {
		struct item *it;

		while (!(it = queue_take(q)))
			sched_yield();
		assert_int_equal(it->n, next[it->sender]++);
		mem_free(it);
	}
	for (int i = 0; i < SENDERS; i++)
		pthread_join(threads[i], NULL);
	assert_null(queue_take(q));
	queue_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_order_and_bounds),
	    cmocka_unit_test(test_free_drops),
	    cmocka_unit_test(test_threads),
	};
	return cmocka_run_group_tests_name("base/queue", tests, NULL, NULL);
}
