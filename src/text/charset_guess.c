/* SPDX-License-Identifier: MIT */
/* Which encoding bytes have that are not UTF-8 and say nothing of it: the East Asian and Cyrillic ones by the
 * shape of their runs of high bytes; windows-1252 is what remains, as in browsers. */
#include "text/charset_guess.h"

#include "base/attr.h"

#define LOOK_AT ((size_t)64 << 10)

struct shape {
	size_t runs, high;             /* of bytes above 0x7F */
	size_t odd;                    /* runs of odd length */
	size_t low_high;               /* bytes 0x80 to 0xA0: in no EUC text */
	size_t middle, letters, small; /* 0xA1–0xBF, 0xC0–0xFF, of these 0xE0–0xFF */
	size_t kana, hangul;           /* first bytes of pairs: of EUC-JP, of EUC-KR */
};

static struct shape measure(struct str s)
{
	struct shape m = {0};

	for (size_t i = 0; i < s.len;) {
		size_t start = i;
		for (; i < s.len && (unsigned char)s.p[i] >= 0x80; i++) {
			unsigned char c = (unsigned char)s.p[i];
			m.low_high += c <= 0xA0;
			m.middle += c > 0xA0 && c < 0xC0;
			m.letters += c >= 0xC0;
			m.small += c >= 0xE0;
			if ((i - start) % 2 == 0) {
				m.kana += c == 0xA4 || c == 0xA5;
				m.hangul += c >= 0xB0 && c <= 0xC8;
			}
		}
		m.high += i - start;
		m.runs += i > start;
		m.odd += (i - start) % 2;
		i += i == start;
	}
	return m;
}

/* All of it reads as Shift_JIS, a third of it as kana. */
static bool is_shift_jis(struct str s)
{
	size_t pairs = 0, kana = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i], next;
		if (c < 0x80 || (c >= 0xA1 && c <= 0xDF))
			continue;
		if (++i >= s.len)
			break; /* cut in the middle */
		next = (unsigned char)s.p[i];
		if (c == 0x80 || c == 0xA0 || c > 0xEF || next < 0x40 || next == 0x7F || next > 0xFC)
			return false;
		pairs++;
		kana += (c == 0x82 && next >= 0x9F) || (c == 0x83 && next <= 0x96);
	}
	return pairs >= 4 && kana * 3 >= pairs;
}

/* All of it reads as Big5, nearly all as its commoner characters. */
static bool is_big5(struct str s)
{
	size_t pairs = 0, common = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i], next;
		if (c < 0x80)
			continue;
		if (++i >= s.len)
			break;
		next = (unsigned char)s.p[i];
		if (c < 0xA1 || c > 0xF9 || next < 0x40 || next == 0xFF || (next > 0x7E && next < 0xA1))
			return false;
		pairs++;
		common += c >= 0xA1 && c <= 0xC6;
	}
	return pairs >= 8 && common * 10 >= pairs * 9;
}

const char *charset_guess(struct str s)
{
	struct shape m;
	size_t pairs;

	s = str_sub(s, 0, LOOK_AT);
	m = measure(s);
	pairs = m.high / 2;
	if (m.low_high && is_shift_jis(s))
		return "shift_jis";
	if (m.runs == 0 || m.high < m.runs * 2 || m.high < 16)
		return "windows-1252";
	if (m.low_high == 0 && m.odd * 50 <= m.runs && m.middle * 10 >= m.high) {
		if (m.kana * 5 >= pairs)
			return "euc-jp";
		return m.hangul * 10 >= pairs * 8 ? "euc-kr" : "gb18030";
	}
	if (m.low_high == 0 && m.middle * 5 >= m.high && is_big5(s))
		return "big5";
	if (m.high >= m.runs * 3 && m.letters * 10 >= m.high * 9)
		return m.small * 2 >= m.letters ? "windows-1251" : "koi8-r";
	return "windows-1252";
}
