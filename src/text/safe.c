/* SPDX-License-Identifier: MIT */
/* The door for foreign text. Owns what may stand in a string of the program; leaves what is displayed of it
 * to width.c. */
#include "text/safe.h"

#include "base/eight.h"
#include "text/utf8.h"

#include <string.h>

#define MARKS_MAX      16 /* combining marks on one base */
#define ZERO_WIDTH_MAX 8  /* invisible characters between two visible ones */

/* What a code point is to the cleaner. */
enum kind { KIND_BASE, KIND_SPACE, KIND_BREAK, KIND_MARK, KIND_ZERO, KIND_BAD, KIND_DROP };

struct cleaner {
	struct buf *out;
	enum safe_how how;
	unsigned marks, zeros;
	bool started; /* something visible was written */
	bool space;   /* a space waits for what comes after it */
};

static enum kind kind_low(uint32_t cp)
{
	if (cp == '\t' || cp == ' ' || cp == '\v' || cp == '\f')
		return KIND_SPACE;
	if (cp == '\n' || cp == '\r' || cp == 0x85)
		return KIND_BREAK;
	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return KIND_DROP;
	if (cp == 0xAD)
		return KIND_ZERO;
	return cp == 0xA0 ? KIND_SPACE : KIND_BASE;
}

/* U+2000 to U+206F: spaces, invisible characters and the controls of direction. */
static enum kind kind_general(uint32_t cp)
{
	if (cp <= 0x200A || cp == 0x202F || cp == 0x205F)
		return KIND_SPACE;
	if (cp <= 0x200F || (cp >= 0x2060 && cp <= 0x2065))
		return KIND_ZERO;
	if (cp == 0x2028 || cp == 0x2029)
		return KIND_BREAK;
	return (cp >= 0x202A && cp <= 0x202E) || cp >= 0x2066 ? KIND_DROP : KIND_BASE;
}

/* Jamo vowels and finals take no column of their own, like marks. */
static bool is_riding(uint32_t cp)
{
	return (cp >= 0x1160 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FF) || cp_is_mark(cp);
}

static enum kind kind_of(uint32_t cp)
{
	if (cp < 0x300)
		return kind_low(cp);
	if (cp >= 0x2000 && cp <= 0x206F)
		return kind_general(cp);
	if ((cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x370 && cp <= 0x482))
		return KIND_BASE;
	if (cp == 0x3000 || cp == 0x1680)
		return KIND_SPACE;
	if (cp == 0xFEFF || (cp >= 0xFFF9 && cp <= 0xFFFB) || (cp >= 0xE0000 && cp <= 0xE00FF))
		return KIND_DROP;
	if (cp == 0x61C || cp == 0x180E || (cp >= 0x1BCA0 && cp <= 0x1BCA3) ||
	    (cp >= 0x1D173 && cp <= 0x1D17A))
		return KIND_ZERO;
	if ((cp >= 0xFDD0 && cp <= 0xFDEF) || (cp & 0xFFFE) == 0xFFFE)
		return KIND_BAD;
	return is_riding(cp) ? KIND_MARK : KIND_BASE;
}

static bool put(struct cleaner *c, const char *p, size_t len)
{
	if (c->space && c->started && !buf_addc(c->out, ' '))
		return false;
	c->space = false;
	c->started = true;
	return buf_add(c->out, p, len);
}

static bool put_space(struct cleaner *c, struct str piece, bool is_break)
{
	c->marks = c->zeros = 0;
	if (c->how == SAFE_LINE) {
		c->space = true;
		return true;
	}
	if (is_break)
		return put(c, "\n", 1);
	if (piece.p[0] == '\v' || piece.p[0] == '\f')
		return put(c, " ", 1);
	return put(c, piece.p, piece.len);
}

