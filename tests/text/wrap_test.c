/* SPDX-License-Identifier: MIT */
/* Breaking into lines: rows, and the quick road against libunistring on random text. */
#include "text/wrap.h"

#include "text/utf8.h"
#include "text/width.h"
#include "text_test.h"

#include <unilbrk.h>

struct lines {
	struct str s;
	struct buf out;
	size_t widest, last_end, widths[2];
	size_t n;
	bool wrong;
};

static void add_line(void *arg, size_t start, size_t end, size_t columns)
{
	struct lines *l = arg;
	struct str line = str_sub(l->s, start, end - start);

	if (l->n++ > 0)
		(void)buf_addc(&l->out, '|');
	(void)buf_addstr(&l->out, line);
	l->wrong = l->wrong || width_of(line) != columns || start < l->last_end || end < start;
	/* A cluster wider than the line stands alone. */
	if (columns > l->widths[l->n > 1] && line.len > width_cluster(line, 0))
		l->wrong = true;
	l->last_end = end;
}

static void test_rows(void **state)
{
	static const struct {
		const char *in;
		size_t first, rest, max;
		const char *lines;
	} rows[] = {
	    {"", 10, 10, 0, ""},
	    {"one", 10, 10, 0, "one"},
	    {"one two three", 7, 7, 0, "one two|three"},
	    {"one two three", 8, 8, 0, "one two|three"},
	    {"one  two", 3, 3, 0, "one|two"},
	    {"one two three four", 5, 9, 0, "one|two three|four"},
	    {"one two three four", 5, 9, 2, "one|two three"},
	    {"incomprehensible", 6, 6, 0, "incomp|rehens|ible"},
	    {"a well-known fact", 8, 8, 0, "a well-|known|fact"},
	    {"line\nbreak\n\nempty\n", 20, 20, 0, "line|break||empty"},
	    {"end ", 3, 3, 0, "end"},
	    {"word (in brackets) end", 9, 9, 0, "word (in|brackets)|end"},
	    {"he said “not now” twice", 12, 12, 0, "he said “not|now” twice"},
	    {"wait ! what ?", 5, 5, 0, "wait|!|what|?"},
	    {"中文字符很多", 5, 5, 0, "中文|字符|很多"},
	    {"中文，字", 4, 4, 0, "中|文，|字"},
	    {"no\xC2\xA0"
	     "break here",
	        9, 9, 0,
	        "no\xC2\xA0"
	        "break|here"},
	    {"soft\xC2\xADhyphen word", 8, 8, 0, "soft\xC2\xADhyph|en word"},
	    {"https://example.org/a/long/path", 20, 20, 0, "https://example.org/|a/long/path"},
	    {"👨‍👩‍👧👨‍👩‍👧", 1, 1, 0, "👨‍👩‍👧|👨‍👩‍👧"},
	    {"$5,000 or 12,5 %", 9, 9, 0, "$5,000 or|12,5 %"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct lines l = {
		    .s = str_c(rows[i].in), .out = BUF_INIT, .widths = {rows[i].first, rows[i].rest}};
		size_t n = wrap_text(l.s, rows[i].first, rows[i].rest, rows[i].max, add_line, &l);

		same(rows[i].in, buf_str(&l.out), rows[i].lines);
		assert_int_equal(n, l.n);
		if (l.wrong)
			fail_msg("%s: columns or places are wrong", rows[i].in);
		buf_release(&l.out);
	}
}

static size_t trimmed(struct str s, size_t start, size_t end)
{
	while (end > start && s.p[end - 1] == ' ')
		end--;
	return end;
}

/* The plain way: the longest piece that fits and ends at an opportunity of the library's, else what fits of
 * the word. */
static void slow_wrap(struct str s, size_t columns, struct buf *out)
{
	char breaks[256];

	u8_possible_linebreaks((const uint8_t *)s.p, s.len, "UTF-8", breaks);
	for (size_t at = 1; at < s.len; at++) {
		size_t next = at;

		/* LB29: no break inside "e.g." */
		if (strchr(".,:;", s.p[at - 1]) && cp_is_letter(utf8_next(s, &next)))
			breaks[at] = UC_BREAK_PROHIBITED;
	}
	for (size_t start = 0; start < s.len;) {
		size_t best = 0, end;

		for (size_t at = start + 1; at <= s.len; at++)
			if (at == s.len || breaks[at] == UC_BREAK_POSSIBLE) {
				end = trimmed(s, start, at);
				if (width_of(str_sub(s, start, end - start)) > columns)
					break;
				best = at;
			}
		if (best == 0) {
			best = start + width_cut(str_skip(s, start), columns, NULL).len;
			if (best == start)
				best = start + width_cluster(s, start);
			while (best < s.len && s.p[best] == ' ')
				best++;
		}
		end = trimmed(s, start, best);
		if (out->len > 0 || start > 0)
			(void)buf_addc(out, '|');
		(void)buf_addstr(out, str_sub(s, start, end - start));
		start = best;
	}
}

static void test_quick_road(void **state)
{
	static const char *const pieces[] = {"a", "bc", "D", "1", "23", ".", ",", ":", ";", "!", "?", "(",
	    ")", "'", "\"", "’", "“", "”", " ", " ", " ", "  ", "é", "ж", "Ω", "-", "/", "%", "$", "–", "—",
	    "…", "[", "]", "}", "中", "€", "×"};
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		char text[200];
		size_t len = 0, columns = 1 + (size_t)i % 12;
		SCOPED(buf) struct buf slow = BUF_INIT;
		struct lines l = {.out = BUF_INIT, .widths = {columns, columns}};

		do {
			const char *piece;

			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			piece = pieces[(seed >> 33) % ARRAY_LEN(pieces)];
			memcpy(text + len, piece, strlen(piece));
			len += strlen(piece);
		} while (len < 100 && (seed >> 20) % 17 != 0);
		if (text[0] == ' ')
			continue;
		l.s = (struct str){text, len};
		slow_wrap(l.s, columns, &slow);
		(void)wrap_text(l.s, columns, columns, 0, add_line, &l);
		if (!str_eq(buf_str(&slow), buf_str(&l.out)))
			fail_msg("\"%.*s\" at %zu: %s, slowly %s", (int)len, text, columns, buf_cstr(&l.out),
			    buf_cstr(&slow));
		buf_release(&l.out);
	}
}

static void test_random(void **state)
{
	uint64_t seed = 5;
	char bytes[400];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct str s = random_text(&seed, bytes, sizeof bytes);
		size_t first = 1 + (size_t)(i % 30), rest = 1 + (size_t)(i % 17);
		struct lines l = {.s = s, .out = BUF_INIT, .widths = {first, rest}};

		(void)wrap_text(s, first, rest, 0, add_line, &l);
		if (l.wrong)
			fail_msg("\"%.*s\" at %zu, %zu: %s", STR_ARG(s), first, rest, buf_cstr(&l.out));
		buf_release(&l.out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows), cmocka_unit_test(test_quick_road), cmocka_unit_test(test_random)};

	return cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
}
