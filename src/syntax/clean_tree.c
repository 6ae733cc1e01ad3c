/* SPDX-License-Identifier: MIT */
/* The tree of HTML that sanitize_html() wrote: balanced tags in lower case, values in double quotes, four
 * references. Only such text is given here, so that no parser of real pages is needed: bodies of feeds are
 * many. */
#include <string.h>

#include "syntax/html_priv.h"
#include "syntax/escape.h"
#include "syntax/sanitize.h"

struct builder {
	struct arena *a;
	struct html *html;
	struct node *at;
	struct str in;
	size_t i;
};

static struct node *add(struct builder *b, enum tag tag)
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

/* Borrowed where there is no reference in it. */
static struct str decoded(struct builder *b, struct str s)
{
	SCOPED(buf) struct buf out = BUF_MAX(s.len + 1);

	if (!s.len || !memchr(s.p, '&', s.len))
		return s;
	(void)html_unescape(&out, s);
	return arena_str(b->a, buf_str(&out));
}

static size_t find(const struct builder *b, char c, size_t from)
{
	const char *p = from < b->in.len ? memchr(b->in.p + from, c, b->in.len - from) : NULL;

	return p ? (size_t)(p - b->in.p) : b->in.len;
}

/* ` name="value"` … up to the >. */
static void take_attrs(struct builder *b, struct node *n)
{
	struct attr attrs[16];

	while (b->i < b->in.len && b->in.p[b->i] == ' ') {
		size_t eq = find(b, '=', b->i), end = find(b, '"', eq + 2);
		int id = attr_of_name(str_sub(b->in, b->i + 1, eq - b->i - 1));
		if (id >= 0 && n->n_attrs < ARRAY_LEN(attrs) && eq + 2 <= end)
			attrs[n->n_attrs++] = (struct attr){
			    (enum attr_name)id, decoded(b, str_sub(b->in, eq + 2, end - eq - 2))};
		b->i = end + 1;
	}
	if (n->n_attrs)
		n->attrs = arena_grow(b->a, attrs, n->n_attrs, n->n_attrs, sizeof *attrs);
}

static void take_tag(struct builder *b)
{
	size_t from = b->i + 1, end;
	bool closing = from < b->in.len && b->in.p[from] == '/';
	struct node *n;
	enum tag tag;

	from = end = from + closing;
	while (end < b->in.len && b->in.p[end] != '>' && b->in.p[end] != ' ')
		end++;
	b->i = end;
	if (closing) {
		b->at = b->at->parent ? b->at->parent : b->at;
	} else {
		tag = tag_of_name(str_sub(b->in, from, end - from));
		n = add(b, tag);
		take_attrs(b, n);
		if (!(tag_flags(tag) & TAG_VOID))
			b->at = n;
	}
	b->i = find(b, '>', b->i) + 1;
}

struct html *sanitize_tree(struct arena *a, struct str clean)
{
	struct builder b = {.a = a, .in = clean, .html = arena_new_of(a, struct html)};

	b.html->root = b.at = arena_new_of(a, struct node);
	b.at->tag = TAG_DIV;
	b.html->n_nodes = 1;
	while (b.i < clean.len && b.html->n_nodes < HTML_MAX_NODES) {
		size_t lt = find(&b, '<', b.i);
		if (lt > b.i)
			add(&b, TAG_TEXT)->text = decoded(&b, str_sub(clean, b.i, lt - b.i));
		b.i = lt;
		if (lt < clean.len)
			take_tag(&b);
	}
	b.html->cut = b.i < clean.len;
	return b.html;
}
