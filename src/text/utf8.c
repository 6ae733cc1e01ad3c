/* SPDX-License-Identifier: MIT */
/* UTF-8 by RFC 3629 and the few questions about code points that the upper layers ask. Owns decoding and
 * boundaries; leaves cleaning to safe.c and columns to width.c. */
#include "text/utf8.h"

#include "base/attr.h"
#include "base/eight.h"

#include <string.h>
#include <unictype.h>

struct range {
	uint32_t first, last;
};

static bool in_ranges(const struct range *r, size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n && cp >= r[i].first; i++)
		if (cp <= r[i].last)
			return true;
	return false;
}

static bool is_tail(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* Length of the well-formed sequence at p (0: none) and its value. */
static size_t decode(const unsigned char *p, size_t left, uint32_t *cp)
{
	unsigned char c = p[0];

	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	if (c >= 0xC2 && c <= 0xDF && left >= 2 && is_tail(p[1])) {
		*cp = (uint32_t)(c & 0x1F) << 6 | (p[1] & 0x3F);
		return 2;
	}
	if ((c & 0xF0) == 0xE0 && left >= 3 && is_tail(p[1]) && is_tail(p[2])) {
		*cp = (uint32_t)(c & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
		return *cp >= 0x800 && (*cp < 0xD800 || *cp > 0xDFFF) ? 3 : 0;
	}
	if (c >= 0xF0 && c <= 0xF4 && left >= 4 && is_tail(p[1]) && is_tail(p[2]) && is_tail(p[3])) {
		*cp = (uint32_t)(c & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
		      (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
		return *cp >= 0x10000 && *cp <= 0x10FFFF ? 4 : 0;
	}
	return 0;
}

uint32_t utf8_next(struct str s, size_t *at)
{
	uint32_t cp = 0;
	size_t n = decode((const unsigned char *)s.p + *at, s.len - *at, &cp);

	*at += n ? n : 1;
	return n ? cp : CP_REPLACEMENT;
}

size_t utf8_prev(struct str s, size_t at)
{
	size_t least = at > 4 ? at - 4 : 0;

	for (size_t i = at; i-- > least;) {
		uint32_t cp = 0;

		if (is_tail((unsigned char)s.p[i]))
			continue;
		if (decode((const unsigned char *)s.p + i, s.len - i, &cp) == at - i)
			return i;
		break;
	}
	return at - 1;
}

/* Length of the run of ASCII at the start, eight bytes at a time. */
static size_t ascii_run(const unsigned char *p, size_t len)
{
	size_t i = 0;

	for (; i + 8 <= len; i += 8) {
		uint64_t high = eight_at(p + i) & EIGHT_HIGH;

		if (high) {
			i += eight_first(high);
			break;
		}
	}
	while (i < len && p[i] < 0x80)
		i++;
	return i;
}

/* Length of a run of well-formed sequences of two and three bytes of which the first byte alone says that
 * they are: the letters of most scripts. */
static size_t letters_run(const unsigned char *p, size_t len)
{
	size_t i = 0;

	while (i + 3 <= len) {
		if (p[i] >= 0xC2 && p[i] <= 0xDF && is_tail(p[i + 1]))
			i += 2;
		else if (p[i] >= 0xE1 && p[i] <= 0xEC && is_tail(p[i + 1]) && is_tail(p[i + 2]))
			i += 3;
		else
			break;
	}
	return i;
}

/* Index of the first byte that is no part of a well-formed sequence, or the length. */
static size_t valid_run(struct str s, size_t from)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t at = from;

	for (;;) {
		uint32_t cp;
		size_t n;

		at += ascii_run(p + at, s.len - at);
		n = letters_run(p + at, s.len - at);
		at += n;
		if (n)
			continue;
		if (at >= s.len)
			return s.len;
		n = decode(p + at, s.len - at, &cp);
		if (!n)
			return at;
		at += n;
	}
}

bool utf8_valid(struct str s)
{
	return s.len == 0 || valid_run(s, 0) == s.len;
}

size_t utf8_count(struct str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.len; n++)
		(void)utf8_next(s, &at);
	return n;
}

int utf8_put(char out[4], uint32_t cp)
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = CP_REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

struct str utf8_cut(struct str s, size_t max)
{
	if (s.len <= max)
		return s;
	if (max > 0 && is_tail((unsigned char)s.p[max])) {
		size_t start = max;

		while (start > 0 && max - start < 3 && is_tail((unsigned char)s.p[start]))
			start--;
		uint32_t cp;
		size_t n = decode((const unsigned char *)s.p + start, s.len - start, &cp);
		if (n && start + n > max)
			max = start;
	}
	return (struct str){s.p, max};
}

bool utf8_repair(struct buf *out, struct str s)
{
	size_t at = 0;

	while (at < s.len) {
		size_t end = valid_run(s, at);

		if (!buf_add(out, s.p + at, end - at))
			return false;
		if (end < s.len && !buf_adds(out, "\xEF\xBF\xBD"))
			return false;
		at = end + 1;
	}
	return true;
}

bool cp_is_space(uint32_t cp)
{
	if (cp < 0x80)
		return cp == ' ' || (cp >= '\t' && cp <= '\r');
	return uc_is_property_white_space(cp);
}

bool cp_is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_L);
}

