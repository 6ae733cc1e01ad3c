/* SPDX-License-Identifier: MIT */
/* Folding for comparison: NFC, full case folding; Latin and Greek accents and Arabic vowel signs off. Thread:
 * any. */
#ifndef CO_TEXT_FOLD_H
#define CO_TEXT_FOLD_H

#include "base/buf.h"

/* Appends the folded form of s (the key under which two spellings of a word are one). */
bool fold_add(struct buf *out, struct str s);
/* Case folded and white space collapsed, punctuation dropped: equal headlines have equal keys. */
bool fold_headline(struct buf *out, struct str s);
/* A letter without its accents, its case as it is (é: e); the same code point where there are none. */
uint32_t fold_base(uint32_t cp);
/* True when needle occurs in s, both folded. */
bool fold_find(struct str s, struct str needle);
/* Where it does: bytes of s, at most `most` places, ascending, not overlapping. Linear in s. */
typedef void fold_place_fn(void *arg, size_t at, size_t len);
void fold_each(struct str s, struct str needle, size_t most, fold_place_fn *fn, void *arg);

#endif
