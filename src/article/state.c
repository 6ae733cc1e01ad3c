/* SPDX-License-Identifier: MIT */
/* What a page is when it is not the article: an error told with status 200, a check for robots or a question
 * of consent, the beginning before a pay wall; and whether an address is this article's next page. */
#include "article/state.h"

#include "text/url.h"

enum { SHORT_WEIGHT = 1500, CUT_WEIGHT = 2500, NEXT_TAIL_MAX = 12 };

static const struct {
	const char *words;
	enum page_state state;
} rows[] = {
#define STATE(words, state) {words, state},
#include "article/state.def"
};

static enum page_state state_of_line(struct str s)
{
	s = str_trim(s);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_starts_nocase(s, rows[i].words))
			return rows[i].state;
	return PAGE_ARTICLE;
}

enum page_state state_of_page(struct page *p, const struct facts *f, const struct article *a, uint32_t weight)
{
	enum page_state state = PAGE_ARTICLE;

	if (weight < SHORT_WEIGHT) {
		const struct node *h1 = node_find(p->html->root, NULL, TAG_H1);
		state = state_of_line(f->said[FIELD_TITLE][SOURCE_LINK]);
		if (state == PAGE_ARTICLE && h1)
			state = state_of_line(node_line_str(p->arena, h1, 200));
	}
	if (state == PAGE_ARTICLE && (!a->doc || !a->doc->n_blocks))
		return PAGE_NO_ARTICLE;
	if (state == PAGE_ARTICLE && f->not_free && weight < CUT_WEIGHT)
		state = PAGE_CUT;
	return state;
}

/* Digits alone, after at most a word for "page". */
static bool is_page_number(struct str s)
{
	static const char *const words[] = {"", "/", "?page=", "&page=", "?p=", "/p", "-", "_",
	    "?pg=", "?seite=", "/seite-", "-seite", "-page-"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		struct str rest = s;
		uint64_t n;
		if (!str_starts_nocase(s, words[i]))
			continue;
		rest = str_skip(s, str_c(words[i]).len);
		if (str_ends(rest, "/"))
			rest = str_sub(rest, 0, rest.len - 1);
		if (str_u64(rest, &n) && n >= 2 && n < 100)
			return true;
	}
	return false;
}

static struct str without_ending(struct str s)
{
	static const char *const endings[] = {".html", ".htm", ".php", "/"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(s, endings[i]))
			return str_sub(s, 0, s.len - str_c(endings[i]).len);
	return s;
}

bool is_next_page(struct str url, struct str next)
{
	struct str stem = without_ending(url);

	if (next.len <= stem.len || next.len > url.len + NEXT_TAIL_MAX ||
	    !str_eq(str_sub(next, 0, stem.len), stem))
		return false;
	return is_page_number(without_ending(str_skip(next, stem.len))) ||
	       is_page_number(str_skip(next, url.len));
}
