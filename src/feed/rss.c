/* SPDX-License-Identifier: MIT */
/* The elements of RSS, 0.90 to 2.0 and RDF. Those whose name Atom has too look at attributes to tell which it
 * is. */
#include "feed/entry.h"

#include <string.h>

#include "text/url.h"

static struct str text_of(struct entry *e, const struct xnode *n)
{
	return xnode_text(e->f->a, n);
}

/* The text of a field that should hold no markup and does. */
static struct str flat_text(struct entry *e, const struct xnode *n)
{
	SCOPED(buf) struct buf b = BUF_INIT;

	if (!n->has_elements)
		return text_of(e, n);
	(void)xnode_all_text(&b, n);
	return arena_str(e->f->a, str_trim(buf_str(&b)));
}

static bool has_rel(struct str rel, const char *word)
{
	struct str part;

	while (str_split(&rel, ' ', &part))
		if (str_eq_nocase(part, str_c(word)) ||
		    (str_ends_nocase(part, word) && str_starts_nocase(part, "http") &&
		        part.p[part.len - strlen(word) - 1] == '/'))
			return true;
	return false;
}

void f_title(struct entry *e, const struct xnode *n, int rank)
{
	offer_text(e, &e->title, n, text_type_of(e, n, TEXT_GUESS), rank);
}

/* Atom's link, and links of RSS that state a rel. */
static void head_link(struct entry *e, struct str rel, struct str url)
{
	if (has_rel(rel, "self"))
		e->feed_url = e->feed_url.len ? e->feed_url : url;
	else if (has_rel(rel, "hub"))
		e->hub = e->hub.len ? e->hub : url;
	else if (has_rel(rel, "next"))
		e->next_url = e->next_url.len ? e->next_url : url;
	else if (has_rel(rel, "icon"))
		offer(&e->favicon, url, 2);
	else if (has_rel(rel, "image"))
		offer(&e->image, url, 3);
}

static void enclosed(struct entry *e, const struct xnode *n, struct str url)
{
	enum ns ns = n->ns == NS_ENC ? NS_ENC : NS_NONE;
	struct str type = xnode_attr_ns(n, ns, "type");
	struct attachment *f = add_file(e, n, url, type);
	int64_t size = file_size(xnode_attr_ns(n, ns, "length"));

	if (f && f->size_in_bytes < 0)
		f->size_in_bytes = size;
	if (f && str_starts_nocase(type, "image/"))
		offer(&e->image, f->url, 4);
}

/* A page of comments, or their feed; thr:count is how many stand there. */
static void replies(struct entry *e, const struct xnode *n, struct str url, bool html)
{
	uint64_t count;

	offer(html ? &e->comments : &e->comments_feed, url, 2);
	if (str_u64(str_trim(xnode_attr_ns(n, NS_THR, "count")), &count) && count < INT32_MAX &&
	    (int64_t)count > e->n_comments)
		e->n_comments = (int64_t)count;
}

static void rel_link(struct entry *e, const struct xnode *n, struct str href)
{
	struct str rel = xnode_attr(n, "rel"), type = xnode_attr(n, "type");
	struct str url = entry_url(e, n, href);
	bool html =
	    !type.len || str_starts_nocase(type, "text/html") || str_starts_nocase(type, "application/xhtml");

	if (!rel.len || has_rel(rel, "alternate")) {
		offer(&e->link, url, n->ns == NS_ATOM || e->f->atom_defaults ? (html ? 2 : 3) : 4);
		return;
	}
	if (e->is_head) {
		head_link(e, rel, url);
		return;
	}
	if (has_rel(rel, "enclosure"))
		enclosed(e, n, href);
	else if (has_rel(rel, "replies"))
		replies(e, n, url, html);
	else if (has_rel(rel, "image") || str_starts_nocase(type, "image/"))
		offer(&e->image, url, 4);
}

void f_link(struct entry *e, const struct xnode *n, int rank)
{
	struct str href = xnode_attr(n, "href");

	if (!href.p)
		href = xnode_attr_ns(n, NS_RDF, "resource");
	if (!href.p && xnode_attr(n, "rel").p)
		href = text_of(e, n);
	if (href.p)
		rel_link(e, n, href);
	else
		offer(&e->link, entry_url(e, n, text_of(e, n)), rank);
}

