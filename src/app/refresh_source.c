/* SPDX-License-Identifier: MIT */
/* One source's refresh: its request, the answer, what the body is read as. */
#include "app/refresh_priv.h"

#include "app/engine.h"
#include "app/source_request.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/memfd.h"
#include "model/feed.h"
#include "text/url.h"

#include <string.h>
#include <unistd.h>

#define BODY_MAX    ((size_t)256 << 20)
#define SNIFF_BYTES 512 /* of a body that may be a web page */

void refresh_jobs_free(struct refresh *r)
{
	while (r->jobs.n)
		refresh_job_free(vec_last(&r->jobs));
}

/* ---- Parsing ---- */

static void set_note(struct source_job *j, char *note)
{
	mem_free(j->note);
	j->note = note;
}

/* Secrets stay with the address that they were written for. */
static bool has_secrets(const struct source_conf *s)
{
	return s->n_headers || s->n_cookies || s->user.len;
}

/* Asks the feed that a page names in place of the page: as one that strangers name, and only once. */
static void follow(struct source_job *j, struct str url)
{
	struct fetch_request *r = &j->request;
	j->named = arena_str(j->arena, url);
	set_note(j, mem_printf(_("a web page; its feed is %.*s"), STR_ARG(j->named)));
	j->state.validators.etag = j->state.validators.modified = STR_NONE;
	r->url = j->named;
	r->purpose = FETCH_PAGE;
	r->referrer_host = url_host(j->state.url);
	r->allow_file = false;
	refresh_fetch(j);
}

/* The feeds that a web page names: the first is taken where it may be, else told in place of the error. */
static void on_named(void *arg, const struct job_reply *reply)
{
	struct source_job *j = arg;
	SCOPED_PTR(arena) struct arena *scratch = arena_new();
	struct feed feed;
	if (!reply->ok || !feed_decode(scratch, reply->result, &feed, NULL) || !feed.n_items)
		refresh_end_failed(j, str_c(_("a web page that names no feed")));
	else if (url_is_web(j->state.url) && !j->moved && !j->named.len && !has_secrets(j->conf))
		follow(j, feed.items[0].url);
	else
		refresh_end_failed(j,
		    str_c(arena_printf(j->arena, _("a web page, not a feed; the feed that it names is %.*s"),
		        STR_ARG(feed.items[0].url))));
}

static void discover(struct source_job *j)
{
	struct job job = {.kind = JOB_DISCOVER, .url = j->base, .content_type = j->content_type};
	int fd = j->page_fd;
	j->page_fd = -1;
	if (j->moved) /* no feed there any more: back to the source's own address */
		j->answer.moved_to = STR("");
	hands_parse(j->app->engine->hands, &job, fd, false, on_named, j);
}

static void failed(struct source_job *j, const struct job_reply *reply)
{
	if (j->refusal.len)
		refresh_end_failed(j, str_c(arena_printf(j->arena, "%.*s: %.*s", STR_ARG(j->refusal),
		                          STR_ARG(reply->message))));
	else if (j->page_fd >= 0)
		discover(j);
	else
		refresh_end_failed(j, reply->message);
}

static void on_parsed(void *arg, const struct job_reply *reply)
{
	struct source_job *j = arg;
	if (!reply->ok)
		failed(j, reply);
	else if (j->refusal.len)
		refresh_end_failed(j, j->refusal);
	else if (!j->conf->mapping || !refresh_more(j, reply->result))
		refresh_end(j, reply->result);
}

static bool looks_like_page(const struct source_job *j, struct str body)
{
	struct str start = str_trim(str_sub(body, 0, SNIFF_BYTES));
	return !j->conf->mapping &&
	       (str_starts_nocase(start, "<!doctype html") || str_find_nocase(start, "<html") >= 0 ||
	           str_find_nocase(start, "<head") >= 0);
}

/* How an answer is read, in 32 bits: by which mapping, of which program. 0: as it came. */
static uint32_t reading_of(const struct source_conf *s)
{
	const char *const *const programs[] = {s->command, s->filter};
	SCOPED(buf) struct buf text = BUF_MAX(1 << 20);
	if (!s->mapping && !s->command && !s->filter)
		return 0;
	if (s->mapping)
		mapping_encode(&text, s->mapping);
	for (size_t i = 0; i < ARRAY_LEN(programs); i++)
		for (const char *const *word = programs[i]; word && *word; word++)
			buf_add(&text, *word, strlen(*word) + 1);
	return (uint32_t)hash_mix(hash_stable(buf_str(&text)));
}

/* The hash by which the same bytes, read the same way, are known again. */
static uint64_t body_hash(const struct source_job *j, struct str body)
{
	return (hash_stable_long(body) & ~(uint64_t)UINT32_MAX) | reading_of(j->conf);
}

/* What came last time was read otherwise, by another mapping say: it has to come again. */
static void forget_other_reading(struct source_job *j)
{
	struct source_validators *v = &j->state.validators;
	if (j->conf && (uint32_t)v->body_hash != reading_of(j->conf))
		*v = (struct source_validators){.etag = STR_NONE, .modified = STR_NONE};
}

