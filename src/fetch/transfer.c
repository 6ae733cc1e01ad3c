/* SPDX-License-Identifier: MIT */
/* The life of one request: what libcurl calls while it runs, and what its end means. The options of a handle
 * are options.c's. */
#include "fetch/transfer.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/memfd.h"
#include "fetch/failure.h"
#include "fetch/guard.h"
#include "fetch/options.h"
#include "text/url.h"

/* What is read of an answer that nobody wants, so that its connection can be used again. */
#define DISCARD_MAX ((uint64_t)64 << 10)

struct transfer *transfer_new(struct arena *a, const struct fetch_request *r)
{
	struct transfer *t = mem_new(struct transfer);
	struct str user, password, host;

	t->arena = a;
	t->req = *r;
	if (!t->req.timeout_ms)
		t->req.timeout_ms = 20000;
	if (!t->req.max_size)
		t->req.max_size = (uint64_t)16 << 20;
	t->url = guard_userinfo(a, r->url, &user, &password);
	t->req.url = t->url;
	t->user = r->user.p ? r->user : user;
	t->password = r->user.p ? r->password : password;
	t->body_fd = -1;
	t->permanent = true;
	t->post = r->body.p != NULL;
	t->wait.background = r->background;
	host = url_host(t->url);
	/* What the reader configured may be anywhere. What a feed names is inside only when the feed is, too.
	 */
	t->inside = r->purpose != FETCH_PAGE ||
	            (r->referrer_host.len &&
	                (str_eq_nocase(host, r->referrer_host) || guard_is_private_host(r->referrer_host)));
	head_init(&t->head);
	return t;
}

static void drop_body(struct transfer *t)
{
	if (t->body_fd >= 0)
		close(t->body_fd);
	t->body_fd = -1;
	t->body_bytes = 0;
}

void transfer_free(struct transfer *t)
{
	if (!t)
		return;
	drop_body(t);
	if (t->easy)
		curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	arena_free(t->arena);
	mem_free(t);
}

int64_t transfer_left_ms(const struct transfer *t, int64_t now_ms)
{
	int64_t end = t->begun_ms ? t->begun_ms + t->req.timeout_ms : now_ms + t->req.timeout_ms;

	return end > now_ms ? end - now_ms : 0;
}

static void fill(struct transfer *t, struct fetch_answer *out)
{
	*out = (struct fetch_answer){.id = t->req.id,
	    .final_url = t->url,
	    .permanent_url = t->permanent_url,
	    .retry_after_s = -1,
	    .max_age_s = -1,
	    .wire_bytes = t->wire_bytes,
	    .redirects = t->hops,
	    .elapsed_ms = t->begun_ms ? (uint32_t)(clock_mono_ms() - t->begun_ms) : 0};
}

void transfer_failure(
    struct transfer *t, enum fetch_failure failure, const char *reason, struct fetch_answer *out)
{
	struct str host = url_host(t->url);

	drop_body(t);
	fill(t, out);
	out->failure = failure;
	out->reason = failure_words(
	    t->arena, failure, host.len ? host : t->url, t->req.timeout_ms, t->req.max_size, reason);
}

bool transfer_allowed(struct transfer *t, struct fetch_answer *out)
{
	if (!url_is_web(t->url)) {
		transfer_failure(t, FETCH_DENIED, _("only http and https are fetched"), out);
		return false;
	}
	if (!t->inside && guard_is_private_host(url_host(t->url))) {
		transfer_failure(t, FETCH_DENIED, _("a private address, named by a feed from outside"), out);
		return false;
	}
	return true;
}

bool transfer_prepare(struct transfer *t, const struct fetch_settings *s, CURLSH *share)
{
	int64_t now = clock_mono_ms();

	if (!t->begun_ms)
		t->begun_ms = now;
	t->progress_ms = now;
	t->words[0] = '\0';
	if (!t->easy && !(t->easy = curl_easy_init()))
		return false;
	options_set(t, s, share);
	return true;
}

/* True for an answer whose body is of use: of a status that is none, an API's own words. */
static bool wants_body(const struct transfer *t)
{
	if (t->head.status >= 200 && t->head.status < 300)
		return true;
	return t->head.status >= 400 && t->req.purpose == FETCH_API;
}

static size_t take_unwanted(struct transfer *t, size_t len)
{
	if (t->body_bytes <= DISCARD_MAX)
		return len;
	t->enough = true;
	return 0;
}

size_t transfer_on_body(char *data, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	size_t len = size * n;

	t->progress_ms = clock_mono_ms();
	t->body_bytes += len;
	if (!wants_body(t))
		return take_unwanted(t, len);
	if (t->body_bytes > t->req.max_size) {
		t->too_big = true;
		return 0;
	}
	if (t->body_fd < 0)
		t->body_fd = memfd_new("body", NULL);
	if (t->body_fd < 0 || !file_write_all(t->body_fd, data, len, NULL)) {
		t->io_failed = true;
		return 0;
	}
	return len;
}

size_t transfer_on_head(char *data, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;

	t->progress_ms = clock_mono_ms();
	if (head_lines(&t->head, t->arena, str_n(data, size * n), clock_now()))
		return size * n;
	t->head_too_big = true;
	return 0;
}

