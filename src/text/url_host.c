/* SPDX-License-Identifier: MIT */
/* Hosts of web addresses in canonical form, after the host parser of the WHATWG URL Standard. */
#include "text/url_priv.h"

#include "text/url.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#define HOST_MAX 1024 /* bytes before Punycode; DNS has 253 */

/* RFC 3492 §5. */
enum {
	PUNY_BASE = 36,
	PUNY_TMIN = 1,
	PUNY_TMAX = 26,
	PUNY_SKEW = 38,
	PUNY_DAMP = 700,
	PUNY_BIAS = 72,
	PUNY_N = 128
};

static uint32_t puny_adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t k = 0;

	delta = first ? delta / PUNY_DAMP : delta / 2;
	delta += delta / points;
	for (; delta > (PUNY_BASE - PUNY_TMIN) * PUNY_TMAX / 2; k += PUNY_BASE)
		delta /= PUNY_BASE - PUNY_TMIN;
	return k + (PUNY_BASE - PUNY_TMIN + 1) * delta / (delta + PUNY_SKEW);
}

static char puny_digit(uint32_t d)
{
	return (char)(d < 26 ? 'a' + d : '0' + (d - 26));
}

/* Writes delta as a generalised number of variable length. */
static void puny_number(struct buf *out, uint32_t delta, uint32_t bias)
{
	uint32_t q = delta;

	for (uint32_t k = PUNY_BASE;; k += PUNY_BASE) {
		uint32_t t = k <= bias ? PUNY_TMIN : k >= bias + PUNY_TMAX ? PUNY_TMAX : k - bias;

		if (q < t)
			break;
		(void)buf_addc(out, puny_digit(t + (q - t) % (PUNY_BASE - t)));
		q = (q - t) / (PUNY_BASE - t);
	}
	(void)buf_addc(out, puny_digit(q));
}

