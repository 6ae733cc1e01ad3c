/* SPDX-License-Identifier: MIT */
/* The pipeline: tree, figures, metadata, furniture, choice, cleaning, document. */
#include "article/article_extract.h"

#include <string.h>

#include "article/page.h"
#include "article/to_doc.h"
#include "base/i18n.h"
#include "text/charset.h"

static bool is_cut(void *arg, const struct node *n)
{
	const struct page *p = arg;

	return p->cut[n->index];
}

struct article *article_extract(struct str utf8_html, struct str url, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct page p = {.arena = a, .url = url, .base = url, .html = html_parse(a, utf8_html)};
	struct article *out = article_new();

	(void)err;
	page_measure(&p);
	furniture_drop(&p);
	body_choose(&p, STR_NONE);
	if (p.root) {
		body_clean(&p, out);
		out->doc = to_doc(p.root, p.base, is_cut, &p);
	}
	out->state = out->doc && out->doc->n_blocks ? PAGE_ARTICLE : PAGE_NO_ARTICLE;
	return out;
}

struct article *article_extract_bytes(
    struct str bytes, struct str content_type, struct str url, struct err *err)
{
	SCOPED(buf) struct buf utf8 = BUF_MAX((size_t)64 << 20);

	if (!charset_to_utf8(&utf8, bytes, content_type, CHARSET_HTML, NULL, NULL)) {
		err_set(err, ERR_INPUT, _("the page's text cannot be decoded"));
		return NULL;
	}
	return article_extract(buf_str(&utf8), url, err);
}
