/* SPDX-License-Identifier: MIT */
/* What changed between two texts of an article, as a document: the new text with what was put in marked
 * {+so+} (RUN_INSERTED) and what was taken out left standing as RUN_DELETED. Stretches that stayed are told
 * in a line. Thread: any. */
#ifndef CO_APP_DIFF_H
#define CO_APP_DIFF_H

#include "base/arena.h"
#include "doc/article.h"

struct diff_counts {
	size_t taken_out, put_in; /* words */
};

/* Headline, dek and text compared. Returns yours; NULL when nothing differs. */
struct doc *diff_articles(const struct article *was, const struct article *is, struct diff_counts *counts);

/* ---- What it is made of ---- */

/* Marks in same_a and same_b, which are filled (na and nb long), the items of a longest common subsequence.
 * After DIFF_EDITS_MAX differences all between the common ends counts as different. */
#define DIFF_EDITS_MAX 2000
void diff_numbers(const uint64_t *a, size_t na, const uint64_t *b, size_t nb, bool *same_a, bool *same_b);

/* A text cut into words, characters of scripts without spaces, and what stands between them. */
struct diff_token {
	uint64_t key; /* equal for equal tokens */
	uint32_t start, len;
	bool word;
};
struct diff_token *diff_tokens(struct arena *a, struct str text, size_t *n);

#endif
