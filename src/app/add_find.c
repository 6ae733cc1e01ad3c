/* SPDX-License-Identifier: MIT */
/* The search in steps: what a known site has, the address itself, what its page names, the usual paths. A
 * step is a number of probes at once (fetch, then read); the next begins when all have ended and none is a
 * feed. */
#include "app/add_find.h"

#include "app/add_known.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/safe.h"
#include "text/url.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROBES_MAX USUAL_MAX
#define DATED_MAX  200 /* items that are looked at for the newest */

enum step { STEP_KNOWN, STEP_SELF, STEP_NAMED, STEP_USUAL, STEP_END };

struct probe {
	struct finding *finding;
	struct str url, moved;
	int body_fd;  /* STEP_SELF: the page again, for what it names; else -1 */
	bool answers; /* a server spoke */
	bool is_feed;
	struct found_feed feed;
	struct str first; /* address of its first story */
};

struct finding {
	struct hands *hands;
	struct arena *arena;
	struct fetch_request limits; /* what all requests share */
	struct str url;
	bool guessed; /* the scheme was not written */
	enum step step;
	struct probe probes[PROBES_MAX];
	size_t n_probes, open;
	struct str named[FOUND_MAX]; /* by the page */
	size_t n_named;
	bool try_usual;
	struct found_feed found[FOUND_MAX];
	struct str firsts[FOUND_MAX];
	size_t n_found;
	struct str unread; /* what the address itself is instead of a feed, in words */
	struct str problem;
	bool dropped;
	finding_done_fn *done;
	void *arg;
};

static void next_step(struct finding *f);

/* ---- What a feed shows of itself ---- */

static int newest_first(const void *a, const void *b)
{
	const struct item *x = *(const struct item *const *)a, *y = *(const struct item *const *)b;
	if (x->published != y->published)
		return x->published < y->published ? 1 : -1;
	return x < y ? -1 : 1;
}

static void take_titles(struct finding *f, const struct feed *feed, struct found_feed *out)
{
	const struct item *items[DATED_MAX] = {0};
	size_t n = 0;
	for (size_t i = 0; i < feed->n_items && n < DATED_MAX; i++)
		if (feed->items[i].title.len)
			items[n++] = &feed->items[i];
	qsort(items, n, sizeof *items, newest_first);
	for (size_t i = 0; i < n && out->n_titles < FOUND_TITLES; i++)
		out->titles[out->n_titles++] = arena_str(f->arena, items[i]->title);
}

static bool take_feed(struct probe *p, struct str record)
{
	struct finding *f = p->finding;
	SCOPED_PTR(arena) struct arena *scratch = arena_new();
	struct feed feed;
	struct err err = {0};
	if (!feed_decode(scratch, record, &feed, &err))
		return false;
	if (feed.format == FEED_OPML) {
		f->problem = str_c(_("a list of subscriptions: courant import takes it"));
		return false;
	}
	struct str name = feed.title.len ? feed.title : url_site(p->url);
	p->feed = (struct found_feed){.url = p->moved.len ? p->moved : p->url,
	    .name = safe_copy(f->arena, name, SAFE_LINE),
	    .n_items = feed.n_items,
	    .format = feed.format};
	take_titles(f, &feed, &p->feed);
	p->first = feed.n_items ? arena_str(f->arena, feed.items[0].url) : STR_NONE;
	return true;
}

/* ---- Probes ---- */

static void close_body(struct probe *p)
{
	if (p->body_fd >= 0)
		close(p->body_fd);
	p->body_fd = -1;
}

static void destroy(struct finding *f)
{
	for (size_t i = 0; i < f->n_probes; i++)
		close_body(&f->probes[i]);
	arena_free(f->arena);
	mem_free(f);
}

static void ended(struct probe *p)
{
	struct finding *f = p->finding;
	close_body(p);
	if (--f->open)
		return;
	if (f->dropped)
		destroy(f);
	else
		next_step(f);
}

