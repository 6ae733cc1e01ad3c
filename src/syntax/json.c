/* SPDX-License-Identifier: MIT */
/* The guard before cJSON, and look-ups on its tree. struct json is cJSON's own value, which nothing outside
 * sees. */
#include "syntax/json.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/eight.h"
#include "base/i18n.h"
#include "text/utf8.h"

#define MAX_EXACT_DIGITS 15

static const cJSON *value(const struct json *v)
{
	return (const cJSON *)v;
}

static const struct json *give(const cJSON *v)
{
	return (const struct json *)v;
}

struct walk {
	struct str in;
	size_t at;
	struct buf *out;
	unsigned depth;
	size_t values;
};

static bool read_hex4(struct str s, size_t at, uint32_t *n)
{
	*n = 0;
	for (size_t i = at; i < at + 4; i++) {
		int digit = i < s.len ? ch_hex((unsigned char)s.p[i]) : -1;
		if (digit < 0)
			return false;
		*n = *n * 16 + (uint32_t)digit;
	}
	return true;
}

/* An escape at `at`: one that stands for NUL or for half a character becomes U+FFFD. */
static void take_escape(struct walk *w)
{
	struct str in = w->in;
	size_t at = w->at, len = 2;
	uint32_t n, low;
	bool bad = false;

	if (at + 1 < in.len && in.p[at + 1] == 'u' && read_hex4(in, at + 2, &n)) {
		len = 6;
		bad = n == 0 || (n >= 0xDC00 && n <= 0xDFFF);
		if (n >= 0xD800 && n <= 0xDBFF) {
			bad = !(str_starts(str_skip(in, at + 6), "\\u") && read_hex4(in, at + 8, &low) &&
			        low >= 0xDC00 && low <= 0xDFFF);
			len = bad ? 6 : 12;
		}
	}
	if (len > in.len - at)
		len = in.len - at;
	if (bad)
		(void)buf_adds(w->out, "\\uFFFD");
	else
		(void)buf_addstr(w->out, str_sub(in, at, len));
	w->at += len;
}

/* Bytes at the start of which none ends a run of a string, eight at a time. */
static size_t quiet(struct str s)
{
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8) {
		uint64_t x = eight_at(s.p + i);
		uint64_t bad = eight_has(x, '"') | eight_has(x, '\\') | eight_zero(x);
		if (bad)
			return i + eight_first(bad);
	}
	return i;
}

static void take_string(struct walk *w)
{
	size_t from = w->at++;

	w->at += quiet(str_skip(w->in, w->at));
	while (w->at < w->in.len && w->in.p[w->at] != '"') {
		if (w->in.p[w->at] == '\\') {
			(void)buf_add(w->out, w->in.p + from, w->at - from);
			take_escape(w);
			from = w->at;
		} else if (w->in.p[w->at] == 0) {
			(void)buf_add(w->out, w->in.p + from, w->at - from);
			(void)buf_addcp(w->out, CP_REPLACEMENT);
			from = ++w->at;
		} else {
			w->at++;
			w->at += quiet(str_skip(w->in, w->at));
		}
	}
	if (w->at < w->in.len)
		w->at++;
	(void)buf_add(w->out, w->in.p + from, w->at - from);
}

/* An id of more digits than a double keeps is read as text. */
static void take_number(struct walk *w)
{
	size_t from = w->at, digits = 0;
	bool whole = true;

	while (
	    w->at < w->in.len && (ch_alnum((unsigned char)w->in.p[w->at]) || strchr("+-.", w->in.p[w->at]))) {
		if (ch_digit((unsigned char)w->in.p[w->at]))
			digits++;
		else if (w->at != from || w->in.p[from] != '-')
			whole = false;
		w->at++;
	}
	if (whole && digits > MAX_EXACT_DIGITS)
		(void)buf_printf(w->out, "\"%.*s\"", (int)(w->at - from), w->in.p + from);
	else
		(void)buf_add(w->out, w->in.p + from, w->at - from);
}

