/* SPDX-License-Identifier: MIT */
/* The headline: what is shown as one and what the page says, each checked by the other. */
#include "article/facts.h"

#include <string.h>

#include "base/hash.h"
#include "text/url.h"
#include "text/word.h"

enum { TITLE_MAX_BYTES = 400, H1_MAX = 12, WORDS_MAX = 64, SHOWN_BLOCKS = 60 };

struct words {
	uint64_t hash[WORDS_MAX];
	size_t n;
};

static bool note_word(void *arg, const struct word *w)
{
	struct words *ws = arg;

	if (ws->n < WORDS_MAX)
		ws->hash[ws->n++] = hash_stable(w->text);
	return ws->n < WORDS_MAX;
}

static struct words words_of(struct str s)
{
	struct words w = {.n = 0};

	word_each(s, note_word, &w);
	return w;
}

static size_t common(const struct words *a, const struct words *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++) {
		for (size_t k = 0; k < b->n; k++) {
			if (a->hash[i] == b->hash[k]) {
				n++;
				break;
			}
		}
	}
	return n;
}

/* 0 to 1: how alike two lines are by their words. */
static float likeness(struct str a, struct str b)
{
	struct words wa = words_of(a), wb = words_of(b);

	return wa.n + wb.n ? 2 * (float)common(&wa, &wb) / (float)(wa.n + wb.n) : 0;
}

static size_t count_words(struct str s)
{
	return words_of(s).n;
}

/* Length of a separator between a headline and the outlet's name at s.p[at]; 0: none. *strong: never part of
 * a headline. */
static size_t separator(struct str s, size_t at, bool *strong)
{
	static const struct {
		const char *text;
		bool strong;
	} table[] = {{" | ", true}, {" - ", false}, {" \xE2\x80\x93 ", false}, {" \xE2\x80\x94 ", false},
	    {" :: ", true}, {" \xC2\xBB ", true}, {" \xC2\xAB ", true}, {" \xC2\xB7 ", true},
	    {" \xE2\x80\xA2 ", true}, {" / ", false}, {" \xE2\x80\xB9 ", true}, {" < ", true}, {" > ", true},
	    {" // ", true}, {" ~ ", true}, {"\xEF\xBD\x9C", true}, {"_", false}, {" @ ", false}, {"|", true}};
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (str_starts(str_skip(s, at), table[i].text)) {
			*strong = table[i].strong;
			return str_c(table[i].text).len;
		}
	return 0;
}

/* True when a part of <title> names the outlet: like the site's name or host, or few words against many. */
static bool names_site(struct page *p, struct str part, struct str rest, struct str site, bool strong)
{
	(void)p;
	if (likeness(part, site) >= 0.6F)
		return true;
	size_t n = count_words(part), m = count_words(rest);
	return n <= (strong ? 5 : 3) && m >= 3 && m > n;
}

/* A <title> or og:title without the outlet's name at its end or beginning. */
static struct str without_site(struct page *p, struct str s, struct str site)
{
	bool strong = false;

	for (unsigned round = 0; round < 3; round++) {
		size_t at = 0, len = 0;
		for (size_t i = s.len; i-- > 1;)
			if ((len = separator(s, i, &strong)) > 0) {
				at = i;
				break;
			}
		if (!len)
			return s;
		struct str head = str_trim(str_sub(s, 0, at)), tail = str_trim(str_skip(s, at + len));
		if (names_site(p, tail, head, site, strong))
			s = head;
		else
			break;
	}
	for (size_t i = 1; i < s.len; i++) {
		size_t len = separator(s, i, &strong);
		if (!len)
			continue;
		struct str head = str_trim(str_sub(s, 0, i)), tail = str_trim(str_skip(s, i + len));
		if (likeness(head, site) >= 0.6F || (strong && names_site(p, head, tail, site, false)))
			return tail;
		break;
	}
	return s;
}

struct headline {
	struct str text;
	const struct node *node;
	float best; /* likeness to what the page says */
};

/* A heading that links to the front page is the outlet's name. */
static bool leads_home(struct page *p, const struct node *h)
{
	const struct node *a = node_find(h, NULL, TAG_A);
	struct url u;

	if (!a)
		a = node_closest(h, TAG_A);
	if (!a || !node_attr(a, ATTR_HREF).len)
		return false;
	struct str to = url_resolve(p->arena, p->base, node_attr(a, ATTR_HREF));
	return url_split(to, &u) && u.path.len <= 1 && !u.query.len && !str_eq(to, p->url);
}

/* A heading that links to another story is that story's. */
static bool leads_away(struct page *p, const struct node *h)
{
	const struct node *a = node_find(h, NULL, TAG_A);

	if (!a || !node_attr(a, ATTR_HREF).len || !p->key.len)
		return false;
	struct str to = url_resolve(p->arena, p->base, node_attr(a, ATTR_HREF));
	return url_is_web(to) && !str_eq(url_key(p->arena, to), p->key);
}

/* True behind most of the page's text. */
static bool stands_late(const struct page *p, const struct node *h)
{
	uint64_t all = 0, above = 0;

	for (size_t i = 0; i < p->n_blocks; i++) {
		const struct text_block *b = &p->blocks[i];
		all += b->prose ? b->weight : 0U;
		above += b->prose && b->first < h->index ? b->weight : 0U;
	}
	return above * 2 > all;
}

static size_t gather_h1(struct page *p, struct headline out[H1_MAX], unsigned tag)
{
	size_t n = 0;

	for (const struct node *h = node_find(p->html->body, NULL, tag); h && n < H1_MAX;
	     h = node_find(p->html->body, h, tag)) {
		if (page_fig(p, h)->marks & (MARK_HIDDEN | MARK_COMMENT))
			continue;
		struct str s = clean_line(p, node_line_str(p->arena, h, TITLE_MAX_BYTES));
		if (s.len && !leads_home(p, h))
			out[n++] = (struct headline){s, h, 0};
	}
	return n;
}

