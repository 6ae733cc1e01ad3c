/* SPDX-License-Identifier: MIT */
/* HTML as tokens, straight from the bytes, as a browser would cut them. For sanitize.c alone. Thread: any. */
#ifndef CO_SYNTAX_MARKUP_H
#define CO_SYNTAX_MARKUP_H

#include "base/str.h"

#define MARKUP_MAX_ATTRS 64

enum markup_kind {
	MARKUP_TEXT, /* up to the next < that begins something: references still in it */
	MARKUP_START,
	MARKUP_END,
	MARKUP_OTHER /* a comment, a document type, an instruction: text is its CDATA content that is no
	              * markup, else empty */
};

struct markup_attr {
	struct str name, value; /* as they stand */
};

struct markup {
	struct str in;
	size_t at;
	bool known_only;     /* only names of HTML begin a tag: "x<y" is text */
	size_t last_gt;      /* no <! or <? behind it is one */
	size_t last_equals;  /* no attribute with a value is behind it */
	bool no_comment_end; /* behind `at` there is none */
	size_t cdata_end;    /* of the section of markup around `at`; 0: in none */
	/* The token: */
	enum markup_kind kind;
	struct str raw; /* its bytes */
	struct str text;
	struct str name; /* of a tag, as it stands */
	unsigned tag;    /* of a tag: enum tag (syntax/html.h) */
	bool self_closed;
	size_t n_attrs; /* those beyond MARKUP_MAX_ATTRS are dropped */
	struct markup_attr attrs[MARKUP_MAX_ATTRS];
};

/* The next token; false at the end. */
bool markup_next(struct markup *m);
/* Goes on behind the end tag of name (ASCII case ignored), or at the end when there is none. */
void markup_skip_raw(struct markup *m, struct str name);
bool markup_has_end(const struct markup *m, struct str name);

#endif
