/* SPDX-License-Identifier: MIT */
/* Writing JSON (RFC 8259): commas and escapes are the writer's business. Control characters are escaped,
 * invalid UTF-8 becomes U+FFFD. Thread: one owner. */
#ifndef CO_TEXT_JSON_OUT_H
#define CO_TEXT_JSON_OUT_H

#include "base/buf.h"

struct json_out {
	struct buf *out;
	int depth;
	bool need_comma, indent;
};
void json_begin(struct json_out *j, struct buf *out, bool indent);
void json_object(struct json_out *j, const char *key); /* key NULL inside arrays and at the top */
void json_array(struct json_out *j, const char *key);
void json_end_object(struct json_out *j);
void json_end_array(struct json_out *j);
void json_str(struct json_out *j, const char *key, struct str v);    /* an absent string is written as null */
void json_str_if(struct json_out *j, const char *key, struct str v); /* an absent or empty one is left out */
void json_int(struct json_out *j, const char *key, int64_t v);
void json_num(struct json_out *j, const char *key, double v);
void json_bool(struct json_out *j, const char *key, bool v);
void json_null(struct json_out *j, const char *key);
void json_time(struct json_out *j, const char *key, int64_t t); /* RFC 3339 UTC; TIME_NONE is null */
/* The same moment by the clock of a zone, in minutes from UTC. */
void json_time_zone(struct json_out *j, const char *key, int64_t t, int zone_min);

#endif
