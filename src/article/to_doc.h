/* SPDX-License-Identifier: MIT */
/* From a tree to a document: blocks and inline runs, addresses made absolute, foreign text made safe. Says
 * nothing of what belongs to an article: that was decided before. Thread: any. */
#ifndef CO_ARTICLE_TO_DOC_H
#define CO_ARTICLE_TO_DOC_H

#include "base/str.h"
#include "doc/doc.h"
#include "syntax/html.h"

/* What a node, with all that is below it, is of the document. A caption is shown below the picture that it
 * holds or follows, and nowhere else. */
enum to_doc_part { TO_DOC_ALL, TO_DOC_NONE, TO_DOC_CAPTION };
typedef enum to_doc_part to_doc_ask(void *arg, const struct node *n);

/* The document of what stands below root, with ask (may be NULL: all) asked at each node. base: the address
 * that links are relative to, absent when unknown (relative links are then dropped). Returns yours, never
 * NULL. */
struct doc *to_doc(const struct node *root, struct str base, to_doc_ask *ask, void *arg);

/* A feed's HTML body, or any other fragment, whole. */
struct doc *to_doc_fragment(const struct node *root, struct str base);

#endif
