/* SPDX-License-Identifier: MIT */
/* What a page is when it is not the article: an error told with status 200, a check for robots or a question
 * of consent, the beginning before a pay wall. */
#include "article/state.h"

enum { SHORT_WEIGHT = 1500, CUT_WEIGHT = 2500 };

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
