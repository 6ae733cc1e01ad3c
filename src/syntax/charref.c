/* SPDX-License-Identifier: MIT */
/* The table of named characters and the reading of references. Leaves to its callers what stands around them.
 */
#include "syntax/charref.h"

#include "base/attr.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MAX_LEN 16

struct entity {
	const char *name;
	uint16_t cp;
	bool bare;
};

#define ENTITY(name, cp, bare) {name, cp, bare},
static const struct entity entities[] = {
#include "syntax/entity.def"
};

/* windows-1252 at 0x80 to 0x9F; 0 where it has none. */
static const uint16_t windows_1252[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6,
    0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

static int by_name(const void *key, const void *row)
{
	const struct str *name = key;
	const char *have = ((const struct entity *)row)->name;
	int d = strncmp(name->p, have, name->len);

	return d != 0 ? d : -(int)(unsigned char)have[name->len];
}

uint32_t charref_named(struct str name, bool *bare)
{
	const struct entity *e;

	if (name.len == 0 || name.len > NAME_MAX_LEN)
		return 0;
	e = bsearch(&name, entities, ARRAY_LEN(entities), sizeof entities[0], by_name);
	if (bare)
		*bare = e && e->bare;
	return e ? e->cp : 0;
}

/* What a number stands for: 0x80 to 0x9F as windows-1252 has them, U+FFFD for what is no character, 0 for a
 * control character, which is left out. */
static uint32_t of_number(uint32_t n)
{
	if (n == 0 || (n >= 0xD800 && n <= 0xDFFF) || n > 0x10FFFF || (n & 0xFFFE) == 0xFFFE)
		return 0xFFFD;
	if (n >= 0x80 && n <= 0x9F)
		return windows_1252[n - 0x80];
	if ((n < 0x20 && n != '\t' && n != '\n' && n != '\r') || n == 0x7F)
		return 0;
	return n;
}

/* Length of an ASCII name (letters and digits) at s.p[at]. */
static size_t name_len(struct str s, size_t at)
{
	size_t end = at;

	while (end < s.len && ch_alnum((unsigned char)s.p[end]))
		end++;
	return end - at;
}

/* The digits of a reference at `at`: its number and its length, 0 when it is none. */
static size_t read_digits(struct str s, size_t at, uint32_t *number)
{
	size_t i = at + 2;
	bool hex = i < s.len && (s.p[i] == 'x' || s.p[i] == 'X');
	size_t start = hex ? ++i : i;
	uint32_t n = 0;

	if (at + 1 >= s.len || s.p[at + 1] != '#')
		return 0;
	for (; i < s.len; i++) {
		int digit = ch_hex((unsigned char)s.p[i]);
		if (digit < 0 || (!hex && digit > 9))
			break;
		n = n > 0x110000 ? n : n * (hex ? 16 : 10) + (uint32_t)digit;
	}
	if (i == start)
		return 0;
	*number = n;
	return i - at + (i < s.len && s.p[i] == ';');
}

size_t charref_read_number(struct str s, size_t at, uint32_t *cp)
{
	uint32_t n, low;
	size_t len = read_digits(s, at, &n), more = 0;

	if (len == 0)
		return 0;
	/* What thinks in UTF-16 writes one character as two references. */
	if (n >= 0xD800 && n <= 0xDBFF && at + len < s.len && s.p[at + len] == '&')
		more = read_digits(s, at + len, &low);
	if (more && low >= 0xDC00 && low <= 0xDFFF) {
		*cp = 0x10000 + ((n - 0xD800) << 10) + (low - 0xDC00);
		return len + more;
	}
	*cp = of_number(n);
	return len;
}

/* A name without semicolon: the longest beginning that HTML reads bare. */
static size_t read_bare(struct str s, size_t at, size_t len, bool in_attr, uint32_t *cp)
{
	for (size_t n = len < 6 ? len : 6; n >= 2; n--) {
		bool bare;
		uint32_t found = charref_named(str_sub(s, at + 1, n), &bare);
		size_t end = at + 1 + n;
		if (!found || !bare)
			continue;
		if (in_attr && end < s.len && (s.p[end] == '=' || ch_alnum((unsigned char)s.p[end])))
			return 0;
		*cp = found;
		return n + 1;
	}
	return 0;
}

size_t charref_read(struct str s, size_t at, bool in_attr, uint32_t *cp)
{
	size_t len;

	if (at + 1 < s.len && s.p[at + 1] == '#')
		return charref_read_number(s, at, cp);
	len = name_len(s, at + 1);
	if (len == 0)
		return 0;
	if (at + 1 + len < s.len && s.p[at + 1 + len] == ';') {
		uint32_t found = charref_named(str_sub(s, at + 1, len), NULL);
		if (found) {
			*cp = found;
			return len + 2;
		}
	}
	return read_bare(s, at, len, in_attr, cp);
}
