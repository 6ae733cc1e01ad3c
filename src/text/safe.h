/* SPDX-License-Identifier: MIT */
/* The door for foreign text: what comes out holds no C0 (but tab and newline where asked), DEL, C1, bidi
 * control (U+202A–E, U+2066–9, U+200E/F kept: they are harmless marks), U+2028/9, tag character, interlinear
 * annotation, noncharacter, lone surrogate or invalid byte; at most 16 combining marks on a base; at most 8
 * zero-width characters in a run. Persian ZWNJ, emoji ZWJ sequences, flags and honest right-to-left text
 * survive. Thread: any. */
#ifndef CO_TEXT_SAFE_H
#define CO_TEXT_SAFE_H

#include "base/arena.h"
#include "base/buf.h"

enum safe_how {
	SAFE_LINE, /* one line: all white space runs become one space, ends trimmed (titles, names) */
	SAFE_TEXT, /* newlines and tabs kept (pre, bodies) */
	SAFE_RUN   /* as SAFE_TEXT, but white space left alone otherwise too (inside HTML text nodes) */
};

/* Appends the cleaned s to out. */
bool safe_add(struct buf *out, struct str s, enum safe_how how);
struct str safe_copy(struct arena *a, struct str s, enum safe_how how); /* absent stays absent */
/* True when s would come out unchanged: a second check where text enters from a helper program. */
bool safe_is(struct str s, enum safe_how how);
/* True when s, which is safe as a SAFE_RUN, makes another such text that it is put behind no less safe: it
 * begins with no mark that could pile up on those of the other. */
bool safe_joins(struct str s);

#endif
