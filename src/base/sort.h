/* SPDX-License-Identifier: MIT */
/* Sorting of numbers, where a call for each comparison would cost more than the rest. Thread: any. */
#ifndef CO_BASE_SORT_H
#define CO_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts v, n numbers, ascending by the bits from `low` upwards; those that are equal in them keep their
 * order. scratch: room for n, whose content is lost. */
void sort_u64(uint64_t *v, size_t n, unsigned low, uint64_t *scratch);

#endif
