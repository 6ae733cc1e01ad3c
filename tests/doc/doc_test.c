/* SPDX-License-Identifier: MIT */
/* Building documents, and their codecs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "doc/append.h"
#include "doc/article.h"
#include "doc/codec.h"
#include "doc/out.h"
#include "sample.h"

/* Of the texts of the sample. */
static bool is_rtl(struct str text)
{
	static const char *const begins[] = {"هبطت", "שלושה", "אחת", "מי"};

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_starts(text, begins[i]))
			return true;
	return false;
}

static void test_build(void **state)
{
	SCOPED_PTR(doc) struct doc *d = sample_doc();
	const struct block *first = &d->blocks[0];

	struct str words[5];

	(void)state;
	assert_int_equal(d->n_links, 5);
	doc_link_words(d, words);
	assert_true(str_eqc(words[0], "Apollo 11") && str_eqc(words[3], "Descent"));
	assert_true(str_eqc(words[4], "the loop of the flight director"));
	assert_true(str_eqc(d->links[1].url, "https://moon.example/rest"));
	assert_int_equal(first->text.n_runs, 8);
	assert_true(str_eqc(
	    str_sub(first->text.text, first->text.runs[0].start, first->text.runs[0].len), "Apollo 11"));
	assert_int_equal(first->text.runs[0].link, 1);
	assert_int_equal(d->blocks[d->n_blocks - 1].kind, BLOCK_NOTE); /* a rule at the end is dropped */
	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct block *b = &d->blocks[i];

		assert_int_equal(b->rtl, is_rtl(b->text.text));
		if (b->kind == BLOCK_CODE && b->label.len)
			assert_true(str_starts(b->text.text, "int main") && str_ends(b->text.text, "\n}"));
		if (b->kind == BLOCK_EMBED && !doc_is_medium(b))
			assert_int_equal(b->number, 3);
		if (b->kind == BLOCK_TABLE) {
			assert_int_equal(b->table->n_columns, 4);
			assert_int_equal(b->table->n_rows, 4);
			assert_int_equal(b->table->cells[6].flags, CELL_NUMBER);
			assert_int_equal(b->table->cells[5].flags, 0);
		}
		if (str_starts(b->text.text, "an item whose"))
			assert_int_equal(b->kind, BLOCK_ITEM);
	}
}

/* Trimming, merging, and what is left out. */
static void test_small(void **state)
{
	static const struct {
		enum block_kind kind;
		const char *text;
		const char *kept; /* NULL: no block */
	} rows[] = {
	    {BLOCK_PARA, " \n a b \t", "a b"},
	    {BLOCK_PARA, " \n ", NULL},
	    {BLOCK_CODE, "\n \n  a\n b \n", "  a\n b"},
	    {BLOCK_VERSE, "\n  x\ny", "  x\ny"},
	    {BLOCK_ITEM, "", NULL},
	    {BLOCK_FIGURE, "", NULL},
	    {BLOCK_PARA, "\x1b[31mred\xff", "[31mred\xef\xbf\xbd"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct doc_builder *b = doc_build();
		struct str text = str_c(rows[i].text);

		doc_block(b, &(struct block){.kind = rows[i].kind});
		for (size_t at = 0; at < text.len; at++) /* byte by byte: pieces may cut characters */
			doc_text(b, str_sub(text, at, 1), RUN_BOLD, STR("javascript:x"));
		{
			SCOPED_PTR(doc) struct doc *d = doc_finish(b);

			assert_int_equal(d->n_links, 0);
			assert_int_equal(d->n_blocks, rows[i].kept ? 1 : 0);
			if (!rows[i].kept)
				continue;
			if (!str_eqc(d->blocks[0].text.text, rows[i].kept))
				fail_msg("%.*s", STR_ARG(d->blocks[0].text.text));
			assert_int_equal(d->blocks[0].text.n_runs, i == 6 ? 0 : 1);
		}
	}
}

static void test_of_text(void **state)
{
	static const char mail[] = "A paragraph of mail that was filled to a width of some seventy columns\n"
	                           "goes on in its second line and ends here.\n \n\nShort\nlines stay";
	SCOPED_PTR(doc) struct doc *d = doc_of_text(STR(mail)), *empty = doc_of_text(STR_NONE);

	(void)state;
	assert_int_equal(empty->n_blocks, 0);
	assert_int_equal(d->n_blocks, 2);
	assert_true(str_chr(d->blocks[0].text.text, '\n') < 0);
	assert_true(str_eqc(d->blocks[1].text.text, "Short\nlines stay"));
	assert_int_equal(doc_words(d), 26);
}

static void encode(struct buf *out, struct doc *d)
{
	doc_encode(out, d);
	doc_free(d);
}

static void test_codec(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 60; seed++) {
		SCOPED(buf) struct buf bytes = BUF_INIT, again = BUF_INIT;
		struct err err = {0};
		struct doc *d;

		encode(&bytes, seed ? random_doc(seed, 30) : sample_doc());
		d = doc_decode(buf_str(&bytes), &err);
		if (!d)
			fail_msg("%d: %s", (int)seed, err.detail);
		encode(&again, d);
		assert_true(str_eq(buf_str(&bytes), buf_str(&again)));
	}
}

