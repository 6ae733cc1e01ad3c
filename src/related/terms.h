/* SPDX-License-Identifier: MIT */
/* A story as weighted terms: what its headline, its dek and the beginning of its text say. Pure. Thread:
 * any. */
#ifndef CO_RELATED_TERMS_H
#define CO_RELATED_TERMS_H

#include "base/arena.h"
#include "text/lang.h"

#define TERMS_VERSION    2  /* one more where terms or their weights change: what is stored is made anew */
#define TERM_WEIGHT_UNIT 16 /* a weight is kept in a byte, as sixteenths */

struct term {
	uint32_t hash;  /* stable: part of the database's format */
	uint8_t weight; /* u × 16, at least 1: u = 1 + ln tf, tf itself below 1 */
};
struct terms {
	struct term *v; /* ascending by hash, each once */
	size_t n;
	size_t words; /* that were counted: how much there is to go by */
};
struct terms_text {
	struct str title, dek, body; /* plain text; absent ones are none */
	struct str outlet;           /* its own name says nothing of its stories */
	enum lang lang;              /* its small words say nothing either */
};
/* The terms of a story, in a. */
struct terms terms_of(struct arena *a, const struct terms_text *text);
uint32_t term_hash(struct str folded);
/* The body without a beginning that repeats the dek. */
struct str terms_body(const struct terms_text *text);

#endif
