/* SPDX-License-Identifier: MIT */
/* What hands.c, hands_fetch.c and hands_parse.c share: the two queues and who is owed what. */
#ifndef CO_APP_HANDS_PRIV_H
#define CO_APP_HANDS_PRIV_H

#include "app/hand.h"
#include "app/hands.h"
#include "app/ring.h"
#include "base/map.h"

enum {
	PARSERS_MAX = 8,
	HANDS_JOB_MS = 10000, /* longest job of courant-parse */
	HANDS_TRIES = 2,      /* of what a helper lost by ending at its own wish */
};

/* A request: waits here, was sent, or has failed and is to be told. */
struct asked {
	struct ring ring; /* first */
	uint64_t id;
	struct str bytes; /* encoded; owned */
	bool urgent;
	int tries;
	enum fetch_failure failure;
	char *why;
	hands_answer_fn *fn;
	void *arg;
};

/* A job: waits here, is a parser's, or has failed and is to be told. */
struct task_owed {
	struct ring ring; /* first */
	uint64_t id, body_bytes;
	struct str bytes; /* encoded; owned */
	int body_fd, tries;
	bool first;
	enum err_code code;
	char *why;
	hands_reply_fn *fn;
	void *arg;
};

struct parser {
	struct hand hand;
	struct hands *hands;
	struct task_owed *task; /* NULL: idle */
	struct loop_timer *deadline;
	bool late;
};

struct hands {
	struct loop *loop;
	char *dir; /* NULL: where helpers are */
	struct arena *arena;
	struct fetch_settings settings;
	uint64_t next_id;
	struct loop_timer *soon; /* tells what has failed */

	struct hand fetcher;
	struct ring asks, sent, failed_asks; /* of struct asked */
	struct imap sent_by_id;
	size_t n_sent, n_fetching;

	int job_ms;
	bool held;
	struct parser parsers[PARSERS_MAX];
	size_t n_parsers;
	struct ring tasks, failed_tasks; /* of struct task_owed */
	size_t n_parsing;
	uint64_t bodies; /* bytes that wait to be parsed */
};

void hands_fetch_init(struct hands *h);
void hands_fetch_release(struct hands *h);
void hands_fetch_tell(struct hands *h); /* calls back for what has failed */
void hands_fetch_settings(struct hands *h);
void hands_parse_init(struct hands *h);
void hands_parse_release(struct hands *h);
void hands_parse_tell(struct hands *h);
void hands_soon(struct hands *h); /* both tells follow from the loop */

#endif
