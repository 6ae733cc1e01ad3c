/* SPDX-License-Identifier: MIT */
/* References and forbidden characters in texts and values, and the entities that a document declares itself.
 * A document type is read here and never reaches the parser: no outside entity, no default attribute, no
 * growth beyond the budget. */
#include "base/eight.h"
#include "syntax/charref.h"
#include "syntax/xml_priv.h"
#include "text/utf8.h"

#include <string.h>

#define MAX_NESTED 8

enum { OK, AMP, LT, CONTROL, HIGH };
static const unsigned char classes[256] = {
    ['&'] = AMP,
    ['<'] = LT,
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

/* Text as it may stand in a value. */
static void add_escaped(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		switch (text.p[i]) {
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
			(void)buf_addc(out, text.p[i]);
		}
	}
}

/* Puts plain text in the place of in.p[from, to). */
static void replace(struct repair *r, size_t from, size_t to, struct str with, enum repair_where where)
{
	if (where == IN_ATTR) {
		SCOPED(buf) struct buf b = BUF_INIT;
		add_escaped(&b, with);
		repair_cut(r, from, to, buf_str(&b));
		return;
	}
	(void)buf_add(&r->held, r->in.p + r->held_from, from - r->held_from);
	(void)buf_addstr(&r->held, with);
	r->held_from = to;
}

/* The same with one character; 0: none. */
static void replace_cp(struct repair *r, size_t from, size_t to, uint32_t cp, enum repair_where where)
{
	char c[4];

	replace(r, from, to, str_n(c, cp ? (size_t)utf8_put(c, cp) : 0), where);
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

/* Appends an entity's text; markup in it is text. */
static void expand(struct repair *r, struct buf *out, struct str value, unsigned nested)
{
	for (size_t i = 0; i < value.len && r->budget > 0;) {
		uint32_t cp;
		size_t len = value.p[i] == '&' ? charref_read_number(value, i, &cp) : 0;
		size_t name = value.p[i] == '&' ? repair_name_len(value, i + 1) : 0;
		const struct xml_entity *e;
		if (len) {
			(void)(cp && buf_addcp(out, cp));
			i += len;
		} else if (name && (e = declared(r, str_sub(value, i + 1, name))) != NULL) {
			if (nested < MAX_NESTED && spend(r, 1))
				expand(r, out, e->value, nested + 1);
			i += name + 2;
		} else if (name && (cp = charref_named(str_sub(value, i + 1, name), NULL)) != 0) {
			(void)buf_addcp(out, cp);
			i += name + 2;
		} else {
			cp = utf8_next(value, &i);
			(void)(cp && buf_addcp(out, cp));
		}
		if (!spend(r, 1))
			return;
	}
}

/* The five of XML; 0: none of them. */
static char builtin(struct str name)
{
	static const struct {
		const char *name;
		char c;
	} all[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (str_eqc(name, all[i].name))
			return all[i].c;
	return 0;
}

/* A named reference at `at`; its length, 0 when XML and HTML know none such. */
static size_t named_ref(struct repair *r, size_t at, enum repair_where where)
{
	size_t len = repair_name_len(r->in, at + 1);
	struct str name = str_sub(r->in, at + 1, len);
	SCOPED(buf) struct buf b = BUF_INIT;
	const struct xml_entity *e;
	uint32_t cp;

	if (len == 0 || at + 1 + len >= r->in.len || r->in.p[at + 1 + len] != ';')
		return 0;
	e = declared(r, name);
	if (e) {
		expand(r, &b, e->value, 0);
		replace(r, at, at + len + 2, buf_str(&b), where);
		return len + 2;
	}
	cp = (unsigned char)builtin(name);
	if (cp && where == IN_ATTR)
		return len + 2;
	if (!cp && (cp = charref_named(name, NULL)) != 0)
		r->mended |= XML_ENTITY;
	if (!cp)
		return 0;
	replace_cp(r, at, at + len + 2, cp, where);
	return len + 2;
}

static size_t number_ref(struct repair *r, size_t at, enum repair_where where)
{
	uint32_t cp;
	size_t len = charref_read_number(r->in, at, &cp);

	if (len == 0)
		return 0;
	if (cp == 0 || cp == CP_REPLACEMENT)
		r->mended |= XML_CONTROL;
	replace_cp(r, at, at + len, cp, where);
	return len;
}

static size_t fix_amp(struct repair *r, size_t at, enum repair_where where)
{
	bool number = at + 1 < r->in.len && r->in.p[at + 1] == '#';
	size_t len = number ? number_ref(r, at, where) : named_ref(r, at, where);

	if (len)
		return len;
	r->mended |= XML_BARE_AMP;
	replace(r, at, at + 1, STR("&"), where);
	return 1;
}

/* Bytes at p that may stand anywhere, eight at a time: the last few are left to the caller. In a CDATA
 * section markup may stand too. */
static size_t quiet(const unsigned char *p, size_t len, bool cdata)
{
	size_t i = 0;

	for (; i + 8 <= len; i += 8) {
		uint64_t x = eight_at(p + i);
		uint64_t bad = eight_has(x, 0xEF) | eight_under(x, ' ');
		if (!cdata)
			bad |= eight_has(x, '&') | eight_has(x, '<');
		if (bad)
			return i + eight_first(bad);
	}
	return i;
}

static void mend(struct repair *r, size_t i, size_t end, enum repair_where where)
{
	const unsigned char *p = (const unsigned char *)r->in.p;

	while (i < end) {
		switch (classes[p[i]]) {
		case AMP:
			i += where == IN_CDATA ? 1 : fix_amp(r, i, where);
			continue;
		case LT:
			if (where == IN_ATTR)
				replace(r, i, i + 1, STR("<"), where);
			break;
		case CONTROL:
			r->mended |= XML_CONTROL;
			replace(r, i, i + 1, p[i] == 0 ? STR("\xEF\xBF\xBD") : STR(" "), where);
			break;
		case HIGH:
			if (i + 2 < end && p[i + 1] == 0xBF && p[i + 2] >= 0xBE)
				replace(r, i, i + 3, STR("\xEF\xBF\xBD"), where);
			break;
		default:
			i += 1 + quiet(p + i + 1, end - i - 1, where == IN_CDATA);
			continue;
		}
		i++;
	}
}

void repair_value(struct repair *r, size_t end)
{
	mend(r, r->at, end, IN_ATTR);
	r->at = end;
}

struct str repair_text(struct repair *r, size_t from, size_t end, enum repair_where where)
{
	buf_truncate(&r->held, 0);
	r->held_from = from;
	mend(r, from, end, where);
	if (r->held_from == from)
		return str_sub(r->in, from, end - from);
	(void)buf_add(&r->held, r->in.p + r->held_from, end - r->held_from);
	return arena_str(r->a, buf_str(&r->held));
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
