/* SPDX-License-Identifier: MIT */
/* What is furniture wherever it stands: by its kind, by what its names say, or as a card that leads to
 * another story. A name alone never drops what holds much of the page's running text. What is dropped for its
 * place in the article is clean.c's. */
#include "article/page.h"

#include "article/onpage.h"
#include "text/url.h"

enum { CARD_MAX_WEIGHT = 2500, CARD_MIN_LINK = 15, TILE_MAX_WEIGHT = 260 };

/* Elements that are furniture for their kind. */
static bool kind_drops(const struct node *n)
{
	static const char *const roles[] = {"navigation", "banner", "complementary", "contentinfo", "search",
	    "menu", "menubar", "dialog", "alertdialog", "toolbar", "tablist"};

	switch (n->tag) {
	case TAG_FOOTER: /* that of a quote says whose it is */
		return !node_closest(n, TAG_BLOCKQUOTE);
	case TAG_NAV:
	case TAG_NOSCRIPT:
	case TAG_ASIDE:
	case TAG_DIALOG:
	case TAG_MENU:
	case TAG_FORM:
		return true;
	default:
		break;
	}
	struct str role = node_attr(n, ATTR_ROLE);
	for (size_t i = 0; role.len && i < ARRAY_LEN(roles); i++)
		if (str_eqc(role, roles[i]))
			return true;
	return false;
}

/* What a mark may drop: up to so many per cent of the page's prose, up to so much weight, from so many per
 * cent of links. */
struct policy {
	uint32_t mark;
	uint32_t most_percent, most_weight, least_link_percent;
};

static const struct policy policies[] = {
    {MARK_SHARE, 20, 1500, 0},
    {MARK_RELATED, 30, 250, 0},
    {MARK_RELATED, 30, UINT32_MAX, 12},
    {MARK_PROMO, 25, 900, 0},
    {MARK_AD, 25, 1500, 0},
    {MARK_COMMENT, 80, UINT32_MAX, 0},
    {MARK_NAV, 25, UINT32_MAX, 0},
    {MARK_AUTHOR_BOX, 25, 1500, 0},
    {MARK_NOTICE, 30, 2500, 0},
    {MARK_SIDE, 40, UINT32_MAX, 0},
    {MARK_FOOT, 25, UINT32_MAX, 0},
    {MARK_UNSEEN, 5, 200, 0},
    {MARK_OFF, 25, 4000, 0},
    {MARK_NOTES, 25, 6000, 0},
};

static bool name_drops(const struct figures *f, uint32_t all_prose)
{
	for (size_t i = 0; i < ARRAY_LEN(policies); i++) {
		const struct policy *p = &policies[i];
		if (f->marks & p->mark && (uint64_t)f->prose * 100 <= (uint64_t)all_prose * p->most_percent &&
		    f->weight <= p->most_weight && f->link_weight * 100 >= f->weight * p->least_link_percent)
			return true;
	}
	return false;
}

/* True for a word or two inside running text: names there say how it looks. */
static bool in_running_text(const struct page *p, const struct node *n)
{
	const struct node *block = n;

	while (block->parent && !(tag_flags(block->tag) & TAG_BLOCK))
		block = block->parent;
	return block != n && page_fig(p, block)->paras &&
	       page_fig(p, n)->weight * 2 < page_fig(p, block)->weight;
}

/* The link of a card: its heading's, or the one around all of it. */
static const struct node *card_link(const struct page *p, const struct node *card)
{
	for (const struct node *n = node_next(card, card); n; n = node_next(n, card)) {
		if (!(tag_flags(n->tag) & TAG_HEADING))
			continue;
		const struct node *a = node_find(n, NULL, TAG_A);
		if (!a)
			for (a = n; a != card && a->tag != TAG_A;)
				a = a->parent;
		if (a->tag == TAG_A && page_fig(p, n)->link_weight * 10 >= page_fig(p, n)->weight * 8)
			return a;
		return NULL;
	}
	return NULL;
}

