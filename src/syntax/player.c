/* SPDX-License-Identifier: MIT */
/* The table of players, and their addresses as addresses of pages. */
#include "syntax/player.h"

#include "base/attr.h"
#include "base/buf.h"
#include "text/url.h"

#define PAGE_MAX ((size_t)8 << 10)

static const struct known {
	struct str host, path;
	const char *label;
	struct str page;
} players[] = {
#define PLAYER(host, path, label, page) {STR(host), STR(path), label, STR(page)},
#include "syntax/player.def"
};

static bool is_within(struct str host, struct str domain)
{
	size_t rest = host.len - domain.len;

	return host.len >= domain.len && str_eq_nocase(str_skip(host, rest), domain) &&
	       (!rest || host.p[rest - 1] == '.');
}

/* What the player itself is asked stands behind ?, and does not belong to the page. */
static struct str page_of(struct arena *a, const struct known *known, struct str url, struct str rest)
{
	SCOPED(buf) struct buf page = BUF_MAX(PAGE_MAX);
	ptrdiff_t end = str_chr(rest, '?');

	if (!known->page.len || !rest.len)
		return url;
	buf_addstr(&page, known->page);
	buf_addstr(&page, end < 0 ? rest : str_sub(rest, 0, (size_t)end));
	return arena_str(a, buf_str(&page));
}

bool player_find(struct arena *a, struct str url, struct player *out)
{
	struct str host = url_is_web(url) ? url_host(url) : STR_NONE, path;

	if (!host.len)
		return false;
	path = str_skip(url, (size_t)(host.p - url.p) + host.len);
	for (size_t i = 0; i < ARRAY_LEN(players); i++) {
		const struct known *known = &players[i];

		if (!is_within(host, known->host) || !str_starts(path, known->path.len ? known->path.p : "/"))
			continue;
		out->is_sound = known->label[0] == 's';
		out->page = page_of(a, known, url, str_skip(path, known->path.len));
		return true;
	}
	return false;
}
