/* SPDX-License-Identifier: MIT */
/* One walk over the tree, entering and leaving elements; what is open is kept in counters, so that depth
 * costs nothing. Tables and pictures are in to_doc_parts.c. */
#include "article/to_doc.h"

#include <string.h>

#include "article/to_doc_priv.h"
#include "base/eight.h"
#include "text/url.h"
#include "text/utf8.h"

static void reset_block(struct maker *m)
{
	m->open = false;
	m->space = false;
	/* A bare text that names the source ends where the next block begins. */
	if (m->source && m->source->tag == TAG_BLOCKQUOTE)
		m->source = NULL;
}

static enum block_kind kind_of_flow(struct maker *m)
{
	if (m->source)
		return BLOCK_SOURCE;
	if (m->term && m->depth <= m->term_depth)
		return m->term == TAG_DT ? BLOCK_TERM : BLOCK_DESC;
	if (m->depth) {
		bool first = !m->lists[m->depth - 1].in_item;
		m->lists[m->depth - 1].in_item = true;
		return first && m->lists[m->depth - 1].has_item ? BLOCK_ITEM : BLOCK_ITEM_MORE;
	}
	return m->verse ? BLOCK_VERSE : BLOCK_PARA;
}

/* Opens the block that text at this place belongs to. */
static void open_block(struct maker *m)
{
	struct block b = {.rtl = m->rtl > 0};

	to_doc_place(m, &b);
	if (m->pre) {
		b.kind = BLOCK_CODE;
		b.label = m->language;
	} else if (m->heading) {
		b.kind = BLOCK_HEADING;
		b.level = (uint8_t)m->heading;
	} else if (m->note.len) {
		b.kind = BLOCK_NOTE;
		b.level = 0;
		b.label = m->note;
		if (m->depth)
			m->lists[m->depth - 1].in_item = true;
	} else {
		b.kind = kind_of_flow(m);
		if (b.kind == BLOCK_ITEM || b.kind == BLOCK_ITEM_MORE) {
			const struct list_state *l = &m->lists[m->depth - 1];
			b.level = (uint8_t)m->depth;
			b.ordered = l->ordered;
			b.number = l->number;
		}
	}
	m->note = STR_NONE;
	if (!m->figure)
		m->picture = STR_NONE;
	doc_block(m->b, &b);
	m->open = true;
}

static unsigned style_now(const struct maker *m)
{
	unsigned style = 0;

	for (unsigned i = 0; i < STYLE_COUNT; i++)
		style |= m->styles[i] ? 1U << i : 0;
	return style;
}

/* The dash before the name of who said a quote is the layout's. */
static struct str without_dash(struct str s)
{
	static const char *const dashes[] = {"—", "–", "―", "--", "-", "~"};

	for (size_t i = 0; i < ARRAY_LEN(dashes); i++)
		if (str_starts(s, dashes[i]))
			return str_trim(str_skip(s, strlen(dashes[i])));
	return s;
}

static void put(struct maker *m, struct str s)
{
	if (!m->open && m->source && !(s = without_dash(s)).len)
		return;
	if (!m->open && !m->in_cell)
		open_block(m);
	m->broken = false;
	if (m->space) {
		doc_text_safe(m->b, STR(" "), m->space_in_link ? style_now(m) : 0,
		    m->space_in_link ? m->link : STR_NONE);
		m->space = false;
	}
	doc_text_safe(m->b, s, style_now(m), m->link);
}

/* Length of the run of words with single spaces between them. */
static size_t words(struct str s)
{
	size_t i = 0;

	while (i < s.len) {
		if (i + 9 <= s.len) {
			uint64_t bad = eight_under(eight_at(s.p + i), ' ') | eight_twice(s.p + i, ' ');
			i += bad ? eight_first(bad) : 8;
			if (!bad)
				continue;
		}
		if (ch_space(s.p[i]) && (s.p[i] != ' ' || i + 1 >= s.len || ch_space(s.p[i + 1])))
			break;
		i++;
	}
	while (i && ch_space(s.p[i - 1]))
		i--;
	return i;
}

