/* SPDX-License-Identifier: MIT */
/* Whether two texts are the same text with changes, as agency reports are in many papers. Pure. Thread: any.
 */
#ifndef CO_RELATED_NEAR_COPY_H
#define CO_RELATED_NEAR_COPY_H

#include "base/arena.h"

#define NEAR_COPY_COSINE 0.35 /* below, texts need not be compared */

struct shingles {
	uint32_t *v; /* hashes of three words in a row, ascending, each once */
	size_t n;
};
/* Of the first words of a text, in a. */
struct shingles shingles_of(struct arena *a, struct str title, struct str body);
/* At least half of the shorter one's. */
bool near_copy(const struct shingles *a, const struct shingles *b);

#endif
