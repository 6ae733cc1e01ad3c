/* SPDX-License-Identifier: MIT */
/* The life and the codec of an extracted article: a version, the table of its fields, then its document. */
#include "doc/article.h"

#include "base/mem.h"
#include "base/wire.h"
#include "doc/codec.h"
#include "model/record.h"

#define ARTICLE_VERSION 2 /* 1 ended before the alternate */
#define MAX_RELATED     1000

static const struct field link_fields[] = {
    FIELD_S(struct page_link, title, RULE_LINE, RECORD_LINE),
    FIELD_S(struct page_link, url, RULE_URL, RECORD_LINE),
};
static const struct record link_record = RECORD("page link", struct page_link, link_fields);

static const struct field article_fields[] = {
    FIELD_U(struct article, state, PAGE_SOFT_ERROR),
    FIELD_S(struct article, title, RULE_LINE, RECORD_LINE),
    FIELD_S(struct article, dek, RULE_LINE, RECORD_LINE),
    FIELD_S(struct article, byline, RULE_LINE, RECORD_LINE),
    FIELD_S(struct article, site, RULE_LINE, RECORD_LINE),
    FIELD_S(struct article, language, RULE_LINE, RECORD_LINE),
    FIELD_S(struct article, image, RULE_URL, RECORD_LINE),
    FIELD_S(struct article, canonical, RULE_URL, RECORD_LINE),
    FIELD_S(struct article, next_page, RULE_URL, RECORD_LINE),
    FIELD_S(struct article, html, RULE_RUN, RECORD_TEXT),
    FIELD_I(struct article, published),
    FIELD_I(struct article, modified),
    FIELD_I(struct article, published_zone_min),
    FIELD_L(struct article, related, n_related, &link_record, MAX_RELATED),
    FIELD_U(struct article, word_count, UINT32_MAX),
    FIELD_S(struct article, alternate, RULE_URL, RECORD_LINE),
};
static const struct record article_record = RECORD("article", struct article, article_fields);
static const struct record first_record = {.name = "article",
    .size = sizeof(struct article),
    .fields = article_fields,
    .n_fields = ARRAY_LEN(article_fields) - 1};

struct article *article_new(void)
{
	struct article *a = mem_new(struct article);

	a->arena = arena_new();
	a->published = a->modified = TIME_NONE;
	return a;
}

void article_free(struct article *a)
{
	if (!a)
		return;
	doc_free(a->doc);
	arena_free(a->arena);
	mem_free(a);
}

void article_encode(struct buf *out, const struct article *a)
{
	SCOPED(buf) struct buf doc = BUF_MAX(WIRE_MAX_FRAME);

	wire_u8(out, ARTICLE_VERSION);
	record_encode(out, &article_record, a);
	if (a->doc)
		doc_encode(&doc, a->doc);
	wire_str(out, a->doc ? buf_str(&doc) : STR_NONE);
}

struct article *article_decode(struct str bytes, struct err *err)
{
	SCOPED_PTR(article) struct article *a = article_new();
	struct arena *arena = a->arena;
	struct wire_in in = {.rest = bytes};
	struct str doc;
	uint8_t version = wire_get_u8(&in);

	if (version < 1 || version > ARTICLE_VERSION) {
		record_bad(err, "article", "an unknown version");
		return NULL;
	}
	if (!record_read(arena, &in, version == 1 ? &first_record : &article_record, a, err)) {
		a->arena = arena;
		return NULL;
	}
	a->arena = arena;
	doc = wire_get_str(&in);
	if (in.bad || in.rest.len) {
		record_bad(err, "article", in.bad ? "cut short" : "more than was expected");
		return NULL;
	}
	if (doc.p && !(a->doc = doc_decode(doc, err)))
		return NULL;
	return take(&a);
}
