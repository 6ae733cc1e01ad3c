/* SPDX-License-Identifier: MIT */
/* Words of a text: runs of letters or digits (UAX #29 is finer than search needs), bigrams in scripts without
 * spaces. Two users: terms of the related index (cut at six letters) and the full-text index (stems by
 * language). Thread: any; a stemmer belongs to one thread. */
#ifndef CO_TEXT_WORD_H
#define CO_TEXT_WORD_H

#include "base/attr.h"
#include "base/buf.h"
#include "text/lang.h"

struct word {
	struct str text;   /* folded; valid during the call only */
	size_t start, end; /* bytes in the source text */
	bool number;       /* digits only */
	bool bigram;       /* of a script without spaces */
};
/* Return false to stop. */
typedef bool word_fn(void *arg, const struct word *w);

/* Folded words of s, in order. Words of one letter are given too (the caller chooses). */
void word_each(struct str s, word_fn *fn, void *arg);
/* Terms by the rule of the related index: at least 2 long, 's 't 'll cut, letters after the 6th cut (not in
 * numbers). */
void word_terms(struct str s, word_fn *fn, void *arg);

struct stemmer;
struct stemmer *stemmer_new(void); /* opens each language at its first use */
void stemmer_free(struct stemmer *st);
DEFINE_FREEP(stemmer)
/* The stem of a folded word in that language; the word itself when there is none for it. Valid until the next
 * call. */
struct str stemmer_stem(struct stemmer *st, enum lang lang, struct str folded);
/* Index tokens of s for full-text search: folded and stemmed by lang, bigrams (and single characters) of
 * unspaced scripts. */
void word_tokens(struct stemmer *st, enum lang lang, struct str s, word_fn *fn, void *arg);
size_t word_count(struct str s); /* for minutes to read; two CJK characters count as one word */

#endif