static void test_codec_hostile(void **state)
{
	SCOPED(buf) struct buf bytes = BUF_INIT;
	struct err err = {0};

	(void)state;
	encode(&bytes, sample_doc());
	for (size_t n = 0; n < bytes.len; n++)
		assert_null(doc_decode(str_n(bytes.data, n), &err));
	assert_int_equal(err.code, ERR_HELPER);
	for (size_t n = 0; n < bytes.len * 8; n++) {
		struct doc *d;

		bytes.data[n / 8] = (char)(bytes.data[n / 8] ^ (1 << n % 8));
		d = doc_decode(buf_str(&bytes), NULL);
		if (d && n % 16 == 0) { /* what is let in can be shown */
			SCOPED(buf) struct buf out = BUF_INIT;

			doc_out_text(&out, d, 1 + n % 90);
			doc_out_html(&out, d);
			doc_out_markdown(&out, d);
		}
		doc_free(d);
		bytes.data[n / 8] = (char)(bytes.data[n / 8] ^ (1 << n % 8));
	}
}

static void test_append(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		SCOPED_PTR(doc) struct doc *d = seed ? random_doc(seed, 30) : sample_doc();
		SCOPED(buf) struct buf wanted = BUF_INIT, got = BUF_INIT;
		struct doc_builder *b = doc_build();
		struct doc *again, *twice;

		doc_append(b, d);
		again = doc_finish(b);
		doc_out_html(&wanted, d);
		doc_out_html(&got, again);
		assert_true(str_eq(buf_str(&wanted), buf_str(&got)));
		doc_free(again);
		b = doc_build();
		doc_append(b, d);
		doc_append(b, d);
		twice = doc_finish(b);
		assert_true(twice->n_links <= d->n_links);
		assert_true(twice->n_blocks + 1 >= 2 * d->n_blocks);
		doc_free(twice);
	}
}

static void test_article(void **state)
{
	SCOPED_PTR(article) struct article *a = article_new();
	SCOPED(buf) struct buf bytes = BUF_INIT;
	struct page_link links[] = {
	    {STR("Quarantine"), STR("https://a.example/q")}, {STR("Bad"), STR("javascript:x")}};
	struct article *got;

	(void)state;
	a->state = PAGE_CUT;
	a->title = STR("Eagle");
	a->html = STR("<p>x\ty</p>");
	a->published = 5;
	a->related = links;
	a->n_related = 2;
	a->doc = sample_doc();
	a->word_count = 7;
	article_encode(&bytes, a);
	got = article_decode(buf_str(&bytes), NULL);
	assert_non_null(got);
	assert_true(got->state == PAGE_CUT && got->published == 5 && got->modified == TIME_NONE &&
	            got->word_count == 7);
	assert_true(str_eqc(got->related[0].title, "Quarantine") && !got->related[1].url.p && !got->dek.p);
	assert_int_equal(got->doc->n_blocks, a->doc->n_blocks);
	article_free(got);
	for (size_t n = 0; n < bytes.len; n++)
		assert_null(article_decode(str_n(bytes.data, n), NULL));
	a->title = STR("two\nlines");
	buf_reset(&bytes);
	article_encode(&bytes, a);
	assert_null(article_decode(buf_str(&bytes), NULL));
}

