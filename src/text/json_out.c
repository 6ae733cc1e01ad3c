/* SPDX-License-Identifier: MIT */
/* JSON as it is written. Owns commas, indentation and escapes; reading is syntax/json. */
#include "text/json_out.h"

#include "base/clock.h"
#include "text/date.h"
#include "text/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void json_begin(struct json_out *j, struct buf *out, bool indent)
{
	*j = (struct json_out){.out = out, .indent = indent};
}

static void newline(struct json_out *j)
{
	if (!j->indent)
		return;
	(void)buf_addc(j->out, '\n');
	(void)buf_fill(j->out, ' ', 2 * (size_t)j->depth);
}

/* Writes the escape of a control character, quote or backslash. */
static void put_escape(struct buf *out, unsigned char c)
{
	static const char shorts[][2] = {
	    {'"', '"'}, {'\\', '\\'}, {'\n', 'n'}, {'\t', 't'}, {'\r', 'r'}, {'\b', 'b'}, {'\f', 'f'}};

	for (size_t i = 0; i < ARRAY_LEN(shorts); i++)
		if (c == (unsigned char)shorts[i][0]) {
			(void)buf_addc(out, '\\');
			(void)buf_addc(out, shorts[i][1]);
			return;
		}
	(void)buf_printf(out, "\\u%04x", c);
}

/* Controls, line separators and what cannot be UTF-8 never stand raw in the output. */
static void put_wide(struct buf *out, struct str s, size_t *at)
{
	size_t start = *at;
	uint32_t cp = utf8_next(s, at);

	if ((cp >= 0x80 && cp < 0xA0) || cp == 0x2028 || cp == 0x2029)
		(void)buf_printf(out, "\\u%04x", (unsigned)cp);
	else if (cp == CP_REPLACEMENT)
		(void)buf_adds(out, "\xEF\xBF\xBD");
	else
		(void)buf_add(out, s.p + start, *at - start);
}

static void put_string(struct buf *out, struct str s)
{
	size_t from = 0, at = 0;

	(void)buf_addc(out, '"');
	while (at < s.len) {
		unsigned char c = (unsigned char)s.p[at];

		if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
			at++;
			continue;
		}
		(void)buf_add(out, s.p + from, at - from);
		if (c < 0x80) {
			put_escape(out, c);
			at++;
		} else {
			put_wide(out, s, &at);
		}
		from = at;
	}
	(void)buf_add(out, s.p + from, at - from);
	(void)buf_addc(out, '"');
}

/* What stands before a value: the comma, the place, the key. */
static void lead(struct json_out *j, const char *key)
{
	if (j->need_comma)
		(void)buf_addc(j->out, ',');
	if (j->depth > 0)
		newline(j);
	if (key) {
		put_string(j->out, str_c(key));
		(void)buf_adds(j->out, j->indent ? ": " : ":");
	}
	j->need_comma = true;
}

static void begin(struct json_out *j, const char *key, char bracket)
{
	lead(j, key);
	(void)buf_addc(j->out, bracket);
	j->depth++;
	j->need_comma = false;
}

static void end(struct json_out *j, char bracket)
{
	bool empty = !j->need_comma;

	j->depth--;
	if (!empty)
		newline(j);
	(void)buf_addc(j->out, bracket);
	j->need_comma = true;
	if (j->depth == 0 && j->indent)
		(void)buf_addc(j->out, '\n');
}

void json_object(struct json_out *j, const char *key)
{
	begin(j, key, '{');
}

void json_array(struct json_out *j, const char *key)
{
	begin(j, key, '[');
}

void json_end_object(struct json_out *j)
{
	end(j, '}');
}

void json_end_array(struct json_out *j)
{
	end(j, ']');
}

void json_str(struct json_out *j, const char *key, struct str v)
{
	lead(j, key);
	if (v.p)
		put_string(j->out, v);
	else
		(void)buf_adds(j->out, "null");
}

void json_str_if(struct json_out *j, const char *key, struct str v)
{
	if (v.len > 0)
		json_str(j, key, v);
}

void json_int(struct json_out *j, const char *key, int64_t v)
{
	lead(j, key);
	(void)buf_printf(j->out, "%" PRId64, v);
}

void json_num(struct json_out *j, const char *key, double v)
{
	char text[40];

	lead(j, key);
	if (!isfinite(v)) {
		(void)buf_adds(j->out, "null");
		return;
	}
	/* The shortest of the usual precisions that reads back as the same number. */
	for (int digits = 6; digits <= 17; digits += digits < 15 ? 9 : 1) {
		(void)snprintf(text, sizeof text, "%.*g", digits, v);
		if (strtod(text, NULL) >= v && strtod(text, NULL) <= v)
			break;
	}
	for (char *p = text; *p; p++)
		if (*p == ',') /* the decimal sign of the locale */
			*p = '.';
	(void)buf_adds(j->out, text);
}

void json_bool(struct json_out *j, const char *key, bool v)
{
	lead(j, key);
	(void)buf_adds(j->out, v ? "true" : "false");
}

void json_null(struct json_out *j, const char *key)
{
	lead(j, key);
	(void)buf_adds(j->out, "null");
}

void json_time(struct json_out *j, const char *key, int64_t t)
{
	json_time_zone(j, key, t, 0);
}

void json_time_zone(struct json_out *j, const char *key, int64_t t, int zone_min)
{
	if (t == TIME_NONE) {
		json_null(j, key);
		return;
	}
	lead(j, key);
	(void)buf_addc(j->out, '"');
	(void)date_rfc3339_zone(j->out, t, zone_min);
	(void)buf_addc(j->out, '"');
}
