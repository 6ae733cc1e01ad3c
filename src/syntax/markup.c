/* SPDX-License-Identifier: MIT */
/* The tokenizer behind syntax/sanitize: no tree, no state but the place. */
#include "syntax/markup.h"

#include <string.h>

#include "syntax/html.h"

static size_t skip_space(struct str s, size_t at)
{
	while (at < s.len && ch_space((unsigned char)s.p[at]))
		at++;
	return at;
}

static bool is_name_char(char c)
{
	return !ch_space((unsigned char)c) && c != '>' && c != '/' && c != '<' && c != '=';
}

static size_t name_end(struct str in, size_t at)
{
	while (at < in.len && is_name_char(in.p[at]))
		at++;
	return at;
}

static size_t read_value(struct str in, size_t at, struct str *value)
{
	size_t end = at;

	if (at < in.len && (in.p[at] == '"' || in.p[at] == '\'')) {
		const char *close = memchr(in.p + at + 1, in.p[at], in.len - at - 1);
		/* A quote that nothing closes was forgotten before the end of the tag. */
		const char *gt = close ? NULL : memchr(in.p + at, '>', in.len - at);
		end = close ? (size_t)(close - in.p) : gt ? (size_t)(gt - in.p) : in.len;
		*value = str_sub(in, at + 1, end - at - 1);
		return close ? end + 1 : end;
	}
	while (end < in.len && !ch_space((unsigned char)in.p[end]) && in.p[end] != '>')
		end++;
	*value = str_sub(in, at, end - at);
	return end;
}

static size_t read_attr(struct markup *m, size_t at)
{
	struct markup_attr a = {.value = STR("")};
	size_t end = name_end(m->in, at), eq;

	if (end == at)
		return at + 1;
	a.name = str_sub(m->in, at, end - at);
	eq = skip_space(m->in, end);
	if (eq < m->in.len && m->in.p[eq] == '=')
		end = read_value(m->in, skip_space(m->in, eq + 1), &a.value);
	if (m->n_attrs < MARKUP_MAX_ATTRS)
		m->attrs[m->n_attrs++] = a;
	return end;
}

static unsigned tag_at(struct str in, size_t at)
{
	return tag_of_name(str_sub(in, at, name_end(in, at) - at));
}

/* A tag whose name begins at `at`. A tag that the end of the text cuts off is no text either. */
static void read_tag(struct markup *m, size_t at)
{
	size_t end = name_end(m->in, at);

	m->name = str_sub(m->in, at, end - at);
	m->tag = tag_of_name(m->name);
	m->n_attrs = 0;
	m->self_closed = false;
	for (;;) {
		end = skip_space(m->in, end);
		if (end >= m->in.len || m->in.p[end] == '>')
			break;
		m->self_closed = m->in.p[end] == '/' && end + 1 < m->in.len && m->in.p[end + 1] == '>';
		end = read_attr(m, end);
	}
	m->at = end < m->in.len ? end + 1 : m->in.len;
	if (end >= m->in.len) {
		m->kind = MARKUP_OTHER;
		m->text = STR("");
	}
}

/* Place of `what`, the length of the text when it is not there; *behind is where to go on. */
static size_t find_from(struct str in, size_t at, const char *what, size_t *behind)
{
	size_t len = strlen(what);

	while (at + len <= in.len) {
		const char *p = memchr(in.p + at, what[0], in.len - at - len + 1);
		if (!p)
			break;
		at = (size_t)(p - in.p);
		if (memcmp(p, what, len) == 0) {
			*behind = at + len;
			return at;
		}
		at++;
	}
	*behind = in.len;
	return in.len;
}

static bool holds_tag(struct str s)
{
	for (ptrdiff_t i; (i = str_chr(s, '<')) >= 0;) {
		s = str_skip(s, (size_t)i + 1);
		if (s.len && (ch_alpha((unsigned char)s.p[0]) || s.p[0] == '/'))
			return true;
	}
	return false;
}

/* A section whose content begins at `at`. Feeds wrap HTML in CDATA once too often: what holds tags is markup.
 */
static void read_cdata(struct markup *m, size_t at)
{
	size_t behind, end;

	m->at = at;
	if (m->cdata_end)
		return;
	end = find_from(m->in, at, "]]>", &behind);
	if (holds_tag(str_sub(m->in, at, end - at))) {
		m->cdata_end = end;
		return;
	}
	m->text = str_sub(m->in, at, end - at);
	m->at = behind;
}

