/* SPDX-License-Identifier: MIT */
/* What works behind the app: the threads with their connections, the helper programs, the tick of other
 * instances, and the inbox that all results enter by. Main thread, but where a worker delivers. */
#ifndef CO_APP_ENGINE_H
#define CO_APP_ENGINE_H

#include "app/app.h"
#include "app/hands.h"
#include "base/queue.h"
#include "store/tick.h"
#include "store/worker.h"

struct engine {
	struct queue *inbox;
	struct worker *reader, *writer, *indexer;
	struct tick *tick;
	struct hands *hands;
	struct runner *runner;
	char *data_dir;
	uint64_t owner;   /* this instance, in leases and in the journal */
	size_t errands;   /* submitted, not yet finished */
	bool indexing;    /* an index step is under way */
	bool index_again; /* stories came while it was */
	bool index_fresh; /* steps found something since the screen was told */
};

struct engine_spec {
	const char *data_dir;
	const struct fetch_settings *settings;
};

/* Opens the database (made when missing) and starts the threads; a->loop must stand. */
bool engine_open(struct app *a, const struct engine_spec *spec, struct err *err);
/* Lets the writer finish what the reader of news did, ends threads and helpers. NULL engine is fine. */
void engine_close(struct app *a);
/* Handles all results that wait in the inbox. */
void engine_take(struct app *a);
/* Nothing is asked of the threads: no errand is under way. */
bool engine_answered(const struct app *a);
/* Nothing at all is under way: no errand, no request, no job. */
bool engine_idle(const struct app *a);
/* CPU time of this process and of the helpers so far, in ms. */
int64_t engine_cpu_ms(const struct app *a);
/* After a crash the file is looked over once, in the background; damage is told. */
void engine_look_over(struct app *a);
/* Indexes what waits, in the background, in small steps. */
void engine_index(struct app *a);

#endif
