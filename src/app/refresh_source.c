/* SPDX-License-Identifier: MIT */
/* One source's refresh: its request (or command), the answer, the parse, the transaction that stores it. */
#include "app/refresh_priv.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/hands.h"
#include "app/interval.h"
#include "app/page.h"
#include "app/rules.h"
#include "app/source_request.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/memfd.h"
#include "base/mem.h"
#include "base/proc.h"
#include "store/story_db.h"

#include <unistd.h>

#define BODY_MAX ((size_t)256 << 20)

struct source_job {
	struct app *app;
	struct arena *arena;
	struct source_state state; /* strings in the arena */
	const struct source_conf *conf;
	int64_t started_ms;
	struct source_answer answer; /* grows on the way */
	struct str content_type, base;
	struct interval_hints hints;
};

static void job_free(struct source_job *j)
{
	struct refresh *r = j->app->refreshing;
	for (size_t i = 0; i < r->jobs.n; i++)
		if (r->jobs.v[i] == j) {
			r->jobs.v[i] = vec_last(&r->jobs);
			r->jobs.n--;
			break;
		}
	arena_free(j->arena);
	mem_free(j);
}

void refresh_jobs_free(struct refresh *r)
{
	while (r->jobs.n)
		job_free(vec_last(&r->jobs));
}

/* ---- The end ---- */

struct end_errand {
	struct errand e;
	struct source_job *job;
	struct str record; /* an encoded feed; absent: nothing to store but the answer */
	struct put_result result;
	const struct rules *rules;
};

static void end_work(struct errand *e, struct db *db)
{
	struct end_errand *x = (struct end_errand *)e;
	struct source_job *j = x->job;
	if (!x->record.p) {
		source_done(db, j->state.id, &j->answer, &e->task.err);
		return;
	}
	struct feed feed = {0};
	if (!feed_decode(e->arena, x->record, &feed, &e->task.err))
		return;
	interval_feed(&j->hints, &feed);
	j->answer.next_due = interval_next(&j->hints, j->answer.now);
	struct put_context ctx = {.answer = j->answer,
	    .rules = x->rules ? rules_apply : NULL,
	    .rules_arg = (void *)(uintptr_t)x->rules};
	store_put_feed(db, j->state.id, &feed, &ctx, e->arena, &x->result, &e->task.err);
}

