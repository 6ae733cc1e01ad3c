/* SPDX-License-Identifier: MIT */
/* The figures of a page: blocks of text in reading order, then sums from the leaves up. Decides nothing. */
#include "article/page.h"

#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

enum { UNSPACED_WEIGHT = 3 };

static bool is_comma(uint32_t c)
{
	return c == ',' || c == ';' || c == 0x060C || c == 0x061B || c == 0x3001 || c == 0xFF0C ||
	       c == 0xFE50 || c == 0xFE51 || c == 0x055D || c == 0x0964;
}

static bool is_stop(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF0E || c == 0xFF01 ||
	       c == 0xFF1F || c == 0x061F || c == 0x06D4 || c == 0x0964 || c == 0x0589;
}

struct measure measure_text(struct str s)
{
	struct measure m = {0};

	for (size_t i = 0; i < s.len;) {
		unsigned char b = (unsigned char)s.p[i];
		uint32_t c = b;
		if (b < 0x80)
			i++;
		else
			c = utf8_next(s, &i);
		if (c <= ' ' || c == 0xA0)
			continue;
		m.weight += b >= 0xE0 && cp_is_unspaced(c) ? UNSPACED_WEIGHT : 1;
		m.commas += is_comma(c);
		m.stops += is_stop(c);
	}
	return m;
}

struct reading {
	struct page *p;
	struct text_block *open; /* the block that text goes to; NULL: the next text opens one */
	unsigned links, unseen, breaks;
};

static const struct node *block_owner(const struct node *n)
{
	while (n->parent && !(tag_flags(n->tag) & TAG_BLOCK))
		n = n->parent;
	return n;
}

static struct text_block *add_block(struct page *p)
{
	if (p->n_blocks == p->cap_blocks) {
		p->cap_blocks = p->cap_blocks ? p->cap_blocks * 2 : 256;
		p->blocks = mem_resize(p->blocks, p->cap_blocks, sizeof *p->blocks);
	}
	struct text_block *b = &p->blocks[p->n_blocks++];
	*b = (struct text_block){0};
	return b;
}

static void read_text(struct reading *r, const struct node *n)
{
	struct measure m = measure_text(n->text);

	if (m.weight == 0)
		return;
	r->breaks = 0;
	if (!r->open) {
		r->open = add_block(r->p);
		r->open->owner = block_owner(n->parent ? n->parent : n);
		r->open->first = n->index;
		r->open->heading = (tag_flags(r->open->owner->tag) & TAG_HEADING) != 0;
	}
	struct figures *f = page_fig(r->p, n);
	f->weight = m.weight;
	f->link_weight = r->links ? m.weight : 0;
	f->commas = m.commas;
	r->open->last = n->index;
	r->open->weight += m.weight;
	r->open->link_weight += f->link_weight;
	r->open->commas = r->open->commas + m.commas;
	r->open->stops = r->open->stops + m.stops;
}

static void enter(struct reading *r, const struct node *n)
{
	unsigned flags = tag_flags(n->tag);

	if (n->tag == TAG_TEXT) {
		if (!r->unseen)
			read_text(r, n);
		return;
	}
	page_fig(r->p, n)->marks = furniture_marks(n);
	if (flags & (TAG_HIDDEN | TAG_CONTROL) || page_fig(r->p, n)->marks & MARK_HIDDEN)
		r->unseen++;
	if (n->tag == TAG_A && node_has_attr(n, ATTR_HREF)) {
		r->links++;
		page_fig(r->p, n)->links = 1;
	}
	if (flags & TAG_BLOCK)
		r->open = NULL;
	if (n->tag == TAG_BR && ++r->breaks > 1)
		r->open = NULL;
}

static void leave(struct reading *r, const struct node *n)
{
	unsigned flags = tag_flags(n->tag);

	if (n->tag == TAG_TEXT)
		return;
	if (flags & (TAG_HIDDEN | TAG_CONTROL) || page_fig(r->p, n)->marks & MARK_HIDDEN)
		r->unseen--;
	if (n->tag == TAG_A && node_has_attr(n, ATTR_HREF))
		r->links--;
	if (flags & TAG_BLOCK)
		r->open = NULL;
}

static void read_page(struct page *p)
{
	struct reading r = {.p = p};
	const struct node *n = p->html->root;

	while (n) {
		p->nodes[n->index] = n;
		enter(&r, n);
		if (n->first) {
			n = n->first;
			continue;
		}
		while (n && !n->next) {
			leave(&r, n);
			n = n->parent;
		}
		if (n) {
			leave(&r, n);
			n = n->next;
		}
	}
}

/* What a block of text is worth as part of an article: long sentences are, links are not. */
static void score_block(struct text_block *b)
{
	float w = (float)b->weight, link = w > 0 ? (float)b->link_weight / w : 0;
	bool sentence = b->stops > 0 && b->weight >= 30;

	b->prose = !b->heading && link < 0.5F && (b->weight >= 80 || (sentence && b->weight >= 40));
	if (b->heading || b->weight < 20)
		b->score = 0;
	else if (link > 0.5F)
		b->score = -0.3F - (w > 200 ? 200 : w) / 200;
	else
		b->score = ((w > 600 ? 600 : w) / 100 + (float)(b->commas > 6 ? 6 : b->commas) / 4) *
		           (1 - 1.5F * link);
	if (!b->prose && b->score > 0)
		b->score *= 0.5F;
}

static void add_to(struct figures *to, const struct figures *f)
{
	if (f->drop)
		return;
	to->weight += f->weight;
	to->link_weight += f->link_weight;
	to->prose += f->prose;
	to->commas = to->commas + f->commas;
	to->blocks = to->blocks + f->blocks;
	to->links = to->links + f->links;
	to->paras = to->paras + f->paras;
	to->score += f->score;
}

static bool in_dropped(const struct page *p, const struct node *n)
{
	for (; n; n = n->parent)
		if (page_fig(p, n)->drop)
			return true;
	return false;
}

void page_sum(struct page *p)
{
	for (size_t i = 0; i < p->html->n_nodes; i++) {
		struct figures *f = &p->fig[i];
		if (p->nodes[i]->tag != TAG_TEXT)
			f->weight = f->link_weight = 0;
		f->prose = f->commas = f->blocks = f->paras = 0;
		f->links = p->nodes[i]->tag == TAG_A && node_has_attr(p->nodes[i], ATTR_HREF);
		f->score = 0;
	}
	for (size_t i = 0; i < p->n_blocks; i++) {
		struct text_block *b = &p->blocks[i];
		struct figures *f = page_fig(p, b->owner);
		b->dropped = in_dropped(p, p->nodes[b->first]);
		if (b->dropped)
			continue;
		f->blocks++;
		f->score += b->score;
		f->commas = f->commas + b->commas;
		if (b->prose) {
			f->prose += b->weight;
			f->paras++;
		}
	}
	for (size_t i = p->html->n_nodes; i-- > 1;)
		add_to(page_fig(p, p->nodes[i]->parent), &p->fig[i]);
}

void page_release(struct page *p)
{
	mem_free(p->blocks);
	p->blocks = NULL;
	p->n_blocks = p->cap_blocks = 0;
}

void page_measure(struct page *p)
{
	p->nodes = arena_array(p->arena, p->html->n_nodes, sizeof(struct node *));
	p->fig = arena_array(p->arena, p->html->n_nodes, sizeof *p->fig);
	p->cut = arena_array(p->arena, p->html->n_nodes, sizeof *p->cut);
	read_page(p);
	for (size_t i = 0; i < p->n_blocks; i++)
		score_block(&p->blocks[i]);
	page_sum(p);
}