static void on_named(void *arg, const struct job_reply *r)
{
	struct probe *p = arg;
	struct finding *f = p->finding;
	SCOPED_PTR(arena) struct arena *scratch = arena_new();
	struct feed feed;
	struct err err = {0};
	if (r->ok && feed_decode(scratch, r->result, &feed, &err))
		for (size_t i = 0; i < feed.n_items && f->n_named < FOUND_MAX; i++)
			f->named[f->n_named++] = arena_str(f->arena, feed.items[i].url);
	ended(p);
}

static void on_read(void *arg, const struct job_reply *r)
{
	struct probe *p = arg;
	struct finding *f = p->finding;
	p->is_feed = r->ok && take_feed(p, r->result);
	if (p->is_feed || f->step != STEP_SELF || f->dropped || f->problem.len) {
		ended(p);
		return;
	}
	f->try_usual = true;
	f->unread = arena_str(f->arena, r->message);
	struct job job = {.kind = JOB_DISCOVER, .url = p->moved.len ? p->moved : p->url};
	int fd = p->body_fd;
	p->body_fd = -1;
	hands_parse(f->hands, &job, fd, true, on_named, p);
}

static bool probe(struct finding *f, struct str url);

/* What a person wrote without a scheme is asked for over http when there is no https. */
static bool again_over_http(struct probe *p)
{
	struct finding *f = p->finding;
	if (!f->guessed || f->step != STEP_SELF || f->dropped)
		return false;
	f->guessed = false;
	f->url = p->url =
	    str_c(arena_printf(f->arena, "http://%.*s", STR_ARG(str_skip(f->url, strlen("https://")))));
	return true;
}

static void ask(struct probe *p);

static void refused(struct probe *p, const struct fetch_answer *r)
{
	struct finding *f = p->finding;
	if (f->step == STEP_SELF && r->failure != FETCH_OK && r->failure != FETCH_DNS && again_over_http(p)) {
		ask(p);
		return;
	}
	if (f->step == STEP_SELF) {
		f->problem = str_c(arena_printf(f->arena, "%.*s: %.*s", STR_ARG(p->url), STR_ARG(r->reason)));
		f->try_usual = r->failure == FETCH_OK && r->status != 404 && r->status != 410;
	}
	ended(p);
}

static void on_answer(void *arg, const struct fetch_answer *r, int body_fd)
{
	struct probe *p = arg;
	struct finding *f = p->finding;
	if (f->dropped || r->failure != FETCH_OK || r->status < 200 || r->status > 299 || body_fd < 0) {
		if (body_fd >= 0)
			close(body_fd);
		refused(p, r);
		return;
	}
	p->moved = arena_str(f->arena, r->permanent_url);
	if (f->step == STEP_SELF) {
		p->body_fd = dup(body_fd);
		f->url = arena_str(f->arena, r->final_url.len ? r->final_url : p->url);
	}
	struct job job = {.kind = JOB_FEED,
	    .url = r->final_url.len ? r->final_url : p->url,
	    .content_type = r->content_type};
	hands_parse(f->hands, &job, body_fd, true, on_read, p);
}

static void ask(struct probe *p)
{
	struct finding *f = p->finding;
	struct fetch_request r = f->limits;
	r.url = p->url;
	/* what a page names is no more trusted than what a feed names */
	r.purpose = f->step == STEP_SELF || f->step == STEP_KNOWN ? FETCH_FEED : FETCH_PAGE;
	r.referrer_host = r.purpose == FETCH_PAGE ? url_host(f->url) : STR_NONE;
	hands_fetch(f->hands, &r, on_answer, p);
}

static bool probe(struct finding *f, struct str url)
{
	for (size_t i = 0; i < f->n_probes; i++)
		if (str_eq(f->probes[i].url, url))
			return false;
	if (f->n_probes == PROBES_MAX)
		return false;
	struct probe *p = &f->probes[f->n_probes++];
	*p = (struct probe){.finding = f, .url = url, .body_fd = -1};
	f->open++;
	return true;
}

/* ---- Steps ---- */

/* The same feed in another format, or at another address, is found once. */
static bool is_double(const struct finding *f, const struct probe *p)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str key = url_key(a, p->feed.url);
	for (size_t i = 0; i < f->n_found; i++) {
		const struct found_feed *have = &f->found[i];
		if (str_eq(url_key(a, have->url), key) ||
		    (str_eq(have->name, p->feed.name) && p->first.len && str_eq(f->firsts[i], p->first)))
			return true;
	}
	return false;
}

