/* SPDX-License-Identifier: MIT */
/* What of the chosen element is left out: furniture inside it, lists of links, lines that are not its text,
 * and what stands at its head and foot. Elements first, then single blocks of text. */
#include "article/caption.h"
#include "article/line.h"
#include "article/onpage.h"

#include "text/utf8.h"

enum {
	HEAD_REST = 100, /* bytes: names and a day */
	CAPTIONS_SHARE = 4
};

struct cleaning {
	struct page *p;
	const struct article *known;
	struct text_block **kept; /* blocks of the body that are still in, in order */
	size_t n;
	size_t first_prose, last_prose; /* indexes in kept */
};

static bool is_group(const struct node *n)
{
	return n->tag == TAG_UL || n->tag == TAG_OL || n->tag == TAG_TABLE || n->tag == TAG_DIV ||
	       n->tag == TAG_SECTION || n->tag == TAG_DL;
}

/* True for an inline element that is a part of a longer line. */
static bool is_part_of_line(const struct page *p, const struct node *n)
{
	const struct node *block = n;

	if (tag_flags(n->tag) & TAG_BLOCK)
		return false;
	while (block->parent && !(tag_flags(block->tag) & TAG_BLOCK))
		block = block->parent;
	return page_fig(p, n)->weight * 2 < page_fig(p, block)->weight;
}

/* A caption by its name; figures keep theirs. */
static bool is_named_caption(const struct page *p, const struct node *n)
{
	const struct figures *f = page_fig(p, n);

	return f->marks & MARK_CAPTION && f->weight < 700 && n->tag != TAG_FIGCAPTION &&
	       !node_closest(n, TAG_FIGCAPTION);
}

static bool element_goes(const struct cleaning *c, const struct node *n)
{
	const struct figures *f = page_fig(c->p, n);

	if (f->drop || f->marks & MARK_HIDDEN)
		return true;
	if (n->tag == TAG_SPAN && f->links > 2 && f->weight > 100 && f->link_weight * 20 > f->weight * 17)
		return true;
	if (n->tag == TAG_TEXT || is_part_of_line(c->p, n))
		return false;
	if (n->tag == TAG_FIGCAPTION)
		return !node_closest(n, TAG_FIGURE);
	if (is_named_caption(c->p, n))
		return true;
	if (f->marks & (MARK_BYLINE | MARK_TAGS) && f->weight < 150 && !(f->marks & MARK_BODY))
		return true;
	return is_group(n) && f->weight && f->prose * 4 < f->weight && f->link_weight * 2 > f->weight;
}

/* Captions are a part of the text's weight; a story told below its pictures is most of it. */
static void cut_captions(struct cleaning *c)
{
	const struct node *root = c->p->root;
	uint64_t weight = 0;

	for (unsigned round = 0; round < 2; round++)
		for (const struct node *n = node_next(root, root); n;) {
			bool is = !c->p->cut[n->index] && n->tag != TAG_TEXT && caption_is(c->p, n);
			weight += is ? page_fig(c->p, n)->weight : 0U;
			if (is && round)
				c->p->cut[n->index] = PART_CAPTION;
			if (round == 0 && weight * CAPTIONS_SHARE > page_fig(c->p, root)->weight)
				return;
			n = is || c->p->cut[n->index] ? node_after(n, root) : node_next(n, root);
		}
}

static void cut_elements(struct cleaning *c)
{
	const struct node *root = c->p->root;

	for (const struct node *n = node_next(root, root); n;) {
		bool cut = element_goes(c, n);
		c->p->cut[n->index] = !cut ? PART_TEXT : is_named_caption(c->p, n) ? PART_CAPTION : PART_NONE;
		n = cut ? node_after(n, root) : node_next(n, root);
	}
}

static bool is_cut(const struct page *p, const struct node *n)
{
	for (; n && n != p->root; n = n->parent)
		if (p->cut[n->index])
			return true;
	return n == NULL;
}

static void gather(struct cleaning *c)
{
	struct page *p = c->p;

	c->kept = arena_array(p->arena, p->n_blocks ? p->n_blocks : 1, sizeof(struct text_block *));
	for (size_t i = 0; i < p->n_blocks; i++)
		if (!is_cut(p, p->nodes[p->blocks[i].first]) &&
		    !node_closest(p->blocks[i].owner, TAG_FIGCAPTION))
			c->kept[c->n++] = &p->blocks[i];
}

