/* SPDX-License-Identifier: MIT */
/* Which element holds the body of the article. Three candidates: the element with the largest sum of scores,
 * the one that the page itself names as the body, and, when both are poor, whatever main part there is. */
#include "article/page.h"

enum { POOR_PROSE = 400, NAMED_SHARE = 70, STORY_PROSE = 200 };

static bool is_named_body(const struct page *p, const struct node *n)
{
	return page_fig(p, n)->marks & MARK_BODY || node_attr_has(n, ATTR_ITEMPROP, "articleBody");
}

static float factor(const struct page *p, const struct node *n)
{
	if (is_named_body(p, n))
		return 1.25F;
	if (n->tag == TAG_ARTICLE || page_fig(p, n)->marks & MARK_ARTICLE)
		return 1.1F;
	return n->tag == TAG_MAIN ? 1.05F : 1;
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

/* The named body, or else the <article>, with the most prose; NULL: none. */
static const struct node *named(const struct page *p)
{
	const struct node *best = NULL;
	uint32_t most = 0;
	bool best_is_body = false;

	for (size_t i = 0; i < p->html->n_nodes; i++) {
		const struct node *n = p->nodes[i];
		bool body = n->tag != TAG_TEXT && is_named_body(p, n);
		if ((!body && n->tag != TAG_ARTICLE) || p->fig[i].drop || (best_is_body && !body))
			continue;
		if (p->fig[i].prose > most || (body && !best_is_body && p->fig[i].prose > POOR_PROSE)) {
			best = n;
			most = p->fig[i].prose;
			best_is_body = body;
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

/* A page of a few words: its <article>, <main> or body, unless links are most of it. */
static const struct node *last_resort(const struct page *p)
{
	const struct node *n = node_find(p->html->root, NULL, TAG_ARTICLE);

	if (!n || !page_fig(p, n)->weight)
		n = node_find(p->html->root, NULL, TAG_MAIN);
	if (!n || !page_fig(p, n)->weight)
		n = p->html->body;
	const struct figures *f = page_fig(p, n);
	return f->weight && (f->link_weight * 2 < f->weight || f->links < 3) ? n : NULL;
}

static const struct node *choose(const struct page *p)
{
	const struct node *best = largest(p), *name = named(p);

	/* Links in a list of many short texts can outweigh it: the page's own word counts then. */
	if (best && name && page_fig(p, name)->prose > page_fig(p, best)->prose * 2)
		best = name;
	/* A named body inside it that holds most of it is meant. */
	if (best && name && name->tag != TAG_ARTICLE && node_inside(name, best) &&
	    page_fig(p, name)->prose * 100 >= page_fig(p, best)->prose * NAMED_SHARE)
		best = name;
	return best ? heart(p, best) : NULL;
}

/* The nearest <article> around a first heading below n, when it holds enough to be a story; NULL: none. */
static const struct node *headed_article(const struct page *p, const struct node *n, const struct node *after)
{
	for (const struct node *h = node_find(n, after, TAG_H1); h; h = node_find(n, h, TAG_H1)) {
		const struct node *a = node_closest(h, TAG_ARTICLE);
		if (a && a != n && node_inside(a, n) && !page_fig(p, a)->drop &&
		    page_fig(p, a)->prose >= STORY_PROSE && page_fig(p, a)->paras > 1)
			return a;
	}
	return NULL;
}

/* Pages that go on with the next story: of several, each with a headline of its own, the first is meant. */
static const struct node *first_story(const struct page *p, const struct node *root)
{
	const struct node *first = headed_article(p, root, NULL);

	for (const struct node *a = first; a;) {
		const struct node *last = a;
		while (last->last)
			last = last->last;
		a = headed_article(p, root, last);
		if (a && !node_inside(a, first) && !node_inside(first, a))
			return first;
	}
	return root;
}

void body_choose(struct page *p)
{
	uint32_t all = page_fig(p, p->html->root)->prose;

	p->root = choose(p);
	if (all > POOR_PROSE && (!p->root || page_fig(p, p->root)->prose * 5 < all)) {
		const struct node *first = p->root;
		uint32_t had = first ? page_fig(p, first)->prose : 0;
		furniture_drop(p, false);
		p->root = choose(p);
		if (first && (!p->root || page_fig(p, p->root)->prose < had * 2)) {
			furniture_drop(p, true);
			p->root = first;
		}
	}
	if (!p->root)
		p->root = last_resort(p);
	else
		p->root = first_story(p, p->root);
}
