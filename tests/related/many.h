/* SPDX-License-Identifier: MIT */
/* A store of many small stories, for tests of the related index. Thread: one. */
#ifndef CO_TESTS_RELATED_MANY_H
#define CO_TESTS_RELATED_MANY_H

#include "world.h"

#define MANY 360

/* A number below `below`, by chance that is the same in each run: many_seed() begins it anew. */
unsigned many_roll(unsigned below);
void many_seed(uint64_t value);
/* Opens a world and puts MANY stories of the last 20 days into it, of four sources, ids from 1 on. */
void many_fill(struct world *w);
/* Indexes all that waits, in steps of `batch`; false: it fails or does not end. */
bool many_index(struct db *db, size_t batch);

#endif
