/* SPDX-License-Identifier: MIT */
/* The codec of a parsed feed: its tables of fields. What the fields mean is in feed.h. */
#include "model/feed.h"

#include "model/record.h"

#define MAX_PEOPLE   1000
#define MAX_ITEMS    100000
#define MAX_TAGS     1000
#define MAX_WARNINGS 10000

static const char *const format_names[] = {
    [FEED_UNKNOWN] = "unknown",
    [FEED_RSS] = "rss",
    [FEED_RDF] = "rdf",
    [FEED_ATOM] = "atom",
    [FEED_JSON] = "json",
    [FEED_API] = "api",
    [FEED_SITEMAP] = "sitemap",
    [FEED_OPML] = "opml",
};

static const struct field person_fields[] = {
    FIELD_S(struct person, name, RULE_LINE, RECORD_LINE),
    FIELD_S(struct person, url, RULE_URL, RECORD_LINE),
    FIELD_S(struct person, avatar, RULE_URL, RECORD_LINE),
};
static const struct record person_record = RECORD("person", struct person, person_fields);

static const struct field attachment_fields[] = {
    FIELD_S(struct attachment, url, RULE_URL, RECORD_LINE),
    FIELD_S(struct attachment, mime_type, RULE_LINE, RECORD_LINE),
    FIELD_S(struct attachment, title, RULE_LINE, RECORD_LINE),
    FIELD_I(struct attachment, size_in_bytes),
    FIELD_R(struct attachment, duration_s),
};
static const struct record attachment_record = RECORD("attachment", struct attachment, attachment_fields);

static const struct field item_fields[] = {
    FIELD_S(struct item, id, RULE_LINE, RECORD_LINE),
    FIELD_S(struct item, url, RULE_URL, RECORD_LINE),
    FIELD_S(struct item, external_url, RULE_URL, RECORD_LINE),
    FIELD_S(struct item, comments_url, RULE_URL, RECORD_LINE),
    FIELD_S(struct item, comments_feed_url, RULE_URL, RECORD_LINE),
    FIELD_I(struct item, n_comments),
    FIELD_S(struct item, transcript_url, RULE_URL, RECORD_LINE),
    FIELD_S(struct item, chapters_url, RULE_URL, RECORD_LINE),
    FIELD_S(struct item, title, RULE_LINE, RECORD_LINE),
    FIELD_S(struct item, summary, RULE_TEXT, RECORD_TEXT),
    FIELD_S(struct item, content_html, RULE_RUN, RECORD_TEXT),
    FIELD_S(struct item, content_text, RULE_TEXT, RECORD_TEXT),
    FIELD_S(struct item, doc, RULE_BYTES, RECORD_TEXT),
    FIELD_S(struct item, image, RULE_URL, RECORD_LINE),
    FIELD_S(struct item, banner_image, RULE_URL, RECORD_LINE),
    FIELD_S(struct item, language, RULE_LINE, RECORD_LINE),
    FIELD_I(struct item, published),
    FIELD_I(struct item, modified),
    FIELD_L(struct item, authors, n_authors, &person_record, MAX_PEOPLE),
    FIELD_L(struct item, tags, n_tags, &record_line, MAX_TAGS),
    FIELD_L(struct item, attachments, n_attachments, &attachment_record, MAX_TAGS),
    FIELD_B(struct item, id_is_url),
};
static const struct record item_record = RECORD("item", struct item, item_fields);

static const struct field feed_fields[] = {
    FIELD_U(struct feed, format, FEED_OPML),
    FIELD_S(struct feed, version, RULE_LINE, RECORD_LINE),
    FIELD_S(struct feed, title, RULE_LINE, RECORD_LINE),
    FIELD_S(struct feed, description, RULE_TEXT, RECORD_TEXT),
    FIELD_S(struct feed, home_page_url, RULE_URL, RECORD_LINE),
    FIELD_S(struct feed, feed_url, RULE_URL, RECORD_LINE),
    FIELD_S(struct feed, next_url, RULE_URL, RECORD_LINE),
    FIELD_S(struct feed, icon, RULE_URL, RECORD_LINE),
    FIELD_S(struct feed, favicon, RULE_URL, RECORD_LINE),
    FIELD_S(struct feed, language, RULE_LINE, RECORD_LINE),
    FIELD_S(struct feed, copyright, RULE_TEXT, RECORD_TEXT),
    FIELD_S(struct feed, hub, RULE_URL, RECORD_LINE),
    FIELD_L(struct feed, authors, n_authors, &person_record, MAX_PEOPLE),
    FIELD_I(struct feed, published),
    FIELD_I(struct feed, modified),
    FIELD_I(struct feed, ttl_minutes),
    FIELD_U(struct feed, skip_hours, 0xffffff),
    FIELD_U(struct feed, skip_days, 0x7f),
    FIELD_B(struct feed, expired),
    FIELD_L(struct feed, items, n_items, &item_record, MAX_ITEMS),
    FIELD_L(struct feed, warnings, n_warnings, &record_line, MAX_WARNINGS),
};
static const struct record feed_record = RECORD("feed", struct feed, feed_fields);

const char *feed_format_name(enum feed_format f)
{
	return (size_t)f < ARRAY_LEN(format_names) ? format_names[f] : format_names[FEED_UNKNOWN];
}

void feed_encode(struct buf *out, const struct feed *f)
{
	record_encode(out, &feed_record, f);
}

bool feed_decode(struct arena *a, struct str bytes, struct feed *f, struct err *err)
{
	return record_decode(a, bytes, &feed_record, f, err);
}
