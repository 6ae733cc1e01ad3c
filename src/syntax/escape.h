/* SPDX-License-Identifier: MIT */
/* Text for HTML and from it: character references (HTML, 13.2.5.72 and on) decoded, special characters
 * escaped. False: out is at its limit. Thread: any. */
#ifndef CO_SYNTAX_ESCAPE_H
#define CO_SYNTAX_ESCAPE_H

#include "base/buf.h"

enum escape_form {
	ESCAPE_MARKUP = 1, /* & < > are written as references */
	ESCAPE_VALUE = 2,  /* of an attribute: " too, and references end as they do in values */
	ESCAPE_RAW = 4,    /* references of the text are not decoded */
};

/* Appends text by the forms that are set in form. */
bool escape_add(struct buf *out, struct str text, unsigned form);

/* Appends text with & < > (and ") escaped. */
bool html_escape(struct buf *out, struct str text);

/* Appends text with HTML's character references decoded once. */
bool html_unescape(struct buf *out, struct str text);

#endif
