/* SPDX-License-Identifier: MIT */
/* What refresh.c and refresh_source.c share. */
#ifndef CO_APP_REFRESH_PRIV_H
#define CO_APP_REFRESH_PRIV_H

#include "app/refresh.h"
#include "conf/conf.h"
#include "store/source_db.h"

struct source_job;

/* A configuration that was replaced while its sources were under way. */
struct retired {
	struct conf *conf;
	struct rules *rules;
};

struct refresh {
	struct app *app;
	struct refresh_hooks hooks;
	struct {
		VEC(struct source_job *);
	} jobs;      /* under way */
	size_t left; /* sources without an end */
	size_t busy; /* that another instance is fetching */
	size_t answered, unreachable;
	bool syncing; /* refresh_sync_sources() has not ended */
	struct {
		VEC(struct retired);
	} retired;
	bool asking; /* what is due is being asked for */
	bool news;   /* stories came that are not shown yet */
	int64_t started_ms, shown_ms;
};

/* One source, from its state to its end: refresh_source_ended() is called once. */
void refresh_source_start(struct app *a, const struct source_state *state);
void refresh_source_ended(struct app *a, const struct refresh_result *result);
/* Puts a body through the source's filter, then parses what it prints. */
void refresh_filter(struct source_job *j, int body_fd);
void refresh_jobs_free(struct refresh *r);

#endif
