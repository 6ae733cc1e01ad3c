/* SPDX-License-Identifier: MIT */
/* A document as text, Markdown (CommonMark with GFM tables) or HTML. Thread: any. */
#ifndef CO_DOC_OUT_H
#define CO_DOC_OUT_H

#include "base/buf.h"
#include "doc/doc.h"

/* Plain text. width 0: a paragraph is one line, blocks apart by a blank line (the `text` of the JSON); else
 * wrapped as on the screen. */
void doc_out_text(struct buf *out, const struct doc *d, size_t width);
void doc_out_markdown(struct buf *out, const struct doc *d);
void doc_out_html(struct buf *out, const struct doc *d);

#endif