static void end_done(struct app *a, struct errand *e)
{
	struct end_errand *x = (struct end_errand *)e;
	struct source_job *j = x->job;
	struct str error = e->task.err.code ? str_c(e->task.err.message) : j->answer.error;
	struct refresh_result result = {.id = j->state.id,
	    .name = j->state.name,
	    .url = j->state.url,
	    .error = error,
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
	job_free(j);
}

static void end(struct source_job *j, struct str record)
{
	struct end_errand *x = errand_new(j->app, sizeof *x, end_work, end_done);
	x->job = j;
	x->rules = j->app->rules;
	x->record = arena_str(x->e.arena, record);
	j->answer.ms = clock_mono_ms() - j->started_ms;
	errand_write(&x->e, TASK_PUT);
}

static void end_failed(struct source_job *j, struct str why)
{
	j->answer.error = arena_str(j->arena, why.len ? why : str_c(_("no answer")));
	j->answer.keep_validators = true;
	j->answer.next_due = interval_after_failure(&j->hints, j->answer.now, j->state.fails + 1);
	end(j, STR_NONE);
}

static void end_same(struct source_job *j)
{
	j->answer.keep_validators = true;
	j->answer.next_due = interval_next(&j->hints, j->answer.now);
	end(j, STR_NONE);
}

/* ---- Parsing ---- */

static void on_parsed(void *arg, const struct job_reply *reply)
{
	struct source_job *j = arg;
	if (reply->ok)
		end(j, reply->result);
	else
		end_failed(j, reply->message);
}

static void parse(struct source_job *j, int body_fd)
{
	struct str body;
	if (memfd_map(body_fd, BODY_MAX, true, &body, NULL)) {
		uint64_t hash = hash_stable(body);
		j->answer.validators.body_hash = hash;
		memfd_unmap(body);
		if (hash == j->state.validators.body_hash) {
			close(body_fd);
			end_same(j);
			return;
		}
	}
	SCOPED(buf) struct buf mapping = BUF_MAX(1 << 20);
	struct job job = {
	    .kind = JOB_FEED, .url = j->base, .content_type = j->content_type, .want_doc = true};
	if (j->conf->mapping) {
		mapping_encode(&mapping, j->conf->mapping);
		job.mapping = buf_str(&mapping);
	}
	hands_parse(j->app->engine->hands, &job, body_fd, false, on_parsed, j);
}

/* ---- From an address ---- */

static void on_answer(void *arg, const struct fetch_answer *r, int body_fd)
{
	struct source_job *j = arg;
	struct refresh *run = j->app->refreshing;
	j->answer.code = r->status;
	j->answer.bytes = (int64_t)r->wire_bytes;
	j->hints.max_age_s = r->max_age_s;
	if (r->retry_after_s >= 0)
		j->answer.hold_until = j->answer.now + r->retry_after_s;
	j->answer.moved_to = arena_str(j->arena, r->permanent_url);
	r->failure == FETCH_DNS || r->failure == FETCH_CONNECT ? run->unreachable++ : run->answered++;
	if (r->failure == FETCH_OK && (r->not_modified || r->status == 304)) {
		if (body_fd >= 0)
			close(body_fd);
		end_same(j);
		return;
	}
	if (r->failure != FETCH_OK || r->status < 200 || r->status > 299 || body_fd < 0) {
		if (body_fd >= 0)
			close(body_fd);
		end_failed(j, r->reason);
		return;
	}
	j->answer.validators.etag = arena_str(j->arena, r->etag);
	j->answer.validators.modified = arena_str(j->arena, r->modified);
	j->content_type = arena_str(j->arena, r->content_type);
	j->base = arena_str(j->arena, r->final_url.len ? r->final_url : j->state.url);
	if (j->conf->filter)
		refresh_filter(j, body_fd);
	else
		parse(j, body_fd);
}

static void fetch(struct source_job *j)
{
	struct err err = {0};
	struct fetch_request r;
	if (!source_request(j->app, j->conf, j->arena, &r, &err)) {
		end_failed(j, str_c(err.message));
		return;
	}
	r.etag = j->state.validators.etag;
	r.modified = j->state.validators.modified;
	hands_fetch(j->app->engine->hands, &r, on_answer, j);
}

/* ---- From a command, or through a filter: on a thread, since it may take its time ---- */

struct command_errand {
	struct errand e;
	struct source_job *job;
	const char *const *argv;
	int input_fd; /* -1: none */
	int timeout_ms;
	struct buf out, words;
	int status, body_fd;
};

static void command_work(struct errand *e, struct db *db)
{
	struct command_errand *c = (struct command_errand *)e;
	struct proc_limits limits = {.timeout_ms = c->timeout_ms, .max_stderr = 4096};
	struct str input = STR("");
	(void)db;
	if (c->input_fd >= 0 && !memfd_map(c->input_fd, BODY_MAX, true, &input, &e->task.err))
		return;
	if (proc_run(c->argv, input, &limits, &c->out, &c->words, &c->status, &e->task.err) && !c->status)
		c->body_fd = memfd_of("command", buf_str(&c->out), &e->task.err);
	if (c->input_fd >= 0)
		memfd_unmap(input);
}

static void command_cleanup(struct errand *e)
{
	struct command_errand *c = (struct command_errand *)e;
	buf_release(&c->out);
	buf_release(&c->words);
	if (c->input_fd >= 0)
		close(c->input_fd);
}

static void command_done(struct app *a, struct errand *e)
{
	struct command_errand *c = (struct command_errand *)e;
	struct source_job *j = c->job;
	(void)a;
	if (e->task.err.code) {
		end_failed(j, str_c(e->task.err.message));
	} else if (c->status) {
		struct str rest = buf_str(&c->words), line = STR("");
		str_split(&rest, '\n', &line);
		SCOPED_STR why =
		    mem_printf(_("%s ended with status %d: %.*s"), c->argv[0], c->status, STR_ARG(line));
		end_failed(j, str_c(why));
	} else {
		j->answer.bytes = j->answer.bytes ? j->answer.bytes : (int64_t)c->out.len;
		parse(j, c->body_fd);
	}
}

static void run_command(struct source_job *j, const char *const *argv, int input_fd)
{
	struct command_errand *c = errand_new(j->app, sizeof *c, command_work, command_done);
	c->e.cleanup = command_cleanup;
	c->job = j;
	c->argv = argv;
	c->input_fd = input_fd;
	c->body_fd = -1;
	c->timeout_ms = (int)(j->conf->timeout_s * 1000);
	c->out = BUF_MAX((size_t)j->conf->max_size);
	c->words = BUF_MAX(8192);
	errand_index(&c->e);
}

void refresh_filter(struct source_job *j, int body_fd)
{
	run_command(j, j->conf->filter, body_fd);
}

/* ---- The start ---- */

static struct source_state copy_state(struct arena *arena, const struct source_state *s)
{
	struct source_state c = *s;
	c.key = arena_str(arena, s->key);
	c.name = arena_str(arena, s->name);
	c.url = arena_str(arena, s->url);
	c.validators.etag = arena_str(arena, s->validators.etag);
	c.validators.modified = arena_str(arena, s->validators.modified);
	return c;
}

void refresh_source_start(struct app *a, const struct source_state *state)
{
	struct source_job *j = mem_new(struct source_job);
	const struct source_ref *ref = app_source(a, state->id);
	j->app = a;
	j->arena = arena_new();
	j->state = copy_state(j->arena, state);
	j->conf = ref ? ref->conf : NULL;
	j->started_ms = clock_mono_ms();
	j->answer = (struct source_answer){.now = clock_now()};
	j->content_type = STR_NONE;
	j->base = j->state.url;
	vec_push(&a->refreshing->jobs, j);
	if (!j->conf) {
		end_failed(j, str_c(_("it is not in the configuration any more")));
		return;
	}
	j->hints = interval_of(j->conf);
	if (j->conf->command)
		run_command(j, j->conf->command, -1);
	else
		fetch(j);
}
