/* SPDX-License-Identifier: MIT */
/* The little language of a JSON mapping: "/a/0/b" is a pointer, "x // y" tries x and then y,
 * "https://e.org{/id}" is a template, anything else is itself. Internal to feed/. */
#ifndef CO_FEED_JSONSPEC_H
#define CO_FEED_JSONSPEC_H

#include "base/arena.h"
#include "syntax/json.h"

/* The text that spec gives for el, in arena a; absent when nothing of it is there. */
struct str jsonspec_text(struct arena *a, const struct json *el, struct str spec);
/* The first pointer of spec that gives a value; NULL: none, or spec has no pointer. */
const struct json *jsonspec_value(const struct json *el, struct str spec);
/* "…{id}…" with the id put in, percent-encoded. */
struct str jsonspec_fill_id(struct arena *a, struct str spec, struct str id);
/* url with param set to value. */
struct str jsonspec_with_param(struct arena *a, struct str url, struct str param, struct str value);
/* The address of the page after the present one, told by url's param or by the reply's member of that name;
 * absent when that would be beyond `last` (0: unknown). */
struct str jsonspec_next_number(
    struct arena *a, struct str url, struct str param, const struct json *root, double last);

#endif
