/* SPDX-License-Identifier: MIT */
/* How a JSON API is read as a feed: the `json:` mapping of a source (config.md). Plain strings as configured;
 * the pointers, alternatives and templates in them are compiled by feed/jsonapi. */
#ifndef CO_MODEL_MAPPING_H
#define CO_MODEL_MAPPING_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum mapping_field {
	MAP_ID,
	MAP_TITLE,
	MAP_URL,
	MAP_AUTHOR,
	MAP_SUMMARY,
	MAP_CONTENT,
	MAP_IMAGE,
	MAP_PUBLISHED,
	MAP_UPDATED,
	MAP_TAGS,
	MAP_COMMENTS,
	MAP_ENCLOSURE,
	MAP_FIELDS
};

struct mapping {
	struct str items, each, fields[MAP_FIELDS];
	struct str date_unit, date_format; /* "s", "ms" or absent; strptime format or absent */
	uint32_t html_fields;              /* bit per mapping_field that holds HTML */
	int unescape;
	struct str base_url, detail, error;
	struct str next_pointer, next_param, page_param, page_last;
	bool next_link;
	int max_pages;
};

void mapping_encode(struct buf *out, const struct mapping *m);
bool mapping_decode(struct arena *a, struct str bytes, struct mapping *m, struct err *err);

#endif
