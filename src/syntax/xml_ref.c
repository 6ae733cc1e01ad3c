/* SPDX-License-Identifier: MIT */
/* References and forbidden characters, and the entities that a document declares itself. A document type is
 * read here and never reaches the parser: no outside entity, no default attribute, no growth beyond the
 * budget. */
#include "base/eight.h"
#include "syntax/charref.h"
#include "syntax/xml_priv.h"
#include "text/utf8.h"

#include <string.h>

#define MAX_NESTED 8

enum { OK, AMP, LT, BRACKET, CONTROL, HIGH };
static const unsigned char classes[256] = {
    ['&'] = AMP,
    ['<'] = LT,
    [']'] = BRACKET,
    [0xEF] = HIGH,
    [0] = CONTROL,
    [1] = CONTROL,
    [2] = CONTROL,
    [3] = CONTROL,
    [4] = CONTROL,
    [5] = CONTROL,
    [6] = CONTROL,
    [7] = CONTROL,
    [8] = CONTROL,
    [11] = CONTROL,
    [12] = CONTROL,
    [14] = CONTROL,
    [15] = CONTROL,
    [16] = CONTROL,
    [17] = CONTROL,
    [18] = CONTROL,
    [19] = CONTROL,
    [20] = CONTROL,
    [21] = CONTROL,
    [22] = CONTROL,
    [23] = CONTROL,
    [24] = CONTROL,
    [25] = CONTROL,
    [26] = CONTROL,
    [27] = CONTROL,
    [28] = CONTROL,
    [29] = CONTROL,
    [30] = CONTROL,
    [31] = CONTROL,
};

/* A character as it may stand in text or in a value. */
static void add_char(struct buf *out, uint32_t cp)
{
	switch (cp) {
	case 0:
		break;
	case '&':
		(void)buf_adds(out, "&amp;");
		break;
	case '<':
		(void)buf_adds(out, "&lt;");
		break;
	case '>':
		(void)buf_adds(out, "&gt;");
		break;
	case '"':
		(void)buf_adds(out, "&quot;");
		break;
	case '\'':
		(void)buf_adds(out, "&apos;");
		break;
	default:
		(void)buf_addcp(out, cp);
	}
}

static const struct xml_entity *declared(const struct repair *r, struct str name)
{
	for (size_t i = 0; i < r->entities.n; i++)
		if (str_eq(r->entities.v[i].name, name))
			return &r->entities.v[i];
	return NULL;
}

static bool spend(struct repair *r, size_t n)
{
	r->budget = n < r->budget ? r->budget - n : 0;
	return r->budget > 0;
}

/* Appends an entity's text. Markup in it becomes text. */
static void expand(struct repair *r, struct buf *out, struct str value, unsigned nested)
{
	for (size_t i = 0; i < value.len && r->budget > 0;) {
		uint32_t cp;
		size_t len = value.p[i] == '&' ? charref_read_number(value, i, &cp) : 0;
		size_t name = value.p[i] == '&' ? repair_name_len(value, i + 1) : 0;
		const struct xml_entity *e;
		if (len) {
			add_char(out, cp);
			i += len;
		} else if (name && (e = declared(r, str_sub(value, i + 1, name))) != NULL) {
			if (nested < MAX_NESTED && spend(r, 1))
				expand(r, out, e->value, nested + 1);
			i += name + 2;
		} else if (name && (cp = charref_named(str_sub(value, i + 1, name), NULL)) != 0) {
			add_char(out, cp);
			i += name + 2;
		} else {
			add_char(out, utf8_next(value, &i));
		}
		if (!spend(r, 1))
			return;
	}
}

static bool is_builtin(struct str name)
{
	return str_eqc(name, "amp") || str_eqc(name, "lt") || str_eqc(name, "gt") || str_eqc(name, "quot") ||
	       str_eqc(name, "apos");
}

/* A named reference at `at`; its length, 0 when XML and HTML know none such. */
static size_t named_ref(struct repair *r, size_t at)
{
	size_t len = repair_name_len(r->in, at + 1);
	struct str name = str_sub(r->in, at + 1, len);
	SCOPED(buf) struct buf b = BUF_INIT;
	const struct xml_entity *e;
	uint32_t cp;

	if (len == 0 || at + 1 + len >= r->in.len || r->in.p[at + 1 + len] != ';')
		return 0;
	e = declared(r, name);
	if (!e && is_builtin(name))
		return len + 2;
	if (e) {
		expand(r, &b, e->value, 0);
	} else {
		cp = charref_named(name, NULL);
		if (!cp)
			return 0;
		r->mended |= XML_ENTITY;
		add_char(&b, cp);
	}
	repair_cut(r, at, at + len + 2, buf_str(&b));
	return len + 2;
}

static size_t number_ref(struct repair *r, size_t at)
{
	SCOPED(buf) struct buf b = BUF_INIT;
	uint32_t cp;
	size_t len = charref_read_number(r->in, at, &cp);

	if (len == 0)
		return 0;
	if (cp == 0 || cp == CP_REPLACEMENT)
		r->mended |= XML_CONTROL;
	add_char(&b, cp);
	repair_cut(r, at, at + len, buf_str(&b));
	return len;
}

