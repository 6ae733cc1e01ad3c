/* SPDX-License-Identifier: MIT */
/* What passes between courant and courant-fetch: a request for one address, its answer, and the settings that
 * hold for all. Redirects are followed inside courant-fetch, each as a new request. Strings live in the
 * codec's arena. */
#ifndef CO_MODEL_FETCH_MSG_H
#define CO_MODEL_FETCH_MSG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* Frame types on the socket. */
enum fetch_frame {
	FETCH_SETTINGS = 1, /* courant → fetch, first: struct fetch_settings */
	FETCH_REQUEST,      /* courant → fetch: struct fetch_request */
	FETCH_CANCEL,       /* courant → fetch: u64 id; 0: all */
	FETCH_ANSWER        /* fetch → courant: struct fetch_answer; the body as descriptor of the frame */
};

struct fetch_settings {
	uint32_t parallel, per_host;
	uint64_t body_budget; /* bytes of all bodies in flight */
	struct str user_agent, proxy;
	struct str edition_dir; /* with --demo: answer from this folder, touch no network */
	int64_t fixed_now;      /* TIME_NONE: the real clock */
};

enum fetch_purpose { FETCH_FEED, FETCH_PAGE, FETCH_API };

struct fetch_request {
	uint64_t id; /* chosen by courant, never 0, given back in the answer */
	struct str url;
	struct str etag, modified; /* validators for a conditional request */
	struct str *headers;       /* "Name: value", for the origin of `url` alone */
	size_t n_headers;
	struct str user, password; /* HTTP auth, for the origin of `url` alone */
	struct str proxy;
	struct str
	    referrer_host; /* of the feed that named this page: private addresses only when it is there too */
	struct str body;   /* absent: GET; else POST of these bytes (its Content-Type among headers) */
	uint32_t timeout_ms, connect_timeout_ms;
	uint64_t max_size; /* of the decoded body */
	enum fetch_purpose purpose;
	bool allow_file; /* a configured file: source */
	bool background; /* yields to others (prefetch) */
};

/* Why there is no answer from a server. */
enum fetch_failure {
	FETCH_OK, /* there is a status */
	FETCH_BAD_URL,
	FETCH_DENIED,
	FETCH_DNS,
	FETCH_CONNECT,
	FETCH_TLS,
	FETCH_TIMEOUT,
	FETCH_TOO_BIG,
	FETCH_BROKEN,
	FETCH_REDIRECTS,
	FETCH_CANCELLED,
	FETCH_DEFERRED /* the host asked to wait: retry_after_s */
};

struct fetch_answer {
	uint64_t id;
	enum fetch_failure failure;
	int32_t status;           /* HTTP; 0 when there is none; 200 for files */
	struct str reason;        /* cleaned words for a person: "403 Forbidden", "no answer in 20 s" */
	struct str final_url;     /* after redirects */
	struct str permanent_url; /* where a chain of 301/308 from the very address leads; absent when none */
	struct str content_type, etag, modified, content_language, link_header;
	int64_t retry_after_s, max_age_s; /* -1 when not stated */
	uint64_t wire_bytes, body_bytes;  /* as transferred; decoded */
	uint32_t elapsed_ms, redirects;
	bool not_modified; /* 304 */
};

void fetch_settings_encode(struct buf *out, const struct fetch_settings *s);
bool fetch_settings_decode(struct arena *a, struct str bytes, struct fetch_settings *s, struct err *err);
void fetch_request_encode(struct buf *out, const struct fetch_request *r);
bool fetch_request_decode(struct arena *a, struct str bytes, struct fetch_request *r, struct err *err);
void fetch_answer_encode(struct buf *out, const struct fetch_answer *r);
bool fetch_answer_decode(struct arena *a, struct str bytes, struct fetch_answer *r, struct err *err);

#endif
