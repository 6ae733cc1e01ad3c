/* SPDX-License-Identifier: MIT */
/* From XML events to entries. What stands inside an item becomes a small tree, is turned into the record and
 * forgotten; what stands outside of items is the head's tree. An item waits until the address that its links
 * are relative to is known. */
#include "feed/xmlfeed.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "text/safe.h"
#include "text/url.h"

#define NAME_CACHE     256
#define MAX_HEAD_NODES 20000
#define MAX_ITEM_NODES 60000
#define MAX_WAITING    4096

/* What an element's name means; names and addresses are the parser's own and stay where they are. */
struct known_name {
	const char *name, *uri, *prefix;
	enum ns ns;
	struct str lower;
	const struct field *field;
};

struct reader {
	struct feed_work *f;
	struct arena *text_arena, *head_arena, *item_arena;
	struct xnode *root, *cur, *item;
	struct str piece; /* the text since the last tag, */
	struct buf text;  /* gathered here when it comes in several pieces */
	size_t skip, skip_around, head_nodes, item_nodes, max_items;
	bool atom, sitemap, base_known;
	bool skip_core; /* what is skipped is no extension's */
	enum xml_root kind;
	char *root_name;
	struct {
		VEC(struct xnode *);
	} waiting;
	struct {
		VEC(struct item);
	} items;
	struct str own_uri; /* an unknown namespace that the root stands in without a prefix */
	struct known_name names[NAME_CACHE];
};

static struct str lower_copy(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.len + 1);

	for (size_t i = 0; i < s.len; i++)
		p[i] = (char)ch_lower((unsigned char)s.p[i]);
	return str_n(p, s.len);
}

static const struct known_name *know(struct reader *r, struct str name, struct str uri, struct str prefix)
{
	uint64_t mixed = ((uint64_t)(uintptr_t)name.p * 31 + (uintptr_t)uri.p) * UINT64_C(0x9E3779B97F4A7C15);
	size_t h = (size_t)(mixed >> 32) % NAME_CACHE;
	struct known_name *k = &r->names[h];

	if (k->name == name.p && k->uri == uri.p && k->prefix == prefix.p)
		return k;
	k->name = name.p;
	k->uri = uri.p;
	k->prefix = prefix.p;
	k->ns = ns_of(uri, prefix);
	if (r->own_uri.len && str_eq(uri, r->own_uri))
		k->ns = NS_NONE;
	if (r->sitemap && !prefix.len && (k->ns == NS_NONE || k->ns == NS_OTHER))
		k->ns = NS_SITEMAP;
	k->lower = lower_copy(r->head_arena, name);
	k->field = field_find(k->ns, k->lower);
	return k;
}

static void add_child(struct xnode *parent, struct xnode *n)
{
	n->parent = parent;
	if (parent->last)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
}

/* Text outside of items and between the elements of an item is white space. */
static void flush_text(struct reader *r)
{
	struct arena *a = r->item ? r->item_arena : r->head_arena;
	struct xnode *n;

	if (r->piece.len && r->cur && r->cur != r->item && r->cur != r->root) {
		n = arena_new_of(a, struct xnode);
		n->text = r->text.len ? arena_str(a, buf_str(&r->text)) : r->piece;
		add_child(r->cur, n);
	}
	r->piece = STR_NONE;
	buf_truncate(&r->text, 0);
}

static void take_attrs(struct reader *r, struct arena *a, struct xnode *n, const struct xml_element *el)
{
	n->attrs = arena_array(a, el->n_attrs, sizeof *n->attrs);
	for (size_t i = 0; i < el->n_attrs; i++) {
		const struct xml_attr *in = &el->attrs[i];
		struct xattr *out = &n->attrs[n->n_attrs++];
		out->ns = in->prefix.len ? ns_of(in->uri, in->prefix) : NS_NONE;
		out->name = lower_copy(a, in->name);
		out->value = arena_str(a, in->value);
		if (out->ns == NS_XML && str_eqc(out->name, "base")) {
			struct str base = n->base.len ? n->base : r->f->url;
			struct str full = url_resolve(r->f->a, base, str_trim(out->value));
			n->base = full.p && url_is_web(full) ? full : n->base;
		}
		if (out->ns == NS_XML && str_eqc(out->name, "lang"))
			n->lang = out->value;
	}
}

static struct xnode *new_node(struct reader *r, struct arena *a, const struct xml_element *el)
{
	const struct known_name *k = know(r, el->name, el->uri, el->prefix);
	struct xnode *n = arena_new_of(a, struct xnode);

