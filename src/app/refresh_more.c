/* SPDX-License-Identifier: MIT */
/* What one reply of a JSON API leaves out: further pages (by cursor, number or Link: header), and items that
 * the list names by their ids alone. Both are bounded; secrets stay with the source's own origin. */
#include "app/refresh_priv.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/link_header.h"
#include "base/mem.h"
#include "model/feed.h"
#include "store/story_db.h"
#include "text/url.h"

#include <unistd.h>

#define ITEMS_MAX    2000 /* ids of a list that are looked at */
#define REQUESTS_MAX 100  /* of items, in one refresh; the others come with the next */

struct wanted {
	struct source_job *job;
	struct str id, url;
};

struct source_more {
	size_t pages;
	struct wanted *items; /* that are asked for one by one */
	size_t n_items, max_items;
	size_t open; /* of them, without an end */
};

static struct source_more *more_of(struct source_job *j)
{
	if (!j->more) {
		j->more = arena_new_of(j->arena, struct source_more);
		j->more->items = arena_array(j->arena, ITEMS_MAX, sizeof *j->more->items);
	}
	return j->more;
}

static void keep(struct source_job *j, struct str record, struct str item)
{
	struct source_record x = {.bytes = {mem_strndup(record.p, record.len), record.len}, .item = item};
	vec_push(&j->records, x);
}

/* What did not come is asked for next time, whatever the validators of the first page say. */
static void incomplete(struct source_job *j)
{
	j->partial = true;
	j->answer.validators = (struct source_validators){.etag = STR_NONE, .modified = STR_NONE};
}

/* A request for an address that the server named. */
static struct fetch_request request_of(const struct source_job *j, struct str url)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct fetch_request r = j->request;
	r.etag = r.modified = STR_NONE;
	r.url = url;
	if (str_eq(url_origin(a, url), url_origin(a, j->request.url)))
		return r;
	r.headers = NULL;
	r.n_headers = 0;
	r.user = r.password = STR_NONE;
	r.allow_file = false;
	r.purpose = FETCH_PAGE; /* what a reply names may not lead inside */
	r.background = true;
	r.referrer_host = url_host(j->request.url);
	return r;
}

static struct job job_of(const struct source_job *j, struct str url, struct buf *mapping)
{
	mapping_encode(mapping, j->conf->mapping);
	return (struct job){.kind = JOB_FEED,
	    .url = url,
	    .content_type = STR("application/json"),
	    .mapping = buf_str(mapping),
	    .want_doc = true};
}

/* ---- Items one by one ---- */

static void item_ended(struct wanted *w, bool came)
{
	struct source_job *j = w->job;
	if (!came)
		incomplete(j);
	if (--j->more->open == 0)
		refresh_end(j, STR_NONE);
}

static void on_item_read(void *arg, const struct job_reply *reply)
{
	struct wanted *w = arg;
	if (reply->ok)
		keep(w->job, reply->result, w->id);
	item_ended(w,
	    reply->ok || reply->code == ERR_INPUT); /* a reply that holds no item will not hold one later */
}

static void on_item(void *arg, const struct fetch_answer *r, int body_fd)
{
	struct wanted *w = arg;
	w->job->answer.bytes += (int64_t)r->wire_bytes;
	if (r->failure != FETCH_OK || r->status < 200 || r->status > 299 || body_fd < 0) {
		if (body_fd >= 0)
			close(body_fd);
		item_ended(w, false);
		return;
	}
	SCOPED(buf) struct buf mapping = BUF_MAX(1 << 20);
	struct job job = job_of(w->job, w->url, &mapping);
	hands_parse(w->job->app->engine->hands, &job, body_fd, false, on_item_read, w);
}

struct known_errand {
	struct errand e;
	struct source_job *job;
	struct str *ids;
	bool *known;
	size_t n;
};

static void known_work(struct errand *e, struct db *db)
{
	struct known_errand *x = (struct known_errand *)e;
	store_known(db, x->job->state.id, x->ids, x->n, x->known, &e->task.err);
}

