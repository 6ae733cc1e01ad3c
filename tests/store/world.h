/* SPDX-License-Identifier: MIT */
/* A small store of our own for the tests: a folder, a database, feeds built item by item. */
#ifndef CO_TESTS_STORE_WORLD_H
#define CO_TESTS_STORE_WORLD_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/vec.h"
#include "store/db.h"
#include "store/list_db.h"
#include "store/marks.h"
#include "store/source_db.h"
#include "store/story_db.h"

#define NOW 1750000000

struct world {
	char *dir, *path;
	struct db *db;
	struct arena *arena;
	struct source_id sources[64];
	size_t n_sources;
	struct {
		VEC(struct item);
	} items; /* of the feed that is being built */
	struct err err;
};

void world_open(struct world *w);
void world_close(struct world *w); /* removes the folder */
/* Names "s0" … in sections A, B, A, B …, in that order. */
void world_sources(struct world *w, size_t n);
struct item *world_item(struct world *w, const char *id, const char *title, int64_t published);
/* Stores the items that were built and forgets them. */
struct put_result world_put(struct world *w, size_t source);
int64_t world_sql(struct world *w, const char *sql); /* first column of the first row */
struct str world_str(struct world *w, const char *fmt, ...) PRINTF(2, 3);
/* The only story whose title this is; fails when there is none. */
struct story_id world_story(struct world *w, const char *title);
void world_mark(struct world *w, enum mark_kind kind, int64_t story, bool on); /* by a key, at NOW */
struct query *world_query(struct world *w, const char *text);
/* The call went well; prints the error else. */
#define world_ok(w, call)                                                                                    \
	do {                                                                                                 \
		if (!(call))                                                                                 \
			fail_msg("%s: %s (%s)", #call, (w)->err.message, (w)->err.detail);                   \
	} while (0)

#endif
