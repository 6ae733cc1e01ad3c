/* SPDX-License-Identifier: MIT */
/* Header lines into the few values that are asked for. Nothing here trusts a byte of them. */
#include "fetch/head.h"

#include <curl/curl.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "text/safe.h"

enum {
	VALUE_MAX = 2000,      /* of a value that is kept */
	LOCATION_MAX = 16384,  /* an address */
	JOINED_MAX = 4000,     /* several headers of one name together */
	WAIT_MAX_S = 7 * 86400 /* longest wait that a server may ask for */
};

void head_init(struct head *h)
{
	*h = (struct head){.retry_after_s = -1, .max_age_s = -1, .expires_s = -1, .date_s = -1};
}

/* A value without control bytes; cut when it is too long to be meant. */
static struct str kept(struct arena *a, struct str value, size_t max)
{
	struct buf b = BUF_MAX(3 * max + 8); /* a bad byte becomes a character of three */
	struct str s;

	safe_add(&b, str_sub(value, 0, max), SAFE_LINE);
	s = arena_str(a, buf_str(&b));
	buf_release(&b);
	return s;
}

/* A moment in s; -1 when it is none. */
static int64_t http_date(struct arena *a, struct str value)
{
	const char *text = arena_cstr(a, str_sub(value, 0, 100));
	time_t t = text ? curl_getdate(text, NULL) : -1;

	return t < 0 ? -1 : (int64_t)t;
}

static int64_t retry_after(struct arena *a, struct str value, int64_t now)
{
	int64_t s;

	if (!str_i64(value, &s)) {
		s = http_date(a, value);
		if (s < 0)
			return -1;
		s = s > now ? s - now : 0;
	}
	return s < 0 ? -1 : s > WAIT_MAX_S ? WAIT_MAX_S : s;
}

static int64_t max_age(struct str value)
{
	struct str part;
	int64_t age = -1, s;

	while (str_split(&value, ',', &part)) {
		part = str_trim(part);
		if (str_eq_nocase(part, STR("no-cache")) || str_eq_nocase(part, STR("no-store")))
			return 0;
		if (!str_starts_nocase(part, "max-age="))
			continue;
		part = str_skip(part, strlen("max-age="));
		if (str_starts(part, "\"") && str_ends(part, "\"") && part.len >= 2)
			part = str_sub(part, 1, part.len - 2);
		if (str_i64(part, &s) && s >= 0)
			age = s;
	}
	return age;
}

static void status_line(struct head *h, struct arena *a, struct str line)
{
	size_t bytes = h->bytes;
	ptrdiff_t blank = str_chr(line, ' ');
	struct str rest = blank < 0 ? STR_NONE : str_trim(str_skip(line, (size_t)blank));
	int64_t status;

	head_init(h);
	h->bytes = bytes;
	if (str_i64(str_sub(rest, 0, 3), &status) && status >= 100 && status <= 999)
		h->status = (int)status;
	h->reason = kept(a, str_trim(str_skip(rest, 3)), 200);
}

struct place {
	const char *name;
	size_t at, max;
};

static const struct place places[] = {
    {"location", offsetof(struct head, location), LOCATION_MAX},
    {"content-type", offsetof(struct head, content_type), VALUE_MAX},
    {"etag", offsetof(struct head, etag), VALUE_MAX},
    {"last-modified", offsetof(struct head, modified), VALUE_MAX},
    {"content-language", offsetof(struct head, content_language), VALUE_MAX},
    {"link", offsetof(struct head, link), JOINED_MAX},
    {"www-authenticate", offsetof(struct head, challenge), VALUE_MAX},
};

static bool keep_text(struct head *h, struct arena *a, struct str name, struct str value)
{
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		struct str *s = (struct str *)(void *)((char *)h + places[i].at);

		if (!str_eq_nocase(name, str_c(places[i].name)))
			continue;
		/* A validator that is cut or cleaned is another one. */
		if (value.len > places[i].max || (s->p && !value.len))
			return true;
		if (s->p && (s == &h->link || s == &h->challenge) && s->len + value.len > JOINED_MAX)
			return true;
		struct str text = kept(a, value, places[i].max);
		if (s->len && (s == &h->link || s == &h->challenge))
			text = kept(
			    a, str_c(arena_printf(a, "%.*s, %.*s", STR_ARG(*s), STR_ARG(text))), JOINED_MAX);
		*s = text;
		return true;
	}
	return false;
}

bool head_line(struct head *h, struct arena *a, struct str line, int64_t now)
{
	ptrdiff_t colon = str_chr(line, ':');
	struct str name, value;

	h->bytes += line.len;
	if (h->bytes > HEAD_MAX_BYTES)
		return false;
	if (str_starts(line, "HTTP/")) {
		status_line(h, a, line);
		return true;
	}
	if (colon <= 0)
		return true;
	name = str_trim(str_sub(line, 0, (size_t)colon));
	value = str_trim(str_skip(line, (size_t)colon + 1));
	if (keep_text(h, a, name, value))
		return true;
	if (str_eq_nocase(name, STR("retry-after")))
		h->retry_after_s = retry_after(a, value, now);
	else if (str_eq_nocase(name, STR("cache-control")))
		h->max_age_s = max_age(value);
	else if (str_eq_nocase(name, STR("expires")))
		h->expires_s = http_date(a, value);
	else if (str_eq_nocase(name, STR("date")))
		h->date_s = http_date(a, value);
	return true;
}

bool head_lines(struct head *h, struct arena *a, struct str lines, int64_t now)
{
	while (lines.len) {
		ptrdiff_t end = str_chr(lines, '\n');
		size_t len = end < 0 ? lines.len : (size_t)end + 1;

		if (!head_line(h, a, str_sub(lines, 0, len), now))
			return false;
		lines = str_skip(lines, len);
	}
	return true;
}

int64_t head_fresh_s(const struct head *h)
{
	if (h->max_age_s >= 0)
		return h->max_age_s;
	if (h->expires_s < 0 || h->date_s < 0)
		return -1;
	return h->expires_s > h->date_s ? h->expires_s - h->date_s : 0;
}

static const struct {
	int status;
	const char *words;
} usual[] = {
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {410, "Gone"},
    {418, "I'm a teapot"},
    {429, "Too Many Requests"},
    {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

struct str head_words(const struct head *h, struct arena *a)
{
	struct str words = h->reason;

	for (size_t i = 0; !words.len && i < ARRAY_LEN(usual); i++)
		if (usual[i].status == h->status)
			words = str_c(usual[i].words);
	if (!words.len)
		return str_c(arena_printf(a, "%d", h->status));
	return safe_copy(a, str_c(arena_printf(a, "%d %.*s", h->status, STR_ARG(words))), SAFE_LINE);
}
