/* SPDX-License-Identifier: MIT */
/* The tables of superscript and subscript characters that common fonts have. */
#include "doc/raise.h"

#include "base/attr.h"
#include "text/utf8.h"

static const uint32_t supers[128] = {
    [' '] = ' ',
    ['('] = 0x207D,
    [')'] = 0x207E,
    ['+'] = 0x207A,
    ['-'] = 0x207B,
    ['='] = 0x207C,
    ['0'] = 0x2070,
    ['1'] = 0xB9,
    ['2'] = 0xB2,
    ['3'] = 0xB3,
    ['4'] = 0x2074,
    ['5'] = 0x2075,
    ['6'] = 0x2076,
    ['7'] = 0x2077,
    ['8'] = 0x2078,
    ['9'] = 0x2079,
    ['a'] = 0x1D43,
    ['b'] = 0x1D47,
    ['c'] = 0x1D9C,
    ['d'] = 0x1D48,
    ['e'] = 0x1D49,
    ['f'] = 0x1DA0,
    ['g'] = 0x1D4D,
    ['h'] = 0x2B0,
    ['i'] = 0x2071,
    ['j'] = 0x2B2,
    ['k'] = 0x1D4F,
    ['l'] = 0x2E1,
    ['m'] = 0x1D50,
    ['n'] = 0x207F,
    ['o'] = 0x1D52,
    ['p'] = 0x1D56,
    ['r'] = 0x2B3,
    ['s'] = 0x2E2,
    ['t'] = 0x1D57,
    ['u'] = 0x1D58,
    ['v'] = 0x1D5B,
    ['w'] = 0x2B7,
    ['x'] = 0x2E3,
    ['y'] = 0x2B8,
    ['z'] = 0x1DBB,
    ['A'] = 0x1D2C,
    ['B'] = 0x1D2E,
    ['D'] = 0x1D30,
    ['E'] = 0x1D31,
    ['G'] = 0x1D33,
    ['H'] = 0x1D34,
    ['I'] = 0x1D35,
    ['J'] = 0x1D36,
    ['K'] = 0x1D37,
    ['L'] = 0x1D38,
    ['M'] = 0x1D39,
    ['N'] = 0x1D3A,
    ['O'] = 0x1D3C,
    ['P'] = 0x1D3E,
    ['R'] = 0x1D3F,
    ['T'] = 0x1D40,
    ['U'] = 0x1D41,
    ['W'] = 0x1D42,
};

static const uint32_t subs[128] = {
    [' '] = ' ',
    ['('] = 0x208D,
    [')'] = 0x208E,
    ['+'] = 0x208A,
    ['-'] = 0x208B,
    ['='] = 0x208C,
    ['0'] = 0x2080,
    ['1'] = 0x2081,
    ['2'] = 0x2082,
    ['3'] = 0x2083,
    ['4'] = 0x2084,
    ['5'] = 0x2085,
    ['6'] = 0x2086,
    ['7'] = 0x2087,
    ['8'] = 0x2088,
    ['9'] = 0x2089,
    ['a'] = 0x2090,
    ['e'] = 0x2091,
    ['h'] = 0x2095,
    ['i'] = 0x1D62,
    ['j'] = 0x2C7C,
    ['k'] = 0x2096,
    ['l'] = 0x2097,
    ['m'] = 0x2098,
    ['n'] = 0x2099,
    ['o'] = 0x2092,
    ['p'] = 0x209A,
    ['r'] = 0x1D63,
    ['s'] = 0x209B,
    ['t'] = 0x209C,
    ['u'] = 0x1D64,
    ['v'] = 0x1D65,
    ['x'] = 0x2093,
};

/* What is not ASCII. */
static const struct {
	uint32_t plain, super, sub;
} others[] = {
    {0x2212, 0x207B, 0x208B}, /* minus */
    {0x2013, 0x207B, 0x208B}, /* en dash, as a minus */
    {0x2032, 0x2032, 0x2032}, /* prime */
    {0xAA, 0xAA, 0},          /* ordinals are raised already */
    {0xBA, 0xBA, 0},
    {0x3B1, 0x1D45, 0}, /* Greek */
    {0x3B2, 0x1D5D, 0x1D66},
    {0x3B3, 0x1D5E, 0x1D67},
    {0x3B4, 0x1D5F, 0},
    {0x3B5, 0x1D4B, 0},
    {0x3B8, 0x1DBF, 0},
    {0x3B9, 0x1DA5, 0},
    {0x3C1, 0, 0x1D68},
    {0x3C6, 0x1D60, 0x1D69},
    {0x3C7, 0x1D61, 0x1D6A},
};

static uint32_t raised(uint32_t cp, bool sub)
{
	if (cp < 128)
		return sub ? subs[cp] : supers[cp];
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (others[i].plain == cp)
			return sub ? others[i].sub : others[i].super;
	return 0;
}

bool raise_add(struct buf *out, struct str s, bool sub)
{
	size_t before = out->len;

	for (size_t at = 0; at < s.len;) {
		uint32_t cp = raised(utf8_next(s, &at), sub);

		if (!cp) {
			buf_truncate(out, before);
			return false;
		}
		buf_addcp(out, cp);
	}
	return true;
}
