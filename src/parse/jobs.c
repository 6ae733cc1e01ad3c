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
#include "syntax/escape.h"
#include "syntax/sanitize.h"
#include "text/safe.h"

typedef bool job_fn(const struct job *job, struct str body, struct buf *record, struct err *err);

/* Text without a tag is one paragraph: no tree is built for it. */
static struct doc *doc_of_words(struct str html)
{
	SCOPED(buf) struct buf words = BUF_MAX(html.len * 2 + 64);
	SCOPED(buf) struct buf line = BUF_MAX(html.len * 2 + 64);
	struct doc_builder *b = doc_build();

	(void)html_unescape(&words, html);
	(void)safe_add(&line, buf_str(&words), SAFE_LINE);
	doc_text(b, buf_str(&line), 0, STR_NONE);
	return doc_finish(b);
}

static struct doc *doc_of_item(struct arena *scratch, const struct item *it, struct str base)
{
	if (it->content_html.len && str_chr(it->content_html, '<') < 0)
		return doc_of_words(it->content_html);
	if (it->content_html.len)
		return to_doc_fragment(
		    sanitize_tree(scratch, it->content_html)->root, it->url.len ? it->url : base);
	return it->content_text.len ? doc_of_text(it->content_text) : NULL;
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

static void finish_items(struct arena *a, const struct job *job, struct feed *feed)
{
	SCOPED_PTR(arena) struct arena *scratch = arena_new();
	SCOPED(buf) struct buf b = BUF_INIT;

	for (size_t i = 0; i < feed->n_items; i++) {
		struct item *it = &feed->items[i];
		struct doc *d = job->want_doc ? with_links(doc_of_item(scratch, it, job->url), it) : NULL;
		if (d) {
			buf_reset(&b);
			doc_encode(&b, d);
			it->doc = arena_str(a, buf_str(&b));
			doc_free(d);
			arena_reset(scratch);
		}
		if (!job->want_html && it->doc.len)
			it->content_html = it->content_text = STR_NONE;
	}
}

typedef bool feed_fn(struct arena *a, const struct feed_input *in, struct feed *out, struct err *err);

static bool run_feed(feed_fn *fn, const struct job *job, struct str body, struct buf *record, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct feed_input in = {body, job->url, job->content_type, NULL, job->max_items};
	struct mapping map;
	struct feed feed;

	if (job->mapping.len) {
		if (!mapping_decode(a, job->mapping, &map, err))
			return false;
		in.mapping = &map;
	}
	if (!fn(a, &in, &feed, err))
		return false;
	finish_items(a, job, &feed);
	feed_encode(record, &feed);
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