static struct str block_text(const struct cleaning *c, const struct text_block *b, struct buf *out)
{
	buf_reset(out);
	for (uint32_t i = b->first; i <= b->last && out->len < 2000; i++)
		if (c->p->nodes[i]->tag == TAG_TEXT && c->p->fig[i].weight)
			buf_addstr(out, c->p->nodes[i]->text);
	return str_trim(buf_str(out));
}

static void find_prose(struct cleaning *c)
{
	c->first_prose = c->n;
	c->last_prose = 0;
	for (size_t i = 0; i < c->n; i++) {
		if (!c->kept[i]->prose)
			continue;
		if (c->first_prose == c->n)
			c->first_prose = i;
		c->last_prose = i;
	}
}

/* A line that is all link leads away from the text; one with sentences around its links is text. */
static bool is_link_line(const struct text_block *b)
{
	if (b->heading)
		return false;
	if (b->link_weight * 10 >= b->weight * 9)
		return b->weight < 500;
	return b->link_weight * 2 > b->weight && b->weight < 50;
}

static bool tells_life(struct str after_name)
{
	static const char *const after[] = {" is ", " was ", " has ", " covers ", " writes ", " (",
	    " joined ", " can be ", " ist ", " est ", ", ", " lives "};

	for (size_t i = 0; i < ARRAY_LEN(after); i++)
		if (str_starts(after_name, after[i]))
			return true;
	return false;
}

/* "Somebody is a reporter …", whoever that is. */
static bool is_life_of_anyone(struct str s, const struct text_block *b)
{
	static const char *const is[] = {
	    " is a ", " is an ", " is the ", " is our ", " is ", " ist ", " covers ", " writes "};
	static const char *const trades[] = {"writer", "editor", "reporter", "journalist", "correspondent",
	    "columnist", "author of", "contributor", "professor", "fellow at", "freelance", "Redakteur",
	    "Journalist", "Autor"};
	struct str begin = str_sub(s, 0, 60);
	bool says_is = false;

	if (b->weight > 700 || !s.len || s.p[0] < 'A' || s.p[0] > 'Z')
		return false;
	for (size_t i = 0; i < ARRAY_LEN(is) && !says_is; i++)
		says_is = str_find(begin, str_c(is[i])) > 3;
	for (size_t i = 0; i < ARRAY_LEN(trades) && says_is; i++)
		if (str_find(str_sub(s, 0, 200), str_c(trades[i])) > 0)
			return true;
	return false;
}

/* Who wrote it, told behind the text: "Jane Doe is a reporter …". */
static bool is_about_author(const struct cleaning *c, struct str s, const struct text_block *b)
{
	struct str names = c->known->byline, name;

	if (b->weight > 900)
		return false;
	if (str_starts_nocase(s, "about "))
		s = str_skip(s, 6);
	while (str_split(&names, ',', &name)) {
		name = str_trim(name);
		if (name.len > 5 && s.len > name.len && str_eq_nocase(str_sub(s, 0, name.len), name) &&
		    tells_life(str_skip(s, name.len)))
			return true;
	}
	return false;
}

/* What the house says of itself behind its text: "Harbour Works is a maker of …". */
static bool is_about_house(const struct cleaning *c, struct str s, const struct text_block *b)
{
	static const char *const is[] = {" is a ", " is an ", " is the ", " is our ", " provides ",
	    " ist ein", " ist der", " ist die", " est un", " est le", " es un", " \xC3\xA8 un",
	    " \xC3\xA9 um"};
	struct str site = c->known->site;

	if (b->weight > 900 || site.len < 3 || s.len <= site.len ||
	    !str_eq_nocase(str_sub(s, 0, site.len), site))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(is); i++)
		if (str_find(str_sub(s, site.len, 40), str_c(is[i])) >= 0)
			return true;
	return false;
}

/* True when all of the block stands in one of two elements. */
static bool is_all(const struct cleaning *c, const struct text_block *b, unsigned tag, unsigned or_tag)
{
	for (uint32_t i = b->first; i <= b->last; i++) {
		const struct node *n = c->p->nodes[i];
		if (n->tag != TAG_TEXT || !c->p->fig[i].weight)
			continue;
		for (; n != b->owner && n->tag != tag && n->tag != or_tag; n = n->parent)
			;
		if (n == b->owner)
			return false;
	}
	return true;
}

/* Takes block i out; what is behind it moves up at the end (squeeze). */
static void take_out(struct cleaning *c, size_t i)
{
	struct text_block *b = c->kept[i];

	for (uint32_t k = b->first; k <= b->last; k++)
		if (c->p->nodes[k]->tag == TAG_TEXT)
			c->p->cut[k] = PART_NONE;
	c->kept[i] = NULL;
}

