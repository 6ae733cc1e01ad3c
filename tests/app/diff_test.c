/* SPDX-License-Identifier: MIT */
/* What changed between two texts: the comparison against a plain one, and the document that tells it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/diff.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/clock.h"
#include "doc/out.h"

/* Length of a longest common subsequence, the slow way. */
static size_t longest(const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
	size_t best[65][65] = {{0}};

	for (size_t i = 1; i <= na; i++)
		for (size_t k = 1; k <= nb; k++) {
			size_t one = best[i - 1][k], other = best[i][k - 1];

			best[i][k] = a[i - 1] == b[k - 1] ? best[i - 1][k - 1] + 1
			             : one > other        ? one
			                                  : other;
		}
	return best[na][nb];
}

static size_t below(uint64_t *state, size_t n)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (size_t)(*state % n);
}

static void test_numbers(void **state)
{
	uint64_t chance = 88172645463325252u, a[64], b[64];
	bool same_a[64], same_b[64];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t na = below(&chance, 64), nb = below(&chance, 64), of = 1 + below(&chance, 12);
		size_t i = 0, k = 0, n = 0;

		for (size_t x = 0; x < na; x++)
			a[x] = below(&chance, of);
		for (size_t x = 0; x < nb; x++)
			b[x] = below(&chance, of);
		diff_numbers(a, na, b, nb, same_a, same_b);
		for (;; i++, k++, n++) {
			while (i < na && !same_a[i])
				i++;
			while (k < nb && !same_b[k])
				k++;
			if (i == na || k == nb)
				break;
			assert_true(a[i] == b[k]);
		}
		assert_true(i == na && k == nb);
		assert_int_equal(n, longest(a, na, b, nb));
	}
}

/* More differences than are looked for: all between the ends is different. */
static void test_many(void **state)
{
	static uint64_t a[3 * DIFF_EDITS_MAX], b[3 * DIFF_EDITS_MAX];
	static bool same_a[ARRAY_LEN(a)], same_b[ARRAY_LEN(b)];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(a); i++) {
		a[i] = i;
		b[i] = i == 0 || i == ARRAY_LEN(b) - 1 ? i : i + ARRAY_LEN(a);
	}
	diff_numbers(a, ARRAY_LEN(a), b, ARRAY_LEN(b), same_a, same_b);
	assert_true(same_a[0] && same_b[0] && same_a[ARRAY_LEN(a) - 1] && same_b[ARRAY_LEN(b) - 1]);
	assert_true(!same_a[1] && !same_b[ARRAY_LEN(b) - 2]);
}

static void test_articles(void **state)
{
	static const struct {
		const char *was, *is, *want;
		size_t out, in;
	} rows[] = {
	    {"one\n\ntwo", "one\n\ntwo", NULL, 0, 0},
	    {"The fee is ten pounds.", "The fee is twelve pounds.", "The fee is [-ten-]{+twelve+} pounds.", 1,
	        1},
	    {"The fee is ten pounds.", "The fee is ten pounds a head.", "The fee is ten pounds{+ a head+}.",
	        0, 2},
	    {"He said no, and left at once.", "He said yes; and stayed.",
	        "He said [-no,-]{+yes;+} and [-left at once-]{+stayed+}.", 4, 2},
	    {"a\n\nb\n\nc\n\nd\n\ne\n\nf\n\nold end of it", "a\n\nb\n\nc\n\nd\n\ne\n\nf\n\nnew end of it",
	        "[5 paragraphs as before]\n\nf\n\n[-old-]{+new+} end of it", 1, 1},
	    {"first\n\nquite another thing", "first\n\nput between them\n\nquite another thing",
	        "first\n\n{+put between them+}\n\nquite another thing", 0, 3},
	    {"first\n\ngone for good\n\nlast", "first\n\nlast", "first\n\n[-gone for good-]\n\nlast", 3, 0},
	    {"", "all of it", "{+all of it+}", 0, 3},
	    {"月面着陸を見守る", "月面着陸を見守った", "月面着陸を見守[-る-]{+った+}", 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_PTR(article) struct article *was = article_new(), *is = article_new();
		SCOPED(buf) struct buf text = BUF_INIT;
		struct diff_counts counts;
		struct doc *d;

		was->doc = doc_of_text(str_c(rows[i].was));
		is->doc = doc_of_text(str_c(rows[i].is));
		d = diff_articles(was, is, &counts);
		if (!rows[i].want) {
			assert_null(d);
			continue;
		}
		assert_non_null(d);
		doc_out_text(&text, d, 100);
		buf_trim_right(&text);
		assert_string_equal(buf_cstr(&text), rows[i].want);
		assert_true(counts.taken_out == rows[i].out && counts.put_in == rows[i].in);
		doc_free(d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_many),
	    cmocka_unit_test(test_articles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
