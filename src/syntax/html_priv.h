/* SPDX-License-Identifier: MIT */
/* The builder of our tree (shared inside syntax/): gumbo's tree and libxml2's events both go through it. */
#ifndef CO_SYNTAX_HTML_PRIV_H
#define CO_SYNTAX_HTML_PRIV_H

#include "syntax/html.h"

/* Number of an attribute's name in any ASCII case, or -1: the tree does not keep it. */
int attr_of_name(struct str name);
const char *attr_name(enum attr_name name);

struct tree {
	struct arena *arena;
	struct html *html;
	struct node *at; /* the open element; NULL before the first and after the last */
	size_t max_nodes;
	unsigned depth;
	unsigned too_deep; /* open elements that were left out: their content stands in `at` */
	struct buf clean;  /* scratch */
	struct attr attrs[ATTR_COUNT];
	unsigned n_attrs; /* collected for the next element */
};

/* Notes an attribute of the element that is opened next; the first of a name counts. */
void tree_attr(struct tree *t, struct str name, struct str value);
/* Opens an element; other_name is copied when tag is TAG_OTHER. */
void tree_open(struct tree *t, enum tag tag, struct str other_name);
void tree_text(struct tree *t, struct str text);
void tree_close(struct tree *t);

/* Both build below t->at, or from the root; lean is what scan_html() wrote. */
void html_by_gumbo(struct tree *t, struct str lean, bool fragment);
void html_by_libxml(struct tree *t, struct str lean, bool fragment);

#endif
