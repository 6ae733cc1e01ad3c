/* SPDX-License-Identifier: MIT */
/* Expiry, step by step. */
#include "app/expire.h"

#include "app/engine.h"
#include "app/errand.h"
#include "base/clock.h"
#include "base/log.h"
#include "conf/conf.h"
#include "store/prune.h"

struct expire_errand {
	struct errand e;
	struct prune_spec spec;
	struct story_id open;
	size_t removed;
	bool more;
};

static void expire_work(struct errand *e, struct db *db)
{
	struct expire_errand *x = (struct expire_errand *)e;
	prune_step(db, &x->spec, &x->removed, &x->more, &e->task.err);
}

static void expire_done(struct app *a, struct errand *e)
{
	struct expire_errand *x = (struct expire_errand *)e;
	if (e->task.err.code) {
		log_warn(LOG_STORE, "expiry: %s", e->task.err.message);
		return;
	}
	if (x->removed)
		log_info(LOG_STORE, "expired %zu stories", x->removed);
	if (x->more)
		expire_start(a);
}

static struct keep_rule *rules_of(const struct app *a, struct arena *arena, size_t *n)
{
	struct keep_rule *rules = arena_array(arena, a->sources.n, sizeof *rules);
	int64_t usual = conf_seconds(a->conf, SET_STORE_KEEP);
	*n = 0;
	for (size_t i = 0; i < a->sources.n; i++) {
		const struct source_ref *s = &a->sources.v[i];
		if (s->conf && s->conf->keep_s != usual)
			rules[(*n)++] = (struct keep_rule){s->id, s->conf->keep_s};
	}
	return rules;
}

/* `forever` is a word to the configuration and a very long time to the store. */
static int64_t seconds(const struct app *a, enum setting_id id)
{
	int64_t s = conf_seconds(a->conf, id);
	return s == CONF_WORD ? KEEP_FOREVER : s;
}

void expire_start(struct app *a)
{
	if (a->edition)
		return;
	struct expire_errand *x = errand_new(a, sizeof *x, expire_work, expire_done);
	x->open = a->view.id;
	x->spec = (struct prune_spec){.now = clock_now(),
	    .keep_s = seconds(a, SET_STORE_KEEP),
	    .keep_text_s = seconds(a, SET_STORE_KEEP_TEXT),
	    .keep_starred_s = seconds(a, SET_STORE_KEEP_STARRED),
	    .open = &x->open,
	    .n_open = 1};
	x->spec.sources = rules_of(a, x->e.arena, &x->spec.n_sources);
	errand_index(&x->e);
}