/* Before a new connection: its address. A proxy's own address is the reader's. */
curl_socket_t transfer_on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *t = arg;

	(void)purpose;
	if (!t->inside && !t->proxied && guard_is_private(&address->addr)) {
		t->denied = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static bool ip_is_private(const char *ip)
{
	return guard_is_private_host(str_c(ip));
}

/* Before each request: a connection that is used again was opened by another. */
int transfer_on_request(void *arg, char *ip, char *local_ip, int port, int local_port)
{
	struct transfer *t = arg;

	(void)local_ip;
	(void)port;
	(void)local_port;
	if (!t->inside && !t->proxied && ip_is_private(ip)) {
		t->denied = true;
		return CURL_PREREQFUNC_ABORT;
	}
	return CURL_PREREQFUNC_OK;
}

static void count_bytes(struct transfer *t)
{
	curl_off_t down = 0;

	curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
	t->wire_bytes += (uint64_t)down + t->head.bytes;
}

/* A source inside may redirect to the inside; one outside may not. */
static void look_where(struct transfer *t)
{
	char *ip = NULL;

	if (t->hops || t->req.purpose == FETCH_PAGE || t->proxied)
		return;
	curl_easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &ip);
	t->inside = ip && *ip && ip_is_private(ip);
}

static bool is_redirect(const struct head *h)
{
	return h->location.len && (h->status == 301 || h->status == 302 || h->status == 303 ||
	                              h->status == 307 || h->status == 308);
}

static bool has_secrets(const struct transfer *t)
{
	return t->user.p || t->req.n_headers;
}

static struct str without_fragment(struct str url)
{
	ptrdiff_t hash = str_chr(url, '#');

	return hash < 0 ? url : str_sub(url, 0, (size_t)hash);
}

/* The next hop is a new request: nothing of this one goes along but its time. */
static enum transfer_next redirect(struct transfer *t, struct fetch_answer *out)
{
	struct str user, password, to = url_resolve(t->arena, t->url, t->head.location);
	int status = t->head.status;

	look_where(t);
	if (!to.len || !url_is_web(to)) {
		transfer_failure(t, FETCH_DENIED, _("it redirects to what is neither http nor https"), out);
		return TRANSFER_ANSWER;
	}
	if (guard_falls(t->url, to) && has_secrets(t)) {
		transfer_failure(t, FETCH_DENIED,
		    _("it redirects from https to http, and there is a password or header"), out);
		return TRANSFER_ANSWER;
	}
	if (++t->hops > TRANSFER_MAX_HOPS) {
		t->hops--;
		transfer_failure(t, FETCH_REDIRECTS, NULL, out);
		return TRANSFER_ANSWER;
	}
	t->url = without_fragment(guard_userinfo(t->arena, to, &user, &password));
	t->permanent = t->permanent && (status == 301 || status == 308);
	if (t->permanent)
		t->permanent_url = t->url;
	t->post = t->post && status >= 307 && guard_same_origin(t->req.url, t->url);
	t->digest = false;
	drop_body(t);
	return transfer_allowed(t, out) ? TRANSFER_AGAIN : TRANSFER_ANSWER;
}

/* A body of no bytes is a body too: the one that takes it need not ask. */
static bool seal_body(struct transfer *t)
{
	if (t->body_fd < 0 && t->head.status >= 200 && t->head.status < 300)
		t->body_fd = memfd_new("body", NULL);
	return t->body_fd < 0 || memfd_seal(t->body_fd, NULL);
}

static void answer(struct transfer *t, struct fetch_answer *out)
{
	if (!seal_body(t)) {
		transfer_failure(t, FETCH_BROKEN, _("there is no memory for it"), out);
		return;
	}
	fill(t, out);
	out->status = t->head.status;
	out->reason = head_words(&t->head, t->arena);
	out->not_modified = t->head.status == 304;
	out->content_type = t->head.content_type;
	out->etag = t->head.etag;
	out->modified = t->head.modified;
	out->content_language = t->head.content_language;
	out->link_header = t->head.link;
	out->retry_after_s = t->head.retry_after_s;
	out->max_age_s = head_fresh_s(&t->head);
	out->body_bytes = t->body_fd >= 0 ? t->body_bytes : 0;
}

static bool wants_digest(const struct transfer *t)
{
	return t->head.status == 401 && t->user.p && !t->digest &&
	       str_find_nocase(t->head.challenge, "digest") >= 0 && guard_same_origin(t->req.url, t->url);
}

/* What libcurl says beyond the kind of failure: the system's word where that is shorter. */
static const char *words_of(const struct transfer *t, CURLcode code, enum fetch_failure failure)
{
	long number = 0;

	if (failure == FETCH_DNS)
		return NULL;
	curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &number);
	if (failure == FETCH_CONNECT)
		return number ? strerror((int)number) : NULL;
	return t->words[0] ? t->words : curl_easy_strerror(code);
}

enum transfer_next transfer_ended(struct transfer *t, CURLcode code, struct fetch_answer *out)
{
	enum fetch_failure failure = failure_of(code);

	count_bytes(t);
	if (t->cancelled)
		transfer_failure(t, FETCH_CANCELLED, NULL, out);
	else if (t->denied)
		transfer_failure(t, FETCH_DENIED, _("a private address, named from outside"), out);
	else if (t->too_big)
		transfer_failure(t, FETCH_TOO_BIG, NULL, out);
	else if (t->head_too_big)
		transfer_failure(t, FETCH_BROKEN, _("its headers are larger than 256 kB"), out);
	else if (t->io_failed)
		transfer_failure(t, FETCH_BROKEN, _("there is no memory for it"), out);
	else if (code != CURLE_OK && !t->enough)
		transfer_failure(t, failure, words_of(t, code, failure), out);
	else if (is_redirect(&t->head))
		return redirect(t, out);
	else if (wants_digest(t)) {
		t->digest = true;
		drop_body(t);
		return TRANSFER_AGAIN;
	} else
		answer(t, out);
	return TRANSFER_ANSWER;
}