static void compare(struct headline *h, size_t n, const struct str *said, size_t n_said)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n_said; k++) {
			float like = said[k].len ? likeness(h[i].text, said[k]) : 0;
			if (like > h[i].best)
				h[i].best = like;
		}
}

static const struct headline *best_headline(const struct headline *h, size_t n)
{
	const struct headline *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (!best || h[i].best > best->best + 0.01F)
			best = &h[i];
	return best;
}

/* A heading that calls itself the headline. */
static const struct node *named_headline(const struct page *p)
{
	static const char *const names[] = {
	    "entry-title", "post-title", "article-title", "article-headline", "headline"};

	for (size_t i = 0; i < p->html->n_nodes; i++) {
		const struct node *n = p->nodes[i];
		if (!(tag_flags(n->tag) & TAG_HEADING) || p->fig[i].drop || !p->fig[i].weight)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			if (node_has_class(n, names[k]) || node_attr_has(n, ATTR_ITEMPROP, names[k]))
				return n;
	}
	return NULL;
}

/* A line near the beginning that <title> ends or begins with, and that is a good part of it. */
static struct str shown_in_title(struct page *p, struct str title)
{
	for (size_t i = 0; i < p->n_blocks && i < SHOWN_BLOCKS; i++) {
		const struct text_block *b = &p->blocks[i];
		if (b->weight < 15 || b->weight > 200 || b->dropped)
			continue;
		for (const struct node *n = p->nodes[b->first]; n && n != b->owner->parent; n = n->parent) {
			struct str s = clean_line(
			    p, n->tag == TAG_TEXT ? n->text : node_line_str(p->arena, n, TITLE_MAX_BYTES));
			if (s.len * 5 >= title.len * 2 && s.len < title.len &&
			    (str_ends(title, arena_cstr(p->arena, s)) ||
			        str_starts(title, arena_cstr(p->arena, s))))
				return s;
		}
	}
	return STR_NONE;
}

/* The headline without the rubric or date before it in the same heading, when the page says it without. */
static struct str without_kicker(
    struct page *p, struct str s, const struct str *said, size_t n, const struct facts *f)
{
	for (size_t i = 0; i < SOURCE_COUNT; i++)
		if (str_find(f->said[FIELD_TITLE][i], s) >= 0)
			return s;
	for (size_t i = 0; i < n; i++) {
		if (count_words(said[i]) < 4 || said[i].len >= s.len)
			continue;
		if (str_ends_nocase(s, arena_cstr(p->arena, said[i])))
			return said[i];
	}
	return s;
}

/* A word over the headline that names the section: the page itself says a whole headline, without it. */
static bool is_rubric(const struct headline *h, const struct str *said, size_t n)
{
	if (count_words(h->text) > 1)
		return false;
	for (size_t i = 0; i < n; i++)
		if (count_words(said[i]) >= 4 && likeness(h->text, said[i]) < 0.3F)
			return true;
	return false;
}

/* "05.03.2024 - " before the headline, off. */
static struct str without_day(struct str s)
{
	size_t at = 0, digits = 0, points = 0;

	while (at < s.len && (ch_digit((unsigned char)s.p[at]) || strchr("./-", s.p[at]))) {
		digits += ch_digit((unsigned char)s.p[at]) ? 1U : 0U;
		points += ch_digit((unsigned char)s.p[at]) ? 0U : 1U;
		at++;
	}
	if (digits < 6 || digits > 8 || points < 2 || points > 3)
		return s;
	struct str rest = str_skip(s, at);
	while (rest.len && strchr(" -:|", rest.p[0]))
		rest = str_skip(rest, 1);
	return count_words(rest) >= 3 ? rest : s;
}

struct str find_title(struct page *p, const struct facts *f)
{
	struct headline h[H1_MAX];
	struct str site = find_site(p, f);
	const struct str *t = f->said[FIELD_TITLE];
	struct str said[] = {without_site(p, t[SOURCE_OG], site), without_site(p, t[SOURCE_LD], site),
	    without_site(p, t[SOURCE_META], site), t[SOURCE_MICRO], without_site(p, t[SOURCE_LINK], site)};
	size_t n = gather_h1(p, h, TAG_H1);

	compare(h, n, said, ARRAY_LEN(said));
	const struct headline *best = best_headline(h, n);
	if (best && best->best >= 0.5F && !is_rubric(best, said, 2))
		return without_day(without_kicker(p, best->text, said, 2, f));
	if (n == 1 && count_words(best->text) >= 4 && !page_fig(p, best->node)->drop &&
	    !leads_away(p, best->node) && !stands_late(p, best->node))
		return without_day(best->text);
	/* No first heading tells: a lower one may, by its name or by what the page says. */
	if (!n) {
		const struct node *named = named_headline(p);
		if (named)
			return clean_line(p, node_line_str(p->arena, named, TITLE_MAX_BYTES));
		struct str line = shown_in_title(p, t[SOURCE_LINK]);
		if (line.len && !t[SOURCE_OG].len && !t[SOURCE_LD].len)
			return line;
	}
	for (unsigned tag = TAG_H2; tag <= TAG_H3; tag++) {
		n = gather_h1(p, h, tag);
		compare(h, n, said, ARRAY_LEN(said));
		best = best_headline(h, n);
		if (best && best->best >= 0.8F)
			return best->text;
	}
	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		if (said[i].len)
			return said[i];
	return n ? h[0].text : STR_NONE;
}
