/* SPDX-License-Identifier: MIT */
/* Lines out of paragraphs. Break opportunities are libunistring's (UAX #14); words of plain letters, which
 * are nearly all of a text, do not ask it. Owns the greedy choice; leaves columns to width.c. */
#include "text/wrap.h"

#include "base/mem.h"
#include "text/utf8.h"
#include "text/width.h"

#include <string.h>
#include <unilbrk.h>

/* What the quick road needs to know of a character. LETTER: letters and digits of alphabets; CLOSE: full
 * stop, comma, colon, semicolon; QUOTE; OPEN: "("; PAREN: ")"; END: "!" and "?"; SPACE; OTHER: libunistring
 * decides. */
enum quick { LETTER, CLOSE, QUOTE, OPEN, PAREN, END, SPACE, OTHER };

struct wrapper {
	struct str s;
	char *breaks; /* one per byte: 1 where a line may begin */
	wrap_fn *fn;
	void *arg;
	size_t limit, rest, lines, max_lines;
};

static enum quick quick_ascii(unsigned char c)
{
	if (ch_alnum(c))
		return LETTER;
	switch (c) {
	case '.':
	case ',':
	case ':':
	case ';':
		return CLOSE;
	case '"':
	case '\'':
		return QUOTE;
	case '(':
		return OPEN;
	case ')':
		return PAREN;
	case '!':
	case '?':
		return END;
	case ' ':
		return SPACE;
	default:
		return OTHER;
	}
}

static enum quick quick_of(uint32_t cp)
{
	if (cp < 0x80)
		return quick_ascii((unsigned char)cp);
	if (cp >= 0xC0 && cp < 0x250)
		return cp == 0xD7 || cp == 0xF7 ? OTHER : LETTER;
	if ((cp >= 0x386 && cp <= 0x3CE && cp != 0x387) || (cp >= 0x400 && cp <= 0x481) ||
	    (cp >= 0x5D0 && cp <= 0x5EA) || (cp >= 0x620 && cp <= 0x64A) || (cp >= 0x1E00 && cp <= 0x1FBC))
		return LETTER;
	if (cp == 0x2018 || cp == 0x2019 || cp == 0x201C || cp == 0x201D)
		return QUOTE;
	return OTHER;
}

/* True when no line may begin between two neighbours of one word; false: libunistring is to say. */
static bool stays(enum quick before, enum quick after)
{
	if (after == END || after == CLOSE || after == PAREN)
		return before != OPEN || after != END;
	switch (before) {
	case LETTER:
		return after <= OPEN;
	case CLOSE:
	case PAREN:
		return after == LETTER || after == QUOTE;
	case QUOTE:
	case OPEN:
		return after <= OPEN;
	default:
		return after == QUOTE;
	}
}

/* True when a line may surely begin after the spaces between the two. */
static bool parts(enum quick before, enum quick after)
{
	if (before == OPEN || before >= SPACE)
		return false;
	if (after == OPEN)
		return before != QUOTE;
	return after == LETTER || after == QUOTE;
}

/* Opportunities of the library's that are not ours: behind a soft hyphen, which is not displayed, so that the
 * break would show no hyphen; and inside "e.g." (LB29, which libunistring 1.0 leaves out). */
static bool is_glued(struct str s, size_t at)
{
	size_t next = at;

	if (at >= 2 && s.p[at - 2] == '\xC2' && s.p[at - 1] == '\xAD')
		return true;
	return at >= 1 && quick_of((unsigned char)s.p[at - 1]) == CLOSE && cp_is_letter(utf8_next(s, &next));
}

/* Marks the opportunities of [from, to) by the library; the first byte keeps its mark. */
static void ask_library(struct wrapper *w, size_t from, size_t to)
{
	char first = w->breaks[from];

	u8_possible_linebreaks((const uint8_t *)w->s.p + from, to - from, "UTF-8", w->breaks + from);
	for (size_t i = from + 1; i < to; i++) {
		char b = w->breaks[i];

		w->breaks[i] = (b == UC_BREAK_POSSIBLE || b == UC_BREAK_MANDATORY) && !is_glued(w->s, i);
	}
	w->breaks[from] = first;
}

