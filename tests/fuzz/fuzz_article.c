/* SPDX-License-Identifier: MIT */
/* The whole way of a page: bytes of any encoding to an article, its record there and back, its lines on the
 * screen. */
#include "fuzz.h"

#include "article/article_extract.h"
#include "doc/layout.h"
#include "text/safe.h"
#include "text/url.h"

static void check_article(const struct article *a)
{
	const struct str lines[] = {a->title, a->dek, a->byline, a->site, a->language};
	const struct str addresses[] = {a->image, a->canonical, a->next_page};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		FUZZ_CHECK(!lines[i].len || safe_is(lines[i], SAFE_LINE));
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++)
		FUZZ_CHECK(!addresses[i].len || url_is_web(addresses[i]));
	for (size_t i = 0; i < a->n_related; i++)
		FUZZ_CHECK(safe_is(a->related[i].title, SAFE_LINE) && url_is_web(a->related[i].url));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t widths[] = {1, 20, 72};
	struct str in = {(const char *)data, size};
	SCOPED_PTR(article)
	struct article *a = article_extract_bytes(in, STR_NONE, STR("https://e.example/a/b-c-d"), NULL);
	SCOPED(buf) struct buf record = BUF_INIT;
	struct err err = {0};

	if (!a)
		return 0;
	check_article(a);
	article_encode(&record, a);
	SCOPED_PTR(article) struct article *back = article_decode(buf_str(&record), &err);
	FUZZ_CHECK(back != NULL);
	FUZZ_CHECK(back->n_related == a->n_related && str_eq(back->title, a->title));
	for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
		struct layout_options o = {.width = widths[i], .number_links = true};
		SCOPED_PTR(layout) struct layout *l = layout_make(back->doc, NULL, &o);
		for (size_t k = 0; k < l->n_lines; k++)
			FUZZ_CHECK(l->lines[k].pannable || l->lines[k].columns <= o.width || o.width < 2);
	}
	return 0;
}
