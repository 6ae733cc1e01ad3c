/* SPDX-License-Identifier: MIT */
/* Foreign markup made harmless: HTML → HTML that holds only elements for reading, with absolute addresses of
 * safe schemes; HTML → one line of plain text. One walk over the bytes, linear, no tree. Thread: any. */
#ifndef CO_SYNTAX_SANITIZE_H
#define CO_SYNTAX_SANITIZE_H

#include "base/arena.h"
#include "base/buf.h"
#include "syntax/html.h"

/* Appends a harmless form of the fragment: tags balanced, scripts, styles, forms, event handlers and comments
 * gone, relative addresses resolved against base (absent: kept only when absolute), text through text/safe.
 */
bool sanitize_html(struct buf *out, struct str html, struct str base);

/* The tree of what sanitize_html() writes, in arena a; its texts borrow from html. */
struct html *sanitize_tree(struct arena *a, struct str html, struct str base);

/* Appends the visible text on one line: elements dropped (block elements become a space), entities decoded.
 * known_only: what only looks like markup stays ("1 < 2", "x<y"), for titles whose type nobody states. */
bool sanitize_line(struct buf *out, struct str html, bool known_only);

/* True when the text holds nothing that HTML would read as a tag, comment or reference. */
bool sanitize_is_plain(struct str text);

#endif
