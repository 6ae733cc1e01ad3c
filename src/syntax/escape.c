/* SPDX-License-Identifier: MIT */
/* Owns the text between the tags: HTML's references decoded, its special characters escaped. */
#include "syntax/escape.h"

#include "base/eight.h"
#include "syntax/charref.h"

static void add_char(struct buf *out, uint32_t cp)
{
	if (cp == '&')
		(void)buf_adds(out, "&amp;");
	else if (cp == '<')
		(void)buf_adds(out, "&lt;");
	else if (cp == '>')
		(void)buf_adds(out, "&gt;");
	else if (cp == '"')
		(void)buf_adds(out, "&quot;");
	else if (cp)
		(void)buf_addcp(out, cp);
}

static bool is_special(char c)
{
	return c == '&' || c == '<' || c == '>' || c == '"';
}

/* Bytes at the start of which none is special, eight at a time. */
static size_t plain_text(struct str text)
{
	size_t i = 0;

	for (; i + 8 <= text.len; i += 8) {
		uint64_t x = eight_at(text.p + i);
		uint64_t bad = eight_has(x, '&') | eight_has(x, '<') | eight_has(x, '>') | eight_has(x, '"');
		if (bad)
			return i + eight_first(bad);
	}
	return i;
}

bool escape_add(struct buf *out, struct str text, unsigned form)
{
	size_t from = 0;

	for (size_t i = 0; i < text.len;) {
		uint32_t cp = (unsigned char)text.p[i];
		size_t len = 1;
		if (!is_special(text.p[i]) || (text.p[i] != '&' && !(form & ESCAPE_MARKUP))) {
			i += 1 + plain_text(str_skip(text, i + 1));
			continue;
		}
		if (text.p[i] == '&' && !(form & ESCAPE_RAW)) {
			len = charref_read(text, i, form & ESCAPE_VALUE, &cp);
			if (len == 0)
				len = 1;
		}
		if (text.p[i] == '"' && !(form & ESCAPE_VALUE)) {
			i++;
			continue;
		}
		(void)buf_add(out, text.p + from, i - from);
		if (form & ESCAPE_MARKUP)
			add_char(out, cp);
		else if (cp)
			(void)buf_addcp(out, cp);
		i += len;
		from = i;
	}
	return buf_add(out, text.p + from, text.len - from);
}

bool html_escape(struct buf *out, struct str text)
{
	return escape_add(out, text, ESCAPE_MARKUP | ESCAPE_VALUE | ESCAPE_RAW);
}

bool html_unescape(struct buf *out, struct str text)
{
	return escape_add(out, text, 0);
}
