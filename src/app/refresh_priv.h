/* SPDX-License-Identifier: MIT */
/* What the files of a refresh share: the run, and one source on its way. refresh.c: what is due, the run's
 * end. refresh_source.c: request → answer → parse. refresh_program.c: secrets, commands, filters.
 * refresh_more.c: further pages, items one by one. refresh_end.c: what is stored. refresh_sync.c: the sources
 * of the configuration. */
#ifndef CO_APP_REFRESH_PRIV_H
#define CO_APP_REFRESH_PRIV_H

#include "app/interval.h"
#include "app/refresh.h"
#include "conf/conf.h"
#include "model/fetch_msg.h"
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
	size_t answered, unreachable;
	size_t unwritten; /* bytes of what was read and is not stored yet */
	bool syncing;     /* refresh_sync_sources() has not ended */
	struct {
		VEC(struct retired);
	} retired;
	bool asking; /* what is due is being asked for */
	bool news;   /* stories came that are not shown yet */
	int64_t started_ms, shown_ms;
};

/* A document that was read, encoded. item: of a single item that the source was asked for (refresh_more.c).
 */
struct source_record {
	struct str bytes; /* owned */
	struct str item;  /* its id; absent: a page of the feed */
};

struct source_job {
	struct app *app;
	size_t at; /* its place among the jobs */
	struct arena *arena;
	struct source_state state; /* strings in the arena */
	const struct source_conf *conf;
	int64_t started_ms;
	struct source_answer answer; /* grows on the way */
	struct source_pace pace;     /* of the document, once it was read */
	struct interval_hints hints;
	struct fetch_request request;        /* the first; others are made after it */
	bool moved;                          /* the request goes where the address has moved to */
	struct str named;                    /* the feed of a page, asked in its place; absent: none */
	struct str content_type, base, link; /* of the answer in hand */
	struct str refusal; /* words of an HTTP error whose body may say more; absent: none */
	int page_fd;        /* a web page instead of a feed, for what it names; -1: none */
	struct {
		VEC(struct source_record);
	} records;                /* when there is more than one document to it */
	bool partial;             /* some of it did not come */
	struct source_more *more; /* refresh_more.c */
	struct str *known;        /* ids of items that are stored and were not asked for again */
	size_t n_known;
	char *note; /* something to tell that is no error; NULL: nothing */
};

/* One source, from its state to its end: refresh_source_ended() is called once. */
void refresh_source_start(struct app *a, const struct source_state *state);
void refresh_source_ended(struct app *a, const struct refresh_result *result);
void refresh_jobs_free(struct refresh *r);
/* Configurations that nothing under way needs any more. */
void refresh_free_retired(struct refresh *r);
/* Asks for request; the job's answer follows. */
void refresh_fetch(struct source_job *j);
/* Reads a body, which it takes. */
void refresh_parse(struct source_job *j, int body_fd);

/* Fills the request on a thread, since it asks programs for secrets; then refresh_fetch(). */
void refresh_secrets(struct source_job *j);
void refresh_command(struct source_job *j);
/* Puts a body through the source's filter, then parses what it prints. */
void refresh_filter(struct source_job *j, int body_fd);

/* A document of a JSON API was read: asks for what is missing. False: nothing is. */
bool refresh_more(struct source_job *j, struct str record);

/* The ends: each stores, releases the lease and frees the job. */
void refresh_end(struct source_job *j, struct str record); /* absent: the job's records */
void refresh_end_same(struct source_job *j);
void refresh_end_failed(struct source_job *j, struct str why);
/* The same, until a moment (the host asked to wait, or said that the feed is gone for good). */
void refresh_end_until(struct source_job *j, struct str why, int64_t next_due);
void refresh_job_free(struct source_job *j);

#endif