/* Fixed and zero-width spaces alone, which keep an empty line open in a browser. */
static bool is_blank(struct str s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t c = utf8_next(s, &i);
		if (!cp_is_space(c) && c != 0x200B && c != 0xFEFF)
			return false;
	}
	return true;
}

static void put_flow(struct maker *m, struct str s)
{
	for (size_t i = 0; i < s.len;) {
		if (ch_space(s.p[i])) {
			if (m->open || m->in_cell) {
				m->space = true;
				m->space_in_link = m->link.len > 0 && i > 0;
			}
			i++;
			continue;
		}
		/* A single space inside needs no piece of its own. */
		struct str run = str_sub(s, i, words(str_skip(s, i)));
		if (m->open || m->in_cell || !is_blank(run))
			put(m, run);
		i += run.len;
	}
}

/* Behind the paragraphs of a quote: "— The foreman", as embedded posts have it. */
static bool begins_source(const struct maker *m, const struct node *n)
{
	return m->quote && !m->source && !m->open && n->prev && n->parent &&
	       n->parent->tag == TAG_BLOCKQUOTE && str_starts(str_trim(n->text), "—");
}

static void on_text(struct maker *m, const struct node *n)
{
	if (begins_source(m, n))
		m->source = n->parent;
	if (m->pre && !m->in_cell)
		put(m, n->text);
	else
		put_flow(m, n->text);
}

static void on_break(struct maker *m)
{
	if (m->in_cell || !m->open) {
		m->space = true;
	} else if (m->pre || m->verse) {
		doc_text_safe(m->b, STR("\n"), 0, STR_NONE);
		m->space = false;
	} else if (m->broken) {
		reset_block(m);
	} else {
		m->broken = true;
		m->space = true;
	}
}

/* The bit of DOC_* that an element sets; -1: none. */
static int style_of(unsigned tag)
{
	static const uint8_t bits[TAG_COUNT] = {[TAG_B] = 1,
	    [TAG_STRONG] = 1,
	    [TAG_I] = 2,
	    [TAG_EM] = 2,
	    [TAG_CITE] = 2,
	    [TAG_VAR] = 2,
	    [TAG_DFN] = 2,
	    [TAG_CODE] = 3,
	    [TAG_KBD] = 3,
	    [TAG_SAMP] = 3,
	    [TAG_TT] = 3,
	    [TAG_DEL] = 4,
	    [TAG_S] = 4,
	    [TAG_STRIKE] = 4,
	    [TAG_INS] = 5,
	    [TAG_SUP] = 6,
	    [TAG_SUB] = 7,
	    [TAG_MARK] = 8,
	    [TAG_SMALL] = 9};
	return tag < TAG_COUNT ? bits[tag] - 1 : -1;
}

static uint32_t count_items(const struct node *list)
{
	uint32_t n = 0;

	for (const struct node *c = list->first; c; c = c->next)
		n += c->tag == TAG_LI;
	return n;
}

static void enter_list(struct maker *m, const struct node *n)
{
	if (m->depth == LISTS_MAX)
		return;
	int64_t start = 1;
	if (!str_i64(node_attr(n, ATTR_START), &start) || start < 0 || start > 1000000)
		start = 1;
	struct list_state l = {.node = n, .ordered = n->tag == TAG_OL, .number = (uint32_t)start - 1};
	l.reversed = l.ordered && node_has_attr(n, ATTR_REVERSED);
	if (l.reversed)
		l.number = (node_has_attr(n, ATTR_START) ? (uint32_t)start : count_items(n)) + 1;
	m->lists[m->depth++] = l;
}

static void enter_item(struct maker *m, const struct node *n)
{
	int64_t value;

	if (!m->depth)
		return;
	struct list_state *l = &m->lists[m->depth - 1];
	if (l->ordered && str_i64(node_attr(n, ATTR_VALUE), &value) && value >= 0 && value <= 1000000)
		l->number = (uint32_t)value;
	else if (!l->reversed)
		l->number++;
	else if (l->number)
		l->number--;
	l->has_item = true;
	l->in_item = false;
}

