/* SPDX-License-Identifier: MIT */
/* A refresh, from what is due to the last story stored. What a single source goes through is in
 * refresh_source.c. */
#include "app/refresh.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/expire.h"
#include "app/headlines.h"
#include "app/notice.h"
#include "app/refresh_priv.h"
#include "app/rules.h"
#include "app/say.h"
#include "app/tabs.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "text/date.h"

#define PROGRESS_MS 500 /* between two paintings of the progress, and two loads of the headlines */
#define LEASE_S     180
#define SOON_MS     1000 /* the least wait before the timer asks again */

static void on_timer(void *arg)
{
	refresh_start(arg, NULL, 0, false);
}

bool refresh_init(struct app *a)
{
	a->refreshing = mem_new(struct refresh);
	a->refreshing->app = a;
	a->refresh_timer = loop_timer_new(a->loop, on_timer, a);
	return a->refresh_timer != NULL;
}

void refresh_retire(struct app *a, struct conf *c, struct rules *rules)
{
	vec_push(&a->refreshing->retired, ((struct retired){c, rules}));
}

void refresh_free_retired(struct refresh *r)
{
	VEC_EACH (struct retired, x, &r->retired) {
		rules_free(x->rules);
		conf_free(x->conf);
	}
	vec_free(&r->retired);
}

bool refresh_syncs(const struct app *a)
{
	return a->refreshing->syncing;
}

void refresh_release(struct app *a)
{
	if (!a->refreshing)
		return;
	refresh_jobs_free(a->refreshing);
	refresh_free_retired(a->refreshing);
	vec_free(&a->refreshing->jobs);
	loop_timer_free(a->refresh_timer);
	mem_free(a->refreshing);
	a->refreshing = NULL;
}

static void stop_work(struct errand *e, struct db *db)
{
	source_release(db, e->app->engine->owner, &e->task.err);
}

void refresh_stop(struct app *a)
{
	if (a->refreshing && a->refreshing->left)
		errand_write(errand_new(a, sizeof(struct errand), stop_work, NULL), TASK_PUT);
}

void refresh_hook(struct app *a, const struct refresh_hooks *hooks)
{
	a->refreshing->hooks = *hooks;
}

bool refresh_runs(const struct app *a)
{
	return a->refreshing->asking || a->refreshing->left;
}

/* ---- Progress ---- */

static void show_news(struct app *a)
{
	struct refresh *r = a->refreshing;
	r->news = false;
	if (!a->with_screen)
		return;
	r->shown_ms = clock_mono_ms();
	headlines_refresh(a);
	tabs_count(a);
}

static void finish(struct app *a)
{
	struct refresh *r = a->refreshing;
	a->refresh.total = a->refresh.done = 0;
	a->refresh.offline = r->answered == 0 && r->unreachable > 0;
	if (a->refresh.offline)
		a->refresh.offline_since = clock_now();
	log_info(LOG_APP, "refresh: %zu new, %zu failed, %lld ms", a->refresh.new_stories, a->refresh.failed,
	    (long long)(clock_mono_ms() - r->started_ms));
	if (!r->syncing)
		refresh_free_retired(r);
	if (r->news)
		show_news(a);
	if (a->with_screen)
		notice_news(a, a->refresh.new_stories);
	engine_index(a);
	expire_start(a);
	refresh_schedule(a);
	if (r->hooks.end)
		r->hooks.end(r->hooks.arg);
	a->dirty |= DIRTY_SCREEN;
}

void refresh_source_ended(struct app *a, const struct refresh_result *result)
{
	struct refresh *r = a->refreshing;
	if (r->hooks.source)
		r->hooks.source(r->hooks.arg, result);
	a->refresh.done++;
	a->refresh.new_stories += result->n_new;
	if (result->error.len) {
		a->refresh.failed++;
		log_warn(LOG_NET, "%.*s: %.*s", STR_ARG(result->name), STR_ARG(result->error));
	}
	r->news |= result->n_new || result->n_changed;
	if (--r->left == 0 && !r->asking) {
		finish(a);
		return;
	}
	if (clock_mono_ms() - r->shown_ms < PROGRESS_MS)
		return;
	r->shown_ms = clock_mono_ms();
	a->dirty |= DIRTY_SCREEN;
	if (r->news)
		show_news(a);
}

/* ---- What is due ---- */

struct due_errand {
	struct errand e;
	struct source_due_spec spec;
	struct source_state *states, *held;
	size_t n, busy, n_held;
};

static void due_work(struct errand *e, struct db *db)
{
	struct due_errand *d = (struct due_errand *)e;
	if (source_due(db, &d->spec, e->arena, &d->states, &d->n, &d->busy, &e->task.err) && d->spec.force)
		source_held(db, d->spec.only, d->spec.n_only, d->spec.now, e->arena, &d->held, &d->n_held,
		    &e->task.err);
}

