/* SPDX-License-Identifier: MIT */
/* The names of elements: what class, id and the like say of one, by the table in furniture.def. What is
 * dropped for it is decided in furniture.c and clean.c. */
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
#define UNSEEN(word)
#include "article/furniture.def"
};

static const struct stem_row beginnings[] = {
#define STEM(text, marks)
#define STEM_BEGIN(text, marks) {text, marks},
#define PAIR(a, b, marks)
#define UNSEEN(word)
#include "article/furniture.def"
};

static const struct {
	const char *a, *b;
	uint32_t marks;
} pairs[] = {
#define STEM(text, marks)
#define STEM_BEGIN(text, marks)
#define PAIR(a, b, marks) {a, b, marks},
#define UNSEEN(word)
#include "article/furniture.def"
};

static const char *const unseen[] = {
#define STEM(text, marks)
#define STEM_BEGIN(text, marks)
#define PAIR(a, b, marks)
#define UNSEEN(word) word,
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

/* Reads the next stem of s at *at into out, in lower case. */
static bool next_stem(struct str s, size_t *at, char out[STEM_MAX])
{
	size_t n = 0;

	while (*at < s.len && !ch_alpha((unsigned char)s.p[*at]))
		++*at;
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

/* Marks of one word of a name. */
static uint32_t word_marks(struct str word)
{
	char stem[2][STEM_MAX] = {"", ""};
	uint32_t marks = 0;
	size_t at = 0;

	for (unsigned i = 0; i < STEMS_MAX && next_stem(word, &at, stem[i & 1]); i++) {
		const char *before = stem[~i & 1];
		if (strcmp(before, "no") != 0 && strcmp(before, "without") != 0)
			marks |= stem_marks(stem[i & 1]);
		if (i > 0)
			marks |= pair_marks(stem[~i & 1], stem[i & 1]);
	}
	return marks;
}

static bool hides(struct str word)
{
	for (size_t i = 0; i < ARRAY_LEN(unseen); i++)
		if (str_eq_nocase(word, str_c(unseen[i])))
			return true;
	return false;
}

/* A word that shows on some screens what another hides: md:block, d-lg-flex. */
static bool shows(struct str word)
{
	return (str_chr(word, ':') > 0 && str_chr(word, ':') < 6) ||
	       (str_starts(word, "d-") &&
	           (str_ends(word, "-block") || str_ends(word, "-flex") ||
	               str_find(word, STR("-inline")) > 0) &&
	           str_find(word, STR("print")) < 0);
}

static uint32_t name_marks(struct str s)
{
	uint32_t marks = 0;
	bool hidden = false, shown = false;

	s.len = s.len < NAME_MAX_BYTES ? s.len : NAME_MAX_BYTES;
	for (size_t at = 0; at < s.len; at++) {
		size_t from = at;
		while (at < s.len && !ch_space(s.p[at]))
			at++;
		struct str word = str_sub(s, from, at - from);
		hidden |= hides(word);
		shown |= shows(word);
		if (word.len && str_chr(word, ':') < 0 && str_chr(word, '[') < 0)
			marks |= word_marks(word);
	}
	return marks | (hidden && !shown ? MARK_OFF : 0U);
}

/* An id made of a heading's words says what the section is about, not what it is. */
static bool is_slug(struct str id)
{
	size_t dashes = 0;

	for (size_t i = 0; i < id.len; i++)
		dashes += id.p[i] == '-' || id.p[i] == '_';
	return dashes >= 4;
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

/* What a click opens is a part of the page that its reader may see; common questions are none of an article.
 */
static bool opens_at_a_click(const struct node *n)
{
	static const char *const words[] = {"accordion", "collaps", "tab-pane"};
	struct str class = node_attr(n, ATTR_CLASS), id = node_attr(n, ATTR_ID);

	if (str_find_nocase(class, "faq") >= 0)
		return false;
	if (node_attr_has(n, ATTR_ROLE, "region") || node_attr_has(n, ATTR_ROLE, "tabpanel"))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_find_nocase(class, words[i]) >= 0 || str_find_nocase(id, words[i]) >= 0)
			return true;
	return false;
}

uint32_t furniture_marks(const struct node *n)
{
	uint32_t marks = 0;

	for (unsigned i = 0; i < n->n_attrs; i++) {
		struct str v = n->attrs[i].value;
		switch (n->attrs[i].name) {
		case ATTR_ID:
			marks |= is_slug(v) ? 0 : name_marks(v);
			break;
		case ATTR_CLASS:
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
			marks |= style_hides(v) && !opens_at_a_click(n) ? MARK_HIDDEN : 0U;
			break;
		case ATTR_HIDDEN:
			/* A page sent in parts: a script would move these to their places. */
			if (!str_starts(node_attr(n, ATTR_ID), "S:"))
				marks |= MARK_HIDDEN;
			break;
		case ATTR_ARIA_HIDDEN:
			marks |= str_eqc(v, "true") ? MARK_UNSEEN : 0U;
			break;
		default:
			break;
		}
	}
	return marks;
}