static bool guard(struct walk *w, struct err *err)
{
	while (w->at < w->in.len) {
		char c = w->in.p[w->at];
		if (c == '"') {
			take_string(w);
			continue;
		}
		if (c == '-' || ch_digit((unsigned char)c)) {
			take_number(w);
			continue;
		}
		if (c == '[' || c == '{')
			w->depth++;
		else if ((c == ']' || c == '}') && w->depth > 0)
			w->depth--;
		if (c == ',' || c == '[' || c == '{')
			w->values++;
		if (w->depth > JSON_MAX_DEPTH)
			return err_set(
			    err, ERR_LIMIT, _("JSON nested deeper than %d levels"), JSON_MAX_DEPTH);
		if (w->values > JSON_MAX_VALUES)
			return err_set(err, ERR_LIMIT, _("JSON with more than %d values"), JSON_MAX_VALUES);
		(void)buf_addc(w->out, c ? c : ' ');
		w->at++;
	}
	return true;
}

static void place(struct str text, const char *at, struct err *err)
{
	size_t end = at ? (size_t)(at - text.p) : 0;
	int line = 1, column = 1;

	for (size_t i = 0; i < end && i < text.len; i++) {
		column++;
		if (text.p[i] == '\n') {
			line++;
			column = 1;
		}
	}
	err_place(err, NULL, line, column);
}

/* A whole object or array with something behind it: what stands first is taken. */
static cJSON *without_rest(const struct buf *text)
{
	cJSON *root = cJSON_ParseWithLengthOpts(buf_cstr(text), text->len + 1, NULL, false);
	if (root && !cJSON_IsObject(root) && !cJSON_IsArray(root)) {
		cJSON_Delete(root);
		return NULL;
	}
	return root;
}

struct json *json_parse(struct str utf8, bool *rest, struct err *err)
{
	SCOPED(buf) struct buf valid = BUF_MAX(utf8.len * 3 + 1);
	SCOPED(buf) struct buf out = BUF_MAX(utf8.len * 3 + 64);
	struct walk w = {.in = str_starts(utf8, "\xEF\xBB\xBF") ? str_skip(utf8, 3) : utf8, .out = &out};
	const char *end = NULL;
	cJSON *root;

	if (!utf8_valid(w.in)) {
		(void)utf8_repair(&valid, w.in);
		w.in = buf_str(&valid);
	}
	if (!buf_reserve(&out, w.in.len + 1) || !guard(&w, err))
		return NULL;
	if (out.failed) {
		err_set(err, ERR_LIMIT, _("JSON too large"));
		return NULL;
	}
	/* The length holds the NUL: cJSON then refuses anything behind the value. */
	root = cJSON_ParseWithLengthOpts(buf_cstr(&out), out.len + 1, &end, true);
	if (!root && rest)
		*rest = (root = without_rest(&out)) != NULL;
	if (!root) {
		err_set(err, ERR_INPUT, _("not valid JSON"));
		place(buf_str(&out), end, err);
	}
	return (struct json *)root;
}

void json_free(struct json *root)
{
	cJSON_Delete((cJSON *)root);
}

enum json_kind json_kind(const struct json *v)
{
	const cJSON *c = value(v);

	if (!c || cJSON_IsInvalid(c))
		return JSON_NONE;
	if (cJSON_IsString(c))
		return JSON_STRING;
	if (cJSON_IsNumber(c))
		return JSON_NUMBER;
	if (cJSON_IsArray(c))
		return JSON_ARRAY;
	if (cJSON_IsObject(c))
		return JSON_OBJECT;
	return cJSON_IsBool(c) ? JSON_BOOL : JSON_NULL;
}

static const struct json *member(const struct json *v, struct str key)
{
	const cJSON *found = NULL;

	if (json_kind(v) != JSON_OBJECT)
		return NULL;
	for (const cJSON *c = value(v)->child; c; c = c->next)
		if (c->string && str_eq(str_c(c->string), key))
			found = c;
	return give(found);
}

const struct json *json_get(const struct json *v, const char *key)
{
	return member(v, str_c(key));
}

