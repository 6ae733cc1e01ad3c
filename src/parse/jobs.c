/* SPDX-License-Identifier: MIT */
/* Kind of job → the function that does it, and its record. */
#include "parse/parse_inline.h"

#include <string.h>

#include "article/article_extract.h"
#include "article/to_doc.h"
#include "base/i18n.h"
#include "doc/article.h"
#include "doc/append.h"
#include "doc/codec.h"
#include "feed/feed_parse.h"
#include "syntax/sanitize.h"
#include "text/safe.h"

typedef bool job_fn(const struct job *job, struct str body, struct buf *record, struct err *err);

/* What makes the documents of items. */
struct bodies {
	struct arena *a; /* of the feed */
	struct str base;
	struct buf record;
};

/* Text without a tag is one paragraph. */
static struct doc *doc_of_words(struct str words)
{
	SCOPED(buf) struct buf line = BUF_MAX(words.len * 2 + 64);
	struct doc_builder *b = doc_build();

	(void)safe_add(&line, words, SAFE_LINE);
	doc_text(b, buf_str(&line), 0, STR_NONE);
	return doc_finish(b);
}

static struct doc *doc_of_tree(const struct bodies *b, const struct item *it, const struct node *body)
{
	if (body->first->tag == TAG_TEXT && !body->first->next)
		return doc_of_words(body->first->text);
	return to_doc_fragment(body, it->url.len ? it->url : b->base);
}

static struct doc *doc_of_html(const struct bodies *b, const struct item *it)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	const struct node *body = sanitize_tree(a, it->content_html, STR_NONE)->root;

	return body->first ? doc_of_tree(b, it, body) : NULL;
}

/* What belongs to an episode and is read elsewhere stands as links below its text. Takes d. */
static struct doc *with_links(struct doc *d, const struct item *it)
{
	const struct {
		const char *word;
		struct str url;
	} links[] = {{_("Transcript"), it->transcript_url}, {_("Chapters"), it->chapters_url}};
	struct doc_builder *b;

	if (!it->transcript_url.len && !it->chapters_url.len)
		return d;
	b = doc_build();
	if (d)
		doc_append(b, d);
	doc_free(d);
	doc_block(b, &(struct block){.kind = BLOCK_PARA});
	for (size_t i = 0, n = 0; i < ARRAY_LEN(links); i++) {
		if (!links[i].url.len)
			continue;
		if (n++)
			doc_text(b, STR(" · "), 0, STR_NONE);
		doc_text(b, str_c(links[i].word), 0, links[i].url);
	}
	return doc_finish(b);
}

/* Takes d, which may be NULL. */
static void give_doc(struct bodies *b, struct item *it, struct doc *d)
{
	d = with_links(d, it);
	if (!d)
		return;
	buf_reset(&b->record);
	doc_encode(&b->record, d);
	it->doc = arena_str(b->a, buf_str(&b->record));
	doc_free(d);
}

/* Bodies that only the document is wanted of never become HTML. */
static void take_body(void *arg, struct item *it, const struct node *body)
{
	give_doc(arg, it, doc_of_tree(arg, it, body));
}

static void finish_items(struct bodies *b, const struct job *job, struct feed *feed)
{
	for (size_t i = 0; i < feed->n_items; i++) {
		struct item *it = &feed->items[i];
		if (job->want_doc && !it->doc.len)
			give_doc(b, it,
			    it->content_html.len   ? doc_of_html(b, it)
			    : it->content_text.len ? doc_of_text(it->content_text)
			                           : NULL);
		if (!job->want_html && it->doc.len)
			it->content_html = it->content_text = STR_NONE;
	}
}

typedef bool feed_fn(struct arena *a, const struct feed_input *in, struct feed *out, struct err *err);

static bool run_feed(feed_fn *fn, const struct job *job, struct str body, struct buf *record, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct bodies bodies = {.a = a, .base = job->url, .record = BUF_INIT};
	struct feed_input in = {.bytes = body,
	    .url = job->url,
	    .content_type = job->content_type,
	    .max_items = job->max_items,
	    .take_body = job->want_doc && !job->want_html ? take_body : NULL,
	    .body_arg = &bodies};
	struct mapping map;
	struct feed feed;
	bool ok = false;

	if (job->mapping.len) {
		if (!mapping_decode(a, job->mapping, &map, err))
			return false;
		in.mapping = &map;
	}
	if (fn(a, &in, &feed, err)) {
		finish_items(&bodies, job, &feed);
		feed_encode(record, &feed);
		ok = true;
	}
	buf_release(&bodies.record);
	if (!ok)
		return false;
	return !record->failed || err_set(err, ERR_LIMIT, _("the feed is too large"));
}

static bool job_feed(const struct job *job, struct str body, struct buf *record, struct err *err)
{
	return run_feed(feed_parse, job, body, record, err);
}

static bool job_opml(const struct job *job, struct str body, struct buf *record, struct err *err)
{
	return run_feed(feed_parse_opml, job, body, record, err);
}

static bool job_discover(const struct job *job, struct str body, struct buf *record, struct err *err)
{
	return run_feed(feed_discover, job, body, record, err);
}

static bool job_page(const struct job *job, struct str body, struct buf *record, struct err *err)
{
	SCOPED_PTR(article)
	struct article *article = article_extract_bytes(body, job->content_type, job->url, err);

	if (!article)
		return false;
	if (!job->want_html)
		article->html = STR_NONE;
	article_encode(record, article);
	return !record->failed || err_set(err, ERR_LIMIT, _("the article is too large"));
}

bool parse_job_run(const struct job *job, struct str body, struct buf *record, struct err *err)
{
	static job_fn *const kinds[] = {[JOB_FEED] = job_feed,
	    [JOB_PAGE] = job_page,
	    [JOB_OPML] = job_opml,
	    [JOB_DISCOVER] = job_discover};

	if ((size_t)job->kind >= ARRAY_LEN(kinds))
		return err_set(err, ERR_INTERNAL, _("a job of an unknown kind"));
	return kinds[job->kind](job, body, record, err);
}
