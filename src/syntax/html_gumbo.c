/* SPDX-License-Identifier: MIT */
/* gumbo's tree into ours. gumbo takes its memory from an arena of its own that dies with the parse: no
 * recursion at its end, and half the time. */
#include "syntax/html_priv.h"

#include <gumbo.h>
#include <string.h>

#include "base/vec.h"

struct place {
	const GumboVector *children;
	unsigned next;
};

static void *gumbo_alloc(void *arena, size_t len)
{
	return arena_alloc(arena, len);
}

static void gumbo_dealloc(void *arena, void *p)
{
	(void)arena;
	(void)p;
}

static enum tag tag_of_gumbo(GumboTag tag)
{
	static const uint16_t table[GUMBO_TAG_LAST + 1] = {
#define TAG(id, name, flags) [GUMBO_TAG_##id] = TAG_##id,
#define TAG_NEW(id, name, flags)
#include "syntax/tag.def"
	};
	return table[tag] ? (enum tag)table[tag] : TAG_OTHER;
}

static void open_element(struct tree *t, const GumboElement *e)
{
	enum tag tag = tag_of_gumbo(e->tag);
	struct str name = STR_NONE;
	char lower[40];

	if (tag == TAG_OTHER) {
		GumboStringPiece piece = e->original_tag;
		gumbo_tag_from_original_text(&piece);
		size_t len = piece.length < sizeof lower ? piece.length : sizeof lower;
		for (size_t i = 0; i < len; i++)
			lower[i] = (char)ch_lower((unsigned char)piece.data[i]);
		name = str_n(lower, len);
		tag = tag_of_name(name);
	}
	for (unsigned i = 0; i < e->attributes.length; i++) {
		const GumboAttribute *attr = e->attributes.data[i];
		tree_attr(t, str_c(attr->name), str_c(attr->value));
	}
	tree_open(t, tag, name);
}

static void copy_tree(struct tree *t, const GumboNode *root)
{
	struct {
		VEC(struct place);
	} path = {0};
	vec_push(&path, ((struct place){&root->v.element.children, 0}));
	open_element(t, &root->v.element);
	while (path.n) {
		struct place *p = &vec_last(&path);
		if (p->next == p->children->length) {
			tree_close(t);
			(void)vec_pop(&path);
			continue;
		}
		const GumboNode *n = p->children->data[p->next++];
		if (n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE) {
			open_element(t, &n->v.element);
			vec_push(&path, ((struct place){&n->v.element.children, 0}));
		} else if (n->type != GUMBO_NODE_COMMENT && n->type != GUMBO_NODE_DOCUMENT) {
			tree_text(t, str_c(n->v.text.text));
		}
	}
	vec_free(&path);
}

void html_by_gumbo(struct tree *t, struct str lean, bool fragment)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	GumboOptions options = kGumboDefaultOptions;

	options.allocator = gumbo_alloc;
	options.deallocator = gumbo_dealloc;
	options.userdata = a;
	options.max_errors = 0;
	if (fragment)
		options.fragment_context = GUMBO_TAG_DIV;
	GumboOutput *out = gumbo_parse_with_options(&options, lean.len ? lean.p : "", lean.len);
	if (out && out->root)
		copy_tree(t, out->root);
}
