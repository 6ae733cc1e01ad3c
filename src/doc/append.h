/* SPDX-License-Identifier: MIT */
/* Documents made of other documents: what one holds is said again to a builder. Owns no rules of its own;
 * the builder's hold. Thread: any. */
#ifndef CO_DOC_APPEND_H
#define CO_DOC_APPEND_H

#include "doc/doc.h"

/* Adds the bytes [from, to) of a text to the open block, `more` run_style bits on top; its links are d's. */
void doc_append_rich(struct doc_builder *b, const struct doc *d, const struct rich *rich, size_t from,
    size_t to, unsigned more);
/* Adds one block of d with all that is in it. */
void doc_append_block(struct doc_builder *b, const struct doc *d, const struct block *block, unsigned more);
/* Adds all of d. */
void doc_append(struct doc_builder *b, const struct doc *d);

#endif
