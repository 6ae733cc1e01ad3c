/* SPDX-License-Identifier: MIT */
/* The lead paragraph that stands between headline and body, outside the element that holds the body. English
 * pages set a dek there, which the reader sees above the text anyway; elsewhere the lead is the text's first
 * paragraph. */
#include "article/page.h"

#include "text/lang.h"

enum { LEAD_MIN_WEIGHT = 60, LEAD_MAX_WEIGHT = 900, LEAD_LOOK_BACK = 40 };

static bool is_lead(const struct page *p, const struct text_block *b)
{
	static const uint32_t never = MARK_CAPTION | MARK_BYLINE | MARK_AUTHOR_BOX | MARK_SHARE | MARK_PROMO |
	                              MARK_AD | MARK_NOTICE | MARK_HIDDEN | MARK_RELATED | MARK_MEDIA |
	                              MARK_TEASER;

	if (b->dropped || b->weight < LEAD_MIN_WEIGHT || b->weight > LEAD_MAX_WEIGHT || !b->stops ||
	    b->link_weight * 10 > b->weight * 3 || b->owner->tag == TAG_H1 || b->owner->tag == TAG_LI)
		return false;
	const struct node *n = p->nodes[b->first];
	for (unsigned up = 0; n && up < 4 && n->tag != TAG_BODY; n = n->parent, up++)
		if (page_fig(p, n)->marks & never || n->tag == TAG_FIGCAPTION || n->tag == TAG_FIGURE)
			return (page_fig(p, n)->marks & MARK_DEK) != 0 && n->tag != TAG_FIGCAPTION;
	return true;
}

/* The headline's block nearest before the body. */
static size_t headline_before(const struct page *p, size_t body)
{
	for (size_t i = body; i-- > 0 && body - i < LEAD_LOOK_BACK;)
		if (node_closest(p->blocks[i].owner, TAG_H1))
			return i;
	return body;
}

/* Makes the smallest element around both the root; all in it that belongs to neither is cut. */
static void widen(struct page *p, const struct node *lead)
{
	const struct node *old = p->root, *top = lead;

	while (top->parent && !node_inside(old, top))
		top = top->parent;
	p->root = top;
	for (const struct node *n = node_next(top, top); n;) {
		bool in = node_inside(n, old) || node_inside(n, lead);
		bool around = node_inside(old, n) || node_inside(lead, n);
		if (!around)
			p->cut[n->index] = in ? p->cut[n->index] : PART_NONE;
		n = around && !in ? node_next(n, top) : node_after(n, top);
	}
}

void body_add_lead(struct page *p, struct str language)
{
	size_t body = 0;

	if (!p->root || lang_of_tag(language) == LANG_EN)
		return;
	while (body < p->n_blocks && !node_inside(p->nodes[p->blocks[body].first], p->root))
		body++;
	for (size_t i = headline_before(p, body) + 1; i < body; i++) {
		if (!is_lead(p, &p->blocks[i]))
			continue;
		widen(p, p->blocks[i].owner);
		return;
	}
}