/* Takes the code point at s.p[*at]. */
static bool clean_one(struct cleaner *c, struct str s, size_t *at)
{
	size_t start = *at;
	uint32_t cp = utf8_next(s, at);
	struct str piece = {s.p + start, *at - start};
	enum kind kind = cp == CP_REPLACEMENT && piece.len == 1 ? KIND_BAD : kind_of(cp);

	switch (kind) {
	case KIND_SPACE:
		return put_space(c, piece, false);
	case KIND_BREAK:
		if (cp == '\r' && *at < s.len && s.p[*at] == '\n')
			(*at)++;
		return put_space(c, piece, true);
	case KIND_MARK:
		return c->marks++ >= MARKS_MAX || put(c, piece.p, piece.len);
	case KIND_ZERO:
		return c->zeros++ >= ZERO_WIDTH_MAX || put(c, piece.p, piece.len);
	case KIND_DROP:
		return true;
	case KIND_BAD:
		piece = STR("\xEF\xBF\xBD");
		break;
	case KIND_BASE:
		break;
	}
	c->marks = c->zeros = 0;
	return put(c, piece.p, piece.len);
}

/* First bytes that make a visible letter with any that may follow: U+00C0–02FF, U+0380–047F; U+5000–9FFF,
 * U+B000–CFFF. */
static const unsigned char letter_len[256] = {
    [0xC3] = 2,
    [0xC4] = 2,
    [0xC5] = 2,
    [0xC6] = 2,
    [0xC7] = 2,
    [0xC8] = 2,
    [0xC9] = 2,
    [0xCA] = 2,
    [0xCB] = 2,
    [0xCE] = 2,
    [0xCF] = 2,
    [0xD0] = 2,
    [0xD1] = 2,
    [0xE5] = 3,
    [0xE6] = 3,
    [0xE7] = 3,
    [0xE8] = 3,
    [0xE9] = 3,
    [0xEB] = 3,
    [0xEC] = 3,
};

/* Length of a run of such letters. */
static size_t letters(const unsigned char *p, size_t len)
{
	size_t i = 0, n;

	while (i + 3 <= len && (n = letter_len[p[i]]) != 0 && (p[i + 1] & 0xC0) == 0x80 &&
	       (n == 2 || (p[i + 2] & 0xC0) == 0x80))
		i += n;
	return i;
}

/* Bytes of a visible character above ASCII at p that is no mark, no space and nothing that is dropped, 0 when
 * it is another or broken: the letters of most scripts, so that their texts are copied in runs as ASCII is.
 */
static size_t plain_letter(const unsigned char *p, size_t left)
{
	if (left < 2 || (p[1] & 0xC0) != 0x80)
		return 0;
	if (letter_len[p[0]] == 2)
		return 2;
	if ((p[0] == 0xD7 && p[1] >= 0x90 && p[1] <= 0xAA) || (p[0] == 0xD8 && p[1] >= 0xA0) ||
	    (p[0] == 0xD9 && (p[1] <= 0x8A || p[1] >= 0xB1)) || p[0] == 0xDA ||
	    (p[0] == 0xDB && p[1] <= 0x95)) /* Hebrew and Arabic letters without their points */
		return 2;
	if (p[0] == 0xC2 && p[1] >= 0xA1 && p[1] != 0xAD) /* U+00A1–00BF without the soft hyphen */
		return 2;
	if (left < 3 || (p[2] & 0xC0) != 0x80)
		return 0;
	if (p[0] == 0xE3) /* U+3001–3029 and U+3030–303F: punctuation; U+3041–3096 and U+30A0–30FF: kana */
		return (p[1] == 0x80 && p[2] >= 0x81 && (p[2] <= 0xA9 || p[2] >= 0xB0)) ||
		               (p[1] == 0x81 && p[2] >= 0x81) || p[1] == 0x83 ||
		               (p[1] == 0x82 && p[2] <= 0x96) || (p[1] == 0x82 && p[2] >= 0xA0)
		           ? 3
		           : 0;
	if (letter_len[p[0]] == 3 || (p[0] == 0xE4 && p[1] >= 0xB8)) /* from U+4E00 on */
		return 3;
	if ((p[0] == 0xEA && p[1] >= 0xB0) || (p[0] == 0xED && p[1] <= 0x9D))
		return 3;                                                     /* U+AC00–D77F: Hangul */
	if (p[0] == 0xEF && ((p[1] == 0xBC && p[2] >= 0x81) || p[1] == 0xBD)) /* U+FF01–FF7F: wide forms */
		return 3;
	/* U+2010–2027, quotation marks and dashes. */
	return p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA7 ? 3 : 0;
}

