/* SPDX-License-Identifier: MIT */
/* Any text in valid UTF-8 → well-formed XML without a document type, and without its text: that has nothing
 * which a parser of XML would still have to find in it. Thread: any. */
#ifndef CO_SYNTAX_XML_REPAIR_H
#define CO_SYNTAX_XML_REPAIR_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

#define XML_TOKEN_LEN   5
#define XML_TOKEN_BITS  5
#define XML_TOKEN_FIRST '`' /* from here on 32 characters that are no markup */

/* The tags of a document. Where a piece of text stood (between markup, or a CDATA section) there is a token,
 * the number of the text in XML_TOKEN_LEN characters, the highest first. */
struct xml_lean {
	struct buf markup;
	struct {
		VEC(struct str);
	} texts;
};

/* Fills *lean, which is released whatever comes of it. Its texts are part of `in`, or in arena a where
 * references had to be decoded. mended: enum xml_mend bits (syntax/xml.h). False: no element (ERR_INPUT), or
 * entities that grow too much (ERR_LIMIT). */
bool xml_repair(struct arena *a, struct str in, struct xml_lean *lean, unsigned *mended, struct err *err);
void xml_lean_release(struct xml_lean *lean);

#endif
