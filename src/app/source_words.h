/* SPDX-License-Identifier: MIT */
/* The state of a source in words, the same on the screen and in `check --sources`. Pure. */
#ifndef CO_APP_SOURCE_WORDS_H
#define CO_APP_SOURCE_WORDS_H

#include "base/buf.h"
#include "store/source_db.h"

/* Appends name (padded to `columns`), last code, stories and how many come in a day, bytes of the last
 * answer, when it was and when the next is, where the address has moved to, what went wrong. One line, no
 * newline. */
void source_words(struct buf *out, const struct source_state *s, size_t columns, int64_t now, bool ascii);

#endif
