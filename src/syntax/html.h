/* SPDX-License-Identifier: MIT */
/* A page as a small tree in one arena: all that the rest of courant sees of HTML. Built from gumbo's tree
 * (what a browser would build); a page too deep (over 512), too long (over 4 MiB) or with too many tags (over
 * 100,000, or one in less than 16 bytes) for that is fed by libxml2 straight into the same tree. Either way
 * in time linear to the page and at most HTML_MAX_NODES nodes, fewer in a small page. Every text and
 * attribute value has passed text/safe (SAFE_RUN) and holds no soft hyphens. Thread: any.
 */
#ifndef CO_SYNTAX_HTML_H
#define CO_SYNTAX_HTML_H

#include "base/arena.h"
#include "base/buf.h"

enum tag_flags {
	TAG_BLOCK = 1,        /* begins a line of its own */
	TAG_VOID = 2,         /* has no content */
	TAG_SPECIAL = 4,      /* stops the search for an open element (HTML Standard 13.2.4.2) */
	TAG_SCOPE = 8,        /* bounds a scope (the same) */
	TAG_IMPLIED_END = 16, /* closed by its next sibling */
	TAG_FORMAT = 32,      /* formatting element: reopened after mis-nesting */
	TAG_RAW = 64,         /* content is not markup */
	TAG_HIDDEN = 128,     /* content is never shown */
	TAG_HEADING = 256,
	TAG_MEDIA = 512,   /* picture, film, frame */
	TAG_CONTROL = 1024 /* part of a form */
};

/* TAG_A, TAG_ABBR … in the order of tag.def; TAG_TEXT is a text node, TAG_OTHER an element of unknown name.
 */
#define TAG(id, name, flags) TAG_##id,
enum tag {
	TAG_TEXT,
	TAG_OTHER,
#include "syntax/tag.def"
	TAG_COUNT
};

#define ATTR(id, name) ATTR_##id,
enum attr_name {
#include "syntax/attr.def"
	ATTR_COUNT
};

struct attr {
	enum attr_name name;
	struct str value;
};

struct node {
	struct node *parent, *first, *last, *next, *prev;
	struct attr *attrs;
	struct str text; /* of a text node; of TAG_OTHER the name in lower case; else absent */
	uint32_t index;  /* its place in the page, from 0; children follow their parent */
	uint16_t tag;    /* enum tag */
	uint16_t n_attrs;
};

struct html {
	struct node *root;        /* <html>; for a fragment an element whose children are the fragment */
	struct node *head, *body; /* NULL in a fragment */
	size_t n_nodes;
	bool cut; /* a limit was met: the end of the page is missing */
};

#define HTML_MAX_NODES 400000
#define HTML_MAX_DEPTH 512

/* A whole page, or markup as it stands inside a body. Never fails: any bytes give a tree. In arena a; borrows
 * nothing from utf8 after it. */
struct html *html_parse(struct arena *a, struct str utf8);
struct html *html_parse_fragment(struct arena *a, struct str utf8);

unsigned tag_flags(unsigned tag);            /* enum tag_flags; 0 for text and unknown */
const char *tag_name(unsigned tag);          /* "" for text and unknown */
enum tag tag_of_name(struct str lower_case); /* TAG_OTHER when unknown */

/* Value of an attribute; absent when it is not there (an empty one is ""). */
struct str node_attr(const struct node *n, enum attr_name name);
bool node_has_attr(const struct node *n, enum attr_name name);
/* True when class holds the word, in any ASCII case. */
bool node_has_class(const struct node *n, const char *word);
/* True when the attribute's value is the word, or a list of words that holds it, in any ASCII case. */
bool node_attr_has(const struct node *n, enum attr_name name, const char *word);

/* The node after n in the order of the page, inside root; NULL at the end. node_after() leaves out n's
 * children. */
struct node *node_next(const struct node *n, const struct node *root);
struct node *node_after(const struct node *n, const struct node *root);
/* True when n is `top` or stands below it. */
bool node_inside(const struct node *n, const struct node *top);
/* First element with that tag below root in the order of the page, after `from` when that is given; NULL:
 * none. */
struct node *node_find(const struct node *root, const struct node *from, unsigned tag);
/* Nearest ancestor with that tag, or n itself; NULL: none. */
struct node *node_closest(const struct node *n, unsigned tag);
/* Appends what is shown of n's text as one line: white space collapsed, a space between blocks, hidden parts
 * left out. */
bool node_line(struct buf *out, const struct node *n);
/* The same as a string in arena a, at most max_bytes. */
struct str node_line_str(struct arena *a, const struct node *n, size_t max_bytes);

#endif
