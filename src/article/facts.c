/* SPDX-License-Identifier: MIT */
/* What a page says of itself in its head and in attributes. JSON-LD is in ld.c; the choice among what was
 * said in title.c, byline.c and when.c. */
#include "article/facts.h"

#include <stdlib.h>
#include <string.h>

#include "syntax/sanitize.h"
#include "text/lang.h"
#include "text/safe.h"
#include "text/url.h"

enum { FACT_MAX_BYTES = 4000, LINE_NAME_MAX = 64 };

struct meta_row {
	const char *name;
	uint8_t field, source;
};

static const struct meta_row rows[] = {
#define META(name, field, source) {name, FIELD_##field, SOURCE_##source},
#include "article/meta.def"
};

/* Soft hyphens only part the words of a line that is compared and shown in other widths. */
static void drop_soft_hyphens(struct buf *b)
{
	size_t to = 0;

	for (size_t i = 0; i < b->len; i++) {
		if (b->data[i] == '\xC2' && i + 1 < b->len && b->data[i + 1] == '\xAD')
			i++;
		else
			b->data[to++] = b->data[i];
	}
	buf_truncate(b, to);
}

struct str clean_line(struct page *p, struct str s)
{
	SCOPED(buf) struct buf b = BUF_MAX(1 << 20);

	s.len = s.len > FACT_MAX_BYTES ? FACT_MAX_BYTES : s.len;
	if (str_chr(s, '&') >= 0 || str_chr(s, '<') >= 0)
		sanitize_line(&b, s, true);
	else
		buf_addstr(&b, s);
	drop_soft_hyphens(&b);
	return safe_copy(p->arena, buf_str(&b), SAFE_LINE);
}

void facts_say(struct page *p, struct facts *f, enum field field, enum source source, struct str value)
{
	struct str *at = &f->said[field][source];
	struct str clean = clean_line(p, value);

	if (!clean.len)
		return;
	if (!at->len)
		*at = clean;
	else if (field == FIELD_BYLINE && at->len < 300 && str_find(*at, clean) < 0)
		*at = str_c(arena_printf(p->arena, "%.*s, %.*s", STR_ARG(*at), STR_ARG(clean)));
}

struct str facts_first(const struct facts *f, enum field field)
{
	for (size_t i = 0; i < SOURCE_COUNT; i++)
		if (f->said[field][i].len)
			return f->said[field][i];
	return STR_NONE;
}

static int cmp_row(const void *key, const void *row)
{
	return strcmp(key, ((const struct meta_row *)row)->name);
}

static void read_meta_name(struct page *p, struct facts *f, struct str name, struct str content)
{
	char lower[LINE_NAME_MAX];

	name = str_trim(name);
	if (!name.len || name.len >= sizeof lower)
		return;
	for (size_t i = 0; i < name.len; i++)
		lower[i] = (char)ch_lower((unsigned char)name.p[i]);
	lower[name.len] = '\0';
	const struct meta_row *row = bsearch(lower, rows, ARRAY_LEN(rows), sizeof rows[0], cmp_row);
	if (row)
		facts_say(p, f, (enum field)row->field, (enum source)row->source, content);
	if (strcmp(lower, "og:type") == 0)
		f->list_type = str_eqc(content, "website");
}

static void read_meta(struct page *p, struct facts *f, const struct node *n)
{
	static const enum attr_name names[] = {ATTR_PROPERTY, ATTR_NAME, ATTR_ITEMPROP, ATTR_HTTP_EQUIV};
	struct str content = node_attr(n, ATTR_CONTENT);

	if (!str_trim(content).len)
		return;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str v = node_attr(n, names[i]), word;
		while (str_split(&v, ' ', &word))
			read_meta_name(p, f, word, content);
	}
}

static void read_link(struct page *p, struct facts *f, const struct node *n)
{
	struct str href = node_attr(n, ATTR_HREF);

	if (node_attr_has(n, ATTR_REL, "canonical"))
		facts_say(p, f, FIELD_CANONICAL, SOURCE_LINK, href);
	else if (node_attr_has(n, ATTR_REL, "next"))
		facts_say(p, f, FIELD_NEXT, SOURCE_LINK, href);
	else if (node_attr_has(n, ATTR_REL, "amphtml"))
		facts_say(p, f, FIELD_ALTERNATE, SOURCE_META, href);
	else if (node_attr_has(n, ATTR_REL, "alternate") && node_attr_has(n, ATTR_MEDIA, "print"))
		facts_say(p, f, FIELD_ALTERNATE, SOURCE_LINK, href);
	else if (node_attr_has(n, ATTR_REL, "image_src"))
		facts_say(p, f, FIELD_IMAGE, SOURCE_LINK, href);
}

