/* SPDX-License-Identifier: MIT */
/* From configuration to request. Secrets are asked of their commands at each use, so they are never kept. */
#include "app/source_request.h"

#include "base/i18n.h"
#include "base/proc.h"
#include "text/url.h"

#define SECRET_MAX        4096
#define SECRET_TIMEOUT_MS 10000

/* The first line that a command prints. */
static struct str ask(const char *const *argv, struct arena *arena, int stop_fd, struct err *err)
{
	SCOPED(buf) struct buf out = BUF_MAX(SECRET_MAX);
	struct proc_limits limits = {.timeout_ms = SECRET_TIMEOUT_MS, .stop_fd = stop_fd};
	int status = 0;
	if (!proc_run(argv, STR(""), &limits, &out, NULL, &status, err))
		return STR_NONE;
	struct str line, all = buf_str(&out);
	if (status || !str_split(&all, '\n', &line) || !str_trim(line).len) {
		err_set(err, ERR_CONFIG, _("%s gave no secret (status %d); run it by hand to see why"),
		    argv[0], status);
		return STR_NONE;
	}
	return arena_str(arena, str_trim(line));
}

static bool secret(const struct secret *s, struct arena *arena, int stop_fd, struct str *out, struct err *err)
{
	*out = s->command ? ask(s->command, arena, stop_fd, err) : s->value;
	return out->p != NULL;
}

static bool add_cookies(
    const struct source_conf *s, struct arena *arena, int stop_fd, struct fetch_request *r, struct err *err)
{
	SCOPED(buf) struct buf line = BUF_MAX(1 << 16);
	buf_adds(&line, "Cookie: ");
	for (size_t i = 0; i < s->n_cookies; i++) {
		struct str value;
		if (!secret(&s->cookies[i], arena, stop_fd, &value, err))
			return false;
		buf_printf(&line, "%s%.*s=%.*s", i ? "; " : "", STR_ARG(s->cookies[i].name), STR_ARG(value));
	}
	if (s->n_cookies)
		r->headers[r->n_headers++] = arena_str(arena, buf_str(&line));
	return true;
}

bool source_asks_programs(const struct source_conf *s)
{
	bool asks = s->user.len > 0;
	for (size_t i = 0; i < s->n_headers; i++)
		asks = asks || s->headers[i].command;
	for (size_t i = 0; i < s->n_cookies; i++)
		asks = asks || s->cookies[i].command;
	return asks;
}

bool source_request(
    const struct source_conf *s, struct arena *arena, int stop_fd, struct fetch_request *r, struct err *err)
{
	*r = (struct fetch_request){.url = s->url,
	    .proxy = s->proxy,
	    .purpose = s->mapping ? FETCH_API : FETCH_FEED,
	    .timeout_ms = (uint32_t)(s->timeout_s * 1000),
	    .connect_timeout_ms = (uint32_t)(s->timeout_s * 1000),
	    .max_size = (uint64_t)s->max_size,
	    .allow_file = true};
	r->headers = arena_array(arena, s->n_headers + 1, sizeof *r->headers);
	for (size_t i = 0; i < s->n_headers; i++) {
		struct str value;
		if (!secret(&s->headers[i], arena, stop_fd, &value, err))
			return false;
		r->headers[r->n_headers++] =
		    str_c(arena_printf(arena, "%.*s: %.*s", STR_ARG(s->headers[i].name), STR_ARG(value)));
	}
	if (!add_cookies(s, arena, stop_fd, r, err))
		return false;
	if (s->user.len) {
		r->user = s->user;
		r->password = ask(s->password_command, arena, stop_fd, err);
		return r->password.p != NULL;
	}
	return true;
}

void page_request(const struct app *a, struct source_id source, struct str url, struct arena *arena,
    struct fetch_request *r)
{
	const struct source_ref *ref = app_source(a, source);
	const struct source_conf *s = ref ? ref->conf : NULL;
	int64_t timeout_s = s ? s->timeout_s : conf_seconds(a->conf, SET_FETCH_TIMEOUT);
	(void)arena;
	*r = (struct fetch_request){.url = url,
	    .purpose = FETCH_PAGE,
	    .timeout_ms = (uint32_t)(timeout_s * 1000),
	    .connect_timeout_ms = (uint32_t)(timeout_s * 1000),
	    .max_size = (uint64_t)(s ? s->max_size : conf_bytes(a->conf, SET_FETCH_MAX_SIZE))};
	if (s) {
		r->proxy = s->proxy;
		r->referrer_host = url_host(s->url);
	}
}

void fetch_settings_of(const struct conf *c, struct fetch_settings *out)
{
	*out = (struct fetch_settings){.parallel = (uint32_t)conf_int(c, SET_FETCH_PARALLEL),
	    .per_host = (uint32_t)conf_int(c, SET_FETCH_PER_HOST),
	    .body_budget = (uint64_t)24 << 20,
	    .user_agent = conf_text(c, SET_FETCH_USER_AGENT),
	    .proxy = conf_text(c, SET_FETCH_PROXY),
	    .fixed_now = TIME_NONE};
}
