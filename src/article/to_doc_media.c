/* SPDX-License-Identifier: MIT */
/* Films and sounds on the way from tree to document: <video>, <audio>, and frames of the players in
 * media.def; all other frames are left out. And who said a quote. */
#include "article/to_doc_priv.h"

#include "text/url.h"
#include "text/utf8.h"

static const struct medium {
	struct str host, path;
	const char *label;
	struct str page;
} media[] = {
#define MEDIUM(host, path, label, page) {STR(host), STR(path), label, STR(page)},
#include "article/media.def"
};

void to_doc_place(const struct maker *m, struct block *b)
{
	b->quote = (uint8_t)(m->quote > 8 ? 8 : m->quote);
	if (m->depth && m->lists[m->depth - 1].has_item)
		b->level = (uint8_t)m->depth;
}

static bool is_within(struct str host, struct str domain)
{
	size_t rest = host.len - domain.len;

	return host.len >= domain.len && str_eq_nocase(str_skip(host, rest), domain) &&
	       (!rest || host.p[rest - 1] == '.');
}

/* The player of a frame, and in *rest what its address has behind the path; NULL: it is none that is known.
 */
static const struct medium *player_of(struct str url, struct str *rest)
{
	struct str host = url_host(url);

	for (size_t i = 0; host.len && i < ARRAY_LEN(media); i++) {
		const struct medium *known = &media[i];
		struct str path = str_skip(url, (size_t)(host.p - url.p) + host.len);

		if (!is_within(host, known->host) || !str_starts(path, known->path.len ? known->path.p : "/"))
			continue;
		*rest = str_skip(path, known->path.len);
		return known;
	}
	return NULL;
}

/* The address of the page that the player shows: what is asked of the player itself does not belong to it. */
static struct str page_of(struct maker *m, const struct medium *player, struct str url, struct str rest)
{
	struct buf page = BUF_MAX(DOC_MAX_URL);
	ptrdiff_t end = str_chr(rest, '?');
	struct str made;

	if (!player->page.len || !rest.len)
		return url;
	buf_addstr(&page, player->page);
	buf_addstr(&page, end < 0 ? rest : str_sub(rest, 0, (size_t)end));
	made = arena_str(m->scratch, buf_str(&page));
	buf_release(&page);
	return made;
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
	struct str rest;

	if (m->in_cell || m->in_caption)
		return;
	b.url = url_resolve(m->scratch, m->base, n->tag == TAG_IFRAME ? source_of(n) : file_of(n));
	if (!url_is_web(b.url))
		return;
	if (n->tag == TAG_IFRAME) {
		const struct medium *player = player_of(b.url, &rest);
		if (!player)
			return;
		b.url = page_of(m, player, b.url, rest);
		b.label = str_c(player->label);
	} else {
		b.label = n->tag == TAG_VIDEO ? STR("film") : STR("sound");
	}
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
