/* SPDX-License-Identifier: MIT */
/* One request on its way: a curl handle for each hop, what came so far, and the answer at the end. When it
 * may start and who hears of it is engine.c's. Thread: one owner. */
#ifndef CO_FETCH_TRANSFER_H
#define CO_FETCH_TRANSFER_H

#include <curl/curl.h>

#include "base/attr.h"
#include "fetch/head.h"
#include "fetch/host.h"
#include "model/fetch_msg.h"

#define TRANSFER_MAX_HOPS 10

struct transfer {
	struct waiter wait;           /* first: the engine gets it back as a waiter */
	struct transfer *next, *prev; /* of all that there are */
	struct arena *arena;
	struct fetch_request req;
	struct str url;            /* of this hop, without user and password */
	struct str user, password; /* for the origin of req.url alone */
	CURL *easy;
	struct curl_slist *headers;
	struct head head;
	int body_fd;         /* -1: no body yet */
	uint64_t body_bytes; /* decoded, of this hop */
	uint64_t wire_bytes; /* of all hops, headers too */
	int64_t begun_ms;    /* first start; 0: not yet */
	int64_t progress_ms; /* when something came last */
	unsigned hops;
	struct str permanent_url;
	bool permanent; /* all hops so far were permanent ones */
	bool inside;    /* may go to private addresses */
	bool proxied;   /* the addresses that are connected to are a proxy's */
	bool post;      /* this hop sends req.body */
	bool digest;    /* this hop answers a digest challenge */
	bool running, paused, cancelled;
	bool denied, too_big, head_too_big, enough, io_failed; /* why a callback ended it */
	char words[CURL_ERROR_SIZE];
};

/* Takes a, in which r lives. Returns yours. */
struct transfer *transfer_new(struct arena *a, const struct fetch_request *r);
void transfer_free(struct transfer *t);
DEFINE_FREEP(transfer)

/* False with failure and reason in out when the address may not be asked at all. */
bool transfer_allowed(struct transfer *t, struct fetch_answer *out);
/* Makes t->easy ready for the present hop. False: out of handles. */
bool transfer_prepare(struct transfer *t, const struct fetch_settings *s, CURLSH *share);
/* Milliseconds that are left of its time; 0: none. */
int64_t transfer_left_ms(const struct transfer *t, int64_t now_ms);

enum transfer_next { TRANSFER_ANSWER, TRANSFER_AGAIN };
/* A hop has ended. TRANSFER_AGAIN: queue it for t->url. Else out is the answer; its body is t->body_fd,
 * sealed. */
enum transfer_next transfer_ended(struct transfer *t, CURLcode code, struct fetch_answer *out);
/* An answer that no server gave; reason NULL: the usual words. */
void transfer_failure(
    struct transfer *t, enum fetch_failure failure, const char *reason, struct fetch_answer *out);

#endif
