/* SPDX-License-Identifier: MIT */
/* Texts from their stored form, and the lines above them. */
#include "app/story_head.h"

#include "doc/codec.h"
#include "text/date.h"

#define DEK_LEAST 20 /* bytes; shorter ones may begin a text by chance */
#define DEK_PROBE 60

void story_texts(const struct story *s, struct doc **feed_doc, struct article **page)
{
	*feed_doc = s->feed_doc.len ? doc_decode(s->feed_doc, NULL) : NULL;
	*page = s->page_doc.len ? article_decode(s->page_doc, NULL) : NULL;
}

void story_byline_add(struct buf *out, struct str part)
{
	if (!part.len)
		return;
	if (out->len)
		buf_adds(out, " · ");
	buf_addstr(out, part);
}

void story_byline(struct buf *out, const struct story *s, const struct article *page, int64_t now, bool brief)
{
	SCOPED(buf) struct buf date = BUF_MAX(128);
	struct str author = page && page->byline.len ? page->byline : s->author;

	story_byline_add(out, s->source_name);
	if (!brief && !str_eq(author, s->source_name))
		story_byline_add(out, author);
	if (s->row.published != TIME_NONE)
		date_byline(&date, s->row.published, now, brief);
	story_byline_add(out, buf_str(&date));
}

/* What is read first: pictures aside. */
static struct str first_text(const struct doc *d)
{
	for (size_t i = 0; d && i < d->n_blocks; i++)
		if (d->blocks[i].kind != BLOCK_FIGURE)
			return d->blocks[i].text.text;
	return STR_NONE;
}

struct str story_dek(const struct story *s, const struct article *page, const struct doc *shown)
{
	struct str dek = page && page->dek.len ? page->dek : s->dek, first = first_text(shown), probe;

	if (dek.len <= DEK_LEAST)
		return dek;
	probe = str_sub(dek, 0, dek.len > DEK_PROBE ? DEK_PROBE : dek.len - 1);
	return first.len >= probe.len && str_eq(str_sub(first, 0, probe.len), probe) ? STR_NONE : dek;
}
