/* SPDX-License-Identifier: MIT */
/* Sites by their addresses: one table. In a path `*` stands for one part, which a template has as {1}, {2}; a
 * `/` at its end allows more parts. A template may also hold {host} and a parameter of the query, {?list}. */
#include "app/add_known.h"

#include "base/buf.h"
#include "text/url.h"

#define PARTS_MAX 8

struct site {
	const char *host; /* or anything below it; NULL: any */
	const char *path;
	const char *feeds[KNOWN_MAX];
};

static const struct site sites[] = {
    {"youtube.com", "/channel/*/", {"https://www.youtube.com/feeds/videos.xml?channel_id={1}"}},
    {"youtube.com", "/user/*/", {"https://www.youtube.com/feeds/videos.xml?user={1}"}},
    {"youtube.com", "/playlist/", {"https://www.youtube.com/feeds/videos.xml?playlist_id={?list}"}},
    {"youtube.com", "/@*/", {NULL}}, /* its page names the feed */
    {"reddit.com", "/r/*/comments/*/", {"https://www.reddit.com/r/{1}/comments/{2}/.rss"}},
    {"reddit.com", "/r/*/", {"https://www.reddit.com/r/{1}/.rss"}},
    {"reddit.com", "/user/*/", {"https://www.reddit.com/user/{1}/.rss"}},
    {"reddit.com", "/u/*/", {"https://www.reddit.com/user/{1}/.rss"}},
    {"github.com", "/*/*/releases/", {"https://github.com/{1}/{2}/releases.atom"}},
    {"github.com", "/*/*/tags/", {"https://github.com/{1}/{2}/tags.atom"}},
    {"github.com", "/*/*/commits/*/", {"https://github.com/{1}/{2}/commits/{3}.atom"}},
    {"github.com", "/*/*/",
        {"https://github.com/{1}/{2}/releases.atom", "https://github.com/{1}/{2}/commits.atom",
            "https://github.com/{1}/{2}/tags.atom"}},
    {"github.com", "/*", {"https://github.com/{1}.atom"}},
    {"codeberg.org", "/*/*/", {"https://codeberg.org/{1}/{2}.rss"}},
    {"gitlab.com", "/*/*/", {"https://gitlab.com/{1}/{2}.atom"}},
    {"medium.com", "/*", {"https://medium.com/feed/{1}"}},
    {"bsky.app", "/profile/*/", {"https://bsky.app/profile/{1}/rss"}},
    {"news.ycombinator.com", "/", {"https://news.ycombinator.com/rss"}},
    {"lobste.rs", "/t/*", {"https://lobste.rs/t/{1}.rss"}}, {"lobste.rs", "/", {"https://lobste.rs/rss"}},
    {"vimeo.com", "/*", {"https://vimeo.com/{1}/videos/rss"}},
    {"stackoverflow.com", "/questions/tagged/*", {"https://stackoverflow.com/feeds/tag/{1}"}},
    {NULL, "/@*", {"{host}/@{1}.rss"}}, /* Mastodon and its kin */
};

static const char *const usual[] = {
    "feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json"};
/* At the root of a site alone. */
static const char *const usual_at_root[] = {"/feeds/posts/default", "/news-sitemap.xml"};

/* The address taken apart for the table. */
struct parts {
	struct url url;
	struct str origin, part[PARTS_MAX];
	size_t n;
};

static bool take_apart(struct arena *a, struct str url, struct parts *p)
{
	*p = (struct parts){.origin = url_origin(a, url)};
	if (!url_is_web(url) || !url_split(url, &p->url))
		return false;
	struct str rest = p->url.path, part;
	while (p->n < PARTS_MAX && str_split(&rest, '/', &part))
		if (part.len)
			p->part[p->n++] = part;
	return true;
}

static bool is_host(struct str host, const char *site)
{
	if (!site)
		return true;
	struct str name = str_c(site);
	if (host.len > name.len && host.p[host.len - name.len - 1] == '.')
		host = str_skip(host, host.len - name.len);
	return str_eq_nocase(host, name);
}

