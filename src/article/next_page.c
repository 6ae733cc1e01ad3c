/* SPDX-License-Identifier: MIT */
/* Where an article goes on. Sites state the next article as "next" too, and number many things: an address
 * that differs from the page's own in its page number alone is believed, whatever the link says. */
#include "article/state.h"

#include "text/url.h"
#include "text/url_page.h"

enum { LINKS_MAX = 300, HREF_MAX = 1000, TAIL_MAX = 14 };

/* An address that could differ by a number alone ends in one, or asks for all. */
static bool may_be(struct str href)
{
	static const char *const all[] = {"all", "=1", "=true", "komplettansicht", "single", "page"};
	size_t end = href.len;

	if (!href.len || href.len > HREF_MAX || href.p[0] == '#')
		return false;
	if (str_chr(href, '?') >= 0)
		return true;
	if (end > 5 && str_rchr(href, '.') > 0 && end - (size_t)str_rchr(href, '.') <= 6)
		end = (size_t)str_rchr(href, '.');
	if (end > 1 && href.p[end - 1] == '/')
		end--;
	if (ch_digit((unsigned char)href.p[end - 1]))
		return true;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (str_ends_nocase(str_sub(href, 0, end), all[i]))
			return true;
	return false;
}

static bool parts(char c)
{
	return str_chr(STR("/-_,;.?&="), c) >= 0;
}

/* A number, or the beginning of a word that stands with one or instead of one. */
static bool is_of_pages(struct str s)
{
	static const char *const words[] = {
	    "p", "seite", "sida", "strona", "all", "komplett", "single", "show", "view", "one", "full"};

	if (s.len && ch_digit((unsigned char)s.p[0]))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_starts_nocase(s, words[i]))
			return true;
	return false;
}

/* A look before the close one: the two are the same up to a number and what it stands in. */
static bool looks_like(struct str url, struct str next)
{
	size_t n = 0, end = 0;

	while (end < url.len && url.p[end] != '?' && url.p[end] != '#')
		end++;
	while (n < url.len && n < next.len && url.p[n] == next.p[n])
		n++;
	if (n + TAIL_MAX < end)
		return false;
	while (n < next.len && parts(next.p[n]))
		n++;
	while (n > 0 && !parts(next.p[n - 1]))
		n--;
	return is_of_pages(str_skip(next, n));
}

struct str find_next_page(struct page *p, const struct facts *f)
{
	struct str stated = facts_first(f, FIELD_NEXT), found = STR_NONE;
	size_t n = 0;

	if (stated.len)
		stated = url_resolve(p->arena, p->base, stated);
	if (stated.len && url_page_after(p->url, stated))
		found = stated;
	for (const struct node *at = p->html->root; at && n < LINKS_MAX; at = node_next(at, p->html->root)) {
		struct str href = at->tag == TAG_A ? node_attr(at, ATTR_HREF) : STR_NONE;
		unsigned number;

		if (!may_be(href) || node_attr_has(at, ATTR_REL, "nofollow"))
			continue;
		href = url_resolve(p->arena, p->base, href);
		if (!href.len || !looks_like(p->url, href))
			continue;
		n++;
		number = url_page_after(p->url, href);
		if (number == URL_PAGE_ALL)
			return href;
		if (number && !found.len)
			found = href;
	}
	return found;
}
