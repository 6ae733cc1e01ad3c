/* SPDX-License-Identifier: MIT */
/* The way from bytes to a tree: pre-scan, choice of the parser, the builder. What nodes can be asked is in
 * node.c. */
#include "syntax/html.h"

#include <string.h>

#include "syntax/html_priv.h"
#include "syntax/scan.h"
#include "text/safe.h"

enum {
	LEAN_MAX_BYTES = 32 << 20,
	GUMBO_MAX_BYTES = 4 << 20,
	GUMBO_MAX_TAGS = 100000,
	/* Denser pages than anyone writes take more memory than their size is worth. */
	DENSE_MIN_TAGS = 5000,
	DENSE_BYTES_PER_TAG = 16,
	NODES_FREE = 10000,
	BYTES_PER_NODE = 8
};

static void tree_init(struct tree *t, struct arena *a)
{
	*t = (struct tree){.arena = a, .clean = BUF_MAX(LEAN_MAX_BYTES), .max_nodes = HTML_MAX_NODES};
	t->html = arena_new_of(a, struct html);
}

static void tree_release(struct tree *t)
{
	buf_release(&t->clean);
}

static bool is_plain_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < 0x20 && c != '\n' && c != '\t') || c >= 0x7f)
			return false;
	}
	return true;
}

static struct str clean_copy(struct tree *t, struct str s)
{
	if (is_plain_ascii(s))
		return arena_str(t->arena, s);
	buf_reset(&t->clean);
	safe_add(&t->clean, s, SAFE_RUN);
	return arena_str(t->arena, buf_str(&t->clean));
}

static struct node *add_node(struct tree *t, enum tag tag)
{
	struct node *n = arena_new_of(t->arena, struct node);

	n->tag = (uint16_t)tag;
	n->index = (uint32_t)t->html->n_nodes++;
	n->parent = t->at;
	if (!t->at)
		return n;
	n->prev = t->at->last;
	*(n->prev ? &n->prev->next : &t->at->first) = n;
	t->at->last = n;
	return n;
}

void tree_attr(struct tree *t, struct str name, struct str value)
{
	int id = attr_of_name(name);

	if (id < 0 || t->n_attrs == ATTR_COUNT)
		return;
	for (unsigned i = 0; i < t->n_attrs; i++)
		if (t->attrs[i].name == (enum attr_name)id)
			return;
	t->attrs[t->n_attrs++] = (struct attr){(enum attr_name)id, value};
}

static bool has_room(struct tree *t)
{
	if (t->html->n_nodes < t->max_nodes)
		return true;
	t->html->cut = true;
	return false;
}

void tree_open(struct tree *t, enum tag tag, struct str other_name)
{
	unsigned n_attrs = t->n_attrs;

	t->n_attrs = 0;
	if (t->too_deep || t->depth == HTML_MAX_DEPTH || !has_room(t)) {
		t->too_deep++;
		return;
	}
	struct node *n = add_node(t, tag);
	if (tag == TAG_OTHER)
		n->text = clean_copy(t, other_name);
	if (n_attrs) {
		n->attrs = arena_array(t->arena, n_attrs, sizeof *n->attrs);
		n->n_attrs = (uint16_t)n_attrs;
		for (unsigned i = 0; i < n_attrs; i++)
			n->attrs[i] = (struct attr){t->attrs[i].name, clean_copy(t, t->attrs[i].value)};
	}
	if (!t->html->root)
		t->html->root = n;
	t->at = n;
	t->depth++;
}

void tree_text(struct tree *t, struct str text)
{
	if (!t->at || text.len == 0 || !has_room(t))
		return;
	struct str copy = clean_copy(t, text);
	if (copy.len)
		add_node(t, TAG_TEXT)->text = copy;
}

void tree_close(struct tree *t)
{
	if (t->too_deep) {
		t->too_deep--;
	} else if (t->at) {
		t->at = t->at->parent;
		t->depth--;
	}
}

static bool is_for_gumbo(const struct scan *s, size_t bytes, size_t lean_bytes)
{
	return s->depth <= HTML_MAX_DEPTH && s->tags <= GUMBO_MAX_TAGS && lean_bytes <= GUMBO_MAX_BYTES &&
	       (s->tags < DENSE_MIN_TAGS || s->tags * DENSE_BYTES_PER_TAG < bytes);
}

static struct html *parse(struct arena *a, struct str utf8, bool fragment)
{
	SCOPED(buf) struct buf lean = BUF_MAX(LEAN_MAX_BYTES);
	struct scan s = {.fragment = fragment};
	struct tree t;

	tree_init(&t, a);
	t.html->cut = !scan_html(&lean, utf8, &s);
	if (NODES_FREE + utf8.len / BYTES_PER_NODE < t.max_nodes)
		t.max_nodes = NODES_FREE + utf8.len / BYTES_PER_NODE;
	if (is_for_gumbo(&s, utf8.len, lean.len))
		html_by_gumbo(&t, buf_str(&lean), fragment);
	else
		html_by_libxml(&t, buf_str(&lean), fragment);
	tree_release(&t);
	return t.html;
}

struct html *html_parse_fragment(struct arena *a, struct str utf8)
{
	struct html *h = parse(a, utf8, true);

	if (!h->root) {
		h->root = arena_new_of(a, struct node);
		h->root->tag = TAG_DIV;
		h->n_nodes = 1;
	}
	return h;
}

struct html *html_parse(struct arena *a, struct str utf8)
{
	struct html *h = parse(a, utf8, false);

	if (!h->root) {
		h->root = arena_new_of(a, struct node);
		h->root->tag = TAG_HTML;
		h->n_nodes = 1;
	}
	for (struct node *n = h->root->first; n; n = n->next) {
		if (n->tag == TAG_HEAD && !h->head)
			h->head = n;
		else if (n->tag == TAG_BODY && !h->body)
			h->body = n;
	}
	if (!h->body)
		h->body = h->root;
	return h;
}
