/* SPDX-License-Identifier: MIT */
/* Breaking a paragraph into lines: UAX #14 opportunities, greedy, whole grapheme clusters, overlong words
 * cut. Thread: any. */
#ifndef CO_TEXT_WRAP_H
#define CO_TEXT_WRAP_H

#include "base/str.h"
#include <stddef.h>

/* One line: bytes [start, end) of the text, without the white space at the break; columns it takes. */
typedef void wrap_fn(void *arg, size_t start, size_t end, size_t columns);
/* Calls fn for each line of s: the first at most `first` columns, the others at most `rest` (both at least
 * 1). Newlines in s are hard breaks. An empty s gives no line. max_lines 0: all. Returns the number of lines.
 */
size_t wrap_text(struct str s, size_t first, size_t rest, size_t max_lines, wrap_fn *fn, void *arg);

#endif
