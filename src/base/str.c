/* SPDX-License-Identifier: MIT */
/* Looking at borrowed runs of bytes: comparing, cutting, finding, reading numbers. ASCII only; what knows of
 * Unicode lives in text/. */
#include "base/str.h"

#include <string.h>

struct str str_c(const char *s)
{
	return s ? (struct str){s, strlen(s)} : STR_NONE;
}

struct str str_n(const char *p, size_t len)
{
	return (struct str){p, p ? len : 0};
}

static bool same(const char *a, const char *b, size_t len)
{
	return len == 0 || memcmp(a, b, len) == 0;
}

static bool same_nocase(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (ch_lower((unsigned char)a[i]) != ch_lower((unsigned char)b[i]))
			return false;
	return true;
}

bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && same(a.p, b.p, a.len);
}

/* Most of what is asked differs in the first byte already: that is looked at before any length. */
static bool may_start(struct str s, const char *with)
{
	return !with[0] || (s.len && s.p[0] == with[0]);
}

static bool may_start_nocase(struct str s, const char *with)
{
	return !with[0] || (s.len && ch_lower((unsigned char)s.p[0]) == ch_lower((unsigned char)with[0]));
}

bool str_eqc(struct str a, const char *b)
{
	return (!b || may_start(a, b)) && str_eq(a, str_c(b));
}

bool str_eq_nocase(struct str a, struct str b)
{
	return a.len == b.len && same_nocase(a.p, b.p, a.len);
}

int str_cmp(struct str a, struct str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.p, b.p, len) : 0;

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, const char *prefix)
{
	if (!may_start(s, prefix))
		return false;
	size_t len = strlen(prefix);

	return s.len >= len && same(s.p, prefix, len);
}

bool str_starts_nocase(struct str s, const char *prefix)
{
	if (!may_start_nocase(s, prefix))
		return false;
	size_t len = strlen(prefix);

	return s.len >= len && same_nocase(s.p, prefix, len);
}

bool str_ends(struct str s, const char *suffix)
{
	size_t len = strlen(suffix);

	return s.len >= len && (len == 0 || same(s.p + s.len - len, suffix, len));
}

bool str_ends_nocase(struct str s, const char *suffix)
{
	size_t len = strlen(suffix);

	return s.len >= len && (len == 0 || same_nocase(s.p + s.len - len, suffix, len));
}

struct str str_trim(struct str s)
{
	while (s.len && ch_space((unsigned char)s.p[s.len - 1]))
		s.len--;
	while (s.len && ch_space((unsigned char)*s.p)) {
		s.p++;
		s.len--;
	}
	return s;
}

struct str str_sub(struct str s, size_t from, size_t len)
{
	struct str rest = str_skip(s, from);

	if (rest.len > len)
		rest.len = len;
	return rest;
}

struct str str_skip(struct str s, size_t n)
{
	if (n > s.len)
		n = s.len;
	return s.p ? (struct str){s.p + n, s.len - n} : s;
}

ptrdiff_t str_chr(struct str s, char c)
{
	const char *at = s.len ? memchr(s.p, c, s.len) : NULL;

	return at ? at - s.p : -1;
}

ptrdiff_t str_rchr(struct str s, char c)
{
	const char *at = s.len ? memrchr(s.p, c, s.len) : NULL;

	return at ? at - s.p : -1;
}

ptrdiff_t str_find(struct str s, struct str needle)
{
	if (needle.len == 0)
		return 0;
	const char *at = s.len ? memmem(s.p, s.len, needle.p, needle.len) : NULL;

	return at ? at - s.p : -1;
}

ptrdiff_t str_find_nocase(struct str s, const char *needle)
{
	size_t len = strlen(needle);
	int first = ch_lower((unsigned char)needle[0]);

	for (size_t i = 0; len <= s.len && i <= s.len - len; i++)
		if (len == 0 ||
		    (ch_lower((unsigned char)s.p[i]) == first && same_nocase(s.p + i, needle, len)))
			return (ptrdiff_t)i;
	return -1;
}

bool str_split(struct str *s, char sep, struct str *part)
{
	if (!s->p)
		return false;
	ptrdiff_t at = str_chr(*s, sep);

	if (at < 0) {
		*part = *s;
		*s = STR_NONE;
		return true;
	}
	*part = str_sub(*s, 0, (size_t)at);
	*s = str_skip(*s, (size_t)at + 1);
	return true;
}

bool str_u64(struct str s, uint64_t *out)
{
	uint64_t v = 0;

	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (!ch_digit((unsigned char)s.p[i]))
			return false;
		if (__builtin_mul_overflow(v, (uint64_t)10, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
			return false;
	}
	*out = v;
	return true;
}

bool str_i64(struct str s, int64_t *out)
{
	bool minus = str_starts(s, "-");
	uint64_t v;

	if (minus || str_starts(s, "+"))
		s = str_skip(s, 1);
	if (!str_u64(s, &v) || v > (uint64_t)INT64_MAX + (minus ? 1 : 0))
		return false;
	/* The least number has no positive twin, so it is reached from one above it. */
	if (minus && v)
		*out = -(int64_t)(v - 1) - 1;
	else
		*out = (int64_t)v;
	return true;
}

int ch_hex(int c)
{
	if (ch_digit(c))
		return c - '0';
	c = ch_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