bool cp_is_digit(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= '0' && cp <= '9';
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Nd);
}

bool cp_is_upper(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z';
	return uc_is_property_uppercase(cp);
}

bool cp_is_mark(uint32_t cp)
{
	/* U+0900–097F: in a text of Devanagari every other character is one. */
	static const uint64_t devanagari[2] = {UINT64_C(0xDC0000000000000F), UINT64_C(0x0000000C00FEFFFF)};

	if (cp >= 0x900 && cp <= 0x97F)
		return devanagari[(cp - 0x900) / 64] >> cp % 64 & 1;
	return cp >= 0x300 && uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M);
}

bool cp_is_punct(uint32_t cp)
{
	if (cp < 0x80)
		return cp > ' ' && cp < 0x7F && !cp_is_letter(cp) && !cp_is_digit(cp);
	return uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_S);
}

bool cp_is_unspaced(uint32_t cp)
{
	static const struct range ranges[] = {
	    {0x0E01, 0x0E3A},
	    {0x0E40, 0x0E4E},
	    {0x0E81, 0x0EBD},
	    {0x0EC0, 0x0ECD},
	    {0x0EDC, 0x0EDF},
	    {0x1000, 0x103F},
	    {0x1050, 0x108F},
	    {0x1780, 0x17D3},
	    {0x3005, 0x3007},
	    {0x3021, 0x3029},
	    {0x3031, 0x3035},
	    {0x3038, 0x303B},
	    {0x3041, 0x3096},
	    {0x3099, 0x309A},
	    {0x309D, 0x309F},
	    {0x30A1, 0x30FA},
	    {0x30FC, 0x30FF},
	    {0x31F0, 0x31FF},
	    {0x3400, 0x4DBF},
	    {0x4E00, 0x9FFF},
	    {0xA9E0, 0xA9EF},
	    {0xAA60, 0xAA7F},
	    {0xF900, 0xFAFF},
	    {0xFF66, 0xFF9F},
	    {0x1B000, 0x1B16F},
	    {0x20000, 0x3FFFD},
	};

	if (cp < 0x0E01)
		return false;
	if (cp >= 0x4E00 && cp <= 0x9FFF)
		return true;
	return in_ranges(ranges, ARRAY_LEN(ranges), cp);
}

bool cp_is_rtl(uint32_t cp)
{
	static const struct range ranges[] = {
	    {0x0590, 0x08FF},
	    {0xFB1D, 0xFDFF},
	    {0xFE70, 0xFEFC},
	    {0x10800, 0x10FFF},
	    {0x1E800, 0x1EFFF},
	};

	return cp >= 0x0590 && in_ranges(ranges, ARRAY_LEN(ranges), cp);
}