static size_t fix_amp(struct repair *r, size_t at)
{
	size_t len = at + 1 < r->in.len && r->in.p[at + 1] == '#' ? number_ref(r, at) : named_ref(r, at);

	if (len)
		return len;
	r->mended |= XML_BARE_AMP;
	repair_cut(r, at, at + 1, STR("&amp;"));
	return 1;
}

/* Bytes at p of the class OK, eight at a time: the last few are left to the caller. */
static size_t quiet(const unsigned char *p, size_t len)
{
	size_t i = 0;

	for (; i + 8 <= len; i += 8) {
		uint64_t x = eight_at(p + i);
		uint64_t bad = eight_has(x, '&') | eight_has(x, '<') | eight_has(x, ']') |
		               eight_has(x, 0xEF) | eight_under(x, ' ');
		if (bad)
			return i + eight_first(bad);
	}
	return i;
}

void repair_text(struct repair *r, size_t end, enum repair_where where)
{
	const unsigned char *p = (const unsigned char *)r->in.p;
	size_t i = r->at;

	while (i < end) {
		switch (classes[p[i]]) {
		case AMP:
			i += where == IN_CDATA ? 1 : fix_amp(r, i);
			continue;
		case LT:
			if (where != IN_CDATA)
				repair_cut(r, i, i + 1, STR("&lt;"));
			break;
		case BRACKET:
			if (where == IN_TEXT && i + 2 < end && p[i + 1] == ']' && p[i + 2] == '>')
				repair_cut(r, i, i + 1, STR("&#93;"));
			break;
		case CONTROL:
			r->mended |= XML_CONTROL;
			repair_cut(r, i, i + 1, p[i] == 0 ? STR("\xEF\xBF\xBD") : STR(" "));
			break;
		case HIGH:
			if (i + 2 < end && p[i + 1] == 0xBF && p[i + 2] >= 0xBE)
				repair_cut(r, i, i + 3, STR("\xEF\xBF\xBD"));
			break;
		default:
			i += 1 + quiet(p + i + 1, end - i - 1);
			continue;
		}
		i++;
	}
	r->at = end;
}

static size_t skip_space(struct str s, size_t at)
{
	while (at < s.len && ch_space((unsigned char)s.p[at]))
		at++;
	return at;
}

/* "<!ENTITY name "value">" at `at`. Parameter entities are left alone; outside ones get no value. */
static void declare(struct repair *r, size_t at)
{
	size_t name = skip_space(r->in, at + 8), len = repair_name_len(r->in, name);
	size_t v = skip_space(r->in, name + len);
	struct xml_entity e = {.name = str_sub(r->in, name, len)};

	if (len == 0 || v >= r->in.len || r->entities.n >= XML_MAX_ENTITIES || declared(r, e.name))
		return;
	if (r->in.p[v] == '"' || r->in.p[v] == '\'') {
		ptrdiff_t n = str_chr(str_skip(r->in, v + 1), r->in.p[v]);
		if (n >= 0)
			e.value = str_sub(r->in, v + 1, (size_t)n);
	}
	vec_push(&r->entities, e);
}

/* The internal subset up to its ]; quotes are skipped whole, so that a > in them ends nothing. */
static size_t subset(struct repair *r, size_t at)
{
	while (at < r->in.len && r->in.p[at] != ']') {
		char c = r->in.p[at];
		if (c == '"' || c == '\'') {
			ptrdiff_t n = str_chr(str_skip(r->in, at + 1), c);
			at += n < 0 ? 1 : (size_t)n + 2;
			continue;
		}
		if (c == '<' && !r->no_comment_end && str_starts(str_skip(r->in, at), "<!--")) {
			ptrdiff_t n = str_find(str_skip(r->in, at), STR("-->"));
			r->no_comment_end = n < 0;
			at += n < 0 ? 4 : (size_t)n + 3;
			continue;
		}
		if (c == '<' && str_starts(str_skip(r->in, at), "<!ENTITY"))
			declare(r, at);
		at++;
	}
	return at < r->in.len ? at + 1 : at;
}

void repair_doctype(struct repair *r)
{
	size_t at = r->at + 9;

	while (at < r->in.len && r->in.p[at] != '>' && r->in.p[at] != '[' && r->in.p[at] != '<') {
		char c = r->in.p[at];
		ptrdiff_t n = c == '"' || c == '\'' ? str_chr(str_skip(r->in, at + 1), c) : -1;
		at += n < 0 ? 1 : (size_t)n + 2;
	}
	if (at < r->in.len && r->in.p[at] == '[')
		at = skip_space(r->in, subset(r, at + 1));
	if (at < r->in.len && r->in.p[at] == '>')
		at++;
	repair_cut(r, r->at, at, STR(""));
	r->at = at;
}
