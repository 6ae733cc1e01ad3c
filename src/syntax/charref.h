/* SPDX-License-Identifier: MIT */
/* Character references of HTML and XML: &#233; &#xE9; &eacute;. Thread: any. */
#ifndef CO_SYNTAX_CHARREF_H
#define CO_SYNTAX_CHARREF_H

#include "base/str.h"
#include <stdint.h>

/* Code point of a name without & and ;, 0 when unknown. *bare (may be NULL): HTML reads it without a
 * semicolon too. */
uint32_t charref_named(struct str name, bool *bare);

/* Reads the reference at s.p[at], which is an &, as HTML does. Returns its length, 0 when it is none; *cp its
 * character (0: left out). in_attr: a name without semicolon that = or a letter follows is no reference, as
 * in "?a&copy=1". */
size_t charref_read(struct str s, size_t at, bool in_attr, uint32_t *cp);

/* Reads a numeric reference at s.p[at] ("&#…"), with or without semicolon. Length, 0 when it is none. */
size_t charref_read_number(struct str s, size_t at, uint32_t *cp);

#endif
