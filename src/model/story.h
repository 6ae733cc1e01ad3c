/* SPDX-License-Identifier: MIT */
/* A story as stored, in two sizes: the row that a list shows, and the whole. Plain records; strings belong to
 * the arena or snapshot that they were read into. */
#ifndef CO_MODEL_STORY_H
#define CO_MODEL_STORY_H

#include "base/clock.h"
#include "base/str.h"
#include "model/ids.h"
#include "text/lang.h"

enum story_flags {
	STORY_READ = 1,
	STORY_STARRED = 2,
	STORY_HIDDEN = 4,
	STORY_HAS_TEXT = 8, /* a body from the feed or a page is stored */
	STORY_NEAR_COPY = 16,
	STORY_OPENED = 32,      /* its text was had by an act of reading */
	STORY_KEPT_UNREAD = 64, /* set unread by the reader: stays so until opened anew */
	STORY_TAGGED = 128,
	STORY_FULL = 256 /* the article's whole text is stored (feed in full, or page) */
};

/* Bytes [start, end) of a title that a search found. */
struct title_hit {
	uint32_t start, end;
};

struct story_row {
	struct story_id id;
	struct source_id source;
	struct event_id event;
	int64_t published, fetched;
	uint32_t flags;
	enum lang lang;
	struct str title;
	/* Of the event, when rows are folded: */
	uint32_t event_size;    /* stories not hidden, this one included */
	uint32_t event_outlets; /* different sources */
	uint32_t event_unread;
	int64_t event_newest;
	/* A search result's snippet, "" else; hits are between U+0001 and U+0002 */
	struct str snippet;
	struct title_hit *title_hits; /* ascending */
	size_t n_title_hits;
};

struct story {
	struct story_row row;
	struct story_id copy_of;
	struct str url, guid, author, comments, dek, source_name, section;
	struct str enclosure_url, enclosure_type;
	struct str *tags;
	size_t n_tags;
	struct str feed_doc; /* encoded document of the feed's text; absent when none */
	struct str page_doc; /* encoded struct article of the page; absent when not fetched */
	int64_t page_at;
};

#endif
