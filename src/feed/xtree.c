/* SPDX-License-Identifier: MIT */
/* Names of namespaces, and asking the small trees. Leaves their making to feed/xmlfeed.c. */
#include "feed/xtree.h"

#include <string.h>

#include "syntax/escape.h"
#include "text/url.h"

struct ns_row {
	enum ns ns;
	const char *prefix, *uri;
};

#define NS(id, prefix, uri) {NS_##id, prefix, uri},
static const struct ns_row rows[] = {
#include "feed/ns.def"
};

static struct str bare_uri(struct str uri)
{
	ptrdiff_t i = str_find(uri, STR("://"));

	if (i >= 0)
		uri = str_skip(uri, (size_t)i + 3);
	while (uri.len && strchr("/#", uri.p[uri.len - 1]))
		uri.len--;
	return uri;
}

enum ns ns_of(struct str uri, struct str prefix)
{
	struct str bare = bare_uri(uri);

	if (uri.len)
		for (size_t i = 0; i < ARRAY_LEN(rows); i++)
			if (str_eq_nocase(bare, str_c(rows[i].uri)))
				return rows[i].ns;
	if (prefix.len == 0)
		return uri.len ? NS_OTHER : NS_NONE;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_eq_nocase(prefix, str_c(rows[i].prefix)))
			return rows[i].ns;
	return NS_OTHER;
}

struct str xnode_attr_ns(const struct xnode *n, enum ns ns, const char *name)
{
	for (size_t i = 0; n && i < n->n_attrs; i++)
		if (n->attrs[i].ns == ns && str_eqc(n->attrs[i].name, name))
			return str_trim(n->attrs[i].value);
	return STR_NONE;
}

struct str xnode_attr(const struct xnode *n, const char *name)
{
	return xnode_attr_ns(n, NS_NONE, name);
}

static enum ns family(enum ns ns)
{
	return ns == NS_RSS || ns == NS_ATOM || ns == NS_OTHER ? NS_NONE : ns;
}

const struct xnode *xnode_child(const struct xnode *n, const char *name)
{
	for (const struct xnode *c = n->first; c; c = c->next)
		if (c->name.p && family(c->ns) == family(n->ns) && str_eqc(c->name, name))
			return c;
	return NULL;
}

struct str xnode_text(struct arena *a, const struct xnode *n)
{
	SCOPED(buf) struct buf b = BUF_INIT;
	size_t pieces = 0;
	struct str only = STR("");

	for (const struct xnode *c = n->first; c; c = c->next)
		if (!c->name.p) {
			only = c->text;
			pieces++;
		}
	if (pieces <= 1)
		return str_trim(only);
	for (const struct xnode *c = n->first; c; c = c->next)
		if (!c->name.p)
			(void)buf_addstr(&b, c->text);
	return arena_str(a, str_trim(buf_str(&b)));
}

/* The node after n in document order, within root. */
static const struct xnode *after(const struct xnode *n, const struct xnode *root)
{
	if (n->first)
		return n->first;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}

bool xnode_all_text(struct buf *out, const struct xnode *n)
{
	for (const struct xnode *c = n->first; c; c = after(c, n))
		if (!c->name.p && !buf_addstr(out, c->text))
			return false;
	return true;
}

static void open_tag(struct buf *out, const struct xnode *n)
{
	struct arena *a = n->base.len && n->n_attrs ? arena_new() : NULL;

	(void)buf_addc(out, '<');
	(void)buf_addstr(out, n->name);
	for (size_t i = 0; i < n->n_attrs; i++) {
		struct str value = n->attrs[i].value, name = n->attrs[i].name;
		if (n->attrs[i].ns != NS_NONE)
			continue;
		if (a && (str_eqc(name, "href") || str_eqc(name, "src"))) {
			struct str full = url_resolve(a, n->base, value);
			value = full.p ? full : value;
		}
		(void)buf_addc(out, ' ');
		(void)buf_addstr(out, name);
		(void)buf_adds(out, "=\"");
		(void)html_escape(out, value);
		(void)buf_addc(out, '"');
	}
	(void)buf_addc(out, '>');
	arena_free(a);
}

bool xnode_inner_html(struct buf *out, const struct xnode *root)
{
	const struct xnode *n = root->first;

	while (n) {
		if (!n->name.p)
			(void)html_escape(out, n->text);
		else
			open_tag(out, n);
		if (n->first) {
			n = n->first;
			continue;
		}
		if (n->name.p && !str_eqc(n->name, "br"))
			(void)buf_printf(out, "</%.*s>", STR_ARG(n->name));
		while (!n->next && n->parent != root) {
			n = n->parent;
			(void)buf_printf(out, "</%.*s>", STR_ARG(n->name));
		}
		n = n->next;
	}
	return !out->failed;
}
