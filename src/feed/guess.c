/* SPDX-License-Identifier: MIT */
/* The table of sites whose feeds have no link on the page, or more than it tells. */
#include "feed/guess.h"

#include "base/attr.h"
#include "base/buf.h"
#include "text/url.h"

/* What a row's form is filled with: {1} and {2} are the first parts of the path, {path} all of it, {v=NAME} a
 * parameter of the query. A row is left out when a part is missing. */
struct site {
	const char *host;   /* it, or what ends with it behind a dot; "": any */
	const char *starts; /* of the path */
	const char *form;
};

static const struct site sites[] = {
    {"youtube.com", "/channel/", "https://www.youtube.com/feeds/videos.xml?channel_id={2}"},
    {"youtube.com", "/playlist", "https://www.youtube.com/feeds/videos.xml?playlist_id={v=list}"},
    {"youtube.com", "/user/", "https://www.youtube.com/feeds/videos.xml?user={2}"},
    {"reddit.com", "/", "{origin}{path}/.rss"},
    {"github.com", "/", "{origin}/{1}/{2}/releases.atom"},
    {"github.com", "/", "{origin}/{1}/{2}/commits.atom"},
    {"github.com", "/", "{origin}/{1}.atom"},
    {"gitlab.com", "/", "{origin}/{1}/{2}/-/tags?format=atom"},
    {"codeberg.org", "/", "{origin}/{1}/{2}.rss"},
    {"medium.com", "/", "{origin}/feed/{1}"},
    {"substack.com", "/", "{origin}/feed"},
    {"tumblr.com", "/", "{origin}/rss"},
    {"blogspot.com", "/", "{origin}/feeds/posts/default"},
    {"bsky.app", "/profile/", "{origin}/profile/{2}/rss"},
    {"", "/@", "{origin}/{1}.rss"},
    {"", "/", "{origin}{path}/feed"},
    {"", "/", "{origin}/feed"},
    {"", "/", "{origin}/rss"},
    {"", "/", "{origin}/feed.xml"},
    {"", "/", "{origin}/rss.xml"},
    {"", "/", "{origin}/atom.xml"},
    {"", "/", "{origin}/index.xml"},
    {"", "/", "{origin}/feed.json"},
};

struct page {
	struct str origin, path, query;
};

static struct str path_part(struct str path, int n)
{
	struct str part = STR_NONE;

	path = str_skip(path, 1);
	while (n-- > 0)
		if (!str_split(&path, '/', &part))
			return STR_NONE;
	return part;
}

static struct str parameter(struct str query, struct str name)
{
	struct str part;

	while (query.len && str_split(&query, '&', &part))
		if (part.len > name.len && part.p[name.len] == '=' &&
		    str_eq(str_sub(part, 0, name.len), name))
			return str_skip(part, name.len + 1);
	return STR_NONE;
}

static struct str word(const struct page *p, struct str name)
{
	if (str_eqc(name, "origin"))
		return p->origin;
	if (str_eqc(name, "path"))
		return p->path.len > 1 ? p->path : STR_NONE;
	if (str_starts(name, "v="))
		return parameter(p->query, str_skip(name, 2));
	return path_part(p->path, name.p[0] - '0');
}

static bool fill(struct buf *out, const struct page *p, struct str form)
{
	while (form.len) {
		ptrdiff_t open = str_chr(form, '{'), close = str_chr(form, '}');
		struct str value;
		if (open < 0 || close < open)
			return buf_addstr(out, form);
		(void)buf_add(out, form.p, (size_t)open);
		value = word(p, str_sub(form, (size_t)open + 1, (size_t)(close - open) - 1));
		if (!value.len || !buf_addstr(out, value))
			return false;
		form = str_skip(form, (size_t)close + 1);
	}
	return true;
}

static bool is_host(struct str host, const char *want)
{
	struct str w = str_c(want);

	if (!w.len || str_eq_nocase(host, w))
		return true;
	return host.len > w.len && host.p[host.len - w.len - 1] == '.' && str_ends_nocase(host, want);
}

size_t feed_guess(struct arena *a, struct str url, struct str out[GUESS_MAX])
{
	struct page p;
	struct url parts;
	size_t n = 0;

	if (!url_is_web(url) || !url_split(url, &parts))
		return 0;
	p = (struct page){url_origin(a, url), parts.path.len ? parts.path : STR("/"), parts.query};
	while (p.path.len > 1 && p.path.p[p.path.len - 1] == '/')
		p.path.len--;
	for (size_t i = 0; i < ARRAY_LEN(sites) && n < GUESS_MAX; i++) {
		SCOPED(buf) struct buf b = BUF_MAX(4096);
		if (!is_host(parts.host, sites[i].host) || !str_starts(p.path, sites[i].starts) ||
		    !fill(&b, &p, str_c(sites[i].form)))
			continue;
		out[n] = url_resolve(a, STR_NONE, buf_str(&b));
		n += url_is_web(out[n]);
	}
	return n;
}
