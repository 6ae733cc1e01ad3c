/* SPDX-License-Identifier: MIT */
/* Tables, pictures and the language of code on the way from tree to document. */
#include "article/to_doc_priv.h"

#include <string.h>

#include "text/url.h"
#include "text/utf8.h"

enum { PICTURE_MIN_PIXELS = 60, CELL_MAX_BYTES = 400, SPAN_MAX = 100 };

/* True for a table that lines things up: at least two rows and columns of short cells. */
static bool is_data(const struct node *table)
{
	size_t rows = 0, cells = 0, bytes = 0, heads = 0;

	if (node_attr_has(table, ATTR_ROLE, "presentation") || node_attr_has(table, ATTR_ROLE, "none"))
		return false;
	for (const struct node *n = node_next(table, table); n; n = node_next(n, table)) {
		if (n->tag == TAG_TABLE || n->tag == TAG_PRE || n->tag == TAG_FIGURE || n->tag == TAG_IFRAME)
			return false;
		rows += n->tag == TAG_TR;
		cells += n->tag == TAG_TD || n->tag == TAG_TH;
		heads += n->tag == TAG_TH;
		if (n->tag == TAG_TEXT)
			bytes += n->text.len;
	}
	return rows >= 2 && cells >= rows * 2 && bytes < cells * CELL_MAX_BYTES &&
	       (heads || bytes < cells * 200);
}

static unsigned span(const struct node *n, enum attr_name name)
{
	int64_t v;

	if (!str_i64(str_trim(node_attr(n, name)), &v) || v < 1)
		return 1;
	return v > SPAN_MAX ? SPAN_MAX : (unsigned)v;
}

/* Digits with what stands around them in a number: signs, currency, per cent. */
static bool is_number(const struct node *cell)
{
	size_t digits = 0, letters = 0;

	for (const struct node *n = cell; n; n = node_next(n, cell)) {
		for (size_t i = 0; n->tag == TAG_TEXT && i < n->text.len;) {
			uint32_t c = utf8_next(n->text, &i);
			digits += c < 0x80 && ch_digit((int)c);
			letters += cp_is_letter(c);
		}
	}
	return digits > 0 && letters <= 2 && letters < digits;
}

bool to_doc_table(struct maker *m, const struct node *n)
{
	if (n->tag == TAG_TABLE && !m->table && is_data(n)) {
		m->table = n;
		m->space = false;
		m->in_cell = true;
		struct block b = {.kind = BLOCK_TABLE, .rtl = m->rtl > 0};
		to_doc_place(m, &b);
		doc_block(m->b, &b);
		return true;
	}
	if (!m->table)
		return false;
	if (n->tag == TAG_TR) {
		doc_table_row(m->b);
		m->space = false;
	} else if (n->tag == TAG_TD || n->tag == TAG_TH) {
		unsigned flags = (n->tag == TAG_TH ? CELL_HEAD : 0U) | (is_number(n) ? CELL_NUMBER : 0U);
		doc_table_cell(m->b, flags, span(n, ATTR_COLSPAN), span(n, ATTR_ROWSPAN));
		m->space = false;
	} else if (tag_flags(n->tag) & TAG_BLOCK) {
		m->space = true;
	} else {
		return false;
	}
	return true;
}

bool to_doc_table_left(struct maker *m, const struct node *n)
{
	if (!m->table)
		return false;
	if (n == m->table) {
		m->table = NULL;
		m->in_cell = m->open = m->space = false;
		return true;
	}
	if (!(tag_flags(n->tag) & TAG_BLOCK))
		return false;
	m->space = true;
	return true;
}

/* The first address of a srcset: "a.jpg 320w, b.jpg 640w". */
static struct str first_of_set(struct str set)
{
	size_t len = 0;

	set = str_trim(set);
	while (len < set.len && !ch_space(set.p[len]))
		len++;
	return str_sub(set, 0, len);
}

