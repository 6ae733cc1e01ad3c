/* SPDX-License-Identifier: MIT */
/* All requests of the program: one curl multi handle on a loop, what waits and what runs, the budget of
 * bodies. Gives each request exactly one answer. Thread: that of the loop. */
#ifndef CO_FETCH_ENGINE_H
#define CO_FETCH_ENGINE_H

#include "base/attr.h"
#include "base/err.h"
#include "base/loop.h"
#include "model/fetch_msg.h"

struct engine;
/* The answer is borrowed until the return; takes body_fd (-1: none). Not called from inside engine_ask(). */
typedef void engine_answer_fn(void *arg, const struct fetch_answer *answer, int body_fd);

struct engine *engine_new(struct loop *l, engine_answer_fn *fn, void *arg, struct err *err);
void engine_free(struct engine *e); /* without answers to what is left; NULL is fine */
DEFINE_FREEP(engine)
/* Copies s; holds for what starts from now on. False: the edition cannot be read. */
bool engine_settings(struct engine *e, const struct fetch_settings *s, struct err *err);
/* Takes a, in which r lives. */
void engine_ask(struct engine *e, struct arena *a, const struct fetch_request *r);
void engine_cancel(struct engine *e, uint64_t id); /* 0: all */
size_t engine_count(const struct engine *e);       /* requests without an answer */
/* Bodies that were answered but have not left the program, and their bytes: these count against the budget,
 * and while there are many of those nothing new starts. */
void engine_unsent(struct engine *e, size_t bodies, uint64_t bytes);

#endif