static void squeeze(struct cleaning *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->kept[i])
			c->kept[n++] = c->kept[i];
	c->n = n;
}

/* "[Courier]" behind what it said. */
static bool names_source(const struct cleaning *c, struct str s, size_t i)
{
	return c->kept[i]->weight < 60 && i > 0 && c->kept[i - 1] &&
	       node_closest(c->kept[i - 1]->owner, TAG_BLOCKQUOTE) &&
	       (str_starts(s, "[") || str_starts(s, "(") || str_starts(s, "\xE2\x80\x94"));
}

/* A line that is none of the article's for what it says. */
static bool says_nothing(struct str s, const struct text_block *b)
{
	if (b->heading || b->owner->tag == TAG_TD || b->owner->tag == TAG_TH)
		return line_is_counter(s);
	return line_is_sharing(s) || line_is_counter(s) ||
	       (line_is_residue(s) && !node_closest(b->owner, TAG_PRE) && !node_closest(b->owner, TAG_CODE));
}

static void cut_lines(struct cleaning *c)
{
	SCOPED(buf) struct buf text = BUF_MAX(1 << 16);
	bool announced = false; /* "Don't miss" has just been cut: what it announced goes with it */

	find_prose(c);
	for (size_t i = 0; i < c->n; i++) {
		const struct text_block *b = c->kept[i];
		struct str s = block_text(c, b, &text);
		bool tail = i >= c->last_prose && i > c->first_prose + 1;
		bool late = c->n > 6 && i * 3 > c->n * 2;
		bool known = line_is_known(s, b, tail);
		announced = (known && b->weight < 60) ||
		            (announced && b->link_weight * 10 >= b->weight * 6 && b->weight < 300);
		if (announced || known || says_nothing(s, b) || (is_link_line(b) && !names_source(c, s, i)) ||
		    (late && is_about_author(c, s, b)))
			take_out(c, i);
	}
	squeeze(c);
}

static const struct node *item_of(const struct text_block *b)
{
	return node_closest(b->owner, TAG_LI);
}

/* A list at the very end whose every item is led by a link: further reading. */
static void cut_tail_list(struct cleaning *c)
{
	const struct node *list = c->n ? item_of(c->kept[c->n - 1]) : NULL;
	size_t from = c->n, links = 0;

	list = list ? list->parent : NULL;
	while (list && from > 0 && item_of(c->kept[from - 1]) && item_of(c->kept[from - 1])->parent == list) {
		const struct text_block *b = c->kept[--from];
		if (b->weight > 150 || b->link_weight * 5 < b->weight)
			return;
		links++;
	}
	if (links < 2 || from < 4)
		return;
	for (size_t i = from; i < c->n; i++)
		take_out(c, i);
	c->n = from;
}

/* A short line with the writer's name, or that is a moment and no more. */
static bool is_credit(const struct cleaning *c, struct str s, const struct text_block *b)
{
	struct str names = c->known->byline, name;

	if (b->heading || b->weight > 130)
		return false;
	if (str_split(&names, ',', &name) && name.len > 3 && str_find(s, str_trim(name)) >= 0)
		return b->weight < measure_text(name).weight + 60 && !str_ends(s, ".") && !str_ends(s, "!");
	return b->weight < 50 && (node_closest(c->p->nodes[b->first], TAG_TIME) || b->owner->tag == TAG_TIME);
}

/* A few words in a box of their own behind the text. */
static bool is_stray(const struct cleaning *c, const struct text_block *b)
{
	size_t i = c->n - 1;

	if (b->weight > 60 ||
	    (b->owner->tag != TAG_DIV && b->owner->tag != TAG_TD && b->owner->tag != TAG_SECTION))
		return false;
	while (i > 0 && !c->kept[i - 1]->prose)
		i--;
	return i > 0 && c->kept[i - 1]->owner->tag == TAG_P &&
	       !node_inside(c->kept[i - 1]->owner, b->owner) &&
	       !node_inside(b->owner, c->kept[i - 1]->owner->parent);
}

/* Behind the last paragraph: notes in italics, the author's life, headings of what was cut. */
static void cut_tail(struct cleaning *c)
{
	SCOPED(buf) struct buf text = BUF_MAX(1 << 16);
	unsigned italics = 0;

	while (c->n > 3) {
		const struct text_block *b = c->kept[c->n - 1];
		struct str s = block_text(c, b, &text);
		bool italic = b->weight < 700 && italics < 1 && is_all(c, b, TAG_EM, TAG_I);
		bool credit = b->weight < 100 && is_credit(c, s, b);
		bool announces = b->weight < 40 && onpage_is_telling(s);
		if (!b->heading && !italic && !credit && !announces && !is_stray(c, b) &&
		    !is_about_author(c, s, b) && !is_life_of_anyone(s, b) && !is_about_house(c, s, b) &&
		    !line_is_known(s, b, true))
			break;
		italics += italic;
		take_out(c, c->n - 1);
		c->n--;
	}
}

