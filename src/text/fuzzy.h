/* SPDX-License-Identifier: MIT */
/* Near misses: "did you mean", and the picker's subsequence match. Thread: any. */
#ifndef CO_TEXT_FUZZY_H
#define CO_TEXT_FUZZY_H

#include "base/str.h"

/* Edit distance with transpositions (Damerau, restricted), at most limit + 1. */
size_t fuzzy_distance(struct str a, struct str b, size_t limit);
/* The nearest of n names, if near enough to be meant; else NULL. */
const char *fuzzy_nearest(struct str word, const char *const *names, size_t n);
/* Score of pattern as a folded subsequence of text: 0 no match, higher is better (word starts, runs). */
int fuzzy_score(struct str pattern, struct str text);

#endif
