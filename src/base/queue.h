/* SPDX-License-Identifier: MIT */
/* A bounded queue of owned pointers between threads. Any thread sends; one thread receives.
 * Sends coalesce to one call of `wake` until the receiver has emptied it. */
#ifndef CO_BASE_QUEUE_H
#define CO_BASE_QUEUE_H

#include "base/attr.h"
#include <stdbool.h>
#include <stddef.h>

struct queue;
typedef void queue_fn(void *arg);

/* max: items; wake (may be NULL) is called outside the lock by the sender; drop frees an item left inside. */
struct queue *queue_new(size_t max, queue_fn *wake, void *arg, queue_fn *drop);
bool queue_send(
    struct queue *q, void *item);  /* true: q owns it. false: full or closed, item is still yours */
void *queue_take(struct queue *q); /* never waits; you own the result; NULL when empty */
void queue_close(struct queue *q); /* what is inside can still be taken */
size_t queue_count(struct queue *q);
void queue_free(struct queue *q); /* frees what is left inside; NULL is fine */
DEFINE_FREEP(queue)

#endif
