/* SPDX-License-Identifier: MIT */
/* Pointers, alternatives and templates of a JSON mapping, and the addresses of further pages. */
#include "feed/jsonspec.h"

#include <string.h>

#include "base/buf.h"
#include "text/url.h"

#define MAX_TEXT ((size_t)4 << 20)
#define MAX_URL  ((size_t)16 << 10)

/* Cuts the next alternative off *spec. */
static bool next_choice(struct str *spec, struct str *choice)
{
	ptrdiff_t at;

	if (!spec->p)
		return false;
	at = str_find(*spec, STR(" // "));
	*choice = str_trim(at < 0 ? *spec : str_sub(*spec, 0, (size_t)at));
	*spec = at < 0 ? STR_NONE : str_skip(*spec, (size_t)at + 4);
	return true;
}

static bool is_pointer(struct str choice)
{
	return choice.len == 0 || choice.p[0] == '/';
}

/* A template gives nothing when one of its values is missing. */
static struct str fill(struct arena *a, const struct json *el, struct str template)
{
	SCOPED(buf) struct buf b = BUF_MAX(MAX_TEXT);

	while (template.len) {
		ptrdiff_t open = str_find(template, STR("{/"));
		ptrdiff_t close = open < 0 ? -1 : str_chr(str_skip(template, (size_t)open), '}');
		struct str value;
		if (close < 0) {
			(void)buf_addstr(&b, template);
			break;
		}
		(void)buf_add(&b, template.p, (size_t)open);
		value =
		    json_text(a, json_pointer(el, str_sub(template, (size_t)open + 1, (size_t)close - 1)));
		if (!value.len)
			return STR_NONE;
		(void)buf_addstr(&b, value);
		template = str_skip(template, (size_t)(open + close) + 1);
	}
	return arena_str(a, buf_str(&b));
}

struct str jsonspec_text(struct arena *a, const struct json *el, struct str spec)
{
	struct str choice, text = STR_NONE;

	while (!text.len && next_choice(&spec, &choice))
		text = is_pointer(choice) ? json_text(a, json_pointer(el, choice)) : fill(a, el, choice);
	return text.len ? text : STR_NONE;
}

static bool is_something(const struct json *v)
{
	enum json_kind kind = json_kind(v);

	if (kind == JSON_STRING)
		return json_string(v).len > 0;
	return kind != JSON_NONE && kind != JSON_NULL;
}

const struct json *jsonspec_value(const struct json *el, struct str spec)
{
	struct str choice;

	while (next_choice(&spec, &choice)) {
		const struct json *v = is_pointer(choice) && choice.len ? json_pointer(el, choice) : NULL;
		if (is_something(v))
			return v;
	}
	return NULL;
}

struct str jsonspec_fill_id(struct arena *a, struct str spec, struct str id)
{
	SCOPED(buf) struct buf b = BUF_MAX(MAX_URL);
	ptrdiff_t at = str_find(spec, STR("{id}"));

	if (at < 0 || !id.len)
		return STR_NONE;
	(void)buf_add(&b, spec.p, (size_t)at);
	(void)url_encode(&b, id);
	(void)buf_addstr(&b, str_skip(spec, (size_t)at + 4));
	return b.failed || !url_is_web(buf_str(&b)) ? STR_NONE : arena_str(a, buf_str(&b));
}

static bool is_param(struct str part, struct str param)
{
	return str_eq(part, param) || (part.len > param.len && part.p[param.len] == '=' &&
	                                  str_eq(str_sub(part, 0, param.len), param));
}

/* url's query without param: the rest goes to out; the value that stood there is given back. */
static struct str take_param(struct buf *out, struct str url, struct str param)
{
	ptrdiff_t hash = str_chr(url, '#');
	struct str rest = hash < 0 ? url : str_sub(url, 0, (size_t)hash), part, value = STR_NONE;
	ptrdiff_t mark = str_chr(rest, '?');
	char between = '?';

	(void)buf_addstr(out, mark < 0 ? rest : str_sub(rest, 0, (size_t)mark));
	rest = mark < 0 ? STR_NONE : str_skip(rest, (size_t)mark + 1);
	while (rest.len && str_split(&rest, '&', &part)) {
		if (is_param(part, param)) {
			value = str_skip(part, param.len + 1);
			continue;
		}
		(void)buf_addc(out, between);
		(void)buf_addstr(out, part);
		between = '&';
	}
	(void)buf_addc(out, between);
	return value;
}

struct str jsonspec_with_param(struct arena *a, struct str url, struct str param, struct str value)
{
	SCOPED(buf) struct buf b = BUF_MAX(MAX_URL);

	if (!url.len)
		return STR_NONE;
	(void)take_param(&b, url, param);
	(void)buf_addstr(&b, param);
	(void)buf_addc(&b, '=');
	(void)url_encode(&b, value);
	return b.failed ? STR_NONE : arena_str(a, buf_str(&b));
}

struct str jsonspec_next_number(
    struct arena *a, struct str url, struct str param, const struct json *root, double last)
{
	SCOPED(buf) struct buf rest = BUF_MAX(MAX_URL);
	struct str stated = take_param(&rest, url, param);
	double told = 1;
	int64_t page;
	bool from_reply = json_number(json_get(root, arena_cstr(a, param)), &told);

	/* A reply that counts from 0 has `last` pages, the last of them being last - 1. */
	if (!str_i64(stated, &page))
		page = told >= 0 && told < 1e6 ? (int64_t)told : 1;
	if (last > 0 && (double)page + 1 > (from_reply && page == 0 ? last - 1 : last))
		return STR_NONE;
	return jsonspec_with_param(a, url, param, str_c(arena_printf(a, "%lld", (long long)page + 1)));
}
