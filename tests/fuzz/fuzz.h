/* SPDX-License-Identifier: MIT */
/* What every fuzz driver has: the entry that libFuzzer and plain_main.c call, and a check that ends the run.
 */
#ifndef CO_TESTS_FUZZ_H
#define CO_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(holds)                                                                                    \
	((holds) ? (void)0                                                                                   \
	         : (fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #holds), abort()))

#endif
