/* SPDX-License-Identifier: MIT */
/* The page of the story shown: when it is wanted, what is told of it, how it takes its place. */
#include "app/page.h"

#include "app/changes.h"
#include "app/page_job.h"
#include "app/related_pane.h"
#include "app/show.h"
#include "app/view.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "text/url.h"

#define TEASER_WORDS 120 /* a feed's text with fewer words than this is a beginning */
#define FULL_WORDS   400 /* with more it is the whole, whatever it ends with */
#define RETRY_MS     ((int64_t)10 * 60 * 1000)

static bool is_shown(const struct app *a, const struct page_news *news)
{
	const struct view *v = &a->view;
	return v->id.v == news->id.v && (v->id.v > 0 || str_eq(v->story.url, news->url));
}

static void set_problem(struct view *v, const char *why)
{
	char *copy = mem_strdup(why);
	mem_free(v->problem);
	v->problem = copy;
}

/* The page in the view's hands: a beginning of what is to be stored, or one that belongs to no story. */
static void adopt(struct app *a, struct article *page)
{
	struct view *v = &a->view;
	changes_end(a);
	struct doc *old = v->page ? take(&v->page->doc) : NULL;
	const struct doc *shown = v->show_page && old ? old : v->feed_doc;
	article_free(v->page);
	v->page = page;
	v->show_page = page_is_better(page, v->feed_doc);
	if (v->id.v < 0) {
		if (page->title.len)
			v->story.row.title = arena_str(v->arena, page->title);
		v->story.row.published = page->published;
	}
	view_text_changed(a, shown);
	doc_free(old);
}

void page_told(struct app *a, struct page_news *news)
{
	struct view *v = &a->view;
	if (!is_shown(a, news))
		return;
	a->dirty |= DIRTY_SCREEN;
	switch (news->event) {
	case PAGE_BEGINS:
		if (news->page)
			adopt(a, take(&news->page));
		return;
	case PAGE_CAME:
		v->page_load = PAGE_DONE;
		if (!news->page) {
			show_story(a, news->id, SHOW_AGAIN);
			return;
		}
		adopt(a, take(&news->page));
		related_pane_load(a);
		return;
	case PAGE_TROUBLE:
	case PAGE_LOST:
		/* What was fetched ahead of time may fail without a word. */
		if (v->page_load != PAGE_LOADING)
			return;
		v->page_load = PAGE_FAILED;
		set_problem(v, news->problem);
	}
}

static void fetch_shown(struct app *a)
{
	struct view *v = &a->view;
	struct page_wish wish = {
	    .id = v->id, .source = v->story.row.source, .url = v->story.url, .named_by = v->named_by};
	v->page_load = PAGE_LOADING;
	set_problem(v, NULL);
	v->end_told = false;
	a->dirty |= DIRTY_SCREEN;
	page_job_start(a, &wish);
}

/* ---- When ---- */

static bool ends_open(struct str text)
{
	static const char *const ends[] = {"…", "...", "[…]", "[...]", "(…)", "(...)", "…]", "»", "→"};
	text = str_trim(text);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_ends(text, ends[i]))
			return true;
	return false;
}

/* The whole block is one link to the story: "Continue reading". */
static bool is_way_on(const struct doc *d, const struct block *b, struct str url)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	if (b->text.n_runs != 1 || b->text.runs[0].len != b->text.text.len || !b->text.runs[0].link)
		return false;
	struct str to = d->links[b->text.runs[0].link - 1].url;
	return str_eq(url_key(arena, to), url_key(arena, url));
}

bool page_is_teaser(const struct doc *d, struct str url)
{
	size_t words = d ? doc_words(d) : 0;
	if (words < TEASER_WORDS)
		return true;
	if (words >= FULL_WORDS)
		return false;
	/* "The post … appeared first on …" and its like stand behind the cut. */
	for (size_t i = d->n_blocks; i-- > 0 && i + 2 >= d->n_blocks;)
		if (ends_open(d->blocks[i].text.text) || is_way_on(d, &d->blocks[i], url))
			return true;
	return false;
}

bool page_is_better(const struct article *page, const struct doc *feed_doc)
{
	if (!page || !page->doc || page_state_words(page->state))
		return false;
	return !feed_doc || doc_words(page->doc) * 5 >= doc_words(feed_doc) * 4;
}

static enum full_text policy(const struct app *a, struct source_id id)
{
	const struct source_ref *s = app_source(a, id);
	return s && s->conf ? s->conf->full_text : FULL_TEXT_AUTO;
}

void page_want(struct app *a)
{
	struct view *v = &a->view;
	int64_t ago_ms = 0;
	if (!v->id.v || v->page_load != PAGE_IDLE || v->page || !url_is_web(v->story.url))
		return;
	enum full_text p = policy(a, v->story.row.source);
	if (p == FULL_TEXT_NEVER ||
	    (p == FULL_TEXT_AUTO && v->id.v > 0 && !page_is_teaser(v->feed_doc, v->story.url)))
		return;
	const char *why = page_job_failure(a, v->id, &ago_ms);
	if (!why || ago_ms > RETRY_MS) {
		fetch_shown(a);
		return;
	}
	v->page_load = PAGE_FAILED;
	set_problem(v, why);
	a->dirty |= DIRTY_SCREEN;
}

void page_again(struct app *a)
{
	struct view *v = &a->view;
	if (v->id.v && v->page_load != PAGE_LOADING && url_is_web(v->story.url))
		fetch_shown(a);
}

/* ---- What is told ---- */

/* The page is here, and it is no more than what the feed had. */
static bool holds_no_more(const struct view *v)
{
	if (v->page_load != PAGE_DONE || !v->page)
		return false;
	if (v->page->state == PAGE_CUT)
		return true;
	bool teaser = v->id.v < 0 || page_is_teaser(v->feed_doc, v->story.url);
	return teaser && (!v->page->doc || doc_words(v->page->doc) <= doc_words(v->feed_doc));
}

static bool rest_is_missing(const struct view *v)
{
	return v->page && v->page->next_page.len && v->show_page;
}

bool page_is_missing(const struct app *a)
{
	return a->view.page_load == PAGE_FAILED || rest_is_missing(&a->view);
}

char *view_status(const struct app *a)
{
	const struct view *v = &a->view;
	if (v->changes)
		return NULL;
	if (v->page_load == PAGE_LOADING)
		return mem_strdup(_("Loading the page…"));
	if (v->page_load == PAGE_FAILED)
		return mem_printf(
		    _("The page did not come: %s. o opens it · r tries again"), v->problem ? v->problem : "");
	if (rest_is_missing(v))
		return mem_strdup(_("The rest did not come. o opens it · r tries again"));
	if (holds_no_more(v))
		return mem_strdup(doc_words(v->page->doc) || v->feed_doc
		                      ? _("The page holds no more than this.")
		                      : _("No article was found on the page. o opens it"));
	return NULL;
}
