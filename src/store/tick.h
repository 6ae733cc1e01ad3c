/* SPDX-License-Identifier: MIT */
/* How instances notice each other's commits: a small file beside the database, written after a COMMIT and
 * watched by the others. Each instance has a slot of the file, so that its own writing is told apart. Thread:
 * tick_touch() from any thread; the rest from one. */
#ifndef CO_STORE_TICK_H
#define CO_STORE_TICK_H

#include "base/attr.h"
#include "base/err.h"

struct tick;
/* Makes DIR/tick when it is missing. Without a watch (no inotify, read-only folder) it works all the same:
 * tick_fd() is -1 and tick_clear() looks into the file. Never NULL. Returns yours. */
struct tick *tick_open(const char *dir);
void tick_free(struct tick *t); /* NULL is fine */
DEFINE_FREEP(tick)
int tick_fd(const struct tick *t); /* to be polled for reading; -1: none, ask tick_clear() on a key press */
/* Empties the watch. True when another instance has committed since the last call. */
bool tick_clear(struct tick *t);
void tick_touch(struct tick *t);
/* No other instance had the folder's tick open when this one came (a crash before it is then told by
 * db_was_unclean()). */
bool tick_alone(const struct tick *t);

#endif
