/* SPDX-License-Identifier: MIT */
/* One page under way, from wish to store. */
#include "app/page_job.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/paged.h"
#include "app/source_request.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/wire.h"
#include "doc/out.h"
#include "store/story_db.h"
#include "text/url.h"

#include <unistd.h>

#define FAILURES_MAX 10000 /* remembered; then all are forgotten */

struct page_job {
	struct app *app;
	struct story_id id;
	struct source_id source;
	char *url;      /* as wished */
	char *named_by; /* NULL: by the source */
	char *at;       /* of the page that is fetched or parsed now */
	bool background, restart;
	uint64_t request; /* under way at courant-fetch; 0: none */
	struct paged paged;
	struct article *poor; /* the page, while its other form is under way; NULL: it is not */
	char *poor_at;
	bool other_asked;
};

struct failure {
	char *why;
	int64_t at_ms;
};

struct page_jobs {
	struct {
		VEC(struct page_job *);
	} jobs;
	struct {
		VEC(struct failure);
	} failures;
	struct imap failed; /* story id → index in failures */
};

static struct page_jobs *jobs_of(struct app *a)
{
	if (!a->page_jobs)
		a->page_jobs = mem_new(struct page_jobs);
	return a->page_jobs;
}

static void job_free(struct page_job *j)
{
	mem_free(j->url);
	mem_free(j->named_by);
	mem_free(j->at);
	paged_release(&j->paged);
	article_free(j->poor);
	mem_free(j->poor_at);
	mem_free(j);
}

static void job_end(struct page_job *j)
{
	struct page_jobs *p = jobs_of(j->app);
	for (size_t i = 0; i < p->jobs.n; i++)
		if (p->jobs.v[i] == j) {
			p->jobs.v[i] = vec_last(&p->jobs);
			p->jobs.n--;
			break;
		}
	job_free(j);
}

static void forget_failures(struct page_jobs *p)
{
	VEC_EACH (struct failure, f, &p->failures)
		mem_free(f->why);
	vec_free(&p->failures);
	imap_release(&p->failed);
}

void page_jobs_free(struct app *a)
{
	struct page_jobs *p = a->page_jobs;
	if (!p)
		return;
	for (size_t i = 0; i < p->jobs.n; i++)
		job_free(p->jobs.v[i]);
	vec_free(&p->jobs);
	forget_failures(p);
	mem_free(p);
	a->page_jobs = NULL;
}

static struct page_job *find(const struct app *a, struct story_id id, struct str url)
{
	const struct page_jobs *p = a->page_jobs;
	for (size_t i = 0; p && i < p->jobs.n; i++)
		if (p->jobs.v[i]->id.v == id.v && (id.v > 0 || str_eqc(url, p->jobs.v[i]->url)))
			return p->jobs.v[i];
	return NULL;
}

/* ---- Failures ---- */

static void remember(struct app *a, struct story_id id, const char *why)
{
	struct page_jobs *p = jobs_of(a);
	if (id.v <= 0)
		return;
	if (p->failures.n >= FAILURES_MAX)
		forget_failures(p);
	imap_put(&p->failed, (uint64_t)id.v, p->failures.n);
	vec_push(&p->failures, ((struct failure){mem_strdup(why), clock_mono_ms()}));
}

const char *page_job_failure(const struct app *a, struct story_id id, int64_t *ago_ms)
{
	const struct page_jobs *p = a->page_jobs;
	uint64_t at;
	if (!p || id.v <= 0 || !imap_get(&p->failed, (uint64_t)id.v, &at))
		return NULL;
	*ago_ms = clock_mono_ms() - p->failures.v[at].at_ms;
	return p->failures.v[at].why;
}

static void tell(struct page_job *j, enum page_event event, struct article *page, const char *problem)
{
	struct page_news news = {
	    .event = event, .id = j->id, .url = str_c(j->url), .page = page, .problem = problem};
	page_told(j->app, &news);
	article_free(news.page);
}

static void failed(struct page_job *j, const char *why)
{
	log_info(LOG_NET, "page %s: %s", j->url, why);
	remember(j->app, j->id, why);
	tell(j, PAGE_TROUBLE, NULL, why);
	job_end(j);
}

/* ---- Storing ---- */

struct page_errand {
	struct errand e;
	struct page_job *job;
	struct story_id id;
	struct str encoded, text;
	int64_t now;
	enum page_state state;
	uint32_t words;
};