/* The address of a picture: lazy ones keep it in another attribute. */
static struct str picture_url(struct maker *m, const struct node *img)
{
	static const enum attr_name names[] = {
	    ATTR_DATA_SRC, ATTR_DATA_LAZY_SRC, ATTR_DATA_ORIGINAL, ATTR_SRC};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str v = str_trim(node_attr(img, names[i]));
		if (names[i] == ATTR_DATA_SRCSET || names[i] == ATTR_SRCSET)
			v = first_of_set(v);
		if (!v.len || str_starts_nocase(v, "data:") || str_starts(v, "#"))
			continue;
		struct str url = url_resolve(m->scratch, m->base, v);
		if (url_is_web(url))
			return url;
	}
	return STR_NONE;
}

static bool is_small(const struct node *img)
{
	int64_t w, h;

	return (str_i64(node_attr(img, ATTR_WIDTH), &w) && w < PICTURE_MIN_PIXELS) ||
	       (str_i64(node_attr(img, ATTR_HEIGHT), &h) && h < PICTURE_MIN_PIXELS);
}

void to_doc_picture(struct maker *m, const struct node *n)
{
	struct str url = picture_url(m, n);

	if (!url.len || is_small(n) || m->in_cell || m->caption)
		return;
	struct block b = {.kind = BLOCK_FIGURE, .url = url, .alt = node_attr(n, ATTR_ALT)};
	to_doc_place(m, &b);
	m->picture = url;
	m->alt = b.alt;
	doc_block(m->b, &b);
	m->open = m->space = false;
}

enum to_doc_part to_doc_part_of(const struct maker *m, const struct node *n)
{
	return m->ask ? m->ask(m->ask_arg, n) : TO_DOC_ALL;
}

bool to_doc_is_caption(const struct maker *m, const struct node *n)
{
	return (n->tag == TAG_FIGCAPTION && node_closest(n, TAG_FIGURE)) ||
	       to_doc_part_of(m, n) == TO_DOC_CAPTION;
}

/* The builder keeps a block open until the next one: text after a picture is its caption. */
bool to_doc_caption(struct maker *m, const struct node *n)
{
	const struct node *img = n->tag == TAG_FIGCAPTION ? NULL : node_find(n, NULL, TAG_IMG);

	if (img)
		to_doc_picture(m, img);
	if (!m->picture.len || m->in_cell)
		return false;
	m->picture = STR_NONE;
	m->open = true;
	m->space = false;
	m->caption = n;
	return true;
}

/* "c" of "language-c", of "highlight-source-c" and the like; absent: the classes name none. */
static struct str language_of_classes(struct str classes)
{
	static const char *const before[] = {"language-", "lang-", "highlight-source-", "brush:"};

	for (size_t i = 0; i < ARRAY_LEN(before); i++) {
		ptrdiff_t at = str_find_nocase(classes, before[i]);
		size_t len = 0;

		if (at < 0)
			continue;
		struct str rest = str_trim(str_skip(classes, (size_t)at + strlen(before[i])));
		while (len < rest.len && len < 20 && (ch_alnum(rest.p[len]) || strchr("+#-_", rest.p[len])))
			len++;
		return str_sub(rest, 0, len);
	}
	return STR_NONE;
}

/* Language of code as highlighters tell it: on the element, the code in it, or what is around it alone. */
struct str to_doc_language(const struct node *pre)
{
	const struct node *places[] = {pre->first && !pre->first->next ? pre->first : pre, pre,
	    pre->parent && pre->parent->first == pre && !pre->next ? pre->parent : pre};

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		struct str language = language_of_classes(node_attr(places[i], ATTR_CLASS));
		if (!language.len)
			language = node_attr(places[i], ATTR_DATA_LANG);
		if (!language.len)
			language = node_attr(places[i], ATTR_DATA_LANGUAGE);
		if (language.len)
			return str_sub(language, 0, 20);
	}
	return STR_NONE;
}