static void collect(struct finding *f)
{
	for (size_t i = 0; i < f->n_probes; i++) {
		struct probe *p = &f->probes[i];
		if (!p->is_feed || f->n_found == FOUND_MAX || is_double(f, p))
			continue;
		f->firsts[f->n_found] = p->first;
		f->found[f->n_found++] = p->feed;
	}
	f->n_probes = 0;
}

/* Fills the probes of a step; none: it is passed over. */
static void begin(struct finding *f)
{
	struct str urls[USUAL_MAX];
	size_t n = 0;
	switch (f->step) {
	case STEP_KNOWN:
		n = known_feeds(f->arena, f->url, urls);
		break;
	case STEP_SELF:
		urls[n++] = f->url;
		break;
	case STEP_NAMED:
		for (; n < f->n_named; n++)
			urls[n] = f->named[n];
		break;
	case STEP_USUAL:
		n = f->try_usual ? usual_feeds(f->arena, f->url, urls) : 0;
		break;
	case STEP_END:
		break;
	}
	for (size_t i = 0; i < n; i++)
		probe(f, urls[i]);
}

static void end(struct finding *f)
{
	f->step = STEP_END;
	if (f->n_found)
		f->problem = STR("");
	else if (!f->problem.len)
		f->problem = str_c(arena_printf(f->arena,
		    _("%.*s: %.*s; it names no feed, and none is where feeds usually are"), STR_ARG(f->url),
		    STR_ARG(f->unread)));
	f->done(f->arg, f);
}

static void next_step(struct finding *f)
{
	collect(f);
	while (!f->n_found && !f->open && f->step != STEP_END) {
		f->step++;
		begin(f);
	}
	if (!f->open) {
		end(f);
		return;
	}
	for (size_t i = 0; i < f->n_probes; i++)
		ask(&f->probes[i]);
}

/* ---- Start and end ---- */

static struct str complete(struct arena *a, struct str word, bool *guessed)
{
	word = str_trim(word);
	*guessed = false;
	if (str_starts_nocase(word, "feed:"))
		word = str_skip(word, str_starts_nocase(word, "feed://") ? 7 : 5);
	if (!word.len || str_find(word, STR("://")) >= 0)
		return arena_str(a, word);
	*guessed = true;
	return str_c(arena_printf(a, "https://%.*s", STR_ARG(word)));
}

struct finding *finding_new(
    struct hands *h, const struct conf *c, struct str word, finding_done_fn *done, void *arg, struct err *err)
{
	struct finding *f = mem_new(struct finding);
	uint32_t timeout_ms = (uint32_t)conf_seconds(c, SET_FETCH_TIMEOUT) * 1000;
	f->hands = h;
	f->arena = arena_new();
	f->done = done;
	f->arg = arg;
	f->limits = (struct fetch_request){.proxy = arena_str(f->arena, conf_text(c, SET_FETCH_PROXY)),
	    .timeout_ms = timeout_ms,
	    .connect_timeout_ms = timeout_ms,
	    .max_size = (uint64_t)conf_bytes(c, SET_FETCH_MAX_SIZE)};
	f->url = url_resolve(f->arena, STR_NONE, complete(f->arena, word, &f->guessed));
	if (!url_is_web(f->url)) {
		err_set(
		    err, ERR_USAGE, _("'%.*s' is no http or https address"), STR_ARG(str_sub(word, 0, 200)));
		finding_free(f);
		return NULL;
	}
	f->step = STEP_KNOWN;
	begin(f);
	if (!f->open) {
		f->step = STEP_SELF;
		begin(f);
	}
	for (size_t i = 0; i < f->n_probes; i++)
		ask(&f->probes[i]);
	return f;
}

void finding_free(struct finding *f)
{
	if (!f)
		return;
	f->dropped = true;
	if (!f->open)
		destroy(f);
}

const struct found_feed *finding_feeds(const struct finding *f, size_t *n)
{
	*n = f->n_found;
	return f->found;
}

struct str finding_problem(const struct finding *f)
{
	return f->problem.p ? f->problem : STR("");
}
