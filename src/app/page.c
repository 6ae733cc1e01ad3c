/* SPDX-License-Identifier: MIT */
/* Pages: request → answer → parse → stored → shown. Each page under way is a struct errand-like record of its
 * own, so that the reader may go on while it comes. */
#include "app/page.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/hands.h"
#include "app/related_pane.h"
#include "app/show.h"
#include "app/source_request.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "doc/codec.h"
#include "doc/out.h"
#include "store/list_db.h"
#include "store/story_db.h"
#include "text/url.h"

#include <unistd.h>

#define TEASER_WORDS 120 /* a feed's text with fewer words than this is a beginning */
#define FULL_WORDS   250 /* with more it is the whole, whatever it ends with */

struct page_job {
	struct app *app;
	struct story_id id;
	char *url, *content_type;
	bool prefetch;
};

static void job_free(struct page_job *j)
{
	mem_free(j->url);
	mem_free(j->content_type);
	mem_free(j);
}

static bool is_shown(const struct page_job *j)
{
	const struct view *v = &j->app->view;
	return v->id.v == j->id.v && str_eqc(v->story.url, j->url);
}

static void failed(struct page_job *j, const char *why)
{
	struct view *v = &j->app->view;
	log_info(LOG_NET, "page %s: %s", j->url, why);
	if (is_shown(j)) {
		v->page_load = PAGE_FAILED;
		mem_free(v->problem);
		v->problem = mem_strdup(why);
		j->app->dirty |= DIRTY_SCREEN;
	}
	job_free(j);
}

/* ---- Storing ---- */

struct page_errand {
	struct errand e;
	struct story_id id;
	struct str encoded, text;
	int64_t now;
	bool full;
};

static void page_work(struct errand *e, struct db *db)
{
	struct page_errand *p = (struct page_errand *)e;
	article_put(db, p->id, p->now, p->encoded, p->text, p->full, &e->task.err);
}

static void page_done(struct app *a, struct errand *e)
{
	struct page_errand *p = (struct page_errand *)e;
	if (e->task.err.code)
		app_tell(a, &e->task.err);
	if (a->view.id.v == p->id.v)
		show_story(a, p->id, SHOW_AGAIN);
	engine_index(a);
}

static void store_page(struct page_job *j, struct str encoded, const struct article *page)
{
	struct page_errand *p = errand_new(j->app, sizeof *p, page_work, page_done);
	SCOPED(buf) struct buf text = BUF_INIT;
	if (page->doc)
		doc_out_text(&text, page->doc, 0);
	p->id = j->id;
	p->encoded = arena_str(p->e.arena, encoded);
	p->text = arena_str(p->e.arena, buf_str(&text));
	p->now = clock_now();
	p->full = page->state == PAGE_ARTICLE;
	errand_write(&p->e, TASK_PUT);
}

/* A page that belongs to no stored story is shown and forgotten. */
static void show_loose(struct app *a, struct article *page)
{
	struct view *v = &a->view;
	v->page = page;
	v->show_page = true;
	v->page_load = PAGE_DONE;
	v->story.row.title = page->title.len ? page->title : v->story.row.title;
	v->story.row.published = page->published;
	view_text_changed(a, NULL);
	related_pane_load(a);
}

static const char *state_words(enum page_state state)
{
	switch (state) {
	case PAGE_NO_ARTICLE:
		return _("no article was found on it");
	case PAGE_CONSENT:
		return _("it asks for consent, or whether you are a robot");
	case PAGE_SOFT_ERROR:
		return _("the page says that it is not there");
	default:
		return NULL;
	}
}

static void on_parsed(void *arg, const struct job_reply *reply)
{
	struct page_job *j = arg;
	struct err err = {0};
	if (!reply->ok) {
		SCOPED_STR why = mem_strndup(reply->message.p, reply->message.len);
		failed(j, why);
		return;
	}
	SCOPED_PTR(article) struct article *page = article_decode(reply->result, &err);
	if (!page) {
		failed(j, err.message);
		return;
	}
	const char *trouble = state_words(page->state);
	if (trouble || !page->doc) {
		failed(j, trouble ? trouble : _("no article was found on it"));
		return;
	}
	if (j->id.v > 0)
		store_page(j, reply->result, page);
	else if (is_shown(j))
		show_loose(j->app, take(&page));
	job_free(j);
}

/* ---- Fetching ---- */

static void on_answer(void *arg, const struct fetch_answer *answer, int body_fd)
{
	struct page_job *j = arg;
	if (answer->failure != FETCH_OK || answer->status != 200 || body_fd < 0) {
		if (body_fd >= 0)
			close(body_fd);
		SCOPED_STR why = mem_strndup(answer->reason.p, answer->reason.len);
		failed(j, why);
		return;
	}
	struct job job = {.kind = JOB_PAGE,
	    .want_doc = true,
	    .url = answer->final_url.len ? answer->final_url : str_c(j->url),
	    .content_type = answer->content_type};
	hands_parse(j->app->engine->hands, &job, body_fd, !j->prefetch, on_parsed, j);
}

