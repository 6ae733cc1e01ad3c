/* SPDX-License-Identifier: MIT */
/* Which feeds a web page names: its link elements, and where there are none, links that look like feeds. */
#include <string.h>

#include "base/i18n.h"
#include "feed/entry.h"
#include "feed/feed_parse.h"
#include "syntax/html.h"
#include "text/charset.h"
#include "text/safe.h"
#include "text/url.h"

#define MAX_FOUND 64

static const char *const feed_types[] = {"application/rss+xml", "application/atom+xml",
    "application/feed+json", "application/rdf+xml", "application/json", "application/xml", "text/xml"};
/* Parts of addresses that feeds usually have. */
static const char *const feed_words[] = {
    "/feed", "/rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json", ".rss", ".atom", ".rdf"};

struct search {
	struct arena *a;
	struct feed *out;
	struct str base;
	struct {
		VEC(struct item);
	} found;
};

static bool is_feed_type(struct str type)
{
	ptrdiff_t end = str_chr(type, ';');

	type = str_trim(end < 0 ? type : str_sub(type, 0, (size_t)end));
	for (size_t i = 0; i < ARRAY_LEN(feed_types); i++)
		if (str_eq_nocase(type, str_c(feed_types[i])))
			return true;
	return false;
}

static void add(struct search *s, struct str href, struct str title, struct str type)
{
	struct item it = {.published = TIME_NONE, .modified = TIME_NONE};

	it.url = url_resolve(s->a, s->base, href);
	if (!it.url.p || !url_is_web(it.url) || s->found.n >= MAX_FOUND)
		return;
	VEC_EACH (struct item, have, &s->found) {
		if (str_eq(have->url, it.url))
			return;
	}
	it.title = safe_copy(s->a, title, SAFE_LINE);
	it.summary = safe_copy(s->a, type, SAFE_LINE);
	vec_push(&s->found, it);
}

/* WordPress names the feed of all comments beside the feed itself. */
static bool is_comments(const struct node *n)
{
	return str_find_nocase(node_attr(n, ATTR_HREF), "comment") >= 0 ||
	       str_find_nocase(node_attr(n, ATTR_TITLE), "comment") >= 0;
}

static void take_links(struct search *s, const struct html *page, bool comments)
{
	for (const struct node *n = node_find(page->root, NULL, TAG_LINK); n;
	     n = node_find(page->root, n, TAG_LINK)) {
		struct str type = node_attr(n, ATTR_TYPE);
		bool feed = node_attr_has(n, ATTR_REL, "feed");
		if (is_comments(n) != comments || (!feed && !node_attr_has(n, ATTR_REL, "alternate")))
			continue;
		/* An API's address in JSON is named as an alternate too, with the plain type. */
		if (feed ||
		    (is_feed_type(type) && !(str_eqc(type, "application/json") &&
		                               str_find(node_attr(n, ATTR_HREF), STR("wp-json")) >= 0)))
			add(s, node_attr(n, ATTR_HREF), node_attr(n, ATTR_TITLE), type);
	}
}

/* What people write on a link to their feed. */
static bool is_feed_label(struct str label)
{
	static const char *const labels[] = {"rss", "atom", "feed", "rss feed", "rss-feed", "atom feed",
	    "rss 2.0", "json feed", "xml", "subscribe via rss"};

	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (str_eq_nocase(label, str_c(labels[i])))
			return true;
	return false;
}

static bool is_feed_path(struct str path)
{
	for (size_t i = 0; i < ARRAY_LEN(feed_words); i++)
		if (str_ends_nocase(path, feed_words[i]))
			return true;
	return false;
}

static void take_anchors(struct search *s, const struct html *page)
{
	for (const struct node *n = node_find(page->root, NULL, TAG_A); n;
	     n = node_find(page->root, n, TAG_A)) {
		struct str href = node_attr(n, ATTR_HREF);
		ptrdiff_t query = str_chr(href, '?');
		struct str path = query < 0 ? href : str_sub(href, 0, (size_t)query);
		while (path.len && path.p[path.len - 1] == '/')
			path.len--;
		struct str label = node_line_str(s->a, n, 200);
		if (is_feed_path(path) || is_feed_label(label))
			add(s, href, label, STR_NONE);
	}
}

bool feed_discover(struct arena *a, const struct feed_input *in, struct feed *out, struct err *err)
{
	SCOPED(buf) struct buf utf8 = BUF_MAX(in->bytes.len * 4 + 64);
	SCOPED_PTR(arena) struct arena *tree = arena_new();
	struct search s = {.a = a, .out = out, .base = in->url};
	const struct html *page;
	const struct node *base, *title;

	*out = (struct feed){.published = TIME_NONE, .modified = TIME_NONE, .ttl_minutes = -1};
	if (!charset_to_utf8(&utf8, in->bytes, in->content_type, CHARSET_HTML, NULL, NULL))
		return err_set(err, ERR_LIMIT, _("the page is too large"));
	page = html_parse(tree, buf_str(&utf8));
	base = node_find(page->root, NULL, TAG_BASE);
	if (base && node_attr(base, ATTR_HREF).len) {
		struct str full = url_resolve(a, in->url, node_attr(base, ATTR_HREF));
		s.base = full.p ? full : s.base;
	}
	title = node_find(page->root, NULL, TAG_TITLE);
	out->title = title ? node_line_str(a, title, 500) : STR_NONE;
	out->home_page_url = url_is_web(in->url) ? arena_str(a, in->url) : STR_NONE;
	take_links(&s, page, false);
	take_links(&s, page, true);
	if (s.found.n == 0)
		take_anchors(&s, page);
	out->n_items = s.found.n;
	out->items = s.found.n ? arena_grow(a, s.found.v, s.found.n, s.found.n, sizeof *s.found.v) : NULL;
	vec_free(&s.found);
	return out->n_items > 0 || err_set(err, ERR_NOT_FOUND, _("the page names no feed"));
}
