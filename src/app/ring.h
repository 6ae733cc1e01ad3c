/* SPDX-License-Identifier: MIT */
/* A list whose links lie inside its members: head and members form a ring. Nothing is allocated. Thread: one
 * owner. */
#ifndef CO_APP_RING_H
#define CO_APP_RING_H

#include <stdbool.h>
#include <stddef.h>

struct ring {
	struct ring *next, *prev;
};

static inline void ring_init(struct ring *r)
{
	r->next = r->prev = r;
}

static inline bool ring_empty(const struct ring *head)
{
	return head->next == head;
}

static inline void ring_drop(struct ring *r)
{
	r->next->prev = r->prev;
	r->prev->next = r->next;
	ring_init(r);
}

/* Puts r between `at` and what follows it: at the head's place it becomes the first. */
static inline void ring_add_after(struct ring *at, struct ring *r)
{
	r->next = at->next;
	r->prev = at;
	at->next->prev = r;
	at->next = r;
}

static inline void ring_add_last(struct ring *head, struct ring *r)
{
	ring_add_after(head->prev, r);
}

#endif
