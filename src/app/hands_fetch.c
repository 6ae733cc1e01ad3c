/* SPDX-License-Identifier: MIT */
/* Requests and the one courant-fetch. They are sent as far as a window allows and wait here otherwise,
 * encoded, so that the helper's memory does not grow with their number; what a reader waits for goes ahead of
 * the window. */
#include "app/hands_priv.h"

#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { WINDOW = 1024 }; /* requests that courant-fetch holds at once, or twice `parallel` */

static void pump(struct hands *h);

static void asked_free(struct asked *a)
{
	mem_free((void *)(uintptr_t)a->bytes.p);
	mem_free(a->why);
	mem_free(a);
}

static struct asked *first_of(struct ring *head)
{
	return ring_empty(head) ? NULL : (struct asked *)(void *)head->next;
}

static void fail(struct hands *h, struct asked *a, enum fetch_failure failure, const char *why)
{
	ring_drop(&a->ring);
	a->failure = failure;
	a->why = mem_strdup(why);
	ring_add_last(&h->failed_asks, &a->ring);
	hands_soon(h);
}

void hands_fetch_tell(struct hands *h)
{
	struct asked *a;

	while ((a = first_of(&h->failed_asks))) {
		struct fetch_answer answer = {.id = a->id,
		    .failure = a->failure,
		    .reason = str_c(a->why),
		    .retry_after_s = -1,
		    .max_age_s = -1};

		ring_drop(&a->ring);
		h->n_fetching--;
		a->fn(a->arg, &answer, -1);
		asked_free(a);
	}
}

static bool on_frame(void *arg, struct hand *hand, const struct wire_frame *f)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct hands *h = arg;
	struct fetch_answer answer;
	struct asked *a;
	uint64_t at;

	(void)hand;
	if (f->type != FETCH_ANSWER || !fetch_answer_decode(arena, f->payload, &answer, NULL) ||
	    !imap_get(&h->sent_by_id, answer.id, &at)) {
		if (f->fd >= 0)
			close(f->fd);
		return false;
	}
	a = (struct asked *)(uintptr_t)at;
	ring_drop(&a->ring);
	imap_remove(&h->sent_by_id, a->id);
	h->n_sent--;
	h->n_fetching--;
	a->fn(a->arg, &answer, f->fd);
	asked_free(a);
	pump(h);
	return true;
}

/* What was under way is asked for again when the helper had only gone to sleep, and has failed when it died.
 */
static void on_end(void *arg, struct hand *hand, bool clean, const char *why)
{
	struct hands *h = arg;

	(void)hand;
	while (!ring_empty(&h->sent)) {
		struct asked *a = (struct asked *)(void *)h->sent.prev; /* the last first keeps their order */

		imap_remove(&h->sent_by_id, a->id);
		h->n_sent--;
		if (clean && a->tries < HANDS_TRIES) {
			ring_drop(&a->ring);
			ring_add_after(&h->asks, &a->ring);
		} else {
			fail(h, a, FETCH_BROKEN, why);
		}
	}
	pump(h);
}

static void send_settings(struct hands *h)
{
	SCOPED(buf) struct buf b = BUF_INIT;

	fetch_settings_encode(&b, &h->settings);
	hand_send(&h->fetcher, FETCH_SETTINGS, buf_str(&b), -1);
}

void hands_fetch_settings(struct hands *h)
{
	if (hand_runs(&h->fetcher))
		send_settings(h);
}

static bool start(struct hands *h)
{
	struct err err = {0};
	struct asked *a;

	if (hand_start(&h->fetcher, h->dir, &err)) {
		send_settings(h);
		return true;
	}
	while ((a = first_of(&h->asks)))
		fail(h, a, FETCH_BROKEN, err.message);
	return false;
}

static void pump(struct hands *h)
{
	size_t window = h->settings.parallel > WINDOW / 2 ? 2 * (size_t)h->settings.parallel : WINDOW;
	struct asked *a = first_of(&h->asks);

	if (!a || hand_is_ending(&h->fetcher))
		return;
	if (!hand_runs(&h->fetcher) && !start(h))
		return;
	for (; a && (a->urgent || h->n_sent < window); a = first_of(&h->asks)) {
		ring_drop(&a->ring);
		ring_add_last(&h->sent, &a->ring);
		imap_put(&h->sent_by_id, a->id, (uint64_t)(uintptr_t)a);
		h->n_sent++;
		a->tries++;
		hand_send(&h->fetcher, FETCH_REQUEST, a->bytes, -1);
	}
}

/* courant-fetch ends at a message that it cannot read: what it would not take is refused here. */
static bool can_be_sent(struct str bytes)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct fetch_request r;

	return bytes.len < WIRE_MAX_FRAME && fetch_request_decode(arena, bytes, &r, NULL);
}

uint64_t hands_fetch(struct hands *h, struct fetch_request *r, hands_answer_fn *fn, void *arg)
{
	struct buf b = BUF_MAX(WIRE_MAX_FRAME);
	struct asked *a = mem_new(struct asked);

	r->id = a->id = ++h->next_id;
	a->fn = fn;
	a->arg = arg;
	a->urgent = r->purpose == FETCH_PAGE && !r->background;
	fetch_request_encode(&b, r);
	a->bytes.len = b.len;
	a->bytes.p = buf_take(&b);
	h->n_fetching++;
	ring_init(&a->ring);
	if (!can_be_sent(a->bytes)) {
		fail(h, a, FETCH_BAD_URL, _("a control character in an address or a header"));
		return r->id;
	}
	if (a->urgent)
		ring_add_after(&h->asks, &a->ring);
	else
		ring_add_last(&h->asks, &a->ring);
	pump(h);
	return r->id;
}

static void cancel_sent(struct hands *h, uint64_t id)
{
	SCOPED(buf) struct buf b = BUF_MAX(16);

	wire_u64(&b, id);
	hand_send(&h->fetcher, FETCH_CANCEL, buf_str(&b), -1);
}

void hands_cancel(struct hands *h, uint64_t id)
{
	struct ring *at, *next;

	for (at = h->asks.next; at != &h->asks; at = next) {
		struct asked *a = (struct asked *)(void *)at;

		next = at->next;
		if (!id || a->id == id)
			fail(h, a, FETCH_CANCELLED, _("given up"));
	}
	if (h->n_sent)
		cancel_sent(h, id);
}

void hands_fetch_init(struct hands *h)
{
	ring_init(&h->asks);
	ring_init(&h->sent);
	ring_init(&h->failed_asks);
	hand_init(&h->fetcher, h->loop, "courant-fetch", on_frame, on_end, h);
}

static void drop_all(struct ring *head)
{
	struct asked *a;

	while ((a = first_of(head))) {
		ring_drop(&a->ring);
		asked_free(a);
	}
}

void hands_fetch_release(struct hands *h)
{
	hand_release(&h->fetcher);
	drop_all(&h->asks);
	drop_all(&h->sent);
	drop_all(&h->failed_asks);
	imap_release(&h->sent_by_id);
}
