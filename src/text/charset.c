/* SPDX-License-Identifier: MIT */
/* From the bytes of a document to UTF-8. Owns the choice of the encoding and the converters; UTF-8, UTF-16,
 * UTF-32 and windows-1252, which must work whatever iconv has, are decoded here. */
#include "text/charset.h"

#include "text/charset_guess.h"
#include "text/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#define DECLARATION_BYTES 1024 /* how far a declaration is looked for */

struct charset_row {
	const char *name, *labels;
};

static const struct charset_row rows[] = {
#define CHARSET(name, labels) {name, labels},
#include "text/charset_labels.def"
};

/* Where a row of the table has a converter of its own in iconv. */
#define ROW_UTF8 0
#define ROW_1252 1

/* Opened once per process and never changed by anyone but charset_open_all() and charset_close_all(). */
static struct {
	bool open;
	iconv_t cd[ARRAY_LEN(rows)];
} converters;

static const iconv_t no_iconv = (iconv_t)-1;

/* Index of a label's row, or -1. */
static int row_of(struct str label)
{
	label = str_trim(label);
	while (label.len > 0 && (label.p[0] == '"' || label.p[0] == '\''))
		label = str_skip(label, 1);
	while (label.len > 0 && strchr("\"';, ", label.p[label.len - 1]))
		label.len--;
	for (size_t i = 0; i < ARRAY_LEN(rows) && label.len > 0; i++) {
		struct str rest = str_c(rows[i].labels), one;

		while (str_split(&rest, ' ', &one))
			if (str_eq_nocase(one, label))
				return (int)i;
	}
	return -1;
}

static bool is_unicode(int row)
{
	return row == ROW_UTF8 || strncmp(rows[row].name, "UTF-", 4) == 0;
}

void charset_open_all(void)
{
	if (converters.open)
		return;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		converters.cd[i] =
		    is_unicode((int)i) || i == ROW_1252 ? no_iconv : iconv_open("UTF-8", rows[i].name);
	converters.open = true;
}

void charset_close_all(void)
{
	if (!converters.open)
		return;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (converters.cd[i] != no_iconv)
			(void)iconv_close(converters.cd[i]);
	converters.open = false;
}

struct str charset_param(struct str content_type)
{
	struct str part;

	(void)str_split(&content_type, ';', &part);
	while (str_split(&content_type, ';', &part)) {
		struct str name;

		part = str_trim(part);
		if (str_chr(part, '=') < 0)
			continue;
		(void)str_split(&part, '=', &name);
		if (!str_eq_nocase(str_trim(name), STR("charset")))
			continue;
		part = str_trim(part);
		while (part.len > 0 && (part.p[0] == '"' || part.p[0] == '\''))
			part = str_skip(part, 1);
		while (part.len > 0 && (part.p[part.len - 1] == '"' || part.p[part.len - 1] == '\''))
			part.len--;
		return part.len > 0 ? part : STR_NONE;
	}
	return STR_NONE;
}

/* What windows-1252 has at 0x80 to 0x9F; 0: nothing. */
static const uint16_t high_1252[32] = {
    0x20AC,
    0,
    0x201A,
    0x0192,
    0x201E,
    0x2026,
    0x2020,
    0x2021,
    0x02C6,
    0x2030,
    0x0160,
    0x2039,
    0x0152,
    0,
    0x017D,
    0,
    0,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
    0x2022,
    0x2013,
    0x2014,
    0x02DC,
    0x2122,
    0x0161,
    0x203A,
    0x0153,
    0,
    0x017E,
    0x0178,
};

static bool from_1252(struct buf *out, struct str s)
{
	for (size_t i = 0, from = 0; i <= s.len; i++) {
		unsigned char c = i < s.len ? (unsigned char)s.p[i] : 0x80;

		if (c < 0x80)
			continue;
		if (!buf_add(out, s.p + from, i - from))
			return false;
		from = i + 1;
		if (i == s.len)
			break;
		if (!buf_addcp(out, c >= 0xA0             ? c
		                    : high_1252[c - 0x80] ? high_1252[c - 0x80]
		                                          : CP_REPLACEMENT))
			return false;
	}
	return true;
}

static uint32_t unit_at(const unsigned char *p, size_t size, bool big)
{
	uint32_t v = 0;

	for (size_t i = 0; i < size; i++)
		v = v << 8 | p[big ? i : size - 1 - i];
	return v;
}

