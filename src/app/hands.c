/* SPDX-License-Identifier: MIT */
/* Both kinds of helpers together: made, freed, and what has failed told from the loop, so that nobody is
 * called back from inside a call. Requests are hands_fetch.c's, jobs hands_parse.c's, a helper's life
 * hand.c's. */
#include "app/hands.h"

#include "app/hands_priv.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/proc.h"

static void soon_due(void *arg)
{
	struct hands *h = arg;

	hands_fetch_tell(h);
	hands_parse_tell(h);
}

void hands_soon(struct hands *h)
{
	loop_timer_set(h->soon, clock_mono_ms());
}

struct hands *hands_new(struct loop *l, const struct fetch_settings *settings, struct err *err)
{
	struct hands *h = mem_new(struct hands);

	(void)err; /* helpers are looked for when they are needed */
	h->loop = l;
	h->job_ms = HANDS_JOB_MS;
	h->soon = loop_timer_new(l, soon_due, h);
	hands_fetch_init(h);
	hands_parse_init(h);
	hands_settings(h, settings);
	return h;
}

void hands_free(struct hands *h)
{
	if (!h)
		return;
	hands_fetch_release(h);
	hands_parse_release(h);
	loop_timer_free(h->soon);
	arena_free(h->arena);
	mem_free(h->dir);
	mem_free(h);
}

void hands_rehearse(struct hands *h, const char *dir, int job_ms)
{
	mem_free(h->dir);
	h->dir = mem_strdup(dir);
	h->job_ms = job_ms ? job_ms : HANDS_JOB_MS;
}

void hands_settings(struct hands *h, const struct fetch_settings *settings)
{
	struct arena *a = arena_new();

	arena_free(h->arena);
	h->arena = a;
	h->settings = *settings;
	h->settings.user_agent = arena_str(a, settings->user_agent);
	h->settings.proxy = arena_str(a, settings->proxy);
	h->settings.edition_dir = arena_str(a, settings->edition_dir);
	hands_fetch_settings(h);
}

int64_t hands_cpu_ms(const struct hands *h)
{
	int64_t ms = h->fetcher.pid ? proc_cpu_ms(h->fetcher.pid) : 0;

	for (size_t i = 0; i < h->n_parsers; i++)
		if (h->parsers[i].hand.pid)
			ms += proc_cpu_ms(h->parsers[i].hand.pid);
	return ms;
}

size_t hands_fetching(const struct hands *h)
{
	return h->n_fetching;
}

size_t hands_parsing(const struct hands *h)
{
	return h->n_parsing;
}
