/* SPDX-License-Identifier: MIT */
/* Pages that nobody waits for: of the next unread stories, and of stories that their source has changed. */
#include "app/page.h"

#include "app/errand.h"
#include "app/page_job.h"
#include "app/show.h"
#include "conf/conf.h"
#include "doc/codec.h"
#include "store/story_db.h"
#include "text/url.h"

#define AT_ONCE 16

struct ahead_errand {
	struct errand e;
	struct story_id ids[AT_ONCE]; /* asked about */
	size_t n_ids;
	bool stored; /* asked for: those whose page is stored; else those without one */
	struct page_wish wishes[AT_ONCE];
	bool teaser[AT_ONCE]; /* the feed has a beginning only */
	size_t n_wishes;
};

static bool has_teaser(const struct story *s)
{
	struct doc *d = s->feed_doc.len ? doc_decode(s->feed_doc, NULL) : NULL;
	bool teaser = page_is_teaser(d, s->url);
	doc_free(d);
	return teaser;
}

static void ahead_work(struct errand *e, struct db *db)
{
	struct ahead_errand *x = (struct ahead_errand *)e;
	for (size_t i = 0; i < x->n_ids; i++) {
		struct story s;
		if (!story_load(db, x->ids[i], e->arena, &s, NULL) || !url_is_web(s.url) ||
		    x->stored != (s.page_doc.len > 0))
			continue;
		x->teaser[x->n_wishes] = has_teaser(&s);
		x->wishes[x->n_wishes++] = (struct page_wish){
		    .id = x->ids[i], .source = s.row.source, .url = s.url, .background = true};
	}
}

static bool is_wanted(const struct app *a, const struct ahead_errand *x, size_t i)
{
	const struct source_ref *s = app_source(a, x->wishes[i].source);
	int64_t ago_ms;
	if (!s || !s->conf || s->conf->full_text == FULL_TEXT_NEVER ||
	    page_job_failure(a, x->wishes[i].id, &ago_ms))
		return false;
	return x->stored || x->teaser[i] || s->conf->full_text == FULL_TEXT_ALWAYS;
}

static void ahead_done(struct app *a, struct errand *e)
{
	struct ahead_errand *x = (struct ahead_errand *)e;
	for (size_t i = 0; i < x->n_wishes; i++)
		if (is_wanted(a, x, i))
			page_job_start(a, &x->wishes[i]);
}

void page_prefetch(struct app *a)
{
	const struct headlines *h = &app_tab_const(a)->list;
	int64_t n = conf_int(a->conf, SET_READING_PREFETCH);
	if (n <= 0 || !h->snap || a->refresh.offline)
		return;
	struct ahead_errand *x = errand_new(a, sizeof *x, ahead_work, ahead_done);
	size_t max = n < AT_ONCE ? (size_t)n : AT_ONCE;
	for (size_t i = h->index + 1; i < h->snap->n_rows && x->n_ids < max; i++) {
		const struct story_row *row = &h->snap->rows[i];
		if (!(row->flags & STORY_READ) && row->id.v != a->view.id.v)
			x->ids[x->n_ids++] = row->id;
	}
	errand_read(&x->e, SLOT_PREFETCH);
}

void page_changed(struct app *a, const struct story_id *ids, size_t n)
{
	if (!n || !a->with_screen)
		return;
	struct ahead_errand *x = errand_new(a, sizeof *x, ahead_work, ahead_done);
	x->stored = true;
	for (size_t i = 0; i < n; i++) {
		if (ids[i].v == a->view.id.v)
			show_story(a, ids[i], SHOW_AGAIN);
		if (x->n_ids < AT_ONCE)
			x->ids[x->n_ids++] = ids[i];
	}
	errand_read(&x->e, SLOT_NONE);
}