static bool leads_elsewhere(const struct page *p, const struct node *a)
{
	struct figures *f = page_fig(p, a);

	if (f->leads == LEADS_UNKNOWN) {
		struct str href = str_trim(node_attr(a, ATTR_HREF));
		bool here = !href.len || href.p[0] == '#' ||
		            str_eq(url_key(p->arena, url_resolve(p->arena, p->base, href)), p->key);
		f->leads = here ? LEADS_HERE : LEADS_ELSEWHERE;
	}
	return f->leads == LEADS_ELSEWHERE;
}

static bool same_house(const struct page *p, const struct node *a)
{
	struct str host = url_host(node_attr(a, ATTR_HREF));

	return !host.len || !p->url.len || str_eq_nocase(url_site(node_attr(a, ATTR_HREF)), url_site(p->url));
}

/* True for a box with a linked headline of another story of the house and at most a few lines of it. */
static bool is_card(const struct page *p, const struct node *n)
{
	const struct figures *f = page_fig(p, n);

	if (n->tag != TAG_LI && n->tag != TAG_ARTICLE && n->tag != TAG_DIV && n->tag != TAG_SECTION)
		return false;
	if (f->weight > CARD_MAX_WEIGHT || f->link_weight < CARD_MIN_LINK || f->paras > 3)
		return false;
	const struct node *a = card_link(p, n);
	return a && leads_elsewhere(p, a) && (n->tag == TAG_ARTICLE || same_house(p, a));
}

static bool is_post(const struct node *n)
{
	return node_has_class(n, "type-post") || node_has_class(n, "hentry");
}

/* Posts of a blog stand one after the other; one inside another comes of a tag that was never closed. */
static bool is_post_in_post(const struct node *n)
{
	if (!is_post(n) || !node_has_attr(n, ATTR_ID))
		return false;
	for (const struct node *up = n->parent; up; up = up->parent)
		if (is_post(up) && node_has_attr(up, ATTR_ID))
			return true;
	return false;
}

/* An <article> whose headline leads elsewhere is another story, however long. */
static bool is_other_story(const struct page *p, const struct node *n, uint32_t all_prose)
{
	if (n->n_attrs && is_post_in_post(n))
		return true;
	if (n->tag != TAG_ARTICLE || page_fig(p, n)->prose * 2 > all_prose)
		return false;
	const struct node *a = card_link(p, n);
	return a && same_house(p, a) && leads_elsewhere(p, a);
}

/* A box that begins with a link to another story of the house, and says a line or two of it. */
static bool is_led_by_link(const struct page *p, const struct node *n)
{
	const struct node *a = n->first;
	const struct figures *f = page_fig(p, n);

	if ((n->tag != TAG_LI && n->tag != TAG_DIV) || f->weight > TILE_MAX_WEIGHT || f->paras > 2)
		return false;
	while (a && a->tag == TAG_TEXT && !measure_text(a->text).weight)
		a = a->next;
	return a && a->tag == TAG_A && page_fig(p, a)->weight >= CARD_MIN_LINK && leads_elsewhere(p, a) &&
	       same_house(p, a);
}

/* True for a list among the paragraphs of a text. */
static bool in_text(const struct page *p, const struct node *list)
{
	unsigned paras = 0;

	for (const struct node *n = list->parent ? list->parent->first : NULL; n; n = n->next)
		paras += n->tag == TAG_P && page_fig(p, n)->paras;
	return paras >= 2;
}

/* One of a row of small boxes, each with a heading and a link. */
static bool is_tile(const struct page *p, const struct node *n)
{
	const struct figures *f = page_fig(p, n);
	bool heading = false;

	if (f->weight > TILE_MAX_WEIGHT || f->weight < CARD_MIN_LINK || !f->links || f->paras > 1)
		return false;
	for (const struct node *c = node_next(n, n); c && !heading; c = node_next(c, n))
		heading = (tag_flags(c->tag) & TAG_HEADING) != 0;
	const struct node *a = n->tag == TAG_A ? n : node_find(n, NULL, TAG_A);
	return heading && a && leads_elsewhere(p, a) && same_house(p, a);
}

