/* SPDX-License-Identifier: MIT */
/* Foreign HTML made harmless, as a tree: what syntax/sanitize lets through becomes nodes at once, so that no
 * parser of real pages is needed. Bodies of feeds are many. */
#include <string.h>

#include "syntax/clean_priv.h"
#include "syntax/escape.h"
#include "syntax/html_priv.h"
#include "syntax/sanitize.h"
#include "text/safe.h"

#define ATTRS_MOST 16

struct builder {
	struct arena *a;
	struct html *html;
	struct node *at;
	struct str piece; /* the text since the last tag, */
	struct buf text;  /* gathered here when it is not one piece as it stands */
	struct buf value; /* scratch */
	size_t bytes, most_bytes;
	unsigned n_attrs; /* of the element that is being opened */
	struct attr attrs[ATTRS_MOST];
};

static struct node *add(struct builder *b, unsigned tag)
{
	struct node *n = arena_new_of(b->a, struct node);

	n->tag = (uint16_t)tag;
	n->index = (uint32_t)b->html->n_nodes++;
	n->parent = b->at;
	n->prev = b->at->last;
	*(n->prev ? &n->prev->next : &b->at->first) = n;
	b->at->last = n;
	return n;
}

/* The text that was gathered, as one node. */
static void flush(struct builder *b)
{
	struct str s = b->text.len ? buf_str(&b->text) : b->piece;

	if (s.len) {
		s = b->text.len || !safe_is(s, SAFE_RUN) ? safe_copy(b->a, s, SAFE_RUN) : s;
		if (s.len)
			add(b, TAG_TEXT)->text = s;
	}
	b->piece = STR_NONE;
	buf_truncate(&b->text, 0);
}

static void on_text(void *arg, struct str text, unsigned form)
{
	struct builder *b = arg;

	b->bytes += text.len;
	if (!b->piece.len && !b->text.len && !(form & ESCAPE_VALUE) &&
	    (form & ESCAPE_RAW || str_chr(text, '&') < 0)) {
		b->piece = text;
		return;
	}
	if (!b->text.len)
		(void)buf_addstr(&b->text, b->piece);
	(void)escape_add(&b->text, text, form);
}

static void on_open(void *arg, unsigned tag)
{
	struct builder *b = arg;

	(void)tag;
	flush(b);
	b->n_attrs = 0;
}

static void on_attr(void *arg, struct str name, struct str value, unsigned form)
{
	struct builder *b = arg;
	int id = attr_of_name(name);

	if (id < 0 || b->n_attrs >= ATTRS_MOST)
		return;
	buf_truncate(&b->value, 0);
	(void)escape_add(&b->value, value, ESCAPE_VALUE | form);
	value = safe_copy(b->a, buf_str(&b->value), SAFE_RUN);
	b->bytes += value.len;
	b->attrs[b->n_attrs++] = (struct attr){(enum attr_name)id, value};
}

static void on_opened(void *arg, unsigned tag)
{
	struct builder *b = arg;
	struct node *n = add(b, tag);

	b->bytes += sizeof "<></>" - 1;
	n->n_attrs = (uint16_t)b->n_attrs;
	if (n->n_attrs)
		n->attrs = arena_grow(b->a, b->attrs, b->n_attrs, b->n_attrs, sizeof *b->attrs);
	if (!(tag_flags(tag) & TAG_VOID))
		b->at = n;
}

static void on_close(void *arg, unsigned tag)
{
	struct builder *b = arg;

	(void)tag;
	flush(b);
	b->at = b->at->parent;
}

static bool is_full(const void *arg)
{
	const struct builder *b = arg;

	return b->html->n_nodes >= HTML_MAX_NODES || b->bytes > b->most_bytes || b->text.failed;
}

struct html *sanitize_tree(struct arena *a, struct str html, struct str base)
{
	static const struct clean_sink sink = {on_text, on_open, on_attr, on_opened, on_close, is_full};
	struct builder b = {.a = a,
	    .html = arena_new_of(a, struct html),
	    .text = BUF_MAX(CLEAN_MOST(html.len)),
	    .value = BUF_MAX(CLEAN_MOST(html.len)),
	    .most_bytes = CLEAN_MOST(html.len)};

	b.html->root = b.at = arena_new_of(a, struct node);
	b.at->tag = TAG_DIV;
	b.html->n_nodes = 1;
	clean_walk(&sink, &b, html, base);
	flush(&b);
	b.html->cut = is_full(&b);
	buf_release(&b.text);
	buf_release(&b.value);
	return b.html;
}