/* A page that holds less than the one stored (a pay wall has gone up, the article has gone) replaces nothing.
 */
static bool is_less(struct page_errand *p, struct db *db)
{
	struct article_version old;
	if (p->state == PAGE_ARTICLE || !article_load(db, p->id, 0, p->e.arena, &old, NULL))
		return false;
	SCOPED_PTR(article) struct article *was = article_decode(old.encoded, NULL);
	return was && was->doc && p->words < doc_words(was->doc);
}

static void page_work(struct errand *e, struct db *db)
{
	struct page_errand *p = (struct page_errand *)e;
	if (!is_less(p, db))
		article_put(db, p->id, p->now, p->encoded, p->text, p->state == PAGE_ARTICLE, &e->task.err);
}

static void page_done(struct app *a, struct errand *e)
{
	struct page_errand *p = (struct page_errand *)e;
	bool lost = e->task.err.code;
	if (lost)
		app_tell(a, &e->task.err);
	tell(p->job, lost ? PAGE_LOST : PAGE_CAME, NULL, lost ? e->task.err.message : NULL);
	job_end(p->job);
	engine_index(a);
}

static void store(struct page_job *j, const struct article *page)
{
	struct page_errand *p = errand_new(j->app, sizeof *p, page_work, page_done);
	SCOPED(buf) struct buf text = BUF_INIT, encoded = BUF_MAX(WIRE_MAX_FRAME);
	if (page->doc)
		doc_out_text(&text, page->doc, 0);
	article_encode(&encoded, page);
	p->job = j;
	p->id = j->id;
	p->encoded = arena_str(p->e.arena, buf_str(&encoded));
	p->text = arena_str(p->e.arena, buf_str(&text));
	p->now = clock_now();
	p->state = page->state;
	p->words = page->doc ? (uint32_t)doc_words(page->doc) : 0;
	errand_write(&p->e, TASK_PUT);
}

/* ---- Parsing ---- */

static void fetch(struct page_job *j);

const char *page_state_words(enum page_state state)
{
	switch (state) {
	case PAGE_CONSENT:
		/* TRANSLATORS: the name of a host stands before this */
		return _("asks for consent, or whether you are a robot");
	case PAGE_SOFT_ERROR:
		/* TRANSLATORS: the name of a host stands before this */
		return _("says that the page is not there");
	default:
		return NULL;
	}
}

/* All pages are here, or all that came. */
static void finish(struct page_job *j)
{
	SCOPED_PTR(article) struct article *page = paged_take(&j->paged);
	SCOPED_STR host = mem_strndup(url_host(str_c(j->at)).p, url_host(str_c(j->at)).len);
	const char *trouble = page_state_words(page->state);
	SCOPED_STR why = trouble ? mem_printf("%s %s", host, trouble) : NULL;
	if (why) {
		failed(j, why);
	} else if (j->id.v > 0) {
		store(j, page);
	} else {
		tell(j, PAGE_CAME, take(&page), NULL);
		job_end(j);
	}
}

/* A page that holds next to nothing may name another form of its article, which is asked for once. */
static bool ask_other_form(struct page_job *j, struct article **page)
{
	if (j->other_asked || j->paged.n || !(*page)->alternate.len)
		return false;
	j->other_asked = true;
	j->poor = take(page);
	j->poor_at = take(&j->at);
	j->at = mem_strndup(j->poor->alternate.p, j->poor->alternate.len);
	fetch(j);
	return true;
}

/* Takes the other form, NULL when it did not come; gives the one that holds more. */
static struct article *richer(struct page_job *j, struct article *other)
{
	struct article *poor = take(&j->poor);
	if (!poor)
		return other;
	if (other && other->state == PAGE_ARTICLE && other->word_count > poor->word_count) {
		article_free(poor);
		return other;
	}
	article_free(other);
	mem_free(j->at);
	j->at = take(&j->poor_at);
	return poor;
}

/* Takes the page, which came from j->at. */
static void add_page(struct page_job *j, struct article *page)
{
	paged_add(&j->paged, page, str_c(j->at));
	if (!j->paged.next.len) {
		finish(j);
		return;
	}
	if (j->paged.n == 1 && !j->background) {
		SCOPED(buf) struct buf copy = BUF_MAX(WIRE_MAX_FRAME);
		article_encode(&copy, j->paged.whole);
		tell(j, PAGE_BEGINS, article_decode(buf_str(&copy), NULL), NULL);
	}
	mem_free(j->at);
	j->at = mem_strndup(j->paged.next.p, j->paged.next.len);
	fetch(j);
}