/* Cards come in rows: two or more under one parent, of tiles three. One alone counts when it is an <article>.
 */
static void drop_row(struct page *p, const struct node *parent)
{
	unsigned cards = 0, tiles = 0, boxes = 0, led = 0;

	for (const struct node *c = parent->first; c; c = c->next) {
		if (c->tag == TAG_TEXT || !page_fig(p, c)->weight)
			continue;
		boxes++;
		cards += is_card(p, c);
		tiles += is_tile(p, c);
		led += is_led_by_link(p, c);
	}
	bool all_tiles = tiles >= 3 && tiles * 4 >= boxes * 3;
	bool all_led = led >= 3 && led * 4 >= boxes * 3 && !in_text(p, parent);
	for (const struct node *c = parent->first; c && (cards || all_tiles || all_led); c = c->next) {
		if (c->tag == TAG_TEXT)
			continue;
		bool card = (cards > 1 || c->tag == TAG_ARTICLE) && is_card(p, c);
		if (card || (all_tiles && is_tile(p, c)) || (all_led && is_led_by_link(p, c)))
			page_fig(p, c)->drop = true;
	}
}

/* True for a box that begins with a line announcing other stories, and holds links to them. */
static bool is_announced_list(struct page *p, const struct node *n, uint32_t all_prose)
{
	const struct figures *f = page_fig(p, n);

	if ((n->tag != TAG_DIV && n->tag != TAG_SECTION && n->tag != TAG_ASIDE && n->tag != TAG_TD) ||
	    f->links < 2 || f->prose * 5 > all_prose * 2 || f->link_weight * 5 < f->weight ||
	    f->weight > 3000)
		return false;
	const struct node *first = n->first;
	while (first &&
	       (first->tag == TAG_TEXT ? !measure_text(first->text).weight : !page_fig(p, first)->weight))
		first = first->next;
	if (!first ||
	    !(tag_flags(first->tag) & TAG_HEADING || first->tag == TAG_B || first->tag == TAG_STRONG) ||
	    page_fig(p, first)->weight > 60)
		return false;
	return onpage_is_telling(node_line_str(p->arena, first, 120));
}

static void drop_cards(struct page *p, uint32_t all_prose)
{
	for (size_t i = 1; i < p->html->n_nodes; i++) {
		const struct node *n = p->nodes[i];
		if (n->first && tag_flags(n->tag) & TAG_BLOCK && p->fig[i].links)
			drop_row(p, n);
		if (is_other_story(p, n, all_prose) || is_announced_list(p, n, all_prose))
			p->fig[i].drop = true;
	}
}

void furniture_drop(struct page *p, bool by_name)
{
	for (size_t i = 0; i < p->html->n_nodes; i++)
		p->fig[i].drop = false;
	page_sum(p);
	uint32_t all = page_fig(p, p->html->root)->prose;
	drop_cards(p, all);
	for (size_t i = 1; i < p->html->n_nodes; i++) {
		const struct node *n = p->nodes[i];
		struct figures *f = &p->fig[i];
		if (n->tag == TAG_TEXT || n->tag == TAG_BODY || n->tag == TAG_HTML || n->tag == TAG_MAIN)
			continue;
		bool named = f->marks && !(f->marks & (MARK_BODY | MARK_ARTICLE | MARK_EMBED)) &&
		             name_drops(f, all) && !in_running_text(p, n);
		if ((named && (by_name || f->marks & MARK_COMMENT)) ||
		    (kind_drops(n) && f->prose * (n->tag == TAG_FORM ? 6 : 2) < all))
			f->drop = true;
	}
	page_sum(p);
}
