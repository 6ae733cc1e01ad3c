/* SPDX-License-Identifier: MIT */
/* Addresses: splitting, kinds, percent-encoding, hosts. Resolution against a base is url_resolve.c, the key
 * of comparison url_key.c. */
#include "text/url.h"

#include "base/buf.h"

#include <string.h>

/* Schemes that may be shown as a link: following them fetches a page or opens a form, and runs nothing. */
static const char *const safe_schemes[] = {
    "http",
    "https",
    "mailto",
    "ftp",
    "ftps",
    "gemini",
    "gopher",
    "tel",
    "sms",
    "sip",
    "irc",
    "ircs",
    "xmpp",
    "news",
    "nntp",
    "magnet",
    "matrix",
    "geo",
    "webcal",
    "feed",
    "at",
    "nostr",
    "doi",
    "urn",
    "ipfs",
    "bitcoin",
    "acct",
    "spotify",
};

static size_t scheme_len(struct str s)
{
	size_t i = 0;

	if (s.len == 0 || !ch_alpha((unsigned char)s.p[0]))
		return 0;
	while (
	    i < s.len && (ch_alnum((unsigned char)s.p[i]) || s.p[i] == '+' || s.p[i] == '-' || s.p[i] == '.'))
		i++;
	return i < s.len && s.p[i] == ':' ? i : 0;
}

/* Index of the first such character, or the length. */
static size_t until(struct str s, char stop)
{
	const char *at = s.len ? memchr(s.p, stop, s.len) : NULL;

	return at ? (size_t)(at - s.p) : s.len;
}

static void split_authority(struct str a, struct url *u)
{
	ptrdiff_t at = str_rchr(a, '@'), colon;

	if (at >= 0) {
		u->userinfo = str_sub(a, 0, (size_t)at);
		a = str_skip(a, (size_t)at + 1);
	}
	colon = str_rchr(a, ':');
	if (colon >= 0 && str_chr(str_skip(a, (size_t)colon), ']') < 0) {
		u->port = str_skip(a, (size_t)colon + 1);
		a = str_sub(a, 0, (size_t)colon);
	}
	u->host = a;
}

bool url_split(struct str s, struct url *u)
{
	size_t n = scheme_len(s);

	*u = (struct url){0};
	if (n == 0)
		return false;
	u->scheme = str_sub(s, 0, n);
	s = str_skip(s, n + 1);
	n = until(s, '#');
	if (n < s.len) {
		u->fragment = str_skip(s, n + 1);
		s = str_sub(s, 0, n);
	}
	n = until(s, '?');
	if (n < s.len) {
		u->query = str_skip(s, n + 1);
		s = str_sub(s, 0, n);
	}
	if (str_starts(s, "//")) {
		s = str_skip(s, 2);
		n = until(s, '/');
		split_authority(str_sub(s, 0, n), u);
		s = str_skip(s, n);
	}
	u->path = s;
	return true;
}

static bool is_web_scheme(struct str scheme)
{
	return str_eq_nocase(scheme, STR("http")) || str_eq_nocase(scheme, STR("https"));
}

/* No control character, space or byte above ASCII: what may be handed to a program or a header. */
static bool is_clean(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7F)
			return false;
	return true;
}

bool url_is_web(struct str s)
{
	struct url u;

	return url_split(s, &u) && is_web_scheme(u.scheme) && u.host.len > 0 && is_clean(u.host);
}

bool url_is_safe(struct str s)
{
	struct url u;

	if (!url_split(s, &u))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
			return false;
	if (is_web_scheme(u.scheme))
		return u.host.len > 0;
	for (size_t i = 0; i < ARRAY_LEN(safe_schemes); i++)
		if (str_eq_nocase(u.scheme, str_c(safe_schemes[i])))
			return true;
	return false;
}

struct str url_host(struct str s)
{
	struct url u;

	if (!url_split(s, &u) || u.host.len == 0)
		return STR_NONE;
	return u.host;
}

static bool is_default_port(struct str scheme, struct str port)
{
	if (port.len == 0)
		return true;
	return str_eqc(port, str_eq_nocase(scheme, STR("https")) ? "443" : "80") && is_web_scheme(scheme);
}

struct str url_origin(struct arena *a, struct str s)
{
	struct url u;
	char *out;
	size_t n;

	if (!url_split(s, &u) || u.host.len == 0)
		return STR_NONE;
	n = u.scheme.len + 3 + u.host.len;
	out = arena_printf(a, "%.*s://%.*s%s%.*s", STR_ARG(u.scheme), STR_ARG(u.host),
	    is_default_port(u.scheme, u.port) ? "" : ":",
	    is_default_port(u.scheme, u.port) ? 0 : (int)u.port.len, u.port.p ? u.port.p : "");
	for (size_t i = 0; i < n; i++)
		out[i] = (char)ch_lower((unsigned char)out[i]);
	return str_c(out);
}

struct str url_site(struct str s)
{
	static const char *const fronts[] = {"www.", "www1.", "www2.", "www3.", "m.", "mobile.", "amp."};
	struct str host = url_host(s);

	for (size_t i = 0; i < ARRAY_LEN(fronts); i++) {
		size_t n = strlen(fronts[i]);

		/* What stays must still be a name with a dot: "m.com" is a host of its own. */
		if (str_starts_nocase(host, fronts[i]) && str_chr(str_skip(host, n), '.') > 0)
			return str_skip(host, n);
	}
	return host;
}

bool url_decode(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		int high = i + 2 < s.len && s.p[i] == '%' ? ch_hex((unsigned char)s.p[i + 1]) : -1;
		int low = high >= 0 ? ch_hex((unsigned char)s.p[i + 2]) : -1;
		char c = s.p[i];

		if (low >= 0) {
			c = (char)(high * 16 + low);
			i += 2;
		}
		if (!buf_addc(out, c))
			return false;
	}
	return true;
}

bool url_encode(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool plain = ch_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';

		if (!(plain ? buf_addc(out, (char)c) : buf_printf(out, "%%%02X", c)))
			return false;
	}
	return true;
}