	n->ns = k->ns;
	n->name = k->lower;
	n->field = k->field;
	if (r->cur) {
		n->base = r->cur->base;
		n->lang = r->cur->lang;
	}
	if (el->n_attrs)
		take_attrs(r, a, n, el);
	return n;
}

static bool is_core(enum ns ns)
{
	return ns == NS_NONE || ns == NS_RSS || ns == NS_ATOM || ns == NS_OTHER;
}

/* The item's conversion, with its own attributes: rdf:about is an id, xml:lang its language. */
static void convert(struct reader *r, const struct xnode *n)
{
	struct entry e;
	struct str about = xnode_attr_ns(n, NS_RDF, "about");

	entry_init(&e, r->f, false);
	entry_take(&e, n);
	about = about.p ? about : xnode_attr(n, "about");
	offer(&e.id, about, 2);
	if (url_is_web(about))
		offer(&e.link, entry_url(&e, n, about), 9);
	if (xnode_attr_ns(n, NS_XML, "lang").len)
		offer(&e.lang, xnode_attr_ns(n, NS_XML, "lang"), 3);
	if (r->sitemap && !e.id.v.len)
		e.id = e.link;
	entry_finish_item(&e, vec_add(&r->items));
	entry_release(&e);
}

static void convert_waiting(struct reader *r)
{
	for (size_t i = 0; i < r->waiting.n; i++)
		convert(r, r->waiting.v[i]);
	vec_clear(&r->waiting);
	arena_reset(r->item_arena);
	r->item_nodes = 0;
}

static void begin_root(struct reader *r, const struct xml_element *el)
{
	static const struct {
		const char *name;
		enum xml_root kind;
		enum feed_format format;
	} roots[] = {
	    {"rss", ROOT_FEED, FEED_RSS},
	    {"channel", ROOT_FEED, FEED_RSS},
	    {"rdf", ROOT_FEED, FEED_RDF},
	    {"feed", ROOT_FEED, FEED_ATOM},
	    {"entry", ROOT_FEED, FEED_ATOM},
	    {"urlset", ROOT_FEED, FEED_SITEMAP},
	    {"sitemapindex", ROOT_SITEMAP_INDEX, FEED_UNKNOWN},
	    {"opml", ROOT_OPML, FEED_UNKNOWN},
	    {"outlinedocument", ROOT_OPML, FEED_UNKNOWN},
	    {"html", ROOT_HTML, FEED_UNKNOWN},
	};

	(void)snprintf(r->root_name, 64, "%.*s", STR_ARG(str_sub(el->name, 0, 60)));
	if (el->uri.len && !el->prefix.len && !str_eq_nocase(el->name, STR("html")) &&
	    (ns_of(el->uri, STR("")) == NS_OTHER || ns_of(el->uri, STR("")) == NS_XHTML))
		r->own_uri = arena_str(r->head_arena, el->uri);
	r->root = new_node(r, r->head_arena, el);
	for (size_t i = 0; i < ARRAY_LEN(roots); i++)
		if (str_eqc(r->root->name, roots[i].name)) {
			r->kind = roots[i].kind;
			r->f->feed->format = roots[i].format;
		}
	r->f->feed->version = safe_copy(r->f->a, xnode_attr(r->root, "version"), SAFE_LINE);
	if (r->f->feed->format == FEED_ATOM && str_find_nocase(el->uri, "purl.org/atom") >= 0)
		r->f->feed->version = STR("0.3");
	if (r->f->feed->format == FEED_RSS && str_starts(r->f->feed->version, "2."))
		r->f->feed->version = STR("2.0");
	r->atom = r->f->feed->format == FEED_ATOM;
	r->sitemap = r->f->feed->format == FEED_SITEMAP;
	r->f->atom_defaults = r->atom;
	r->base_known = r->atom || r->sitemap;
	r->cur = r->root;
}

static void begin_item(struct reader *r, const struct xml_element *el)
{
	struct xnode *outer = r->cur;

	/* An entry that is a document of its own stands in nothing. */
	if (outer == r->root && str_eqc(outer->name, "entry"))
		outer->base = outer->lang = STR_NONE;
	r->item = new_node(r, r->item_arena, el);
	r->item->parent = outer;
	r->cur = r->item;
}

