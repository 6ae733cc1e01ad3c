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

void body_choose(struct page *p, struct str json_body)
{
	const struct node *best = NULL;
	float best_score = 0;

	(void)json_body;
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
	p->root = best;
}