/* The label of n code points, at most HOST_MAX of them: no sum below can overflow. */
static void puny_label(struct buf *out, const uint32_t *cp, uint32_t n)
{
	uint32_t next = PUNY_N, delta = 0, bias = PUNY_BIAS, done = 0, basic;

	(void)buf_adds(out, "xn--");
	for (uint32_t i = 0; i < n; i++)
		if (cp[i] < 0x80) {
			(void)buf_addc(out, (char)cp[i]);
			done++;
		}
	basic = done;
	if (basic > 0)
		(void)buf_addc(out, '-');
	while (done < n) {
		uint32_t least = UINT32_MAX;

		for (uint32_t i = 0; i < n; i++)
			if (cp[i] >= next && cp[i] < least)
				least = cp[i];
		delta += (least - next) * (done + 1);
		next = least;
		for (uint32_t i = 0; i < n; i++) {
			if (cp[i] < next)
				delta++;
			if (cp[i] != next)
				continue;
			puny_number(out, delta, bias);
			bias = puny_adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
		delta++;
		next++;
	}
}

static bool add_label(struct buf *out, struct str label)
{
	uint32_t cps[HOST_MAX], n = 0;
	bool ascii = true;

	for (size_t at = 0; at < label.len && n < HOST_MAX;) {
		cps[n] = utf8_next(label, &at);
		if (cps[n] == CP_REPLACEMENT)
			return false;
		ascii = ascii && cps[n] < 0x80;
		n++;
	}
	if (ascii)
		return buf_addstr(out, label);
	puny_label(out, cps, n);
	return true;
}

/* IDNA's mapping: compatibility forms, case, the other full stops, characters that do not count. */
static bool map_unicode(struct buf *out, struct str host)
{
	SCOPED(buf) struct buf kept = BUF_MAX(HOST_MAX * 2);
	size_t len = 0;
	uint8_t *folded;
	bool ok;

	for (size_t at = 0; at < host.len;) {
		uint32_t cp = utf8_next(host, &at);

		if (cp == 0xAD || (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060 || cp == 0xFEFF)
			continue;
		(void)buf_addcp(&kept, cp == 0x3002 || cp == 0xFF61 ? '.' : cp);
	}
	folded = u8_casefold((const uint8_t *)buf_cstr(&kept), kept.len, NULL, UNINORM_NFKC, NULL, &len);
	ok = folded && len <= HOST_MAX && buf_add(out, folded, len);
	free(folded);
	return ok;
}

/* One part of an IPv4 address: decimal, 0x hexadecimal or 0 octal. False: no number. */
static bool read_part(struct str part, uint64_t *out)
{
	int base = 10;
	uint64_t v = 0;

	if (part.len == 0)
		return false;
	if (part.len >= 2 && part.p[0] == '0') {
		base = ch_lower((unsigned char)part.p[1]) == 'x' ? 16 : 8;
		part = str_skip(part, base == 16 ? 2 : 1);
	}
	for (size_t i = 0; i < part.len; i++) {
		int d = ch_hex((unsigned char)part.p[i]);

		if (d < 0 || d >= base)
			return false;
		v = v * (uint64_t)base + (uint64_t)d;
		if (v > UINT32_MAX)
			v = (uint64_t)UINT32_MAX + 1;
	}
	*out = v;
	return true;
}

static bool ends_in_number(struct str host)
{
	struct str last = str_skip(host, (size_t)(str_rchr(host, '.') + 1));
	uint64_t ignored;
	bool digits = last.len > 0;

	for (size_t i = 0; i < last.len; i++)
		digits = digits && ch_digit((unsigned char)last.p[i]);
	return digits || read_part(last, &ignored);
}

static bool add_ipv4(struct buf *out, struct str host)
{
	uint64_t parts[4], sum = 0;
	size_t n = 0;
	struct str part;

	while (str_split(&host, '.', &part)) {
		if (n == 4 || !read_part(part, &parts[n]))
			return false;
		n++;
	}
	for (size_t i = 0; i + 1 < n; i++) {
		if (parts[i] > 255)
			return false;
		sum |= parts[i] << (24 - 8 * i);
	}
	if (n == 0 || parts[n - 1] >= UINT64_C(1) << (8 * (5 - n)))
		return false;
	sum |= parts[n - 1];
	return buf_printf(out, "%u.%u.%u.%u", (unsigned)(sum >> 24 & 255), (unsigned)(sum >> 16 & 255),
	    (unsigned)(sum >> 8 & 255), (unsigned)(sum & 255));
}

static bool add_ipv6(struct buf *out, struct str host)
{
	size_t colons = 0;

	for (size_t i = 1; i + 1 < host.len; i++) {
		colons += host.p[i] == ':';
		if (ch_hex((unsigned char)host.p[i]) < 0 && host.p[i] != ':' && host.p[i] != '.')
			return false;
	}
	if (host.len < 4 || host.len > 47 || host.p[host.len - 1] != ']' || colons < 2 || colons > 8)
		return false;
	for (size_t i = 0; i < host.len; i++)
		(void)buf_addc(out, (char)ch_lower((unsigned char)host.p[i]));
	return true;
}

static bool is_forbidden(unsigned char c)
{
	return c <= ' ' || c == 0x7F || strchr("#%/:<>?@[\\]^|\"`{}", c) != NULL;
}

/* A host of letters, digits, dots and dashes needs none of the rest. False: it is another. */
static bool add_plain(struct buf *out, struct str host)
{
	size_t start = out->len;

	for (size_t i = 0; i < host.len; i++)
		if (!ch_alnum((unsigned char)host.p[i]) && host.p[i] != '-' && (host.p[i] != '.' || i == 0))
			return false;
	if (ends_in_number(host) || str_ends(host, ".") || !buf_addstr(out, host))
		return false;
	for (size_t i = start; i < out->len; i++)
		out->data[i] = (char)ch_lower((unsigned char)out->data[i]);
	return true;
}

bool url_add_host(struct buf *out, struct str host)
{
	SCOPED(buf) struct buf decoded = BUF_MAX(HOST_MAX);
	SCOPED(buf) struct buf mapped = BUF_MAX(HOST_MAX);
	struct str rest, label;
	size_t start = out->len;

	if (host.len == 0 || host.len > HOST_MAX)
		return false;
	if (host.p[0] == '[')
		return add_ipv6(out, host);
	if (add_plain(out, host))
		return true;
	if (!url_decode(&decoded, host) || !map_unicode(&mapped, buf_str(&decoded)))
		return false;
	rest = buf_str(&mapped);
	for (size_t i = 0; i < rest.len; i++)
		if (is_forbidden((unsigned char)rest.p[i]))
			return false;
	if (str_ends(rest, ".") && rest.len > 1 && ends_in_number(str_sub(rest, 0, rest.len - 1)))
		rest.len--;
	if (ends_in_number(rest))
		return add_ipv4(out, rest);
	while (str_split(&rest, '.', &label)) {
		if (out->len > start && !buf_addc(out, '.'))
			return false;
		if (!add_label(out, label))
			return false;
	}
	return out->len > start && out->data[start] != '.';
}
