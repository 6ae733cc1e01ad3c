/* SPDX-License-Identifier: MIT */
/* What stands before the HTML parsers: one linear walk over a page that measures it (depth, tags) and writes
 * it anew without what a reader never needs and what makes parsers slow: comments, code and style sheets,
 * drawings, frames, attributes that the tree does not keep, attributes after the 256th of a tag, over-long
 * values. Thread: any. */
#ifndef CO_SYNTAX_SCAN_H
#define CO_SYNTAX_SCAN_H

#include "base/buf.h"

struct scan {
	bool fragment; /* set by the caller: the markup stands inside a body */
	size_t tags;   /* start tags */
	size_t depth;  /* greatest number of elements open at once, as a browser would have it, at least the
	                  half */
};

#define SCAN_MAX_ATTRS 256
#define SCAN_MAX_VALUE 16384
#define SCAN_MAX_DEPTH 1024 /* depth is counted no further */

/* Tags that only a page's frame has (html, head, body) stay where they open one, once; frame sets never. */

/* Appends the lean page to out, whose maximum is the limit: what goes beyond it is left out and the call
 * gives false. */
bool scan_html(struct buf *out, struct str html, struct scan *s);

#endif
