/* SPDX-License-Identifier: MIT */
/* OPML subscription lists: an item for each outline with an address, the folders around it as tags. */
#include <string.h>

#include "base/i18n.h"
#include "feed/xmlfeed.h"
#include "syntax/sanitize.h"
#include "text/date.h"
#include "text/safe.h"
#include "text/url.h"

#define MAX_FOLDERS 16
#define MAX_URL     8192

struct reader {
	struct feed_work *f;
	struct buf text;
	bool in_head, in_title, in_date;
	unsigned depth;
	struct str folders[XML_MAX_DEPTH]; /* by depth of the outline; absent: no folder */
	size_t max_items, left_out;
	struct {
		VEC(struct item);
	} items;
};

static struct str attr(const struct xml_element *el, const char *name)
{
	for (size_t i = 0; i < el->n_attrs; i++)
		if (str_eq_nocase(el->attrs[i].name, str_c(name)))
			return str_trim(el->attrs[i].value);
	return STR_NONE;
}

static struct str line(struct reader *r, struct str text)
{
	SCOPED(buf) struct buf b = BUF_MAX(text.len * 4 + 64);

	if (!text.p)
		return STR_NONE;
	(void)sanitize_line(&b, str_sub(text, 0, 4096), true);
	return b.len ? arena_str(r->f->a, buf_str(&b)) : STR_NONE;
}

static struct str web_url(struct reader *r, struct str ref)
{
	struct str url = ref.len && ref.len <= MAX_URL ? url_resolve(r->f->a, r->f->url, ref) : STR_NONE;

	return url.p && url_is_web(url) ? url : STR_NONE;
}

static void add_folders(struct reader *r, struct item *it)
{
	struct str tags[MAX_FOLDERS];
	size_t n = 0;

	for (unsigned d = 0; d < r->depth && n < MAX_FOLDERS; d++)
		if (r->folders[d].len)
			tags[n++] = r->folders[d];
	it->n_tags = n;
	it->tags = n ? arena_grow(r->f->a, tags, n, n, sizeof *tags) : NULL;
}

static void add_outline(struct reader *r, const struct xml_element *el, struct str title)
{
	struct str ref = attr(el, "xmlUrl");
	struct str url = web_url(r, ref);
	struct item *it;

	if (!url.p) {
		r->left_out++;
		feed_warn(r->f, 0, "left out, no http or https address: %.*s",
		    STR_ARG(str_sub(title.len ? title : ref, 0, 80)));
		return;
	}
	it = vec_add(&r->items);
	it->published = it->modified = TIME_NONE;
	it->url = url;
	it->title = title;
	it->external_url = web_url(r, attr(el, "htmlUrl"));
	it->summary = line(r, attr(el, "description"));
	it->language = line(r, attr(el, "language"));
	add_folders(r, it);
}

static bool on_start(void *arg, const struct xml_element *el)
{
	struct reader *r = arg;

	r->depth = el->depth;
	buf_reset(&r->text);
	r->folders[el->depth] = STR_NONE;
	if (el->depth == 0)
		r->f->feed->version = line(r, attr(el, "version"));
	r->in_title = str_eq_nocase(el->name, STR("title"));
	r->in_date =
	    str_eq_nocase(el->name, STR("dateModified")) || str_eq_nocase(el->name, STR("dateCreated"));
	if (str_eq_nocase(el->name, STR("outline"))) {
		struct str text = attr(el, "text"), title = attr(el, "title");
		struct str name = line(r, text.len ? text : title);
		if (attr(el, "xmlUrl").p)
			add_outline(r, el, name);
		else
			r->folders[el->depth] = name;
	}
	if (r->items.n >= r->max_items)
		feed_warn(r->f, WARN_ITEMS, "only the first %zu subscriptions were taken", r->max_items);
	return r->items.n < r->max_items;
}

static bool on_end(void *arg)
{
	struct reader *r = arg;

	if (r->in_title && !r->f->feed->title.len)
		r->f->feed->title = line(r, str_trim(buf_str(&r->text)));
	if (r->in_date && r->text.len)
		r->f->feed->modified = date_parse(str_trim(buf_str(&r->text)));
	r->in_title = r->in_date = false;
	if (r->depth > 0)
		r->depth--;
	return true;
}

static bool on_text(void *arg, struct str text)
{
	struct reader *r = arg;

	if (r->in_title || r->in_date)
		(void)buf_addstr(&r->text, text);
	return true;
}

bool opml_read(struct feed_work *f, struct str utf8, size_t max_items, struct err *err)
{
	static const struct xml_events events = {on_start, on_end, on_text};
	struct reader r = {.f = f, .max_items = max_items, .text = BUF_MAX(65536)};
	unsigned mended = 0;
	bool ok;

	f->feed->format = FEED_OPML;
	ok = xml_parse(f->a, utf8, &events, &r, &mended, err);
	feed_warn_mended(f, mended);
	if (r.left_out > 1)
		feed_warn(f, 0, "%zu outlines were left out", r.left_out);
	f->feed->n_items = r.items.n;
	f->feed->items =
	    r.items.n ? arena_grow(f->a, r.items.v, r.items.n, r.items.n, sizeof *r.items.v) : NULL;
	vec_free(&r.items);
	buf_release(&r.text);
	return ok;
}