void refresh_parse(struct source_job *j, int body_fd)
{
	struct str body;
	if (!j->refusal.len && memfd_map(body_fd, BODY_MAX, true, &body, NULL)) {
		uint64_t hash = body_hash(j, body);
		bool page = looks_like_page(j, body);
		j->answer.validators.body_hash = hash;
		memfd_unmap(body);
		if (hash == j->state.validators.body_hash) {
			close(body_fd);
			refresh_end_same(j);
			return;
		}
		if (page)
			j->page_fd = dup(body_fd);
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

/* ---- The answer ---- */

/* An address that moved for good is asked where it went once that was said three times; what does not answer
 * there is asked at its own address again. */
static void note_move(struct source_job *j, const struct fetch_answer *r)
{
	bool works = r->failure == FETCH_OK && r->status < 400;
	struct str to = arena_str(j->arena, r->permanent_url);
	if (j->named.len && works && !to.len)
		to = j->named;
	if (j->moved && !to.len)
		to = works || r->status == 429 || r->status >= 500 ? j->state.moved_to : STR("");
	j->answer.moved_to = to;
	if (to.len && !j->moved && str_eq(to, j->state.moved_to) && j->state.moved + 1 == SOURCE_MOVED_TIMES)
		set_note(j,
		    mem_printf(_("moved for good to %.*s, which is asked from now on; stay takes that back"),
		        STR_ARG(to)));
}

static void take_head(struct source_job *j, const struct fetch_answer *r)
{
	struct refresh *run = j->app->refreshing;
	j->answer.code = r->status;
	j->answer.bytes += (int64_t)r->wire_bytes;
	j->hints.max_age_s = r->max_age_s;
	if (r->retry_after_s >= 0) /* up to the next full second: never a moment too early */
		j->answer.hold_until = (clock_now_ms() + 999) / 1000 + r->retry_after_s;
	note_move(j, r);
	r->failure == FETCH_DNS || r->failure == FETCH_CONNECT ? run->unreachable++ : run->answered++;
	if (!j->named.len) { /* those of another address say nothing of the source's own */
		j->answer.validators.etag = arena_str(j->arena, r->etag);
		j->answer.validators.modified = arena_str(j->arena, r->modified);
	} else {
		j->answer.validators.etag = j->answer.validators.modified = STR_NONE;
	}
	j->content_type = arena_str(j->arena, r->content_type);
	j->link = arena_str(j->arena, r->link_header);
	j->base = arena_str(j->arena, r->final_url.len ? r->final_url : j->request.url);
}

/* An answer without a feed; the body is taken. */
static void refused(struct source_job *j, const struct fetch_answer *r, int body_fd)
{
	if (r->failure == FETCH_OK && j->conf->mapping && body_fd >= 0 && r->status >= 400) {
		j->refusal = arena_str(j->arena, r->reason);
		refresh_parse(j, body_fd);
		return;
	}
	if (body_fd >= 0)
		close(body_fd);
	if (r->failure == FETCH_DEFERRED && j->answer.hold_until)
		refresh_end_until(j, r->reason, j->answer.hold_until);
	else if (r->failure == FETCH_OK && r->status == 410 && !j->moved)
		refresh_end_until(j, r->reason, INTERVAL_NEVER);
	else
		refresh_end_failed(j, r->reason);
}

static void on_answer(void *arg, const struct fetch_answer *r, int body_fd)
{
	struct source_job *j = arg;
	j->answer.now = clock_now();
	take_head(j, r);
	if (r->failure == FETCH_OK && (r->not_modified || r->status == 304)) {
		if (body_fd >= 0)
			close(body_fd);
		refresh_end_same(j);
	} else if (r->failure != FETCH_OK || r->status < 200 || r->status > 299 || body_fd < 0) {
		refused(j, r, body_fd);
	} else if (j->conf->filter) {
		refresh_filter(j, body_fd);
	} else {
		refresh_parse(j, body_fd);
	}
}

void refresh_fetch(struct source_job *j)
{
	struct fetch_request *r = &j->request;
	r->etag = j->state.validators.etag;
	r->modified = j->state.validators.modified;
	if (j->moved)
		r->url = j->state.moved_to;
	hands_fetch(j->app->engine->hands, r, on_answer, j);
}

/* ---- The start ---- */

static bool may_move(const struct source_job *j)
{
	return j->state.moved >= SOURCE_MOVED_TIMES && url_is_web(j->state.moved_to) && !has_secrets(j->conf);
}

static struct source_state copy_state(struct arena *arena, const struct source_state *s)
{
	struct source_state c = *s;
	c.key = arena_str(arena, s->key);
	c.name = arena_str(arena, s->name);
	c.url = arena_str(arena, s->url);
	c.moved_to = arena_str(arena, s->moved_to);
	c.validators.etag = arena_str(arena, s->validators.etag);
	c.validators.modified = arena_str(arena, s->validators.modified);
	return c;
}

void refresh_source_start(struct app *a, const struct source_state *state)
{
	struct source_job *j = mem_new(struct source_job);
	const struct source_ref *ref = app_source(a, state->id);
	struct err err = {0};
	j->app = a;
	j->arena = arena_new();
	j->state = copy_state(j->arena, state);
	j->conf = ref ? ref->conf : NULL;
	forget_other_reading(j);
	j->started_ms = clock_mono_ms();
	j->answer = (struct source_answer){.now = clock_now()};
	j->content_type = STR_NONE;
	j->base = j->state.url;
	j->page_fd = -1;
	j->at = a->refreshing->jobs.n;
	vec_push(&a->refreshing->jobs, j);
	if (!j->conf) {
		refresh_end_failed(j, str_c(_("it is not in the configuration any more")));
		return;
	}
	j->hints = interval_of(j->conf);
	j->hints.pace = state->pace;
	j->moved = !j->conf->command && may_move(j);
	if (j->conf->command)
		refresh_command(j);
	else if (source_asks_programs(j->conf))
		refresh_secrets(j);
	else if (source_request(j->conf, j->arena, 0, &j->request, &err))
		refresh_fetch(j);
	else
		refresh_end_failed(j, str_c(err.message));
}
