/* SPDX-License-Identifier: MIT */
/* Jobs and the courant-parse processes: as many as there are cores when there is work for them, one job each,
 * with a time limit. While too many bodies wait here, courant-fetch is not listened to. */
#include "app/hands_priv.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

#define BODIES_MAX ((uint64_t)24 << 20)

static void assign(struct hands *h);

static struct task_owed *first_of(struct ring *head)
{
	return ring_empty(head) ? NULL : (struct task_owed *)(void *)head->next;
}

static void task_free(struct task_owed *t)
{
	if (t->body_fd >= 0)
		close(t->body_fd);
	mem_free((void *)(uintptr_t)t->bytes.p);
	mem_free(t->why);
	mem_free(t);
}

/* The end of a job: its bytes do not count any more. */
static void tell(struct hands *h, struct task_owed *t, const struct job_reply *reply)
{
	h->bodies -= t->body_bytes;
	h->n_parsing--;
	if (h->bodies <= BODIES_MAX)
		hand_deafen(&h->fetcher, false);
	t->fn(t->arg, reply);
	task_free(t);
}

static void fail(struct hands *h, struct task_owed *t, enum err_code code, const char *why)
{
	ring_drop(&t->ring);
	t->code = code;
	t->why = mem_strdup(why);
	ring_add_last(&h->failed_tasks, &t->ring);
	hands_soon(h);
}

void hands_parse_tell(struct hands *h)
{
	struct task_owed *t;

	while ((t = first_of(&h->failed_tasks))) {
		struct job_reply reply = {.id = t->id, .code = t->code, .message = str_c(t->why)};

		ring_drop(&t->ring);
		tell(h, t, &reply);
	}
}

static bool on_frame(void *arg, struct hand *hand, const struct wire_frame *f)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct parser *p = arg;
	struct task_owed *t = p->task;
	struct job_reply reply;

	(void)hand;
	if (f->fd >= 0)
		close(f->fd);
	if (f->type != JOB_REPLY || !t || !job_reply_decode(arena, f->payload, &reply, NULL) ||
	    reply.id != t->id)
		return false;
	p->task = NULL;
	loop_timer_set(p->deadline, -1);
	tell(p->hands, t, &reply);
	assign(p->hands);
	return true;
}

static void on_end(void *arg, struct hand *hand, bool clean, const char *why)
{
	struct parser *p = arg;
	struct task_owed *t = p->task;

	(void)hand;
	p->task = NULL;
	loop_timer_set(p->deadline, -1);
	if (t && clean && t->tries < HANDS_TRIES)
		ring_add_after(&p->hands->tasks, &t->ring);
	else if (t)
		fail(p->hands, t, p->late ? ERR_LIMIT : ERR_HELPER, why);
	p->late = false;
	assign(p->hands);
}

static void deadline_due(void *arg)
{
	struct parser *p = arg;
	SCOPED_STR why = mem_printf(_("reading it took longer than %d s"), p->hands->job_ms / 1000);

	p->late = true;
	hand_kill(&p->hand, why);
}

/* One that waits for work, else one that can be started; NULL: all are at work. */
static struct parser *free_parser(struct hands *h)
{
	struct parser *idle = NULL;

	for (size_t i = 0; i < h->n_parsers; i++) {
		struct parser *p = &h->parsers[i];

		if (hand_runs(&p->hand) && !p->task)
			return p;
		if (!idle && !hand_runs(&p->hand) && !hand_is_ending(&p->hand))
			idle = p;
	}
	return idle;
}

static bool give(struct hands *h, struct parser *p, struct task_owed *t)
{
	struct err err = {0};

	if (!hand_runs(&p->hand) && !hand_start(&p->hand, h->dir, &err)) {
		fail(h, t, ERR_HELPER, err.message);
		return false;
	}
	ring_drop(&t->ring);
	t->tries++;
	p->task = t;
	loop_timer_set(p->deadline, clock_mono_ms() + h->job_ms);
	hand_send(&p->hand, JOB_REQUEST, t->bytes, t->body_fd);
	return true;
}

static void assign(struct hands *h)
{
	struct task_owed *t;
	struct parser *p;

	while ((t = first_of(&h->tasks)) && (!h->held || t->first) && (p = free_parser(h)))
		(void)give(h, p, t); /* its failure is told to who asked */
}

void hands_hold(struct hands *h, bool hold)
{
	if (h->held == hold)
		return;
	h->held = hold;
	assign(h);
}

static uint64_t size_of(int fd)
{
	struct stat st;

	return fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0 ? (uint64_t)st.st_size : 0;
}

uint64_t hands_parse(struct hands *h, struct job *j, int body_fd, bool first, hands_reply_fn *fn, void *arg)
{
	struct buf b = BUF_MAX(WIRE_MAX_FRAME);
	struct task_owed *t = mem_new(struct task_owed);

	j->id = t->id = ++h->next_id;
	t->fn = fn;
	t->arg = arg;
	t->body_fd = body_fd;
	t->first = first;
	t->body_bytes = size_of(body_fd);
	job_encode(&b, j);
	t->bytes.len = b.len;
	t->bytes.p = buf_take(&b);
	h->n_parsing++;
	h->bodies += t->body_bytes;
	if (h->bodies > BODIES_MAX)
		hand_deafen(&h->fetcher, true);
	if (first)
		ring_add_after(&h->tasks, &t->ring);
	else
		ring_add_last(&h->tasks, &t->ring);
	assign(h);
	return j->id;
}

void hands_parse_init(struct hands *h)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	ring_init(&h->tasks);
	ring_init(&h->failed_tasks);
	h->n_parsers = cores < 1 ? 1 : cores > PARSERS_MAX ? PARSERS_MAX : (size_t)cores;
	for (size_t i = 0; i < h->n_parsers; i++) {
		struct parser *p = &h->parsers[i];

		p->hands = h;
		hand_init(&p->hand, h->loop, "courant-parse", on_frame, on_end, p);
		p->deadline = loop_timer_new(h->loop, deadline_due, p);
	}
}

static void drop_all(struct ring *head)
{
	struct task_owed *t;

	while ((t = first_of(head))) {
		ring_drop(&t->ring);
		task_free(t);
	}
}

void hands_parse_release(struct hands *h)
{
	for (size_t i = 0; i < h->n_parsers; i++) {
		hand_release(&h->parsers[i].hand);
		loop_timer_free(h->parsers[i].deadline);
		if (h->parsers[i].task)
			task_free(h->parsers[i].task);
	}
	drop_all(&h->tasks);
	drop_all(&h->failed_tasks);
}
