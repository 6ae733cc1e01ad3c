/* SPDX-License-Identifier: MIT */
/* Typed growing arrays: struct { VEC(struct run); } runs = {0}; vec_push(&runs, r); vec_free(&runs);
 * Fields: v (elements), n (count), cap. Elements may move at a push. */
#ifndef CO_BASE_VEC_H
#define CO_BASE_VEC_H

#include "base/mem.h"
#include <string.h>

#define VEC(type)                                                                                            \
	type *v;                                                                                             \
	size_t n, cap
/* Room for one more element. */
#define vec_room(vec)                                                                                        \
	((vec)->n < (vec)->cap ? (void)0                                                                     \
	                       : (void)((vec)->cap = (vec)->cap ? (vec)->cap * 2 : 8,                        \
	                             (vec)->v = mem_resize((vec)->v, (vec)->cap, sizeof *(vec)->v)))
#define vec_push(vec, item) (vec_room(vec), (void)((vec)->v[(vec)->n++] = (item)))
/* Appends a zeroed element and gives its address. */
#define vec_add(vec)            (vec_room(vec), memset(&(vec)->v[(vec)->n], 0, sizeof *(vec)->v), &(vec)->v[(vec)->n++])
#define vec_pop(vec)            ((vec)->v[--(vec)->n])
#define vec_last(vec)           ((vec)->v[(vec)->n - 1])
#define vec_clear(vec)          ((void)((vec)->n = 0))
#define vec_free(vec)           (mem_free((vec)->v), (vec)->v = NULL, (vec)->n = 0, (vec)->cap = 0)
#define VEC_EACH(type, it, vec) for (type *it = (vec)->v; it && it < (vec)->v + (vec)->n; it++)
#define vec_sort(vec, cmp)      ((vec)->n > 1 ? qsort((vec)->v, (vec)->n, sizeof *(vec)->v, (cmp)) : (void)0)

#endif
