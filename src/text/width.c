/* SPDX-License-Identifier: MIT */
/* Columns on a terminal and the display filter that makes them dependable. Owns the table of widths and
 * grapheme clusters; leaves breaking into lines to wrap.c. */
#include "text/width.h"

#include "base/attr.h"
#include "text/utf8.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>

struct width_row {
	uint32_t first, last;
	int columns;
};

static const struct width_row width_rows[] = {
#define W(first, last, columns) {first, last, columns},
#include "text/width_table.def"
};

/* What the filter makes of a piece of text: bytes to write and the columns that they take. */
struct shown {
	struct str text;
	size_t columns;
	char flag[4];
};

#define ZWJ 0x200Du

static bool is_regional(uint32_t cp)
{
	return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

static bool is_skin_tone(uint32_t cp)
{
	return cp >= 0x1F3FB && cp <= 0x1F3FF;
}

/* The letters of Hebrew and Arabic, without their points and vowel signs. */
static bool is_rtl_letter(uint32_t cp)
{
	return (cp >= 0x5D0 && cp <= 0x5EA) || (cp >= 0x620 && cp <= 0x64A) || (cp >= 0x671 && cp <= 0x6D3);
}

/* Columns as wcwidth has it; -1: unknown. */
static int table_width(uint32_t cp)
{
	size_t low = 0, high = ARRAY_LEN(width_rows);

	if (cp < 0xA0)
		return cp >= 0x20 && cp < 0x7F ? 1 : 0;
	if (cp < 0x300 || (cp >= 0x400 && cp <= 0x482) || is_rtl_letter(cp))
		return 1;
	if ((cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x30A0 && cp <= 0x30FF) ||
	    (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3))
		return 2;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (cp < width_rows[mid].first)
			high = mid;
		else if (cp > width_rows[mid].last)
			low = mid + 1;
		else
			return width_rows[mid].columns;
	}
	return 1;
}

int width_cp(uint32_t cp)
{
	int w = table_width(cp);

	return w < 0 ? 1 : w;
}

/* True for what is not displayed at all. Combining marks are: they ride on the character before them. */
static bool is_dropped(uint32_t cp)
{
	if (cp < 0x300)
		return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0xAD;
	if (cp >= 0x2070 && cp < 0xFE00)
		return false;
	return cp == 0x34F || cp == 0x61C || (cp >= 0x17B4 && cp <= 0x17B5) ||
	       (cp >= 0x180B && cp <= 0x180F) || (cp >= 0x200B && cp <= 0x200F) ||
	       (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) ||
	       (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0xFEFF || (cp >= 0xFFF9 && cp <= 0xFFFB) ||
	       (cp >= 0x1BCA0 && cp <= 0x1BCA3) || (cp >= 0x1D173 && cp <= 0x1D17A) || is_skin_tone(cp) ||
	       (cp >= 0xE0000 && cp <= 0xE0FFF);
}

/* Passes over what follows an emoji and shows no more of itself: selectors, skin tones, joined emoji. */
static size_t skip_joined(struct str s, size_t at)
{
	while (at < s.len && (unsigned char)s.p[at] >= 0xE2) {
		size_t next = at;
		uint32_t cp = utf8_next(s, &next);

		if (cp == ZWJ) {
			size_t after = next;

			/* A joiner that joins nothing ends the cluster. */
			if (next >= s.len || !uc_is_property_extended_pictographic(utf8_next(s, &after)))
				return next;
			next = after;
		} else if (!is_skin_tone(cp) && (cp < 0xFE00 || cp > 0xFE0F)) {
			break;
		}
		at = next;
	}
	return at;
}

/* Two regional indicators in a row are a flag: the second letter, or 0. */
static char flag_second(struct str s, size_t *at)
{
	size_t next = *at;
	uint32_t cp;

	if (next >= s.len)
		return 0;
	cp = utf8_next(s, &next);
	if (!is_regional(cp))
		return 0;
	*at = next;
	return (char)('A' + (cp - 0x1F1E6));
}

/* The next piece of s as it is displayed. *at < s.len. */
static void next_shown(struct str s, size_t *at, struct shown *sh)
{
	size_t start = *at;
	uint32_t cp = utf8_next(s, at);
	int w = table_width(cp);

	if (is_dropped(cp)) {
		*sh = (struct shown){.text = STR("")};
	} else if (w < 0 || (cp == CP_REPLACEMENT && *at - start == 1)) {
		*sh = (struct shown){.text = STR("\xEF\xBF\xBD"), .columns = 1};
	} else if (is_regional(cp)) {
		char second = flag_second(s, at);

		sh->flag[0] = '[';
		sh->flag[1] = (char)('A' + (cp - 0x1F1E6));
		sh->flag[2] = second;
		sh->flag[3] = ']';
		sh->text = second ? (struct str){sh->flag, 4} : (struct str){sh->flag + 1, 1};
		sh->columns = sh->text.len;
	} else {
		sh->text = (struct str){s.p + start, *at - start};
		sh->columns = (size_t)w;
		if (cp >= 0xA9 && *at < s.len && (unsigned char)s.p[*at] >= 0xE2 &&
		    uc_is_property_extended_pictographic(cp))
			*at = skip_joined(s, *at);
	}
}

/* Length of the run of printable ASCII from `at`. */
static size_t plain_run(struct str s, size_t at)
{
	size_t i = at;

	while (i < s.len && s.p[i] >= ' ' && s.p[i] < 0x7F)
		i++;
	return i - at;
}

size_t width_of(struct str s)
{
	size_t columns = 0;

	for (size_t at = 0; at < s.len;) {
		size_t n = plain_run(s, at);
		struct shown sh;

		columns += n;
		at += n;
		if (at >= s.len)
			break;
		next_shown(s, &at, &sh);
		columns += sh.columns;
	}
	return columns;
}

bool width_display(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.len;) {
		size_t n = plain_run(s, at);
		struct shown sh;

		if (!buf_add(out, s.p + at, n))
			return false;
		at += n;
		if (at >= s.len)
			break;
		next_shown(s, &at, &sh);
		if (!buf_add(out, sh.text.p, sh.text.len))
			return false;
	}
	return true;
}

