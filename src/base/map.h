/* SPDX-License-Identifier: MIT */
/* Hash tables in memory: struct map (string keys, copied) and struct imap (64-bit keys). Open addressing,
 * grow by doubling. Values are pointers / 64-bit numbers that the map does not own. Thread: one owner. */
#ifndef CO_BASE_MAP_H
#define CO_BASE_MAP_H

#include "base/attr.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

struct map;
struct map *map_new(void);    /* returns yours */
void map_free(struct map *m); /* NULL is fine; values are not freed */
DEFINE_FREEP(map)
size_t map_count(const struct map *m);
void *map_get(const struct map *m, struct str key); /* NULL when absent */
/* Sets, returns the value that was there before (NULL: none). value must not be NULL. */
void *map_put(struct map *m, struct str key, void *value);
/* Walks in no stated order, while nothing is put or removed: size_t at = 0; while (map_next(m, &at, &key,
 * &value)) … */
bool map_next(const struct map *m, size_t *at, struct str *key, void **value);

struct imap {
	uint64_t *keys, *values;
	uint8_t *used;
	size_t n, cap;
};
void imap_release(struct imap *m); /* {0} is an empty one */
bool imap_get(const struct imap *m, uint64_t key, uint64_t *value);
void imap_put(struct imap *m, uint64_t key, uint64_t value);
/* Address of the value of key, made 0 when it was absent; valid until the next put. */
uint64_t *imap_at(struct imap *m, uint64_t key);
bool imap_remove(struct imap *m, uint64_t key);
bool imap_next(const struct imap *m, size_t *at, uint64_t *key, uint64_t *value);

#endif
