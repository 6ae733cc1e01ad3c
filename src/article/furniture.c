/* SPDX-License-Identifier: MIT */
/* What is furniture: the names of elements read by the table in furniture.def, and what is dropped for its
 * name or its kind wherever it stands. What is dropped for its place in the article is clean.c's. */
#include "article/page.h"

#include <stdlib.h>
#include <string.h>

enum { STEM_MAX = 24, STEMS_MAX = 48, NAME_MAX_BYTES = 400 };

struct stem_row {
	const char *text;
	uint32_t marks;
};

static const struct stem_row stems[] = {
#define STEM(text, marks) {text, marks},
#define STEM_BEGIN(text, marks)
#define PAIR(a, b, marks)
#include "article/furniture.def"
};

static const struct stem_row beginnings[] = {
#define STEM(text, marks)
#define STEM_BEGIN(text, marks) {text, marks},
#define PAIR(a, b, marks)
#include "article/furniture.def"
};

static const struct {
	const char *a, *b;
	uint32_t marks;
} pairs[] = {
#define STEM(text, marks)
#define STEM_BEGIN(text, marks)
#define PAIR(a, b, marks) {a, b, marks},
#include "article/furniture.def"
};

static int cmp_stem(const void *key, const void *row)
{
	return strcmp(key, ((const struct stem_row *)row)->text);
}

static uint32_t stem_marks(const char *stem)
{
	const struct stem_row *row = bsearch(stem, stems, ARRAY_LEN(stems), sizeof stems[0], cmp_stem);

	if (row)
		return row->marks;
	for (size_t i = 0; i < ARRAY_LEN(beginnings); i++)
		if (beginnings[i].text[0] == stem[0] &&
		    strncmp(stem, beginnings[i].text, strlen(beginnings[i].text)) == 0)
			return beginnings[i].marks;
	return 0;
}

static uint32_t pair_marks(const char *a, const char *b)
{
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (pairs[i].a[0] == a[0] && strcmp(pairs[i].a, a) == 0 && strcmp(pairs[i].b, b) == 0)
			return pairs[i].marks;
	return 0;
}

/* Reads the next stem of s at *at into out, in lower case. *joined: no white space stands before it. */
static bool next_stem(struct str s, size_t *at, char out[STEM_MAX], bool *joined)
{
	size_t n = 0;
	bool space = *at == 0;

	while (*at < s.len && !ch_alpha((unsigned char)s.p[*at])) {
		space |= ch_space(s.p[*at]);
		++*at;
	}
	*joined = !space;
	while (*at < s.len && ch_alpha((unsigned char)s.p[*at])) {
		bool upper = s.p[*at] >= 'A' && s.p[*at] <= 'Z';
		bool lower_before = *at > 0 && s.p[*at - 1] >= 'a' && s.p[*at - 1] <= 'z';
		if (n && upper && lower_before)
			break;
		if (n < STEM_MAX - 1)
			out[n++] = (char)ch_lower((unsigned char)s.p[*at]);
		++*at;
	}
	out[n] = '\0';
	return n > 0;
}

static uint32_t name_marks(struct str s)
{
	char stem[2][STEM_MAX] = {"", ""};
	uint32_t marks = 0;
	size_t at = 0;
	bool joined;

	s.len = s.len < NAME_MAX_BYTES ? s.len : NAME_MAX_BYTES;
	for (unsigned i = 0; i < STEMS_MAX && next_stem(s, &at, stem[i & 1], &joined); i++) {
		marks |= stem_marks(stem[i & 1]);
		if (i > 0 && joined)
			marks |= pair_marks(stem[~i & 1], stem[i & 1]);
	}
	return marks;
}

static bool style_hides(struct str style)
{
	ptrdiff_t at;

	if ((at = str_find_nocase(style, "display")) >= 0 &&
	    str_starts_nocase(str_trim(str_skip(str_trim(str_skip(style, (size_t)at + 7)), 1)), "none"))
		return true;
	return (at = str_find_nocase(style, "visibility")) >= 0 &&
	       str_starts_nocase(str_trim(str_skip(str_trim(str_skip(style, (size_t)at + 10)), 1)), "hidden");
}

uint32_t furniture_marks(const struct node *n)
{
	uint32_t marks = 0;

	for (unsigned i = 0; i < n->n_attrs; i++) {
		struct str v = n->attrs[i].value;
		switch (n->attrs[i].name) {
		case ATTR_CLASS:
		case ATTR_ID:
		case ATTR_ITEMPROP:
		case ATTR_DATA_COMPONENT:
		case ATTR_DATA_COMPONENT_NAME:
		case ATTR_DATA_TESTID:
		case ATTR_DATA_TEST_ID:
		case ATTR_DATA_MODULE:
		case ATTR_DATA_TYPE:
			marks |= name_marks(v);
			break;
		case ATTR_STYLE:
			marks |= style_hides(v) ? MARK_HIDDEN : 0;
			break;
		case ATTR_HIDDEN:
			marks |= MARK_HIDDEN;
			break;
		case ATTR_ARIA_HIDDEN:
			marks |= str_eqc(v, "true") ? MARK_UNSEEN : 0;
			break;
		default:
			break;
		}
	}
	return marks;
}

/* Elements that are furniture for their kind. */
static bool kind_drops(const struct node *n)
{
	static const char *const roles[] = {"navigation", "banner", "complementary", "contentinfo", "search",
	    "menu", "menubar", "dialog", "alertdialog", "toolbar", "tablist"};

	switch (n->tag) {
	case TAG_NAV:
	case TAG_FOOTER:
	case TAG_NOSCRIPT:
	case TAG_ASIDE:
	case TAG_DIALOG:
	case TAG_MENU:
		return true;
	default:
		break;
	}
	struct str role = node_attr(n, ATTR_ROLE);
	for (size_t i = 0; role.len && i < ARRAY_LEN(roles); i++)
		if (str_eqc(role, roles[i]))
			return true;
	return false;
}

static const uint32_t drop_marks = MARK_SHARE | MARK_RELATED | MARK_PROMO | MARK_AD | MARK_COMMENT |
                                   MARK_NAV | MARK_AUTHOR_BOX | MARK_NOTICE | MARK_SIDE | MARK_FOOT |
                                   MARK_UNSEEN;

void furniture_drop(struct page *p)
{
	uint32_t all = page_fig(p, p->html->root)->prose;

	for (size_t i = 1; i < p->html->n_nodes; i++) {
		const struct node *n = p->nodes[i];
		struct figures *f = &p->fig[i];
		if (n->tag == TAG_TEXT || n->tag == TAG_BODY || n->tag == TAG_HTML || n->tag == TAG_MAIN)
			continue;
		bool named = f->marks & drop_marks && !(f->marks & (MARK_BODY | MARK_ARTICLE));
		if ((named && f->prose * 10 < all * 3) || (kind_drops(n) && f->prose * 10 < all * 5))
			f->drop = true;
	}
	page_sum(p);
}