static bool begins_item(const struct reader *r, const struct xnode *n)
{
	if (r->sitemap)
		return str_eqc(n->name, "url") && r->cur == r->root;
	return is_core(n->ns) && (str_eqc(n->name, "item") || str_eqc(n->name, "entry"));
}

/* The version of RDF feeds is told by the namespace of their elements. */
static void note_version(struct reader *r, const struct xnode *n, const struct xml_element *el)
{
	struct feed *feed = r->f->feed;

	if (feed->format == FEED_RDF && !feed->version.len && n->ns == NS_RSS)
		feed->version = str_find(el->uri, STR("simple/0.9")) >= 0 ? STR("0.90") : STR("1.0");
}

/* Whether an element outside of items is kept: the containers, and what the table knows. */
static bool head_wants(const struct reader *r, const struct xnode *n)
{
	if (r->cur == r->root || (r->cur->parent == r->root && str_eqc(r->cur->name, "channel")))
		return n->field || str_eqc(n->name, "channel");
	return r->cur->field != NULL || (r->cur->parent && r->cur->parent->field);
}

/* An item inside an element of the feed's own that nobody knows, or that a fault never closed, is one all the
 * same; one inside an extension belongs to that. */
static bool item_within(struct reader *r, const struct xml_element *el)
{
	const struct known_name *k;

	if (r->item || r->sitemap || !r->skip_core)
		return false;
	k = know(r, el->name, el->uri, el->prefix);
	if (k->ns == NS_OTHER || !is_core(k->ns) ||
	    !(str_eqc(k->lower, "item") || str_eqc(k->lower, "entry")))
		return false;
	r->skip_around = r->skip;
	r->skip = 0;
	return true;
}

static bool on_start(void *arg, const struct xml_element *el)
{
	struct reader *r = arg;
	struct xnode *n;

	if (r->skip && !item_within(r, el)) {
		r->skip++;
		return true;
	}
	flush_text(r);
	if (!r->root) {
		begin_root(r, el);
		if (str_eqc(r->root->name, "entry"))
			begin_item(r, el);
		return r->kind == ROOT_FEED;
	}
	n = new_node(r, r->item ? r->item_arena : r->head_arena, el);
	note_version(r, n, el);
	if (!r->item && begins_item(r, n)) {
		begin_item(r, el);
		return true;
	}
	if (r->item ? (r->cur == r->item && !n->field) || ++r->item_nodes > MAX_ITEM_NODES
	            : !head_wants(r, n) || ++r->head_nodes > MAX_HEAD_NODES) {
		r->skip = 1;
		r->skip_core = n->ns != NS_OTHER && is_core(n->ns);
		return true;
	}
	add_child(r->cur, n);
	r->cur->has_elements = true;
	r->cur = n;
	return true;
}

/* A feed that nobody says the address of may tell it itself. Atom counts its own address, and no other, as
 * one to resolve against: a document that comes from nowhere has none. */
static void note_self(struct reader *r, const struct xnode *n)
{
	struct str href = xnode_attr(n, "href");

	if (!url_is_web(r->f->url) && (r->f->url.len || !r->atom) && n->field && n->field->fn == f_link &&
	    str_eqc(xnode_attr(n, "rel"), "self") && url_is_web(href))
		r->f->url = url_resolve(r->f->a, STR_NONE, href);
}

/* Atom resolves against its own address, unless a service on another host hands it on. */
static void note_atom_link(struct reader *r, const struct xnode *n)
{
	struct str href = str_trim(xnode_attr(n, "href")), rel = xnode_attr(n, "rel");

	if (r->f->link_base.len || !n->field || n->field->fn != f_link || !url_is_web(href) ||
	    (rel.len && !str_eqc(rel, "alternate")) || str_eq_nocase(url_host(href), url_host(r->f->url)))
		return;
	r->f->link_base = url_resolve(r->f->a, STR_NONE, href);
}

/* The channel's link is what relative addresses of its items are resolved against. */
static void note_link(struct reader *r, const struct xnode *n)
{
	struct str text, url;

	if (!n->field || n->field->fn != f_link || n->has_elements || xnode_attr(n, "href").p ||
	    n->ns == NS_ATOM)
		return;
	text = xnode_text(r->f->a, n);
	url = url_is_web(text) ? url_resolve(r->f->a, STR_NONE, text) : STR_NONE;
	if (url.len && !r->f->link_base.len && !r->base_known)
		r->f->link_base = url;
	r->base_known = true;
}

