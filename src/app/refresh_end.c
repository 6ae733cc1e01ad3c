/* SPDX-License-Identifier: MIT */
/* How a source's refresh ends: the transaction that stores stories and answer, and who is told. */
#include "app/refresh_priv.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/page.h"
#include "app/rules.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/story_db.h"

#include <unistd.h>

#define UNWRITTEN_MAX ((size_t)2 << 20) /* records that wait for the writer, some batches */

struct end_errand {
	struct errand e;
	struct source_job *job;
	struct str record; /* an encoded feed; absent: the job's records */
	bool has_feed;
	size_t bytes; /* of the records */
	struct put_result result;
	const struct rules *rules;
};

void refresh_job_free(struct source_job *j)
{
	struct refresh *r = j->app->refreshing;
	vec_last(&r->jobs)->at = j->at;
	r->jobs.v[j->at] = vec_last(&r->jobs);
	r->jobs.n--;
	if (j->page_fd >= 0)
		close(j->page_fd);
	VEC_EACH (struct source_record, x, &j->records)
		mem_free((void *)(uintptr_t)x->bytes.p);
	vec_free(&j->records);
	mem_free(j->note);
	arena_free(j->arena);
	mem_free(j);
}

/* ---- On the writer's thread ---- */

/* A bare id of a list whose items are asked for one by one. */
static bool is_stub(const struct source_job *j, const struct item *it)
{
	return j->conf->mapping && j->conf->mapping->detail.len && !it->title.len;
}

static void add_items(
    const struct source_job *j, const struct source_record *x, struct feed *of, struct feed *all)
{
	for (size_t i = 0; i < of->n_items; i++) {
		struct item *it = &of->items[i];
		if (is_stub(j, it))
			continue;
		if (x->item.len)
			it->id = x->item; /* what the list calls it is what it is known by */
		all->items[all->n_items++] = *it;
	}
}

/* Several documents as one feed: the head of the first, the items of all. */
static bool join(struct end_errand *x, struct feed *out, struct err *err)
{
	const struct source_job *j = x->job;
	struct feed *feeds = arena_array(x->e.arena, j->records.n, sizeof *feeds);
	size_t n = 0;
	for (size_t i = 0; i < j->records.n; i++) {
		if (!feed_decode(x->e.arena, j->records.v[i].bytes, &feeds[i], err))
			return false;
		n += feeds[i].n_items;
	}
	*out = feeds[0];
	out->n_items = 0;
	out->items = arena_array(x->e.arena, n ? n : 1, sizeof *out->items);
	for (size_t i = 0; i < j->records.n; i++)
		add_items(j, &j->records.v[i], &feeds[i], out);
	return true;
}

static void end_work(struct errand *e, struct db *db)
{
	struct end_errand *x = (struct end_errand *)e;
	struct source_job *j = x->job;
	if (!x->has_feed) {
		source_done(db, j->state.id, &j->answer, &e->task.err);
		return;
	}
	struct feed feed = {0};
	if (!(x->record.p ? feed_decode(e->arena, x->record, &feed, &e->task.err)
	                  : join(x, &feed, &e->task.err)))
		return;
	interval_feed(&j->hints, &feed);
	j->pace = j->hints.pace;
	j->answer.pace = &j->pace;
	j->answer.next_due = interval_next(&j->hints, j->answer.now);
	struct put_context ctx = {.answer = j->answer,
	    .rules = x->rules ? rules_apply : NULL,
	    .rules_arg = (void *)(uintptr_t)x->rules,
	    .partial = j->partial,
	    .also = j->known,
	    .n_also = j->n_known};
	store_put_feed(db, j->state.id, &feed, &ctx, e->arena, &x->result, &e->task.err);
}

/* ---- On main ---- */

/* The writer sets the pace: memory does not grow with the number of sources. */
static void count_unwritten(struct app *a)
{
	hands_hold(a->engine->hands, a->refreshing->unwritten > UNWRITTEN_MAX);
}

static void end_done(struct app *a, struct errand *e)
{
	struct end_errand *x = (struct end_errand *)e;
	struct source_job *j = x->job;
	a->refreshing->unwritten -= x->bytes;
	count_unwritten(a);
	struct str error = e->task.err.code ? str_c(e->task.err.message) : j->answer.error;
	struct refresh_result result = {.id = j->state.id,
	    .name = j->state.name,
	    .url = j->state.url,
	    .error = error,
	    .note = str_c(j->note),
	    .code = j->answer.code,
	    .n_new = x->result.n_new,
	    .n_changed = x->result.n_changed,
	    .bytes = (uint64_t)j->answer.bytes,
	    .ms = clock_mono_ms() - j->started_ms};
	struct source_ref *ref = (struct source_ref *)(uintptr_t)app_source(a, j->state.id);
	if (ref)
		ref->failed = error.len > 0;
	page_changed(a, x->result.changed_ids, x->result.n_changed);
	refresh_source_ended(a, &result);
	refresh_job_free(j);
}

static void submit(struct source_job *j, bool has_feed, struct str record)
{
	struct end_errand *x = errand_new(j->app, sizeof *x, end_work, end_done);
	x->job = j;
	x->e.task.repeatable = true;
	x->rules = j->app->rules && j->app->rules->n ? j->app->rules : NULL;
	x->has_feed = has_feed;
	x->record = arena_str(x->e.arena, record);
	x->bytes = record.len;
	VEC_EACH (struct source_record, kept, &j->records)
		x->bytes += kept->bytes.len;
	j->app->refreshing->unwritten += x->bytes;
	count_unwritten(j->app);
	j->answer.ms = clock_mono_ms() - j->started_ms;
	errand_write(&x->e, TASK_PUT);
}

void refresh_end(struct source_job *j, struct str record)
{
	submit(j, true, record);
}

void refresh_end_same(struct source_job *j)
{
	j->answer.keep_validators = true;
	j->answer.next_due = interval_next(&j->hints, j->answer.now);
	submit(j, false, STR_NONE);
}

void refresh_end_until(struct source_job *j, struct str why, int64_t next_due)
{
	j->answer.error = arena_str(j->arena, why.len ? why : str_c(_("no answer")));
	j->answer.keep_validators = true;
	j->answer.next_due = next_due;
	submit(j, false, STR_NONE);
}

void refresh_end_failed(struct source_job *j, struct str why)
{
	int64_t due = interval_after_failure(&j->hints, j->answer.now, j->state.fails + 1);
	refresh_end_until(j, why, due > j->answer.hold_until ? due : j->answer.hold_until);
}