/* A further page that does not come leaves those before it; its address stays in their next_page. */
static void give_up(struct page_job *j, const char *why)
{
	if (j->poor) {
		log_info(LOG_NET, "the other form of %s: %s", j->url, why);
		add_page(j, richer(j, NULL));
	} else if (!j->paged.n) {
		failed(j, why);
	} else {
		log_info(LOG_NET, "page %u of %s: %s", j->paged.n + 1, j->url, why);
		finish(j);
	}
}

static void on_parsed(void *arg, const struct job_reply *reply)
{
	struct page_job *j = arg;
	struct err err = {0};
	struct article *page = reply->ok ? article_decode(reply->result, &err) : NULL;
	if (!page) {
		SCOPED_STR why =
		    reply->ok ? mem_strdup(err.message) : mem_strndup(reply->message.p, reply->message.len);
		give_up(j, why);
		return;
	}
	if (!ask_other_form(j, &page))
		add_page(j, richer(j, page));
}

/* ---- Fetching ---- */

static char *no_answer_words(const struct fetch_answer *answer, struct str url)
{
	if (answer->failure != FETCH_OK || !answer->status)
		return mem_strndup(answer->reason.p, answer->reason.len);
	/* TRANSLATORS: a status of HTTP, and the host: 403 from www.example.org */
	return mem_printf(_("%d from %.*s"), (int)answer->status, STR_ARG(url_host(url)));
}

/* What no page comes as. */
static bool is_no_page(struct str type)
{
	static const char *const types[] = {"image/", "audio/", "video/", "font/", "application/pdf",
	    "application/zip", "application/gzip", "application/epub", "application/msword",
	    "application/vnd.", "application/octet-stream", "application/json"};
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_starts_nocase(type, types[i]))
			return true;
	return false;
}

static void on_answer(void *arg, const struct fetch_answer *answer, int body_fd)
{
	struct page_job *j = arg;
	j->request = 0;
	if (answer->failure == FETCH_CANCELLED && j->restart) {
		j->restart = false;
		fetch(j);
		return;
	}
	if (answer->failure != FETCH_OK || answer->status != 200 || body_fd < 0) {
		if (body_fd >= 0)
			close(body_fd);
		SCOPED_STR why =
		    no_answer_words(answer, answer->final_url.len ? answer->final_url : str_c(j->at));
		give_up(j, why);
		return;
	}
	if (is_no_page(answer->content_type)) {
		close(body_fd);
		SCOPED_STR why = mem_printf(_("it is %.*s, no page to read"), STR_ARG(answer->content_type));
		give_up(j, why);
		return;
	}
	if (answer->final_url.len) {
		mem_free(j->at);
		j->at = mem_strndup(answer->final_url.p, answer->final_url.len);
	}
	struct job job = {
	    .kind = JOB_PAGE, .want_doc = true, .url = str_c(j->at), .content_type = answer->content_type};
	hands_parse(j->app->engine->hands, &job, body_fd, !j->background, on_parsed, j);
}

static void fetch(struct page_job *j)
{
	struct fetch_request r = {0};
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	page_request(j->app, j->source, str_c(j->at), arena, &r);
	r.background = j->background;
	if (j->named_by)
		r.referrer_host = url_host(str_c(j->named_by));
	j->request = hands_fetch(j->app->engine->hands, &r, on_answer, j);
}

/* What waited in the background is asked for anew, as what a reader waits for. */
static void hurry(struct page_job *j)
{
	j->background = false;
	if (!j->request || j->restart)
		return;
	j->restart = true;
	hands_cancel(j->app->engine->hands, j->request);
}

void page_job_start(struct app *a, const struct page_wish *wish)
{
	struct page_job *j = find(a, wish->id, wish->url);
	if (j) {
		if (j->background && !wish->background)
			hurry(j);
		return;
	}
	j = mem_new(struct page_job);
	j->app = a;
	j->id = wish->id;
	j->source = wish->source;
	j->url = mem_strndup(wish->url.p, wish->url.len);
	j->named_by = wish->named_by.len ? mem_strndup(wish->named_by.p, wish->named_by.len) : NULL;
	j->at = mem_strdup(j->url);
	j->background = wish->background;
	imap_remove(&jobs_of(a)->failed, (uint64_t)wish->id.v);
	vec_push(&jobs_of(a)->jobs, j);
	fetch(j);
}
