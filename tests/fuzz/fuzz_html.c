/* SPDX-License-Identifier: MIT */
/* Pages into trees, whole and as fragments: every node in its place, no deeper and no more than promised,
 * every text safe. */
#include "fuzz.h"

#include "syntax/html.h"
#include "text/safe.h"

static void check_tree(const struct html *h)
{
	uint32_t index = 0;

	FUZZ_CHECK(h->root != NULL && h->n_nodes <= HTML_MAX_NODES);
	for (const struct node *n = h->root; n; n = node_next(n, h->root)) {
		unsigned depth = 0;

		FUZZ_CHECK(n->index == index++);
		FUZZ_CHECK(!n->first || n->first->parent == n);
		FUZZ_CHECK(!n->next || n->next->prev == n);
		FUZZ_CHECK(n->tag < TAG_COUNT && (n->tag != TAG_TEXT || !n->first));
		FUZZ_CHECK(!n->text.p || safe_is(n->text, SAFE_RUN));
		for (unsigned i = 0; i < n->n_attrs; i++)
			FUZZ_CHECK(safe_is(n->attrs[i].value, SAFE_RUN));
		for (const struct node *up = n; up; up = up->parent)
			depth++;
		FUZZ_CHECK(depth <= HTML_MAX_DEPTH + 1);
	}
	FUZZ_CHECK(index == h->n_nodes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf line = BUF_INIT;
	struct str in = {(const char *)data, size};
	const struct html *page = html_parse(a, in);

	check_tree(page);
	FUZZ_CHECK(page->body != NULL && node_line(&line, page->body));
	check_tree(html_parse_fragment(a, in));
	return 0;
}
