/* SPDX-License-Identifier: MIT */
/* A reference made absolute: RFC 3986 §5.2 with the leniencies of the WHATWG URL Standard for http and https.
 */
#include "text/url.h"

#include "text/url_priv.h"

#include <string.h>

#define URL_MAX ((size_t)64 << 10) /* a longer one is no address that anyone follows */

/* Characters of ASCII that are percent-encoded in each part, beside controls, space and all above ASCII. */
#define ENCODE_PATH     "\"<>`{}^"
#define ENCODE_QUERY    "\"<>'"
#define ENCODE_FRAGMENT "\"<>`"
#define ENCODE_USER     "\"<>`{}^/:;=@[]|"

static void encode(struct buf *out, struct str s, const char *set)
{
	size_t from = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (ch_alnum(c) || (c > ' ' && c < 0x7F && !strchr(set, c)))
			continue;
		(void)buf_add(out, s.p + from, i - from);
		(void)buf_printf(out, "%%%02X", c);
		from = i + 1;
	}
	if (from < s.len)
		(void)buf_add(out, s.p + from, s.len - from);
}

/* The reference without the white space and controls around it and without newlines and tabs inside. */
static struct str strip(struct arena *a, struct str s)
{
	char *copy;
	size_t n = 0, first = 0;

	while (first < s.len && (unsigned char)s.p[first] <= ' ')
		first++;
	while (s.len > first && (unsigned char)s.p[s.len - 1] <= ' ')
		s.len--;
	s = str_skip(s, first);
	if (str_chr(s, '\t') < 0 && str_chr(s, '\n') < 0 && str_chr(s, '\r') < 0)
		return s;
	copy = arena_alloc(a, s.len + 1);
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
			copy[n++] = s.p[i];
	return (struct str){copy, n};
}

/* Backslashes before the query are slashes in web addresses. */
static struct str unbackslash(struct arena *a, struct str s)
{
	char *copy;

	if (str_chr(s, '\\') < 0 || !(copy = arena_cstr(a, s)))
		return s;
	for (size_t i = 0; i < s.len && copy[i] != '?' && copy[i] != '#'; i++)
		if (copy[i] == '\\')
			copy[i] = '/';
	return (struct str){copy, s.len};
}

static bool is_web(struct str scheme)
{
	return str_eq_nocase(scheme, STR("http")) || str_eq_nocase(scheme, STR("https"));
}

/* "." is 1, ".." is 2, anything else 0; a dot may be written %2e. */
static int dots(struct str segment)
{
	int n = 0;

	while (segment.len > 0) {
		size_t used = segment.p[0] == '.' ? 1 : str_starts_nocase(segment, "%2e") ? 3 : 0;

		if (used == 0 || ++n > 2)
			return 0;
		segment = str_skip(segment, used);
	}
	return n;
}

static void drop_segment(struct buf *out, size_t root)
{
	while (out->len > root && out->data[out->len - 1] != '/')
		buf_truncate(out, out->len - 1);
	if (out->len > root)
		buf_truncate(out, out->len - 1);
}

/* Appends the path, whose first byte is a slash, without dot segments. */
static void add_path(struct buf *out, struct str path)
{
	size_t root = out->len;
	struct str segment;
	int n = 0;

	if (path.len > 0 && path.p[0] == '/')
		path = str_skip(path, 1);
	if (!path.p)
		path = STR("");
	while (str_split(&path, '/', &segment)) {
		n = dots(segment);
		if (n == 2)
			drop_segment(out, root);
		if (n == 0) {
			(void)buf_addc(out, '/');
			encode(out, segment, ENCODE_PATH);
		} else if (!path.p) {
			(void)buf_addc(out, '/');
		}
	}
}

static bool add_port(struct buf *out, struct str scheme, struct str port)
{
	uint64_t n;

	if (port.len == 0)
		return true;
	if (!ch_digit((unsigned char)port.p[0]) || !str_u64(port, &n) || n > 65535)
		return false;
	if (n == (str_eq_nocase(scheme, STR("https")) ? 443u : 80u))
		return true;
	return buf_printf(out, ":%u", (unsigned)n);
}

/* Writes the parts of a web address. */
static bool compose(struct buf *out, const struct url *u)
{
	for (size_t i = 0; i < u->scheme.len; i++)
		(void)buf_addc(out, (char)ch_lower((unsigned char)u->scheme.p[i]));
	(void)buf_adds(out, "://");
	if (u->userinfo.len > 0) {
		ptrdiff_t colon = str_chr(u->userinfo, ':');

		encode(out, colon < 0 ? u->userinfo : str_sub(u->userinfo, 0, (size_t)colon), ENCODE_USER);
		if (colon >= 0) {
			(void)buf_addc(out, ':');
			encode(out, str_skip(u->userinfo, (size_t)colon + 1), ENCODE_USER);
		}
		(void)buf_addc(out, '@');
	}
	if (!url_add_host(out, u->host) || !add_port(out, u->scheme, u->port))
		return false;
	add_path(out, u->path);
	if (u->query.p) {
		(void)buf_addc(out, '?');
		encode(out, u->query, ENCODE_QUERY);
	}
	if (u->fragment.p) {
		(void)buf_addc(out, '#');
		encode(out, u->fragment, ENCODE_FRAGMENT);
	}
	return !out->failed;
}

