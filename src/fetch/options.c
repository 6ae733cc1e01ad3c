/* SPDX-License-Identifier: MIT */
/* The options of one hop: limits, what is sent, and to whom. Headers, user and password go to the origin that
 * they are for and nowhere else; so does a body. */
#include "fetch/options.h"

#include <stdlib.h>

#include "base/clock.h"
#include "config.h"
#include "fetch/guard.h"

enum {
	CONNECT_MS = 10000,
	SLOW_BYTES_S = 50, /* slower than this … */
	SLOW_S = 30,       /* … for so long is no answer */
	READ_BYTES = 8192, /* at once: each transfer under way keeps so much memory */
};

#define ACCEPT_FEED                                                                                          \
	"Accept: application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "    \
	"application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.3"

static const char *const accepts[] = {
    [FETCH_FEED] = ACCEPT_FEED,
    [FETCH_PAGE] = "Accept: text/html, application/xhtml+xml, */*;q=0.3",
    [FETCH_API] = "Accept: application/json, */*;q=0.5",
};

static void set_limits(struct transfer *t)
{
	int64_t left = transfer_left_ms(t, clock_mono_ms());
	long connect = t->req.connect_timeout_ms ? (long)t->req.connect_timeout_ms : CONNECT_MS;

	curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, left > 0 ? (long)left : 1L);
	curl_easy_setopt(
	    t->easy, CURLOPT_CONNECTTIMEOUT_MS, connect < left || left <= 0 ? connect : (long)left);
	curl_easy_setopt(t->easy, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_S);
	curl_easy_setopt(t->easy, CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
	curl_easy_setopt(t->easy, CURLOPT_BUFFERSIZE, (long)READ_BYTES);
	curl_easy_setopt(t->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->req.max_size);
}

static void set_calls(struct transfer *t)
{
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
	curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, transfer_on_body);
	curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, transfer_on_head);
	curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETFUNCTION, transfer_on_socket);
	curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_PREREQFUNCTION, transfer_on_request);
	curl_easy_setopt(t->easy, CURLOPT_PREREQDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->words);
}

static bool env_has_proxy(void)
{
	static const char *const names[] = {
	    "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *v = getenv(names[i]);

		if (v && *v)
			return true;
	}
	return false;
}

/* An empty proxy of a source means none at all; an absent one the common one, then the environment's. */
static void set_proxy(struct transfer *t, const struct fetch_settings *s)
{
	struct str proxy = t->req.proxy.p ? t->req.proxy : s->proxy;

	t->proxied = proxy.p ? proxy.len > 0 : env_has_proxy();
	if (proxy.p)
		curl_easy_setopt(t->easy, CURLOPT_PROXY, arena_cstr(t->arena, proxy));
}

static void add_header(struct transfer *t, struct str line)
{
	struct curl_slist *more;

	if (!guard_header_ok(line))
		return;
	more = curl_slist_append(t->headers, arena_cstr(t->arena, line));
	if (more)
		t->headers = more;
}

static bool names(struct str line, const char *name)
{
	return str_starts_nocase(line, name);
}

/* The reader's headers first; of ours those that they do not name. */
static void set_headers(struct transfer *t, bool own_origin)
{
	bool accept = false;

	curl_slist_free_all(t->headers);
	t->headers = NULL;
	for (size_t i = 0; own_origin && i < t->req.n_headers; i++) {
		accept = accept || names(t->req.headers[i], "accept:");
		add_header(t, t->req.headers[i]);
	}
	if (!accept)
		add_header(t, str_c(accepts[t->req.purpose]));
	if (t->req.etag.len)
		add_header(t, str_c(arena_printf(t->arena, "If-None-Match: %.*s", STR_ARG(t->req.etag))));
	if (t->req.modified.len)
		add_header(
		    t, str_c(arena_printf(t->arena, "If-Modified-Since: %.*s", STR_ARG(t->req.modified))));
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

/* A hop to elsewhere takes both off again: the handle is the same, so that a page's cookies stay. */
static void set_auth(struct transfer *t, bool own_origin)
{
	bool send = own_origin && t->user.p;

	curl_easy_setopt(t->easy, CURLOPT_HTTPAUTH, t->digest ? (long)CURLAUTH_DIGEST : (long)CURLAUTH_BASIC);
	curl_easy_setopt(t->easy, CURLOPT_USERNAME, send ? arena_cstr(t->arena, t->user) : NULL);
	curl_easy_setopt(
	    t->easy, CURLOPT_PASSWORD, send ? t->password.p ? arena_cstr(t->arena, t->password) : "" : NULL);
}

static void set_body(struct transfer *t)
{
	if (!t->post) {
		curl_easy_setopt(t->easy, CURLOPT_HTTPGET, 1L);
		return;
	}
	curl_easy_setopt(t->easy, CURLOPT_POST, 1L);
	curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->req.body.len);
	curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, t->req.body.p);
}

void options_set(struct transfer *t, const struct fetch_settings *s, CURLSH *share)
{
	bool own_origin = t->hops == 0 || guard_same_origin(t->req.url, t->url);
	CURL *e = t->easy;

	t->denied = t->too_big = t->head_too_big = t->enough = t->io_failed = t->paused = false;
	head_init(&t->head);
	set_calls(t);
	set_limits(t);
	set_proxy(t, s);
	set_headers(t, own_origin);
	set_auth(t, own_origin);
	set_body(t);
	/* A page may set a cookie and send back to itself; it lasts as long as this request. A handle that
	 * has begun to keep cookies goes on so. */
	if (t->req.purpose == FETCH_PAGE && t->hops == 0)
		curl_easy_setopt(e, CURLOPT_COOKIEFILE, "");
	curl_easy_setopt(e, CURLOPT_URL, arena_cstr(t->arena, t->url));
	curl_easy_setopt(e, CURLOPT_SHARE, share);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(e, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(e, CURLOPT_UNRESTRICTED_AUTH, 0L);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(e, CURLOPT_USERAGENT,
	    s->user_agent.len ? arena_cstr(t->arena, s->user_agent) : "courant/" PACKAGE_VERSION);
}
