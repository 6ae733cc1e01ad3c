/* SPDX-License-Identifier: MIT */
/* Rings of hosts that can start something now, by how many wait there: the longest queue goes first, since it
 * ends last, and per_host keeps it from taking all. A host that is busy or has nobody waiting is in no ring,
 * so the next one is found at once, however many wait. */
#include "fetch/host.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "text/url.h"

enum {
	FAILURES = 3,           /* in a row, then it is left alone */
	QUIET_MS = 60000,       /* at first; doubled each time */
	QUIET_MAX_MS = 3600000, /* at most */
};

enum { BUCKETS = 16 }; /* of queue lengths, by powers of two */

/* Those who wait for one host, wanted or in the background, and the host's place in a ring. */
struct line {
	struct waiter *first, *last;
	size_t n;
	int bucket;                         /* the ring it is in */
	struct host *ring_next, *ring_prev; /* NULL: in none */
};

struct host {
	unsigned active;
	unsigned failures, quiets;
	int64_t quiet_until_ms;
	bool told;
	struct line lines[2]; /* by waiter.background */
};

struct hosts {
	struct map *by_name;
	struct arena *arena;
	struct host *rings[2][BUCKETS]; /* the one whose turn it is */
	unsigned per_host;
	size_t waiting;
};

struct hosts *hosts_new(void)
{
	struct hosts *hs = mem_new(struct hosts);

	hs->by_name = map_new();
	hs->arena = arena_new();
	hs->per_host = 2;
	return hs;
}

void hosts_free(struct hosts *hs)
{
	if (!hs)
		return;
	map_free(hs->by_name);
	arena_free(hs->arena);
	mem_free(hs);
}

void hosts_limit(struct hosts *hs, unsigned per_host)
{
	hs->per_host = per_host ? per_host : 1;
}

struct host *hosts_of(struct hosts *hs, struct str url)
{
	char name[300];
	struct url u;
	struct host *h;
	size_t n = 0;

	if (!url_split(url, &u))
		u.host = u.port = STR("");
	for (; n < u.host.len && n < 255; n++)
		name[n] = (char)ch_lower(u.host.p[n]);
	if (u.port.len && u.port.len < 6 && !str_eqc(u.port, "80") && !str_eqc(u.port, "443")) {
		name[n++] = ':';
		memcpy(name + n, u.port.p, u.port.len);
		n += u.port.len;
	}
	h = map_get(hs->by_name, str_n(name, n));
	if (!h) {
		h = arena_new_of(hs->arena, struct host);
		map_put(hs->by_name, str_n(name, n), h);
	}
	return h;
}

static int bucket_of(size_t n)
{
	int bucket = 0;

	for (; n > 1 && bucket < BUCKETS - 1; n /= 2)
		bucket++;
	return bucket;
}

static void ring_leave(struct hosts *hs, struct host *h, int level)
{
	struct line *l = &h->lines[level];
	struct host **ring = &hs->rings[level][l->bucket];

	if (!l->ring_next)
		return;
	if (*ring == h)
		*ring = l->ring_next == h ? NULL : l->ring_next;
	l->ring_next->lines[level].ring_prev = l->ring_prev;
	l->ring_prev->lines[level].ring_next = l->ring_next;
	l->ring_next = l->ring_prev = NULL;
}

/* Joins at the end: just before the one whose turn it is. */
static void ring_join(struct hosts *hs, struct host *h, int level)
{
	struct line *l = &h->lines[level];
	struct host *at;

	l->bucket = bucket_of(l->n);
	at = hs->rings[level][l->bucket];
	if (!at) {
		hs->rings[level][l->bucket] = l->ring_next = l->ring_prev = h;
		return;
	}
	l->ring_next = at;
	l->ring_prev = at->lines[level].ring_prev;
	l->ring_prev->lines[level].ring_next = h;
	at->lines[level].ring_prev = h;
}

/* Puts the host into the rings where it belongs now. */
static void settle(struct hosts *hs, struct host *h)
{
	for (int level = 0; level < 2; level++) {
		struct line *l = &h->lines[level];
		bool ready = l->n && h->active < hs->per_host;

		if (ready && l->ring_next && l->bucket == bucket_of(l->n))
			continue;
		ring_leave(hs, h, level);
		if (ready)
			ring_join(hs, h, level);
	}
}

void hosts_wait(struct hosts *hs, struct waiter *w, struct host *h, bool first)
{
	struct line *line = &h->lines[w->background];

	assert(!w->waiting);
	w->host = h;
	w->waiting = true;
	w->next = first ? line->first : NULL;
	if (!line->first || first)
		line->first = w;
	else
		line->last->next = w;
	if (!w->next)
		line->last = w;
	line->n++;
	hs->waiting++;
	settle(hs, h);
}

void hosts_leave(struct hosts *hs, struct waiter *w)
{
	struct line *line = &w->host->lines[w->background];
	struct waiter *before = NULL, *at = line->first;

	if (!w->waiting)
		return;
	for (; at != w; at = at->next)
		before = at;
	*(before ? &before->next : &line->first) = w->next;
	if (line->last == w)
		line->last = before;
	w->waiting = false;
	w->next = NULL;
	line->n--;
	hs->waiting--;
	settle(hs, w->host);
}

struct waiter *hosts_next(struct hosts *hs)
{
	for (int level = 0; level < 2; level++) {
		for (int bucket = BUCKETS - 1; bucket >= 0; bucket--) {
			struct host *h = hs->rings[level][bucket];

			if (!h)
				continue;
			struct waiter *w = h->lines[level].first;

			hs->rings[level][bucket] = h->lines[level].ring_next;
			h->active++;
			hosts_leave(hs, w);
			return w;
		}
	}
	return NULL;
}

void hosts_done(struct hosts *hs, struct host *h)
{
	assert(h->active > 0);
	h->active--;
	settle(hs, h);
}

struct waiter *hosts_take(struct hosts *hs, struct host *h)
{
	struct waiter *w = h->lines[0].first ? h->lines[0].first : h->lines[1].first;

	if (w)
		hosts_leave(hs, w);
	return w;
}

size_t hosts_waiting(const struct hosts *hs)
{
	return hs->waiting;
}

/* How long the host is left alone this time: doubled each time, and some more by chance, so that many readers
 * do not come back together. */
static int64_t next_quiet_ms(struct host *h)
{
	int64_t ms = QUIET_MS;

	for (unsigned i = 0; i < h->quiets && ms < QUIET_MAX_MS; i++)
		ms *= 2;
	h->quiets++;
	if (ms > QUIET_MAX_MS)
		ms = QUIET_MAX_MS;
	return ms + (int64_t)(random_u64() % (uint64_t)(ms / 4));
}

void host_told(struct host *h, int64_t s, int64_t now_ms)
{
	int64_t until = now_ms + (s >= 0 ? s * 1000 : next_quiet_ms(h));

	if (until > h->quiet_until_ms)
		h->quiet_until_ms = until;
	h->told = true;
}

bool host_failed(struct host *h, int64_t now_ms)
{
	if (++h->failures < FAILURES)
		return false;
	h->failures = 0;
	h->quiet_until_ms = now_ms + next_quiet_ms(h);
	h->told = false;
	return true;
}

void host_answered(struct host *h, int64_t now_ms)
{
	h->failures = 0;
	if (h->quiet_until_ms <= now_ms)
		h->quiets = 0;
}

int64_t host_quiet_s(const struct host *h, int64_t now_ms)
{
	return h->quiet_until_ms > now_ms ? (h->quiet_until_ms - now_ms + 999) / 1000 : 0;
}

bool host_was_told(const struct host *h)
{
	return h->told;
}