/* Splits "path?query#fragment". */
static void split_tail(struct str s, struct url *u)
{
	ptrdiff_t at = str_chr(s, '#');

	u->fragment = u->query = STR_NONE;
	if (at >= 0) {
		u->fragment = str_skip(s, (size_t)at + 1);
		s = str_sub(s, 0, (size_t)at);
	}
	at = str_chr(s, '?');
	if (at >= 0) {
		u->query = str_skip(s, (size_t)at + 1);
		s = str_sub(s, 0, (size_t)at);
	}
	u->path = s;
}

/* The path of base up to its last slash, followed by path. */
static struct str merge_path(struct arena *a, struct str base, struct str path)
{
	ptrdiff_t slash = str_rchr(base, '/');
	struct str front = slash >= 0 ? str_sub(base, 0, (size_t)slash + 1) : STR("/");
	char *joined = arena_alloc(a, front.len + path.len + 1);

	memcpy(joined, front.p, front.len);
	if (path.len > 0)
		memcpy(joined + front.len, path.p, path.len);
	return (struct str){joined, front.len + path.len};
}

/* u holds base; ref (no scheme) is put over it. */
static bool apply(struct arena *a, struct url *u, struct str ref)
{
	struct url tail = {0};

	if (str_starts(ref, "//")) {
		struct str with = str_c(arena_printf(a, "%.*s:%.*s", STR_ARG(u->scheme), STR_ARG(ref)));

		return url_split(with, u) && u->host.len > 0;
	}
	split_tail(ref, &tail);
	u->fragment = tail.fragment;
	if (tail.path.len > 0)
		u->path = tail.path.p[0] == '/' ? tail.path : merge_path(a, u->path, tail.path);
	if (tail.path.len > 0 || tail.query.p)
		u->query = tail.query;
	return true;
}

static struct str finish(struct arena *a, const struct url *u)
{
	SCOPED(buf) struct buf out = BUF_MAX(URL_MAX * 3);

	return compose(&out, u) ? arena_str(a, buf_str(&out)) : STR_NONE;
}

/* A web address with a scheme: as many slashes as its writer liked. */
static struct str absolute(struct arena *a, struct str scheme, struct str rest)
{
	struct url u;
	struct str whole;

	while (str_starts(rest, "/"))
		rest = str_skip(rest, 1);
	whole = str_c(arena_printf(a, "%.*s://%.*s", STR_ARG(scheme), STR_ARG(rest)));
	return url_split(whole, &u) && u.host.len > 0 ? finish(a, &u) : STR_NONE;
}

/* Any other scheme: its own rules are not ours; only bytes that no address holds are encoded. */
static struct str opaque(struct arena *a, struct str ref)
{
	SCOPED(buf) struct buf out = BUF_MAX(URL_MAX * 3);

	encode(&out, ref, "\"<>");
	return arena_str(a, buf_str(&out));
}

/* True for the usual absolute address, which resolving would only copy: lower-case scheme and name of the
 * host, no port, no dot that may begin a segment, no byte that is encoded in any part. */
static bool is_ready(struct str s)
{
	size_t i = str_starts(s, "https://") ? 8 : str_starts(s, "http://") ? 7 : 0, label = i;

	if (i == 0)
		return false;
	for (; i < s.len && s.p[i] != '/'; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '.')
			label = i + 1;
		else if (!(c >= 'a' && c <= 'z') && !ch_digit(c) && c != '-')
			return false;
	}
	/* A host whose last part begins with a digit may be an address in numbers. */
	if (i >= s.len || label == i || !ch_alpha((unsigned char)s.p[label]) || str_find(s, STR("xn--")) >= 0)
		return false;
	for (; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (!ch_alnum(c) && c != '/' && c != '-' && c != '_' && c != '.' && c != '?' && c != '=' &&
		    c != '&' && !(c && strchr("~!$()*+,;:@#", c)))
			return false;
		if (c == '.' && s.p[i - 1] == '/')
			return false;
	}
	return true;
}

struct str url_resolve(struct arena *a, struct str base, struct str ref)
{
	struct url u, b;
	bool has_base;

	if (!ref.p || ref.len > URL_MAX || base.len > URL_MAX)
		return STR_NONE;
	if (is_ready(ref))
		return arena_str(a, ref);
	ref = strip(a, ref);
	base = base.p ? strip(a, base) : base;
	has_base = url_split(base, &b) && is_web(b.scheme) && b.host.len > 0;
	if (url_split(ref, &u)) {
		struct str rest = str_skip(ref, u.scheme.len + 1);

		if (!is_web(u.scheme))
			return opaque(a, ref);
		rest = unbackslash(a, rest);
		if (!has_base || !str_eq_nocase(u.scheme, b.scheme) || str_starts(rest, "//"))
			return absolute(a, u.scheme, rest);
		ref = rest;
	}
	if (!has_base)
		return STR_NONE;
	(void)url_split(unbackslash(a, base), &b);
	ref = unbackslash(a, ref);
	while (str_starts(ref, "///"))
		ref = str_skip(ref, 1);
	return apply(a, &b, ref) ? finish(a, &b) : STR_NONE;
}
