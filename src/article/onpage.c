/* SPDX-License-Identifier: MIT */
/* Links to other stories: read as a reader sees them, a line of words that leads to an address of the same
 * house. */
#include "article/onpage.h"

#include <string.h>

#include "base/map.h"
#include "text/safe.h"
#include "text/url.h"

enum { TITLE_MAX_BYTES = 400, RELATED_MAX = 60, TELLING_MAX_WEIGHT = 60, LINKS_LOOKED_AT = 5000 };

struct found {
	struct str title, url;
	bool telling;
};

struct search {
	struct page *p;
	struct map *seen; /* key of an address → its place in list + 1 */
	struct found list[RELATED_MAX * 2];
	size_t n;
	bool telling; /* the last heading announced other stories */
};

bool onpage_is_telling(struct str line)
{
	static const char *const words[] = {
#define TELLING(words) words,
#include "article/telling.def"
	};

	line = str_trim(line);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_starts_nocase(line, words[i]))
			return true;
	return false;
}

/* The last two labels of a host, three where the last but one is short: example.co.uk. */
static struct str house(struct str host)
{
	size_t dots = 0, at = host.len;

	for (size_t i = host.len; i-- > 0;) {
		if (host.p[i] != '.')
			continue;
		dots++;
		if (dots == 1 || (dots == 2 && at - i - 1 <= 3)) {
			at = i;
			continue;
		}
		return str_skip(host, i + 1);
	}
	return host;
}

/* Addresses of other things than stories. */
static bool is_other_path(struct str path)
{
	static const char *const others[] = {"/tag/", "/tags/", "/topic/", "/topics/", "/category/",
	    "/author/", "/authors/", "/user/", "/users/", "/search", "/login", "/subscribe", "/newsletter",
	    "/people/", "/profile/", "/staff/", "/contributor", "/privacy", "/terms", "/about", "/contact",
	    "/account", "/register", "/signup", "/tagged/", "/autor/", "/thema/", "/themen/", "/kategorie/",
	    "/by/", "/cart", "/shop/", "/help/", "/careers", "/advertis", "/pro/", "/coupon", "/promo-code",
	    "/auteur/", "/categorie/", "/categoria/", "/etiqueta/", "/schlagwort/"};

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (str_find_nocase(path, others[i]) >= 0)
			return true;
	return false;
}

/* True for an address that looks like a story's: a slug of words, or a number. */
static bool is_story_path(struct str path)
{
	size_t dashes = 0, digits = 0, run = 0;
	ptrdiff_t slash = str_rchr(str_sub(path, 0, path.len ? path.len - 1 : 0), '/');

	for (size_t i = slash > 0 ? (size_t)slash : 0; i < path.len; i++) {
		dashes += path.p[i] == '-' || path.p[i] == '_';
		run = ch_digit(path.p[i]) ? run + 1 : 0;
		digits = run > digits ? run : digits;
	}
	return dashes >= 2 || digits >= 4 || str_ends(path, ".html") || str_ends(path, ".htm");
}

