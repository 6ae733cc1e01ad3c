/* SPDX-License-Identifier: MIT */
/* Pages as JSON. */
#include "app/article_json.h"

#include "doc/out.h"

static struct str or_null(struct str s)
{
	return s.len ? s : STR_NONE;
}

void article_json(struct buf *out, const struct article *a)
{
	struct json_out j;
	SCOPED(buf) struct buf text = BUF_MAX((size_t)64 << 20), html = BUF_MAX((size_t)64 << 20);
	if (a->doc) {
		doc_out_text(&text, a->doc, 0);
		doc_out_html(&html, a->doc);
	}
	json_begin(&j, out, false);
	json_object(&j, NULL);
	json_str(&j, "title", or_null(a->title));
	json_str(&j, "dek", or_null(a->dek));
	json_str(&j, "byline", or_null(a->byline));
	json_str(&j, "site", or_null(a->site));
	json_str(&j, "language", or_null(a->language));
	json_time_zone(&j, "published", a->published, (int)a->published_zone_min);
	json_str(&j, "text", buf_str(&text));
	json_str(&j, "html", buf_str(&html));
	json_array(&j, "related");
	for (size_t i = 0; i < a->n_related; i++) {
		json_object(&j, NULL);
		json_str(&j, "title", a->related[i].title);
		json_str(&j, "url", a->related[i].url);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_str(&j, "image", or_null(a->image));
	json_int(&j, "word_count", a->word_count);
	json_end_object(&j);
	buf_addc(out, '\n');
}
