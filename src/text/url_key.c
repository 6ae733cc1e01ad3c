/* SPDX-License-Identifier: MIT */
/* The key under which two addresses are one document. */
#include "text/url.h"

#include "base/buf.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* Parameters that say where a reader came from, not what they read. A trailing * stands for any ending. */
static const char *const tracking[] = {
    "utm_*",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_ga",
    "_gl",
    "_hs*",
    "hsa_*",
    "pk_*",
    "piwik_*",
    "mtm_*",
    "matomo_*",
    "at_*",
    "ns_*",
    "ito",
    "cmpid",
    "ocid",
    "ftcamp",
    "xtor",
    "wt_mc",
    "wt.*",
    "srnd",
    "smid",
    "smtyp",
    "emc",
    "feedtype",
    "feedname",
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "referer",
    "campaign_id",
    "icid",
    "intcmp",
    "guccounter",
    "guce_*",
    "spm",
    "taid",
    "sref",
    "traffic_source",
    "oly_*",
    "vero_*",
    "wickedid",
    "s_cid",
    "__twitter_impression",
    "amp_js_v",
};

static bool is_tracking(struct str pair)
{
	ptrdiff_t eq = str_chr(pair, '=');
	struct str name = eq >= 0 ? str_sub(pair, 0, (size_t)eq) : pair;

	for (size_t i = 0; i < ARRAY_LEN(tracking); i++) {
		struct str t = str_c(tracking[i]);

		if (t.p[t.len - 1] != '*' && str_eq_nocase(name, t))
			return true;
		if (t.p[t.len - 1] == '*' &&
		    str_eq_nocase(str_sub(name, 0, t.len - 1), str_sub(t, 0, t.len - 1)))
			return true;
	}
	return false;
}

static bool is_unreserved(int c)
{
	return ch_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* Adds s with its percent-encoding made one: unreserved characters bare, hex digits large. */
static void add_normal(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		int high = i + 2 < s.len && s.p[i] == '%' ? ch_hex((unsigned char)s.p[i + 1]) : -1;
		int low = high >= 0 ? ch_hex((unsigned char)s.p[i + 2]) : -1;

		if (low < 0) {
			(void)buf_addc(out, s.p[i]);
			continue;
		}
		i += 2;
		if (is_unreserved(high << 4 | low))
			(void)buf_addc(out, (char)(high << 4 | low));
		else
			(void)buf_printf(out, "%%%02X", (unsigned)(high << 4 | low));
	}
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void add_query(struct buf *out, struct str query)
{
	struct {
		VEC(struct str);
	} pairs = {0};
	struct str pair;

	while (pairs.n < 256 && str_split(&query, '&', &pair)) {
		if (str_starts(pair, "amp;"))
			pair = str_skip(pair, 4);
		if (pair.len > 0 && !is_tracking(pair))
			vec_push(&pairs, pair);
	}
	vec_sort(&pairs, by_bytes);
	for (size_t i = 0; i < pairs.n; i++) {
		(void)buf_addc(out, i ? '&' : '?');
		add_normal(out, pairs.v[i]);
	}
	vec_free(&pairs);
}

struct str url_key(struct arena *a, struct str s)
{
	struct str clean = url_resolve(a, STR_NONE, s), host, path;
	SCOPED(buf) struct buf out = BUF_MAX((size_t)1 << 20);
	struct url u;

	if (!clean.p || !url_is_web(clean) || !url_split(clean, &u))
		return arena_str(a, str_trim(s));
	host = str_starts(u.host, "www.") ? str_skip(u.host, 4) : u.host;
	(void)buf_addstr(&out, host);
	if (u.port.len > 0) {
		(void)buf_addc(&out, ':');
		(void)buf_addstr(&out, u.port);
	}
	path = u.path;
	while (str_ends(path, "/"))
		path = str_sub(path, 0, path.len - 1);
	add_normal(&out, path);
	add_query(&out, u.query);
	return arena_str(a, buf_str(&out));
}
