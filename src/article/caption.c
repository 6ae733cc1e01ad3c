/* SPDX-License-Identifier: MIT */
/* Captions that neither an element nor a name tells: by what stands before them and how they are set. */
#include "article/caption.h"

enum { CAPTION_MAX_WEIGHT = 260, ONE_SENTENCE = 120, UP_MAX = 3, LINE_BYTES = 600 };

static bool is_picture(const struct node *n)
{
	return n->tag == TAG_IMG || n->tag == TAG_PICTURE || n->tag == TAG_FIGURE ||
	       str_find_nocase(node_attr(n, ATTR_CLASS), "lazyload") >= 0;
}

static bool holds_picture(const struct page *p, const struct node *n)
{
	if (page_fig(p, n)->weight)
		return false;
	for (const struct node *c = n; c; c = node_next(c, n))
		if (c->tag != TAG_TEXT && is_picture(c))
			return true;
	return false;
}

/* What stands before n with something to see in it; NULL: nothing. */
static const struct node *before(const struct page *p, const struct node *n)
{
	for (n = n->prev; n; n = n->prev)
		if (page_fig(p, n)->weight || (n->tag != TAG_TEXT && holds_picture(p, n)))
			return n;
	return NULL;
}

static bool is_box(const struct node *n)
{
	return n->tag == TAG_DIV || n->tag == TAG_TD || n->tag == TAG_SECTION || n->tag == TAG_CENTER ||
	       n->tag == TAG_FIGURE || n->tag == TAG_SPAN;
}

/* The outermost element around n that has no other text, behind a picture; NULL: no picture there. */
static const struct node *behind_picture(const struct page *p, const struct node *n)
{
	for (unsigned up = 0; up < UP_MAX && n && n != p->root; up++, n = n->parent) {
		const struct node *b = before(p, n);
		if (b)
			return holds_picture(p, b) ? n : NULL;
		if (!n->parent || page_fig(p, n->parent)->weight != page_fig(p, n)->weight)
			return NULL;
	}
	return NULL;
}

static bool is_slanted(unsigned tag)
{
	return tag == TAG_EM || tag == TAG_I || tag == TAG_SMALL;
}

/* True when all words of n are slanted or small. */
static bool is_all_slanted(const struct page *p, const struct node *n)
{
	for (const struct node *c = n; c; c = node_next(c, n)) {
		const struct node *up = c;
		if (c->tag != TAG_TEXT || !page_fig(p, c)->weight)
			continue;
		while (up != n && !is_slanted(up->tag))
			up = up->parent;
		if (!is_slanted(up->tag))
			return false;
	}
	return true;
}

static bool is_centred(const struct node *n)
{
	struct str style = node_attr(n, ATTR_STYLE);
	ptrdiff_t at = str_find_nocase(style, "text-align");

	return at >= 0 && str_find_nocase(str_sub(style, (size_t)at, 24), "center") >= 0;
}

static bool is_caption_size(const struct page *p, const struct node *n)
{
	const struct figures *f = page_fig(p, n);

	if (f->weight < 3 || f->weight > CAPTION_MAX_WEIGHT || f->link_weight * 2 > f->weight ||
	    f->blocks > 2)
		return false;
	for (const struct node *c = n; c; c = node_next(c, n))
		if (tag_flags(c->tag) & TAG_HEADING || c->tag == TAG_BLOCKQUOTE || c->tag == TAG_LI ||
		    c->tag == TAG_TABLE)
			return false;
	return f->weight < ONE_SENTENCE || measure_text(node_line_str(p->arena, n, LINE_BYTES)).stops <= 2;
}

bool caption_is(const struct page *p, const struct node *n)
{
	if ((n->tag != TAG_P && n->tag != TAG_DIV && n->tag != TAG_SPAN && !is_slanted(n->tag)) ||
	    !is_caption_size(p, n))
		return false;
	const struct node *outer = behind_picture(p, n);
	if (!outer || !outer->parent)
		return false;
	if (is_centred(n) || is_all_slanted(p, n))
		return true;
	/* Alone with the picture; what calls itself a paragraph is one. */
	return n->tag != TAG_P && is_box(outer->parent) && outer->parent != p->root &&
	       page_fig(p, outer->parent)->weight == page_fig(p, n)->weight;
}
