/* SPDX-License-Identifier: MIT */
/* Stories as JSON. */
#include "app/story_json.h"

#include <inttypes.h>
#include <stdio.h>

static void id(struct json_out *j, const char *key, int64_t value)
{
	char text[24];
	int n = snprintf(text, sizeof text, "%" PRId64, value);
	json_str(j, key, str_n(text, (size_t)n));
}

void story_json_fields(struct json_out *j, const struct story *s, struct str byline)
{
	id(j, "id", s->row.id.v);
	json_str(j, "url", s->url);
	json_str(j, "title", s->row.title);
	json_str(j, "dek", s->dek.len ? s->dek : STR_NONE);
	json_str(j, "byline", byline.len ? byline : s->author.len ? s->author : STR_NONE);
	json_str(j, "source", s->source_name);
	json_str(j, "section", s->section.len ? s->section : STR_NONE);
	json_time(j, "published", s->row.published);
	json_time(j, "fetched", s->row.fetched);
	json_bool(j, "read", s->row.flags & STORY_READ);
	json_bool(j, "starred", s->row.flags & STORY_STARRED);
	json_array(j, "tags");
	for (size_t i = 0; i < s->n_tags; i++)
		json_str(j, NULL, s->tags[i]);
	json_end_array(j);
	id(j, "event", s->row.event.v);
	json_int(j, "event_size", s->row.event_size);
}
