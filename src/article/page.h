/* SPDX-License-Identifier: MIT */
/* A page under study (shared inside article/). Each node of the tree has a row of figures, gathered once from
 * the leaves up; the candidates, the cleaning and the lists of links all read these figures. */
#ifndef CO_ARTICLE_PAGE_H
#define CO_ARTICLE_PAGE_H

#include "base/arena.h"
#include "doc/article.h"
#include "syntax/html.h"

/* What the names of an element (class, id and such) say of it; a set. */
enum mark {
	MARK_SHARE = 1 << 0,
	MARK_RELATED = 1 << 1, /* other stories */
	MARK_PROMO = 1 << 2,   /* newsletter, subscription, app */
	MARK_AD = 1 << 3,
	MARK_COMMENT = 1 << 4,
	MARK_NAV = 1 << 5,
	MARK_CAPTION = 1 << 6,
	MARK_BYLINE = 1 << 7, /* who and when */
	MARK_TAGS = 1 << 8,
	MARK_AUTHOR_BOX = 1 << 9,
	MARK_NOTICE = 1 << 10, /* cookies, dialogs */
	MARK_MEDIA = 1 << 11,  /* players, galleries */
	MARK_TEASER = 1 << 12,
	MARK_SIDE = 1 << 13,
	MARK_FOOT = 1 << 14,
	MARK_HEAD = 1 << 15,
	MARK_UNSEEN = 1 << 16,  /* for screen readers, for print */
	MARK_BODY = 1 << 17,    /* says: here is the body of the article */
	MARK_ARTICLE = 1 << 18, /* says: here is the article, with its head and foot */
	MARK_DEK = 1 << 19,
	MARK_EMBED = 1 << 20,  /* an embedded post of a social network */
	MARK_QUOTE = 1 << 21,  /* a pull quote: repeats the text */
	MARK_HIDDEN = 1 << 22, /* not shown */
	MARK_TITLE = 1 << 23,
	MARK_OFF = 1 << 24,  /* hidden by a class: shown when a script says so, or never */
	MARK_NOTES = 1 << 25 /* sources, corrections */
};

enum { LEADS_UNKNOWN, LEADS_HERE, LEADS_ELSEWHERE };

/* Figures of a node with all that is below it and not dropped. Weights count letters; a character of a script
 * without spaces counts three. */
struct figures {
	uint32_t weight, link_weight;
	uint32_t prose;          /* weight of blocks that read as running text */
	uint32_t commas, blocks; /* blocks of text that begin in it */
	uint32_t links;
	uint32_t paras; /* prose blocks */
	uint32_t marks; /* of this node alone */
	float score;    /* sum of its blocks' scores */
	bool drop;      /* not part of the article, whatever the candidate */
	uint8_t leads;  /* of a link, once asked: LEADS_HERE or LEADS_ELSEWHERE */
};

/* A block of text: what stands between two line breaks of the layout. */
struct text_block {
	const struct node *owner; /* nearest block element */
	uint32_t first, last;     /* indexes of its first and last text node */
	uint32_t weight, link_weight;
	uint32_t commas, stops; /* commas of all scripts; ends of sentences */
	bool prose, heading, dropped;
	float score;
};

/* What an element of the body is of it. */
enum part { PART_TEXT, PART_NONE, PART_CAPTION };

struct page {
	struct arena *arena; /* dies with the extraction */
	struct html *html;
	struct str url, base, key; /* key: of url */
	const struct node **nodes; /* by index */
	struct figures *fig;       /* by index */
	struct text_block *blocks;
	size_t n_blocks, cap_blocks;
	const struct node *root; /* the body of the article, once chosen; NULL: none */
	uint8_t *cut;            /* by index: enum part */
};

#define page_fig(p, n) (&(p)->fig[(n)->index])

/* Figures of all nodes of html: marks, blocks, sums. page_release() frees the blocks; all else is in the
 * arena. */
void page_measure(struct page *p);
void page_release(struct page *p);
/* Sums again after marks of dropping changed. */
void page_sum(struct page *p);

/* Marks of an element by its names and attributes. */
uint32_t furniture_marks(const struct node *n);
/* Decides for the whole page what is furniture wherever it stands (fig.drop), by kind and as cards, and
 * by_name. */
void furniture_drop(struct page *p, bool by_name);

/* Chooses p->root, after furniture_drop() by name. */
void body_choose(struct page *p);
/* Takes the lead paragraph in, where the page's language has it in the text. After body_clean(). */
void body_add_lead(struct page *p, struct str language);
/* Fills p->cut below p->root. */
void body_clean(struct page *p, const struct article *known);
/* A measure of text: weight, commas, ends of sentences. */
struct measure {
	uint32_t weight, commas, stops;
};
struct measure measure_text(struct str s);

#endif
