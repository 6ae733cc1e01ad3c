/* SPDX-License-Identifier: MIT */
/* A store of many small stories, made of words by chance, the same in each run. */
#include "many.h"

#include "base/hash.h"
#include "related/index.h"

#define VOCABULARY 700

/* Of the tests in this program, one after the other. */
static uint64_t seed = 7;

void many_seed(uint64_t value)
{
	seed = value;
}

unsigned many_roll(unsigned below)
{
	seed = hash_mix(seed + 1);
	return (unsigned)(seed % below);
}

/* Words by a steep distribution, as in any language. */
static struct str words(struct world *w, int n)
{
	struct buf b = BUF_MAX(10000);
	struct str out;

	for (int i = 0; i < n; i++)
		buf_printf(&b, "w%ux ", many_roll(many_roll(many_roll(VOCABULARY) + 1) + 1));
	out = arena_str(w->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

void many_fill(struct world *w)
{
	world_open(w);
	world_sources(w, 4);
	for (unsigned i = 0; i < MANY; i++) {
		struct item *it = world_item(
		    w, arena_printf(w->arena, "i%u", i), words(w, 6).p, NOW - (int64_t)many_roll(20 * 86400));

		it->content_text = words(w, 40);
		if (i % 20 == 19)
			world_put(w, i / 20 % 4);
	}
}

bool many_index(struct db *db, size_t batch)
{
	struct index_progress p;
	struct err err = {0};
	int steps = 0;

	do {
		if (!index_step(db, batch, &p, &err) || ++steps > 5000)
			return false;
	} while (p.left);
	return true;
}