void facts_of_head(struct page *p, struct facts *f)
{
	const struct node *root = p->html->root;
	bool has_base = false;

	facts_say(p, f, FIELD_LANGUAGE, SOURCE_LINK, node_attr(root, ATTR_LANG));
	for (const struct node *n = root; n; n = node_next(n, root)) {
		if (n->tag == TAG_META) {
			read_meta(p, f, n);
		} else if (n->tag == TAG_LINK) {
			read_link(p, f, n);
		} else if (n->tag == TAG_A && node_attr_has(n, ATTR_REL, "next")) {
			facts_say(p, f, FIELD_NEXT, SOURCE_MICRO, node_attr(n, ATTR_HREF));
		} else if (n->tag == TAG_TITLE && n->parent == p->html->head) {
			facts_say(p, f, FIELD_TITLE, SOURCE_LINK, node_line_str(p->arena, n, FACT_MAX_BYTES));
		} else if (n->tag == TAG_BASE && !has_base && node_has_attr(n, ATTR_HREF)) {
			struct str base = url_resolve(p->arena, p->url, node_attr(n, ATTR_HREF));
			if (url_is_web(base))
				p->base = base;
			has_base = true;
		}
	}
}

/* The value of a microdata property: content, datetime, or what is shown. */
static struct str micro_value(struct page *p, const struct node *n)
{
	if (node_has_attr(n, ATTR_CONTENT))
		return node_attr(n, ATTR_CONTENT);
	if (node_has_attr(n, ATTR_DATETIME))
		return node_attr(n, ATTR_DATETIME);
	return node_line_str(p->arena, n, 300);
}

static void read_itemprop(struct page *p, struct facts *f, const struct node *n)
{
	static const struct {
		const char *name;
		enum field field;
	} props[] = {{"datePublished", FIELD_PUBLISHED}, {"dateCreated", FIELD_PUBLISHED},
	    {"dateModified", FIELD_MODIFIED}, {"headline", FIELD_TITLE}, {"inLanguage", FIELD_LANGUAGE}};

	if (node_attr_has(n, ATTR_ITEMPROP, "author") || node_attr_has(n, ATTR_ITEMPROP, "creator")) {
		const struct node *name = n;
		for (const struct node *c = node_next(n, n); c; c = node_next(c, n))
			if (node_attr_has(c, ATTR_ITEMPROP, "name")) {
				name = c;
				break;
			}
		facts_say(p, f, FIELD_BYLINE, SOURCE_MICRO, micro_value(p, name));
	}
	for (size_t i = 0; i < ARRAY_LEN(props); i++)
		if (node_attr_has(n, ATTR_ITEMPROP, props[i].name))
			facts_say(p, f, props[i].field, SOURCE_MICRO, micro_value(p, n));
}

void facts_of_micro(struct page *p, struct facts *f)
{
	const struct node *root = p->html->root;

	for (const struct node *n = root; n; n = node_next(n, root))
		if (n->n_attrs && node_has_attr(n, ATTR_ITEMPROP) && n->tag != TAG_META &&
		    !page_fig(p, n)->drop)
			read_itemprop(p, f, n);
}

struct str find_site(struct page *p, const struct facts *f)
{
	struct str s = f->said[FIELD_SITE][SOURCE_OG];

	if (!s.len)
		s = facts_first(f, FIELD_SITE);
	if (!s.len)
		s = safe_copy(p->arena, url_site(p->url), SAFE_LINE);
	return s;
}

struct str find_language(struct page *p, const struct facts *f)
{
	static const enum source order[] = {SOURCE_LINK, SOURCE_LD, SOURCE_MICRO, SOURCE_META, SOURCE_OG};

	(void)p;
	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		struct str s = f->said[FIELD_LANGUAGE][order[i]];
		if (s.len >= 2 && s.len <= 20 && ch_alpha(s.p[0]) && ch_alpha(s.p[1]))
			return s;
	}
	return STR_NONE;
}
