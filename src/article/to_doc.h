/* SPDX-License-Identifier: MIT */
/* From a tree to a document: blocks and inline runs, addresses made absolute, foreign text made safe. Says
 * nothing of what belongs to an article: that was decided before. Thread: any. */
#ifndef CO_ARTICLE_TO_DOC_H
#define CO_ARTICLE_TO_DOC_H

#include "base/str.h"
#include "doc/doc.h"
#include "syntax/html.h"

/* True: this node and what is below it is left out. */
typedef bool to_doc_skip(void *arg, const struct node *n);

/* The document of what stands below root, with skip (may be NULL) asked at each node. base: the address that
 * links are relative to, absent when unknown (relative links are then dropped). Returns yours, never NULL. */
struct doc *to_doc(const struct node *root, struct str base, to_doc_skip *skip, void *arg);

/* A feed's HTML body, or any other fragment, whole. */
struct doc *to_doc_fragment(const struct node *root, struct str base);

#endif
