/* SPDX-License-Identifier: MIT */
/* Any text in valid UTF-8 → well-formed XML without a document type. Thread: any. */
#ifndef CO_SYNTAX_XML_REPAIR_H
#define CO_SYNTAX_XML_REPAIR_H

#include "base/buf.h"
#include "base/err.h"

/* *doc is a part of `in` when that is well-formed as it is, else it stands in out. mended: enum xml_mend bits
 * (syntax/xml.h). False: no element (ERR_INPUT), or entities that grow too much (ERR_LIMIT). */
bool xml_repair(struct buf *out, struct str in, struct str *doc, unsigned *mended, struct err *err);

#endif