static bool end_item(struct reader *r)
{
	struct xnode *n = r->item;

	r->item = NULL;
	r->cur = n->parent;
	r->skip = r->skip_around;
	r->skip_around = 0;
	if (r->items.n + r->waiting.n >= r->max_items) {
		feed_warn(r->f, WARN_ITEMS, "only the first %zu items were taken", r->max_items);
		return false;
	}
	vec_push(&r->waiting, n);
	if (r->base_known || r->waiting.n >= MAX_WAITING)
		convert_waiting(r);
	return true;
}

static bool on_end(void *arg)
{
	struct reader *r = arg;
	struct xnode *n = r->cur;

	if (r->skip) {
		r->skip--;
		return true;
	}
	flush_text(r);
	if (r->item && n == r->item)
		return end_item(r);
	if (!r->item) {
		note_self(r, n);
		if (r->atom)
			note_atom_link(r, n);
		else
			note_link(r, n);
	}
	r->cur = n->parent;
	return true;
}

static bool on_text(void *arg, struct str text)
{
	struct reader *r = arg;

	if (r->skip || r->cur == r->item || r->cur == r->root)
		return true;
	if (!r->piece.len) {
		r->piece = text;
		return true;
	}
	if (!r->text.len)
		(void)buf_addstr(&r->text, r->piece);
	(void)buf_addstr(&r->text, text);
	return true;
}

static void finish_head(struct reader *r)
{
	struct feed *feed = r->f->feed;
	struct entry e;

	entry_init(&e, r->f, true);
	for (const struct xnode *c = r->root->first; c; c = c->next)
		if (str_eqc(c->name, "channel") && is_core(c->ns))
			entry_take(&e, c);
	entry_take(&e, r->root);
	if (r->root->lang.len)
		offer(&e.lang, r->root->lang, 3);
	entry_finish_head(&e, feed);
	entry_release(&e);
	if (!feed->title.len)
		feed->title = r->f->site_name;
	if (r->sitemap)
		feed->version = r->f->site_name.len ? STR("news") : STR_NONE;
	if (feed->format == FEED_RDF && !feed->version.len)
		feed->version = STR("0.90");
	if (feed->format != FEED_SITEMAP && !feed->version.len)
		feed->version = r->atom ? STR("1.0") : STR("2.0");
}

static void finish(struct reader *r)
{
	struct feed *feed = r->f->feed;

	convert_waiting(r);
	finish_head(r);
	feed->n_items = r->items.n;
	feed->items =
	    r->items.n ? arena_grow(r->f->a, r->items.v, r->items.n, r->items.n, sizeof *feed->items) : NULL;
}

bool xmlfeed_read(struct feed_work *f, struct str utf8, size_t max_items, enum xml_root *root, char name[64],
    struct err *err)
{
	static const struct xml_events events = {on_start, on_end, on_text};
	struct reader *r = mem_new(struct reader);
	unsigned mended = 0;
	bool ok;

	r->f = f;
	r->max_items = max_items;
	r->root_name = name;
	r->text = BUF_MAX(utf8.len * 4 + 64);
	r->text_arena = arena_new();
	r->head_arena = arena_new();
	r->item_arena = arena_new();
	ok = xml_parse(r->text_arena, utf8, &events, r, &mended, err);
	*root = r->kind;
	if (ok && r->kind == ROOT_FEED) {
		feed_warn_mended(f, mended);
		finish(r);
	}
	arena_free(r->item_arena);
	arena_free(r->head_arena);
	arena_free(r->text_arena);
	buf_release(&r->text);
	vec_free(&r->waiting);
	vec_free(&r->items);
	mem_free(r);
	return ok && *root == ROOT_FEED;
}

void feed_warn_mended(struct feed_work *f, unsigned mended)
{
	static const struct {
		unsigned bit;
		const char *text;
	} lines[] = {
	    {XML_BARE_AMP, "an & that begins no reference was read as text"},
	    {XML_ENTITY, "entities that the document does not declare were read as in HTML"},
	    {XML_CONTROL, "characters that XML forbids were replaced"},
	    {XML_TAGS, "tags that were not closed or crossed each other were mended"},
	    {XML_ATTRS, "attributes without quotes, without value or doubled were mended"},
	    {XML_CUT, "the end of the document is missing"},
	    {XML_JUNK, "something stood before the document or after it"},
	    {XML_DEEP, "elements nested too deep, or too many attributes, were left out"},
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (mended & lines[i].bit)
			feed_warn(f, 0, "%s", lines[i].text);
}