const struct json *json_first(const struct json *v)
{
	enum json_kind kind = json_kind(v);

	return kind == JSON_ARRAY || kind == JSON_OBJECT ? give(value(v)->child) : NULL;
}

const struct json *json_next(const struct json *v)
{
	return v ? give(value(v)->next) : NULL;
}

struct str json_key(const struct json *v)
{
	return v ? str_c(value(v)->string) : STR_NONE;
}

size_t json_count(const struct json *v)
{
	size_t n = 0;

	for (const struct json *c = json_first(v); c; c = json_next(c))
		n++;
	return n;
}

struct str json_string(const struct json *v)
{
	return json_kind(v) == JSON_STRING ? str_c(value(v)->valuestring) : STR_NONE;
}

static struct str number_text(struct arena *a, double d)
{
	bool whole = d > -1e15 && d < 1e15 && d == (double)(int64_t)d;

	return str_c(whole ? arena_printf(a, "%lld", (long long)d) : arena_printf(a, "%.15g", d));
}

struct str json_text(struct arena *a, const struct json *v)
{
	switch (json_kind(v)) {
	case JSON_STRING:
		return json_string(v);
	case JSON_NUMBER:
		return number_text(a, value(v)->valuedouble);
	case JSON_BOOL:
		return json_true(v) ? STR("true") : STR("false");
	default:
		return STR_NONE;
	}
}

/* A decimal number without exponent, whatever the locale. */
static bool decimal(struct str s, double *out)
{
	double n = 0, unit = 1;
	size_t i = s.len && (s.p[0] == '-' || s.p[0] == '+'), start = i;
	bool fraction = false;

	for (; i < s.len; i++) {
		if (s.p[i] == '.' && !fraction) {
			fraction = true;
			continue;
		}
		if (!ch_digit((unsigned char)s.p[i]))
			return false;
		n = n * 10 + (s.p[i] - '0');
		if (fraction)
			unit *= 10;
	}
	*out = (s.len && s.p[0] == '-' ? -n : n) / unit;
	return i > start && s.len < 32;
}

bool json_number(const struct json *v, double *out)
{
	if (json_kind(v) == JSON_STRING)
		return decimal(str_trim(json_string(v)), out);
	if (json_kind(v) != JSON_NUMBER)
		return false;
	*out = value(v)->valuedouble;
	return true;
}

bool json_true(const struct json *v)
{
	return v && cJSON_IsTrue(value(v));
}

static const struct json *element(const struct json *v, struct str index)
{
	uint64_t n;
	const struct json *c;

	if (index.len == 0 || (index.len > 1 && index.p[0] == '0') || !ch_digit((unsigned char)index.p[0]) ||
	    !str_u64(index, &n))
		return NULL;
	for (c = json_first(v); c && n > 0; n--)
		c = json_next(c);
	return c;
}

static const struct json *step(const struct json *v, struct str token)
{
	char key[256];
	size_t n = 0;

	if (json_kind(v) == JSON_ARRAY)
		return element(v, token);
	for (size_t i = 0; i < token.len; i++) {
		char c = token.p[i];
		if (c == '~') {
			if (++i >= token.len || (token.p[i] != '0' && token.p[i] != '1'))
				return NULL;
			c = token.p[i] == '0' ? '~' : '/';
		}
		if (n + 1 >= sizeof key)
			return NULL;
		key[n++] = c;
	}
	key[n] = '\0';
	return member(v, str_n(key, n));
}

const struct json *json_pointer(const struct json *v, struct str pointer)
{
	struct str token;

	if (pointer.len == 0)
		return v;
	if (pointer.p[0] != '/')
		return NULL;
	pointer = str_skip(pointer, 1);
	for (;;) {
		ptrdiff_t slash = str_chr(pointer, '/');
		token = slash < 0 ? pointer : str_sub(pointer, 0, (size_t)slash);
		v = step(v, token);
		if (!v || slash < 0)
			return v;
		pointer = str_skip(pointer, (size_t)slash + 1);
	}
}
