/* SPDX-License-Identifier: MIT */
/* Films and sounds on the way from tree to document: <video>, <audio>, and frames of the players in
 * media.def; all other frames are left out. And who said a quote, and what abbreviations stand for. */
#include "article/to_doc_priv.h"

#include "syntax/player.h"
#include "text/url.h"
#include "text/utf8.h"

void to_doc_place(const struct maker *m, struct block *b)
{
	b->quote = (uint8_t)(m->quote > 8 ? 8 : m->quote);
	if (m->depth && m->lists[m->depth - 1].has_item)
		b->level = (uint8_t)m->depth;
}

static struct str source_of(const struct node *n)
{
	static const enum attr_name names[] = {ATTR_SRC, ATTR_DATA_SRC, ATTR_DATA_LAZY_SRC};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str v = str_trim(node_attr(n, names[i]));
		if (v.len && !str_starts_nocase(v, "about:") && !str_starts_nocase(v, "data:"))
			return v;
	}
	return STR_NONE;
}

/* The address of a film's or a sound's own element, or of its first <source>. */
static struct str file_of(const struct node *n)
{
	struct str src = source_of(n);
	const struct node *source = src.len ? NULL : node_find(n, NULL, TAG_SOURCE);

	return source ? source_of(source) : src;
}

/* What players call themselves is no title. */
static struct str title_of(const struct node *n)
{
	static const char *const none[] = {"player", "embed", "iframe", "video", "audio", "film"};
	struct str title = node_attr(n, ATTR_TITLE);

	if (!title.len)
		title = node_attr(n, ATTR_ARIA_LABEL);
	title = str_trim(title);
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		if (str_find_nocase(title, none[i]) >= 0 && utf8_count(title) < 30)
			return STR_NONE;
	return title;
}

void to_doc_medium(struct maker *m, const struct node *n)
{
	struct block b = {.kind = BLOCK_EMBED};
	struct player player = {.is_sound = n->tag == TAG_AUDIO};

	if (m->in_cell || m->caption)
		return;
	b.url = url_resolve(m->scratch, m->base, n->tag == TAG_IFRAME ? source_of(n) : file_of(n));
	if (!url_is_web(b.url))
		return;
	if (n->tag == TAG_IFRAME) {
		if (!player_find(m->scratch, b.url, &player))
			return;
		b.url = player.page;
	}
	b.label = player.is_sound ? STR("sound") : STR("film");
	b.alt = title_of(n);
	to_doc_place(m, &b);
	if (m->figure)
		m->picture = b.url;
	doc_block(m->b, &b);
	m->open = m->space = false;
}

static bool is_alone(const struct node *n)
{
	for (const struct node *c = n->parent->first; c; c = c->next)
		if (c != n && (c->tag != TAG_TEXT || str_trim(c->text).len))
			return false;
	return true;
}

bool to_doc_is_source(const struct maker *m, const struct node *n)
{
	if (m->source || m->in_cell || !n->parent)
		return false;
	if (n->tag == TAG_FIGCAPTION)
		return m->figure && !m->picture.len && node_find(m->figure, NULL, TAG_BLOCKQUOTE);
	if (!m->quote)
		return false;
	if (n->tag == TAG_FOOTER)
		return true;
	return n->tag == TAG_CITE && (n->parent->tag == TAG_BLOCKQUOTE || is_alone(n));
}

/* Letters of which at least two are capitals, few enough to be no sentence. */
static bool is_abbreviation(struct str s)
{
	size_t capitals = 0;

	for (size_t at = 0; at < s.len;) {
		uint32_t cp = utf8_next(s, &at);

		if (!cp_is_letter(cp) && cp != '.' && cp != '&' && cp != '-')
			return false;
		capitals += cp_is_upper(cp);
	}
	return capitals >= 2 && s.len <= 16;
}

/* Words, and not a date or an address, which <abbr> holds on some pages. */
static bool is_long_form(struct str s, struct str abbreviation)
{
	size_t at = 0;

	if (s.len <= abbreviation.len || s.len > 120 || !cp_is_letter(utf8_next(s, &at)))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (ch_digit(s.p[i]) || s.p[i] == '/' || s.p[i] == '(')
			return false;
	return true;
}

static bool is_told(const struct maker *m, struct str abbreviation)
{
	for (size_t i = 0; i < m->n_glosses; i++)
		if (str_eq(m->glosses[i], abbreviation))
			return true;
	return false;
}

void to_doc_gloss(struct maker *m, const struct node *n)
{
	struct str title = str_trim(node_attr(n, ATTR_TITLE)), s;
	const struct node *before = n->prev;

	if (!title.len || m->n_glosses == GLOSSES_MAX || m->link.len || m->heading || m->pre || m->space ||
	    !(m->open || m->in_cell))
		return;
	s = node_line_str(m->scratch, n, 40);
	if (!is_abbreviation(s) || !is_long_form(title, s) || is_told(m, s))
		return;
	m->glosses[m->n_glosses++] = s;
	/* "World Health Organization (WHO)" needs none. */
	if (before && before->tag == TAG_TEXT && str_find(before->text, title) >= 0)
		return;
	doc_text(m->b, STR(" ("), RUN_GLOSS, STR_NONE);
	doc_text(m->b, title, RUN_GLOSS, STR_NONE);
	doc_text(m->b, STR(")"), RUN_GLOSS, STR_NONE);
}
