/* SPDX-License-Identifier: MIT */
/* Refreshing: which sources are due, each one's request → answer → parse → stored, and when the next is due.
 * One run at a time; a source asked for while one runs is added to it. Main thread. */
#ifndef CO_APP_REFRESH_H
#define CO_APP_REFRESH_H

#include "app/app.h"

/* How one source's refresh ended. Strings are borrowed for the call. */
struct refresh_result {
	struct source_id id;
	struct str name, url, error; /* error absent: it went well */
	struct str note;             /* what else is to be told; absent: nothing */
	int32_t code;
	size_t n_new, n_changed;
	uint64_t bytes;
	int64_t ms;
};
struct refresh_hooks {
	void (*source)(void *arg, const struct refresh_result *r); /* may be NULL */
	void (*end)(void *arg);                                    /* all stored; may be NULL */
	void *arg;
};

bool refresh_init(struct app *a);
void refresh_release(struct app *a);
void refresh_hook(struct app *a, const struct refresh_hooks *hooks);
/* Starts on what is due, or (force) on the named sources, or on all, whatever their interval. */
void refresh_start(struct app *a, const struct source_id *only, size_t n_only, bool force);
bool refresh_runs(const struct app *a);
/* Before the engine is closed: gives back the leases of what is under way. */
void refresh_stop(struct app *a);
/* Takes over a configuration that is replaced: what is under way still goes by it. */
struct conf;
struct rules;
void refresh_retire(struct app *a, struct conf *c, struct rules *rules);
/* The database is being told of the configuration's sources. */
bool refresh_syncs(const struct app *a);
/* Arms the one timer for the next due source. */
void refresh_schedule(struct app *a);
/* Tells the database of the configuration's sources, then loads their names. then: called on main. */
void refresh_sync_sources(struct app *a, void (*then)(struct app *a));

#endif