/* Articles stored before the alternate was: the same fields without the last. */
static void test_first_version(void **state)
{
	SCOPED_PTR(article) struct article *a = article_new(), *got = NULL;
	SCOPED(buf) struct buf bytes = BUF_INIT, first = BUF_INIT;
	struct err err = {0};

	(void)state;
	a->title = STR("Eagle");
	a->word_count = 7;
	article_encode(&bytes, a); /* ends with two absent strings of one byte each: alternate, document */
	buf_add(&first, "\001", 1);
	buf_add(&first, bytes.data + 1, bytes.len - 2);
	assert_null(article_decode(str_n(bytes.data, bytes.len - 1), NULL));
	got = article_decode(buf_str(&first), &err);
	assert_non_null(got);
	assert_true(str_eqc(got->title, "Eagle") && got->word_count == 7 && !got->alternate.p && !got->doc);
}

/* What an abbreviation stands for is shown, and is none of the author's words. */
/* Pieces that are each safe: together they are made so where they are not, and kept as they are where they
 * are. */
static void test_safe_pieces(void **state)
{
#define EIGHT "\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81"
	static const struct {
		const char *first, *second;
		size_t bytes, n_runs;
	} rows[] = {
	    {"a", "b", 2, 1},
	    {"a" EIGHT, EIGHT, 33, 1},
	    {"a" EIGHT, EIGHT EIGHT, 33, 0},
	    {"a" EIGHT EIGHT, "b" EIGHT EIGHT, 66, 1},
	    {"a" EIGHT EIGHT, "\xC3\xA9" EIGHT, 51, 1},
	};
#undef EIGHT

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct doc_builder *b = doc_build();
		doc_text_safe(b, str_c(rows[i].first), 0, STR_NONE);
		doc_text_safe(b, str_c(rows[i].second), RUN_BOLD, STR_NONE);
		SCOPED_PTR(doc) struct doc *d = doc_finish(b);
		assert_int_equal(d->blocks[0].text.text.len, rows[i].bytes);
		assert_int_equal(d->blocks[0].text.n_runs, rows[i].n_runs);
	}
}

static void test_gloss(void **state)
{
	struct doc_builder *b = doc_build();
	SCOPED(buf) struct buf words = BUF_INIT, shown = BUF_INIT;

	(void)state;
	doc_text(b, STR("The UoS"), 0, STR_NONE);
	doc_text(b, STR(" (Union of Setters)"), RUN_GLOSS, STR_NONE);
	doc_text(b, STR(" met."), 0, STR_NONE);
	SCOPED_PTR(doc) struct doc *d = doc_finish(b);
	doc_out_text(&words, d, 0);
	assert_true(str_eqc(buf_str(&words), "The UoS met."));
	doc_out_text(&shown, d, 60);
	assert_true(str_eqc(buf_str(&shown), "The UoS (Union of Setters) met.\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_build),
	    cmocka_unit_test(test_small),
	    cmocka_unit_test(test_first_version),
	    cmocka_unit_test(test_safe_pieces),
	    cmocka_unit_test(test_gloss),
	    cmocka_unit_test(test_of_text),
	    cmocka_unit_test(test_codec),
	    cmocka_unit_test(test_codec_hostile),
	    cmocka_unit_test(test_append),
	    cmocka_unit_test(test_article),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