static bool is_page_foot(const struct node *n)
{
	static const char *const words[] = {
	    "footer", "site-footer", "page-footer", "global-footer", "main-footer", "footer-menu"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (node_has_class(n, words[i]) || str_eq_nocase(node_attr(n, ATTR_ID), str_c(words[i])))
			return true;
	return n->tag == TAG_FOOTER && !node_closest(n, TAG_ARTICLE) && !node_closest(n, TAG_MAIN);
}

/* True when n stands in a part of the page that holds no recommendations. */
static bool is_menu(const struct page *p, const struct node *n)
{
	static const uint32_t marks = MARK_NAV | MARK_SHARE | MARK_TAGS | MARK_COMMENT | MARK_AUTHOR_BOX |
	                              MARK_AD | MARK_NOTICE | MARK_HIDDEN;
	static const uint32_t unless = MARK_RELATED | MARK_BODY | MARK_TEASER;

	for (; n && n->tag != TAG_BODY; n = n->parent) {
		const struct figures *f = page_fig(p, n);
		if (n->tag == TAG_NAV || is_page_foot(n) || (n->tag == TAG_HEADER && f->links > 8))
			return true;
		if (f->marks & marks && !(f->marks & unless) && n->tag != TAG_ARTICLE &&
		    !node_attr_has(n, ATTR_ROLE, "tabpanel"))
			return true;
	}
	return false;
}

/* The line that a link stands in: its block without the blocks inside that. */
struct line {
	uint32_t weight, links, own;
	bool begins; /* with the link */
};

static struct line line_of(const struct node *block, const struct node *a)
{
	struct line l = {0};

	for (const struct node *n = node_next(block, block); n;) {
		if (n != a && tag_flags(n->tag) & TAG_BLOCK && !node_inside(a, n)) {
			n = node_after(n, block);
			continue;
		}
		uint32_t w = n->tag == TAG_TEXT ? measure_text(n->text).weight : 0;
		if (w) {
			bool own = node_inside(n, a);
			l.begins |= own && l.weight == 0;
			l.weight += w;
			l.own += own ? w : 0;
			l.links += own || node_closest(n, TAG_A) ? w : 0;
		}
		n = node_next(n, block);
	}
	return l;
}

/* True when a link is a word or two in running text. */
static bool is_cited(const struct node *a)
{
	const struct node *block = a;

	for (const struct node *n = node_next(a, a); n; n = node_next(n, a))
		if (tag_flags(n->tag) & TAG_BLOCK)
			return false;
	while (block->parent && !(tag_flags(block->tag) & TAG_BLOCK))
		block = block->parent;
	struct line l = line_of(block, a);
	if (l.own * 10 >= l.weight * 6 || l.weight <= l.own + 25 || l.links * 4 >= l.weight * 3)
		return false;
	return !(l.begins && l.weight < 160 && node_closest(block, TAG_LI));
}

/* The words of a link: of a heading in it when there is one. */
static struct str link_title(struct page *p, const struct node *a)
{
	const struct node *from = a;

	for (const struct node *n = node_next(a, a); n; n = node_next(n, a))
		if (tag_flags(n->tag) & TAG_HEADING) {
			from = n;
			break;
		}
	return safe_copy(p->arena, node_line_str(p->arena, from, TITLE_MAX_BYTES), SAFE_LINE);
}

static size_t count_words(struct str s)
{
	size_t n = 0;
	bool in = false;

	for (size_t i = 0; i < s.len; i++) {
		bool space = ch_space(s.p[i]);
		n += !space && !in;
		in = !space;
	}
	return n;
}

static bool is_title(struct str s, bool telling)
{
	uint32_t w = measure_text(s).weight;

	if (w > 240 || w < (telling ? 8 : 18))
		return false;
	size_t n = count_words(s);
	return n >= (telling ? 2U : 4U) || w > 5 * 3 * n;
}

static void add(struct search *s, struct str title, struct str url, bool telling)
{
	struct str key = url_key(s->p->arena, url);
	uintptr_t at = (uintptr_t)map_get(s->seen, key);

	if (at) {
		struct found *f = &s->list[at - 1];
		f->telling |= telling;
		return;
	}
	if (s->n == ARRAY_LEN(s->list))
		return;
	s->list[s->n++] = (struct found){title, url, telling};
	map_put(s->seen, key, (void *)(uintptr_t)s->n);
}

static void look_at(struct search *s, const struct node *a)
{
	struct page *p = s->p;
	struct str url = url_resolve(p->arena, p->base, node_attr(a, ATTR_HREF));
	struct url u;

	if (!url_is_web(url) || !url_split(url, &u) || u.path.len < 2)
		return;
	bool telling = s->telling;
	for (const struct node *n = a; n && !telling; n = n->parent)
		telling = page_fig(p, n)->marks & MARK_RELATED && n->tag != TAG_BODY &&
		          page_fig(p, n)->prose < 1000;
	struct str page_host = url_host(p->url);
	if (page_host.len && !str_eq_nocase(house(url_host(url)), house(page_host)))
		return;
	if (is_other_path(u.path) || (!is_story_path(u.path) && !(telling && u.path.len > 12)))
		return;
	if (is_menu(p, a))
		return;
	struct str title = link_title(p, a);
	if (!is_title(title, telling && is_story_path(u.path)) || onpage_is_telling(title) || is_cited(a))
		return;
	add(s, title, url, telling);
}

static void note_heading(struct search *s, const struct node *n)
{
	struct figures *f = page_fig(s->p, n);
	bool heading = (tag_flags(n->tag) & TAG_HEADING) != 0;

	if (!heading && !(f->marks & MARK_TITLE))
		return;
	struct str line = node_line_str(s->p->arena, n, 200);
	uint32_t w = measure_text(line).weight;
	if (!w || w > TELLING_MAX_WEIGHT)
		return;
	bool is_link = heading && node_find(n, NULL, TAG_A) != NULL;
	bool telling = onpage_is_telling(line);
	if (telling || !is_link)
		s->telling = telling || (s->telling && !heading);
}

void onpage_find(struct page *p, struct article *out)
{
	struct search *s = arena_new_of(p->arena, struct search);
	size_t looked = 0;

	*s = (struct search){.p = p, .seen = map_new()};
	if (p->key.len)
		map_put(s->seen, p->key, (void *)(uintptr_t)1);
	s->n = 1; /* place 0 stands for the page itself */
	for (const struct node *n = p->html->body; n && looked < LINKS_LOOKED_AT;
	     n = node_next(n, p->html->body)) {
		if (n->tag == TAG_TEXT)
			continue;
		note_heading(s, n);
		if (n->tag == TAG_A && node_attr(n, ATTR_HREF).len) {
			look_at(s, n);
			looked++;
		}
	}
	out->related = arena_array(out->arena, s->n, sizeof *out->related);
	for (unsigned pass = 0; pass < 2; pass++)
		for (size_t i = 1; i < s->n && out->n_related < RELATED_MAX; i++)
			if (s->list[i].telling == (pass == 0))
				out->related[out->n_related++] =
				    (struct page_link){arena_str(out->arena, s->list[i].title),
				        arena_str(out->arena, s->list[i].url)};
	map_free(s->seen);
}
