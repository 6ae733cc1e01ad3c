/* SPDX-License-Identifier: MIT */
/* Two texts with runs told as one, word by word. Thread: any. */
#ifndef CO_APP_DIFF_WORDS_H
#define CO_APP_DIFF_WORDS_H

#include "app/diff.h"

struct diff_side {
	const struct doc *doc; /* whose links the runs have; may be NULL when there are none */
	const struct rich *rich;
};

/* Adds to the open block what both have, what was taken out and what was put in. */
void diff_say_words(struct doc_builder *out, const struct diff_side *was, const struct diff_side *is,
    struct diff_counts *counts);
/* Adds all of a text as put in (RUN_INSERTED) or taken out (RUN_DELETED). */
void diff_say_all(
    struct doc_builder *out, const struct diff_side *side, unsigned style, struct diff_counts *counts);
size_t diff_table_words(const struct doc_table *t);
/* How much two texts have in common: 0 nothing, 1 all words. */
double diff_likeness(struct str a, struct str b);

#endif