/* Letters of scripts in which a code point is a cluster unless a mark follows, without asking the tables. */
static bool is_plain_cluster(uint32_t cp)
{
	if (cp < 0x300)
		return (cp >= 0x20 && cp < 0x7F) || cp >= 0xC0;
	return (cp >= 0x370 && cp <= 0x482) || is_rtl_letter(cp) || (cp >= 0x2010 && cp <= 0x2027) ||
	       (cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x30A0 && cp <= 0x30FF) ||
	       (cp >= 0x3400 && cp <= 0x9FFF);
}

static int cluster_class(uint32_t cp)
{
	return is_plain_cluster(cp) ? GBP_OTHER : uc_graphemeclusterbreak_property(cp);
}

/* A cluster is looked at in at most this many bytes: a longer one is cut, so that a flood stays linear. */
#define CLUSTER_MAX 256

size_t width_cluster(struct str s, size_t at)
{
	size_t end = at, next;
	uint32_t cp = utf8_next(s, &end);
	int class = cluster_class(cp);
	bool glued = class == GBP_PREPEND;
	char breaks[CLUSTER_MAX + 4];

	if (end >= s.len)
		return end - at;
	next = end;
	cp = utf8_next(s, &next);
	if (class == GBP_OTHER && cluster_class(cp) == GBP_OTHER)
		return end - at;
	for (end = next; end < s.len && end - at < CLUSTER_MAX; end = next) {
		next = end;
		glued = cp == ZWJ || cluster_class(cp) == GBP_PREPEND;
		cp = utf8_next(s, &next);
		if (!glued && cluster_class(cp) == GBP_OTHER)
			break;
	}
	u8_grapheme_breaks((const uint8_t *)s.p + at, end - at, breaks);
	for (size_t i = 1; i < end - at; i++)
		if (breaks[i])
			return i;
	return end - at;
}

struct str width_cut(struct str s, size_t columns, size_t *used)
{
	size_t at = 0, sum = 0;

	while (at < s.len) {
		bool plain =
		    s.p[at] >= ' ' && s.p[at] < 0x7F && (at + 1 == s.len || (s.p[at + 1] & 0x80) == 0);
		size_t n = plain ? 1 : width_cluster(s, at);
		size_t w = plain ? 1 : width_of((struct str){s.p + at, n});

		if (sum + w > columns)
			break;
		sum += w;
		at += n;
	}
	if (used)
		*used = sum;
	return (struct str){s.p, at};
}

static size_t add_ellipsis(struct buf *out, size_t columns, bool ascii)
{
	size_t n = ascii ? (columns < 3 ? columns : 3) : (columns < 1 ? columns : 1);

	if (ascii)
		(void)buf_fill(out, '.', n);
	else if (n)
		(void)buf_adds(out, "\xE2\x80\xA6");
	return n;
}

size_t width_fit(struct buf *out, struct str s, size_t columns, enum ellipsis cut, bool pad, bool ascii)
{
	size_t used;
	struct str head = width_cut(s, columns, &used);

	if (head.len == s.len || cut == CUT_PLAIN) {
		(void)width_display(out, head);
	} else {
		size_t mark = ascii ? 3 : 1;

		head = width_cut(s, columns > mark ? columns - mark : 0, &used);
		while (head.len > 0 && head.p[head.len - 1] == ' ') {
			head.len--;
			used--;
		}
		(void)width_display(out, head);
		used += add_ellipsis(out, columns - used, ascii);
	}
	if (pad && used < columns) {
		(void)buf_fill(out, ' ', columns - used);
		used = columns;
	}
	return used;
}
