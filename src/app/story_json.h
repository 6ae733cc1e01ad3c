/* SPDX-License-Identifier: MIT */
/* A story as JSON, the same in every command. Thread: any. */
#ifndef CO_APP_STORY_JSON_H
#define CO_APP_STORY_JSON_H

#include "model/story.h"
#include "text/json_out.h"

/* The fields {id,url,title,dek,byline,source,section,published,fetched,read,starred,tags,event,event_size},
 * inside an open object. byline: the page's when there is one. */
void story_json_fields(struct json_out *j, const struct story *s, struct str byline);

#endif
