/* SPDX-License-Identifier: MIT */
/* Which addresses are inside, which addresses belong together. What is done about it is transfer.c's. */
#include "fetch/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/buf.h"
#include "text/url.h"

struct net4 {
	uint32_t net;
	int bits;
};

static const struct net4 inside4[] = {
    {0x00000000, 8},  /* this network */
    {0x0a000000, 8},  /* private */
    {0x64400000, 10}, /* carrier */
    {0x7f000000, 8},  /* loopback */
    {0xa9fe0000, 16}, /* link-local */
    {0xac100000, 12}, /* private */
    {0xc0000000, 24}, /* protocol assignments */
    {0xc0a80000, 16}, /* private */
    {0xc6120000, 15}, /* benchmarks */
    {0xe0000000, 3},  /* multicast, reserved, broadcast */
};

static bool inside_v4(uint32_t ip)
{
	for (size_t i = 0; i < ARRAY_LEN(inside4); i++)
		if ((ip ^ inside4[i].net) >> (32 - inside4[i].bits) == 0)
			return true;
	return false;
}

static uint32_t u32_of(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool inside_v6(const struct in6_addr *a)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff}, zero[12] = {0};
	static const uint8_t nat64[12] = {0x00, 0x64, 0xff, 0x9b};
	const uint8_t *p = a->s6_addr;

	if (memcmp(p, zero, 12) == 0) /* unspecified, loopback, IPv4 in its oldest form */
		return u32_of(p + 12) <= 1 || inside_v4(u32_of(p + 12));
	if (memcmp(p, mapped, 12) == 0 || memcmp(p, nat64, 12) == 0)
		return inside_v4(u32_of(p + 12));
	if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 */
		return inside_v4(u32_of(p + 2));
	return (p[0] & 0xfe) == 0xfc || (p[0] == 0xfe && p[1] >= 0x80) || p[0] == 0xff;
}

bool guard_is_private(const struct sockaddr *sa)
{
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof in);
		return inside_v4(ntohl(in.sin_addr.s_addr));
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in;

		memcpy(&in, sa, sizeof in);
		return inside_v6(&in.sin6_addr);
	}
	return true;
}

/* inet_aton() reads every notation that a resolver would take for an address: 127.1, 0x7f000001, 2130706433.
 */
static bool literal_inside(const char *host)
{
	struct in_addr v4;
	struct in6_addr v6;

	if (inet_aton(host, &v4))
		return inside_v4(ntohl(v4.s_addr));
	return inet_pton(AF_INET6, host, &v6) == 1 && inside_v6(&v6);
}

bool guard_is_private_host(struct str host)
{
	char text[256];

	if (str_starts(host, "[") && str_ends(host, "]"))
		host = str_sub(host, 1, host.len - 2);
	while (str_ends(host, "."))
		host.len--;
	if (!host.len || host.len >= sizeof text)
		return true;
	if (str_eq_nocase(host, STR("localhost")) || str_ends_nocase(host, ".localhost") ||
	    str_ends_nocase(host, ".local"))
		return true;
	memcpy(text, host.p, host.len);
	text[host.len] = '\0';
	for (char *zone = strchr(text, '%'); zone; zone = NULL)
		*zone = '\0';
	return literal_inside(text);
}

bool guard_same_origin(struct str a, struct str b)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct str x = url_origin(arena, a), y = url_origin(arena, b);

	return x.len && str_eq(x, y);
}

bool guard_falls(struct str from, struct str to)
{
	return str_starts_nocase(from, "https:") && !str_starts_nocase(to, "https:");
}

bool guard_header_ok(struct str line)
{
	ptrdiff_t colon = str_chr(line, ':');

	if (colon <= 0)
		return false;
	for (size_t i = 0; i < line.len; i++)
		if ((unsigned char)line.p[i] < 0x20 || line.p[i] == 0x7f)
			return false;
	for (ptrdiff_t i = 0; i < colon; i++)
		if (!ch_alnum(line.p[i]) && !strchr("!#$%&'*+-.^_`|~", line.p[i]))
			return false;
	return true;
}

static struct str decoded(struct arena *a, struct str s)
{
	SCOPED(buf) struct buf b = BUF_MAX((size_t)64 << 10);

	url_decode(&b, s);
	return arena_str(a, buf_str(&b));
}

struct str guard_userinfo(struct arena *a, struct str url, struct str *user, struct str *password)
{
	struct url u;
	ptrdiff_t colon;
	size_t at;

	*user = *password = STR_NONE;
	if (!url_split(url, &u) || !u.userinfo.p || !u.host.p)
		return arena_str(a, url);
	colon = str_chr(u.userinfo, ':');
	*user = decoded(a, colon < 0 ? u.userinfo : str_sub(u.userinfo, 0, (size_t)colon));
	*password = colon < 0 ? STR("") : decoded(a, str_skip(u.userinfo, (size_t)colon + 1));
	at = (size_t)(u.userinfo.p - url.p);
	return str_c(arena_printf(
	    a, "%.*s%.*s", STR_ARG(str_sub(url, 0, at)), STR_ARG(str_skip(url, at + u.userinfo.len + 1))));
}
