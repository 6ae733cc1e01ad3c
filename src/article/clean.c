/* SPDX-License-Identifier: MIT */
/* What of the chosen element is left out: furniture, and what stands at its head and foot without being text.
 */
#include "article/page.h"

static bool is_list(const struct node *n)
{
	return n->tag == TAG_UL || n->tag == TAG_OL || n->tag == TAG_TABLE || n->tag == TAG_DIV ||
	       n->tag == TAG_SECTION || n->tag == TAG_P || n->tag == TAG_DL;
}

void body_clean(struct page *p, const struct article *known)
{
	const struct node *root = p->root;

	(void)known;
	for (const struct node *n = node_next(root, root); n;) {
		const struct figures *f = page_fig(p, n);
		bool cut = f->drop || (f->marks & (MARK_HIDDEN | MARK_CAPTION)) || n->tag == TAG_FIGCAPTION ||
		           n->tag == TAG_H1;
		if (is_list(n) && f->weight && f->prose * 4 < f->weight && f->link_weight * 2 > f->weight)
			cut = true;
		if (f->marks & (MARK_BYLINE | MARK_TITLE | MARK_TAGS) && f->weight < 150)
			cut = true;
		p->cut[n->index] = cut;
		n = cut ? node_after(n, root) : node_next(n, root);
	}
}
