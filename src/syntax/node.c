/* SPDX-License-Identifier: MIT */
/* What a node can be asked: the tables of elements and attributes, the walk, the text on one line. */
#include "syntax/html.h"

#include <string.h>

#include "syntax/html_priv.h"

struct tag_row {
	const char *name;
	unsigned flags;
};

static const struct tag_row tags[TAG_COUNT] = {
#define TAG(id, name, flags) [TAG_##id] = {name, flags},
#include "syntax/tag.def"
};

static const char *const attrs[ATTR_COUNT] = {
#define ATTR(id, name) [ATTR_##id] = name,
#include "syntax/attr.def"
};

unsigned tag_flags(unsigned tag)
{
	return tag < TAG_COUNT ? tags[tag].flags : 0;
}

const char *tag_name(unsigned tag)
{
	return tag < TAG_COUNT && tags[tag].name ? tags[tag].name : "";
}

static int cmp_name(struct str s, const char *name)
{
	for (size_t i = 0; i < s.len; i++) {
		int d = ch_lower((unsigned char)s.p[i]) - (unsigned char)name[i];
		if (d || !name[i]) /* a NUL in s is no end */
			return d ? d : 1;
	}
	return name[s.len] ? -1 : 0;
}

enum tag tag_of_name(struct str s)
{
	size_t low = TAG_OTHER + 1, high = TAG_COUNT;
	int first = s.len ? ch_lower((unsigned char)s.p[0]) : 0;

	while (low < high) {
		size_t mid = (low + high) / 2;
		int d = first - tags[mid].name[0];
		if (d == 0)
			d = cmp_name(s, tags[mid].name);
		if (d == 0)
			return (enum tag)mid;
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return TAG_OTHER;
}

int attr_of_name(struct str s)
{
	size_t low = 0, high = ATTR_COUNT;

	while (low < high) {
		size_t mid = (low + high) / 2;
		int d = cmp_name(s, attrs[mid]);
		if (d == 0)
			return (int)mid;
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return -1;
}

const char *attr_name(enum attr_name name)
{
	return attrs[name];
}

struct str node_attr(const struct node *n, enum attr_name name)
{
	for (unsigned i = 0; i < n->n_attrs; i++)
		if (n->attrs[i].name == name)
			return n->attrs[i].value;
	return STR_NONE;
}

bool node_has_attr(const struct node *n, enum attr_name name)
{
	return node_attr(n, name).p != NULL;
}

bool node_attr_has(const struct node *n, enum attr_name name, const char *word)
{
	struct str v = node_attr(n, name);
	size_t at = 0;

	while (at < v.len) {
		size_t from = at;
		while (at < v.len && !ch_space(v.p[at]))
			at++;
		if (at > from && str_eq_nocase(str_n(v.p + from, at - from), str_c(word)))
			return true;
		at++;
	}
	return false;
}

bool node_has_class(const struct node *n, const char *word)
{
	return node_attr_has(n, ATTR_CLASS, word);
}

struct node *node_after(const struct node *n, const struct node *root)
{
	while (n != root) {
		if (n->next)
			return n->next;
		n = n->parent;
	}
	return NULL;
}

struct node *node_next(const struct node *n, const struct node *root)
{
	return n->first ? n->first : node_after(n, root);
}

bool node_inside(const struct node *n, const struct node *top)
{
	for (; n; n = n->parent)
		if (n == top)
			return true;
	return false;
}

struct node *node_find(const struct node *root, const struct node *from, unsigned tag)
{
	struct node *n = node_next(from ? from : root, root);

	while (n && n->tag != tag)
		n = node_next(n, root);
	return n;
}

struct node *node_closest(const struct node *n, unsigned tag)
{
	while (n && n->tag != tag)
		n = n->parent;
	return (struct node *)n;
}

static void line_space(struct buf *out, size_t start)
{
	if (out->len > start && out->data[out->len - 1] != ' ')
		buf_addc(out, ' ');
}

static void line_text(struct buf *out, size_t start, struct str s)
{
	for (size_t i = 0; i < s.len;) {
		if (ch_space(s.p[i])) {
			line_space(out, start);
			i++;
			continue;
		}
		size_t from = i;
		while (i < s.len && !ch_space(s.p[i]))
			i++;
		buf_add(out, s.p + from, i - from);
	}
}

bool node_line(struct buf *out, const struct node *root)
{
	size_t start = out->len;
	const struct node *n = root;

	while (n) {
		unsigned flags = tag_flags(n->tag);
		if (n->tag == TAG_TEXT)
			line_text(out, start, n->text);
		else if (flags & TAG_BLOCK || n->tag == TAG_BR)
			line_space(out, start);
		bool reading = n->tag == TAG_RT || n->tag == TAG_RP; /* how the characters before are read */
		if (n->first && !((flags & TAG_HIDDEN || reading) && n != root)) {
			n = n->first;
			continue;
		}
		for (; n != root && !n->next; n = n->parent)
			if (tag_flags(n->parent->tag) & TAG_BLOCK)
				line_space(out, start);
		n = n == root ? NULL : n->next;
	}
	if (out->len > start && out->data[out->len - 1] == ' ')
		buf_truncate(out, out->len - 1);
	return !out->failed;
}

struct str node_line_str(struct arena *a, const struct node *n, size_t max_bytes)
{
	SCOPED(buf) struct buf b = BUF_MAX(max_bytes);

	node_line(&b, n);
	return arena_str(a, buf_str(&b));
}
