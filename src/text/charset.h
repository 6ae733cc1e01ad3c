/* SPDX-License-Identifier: MIT */
/* Character encodings: WHATWG labels, sniffing by RFC 7303 and the HTML Standard, conversion to UTF-8.
 * Thread: one owner; charset_open_all() once per process. */
#ifndef CO_TEXT_CHARSET_H
#define CO_TEXT_CHARSET_H

#include "base/buf.h"

enum charset_kind { CHARSET_XML, CHARSET_HTML, CHARSET_JSON };

/* Opens every converter of the label table, so that conversion works after a sandbox has closed the file
 * system. */
void charset_open_all(void);
void charset_close_all(void);
/* The charset parameter of a Content-Type; absent when none. */
struct str charset_param(struct str content_type);
/* Converts bytes to UTF-8 in out, by BOM, Content-Type, declaration (XML) or meta (HTML, first 1024 bytes),
 * then UTF-8 when valid, else windows-1252. *used: iconv's name of what was taken (may be NULL). *lied: the
 * label failed (may be NULL). */
bool charset_to_utf8(struct buf *out, struct str bytes, struct str content_type, enum charset_kind kind,
    const char **used, bool *lied);

#endif
