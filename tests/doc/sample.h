/* SPDX-License-Identifier: MIT */
/* A document that holds one of everything, for the tests of this folder. */
#ifndef CO_TESTS_DOC_SAMPLE_H
#define CO_TESTS_DOC_SAMPLE_H

#include "doc/doc.h"

struct doc *sample_doc(void); /* returns yours */

/* A document of chance out of a seed: every kind of block, odd widths, scripts, spans, depths. */
struct doc *random_doc(uint64_t seed, size_t n_blocks);

#endif