/* Compares the parts; what the stars stand for goes to `stars`. */
static bool is_path(const struct parts *p, const char *path, struct str stars[PARTS_MAX], size_t *n_stars)
{
	struct str rest = str_c(path), want;
	bool more = rest.len > 1 && str_ends(rest, "/");
	size_t i = 0;
	*n_stars = 0;
	while (str_split(&rest, '/', &want)) {
		if (!want.len)
			continue;
		if (i == p->n)
			return false;
		struct str part = p->part[i++];
		size_t fixed = str_ends(want, "*") ? want.len - 1 : want.len;
		if (part.len < fixed || !str_eq(str_sub(part, 0, fixed), str_sub(want, 0, fixed)))
			return false;
		if (fixed == want.len ? part.len != fixed : part.len == fixed)
			return false;
		if (fixed != want.len)
			stars[(*n_stars)++] = str_skip(part, fixed);
	}
	return i == p->n || more;
}

static struct str parameter(const struct parts *p, struct str name)
{
	struct str rest = p->url.query, pair;
	while (str_split(&rest, '&', &pair)) {
		ptrdiff_t eq = str_chr(pair, '=');
		if (eq > 0 && str_eq(str_sub(pair, 0, (size_t)eq), name))
			return str_skip(pair, (size_t)eq + 1);
	}
	return STR_NONE;
}

static struct str value_of(const struct parts *p, struct str name, const struct str *stars, size_t n)
{
	uint64_t i = 0;
	if (str_eqc(name, "host"))
		return p->origin;
	if (str_starts(name, "?"))
		return parameter(p, str_skip(name, 1));
	return str_u64(name, &i) && i >= 1 && i <= n ? stars[i - 1] : STR_NONE;
}

/* Absent when one of its values is. */
static struct str fill(
    struct arena *a, const char *template, const struct parts *p, const struct str *stars, size_t n)
{
	SCOPED(buf) struct buf out = BUF_MAX(8192);
	struct str rest = str_c(template);
	for (ptrdiff_t open; (open = str_chr(rest, '{')) >= 0;) {
		ptrdiff_t close = str_chr(rest, '}');
		struct str name = str_sub(rest, (size_t)open + 1, (size_t)(close - open) - 1);
		struct str value = value_of(p, name, stars, n);
		if (!value.len)
			return STR_NONE;
		buf_addstr(&out, str_sub(rest, 0, (size_t)open));
		buf_addstr(&out, value);
		rest = str_skip(rest, (size_t)close + 1);
	}
	buf_addstr(&out, rest);
	return out.failed ? STR_NONE : arena_str(a, buf_str(&out));
}

size_t known_feeds(struct arena *a, struct str url, struct str out[KNOWN_MAX])
{
	struct parts p;
	struct str stars[PARTS_MAX];
	size_t n = 0, n_stars;
	if (!take_apart(a, url, &p))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(sites); i++) {
		if (!is_host(p.url.host, sites[i].host) || !is_path(&p, sites[i].path, stars, &n_stars))
			continue;
		for (size_t k = 0; k < KNOWN_MAX && sites[i].feeds[k]; k++)
			if ((out[n] = fill(a, sites[i].feeds[k], &p, stars, n_stars)).len)
				n++;
		return n;
	}
	return 0;
}

static void add_usual(struct arena *a, struct str base, const char *path, struct str *out, size_t *n)
{
	struct str url = *n < USUAL_MAX ? url_resolve(a, base, str_c(path)) : STR_NONE;
	for (size_t i = 0; url.len && i < *n; i++)
		if (str_eq(out[i], url))
			url = STR_NONE;
	if (url.len)
		out[(*n)++] = url;
}

size_t usual_feeds(struct arena *a, struct str url, struct str out[USUAL_MAX])
{
	struct parts p;
	size_t n = 0;
	if (!take_apart(a, url, &p))
		return 0;
	/* /blog means the folder too: /blog/feed before /feed */
	struct str dir = p.url.path;
	bool is_dir = str_ends(dir, "/") || str_rchr(dir, '.') < str_rchr(dir, '/');
	struct str base = str_c(arena_printf(
	    a, "%.*s%.*s%s", STR_ARG(p.origin), STR_ARG(dir), is_dir && !str_ends(dir, "/") ? "/" : ""));
	struct str root = str_c(arena_printf(a, "%.*s/", STR_ARG(p.origin)));
	for (size_t i = 0; i < ARRAY_LEN(usual); i++)
		add_usual(a, base, usual[i], out, &n);
	for (size_t i = 0; i < ARRAY_LEN(usual); i++)
		add_usual(a, root, usual[i], out, &n);
	for (size_t i = 0; i < ARRAY_LEN(usual_at_root); i++)
		add_usual(a, root, usual_at_root[i], out, &n);
	return n;
}