/* UTF-16 (size 2) and UTF-32 (size 4). */
static bool from_wide(struct buf *out, struct str s, size_t size, bool big)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;

	for (; i + size <= s.len; i += size) {
		uint32_t cp = unit_at(p + i, size, big);

		if (size == 2 && cp >= 0xD800 && cp < 0xDC00 && i + 4 <= s.len) {
			uint32_t low = unit_at(p + i + 2, 2, big);

			if (low >= 0xDC00 && low < 0xE000) {
				cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			}
		}
		if (!buf_addcp(out, cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000) ? CP_REPLACEMENT : cp))
			return false;
	}
	return i == s.len || buf_addcp(out, CP_REPLACEMENT);
}

/* Any other encoding, by iconv; a bad byte becomes one U+FFFD. *bad counts them. */
static bool from_iconv(struct buf *out, struct str s, iconv_t cd, size_t *bad)
{
	char *in = (char *)(uintptr_t)s.p; /* iconv(3) takes char ** and does not write to it */
	size_t left = s.len;

	(void)iconv(cd, NULL, NULL, NULL, NULL);
	while (left > 0) {
		size_t room, done;
		char *to;

		if (!buf_reserve(out, left < 32 ? 64 : left + left / 2))
			return false;
		room = out->cap - out->len - 1;
		to = out->data + out->len;
		done = iconv(cd, &in, &left, &to, &room);
		out->len = (size_t)(to - out->data);
		out->data[out->len] = '\0';
		if (done != (size_t)-1 || left == 0)
			continue;
		if (errno == E2BIG)
			continue;
		in++;
		left--;
		(*bad)++;
		if (!buf_addcp(out, CP_REPLACEMENT))
			return false;
	}
	return true;
}

static bool from_row(struct buf *out, struct str s, int row, size_t *bad)
{
	const char *name = rows[row].name;
	iconv_t cd;
	bool ok;

	*bad = 0;
	if (row == ROW_UTF8)
		return utf8_repair(out, s);
	if (row == ROW_1252)
		return from_1252(out, s);
	if (is_unicode(row))
		return from_wide(out, s, name[4] == '1' ? 2 : 4, name[6] == 'B');
	cd = converters.open ? converters.cd[row] : iconv_open("UTF-8", name);
	if (cd == no_iconv) {
		*bad = s.len;
		return from_1252(out, s);
	}
	ok = from_iconv(out, s, cd, bad);
	if (!converters.open)
		(void)iconv_close(cd);
	return ok;
}

/* Sequences beyond ASCII that are well-formed, and bytes that are part of none. */
static void count_utf8(struct str s, size_t *good, size_t *bad)
{
	*good = *bad = 0;
	for (size_t at = 0; at < s.len;) {
		size_t start = at;

		if ((unsigned char)s.p[at] < 0x80) {
			at++;
			continue;
		}
		if (utf8_next(s, &at) == CP_REPLACEMENT && at - start == 1)
			(*bad)++;
		else
			(*good)++;
	}
}

/* The row that a byte order mark names, and its length. */
static int row_of_bom(struct str s, size_t *len)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *label;
	} boms[] = {
	    {"\xEF\xBB\xBF", 3, "utf-8"},
	    {"\xFF\xFE\0\0", 4, "utf-32le"},
	    {"\0\0\xFE\xFF", 4, "utf-32be"},
	    {"\xFE\xFF", 2, "utf-16be"},
	    {"\xFF\xFE", 2, "utf-16le"},
	};

	for (size_t i = 0; i < ARRAY_LEN(boms); i++)
		if (s.len >= boms[i].len && memcmp(s.p, boms[i].bytes, boms[i].len) == 0) {
			*len = boms[i].len;
			return row_of(str_c(boms[i].label));
		}
	return -1;
}

/* Wide encodings without a mark show in the zeros of their first four bytes. */
static int row_of_zeros(struct str s)
{
	static const struct {
		unsigned zeros; /* bit i: byte i is zero */
		const char *label;
	} shapes[] = {{0xA, "utf-16le"}, {0x5, "utf-16be"}, {0xE, "utf-32le"}, {0x7, "utf-32be"}};
	unsigned zeros = 0;

	if (s.len < 4)
		return -1;
	for (size_t i = 0; i < 4; i++)
		zeros |= s.p[i] == 0 ? 1u << i : 0;
	for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
		if (zeros == shapes[i].zeros)
			return row_of(str_c(shapes[i].label));
	return -1;
}

/* The value behind `name` and "=" in the first bytes of s from `from`, quoted or not. */
static struct str value_of(struct str s, const char *name)
{
	ptrdiff_t at = str_find_nocase(s, name);
	size_t n = 0;