/* Lines that are meant: an address, or a paragraph of three or more short lines. */
static bool is_verse(const struct node *n)
{
	size_t breaks = 0, bytes = 0;

	if (n->tag == TAG_ADDRESS)
		return true;
	if (n->tag != TAG_P)
		return false;
	for (const struct node *c = node_next(n, n); c; c = node_next(c, n)) {
		if (c->tag == TAG_TEXT)
			bytes += c->text.len;
		else if (c->tag == TAG_BR)
			breaks++;
		else if (tag_flags(c->tag) & TAG_BLOCK)
			return false;
	}
	return breaks >= 2 && bytes < (breaks + 1) * 60;
}

static void enter_block(struct maker *m, const struct node *n)
{
	struct str note = notes_label(m->notes, n);

	reset_block(m);
	m->broken = false;
	if (note.len)
		m->note = note;
	switch (n->tag) {
	case TAG_PRE:
	case TAG_LISTING:
		m->pre++;
		m->language = to_doc_language(n);
		break;
	case TAG_BLOCKQUOTE:
		m->quote++;
		break;
	case TAG_UL:
	case TAG_OL:
		enter_list(m, n);
		break;
	case TAG_LI:
		enter_item(m, n);
		break;
	case TAG_DT:
	case TAG_DD:
		m->term = n->tag;
		m->term_depth = m->depth;
		break;
	case TAG_HR:
		doc_block(m->b, &(struct block){.kind = BLOCK_RULE});
		break;
	default:
		if (tag_flags(n->tag) & TAG_HEADING)
			m->heading = (unsigned)(n->tag - TAG_H1) + 1;
		else if (is_verse(n))
			m->verse = n;
	}
}

static void leave_block(struct maker *m, const struct node *n)
{
	reset_block(m);
	m->broken = false;
	switch (n->tag) {
	case TAG_PRE:
	case TAG_LISTING:
		m->pre--;
		break;
	case TAG_BLOCKQUOTE:
		m->quote--;
		break;
	case TAG_UL:
	case TAG_OL:
		if (m->depth && m->lists[m->depth - 1].node == n)
			m->depth--;
		break;
	case TAG_DT:
	case TAG_DD:
		m->term = 0;
		break;
	default:
		if (tag_flags(n->tag) & TAG_HEADING)
			m->heading = 0;
	}
	if (m->verse == n)
		m->verse = NULL;
}

/* The space that stands before its end stands behind it. */
static void close_quotation(struct maker *m)
{
	bool space = m->space;

	m->space = false;
	put(m, STR("”"));
	m->space = space;
}

static void enter_inline(struct maker *m, const struct node *n)
{
	int style = style_of(n->tag);

	if (style >= 0 && n != m->source)
		m->styles[style]++;
	if (n->tag == TAG_Q)
		put(m, STR("“"));
	if (n->tag == TAG_A && notes_is_reference(m->notes, n))
		m->styles[STYLE_SUPER]++;
	if (n->tag == TAG_A && node_attr(n, ATTR_HREF).len && !notes_within(m->notes, n).p) {
		struct str url = url_resolve(m->scratch, m->base, node_attr(n, ATTR_HREF));
		m->link = url_is_safe(url) ? url : STR_NONE;
		m->link_node = n;
	}
	if (n->tag == TAG_BR)
		on_break(m);
	else if (n->tag == TAG_IMG)
		to_doc_picture(m, n);
}

static void leave_inline(struct maker *m, const struct node *n)
{
	int style = style_of(n->tag);

	if (style >= 0 && n != m->source)
		m->styles[style]--;
	if (n->tag == TAG_Q)
		close_quotation(m);
	if (n->tag == TAG_ABBR)
		to_doc_gloss(m, n);
	if (n->tag == TAG_A && notes_is_reference(m->notes, n))
		m->styles[STYLE_SUPER]--;
	if (n == m->link_node) {
		m->link = STR_NONE;
		m->link_node = NULL;
	}
}