/* Bytes at p that are printable ASCII, eight at a time: the last few are left to the caller. In a line no
 * spaces side by side, and none at the end. */
static size_t printable(const unsigned char *p, size_t len, bool line)
{
	size_t i = 0;

	for (; i + 8 + line <= len; i += 8) {
		uint64_t bad = eight_unprintable(eight_at(p + i)) | (line ? eight_twice(p + i, ' ') : 0);
		if (bad) {
			i += eight_first(bad);
			break;
		}
	}
	return line && i && p[i - 1] == ' ' ? i - 1 : i;
}

/* Length of the run at the start that may be copied as it is. White space: in a line only single spaces
 * between visible characters, elsewhere spaces, tabs and newlines. */
static size_t plain_run(const char *s, size_t len, bool line)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0;

	while (i < len) {
		if (p[i] >= ' ' + line && p[i] < 0x7F) {
			size_t n = printable(p + i, len - i, line);
			i += n ? n : 1;
		} else if (p[i] >= 0x80) {
			size_t n = letters(p + i, len - i);
			if (n == 0)
				n = plain_letter(p + i, len - i);
			if (n == 0)
				break;
			i += n;
		} else if (line) {
			if (p[i] != ' ' || i == 0 || i + 1 >= len || p[i + 1] <= ' ' || p[i + 1] == 0x7F ||
			    (p[i + 1] >= 0x80 && plain_letter(p + i + 1, len - i - 1) == 0))
				break;
			i++;
		} else {
			if (p[i] != '\n' && p[i] != '\t')
				break;
			i++;
		}
	}
	return i;
}

/* Bodies lose the white space at their end and the empty lines at their beginning. */
static void trim_text(struct buf *out, size_t start)
{
	size_t lead = start;

	while (out->len > start && ch_space((unsigned char)out->data[out->len - 1]))
		out->len--;
	for (size_t i = start; i < out->len && ch_space((unsigned char)out->data[i]); i++)
		if (out->data[i] == '\n')
			lead = i + 1;
	if (lead > start) {
		memmove(out->data + start, out->data + lead, out->len - lead);
		out->len -= lead - start;
	}
	if (out->data)
		out->data[out->len] = '\0';
}

bool safe_add(struct buf *out, struct str s, enum safe_how how)
{
	struct cleaner c = {.out = out, .how = how};
	size_t start = out->len, at = 0;

	while (at < s.len) {
		size_t n = plain_run(s.p + at, s.len - at, how == SAFE_LINE);

		if (n > 0) {
			c.marks = c.zeros = 0;
			if (!put(&c, s.p + at, n))
				return false;
			at += n;
		} else if (!clean_one(&c, s, &at)) {
			return false;
		}
	}
	if (how == SAFE_TEXT)
		trim_text(out, start);
	return true;
}

/* Comes out as it is for certain: no trimming either. */
static bool is_plain(struct str s, enum safe_how how)
{
	if (how == SAFE_TEXT && (ch_space((unsigned char)s.p[0]) || ch_space((unsigned char)s.p[s.len - 1])))
		return false;
	return plain_run(s.p, s.len, how == SAFE_LINE) == s.len;
}

bool safe_is(struct str s, enum safe_how how)
{
	SCOPED(buf) struct buf clean = BUF_MAX(s.len * 3 + 1);

	if (s.len == 0 || is_plain(s, how))
		return true;
	return safe_add(&clean, s, how) && str_eq(buf_str(&clean), s);
}

bool safe_joins(struct str s)
{
	size_t at = 0;
	enum kind kind;

	if (!s.len || (unsigned char)s.p[0] < 0x80)
		return true;
	kind = kind_of(utf8_next(s, &at));
	return kind == KIND_BASE || kind == KIND_SPACE;
}

struct str safe_copy(struct arena *a, struct str s, enum safe_how how)
{
	SCOPED(buf) struct buf clean = BUF_MAX(s.len * 3 + 1);

	if (s.len == 0 || is_plain(s, how))
		return arena_str(a, s);
	(void)safe_add(&clean, s, how);
	return arena_str(a, buf_str(&clean));
}
