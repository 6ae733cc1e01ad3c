/* SPDX-License-Identifier: MIT */
/* Writers as a page shows them: elements named or linked as an author's, lines that begin as a byline does.
 * How such a line becomes names is byline.c's. */
#include "article/byline.h"

#include <string.h>

#include "article/shown.h"

enum { NAMED_MAX = 40, LINES_MAX = 3000, LINE_WEIGHT = 160 };

/* The names in a line, which ends where a date begins. */
static struct str names_in(struct page *p, const struct facts *f, struct str line)
{
	static const char *const befores[] = {" Monday", " Tuesday", " Wednesday", " Thursday", " Friday",
	    " Saturday", " Sunday", " Montag", " Dienstag", " Mittwoch", " Donnerstag", " Freitag",
	    " Samstag", " Sonntag", " lundi", " mardi", " mercredi", " jeudi", " vendredi", " samedi",
	    " dimanche", " on", " am", " at", " le", " el", " op"};
	size_t at = shown_date_at(line);
	struct str s = at > 3 ? str_trim(str_sub(line, 0, at)) : line;

	for (size_t i = 0; at > 3 && i < ARRAY_LEN(befores); i++)
		if (str_ends(s, befores[i]))
			s = str_trim(str_sub(s, 0, s.len - strlen(befores[i])));
	s = byline_cleaned(p, f, s);
	size_t half = s.len / 2;

	/* Shown twice, for wide screens and for narrow ones. */
	if (s.len > 6 && s.len % 2 && s.p[half] == ' ' && str_eq(str_sub(s, 0, half), str_skip(s, half + 1)))
		return str_sub(s, 0, half);
	return s;
}

static struct str line_of(struct page *p, const struct node *n)
{
	const struct figures *f = page_fig(p, n);
	const struct node *last = n;

	if (f->weight < 4 || f->weight > 120 || f->marks & MARK_HIDDEN)
		return STR_NONE;
	while (last->last)
		last = last->last;
	struct str s = shown_texts(p, n->index, last->index);
	return s.len <= BYLINE_MAX_BYTES ? s : STR_NONE;
}

/* "author", not "authority" or "authorize". */
static bool has_word(struct str name, const char *word)
{
	ptrdiff_t at = str_find_nocase(name, word);
	struct str after = at < 0 ? STR_NONE : str_skip(name, (size_t)at + strlen(word));

	return at >= 0 && !str_starts(after, "i");
}

static bool says_author(const struct node *n)
{
	static const char *const words[] = {"author", "byline", "autor", "auteur", "writer", "contributor"};
	static const char *const paths[] = {"/author/", "/authors/", "/autor/", "/autoren/", "/auteur/",
	    "/writer/", "/writers/", "/contributor/", "/contributors/", "/journalist/", "/columnist/"};
	static const enum attr_name names[] = {ATTR_CLASS, ATTR_ID, ATTR_DATA_TESTID};
	struct str href = node_attr(n, ATTR_HREF);

	if (node_attr_has(n, ATTR_REL, "author"))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		if (str_find(href, str_c(paths[i])) >= 0)
			return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			if (has_word(node_attr(n, names[k]), words[i]))
				return true;
	return false;
}

/* "By" and a name: what follows begins with a capital. */
static bool names_follow(struct str s)
{
	s = str_trim(s);
	return s.len && ((s.p[0] >= 'A' && s.p[0] <= 'Z') || (unsigned char)s.p[0] >= 0x80);
}

static bool begins_as_byline(struct str s)
{
	static const char *const starts[] = {"by", "von", "par", "por", "door", "av", "written by",
	    "posted by", "posts by", "view all posts by", "about the author",
	    "autor:", "author:", "text:", "\xE6\x96\x87/", "\xE6\x96\x87\xEF\xBC\x8F",
	    "\xE4\xBD\x9C\xE8\x80\x85\xEF\xBC\x9A", "\xE4\xBD\x9C\xE8\x80\x85:", "\xE6\x92\xB0\xE6\x96\x87"};

	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (byline_starts(s, starts[i]) && s.len > strlen(starts[i]) + 3 &&
		    names_follow(str_skip(s, strlen(starts[i]))))
			return true;
	return false;
}

/* A block of text that begins as a byline; absent when it does not. */
static struct str byline_line(struct page *p, const struct text_block *b)
{
	if (b->weight > LINE_WEIGHT || b->heading)
		return STR_NONE;
	struct str s = shown_texts(p, b->first, b->last);
	return begins_as_byline(s) && s.len <= BYLINE_MAX_BYTES ? s : STR_NONE;
}

struct str byline_shown(struct page *p, const struct facts *f)
{
	static const uint32_t others = MARK_COMMENT | MARK_HIDDEN | MARK_RELATED;
	const struct node *root = p->html->body;
	unsigned seen = 0;

	for (const struct node *n = root; n && seen < NAMED_MAX; n = node_next(n, root)) {
		if (n->tag == TAG_TEXT || page_fig(p, n)->marks & others || !n->n_attrs || !says_author(n))
			continue;
		seen++;
		struct str s = names_in(p, f, line_of(p, n));
		if (s.len && !byline_is_site(p, f, s))
			return s;
	}
	for (size_t i = 0; i < p->n_blocks && i < LINES_MAX; i++) {
		struct str s = names_in(p, f, byline_line(p, &p->blocks[i]));
		if (s.len && !byline_is_site(p, f, s))
			return s;
	}
	return STR_NONE;
}

static size_t count_names(struct str s)
{
	struct str name;
	size_t n = 0;

	while (str_split(&s, ',', &name))
		n += str_chr(str_trim(name), ' ') > 0;
	return n;
}

/* Behind a comma alone may stand an office as well as a name. */
struct str byline_fuller(struct page *p, const struct facts *f, struct str names)
{
	for (size_t i = 0; i < p->n_blocks && i < LINES_MAX; i++) {
		struct str line = byline_line(p, &p->blocks[i]);
		if (!line.len || str_find(line, names) < 0 || !byline_joins(line))
			continue;
		struct str s = names_in(p, f, line);
		if (str_starts(s, arena_cstr(p->arena, names)) && count_names(s) > count_names(names))
			return s;
		break;
	}
	return names;
}
