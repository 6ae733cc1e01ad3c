/* SPDX-License-Identifier: MIT */
/* One item of an XML feed (or its head) as a small tree, while it is read: elements by namespace and
 * lower-case name, with the base address and language in force. Lives until the item is turned into its
 * record. Thread: one owner. */
#ifndef CO_FEED_XTREE_H
#define CO_FEED_XTREE_H

#include "base/arena.h"
#include "base/buf.h"
#include "syntax/xml.h"

enum ns {
	NS_NONE,
	NS_RSS,
	NS_ATOM,
	NS_DC,
	NS_DCTERMS,
	NS_PRISM,
	NS_CONTENT,
	NS_MEDIA,
	NS_ITUNES,
	NS_GPLAY,
	NS_PODCAST,
	NS_XHTML,
	NS_RDF,
	NS_XML,
	NS_SY,
	NS_SLASH,
	NS_WFW,
	NS_THR,
	NS_GEORSS,
	NS_FEEDBURNER,
	NS_SITEMAP,
	NS_NEWS,
	NS_ENC,
	NS_PICTURE,
	NS_FILM,
	NS_MATH,
	NS_SVG,
	NS_OTHER
};

/* Namespace by address, else by prefix. "" and absent: NS_NONE. */
enum ns ns_of(struct str uri, struct str prefix);

struct xattr {
	enum ns ns;
	struct str name, value; /* name in lower case */
};

struct field;

struct xnode {
	struct xnode *parent, *first, *last, *next;
	const struct field *field; /* what the table says of it; NULL: nothing */
	struct xattr *attrs;
	size_t n_attrs;
	enum ns ns;
	bool has_elements;
	struct str name; /* lower case; absent: a text node */
	struct str text; /* of a text node */
	struct str base; /* nearest xml:base, absolute; absent when there is none */
	struct str lang; /* nearest xml:lang */
};

/* Value of an attribute in no namespace, trimmed; absent when it is not there. */
struct str xnode_attr(const struct xnode *n, const char *name);
struct str xnode_attr_ns(const struct xnode *n, enum ns ns, const char *name);
/* First child element of that name in a namespace of the same family; NULL: none. */
const struct xnode *xnode_child(const struct xnode *n, const char *name);
/* The text directly inside n, trimmed; borrowed or in arena a. Never absent. */
struct str xnode_text(struct arena *a, const struct xnode *n);
/* All text below n. */
bool xnode_all_text(struct buf *out, const struct xnode *n);
/* What stands inside n as HTML: its elements as tags, text escaped, href and src resolved by their own
 * xml:base. */
bool xnode_inner_html(struct buf *out, const struct xnode *n);

#endif