static void known_done(struct app *a, struct errand *e)
{
	struct known_errand *x = (struct known_errand *)e;
	struct source_job *j = x->job;
	struct source_more *m = j->more;
	size_t n_wanted = 0;
	if (e->task.err.code) {
		refresh_end_failed(j, str_c(e->task.err.message));
		return;
	}
	for (size_t i = 0; i < x->n; i++)
		if (x->known[i])
			j->known[j->n_known++] = m->items[i].id;
		else if (n_wanted < REQUESTS_MAX)
			m->items[n_wanted++] = m->items[i];
		else
			incomplete(j);
	m->open = n_wanted;
	for (size_t i = 0; i < n_wanted; i++) {
		struct fetch_request r = request_of(j, m->items[i].url);
		hands_fetch(a->engine->hands, &r, on_item, &m->items[i]);
	}
	if (!n_wanted)
		refresh_end(j, STR_NONE);
}

static void ask_known(struct source_job *j)
{
	struct source_more *m = j->more;
	struct known_errand *x = errand_new(j->app, sizeof *x, known_work, known_done);
	x->job = j;
	x->n = m->n_items;
	x->ids = arena_array(x->e.arena, x->n, sizeof *x->ids);
	x->known = arena_array(x->e.arena, x->n, sizeof *x->known);
	j->known = arena_array(j->arena, x->n, sizeof *j->known);
	for (size_t i = 0; i < x->n; i++)
		x->ids[i] = m->items[i].id;
	errand_read(&x->e, SLOT_NONE);
}

static void take_stubs(struct source_job *j, const struct feed *feed)
{
	struct source_more *m = j->more;
	for (size_t i = 0; i < feed->n_items && m->n_items < ITEMS_MAX; i++) {
		const struct item *it = &feed->items[i];
		if (!it->title.len && it->id.len && it->url.len)
			m->items[m->n_items++] = (struct wanted){
			    .job = j, .id = arena_str(j->arena, it->id), .url = arena_str(j->arena, it->url)};
	}
}

/* ---- Pages ---- */

/* After the last page. */
static void pages_ended(struct source_job *j)
{
	if (j->more->n_items)
		ask_known(j);
	else
		refresh_end(j, STR_NONE);
}

static void on_page_read(void *arg, const struct job_reply *reply)
{
	struct source_job *j = arg;
	if (reply->ok && refresh_more(j, reply->result))
		return;
	incomplete(j);
	pages_ended(j);
}

static void on_page(void *arg, const struct fetch_answer *r, int body_fd)
{
	struct source_job *j = arg;
	j->answer.bytes += (int64_t)r->wire_bytes;
	if (r->failure != FETCH_OK || r->status < 200 || r->status > 299 || body_fd < 0) {
		if (body_fd >= 0)
			close(body_fd);
		incomplete(j);
		pages_ended(j);
		return;
	}
	j->base = arena_str(j->arena, r->final_url);
	j->link = arena_str(j->arena, r->link_header);
	SCOPED(buf) struct buf mapping = BUF_MAX(1 << 20);
	struct job job = job_of(j, j->base, &mapping);
	hands_parse(j->app->engine->hands, &job, body_fd, false, on_page_read, j);
}

static struct str next_page(const struct source_job *j, const struct feed *feed)
{
	const struct mapping *m = j->conf->mapping;
	struct str next =
	    m->next_link ? link_header_find(j->arena, j->link, j->base, "next") : feed->next_url;
	if (!feed->n_items || !url_is_web(next) || str_eq(next, j->base))
		return STR_NONE;
	return arena_str(j->arena, next);
}

bool refresh_more(struct source_job *j, struct str record)
{
	const struct mapping *m = j->conf->mapping;
	SCOPED_PTR(arena) struct arena *scratch = arena_new();
	struct feed feed;
	if ((!m->detail.len && m->max_pages < 2) || !feed_decode(scratch, record, &feed, NULL))
		return false;
	struct source_more *more = more_of(j);
	keep(j, record, STR_NONE);
	more->pages++;
	if (m->detail.len)
		take_stubs(j, &feed);
	struct str next = (int)more->pages < m->max_pages ? next_page(j, &feed) : STR_NONE;
	if (next.len) {
		struct fetch_request r = request_of(j, next);
		hands_fetch(j->app->engine->hands, &r, on_page, j);
	} else {
		pages_ended(j);
	}
	return true;
}
