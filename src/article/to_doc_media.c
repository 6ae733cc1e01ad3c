/* SPDX-License-Identifier: MIT */
/* Films and sounds on the way from tree to document: <video>, <audio>, and frames of the players in
 * media.def; all other frames are left out. And who said a quote. */
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

	if (m->in_cell || m->in_caption)
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