static bool is_left_out(const struct maker *m, const struct node *n)
{
	if (n->tag == TAG_TEXT)
		return to_doc_part_of(m, n) == TO_DOC_NONE;
	unsigned flags = tag_flags(n->tag);
	return flags & (TAG_HIDDEN | TAG_CONTROL) || n->tag == TAG_NOSCRIPT || n->tag == TAG_RP ||
	       n->tag == TAG_RT || n->tag == TAG_OBJECT || n->tag == TAG_CANVAS || n->tag == TAG_SVG ||
	       n->tag == TAG_AREA || (n->tag == TAG_A && notes_is_way_back(m->notes, n)) ||
	       to_doc_part_of(m, n) == TO_DOC_NONE;
}

/* Enters n; false: what is below it is not walked. */
static bool enter(struct maker *m, const struct node *n)
{
	if (n->tag == TAG_TEXT) {
		on_text(m, n);
		return false;
	}
	if (node_attr(n, ATTR_DIR).len)
		m->rtl += str_eq_nocase(node_attr(n, ATTR_DIR), STR("rtl"));
	if (n->tag == TAG_IFRAME || n->tag == TAG_VIDEO || n->tag == TAG_AUDIO) {
		to_doc_medium(m, n);
		return false;
	}
	if (to_doc_table(m, n))
		return true;
	if (to_doc_is_source(m, n)) {
		reset_block(m);
		m->source = n;
		m->quote += n->tag == TAG_FIGCAPTION;
		return true;
	}
	if (!m->caption && to_doc_is_caption(m, n)) {
		/* Of an article, a caption without its picture says nothing; a fragment is shown whole. */
		if (to_doc_caption(m, n) || m->ask)
			return m->caption != NULL;
	}
	if (m->caption && tag_flags(n->tag) & TAG_BLOCK) {
		m->space = true; /* a caption stays one block */
		return true;
	}
	if (n->tag == TAG_FIGURE)
		m->figure = n;
	if (tag_flags(n->tag) & TAG_BLOCK)
		enter_block(m, n);
	else
		enter_inline(m, n);
	return true;
}

static void leave(struct maker *m, const struct node *n)
{
	if (n->tag == TAG_TEXT)
		return;
	if (node_attr(n, ATTR_DIR).len)
		m->rtl -= str_eq_nocase(node_attr(n, ATTR_DIR), STR("rtl"));
	if (to_doc_table_left(m, n))
		return;
	if (n == m->source && n->tag != TAG_BLOCKQUOTE) {
		reset_block(m);
		m->source = NULL;
		m->quote -= n->tag == TAG_FIGCAPTION;
		return;
	}
	if (n == m->caption) {
		m->caption = NULL;
		reset_block(m);
		return;
	}
	if (m->caption && tag_flags(n->tag) & TAG_BLOCK) {
		m->space = true;
		return;
	}
	if (n->tag == TAG_FIGURE)
		m->figure = NULL;
	if (tag_flags(n->tag) & TAG_BLOCK)
		leave_block(m, n);
	else
		leave_inline(m, n);
}

struct doc *to_doc(const struct node *root, struct str base, to_doc_ask *ask, void *arg)
{
	struct maker m = {.b = doc_build(), .scratch = arena_new(), .base = base, .ask = ask, .ask_arg = arg};
	const struct node *n = root;

	m.notes = notes_find(m.scratch, root, base);
	while (n) {
		bool left_out = n != root && is_left_out(&m, n);
		if (!left_out && enter(&m, n) && n->first) {
			n = n->first;
			continue;
		}
		if (!left_out)
			leave(&m, n);
		while (n != root && !n->next) {
			n = n->parent;
			leave(&m, n);
		}
		n = n == root ? NULL : n->next;
	}
	notes_release(m.notes);
	arena_free(m.scratch);
	return doc_finish(m.b);
}

struct doc *to_doc_fragment(const struct node *root, struct str base)
{
	return to_doc(root, base, NULL, NULL);
}
