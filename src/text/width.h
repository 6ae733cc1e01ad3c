/* SPDX-License-Identifier: MIT */
/* Columns of text on a terminal, and what is displayed for it. The display filter drops variation selectors,
 * zero-width characters, soft hyphens and skin tones, shows a ZWJ sequence as its first emoji and a flag as
 * "[AZ]", and a code point that wcwidth(3) does not know as U+FFFD; then width is the sum of wcwidth. A fixed
 * table stands in for wcwidth where the locale is not UTF-8, so that results do not depend on it. Thread:
 * any. */
#ifndef CO_TEXT_WIDTH_H
#define CO_TEXT_WIDTH_H

#include "base/buf.h"
#include "base/str.h"
#include <stdint.h>

enum ellipsis { CUT_PLAIN, CUT_ELLIPSIS };

int width_cp(uint32_t cp);     /* 0, 1 or 2; control characters 0 */
size_t width_of(struct str s); /* columns, after the display filter */
/* Length in bytes of the grapheme cluster at s.p[at] (UAX #29, extended). at < s.len. */
size_t width_cluster(struct str s, size_t at);
/* Appends the displayed form of s. */
bool width_display(struct buf *out, struct str s);
/* Longest prefix of s (whole clusters) that takes at most `columns`; its columns in *used (may be NULL). */
struct str width_cut(struct str s, size_t columns, size_t *used);
/* Appends s cut to `columns`, with … at the cut when asked (… counts; "..." when ascii), padded with spaces
 * to exactly `columns` when pad. Returns the columns written. */
size_t width_fit(struct buf *out, struct str s, size_t columns, enum ellipsis cut, bool pad, bool ascii);

#endif