	if (at < 0)
		return STR_NONE;
	s = str_trim(str_skip(s, (size_t)at + strlen(name)));
	if (s.len == 0 || s.p[0] != '=')
		return STR_NONE;
	s = str_trim(str_skip(s, 1));
	if (s.len > 0 && (s.p[0] == '"' || s.p[0] == '\''))
		s = str_skip(s, 1);
	while (n < s.len && s.p[n] != '\0' && !strchr("\"'?>;/ \t\r\n", s.p[n]))
		n++;
	return str_sub(s, 0, n);
}

static int row_of_xml(struct str head)
{
	ptrdiff_t at = str_find(head, STR("<?xml")), end;

	if (at < 0)
		return -1;
	head = str_skip(head, (size_t)at);
	end = str_find(head, STR("?>"));
	return row_of(value_of(end >= 0 ? str_sub(head, 0, (size_t)end) : head, "encoding"));
}

static int row_of_meta(struct str head)
{
	ptrdiff_t at;

	while ((at = str_find_nocase(head, "<meta")) >= 0) {
		ptrdiff_t end;
		int row;

		head = str_skip(head, (size_t)at + 5);
		end = str_chr(head, '>');
		row = row_of(value_of(end >= 0 ? str_sub(head, 0, (size_t)end) : head, "charset"));
		if (row >= 0)
			return row;
	}
	return -1;
}

/* What the document or its sender says, or -1. */
static int row_stated(struct str bytes, struct str content_type, enum charset_kind kind)
{
	struct str head = str_sub(bytes, 0, DECLARATION_BYTES);
	int row = row_of(charset_param(content_type));

	if (kind == CHARSET_JSON)
		return -1;
	if (row < 0)
		row = row_of_xml(head);
	if (row < 0 && kind == CHARSET_HTML)
		row = row_of_meta(head);
	return row;
}

/* Bytes whose label does not hold, or has none: UTF-8 unless too much of it is broken, else what they look
 * like. */
static int row_guessed(struct str s)
{
	size_t good, bad;

	if (utf8_valid(s))
		return ROW_UTF8;
	count_utf8(s, &good, &bad);
	return bad == 0 || bad * 2 <= good ? ROW_UTF8 : row_of(str_c(charset_guess(s)));
}

/* From so many well-formed sequences on, and none ill-formed, a text is UTF-8 whatever its label says. For
 * Latin-1, in which two such letters in a row make no word, one is enough. */
static size_t proof_of_utf8(int row)
{
	return row == ROW_1252 ? 1 : 10;
}

/* Converts by the stated row, unless the bytes belie it. Returns the row taken. */
static int take_stated(struct buf *out, struct str s, int row, bool *ok)
{
	size_t start = out->len, good, bad, faults, high = 0;

	if (row == ROW_UTF8 && utf8_valid(s)) { /* the usual case, in one pass */
		*ok = buf_add(out, s.p, s.len);
		return row;
	}
	count_utf8(s, &good, &bad);
	if (is_unicode(row)) /* a wide label on a document of bytes lies */
		row = row_guessed(s);
	else if (bad == 0 && good >= proof_of_utf8(row))
		row = ROW_UTF8;
	*ok = from_row(out, s, row, &faults);
	if (faults == 0)
		return row;
	for (size_t i = 0; i < s.len; i++)
		high += (unsigned char)s.p[i] >= 0x80;
	/* Few faults are faults of the text, many are those of a wrong label. */
	if (bad > 0 && faults * 5 <= high)
		return row;
	buf_truncate(out, start);
	row = row_guessed(s);
	*ok = from_row(out, s, row, &faults);
	return row;
}

bool charset_to_utf8(struct buf *out, struct str bytes, struct str content_type, enum charset_kind kind,
    const char **used, bool *lied)
{
	size_t bom = 0, bad;
	int stated = -1, row = row_of_bom(bytes, &bom);
	bool ok;

	if (row < 0)
		row = row_of_zeros(bytes);
	if (row >= 0) {
		ok = from_row(out, str_skip(bytes, bom), row, &bad);
	} else {
		stated = row_stated(bytes, content_type, kind);
		if (stated >= 0) {
			row = take_stated(out, bytes, stated, &ok);
		} else {
			row = row_guessed(bytes);
			ok = from_row(out, bytes, row, &bad);
		}
	}
	if (used)
		*used = rows[row].name;
	if (lied)
		*lied = stated >= 0 && row != stated;
	return ok;
}