/* Fills w->breaks for the paragraph [from, to): walks it in stretches that begin at a sure break. */
static void find_breaks(struct wrapper *w, size_t from, size_t to)
{
	struct str s = {w->s.p, to};
	size_t stretch = from, at = from;
	enum quick before = OTHER, seen = OTHER; /* the last visible character; the last one */
	bool plain = true;

	memset(w->breaks + from, 0, to - from);
	while (at < to) {
		size_t start = at;
		uint32_t cp = utf8_next(s, &at);
		enum quick now = quick_of(cp);

		if (seen == SPACE && parts(before, now)) {
			if (!plain)
				ask_library(w, stretch, start);
			w->breaks[start] = 1;
			stretch = start;
			plain = true;
		} else if (start == from) {
			plain = now < SPACE;
		} else if (now == SPACE) {
			plain = plain && before < SPACE;
		} else {
			plain = plain && seen != SPACE && now != OTHER && stays(seen, now);
		}
		seen = now;
		if (now != SPACE)
			before = now;
	}
	if (!plain)
		ask_library(w, stretch, to);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Hands out the line [start, end) without the blanks at its end. True: go on. */
static bool give(struct wrapper *w, size_t start, size_t end, size_t columns)
{
	while (end > start && is_blank(w->s.p[end - 1])) {
		end--;
		columns -= w->s.p[end] == ' ' ? 1 : 0;
	}
	w->fn(w->arg, start, end, columns);
	w->lines++;
	w->limit = w->rest;
	return w->max_lines == 0 || w->lines < w->max_lines;
}

/* The cluster at `at` and its columns. */
static size_t step(const struct wrapper *w, size_t at, size_t to, size_t *columns)
{
	struct str s = {w->s.p, to};
	unsigned char c = (unsigned char)s.p[at];
	size_t n;

	if (c < 0x7F && c >= ' ' && (at + 1 == to || (unsigned char)s.p[at + 1] < 0x80)) {
		*columns = 1;
		return 1;
	}
	n = width_cluster(s, at);
	*columns = width_of((struct str){s.p + at, n});
	return n;
}

/* One paragraph without newlines. True: go on. */
static bool wrap_paragraph(struct wrapper *w, size_t from, size_t to)
{
	size_t start = from, last = from; /* of the line; its last opportunity */
	size_t columns = 0, at_last = 0;  /* columns from start to here, and to the opportunity */

	find_breaks(w, from, to);
	for (size_t at = from; at < to;) {
		size_t width, n = step(w, at, to, &width);

		if (w->breaks[at] && at > start) {
			last = at;
			at_last = columns;
		}
		/* Blanks hang over the edge; a cluster wider than the line stands alone on it. */
		if (columns + width > w->limit && !(n == 1 && is_blank(w->s.p[at])) && at > start) {
			if (last == start) {
				last = at;
				at_last = columns;
			}
			if (!give(w, start, last, at_last))
				return false;
			/* Back to the opportunity: the next line may be shorter than this one. */
			start = at = last;
			columns = at_last = 0;
			continue;
		}
		columns += width;
		at += n;
	}
	return give(w, start, to, columns);
}

#define BREAKS_ON_STACK 4096

size_t wrap_text(struct str s, size_t first, size_t rest, size_t max_lines, wrap_fn *fn, void *arg)
{
	char small[BREAKS_ON_STACK];
	SCOPED_STR large = s.len > sizeof small ? mem_alloc(s.len) : NULL;
	struct wrapper w = {
	    .s = s,
	    .breaks = large ? large : small,
	    .fn = fn,
	    .arg = arg,
	    .limit = first ? first : 1,
	    .rest = rest ? rest : 1,
	    .max_lines = max_lines,
	};

	for (size_t from = 0; from < s.len;) {
		const char *newline = memchr(s.p + from, '\n', s.len - from);
		size_t to = newline ? (size_t)(newline - s.p) : s.len;

		if (!wrap_paragraph(&w, from, to))
			break;
		from = to + 1;
	}
	return w.lines;
}
