/* SPDX-License-Identifier: MIT */
/* Which element holds the body of the article. */
#include "article/page.h"

static float factor(const struct page *p, const struct node *n)
{
	uint32_t marks = page_fig(p, n)->marks;

	if (marks & MARK_BODY || node_attr_has(n, ATTR_ITEMPROP, "articleBody"))
		return 1.25F;
	if (n->tag == TAG_ARTICLE || marks & MARK_ARTICLE)
		return 1.1F;
	if (n->tag == TAG_MAIN)
		return 1.05F;
	return 1;
}

/* The element with the largest sum; of nested ones with about the same, the inner. */
static const struct node *largest(const struct page *p)
{
	const struct node *best = NULL;
	float best_score = 0;

	for (size_t i = 0; i < p->html->n_nodes; i++) {
		const struct node *n = p->nodes[i];
		if (!(tag_flags(n->tag) & TAG_BLOCK) || p->fig[i].drop)
			continue;
		float s = p->fig[i].score * factor(p, n);
		if (s >= best_score * 0.98F && s > 0) {
			if (s > best_score || (best && node_inside(n, best)))
				best = n;
			best_score = s > best_score ? s : best_score;
		}
	}
	return best;
}

/* The part of n that holds nearly all of its text, if one does. */
static const struct node *heart(const struct page *p, const struct node *n)
{
	for (;;) {
		const struct node *next = NULL;
		for (const struct node *c = n->first; c; c = c->next)
			if (c->tag != TAG_TEXT && !page_fig(p, c)->drop && page_fig(p, c)->paras > 1 &&
			    page_fig(p, c)->score > page_fig(p, n)->score * 0.9F &&
			    page_fig(p, c)->prose * 103 > page_fig(p, n)->prose * 100)
				next = c;
		if (!next)
			return n;
		n = next;
	}
}

void body_choose(struct page *p, struct str json_body)
{
	(void)json_body;
	p->root = largest(p);
	if (p->root)
		p->root = heart(p, p->root);
}
