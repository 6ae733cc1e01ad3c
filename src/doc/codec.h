/* SPDX-License-Identifier: MIT */
/* A document as bytes: how it travels from courant-parse and how it is stored. Versioned. Thread: any. */
#ifndef CO_DOC_CODEC_H
#define CO_DOC_CODEC_H

#include "base/buf.h"
#include "base/err.h"
#include "doc/doc.h"

void doc_encode(struct buf *out, const struct doc *d);
/* Checks every count, offset, address and text as hostile. Returns yours, or NULL with ERR_HELPER. */
struct doc *doc_decode(struct str bytes, struct err *err);

#endif