/* A source that was asked for by hand, and is not fetched all the same, is told. */
static void tell_held(struct refresh *r, const struct source_state *s)
{
	SCOPED(buf) struct buf note = BUF_MAX(500);
	struct refresh_result result = {
	    .id = s->id, .name = s->name, .url = s->url, .code = s->code, .error = STR_NONE};
	buf_adds(&note, _("asked to wait until "));
	date_rfc3339(&note, s->hold_until);
	result.note = buf_str(&note);
	if (r->hooks.source)
		r->hooks.source(r->hooks.arg, &result);
}

/* Leaves those that are not under way already; their number. */
static size_t keep_idle(const struct refresh *r, struct source_state *states, size_t n)
{
	struct imap busy = {0};
	size_t kept = 0;
	uint64_t unused;
	for (size_t i = 0; i < r->jobs.n; i++)
		imap_put(&busy, (uint64_t)r->jobs.v[i]->state.id.v, 1);
	for (size_t i = 0; i < n; i++)
		if (!imap_get(&busy, (uint64_t)states[i].id.v, &unused))
			states[kept++] = states[i];
	imap_release(&busy);
	return kept;
}

static void due_done(struct app *a, struct errand *e)
{
	struct due_errand *d = (struct due_errand *)e;
	struct refresh *r = a->refreshing;
	r->asking = false;
	if (e->task.err.code)
		app_tell(a, &e->task.err);
	d->n = keep_idle(r, d->states, d->n);
	a->refresh.total += d->n;
	r->left += d->n;
	a->refresh.busy = d->busy;
	for (size_t i = 0; i < d->n_held; i++)
		tell_held(r, &d->held[i]);
	for (size_t i = 0; i < d->n; i++)
		refresh_source_start(a, &d->states[i]);
	if (!r->left)
		finish(a);
	a->dirty |= DIRTY_SCREEN;
}

static void ask_due(struct app *a, const struct source_id *only, size_t n_only, bool force)
{
	struct due_errand *d = errand_new(a, sizeof *d, due_work, due_done);
	struct source_id *ids = arena_array(d->e.arena, n_only, sizeof *ids);
	for (size_t i = 0; i < n_only; i++)
		ids[i] = only[i];
	d->spec = (struct source_due_spec){.now = clock_now(),
	    .lease_until = clock_now() + LEASE_S,
	    .owner = a->engine->owner,
	    .only = n_only ? ids : NULL,
	    .n_only = n_only,
	    .force = force};
	errand_write(&d->e, TASK_PUT);
}

struct look_errand {
	struct errand e;
	struct source_id *only;
	size_t n_only;
	bool due;
};

static void look_work(struct errand *e, struct db *db)
{
	((struct look_errand *)e)->due = source_any_due(db, clock_now());
}

static void look_done(struct app *a, struct errand *e)
{
	struct look_errand *l = (struct look_errand *)e;
	struct refresh *r = a->refreshing;
	if (l->due) {
		ask_due(a, l->only, l->n_only, false);
		return;
	}
	r->asking = false;
	a->refresh.busy = 0;
	if (!r->left)
		finish(a);
}

/* Leases are written, and the other instances told, only when something is due. */
static void look_first(struct app *a, const struct source_id *only, size_t n_only)
{
	struct look_errand *l = errand_new(a, sizeof *l, look_work, look_done);
	l->n_only = n_only;
	l->only = arena_array(l->e.arena, n_only, sizeof *l->only);
	for (size_t i = 0; i < n_only; i++)
		l->only[i] = only[i];
	errand_read(&l->e, SLOT_NONE);
}

void refresh_start(struct app *a, const struct source_id *only, size_t n_only, bool force)
{
	struct refresh *r = a->refreshing;
	if (r->asking)
		return;
	if (!r->left) {
		a->refresh = (struct refresh_state){
		    .offline = a->refresh.offline, .offline_since = a->refresh.offline_since};
		r->answered = r->unreachable = 0;
		r->started_ms = clock_mono_ms();
	}
	r->asking = true;
	if (force)
		ask_due(a, only, n_only, true);
	else
		look_first(a, only, n_only);
}

/* ---- When next ---- */

struct next_errand {
	struct errand e;
	int64_t at;
};

static void next_work(struct errand *e, struct db *db)
{
	((struct next_errand *)e)->at = source_next_due(db);
}

static void next_done(struct app *a, struct errand *e)
{
	int64_t at = ((struct next_errand *)e)->at;
	if (at == TIME_NONE || at >= INTERVAL_NEVER || refresh_runs(a))
		return;
	int64_t wait_ms = (at - clock_now()) * 1000;
	loop_timer_set(a->refresh_timer, clock_mono_ms() + (wait_ms > SOON_MS ? wait_ms : SOON_MS));
}

void refresh_schedule(struct app *a)
{
	if (!a->with_screen)
		return; /* a command refreshes once */
	struct next_errand *n = errand_new(a, sizeof *n, next_work, next_done);
	errand_read(&n->e, SLOT_NONE);
}