static void read_other(struct markup *m)
{
	struct str rest = str_skip(m->in, m->at);
	size_t from = m->at;

	m->kind = MARKUP_OTHER;
	m->text = STR("");
	if (str_starts(rest, "<![CDATA[")) {
		read_cdata(m, from + 9);
	} else if (str_starts(rest, "<!--")) {
		if (!m->no_comment_end)
			m->no_comment_end = find_from(m->in, from + 4, "-->", &m->at) == m->in.len;
		if (m->no_comment_end)
			(void)find_from(m->in, from, ">", &m->at);
	} else {
		(void)find_from(m->in, from, ">", &m->at);
	}
}

/* "a<b" is no tag for want of its end; one with attributes was cut off. */
static bool is_comparison(const struct markup *m, size_t at)
{
	return m->known_only && at >= m->last_gt && at >= m->last_equals;
}

/* What a < at `at` begins. */
static enum markup_kind kind_at(const struct markup *m, size_t at)
{
	struct str in = m->in;
	char c = at + 1 < in.len ? in.p[at + 1] : ' ';
	size_t name = at + 1 + (c == '/');

	if (ch_alpha((unsigned char)c) || c == '/') {
		if (name >= in.len || !ch_alpha((unsigned char)in.p[name]) ||
		    (m->known_only && tag_at(in, name) == TAG_OTHER) || is_comparison(m, at))
			return MARKUP_TEXT;
		return c == '/' ? MARKUP_END : MARKUP_START;
	}
	if (c != '!' && c != '?')
		return MARKUP_TEXT;
	return at < m->last_gt || str_starts(str_skip(in, at), "<!--") ? MARKUP_OTHER : MARKUP_TEXT;
}

static size_t text_end(const struct markup *m, size_t at)
{
	struct str in = m->cdata_end ? str_sub(m->in, 0, m->cdata_end) : m->in;

	while (at < in.len) {
		const char *lt = memchr(in.p + at, '<', in.len - at);
		if (!lt)
			return in.len;
		at = (size_t)(lt - in.p);
		if (kind_at(m, at) != MARKUP_TEXT)
			return at;
		at++;
	}
	return at;
}

bool markup_next(struct markup *m)
{
	size_t from, end;

	if (m->cdata_end && m->at >= m->cdata_end) {
		m->at += m->at == m->cdata_end ? 3 : 0;
		m->cdata_end = 0;
	}
	from = m->at;
	if (from >= m->in.len)
		return false;
	if (from == 0) {
		const char *gt = memrchr(m->in.p, '>', m->in.len);
		const char *equals = memrchr(m->in.p, '=', m->in.len);
		m->last_gt = gt ? (size_t)(gt - m->in.p) : 0;
		m->last_equals = equals ? (size_t)(equals - m->in.p) : 0;
	}
	end = text_end(m, from);
	if (end > from) {
		m->kind = MARKUP_TEXT;
		m->text = str_sub(m->in, from, end - from);
		m->at = end;
	} else {
		m->kind = kind_at(m, from);
		if (m->kind == MARKUP_OTHER)
			read_other(m);
		else
			read_tag(m, from + (m->kind == MARKUP_END ? 2 : 1));
	}
	m->raw = str_sub(m->in, from, m->at - from);
	return true;
}

/* Where "</name" begins, from the present place on; the length of the text when nowhere. */
static size_t raw_end(const struct markup *m, struct str name)
{
	size_t at = m->at;

	while (at < m->in.len) {
		const char *lt = memchr(m->in.p + at, '<', m->in.len - at);
		if (!lt)
			break;
		at = (size_t)(lt - m->in.p);
		if (at + 1 < m->in.len && m->in.p[at + 1] == '/' &&
		    str_eq_nocase(str_sub(m->in, at + 2, name.len), name))
			return at;
		at++;
	}
	return m->in.len;
}

void markup_skip_raw(struct markup *m, struct str name)
{
	size_t behind;

	m->at = raw_end(m, name);
	(void)find_from(m->in, m->at, ">", &behind);
	m->at = behind;
}

bool markup_has_end(const struct markup *m, struct str name)
{
	return raw_end(m, name) < m->in.len;
}