static void fetch(struct app *a, struct story_id id, struct source_id source, struct str url, bool prefetch)
{
	struct page_job *j = mem_new(struct page_job);
	j->app = a;
	j->id = id;
	j->url = mem_strndup(url.p, url.len);
	j->prefetch = prefetch;
	struct fetch_request r = {0};
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	page_request(a, source, url, arena, &r);
	r.background = prefetch;
	hands_fetch(a->engine->hands, &r, on_answer, j);
}

static void fetch_shown(struct app *a)
{
	struct view *v = &a->view;
	v->page_load = PAGE_LOADING;
	mem_free(v->problem);
	v->problem = NULL;
	v->end_told = false;
	a->dirty |= DIRTY_SCREEN;
	fetch(a, v->id, v->story.row.source, v->story.url, false);
}

bool page_is_teaser(const struct doc *d, struct str dek)
{
	(void)dek;
	size_t words = d ? doc_words(d) : 0;
	if (words < TEASER_WORDS)
		return true;
	if (words >= FULL_WORDS || !d->n_blocks)
		return false;
	struct str last = str_trim(d->blocks[d->n_blocks - 1].text.text);
	return str_ends(last, "…") || str_ends(last, "...") || str_ends(last, "[…]") ||
	       str_ends(last, "[...]");
}

static enum full_text policy(const struct app *a, struct source_id id)
{
	const struct source_ref *s = app_source(a, id);
	return s && s->conf ? s->conf->full_text : FULL_TEXT_AUTO;
}

void page_want(struct app *a)
{
	struct view *v = &a->view;
	if (!v->id.v || v->page_load != PAGE_IDLE || v->page || !url_is_web(v->story.url))
		return;
	enum full_text p = policy(a, v->story.row.source);
	if (p == FULL_TEXT_NEVER ||
	    (p == FULL_TEXT_AUTO && v->id.v > 0 && !page_is_teaser(v->feed_doc, v->story.dek)))
		return;
	fetch_shown(a);
}

void page_again(struct app *a)
{
	struct view *v = &a->view;
	if (v->id.v && v->page_load != PAGE_LOADING && url_is_web(v->story.url))
		fetch_shown(a);
}

char *view_status(const struct app *a)
{
	const struct view *v = &a->view;
	struct str host = url_site(v->story.url);
	if (v->page_load == PAGE_LOADING)
		return mem_strdup(_("Loading the page…"));
	if (v->page_load == PAGE_FAILED)
		return mem_printf(_("The page did not come: %s from %.*s. o opens it · r tries again"),
		    v->problem ? v->problem : "", STR_ARG(host));
	if (v->page_load == PAGE_DONE && v->page && v->page->state == PAGE_CUT)
		return mem_strdup(_("The page holds no more than this."));
	return NULL;
}

/* ---- Ahead of time ---- */

struct ahead_errand {
	struct errand e;
	struct story_id ids[16];
	size_t n;
	struct source_id source[16];
	struct str url[16];
	size_t wanted;
};

static void ahead_work(struct errand *e, struct db *db)
{
	struct ahead_errand *x = (struct ahead_errand *)e;
	for (size_t i = 0; i < x->wanted; i++) {
		struct story s;
		if (!story_load(db, x->ids[i], e->arena, &s, NULL) || s.page_doc.len || !url_is_web(s.url))
			continue;
		struct doc *d = s.feed_doc.len ? doc_decode(s.feed_doc, NULL) : NULL;
		if (page_is_teaser(d, s.dek)) {
			x->ids[x->n] = x->ids[i];
			x->source[x->n] = s.row.source;
			x->url[x->n++] = s.url;
		}
		doc_free(d);
	}
}

static void ahead_done(struct app *a, struct errand *e)
{
	struct ahead_errand *x = (struct ahead_errand *)e;
	for (size_t i = 0; i < x->n; i++)
		if (policy(a, x->source[i]) != FULL_TEXT_NEVER && x->ids[i].v != a->view.id.v)
			fetch(a, x->ids[i], x->source[i], x->url[i], true);
}

void page_prefetch(struct app *a)
{
	const struct headlines *h = &app_tab_const(a)->list;
	int64_t n = conf_int(a->conf, SET_READING_PREFETCH);
	if (n <= 0 || !h->snap)
		return;
	struct ahead_errand *x = errand_new(a, sizeof *x, ahead_work, ahead_done);
	size_t max = (size_t)n < ARRAY_LEN(x->ids) ? (size_t)n : ARRAY_LEN(x->ids);
	for (size_t i = h->index + 1; i < h->snap->n_rows && x->wanted < max; i++)
		if (!(h->snap->rows[i].flags & STORY_READ))
			x->ids[x->wanted++] = h->snap->rows[i].id;
	errand_read(&x->e, SLOT_PREFETCH);
}
