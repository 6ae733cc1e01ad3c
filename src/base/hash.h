/* SPDX-License-Identifier: MIT */
/* Hashes. hash_stable() is part of the database format: the same bytes give the same number for ever.
 * hash_seeded() is for tables in memory, seeded per process against chosen collisions. Thread: any. */
#ifndef CO_BASE_HASH_H
#define CO_BASE_HASH_H

#include "base/str.h"
#include <stdint.h>

uint64_t hash_stable(struct str s);
uint64_t hash_stable_more(uint64_t h, struct str s); /* continues: order matters */
/* As lasting as hash_stable(), with other numbers, and twice as fast: for whole documents. */
uint64_t hash_stable_long(struct str s);
uint64_t hash_seeded(struct str s);
uint64_t hash_seeded_u64(uint64_t x); /* the same for numbers */
uint64_t hash_mix(uint64_t x);        /* spreads an integer */
uint64_t random_u64(void);            /* from the kernel, never 0 */

#endif
