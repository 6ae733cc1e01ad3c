/* SPDX-License-Identifier: MIT */
/* One spelling for comparison. ASCII, Latin, Greek, Cyrillic, Han, kana and Hangul are folded by code point;
 * other scripts go through libunistring's casefold and NFC in runs. */
#include "text/fold.h"

#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#define NUKTA 0x93C /* a dot below, which makes other letters of Devanagari */

/* How a code point is folded. */
enum road { ROAD_COPY, ROAD_LETTER, ROAD_CYRILLIC, ROAD_MARK, ROAD_DROP, ROAD_LIBRARY };

/* U+00C0 to U+00FF without their accents; 0: no letter, or one that is folded by the library's tables. */
static const char latin1[] = "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0"
                             "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";

static bool is_arabic_sign(uint32_t cp)
{
	return (cp >= 0x610 && cp <= 0x61A) || cp == 0x640 || (cp >= 0x64B && cp <= 0x65F) || cp == 0x670 ||
	       (cp >= 0x6D6 && cp <= 0x6DC) || (cp >= 0x6DF && cp <= 0x6E8) || (cp >= 0x6EA && cp <= 0x6ED);
}

static enum road road_of(uint32_t cp)
{
	if (cp < 0x300)
		return cp < 0xC0 ? (cp == 0xAD ? ROAD_DROP : ROAD_LIBRARY) : ROAD_LETTER;
	if (cp < 0x370)
		return ROAD_MARK;
	if (cp < 0x400 || (cp >= 0x1E00 && cp < 0x2000))
		return ROAD_LETTER;
	if (cp < 0x482)
		return ROAD_CYRILLIC;
	if (is_arabic_sign(cp))
		return cp >= 0x653 && cp <= 0x655 ? ROAD_MARK : ROAD_DROP;
	if ((cp >= 0x591 && cp <= 0x5BD) || cp == 0x5BF || (cp >= 0x5C1 && cp <= 0x5C5) || cp == 0x5C7)
		return ROAD_DROP;
	if ((cp >= 0x5D0 && cp <= 0x64A) || (cp >= 0x904 && cp <= 0x94D && cp != NUKTA) ||
	    (cp >= 0x2010 && cp <= 0x2027) || (cp >= 0x3001 && cp <= 0x3096) ||
	    (cp >= 0x30A1 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) ||
	    (cp >= 0xAC00 && cp <= 0xD7A3))
		return ROAD_COPY;
	if ((cp >= 0x1AB0 && cp <= 0x1AFF) || (cp >= 0x1DC0 && cp <= 0x1DFF) ||
	    (cp >= 0x20D0 && cp <= 0x20FF))
		return ROAD_MARK;
	if ((cp >= 0x200B && cp <= 0x200F) || (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0xFEFF)
		return ROAD_DROP;
	return ROAD_LIBRARY;
}

/* Letters whose folding is their small form, one to one. */
static bool is_simple(uint32_t cp)
{
	if (cp < 0x250)
		return cp >= 0xC0 && cp != 0xDF && cp != 0x149 && cp != 0x17F && cp != 0x1F0;
	return cp >= 0x391 && cp <= 0x3C9 && cp != 0x3C2;
}

uint32_t fold_base(uint32_t cp)
{
	uint32_t parts[UC_DECOMPOSITION_MAX_LENGTH];

	while (uc_canonical_decomposition(cp, parts) > 0)
		cp = parts[0];
	return cp;
}

/* A Latin or Greek letter: the base of its decomposition, case folded. */
static void fold_letter(struct buf *out, uint32_t cp)
{
	uint8_t piece[4], folded[32];
	size_t len = sizeof folded;

	if (cp >= 0xC0 && cp <= 0xFF && latin1[cp - 0xC0]) {
		(void)buf_addc(out, latin1[cp - 0xC0]);
		return;
	}
	cp = fold_base(cp);
	if (cp < 0x80) {
		(void)buf_addc(out, (char)ch_lower((int)cp));
		return;
	}
	if (is_simple(cp)) {
		(void)buf_addcp(out, uc_tolower(cp));
		return;
	}
	if (u8_casefold(piece, (size_t)utf8_put((char *)piece, cp), NULL, NULL, folded, &len) != folded)
		return;
	/* Folding may bring an accent of its own (U+0390): only its base counts. */
	for (size_t at = 0; at < len;) {
		uint32_t c = utf8_next((struct str){(const char *)folded, len}, &at);

		if (road_of(c) != ROAD_MARK || c < 0x80)
			(void)buf_addcp(out, c);
	}
}

static void fold_cyrillic(struct buf *out, uint32_t cp)
{
	if (cp >= 0x410 && cp <= 0x42F)
		cp += 0x20;
	else if (cp >= 0x400 && cp <= 0x40F)
		cp += 0x50;
	else if (cp >= 0x460)
		cp |= 1;
	(void)buf_addcp(out, cp == 0x451 ? 0x435 : cp);
}

/* A mark joins what stands before it when the two make one letter (й, آ); otherwise it is dropped, but for
 * scripts whose marks are letters in their own right. */
static void fold_mark(struct buf *out, size_t start, uint32_t mark)
{
	struct str so_far = buf_str(out);
	size_t at, prev;
	uint32_t base, whole;

	if (so_far.len <= start)
		return;
	prev = at = utf8_prev(so_far, so_far.len);
	base = utf8_next(so_far, &at);
	if (base < 0x400 || (base >= 0x1E00 && base < 0x2000))
		return;
	whole = uc_composition(base, mark);
	if (whole) {
		buf_truncate(out, prev);
		if (whole >= 0x400 && whole < 0x482)
			fold_cyrillic(out, whole);
		else
			(void)buf_addcp(out, whole);
	} else if (base >= 0x530 && !(mark >= 0x653 && mark <= 0x655)) {
		(void)buf_addcp(out, mark);
	}
}

/* True for code points that compose with what stands before them in scripts that are otherwise copied. */
static bool composes(uint32_t cp)
{
	return cp == 0x3099 || cp == 0x309A || (cp >= 0x1160 && cp <= 0x11FF) || cp == NUKTA;
}

/* What stands at `next` may belong to it. */
static bool joins_next(uint32_t cp, struct str s, size_t next)
{
	return (cp >= 0x3001 || (cp >= 0x904 && cp <= 0x939)) && next < s.len &&
	       composes(utf8_next(s, &next));
}

static bool is_library(struct str s, size_t at)
{
	uint32_t cp;

	if ((unsigned char)s.p[at] < 0x80)
		return false;
	cp = utf8_next(s, &at);
	return road_of(cp) == ROAD_LIBRARY || (road_of(cp) == ROAD_COPY && joins_next(cp, s, at));
}

#define RUN_MAX 1024 /* bytes given to the library at once */

/* Folds the run at s.p[at] that needs the library. Returns its end. */
static size_t fold_run(struct buf *out, struct str s, size_t at)
{
	uint8_t folded[RUN_MAX * 3];
	size_t len = sizeof folded, end = at;
	uint8_t *result;

	while (end < s.len && end - at < RUN_MAX - 8 && is_library(s, end)) {
		(void)utf8_next(s, &end);
		while (end < s.len && (unsigned char)s.p[end] >= 0xE1 && end - at < RUN_MAX - 4) {
			size_t next = end;

			if (!composes(utf8_next(s, &next)))
				break;
			end = next;
		}
	}
	result = u8_casefold((const uint8_t *)s.p + at, end - at, NULL, UNINORM_NFC, folded, &len);
	if (result)
		(void)buf_add(out, result, len);
	else
		(void)utf8_repair(out, (struct str){s.p + at, end - at});
	if (result != folded)
		free(result);
	return end;
}

/* Small letters of two bytes that stay as they are: Greek, Cyrillic, Hebrew, Arabic. */
static bool is_kept(unsigned char lead, unsigned char tail)
{
	switch (lead) {
	case 0xCE:
		return tail >= 0xB1;
	case 0xCF:
		return tail <= 0x89 && tail != 0x82;
	case 0xD0:
		return tail >= 0xB0;
	case 0xD1:
		return tail <= 0x8F;
	case 0xD7:
		return tail >= 0x90 && tail <= 0xAA;
	case 0xD8:
		return tail >= 0xA1;
	case 0xD9:
		return tail >= 0x81 && tail <= 0x8A;
	default:
		return false;
	}
}

/* A letter of two bytes that has a simple fold. Returns the bytes that it makes, 0 for any other. */
static size_t fold_two(const unsigned char *p, char *to)
{
	unsigned char lead = p[0], tail = p[1];

	if ((tail & 0xC0) != 0x80)
		return 0;
	if (lead == 0xC3 && latin1[tail & 0x3F]) {
		to[0] = latin1[tail & 0x3F];
		return 1;
	}
	if (lead == 0xD0 && tail >= 0x90 && tail < 0xB0) { /* capitals stand 32 before the small ones */
		lead = tail < 0xA0 ? 0xD0 : 0xD1;
		tail = (unsigned char)(tail < 0xA0 ? tail + 0x20 : tail - 0x20);
	} else if (!is_kept(lead, tail)) {
		return 0;
	}
	to[0] = (char)lead;
	to[1] = (char)tail;
	return 2;
}

/* Appends the run of common letters at s.p[at] in small letters without accents. Returns its end. */
static size_t fold_common(struct buf *out, struct str s, size_t at)
{
	size_t end = at, n;
	char *to;

	if (at >= s.len || !buf_reserve(out, s.len - at))
		return at;
	to = out->data + out->len;
	while (end < s.len) {
		char c = s.p[end];

		if ((unsigned char)c < 0x80) {
			*to++ = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
			end++;
		} else if (end + 1 < s.len && (n = fold_two((const unsigned char *)s.p + end, to)) > 0) {
			to += n;
			end += 2;
		} else {
			break;
		}
	}
	out->len = (size_t)(to - out->data);
	*to = '\0';
	return end;
}

bool fold_add(struct buf *out, struct str s)
{
	size_t start = out->len;

	for (size_t at = fold_common(out, s, 0); at < s.len && !out->failed; at = fold_common(out, s, at)) {
		size_t next = at;
		uint32_t cp = utf8_next(s, &next);
		enum road road = road_of(cp);

		if (road == ROAD_LIBRARY || (road == ROAD_COPY && joins_next(cp, s, next))) {
			at = fold_run(out, s, at);
			continue;
		}
		switch (road) {
		case ROAD_LETTER:
			fold_letter(out, cp);
			break;
		case ROAD_CYRILLIC:
			fold_cyrillic(out, cp);
			break;
		case ROAD_MARK:
			fold_mark(out, start, cp);
			break;
		case ROAD_DROP:
			break;
		default:
			(void)buf_add(out, s.p + at, next - at);
		}
		at = next;
	}
	return !out->failed;
}

/* What a character of a headline becomes: itself, a blank, or nothing. */
static bool is_gap(uint32_t cp)
{
	return cp_is_space(cp) || cp == '-' || cp == '/' || cp == '_' || (cp >= 0x2010 && cp <= 0x2015) ||
	       cp == 0x2026;
}

static size_t ascii_word_end(struct str s, size_t at)
{
	while (at < s.len && ((s.p[at] >= 'a' && s.p[at] <= 'z') || (s.p[at] >= '0' && s.p[at] <= '9')))
		at++;
	return at;
}

bool fold_headline(struct buf *out, struct str s)
{
	SCOPED(buf) struct buf folded = BUF_MAX(s.len * 3 + 64);
	bool gap = false, started = false;
	struct str f;

	(void)fold_add(&folded, s);
	f = buf_str(&folded);
	for (size_t at = 0; at < f.len;) {
		size_t start = at;

		at = ascii_word_end(f, at);
		if (at == start) {
			uint32_t cp = utf8_next(f, &at);

			if (is_gap(cp)) {
				gap = true;
				continue;
			}
			if (cp_is_punct(cp))
				continue;
		}
		if (gap && started && !buf_addc(out, ' '))
			return false;
		if (!buf_add(out, f.p + start, at - start))
			return false;
		gap = false;
		started = true;
	}
	return true;
}