/* "About the company", a heading or a bold line near the end: what follows is the house's own note. */
static bool opens_boilerplate(const struct cleaning *c, struct str s, const struct text_block *b)
{
	static const char *const starts[] = {"about ", "über ", "media contact", "press contact",
	    "contact:", "notes to editor", "forward-looking", "references", "sources"};

	if (b->weight > 60 || b->stops > 1 || (!b->heading && !is_all(c, b, TAG_B, TAG_STRONG)))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_starts_nocase(s, starts[i]))
			return true;
	return false;
}

static void cut_boilerplate(struct cleaning *c)
{
	SCOPED(buf) struct buf text = BUF_MAX(1 << 16);
	uint32_t all = 0, before = 0;

	for (size_t i = 0; i < c->n; i++)
		all += c->kept[i]->weight;
	for (size_t i = 0; i < c->n; i++) {
		const struct text_block *b = c->kept[i];
		if (before * 3 > all * 2 && opens_boilerplate(c, block_text(c, b, &text), b)) {
			while (i < c->n)
				take_out(c, i++);
			break;
		}
		before += b->weight;
	}
	squeeze(c);
}

/* A heading with a few short lines behind the text, in a box of its own: an offer, a list that was cut. */
static void cut_last_box(struct cleaning *c)
{
	uint32_t weight = 0;
	size_t i = c->n;

	while (i > 3 && !c->kept[i - 1]->heading && c->kept[i - 1]->weight < 90)
		weight += c->kept[--i]->weight;
	if (i <= 3 || i == c->n || !c->kept[i - 1]->heading || c->kept[i - 2]->heading)
		return;
	const struct node *box = c->kept[i - 1]->owner->parent;
	weight += c->kept[i - 1]->weight;
	if (node_inside(c->kept[i - 2]->owner, box) || page_fig(c->p, box)->weight > weight || weight > 200)
		return;
	while (c->n >= i) {
		take_out(c, c->n - 1);
		c->n--;
	}
}

/* Pages that know no headings say title, dek, names and the day in one run of lines. */
static bool is_head_run(const struct cleaning *c, struct str s)
{
	struct str title = c->known->title, dek = c->known->dek;

	if (!title.len || !str_eq_nocase(str_sub(s, 0, title.len), title))
		return false;
	s = str_trim(str_skip(s, title.len));
	if (dek.len && str_eq_nocase(str_sub(s, 0, dek.len), dek))
		s = str_trim(str_skip(s, dek.len));
	return s.len < HEAD_REST;
}

/* Before the first paragraph: the headline again, dates, rubrics, who wrote it. */
static void cut_head(struct cleaning *c)
{
	SCOPED(buf) struct buf text = BUF_MAX(1 << 16);

	find_prose(c);
	for (size_t i = 0; i <= c->first_prose + 1 && i < c->n; i++) {
		const struct text_block *b = c->kept[i];
		struct str s = block_text(c, b, &text);
		if (is_credit(c, s, b) || (i <= c->first_prose && i + 1 < c->n && is_head_run(c, s))) {
			take_out(c, i);
			continue;
		}
		if (i >= c->first_prose)
			continue;
		bool is_title = c->known->title.len && str_eq_nocase(s, c->known->title);
		/* A short paragraph beside the others is one of them; elsewhere it is a date or a rubric. */
		bool named =
		    page_fig(c->p, b->owner)->marks || page_fig(c->p, b->owner->parent)->marks & MARK_BYLINE;
		bool beside = c->first_prose < c->n && b->owner->tag == TAG_P &&
		              (!named || b->owner->parent == c->kept[c->first_prose]->owner->parent);
		bool short_line = !b->heading && b->weight < 60 && !b->stops && !beside;
		if (is_title || short_line || b->owner->tag == TAG_H1)
			take_out(c, i);
	}
	squeeze(c);
}

void body_clean(struct page *p, const struct article *known)
{
	struct cleaning c = {.p = p, .known = known};

	cut_elements(&c);
	cut_captions(&c);
	gather(&c);
	cut_lines(&c);
	cut_boilerplate(&c);
	cut_last_box(&c);
	cut_tail_list(&c);
	cut_tail(&c);
	cut_head(&c);
}
