/* SPDX-License-Identifier: MIT */
/* Hash tables by linear probing, at most three quarters full, with removal by moving later entries up, so
 * that no mark of a removed entry ever slows a look-up. Owns the keys, never the values. */
#include "base/map.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

enum { CAP_FIRST = 16 };

struct slot {
	char *key; /* NULL: free */
	size_t len;
	uint64_t hash;
	void *value;
};

struct map {
	struct slot *slots;
	size_t n, cap; /* cap is 0 or a power of two */
};

struct map *map_new(void)
{
	return mem_new(struct map);
}

void map_free(struct map *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->cap; i++)
		mem_free(m->slots[i].key);
	mem_free(m->slots);
	mem_free(m);
}

size_t map_count(const struct map *m)
{
	return m->n;
}

/* The slot of key, or the free one where it would go. Needs a table with a free slot. */
static struct slot *find(const struct map *m, struct str key, uint64_t hash)
{
	size_t mask = m->cap - 1;

	for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
		struct slot *s = &m->slots[i];
		if (!s->key || (s->hash == hash && str_eq(str_n(s->key, s->len), key)))
			return s;
	}
}

static void grow(struct map *m)
{
	struct slot *old = m->slots;
	size_t old_cap = m->cap;

	m->cap = old_cap ? old_cap * 2 : CAP_FIRST;
	m->slots = mem_array(m->cap, sizeof *m->slots);
	for (size_t i = 0; i < old_cap; i++)
		if (old[i].key)
			*find(m, str_n(old[i].key, old[i].len), old[i].hash) = old[i];
	mem_free(old);
}

void *map_get(const struct map *m, struct str key)
{
	return m->n ? find(m, key, hash_seeded(key))->value : NULL;
}

void *map_put(struct map *m, struct str key, void *value)
{
	if (m->n >= m->cap / 4 * 3)
		grow(m);
	uint64_t hash = hash_seeded(key);
	struct slot *s = find(m, key, hash);
	void *before = s->value;

	if (!s->key) {
		*s = (struct slot){.key = mem_strndup(key.p, key.len), .len = key.len, .hash = hash};
		m->n++;
	}
	s->value = value;
	return before;
}

/* True when an entry whose home is `home` may move from `from` to the free place `to` (all modulo the table).
 */
static bool may_move(size_t home, size_t from, size_t to, size_t mask)
{
	return ((from - home) & mask) >= ((from - to) & mask);
}

bool map_next(const struct map *m, size_t *at, struct str *key, void **value)
{
	for (; *at < m->cap; (*at)++) {
		const struct slot *s = &m->slots[*at];
		if (!s->key)
			continue;
		(*at)++;
		if (key)
			*key = (struct str){s->key, s->len};
		if (value)
			*value = s->value;
		return true;
	}
	return false;
}

void imap_release(struct imap *m)
{
	mem_free(m->keys);
	mem_free(m->values);
	mem_free(m->used);
	*m = (struct imap){0};
}

static size_t ifind(const struct imap *m, uint64_t key)
{
	size_t mask = m->cap - 1;
	size_t i = (size_t)hash_seeded_u64(key) & mask;

	while (m->used[i] && m->keys[i] != key)
		i = (i + 1) & mask;
	return i;
}

static void igrow_to(struct imap *m, size_t cap)
{
	struct imap old = *m;

	m->cap = cap;
	m->keys = mem_array(m->cap, sizeof *m->keys);
	m->values = mem_array(m->cap, sizeof *m->values);
	m->used = mem_array(m->cap, sizeof *m->used);
	for (size_t i = 0; i < old.cap; i++) {
		if (!old.used[i])
			continue;
		size_t to = ifind(m, old.keys[i]);
		m->used[to] = 1;
		m->keys[to] = old.keys[i];
		m->values[to] = old.values[i];
	}
	imap_release(&old);
}

bool imap_get(const struct imap *m, uint64_t key, uint64_t *value)
{
	if (m->n == 0)
		return false;
	size_t i = ifind(m, key);

	if (!m->used[i])
		return false;
	if (value)
		*value = m->values[i];
	return true;
}

void imap_put(struct imap *m, uint64_t key, uint64_t value)
{
	*imap_at(m, key) = value;
}

uint64_t *imap_at(struct imap *m, uint64_t key)
{
	if (m->n >= m->cap / 4 * 3)
		igrow_to(m, m->cap ? m->cap * 2 : CAP_FIRST);
	size_t i = ifind(m, key);

	if (!m->used[i]) {
		m->used[i] = 1;
		m->keys[i] = key;
		m->values[i] = 0;
		m->n++;
	}
	return &m->values[i];
}

bool imap_remove(struct imap *m, uint64_t key)
{
	if (m->n == 0)
		return false;
	size_t mask = m->cap - 1, to = ifind(m, key);

	if (!m->used[to])
		return false;
	for (size_t i = (to + 1) & mask; m->used[i]; i = (i + 1) & mask) {
		if (!may_move((size_t)hash_seeded_u64(m->keys[i]) & mask, i, to, mask))
			continue;
		m->keys[to] = m->keys[i];
		m->values[to] = m->values[i];
		to = i;
	}
	m->used[to] = 0;
	m->n--;
	return true;
}

bool imap_next(const struct imap *m, size_t *at, uint64_t *key, uint64_t *value)
{
	for (; *at < m->cap; (*at)++) {
		if (!m->used[*at])
			continue;
		if (key)
			*key = m->keys[*at];
		if (value)
			*value = m->values[*at];
		(*at)++;
		return true;
	}
	return false;
}
