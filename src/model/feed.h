/* SPDX-License-Identifier: MIT */
/* A feed as parsed: what courant-parse gives for one document, before anything is stored. All strings are
 * UTF-8, cleaned (text/safe), resolved to absolute addresses, and live in the arena that the codec or the
 * parser was given; absent ones are {NULL, 0}. The names are those of JSON Feed 1.1, which `courant parse`
 * prints it as. Thread: one owner. */
#ifndef CO_MODEL_FEED_H
#define CO_MODEL_FEED_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"

enum feed_format {
	FEED_UNKNOWN,
	FEED_RSS,
	FEED_RDF,
	FEED_ATOM,
	FEED_JSON,
	FEED_API,
	FEED_SITEMAP,
	FEED_OPML
};
const char *feed_format_name(enum feed_format f); /* "RSS 2.0"-like word without version: "rss", "atom", … */

struct person {
	struct str name, url, avatar;
};

struct attachment {
	struct str url, mime_type, title;
	int64_t size_in_bytes; /* -1: not stated */
	double duration_s;     /* < 0: not stated */
};

struct item {
	struct str id; /* as the feed states it; absent when it states none */
	struct str url, external_url, comments_url;
	struct str comments_feed_url;
	int64_t n_comments;                      /* 0: none, or not stated */
	struct str transcript_url, chapters_url; /* of a podcast's episode */
	struct str title;                        /* plain text */
	struct str summary;                      /* plain text; absent when the only text is the content */
	struct str content_html; /* harmless HTML: no scripts, styles, event handlers; absolute addresses */
	struct str content_text; /* when the feed gives plain text only */
	struct str doc; /* content as an encoded document (doc/codec); only when the job asks for it */
	struct str image, banner_image, language;
	int64_t published, modified; /* TIME_NONE when unknown */
	struct person *authors;
	size_t n_authors;
	struct str *tags;
	size_t n_tags;
	struct attachment *attachments;
	size_t n_attachments;
	bool id_is_url;
};

struct feed {
	enum feed_format format;
	struct str version; /* as stated: "2.0", "1.0", "https://jsonfeed.org/version/1.1" */
	struct str title, description, home_page_url, feed_url, next_url, icon, favicon, language, copyright,
	    hub;
	struct person *authors;
	size_t n_authors;
	int64_t published, modified;
	int ttl_minutes;     /* <ttl>, sy:update*: -1 when not stated */
	uint32_t skip_hours; /* bit h: hour h UTC is to be left out */
	uint8_t skip_days;   /* bit d: day d, 0 = Sunday */
	bool expired;
	struct item *items;
	size_t n_items;
	struct str *warnings; /* what was mended or left out, in English */
	size_t n_warnings;
};

void feed_encode(struct buf *out, const struct feed *f);
/* Copies into a. Checks every field as hostile: bounds, UTF-8, text/safe. False with ERR_HELPER. */
bool feed_decode(struct arena *a, struct str bytes, struct feed *f, struct err *err);

#endif
