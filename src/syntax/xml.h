/* SPDX-License-Identifier: MIT */
/* XML as events, from strangers: bytes are first made well-formed (syntax/xml_repair), then libxml2's push
 * parser reads their markup without network, files or outside entities. Elements deeper than XML_MAX_DEPTH
 * are left out with what they hold, attributes after the XML_MAX_ATTRS-th of an element too. Start and end
 * events always pair. Thread: any. */
#ifndef CO_SYNTAX_XML_H
#define CO_SYNTAX_XML_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define XML_MAX_DEPTH 256
#define XML_MAX_ATTRS 256

struct xml_attr {
	struct str prefix, uri, name, value; /* prefix and uri absent when there is none */
};

/* Borrowed for the time of the call. An unbound prefix has an absent uri. */
struct xml_element {
	struct str prefix, uri, name;
	const struct xml_attr *attrs;
	size_t n_attrs;
	unsigned depth; /* 0: the root */
};

/* Each returns false to stop reading: xml_parse then returns true all the same. Texts live as long as the
 * document and the arena that were given. */
struct xml_events {
	bool (*start)(void *arg, const struct xml_element *el);
	bool (*end)(void *arg);
	bool (*text)(void *arg, struct str text); /* in pieces; character data and CDATA alike */
};

/* What had to be mended, as bits. */
enum xml_mend {
	XML_BARE_AMP = 1, /* an & that begins no reference */
	XML_ENTITY = 2,   /* an entity that the document does not declare */
	XML_CONTROL = 4,  /* characters that XML forbids, or references to them */
	XML_TAGS = 8,     /* tags unclosed, crossed, or not tags at all */
	XML_ATTRS = 16,   /* attributes unquoted, doubled, without a value */
	XML_CUT = 32,     /* the end is missing */
	XML_JUNK = 64,    /* something before the beginning or after the end */
	XML_DEEP = 128    /* a limit was met: something was left out */
};

/* utf8: the document, decoded: valid UTF-8, as text/charset gives it. Arena a gets the texts that are not as
 * they stand in it. *mended (may be NULL) gets enum xml_mend bits. False with ERR_INPUT (and its place) when
 * there is no element at all, ERR_LIMIT when entities grow past ten times the document. */
bool xml_parse(struct arena *a, struct str utf8, const struct xml_events *ev, void *arg, unsigned *mended,
    struct err *err);

#endif
