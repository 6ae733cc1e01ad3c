/* SPDX-License-Identifier: MIT */
/* Raised and lowered text in characters of its own. Thread: any. */
#ifndef CO_DOC_RAISE_H
#define CO_DOC_RAISE_H

#include "base/buf.h"

/* Appends s in superscript (or subscript) characters when there is one for each of it; else appends nothing
 * and returns false. Spaces stay. */
bool raise_add(struct buf *out, struct str s, bool sub);

#endif