void f_guid(struct entry *e, const struct xnode *n, int rank)
{
	struct str text = text_of(e, n), permalink = xnode_attr(n, "ispermalink");

	offer(&e->id, text, rank);
	if (str_eq_nocase(permalink, STR("false")) ||
	    !(str_starts_nocase(text, "http:") || str_starts_nocase(text, "https:")))
		return;
	e->id_is_url = true;
	offer(&e->link, entry_url(e, n, text), 8);
}

void f_description(struct entry *e, const struct xnode *n, int rank)
{
	offer_text(e, &e->summary, n, text_type_of(e, n, TEXT_HTML), rank);
}

void f_full_text(struct entry *e, const struct xnode *n, int rank)
{
	offer_text(e, &e->body, n, TEXT_HTML, rank);
}

void f_date(struct entry *e, const struct xnode *n, int rank)
{
	set_date(e, text_of(e, n), false, rank);
}

void f_modified(struct entry *e, const struct xnode *n, int rank)
{
	set_date(e, text_of(e, n), true, rank);
}

/* "Name <a@b>", or Atom's name, uri and email, or those of itunes:owner. */
void f_author(struct entry *e, const struct xnode *n, int rank)
{
	const struct xnode *name = xnode_child(n, "name"), *email = xnode_child(n, "email");
	const struct xnode *uri = xnode_child(n, "uri");

	uri = uri ? uri : xnode_child(n, "url");
	uri = uri ? uri : xnode_child(n, "homepage");
	if (!name && !email && !uri) {
		add_person_string(e, flat_text(e, n), rank);
		return;
	}
	name = name && name->first ? name : email;
	add_person(
	    e, name ? text_of(e, name) : STR_NONE, uri ? entry_url(e, uri, text_of(e, uri)) : STR_NONE, rank);
}

/* Atom's term is the tag, unless it is an address that has a label. */
void f_category(struct entry *e, const struct xnode *n, int rank)
{
	struct str label = xnode_attr(n, "label"), term = xnode_attr(n, "term");

	(void)rank;
	term = term.len ? term : xnode_attr(n, "text"); /* of podcasts */
	if (label.len && (!term.len || str_find(term, STR("://")) >= 0))
		term = label;
	add_tag(e, term.len ? term : flat_text(e, n));
}

void f_enclosure(struct entry *e, const struct xnode *n, int rank)
{
	struct str url = xnode_attr(n, "url");

	(void)rank;
	if (!url.len)
		url = xnode_attr(n, "href");
	if (!url.len)
		url = xnode_attr_ns(n, NS_RDF, "resource");
	enclosed(e, n, url.len ? url : text_of(e, n));
}

void f_comments(struct entry *e, const struct xnode *n, int rank)
{
	offer(&e->comments, entry_url(e, n, text_of(e, n)), rank);
}

/* <image><url>, <image>address</image>, <image href>. */
void f_image(struct entry *e, const struct xnode *n, int rank)
{
	const struct xnode *url = xnode_child(n, "url");
	struct str ref = xnode_attr(n, "href");

	if (url)
		ref = text_of(e, url);
	else if (!ref.len)
		ref = xnode_attr(n, "url");
	if (!ref.len)
		ref = xnode_attr_ns(n, NS_RDF, "resource");
	offer(&e->image, entry_url(e, n, ref.len ? ref : text_of(e, n)), rank);
}

void f_language(struct entry *e, const struct xnode *n, int rank)
{
	offer(&e->lang, text_of(e, n), rank);
}

void f_copyright(struct entry *e, const struct xnode *n, int rank)
{
	(void)rank;
	if (!e->copyright.len)
		e->copyright = text_of(e, n);
}

void f_ttl(struct entry *e, const struct xnode *n, int rank)
{
	int64_t minutes = file_size(text_of(e, n));

	(void)rank;
	if (minutes > 0 && minutes <= 525600)
		e->ttl_minutes = (int)minutes;
}

void f_skip_hours(struct entry *e, const struct xnode *n, int rank)
{
	(void)rank;
	for (const struct xnode *c = n->first; c; c = c->next) {
		int64_t hour = c->name.p ? file_size(text_of(e, c)) : -1;
		if (hour >= 0 && hour <= 24)
			e->skip_hours |= 1u << (hour % 24);
	}
}

void f_skip_days(struct entry *e, const struct xnode *n, int rank)
{
	static const char *const days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

	(void)rank;
	for (const struct xnode *c = n->first; c; c = c->next)
		for (size_t d = 0; c->name.p && d < ARRAY_LEN(days); d++)
			if (str_starts_nocase(text_of(e, c), days[d]))
				e->skip_days |= (uint8_t)(1u << d);
}
