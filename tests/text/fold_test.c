/* SPDX-License-Identifier: MIT */
/* Folding: one key for two spellings, and finding by it. */
#include "text/fold.h"

#include "text/utf8.h"
#include "text_test.h"

static void test_fold(void **state)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
	    {"Plain ASCII", "plain ascii"},
	    {"ÀÉÎÕÜ ñçø", "aeiou ncø"},
	    {"Straße ÞÆŒ", "strasse þæœ"},
	    {"e\xCC\x81t\xC3\xA9 E\xCC\x81", "ete e"},
	    {"Łódź Żółć", "łodz zołc"},
	    {"İstanbul ışık", "istanbul ısık"},
	    {"Tiếng Việt", "tieng viet"},
	    {"Ἀθῆναι ΣΊΣΥΦΟΣ σίσυφος", "αθηναι σισυφοσ σισυφοσ"},
	    {"ΐ ΰ", "ι υ"},
	    {"ЁЖИК Йод", "ежик йод"},
	    {"и\xCC\x86од е\xCC\x88ж за\xCC\x81мок", "йод еж замок"},
	    {"Київ Ґанок Їжак", "київ ґанок їжак"},
	    {"مُحَمَّد مـــحمد", "محمد محمد"},
	    {"\xD8\xA7\xD9\x93", "\xD8\xA2"},
	    {"שָׁלוֹם", "שלום"},
	    {"中文 カ\xE3\x82\x99", "中文 ガ"},
	    {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한"},
	    {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB 한 ＡＢ", "한 한 ａｂ"},
	    {"हिन्दी", "हिन्दी"},
	    {"\xE0\xA4\xA8\xE0\xA4\xBC \xE0\xA5\x98",
	        "\xE0\xA4\xA9 \xE0\xA4\x95\xE0\xA4\xBC"}, /* a dot below */
	    {"ΑΩΣ ως", "αωσ ωσ"},
	    {"АЯРП яа", "аярп яа"},
	    {"ﬁne ſo ǅ", "fine so ǆ"},
	    {"soft\xC2\xADhy zero\xE2\x80\x8Bwidth", "softhy zerowidth"},
	    {"bad \xFF", "bad �"},
	    {"\xCC\x81x", "x"},
	    {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf out = BUF_INIT;
		SCOPED(buf) struct buf again = BUF_INIT;

		assert_true(fold_add(&out, str_c(rows[i].in)));
		same(rows[i].in, buf_str(&out), rows[i].want);
		assert_true(fold_add(&again, buf_str(&out)));
		same(rows[i].in, buf_str(&again), rows[i].want);
	}
}

static void test_headline(void **state)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
	    {"  “Rutte” resigns — again!  ", "rutte resigns again"},
	    {"U.S.-China talks", "us china talks"},
	    {"Größer, schöner", "grosser schoner"},
	    {"---", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf out = BUF_INIT;

		assert_true(fold_headline(&out, str_c(rows[i].in)));
		same(rows[i].in, buf_str(&out), rows[i].want);
	}
}

struct found {
	struct str s;
	struct buf words; /* what was found, with | between */
};

static void note_place(void *arg, size_t at, size_t len)
{
	struct found *f = arg;

	if (f->words.len)
		buf_addc(&f->words, '|');
	buf_addstr(&f->words, str_sub(f->s, at, len));
}

static void test_find(void **state)
{
	static const struct {
		const char *text, *needle;
		size_t most;
		const char *found; /* NULL: not there */
	} rows[] = {
	    {"The Rutte cabinet", "rutte", 9, "Rutte"},
	    {"Rutte, RUTTE and rutter", "rutte", 9, "Rutte|RUTTE|rutte"},
	    {"Rutte, RUTTE and rutter", "rutte", 2, "Rutte|RUTTE"},
	    {"L'ÉTÉ à Noël, été", "noel", 9, "Noël"},
	    {"L'ÉTÉ à Noël, été", "été", 9, "ÉTÉ|été"},
	    {"l'e\xCC\x81te\xCC\x81 la", "été", 9, "e\xCC\x81te\xCC\x81"},
	    {"große Straße", "STRASSE", 9, "Straße"},
	    {"Straße", "ras", 9, "raß"},
	    {"ßß", "s", 9, "ß|ß"},
	    {"aaaa é", "aa", 9, "aa|aa"},
	    {"aaaa", "aa", 9, "aa|aa"},
	    {"ежик и ёжик", "ёжик", 9, "ежик|ёжик"},
	    {"中文字符", "文字", 9, "文字"},
	    {"abc", "", 9, NULL},
	    {"", "a", 9, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct found f = {str_c(rows[i].text), BUF_INIT};

		fold_each(f.s, str_c(rows[i].needle), rows[i].most, note_place, &f);
		same(rows[i].text, f.words.len ? buf_str(&f.words) : STR_NONE, rows[i].found);
		assert_int_equal(fold_find(f.s, str_c(rows[i].needle)), rows[i].found != NULL);
		buf_release(&f.words);
	}
}

static void is_within(void *arg, size_t at, size_t len)
{
	assert_true(len && at + len <= ((const struct str *)arg)->len);
}

static void test_random(void **state)
{
	uint64_t seed = 23;
	char bytes[300];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		SCOPED(buf) struct buf once = BUF_INIT;
		SCOPED(buf) struct buf twice = BUF_INIT;
		struct str s = random_text(&seed, bytes, sizeof bytes);

		assert_true(fold_add(&once, s));
		if (!utf8_valid(buf_str(&once)))
			fail_msg("\"%s\" is no UTF-8", buf_cstr(&once));
		assert_true(fold_add(&twice, buf_str(&once)));
		if (!str_eq(buf_str(&once), buf_str(&twice)))
			fail_msg("\"%s\" becomes \"%s\"", buf_cstr(&once), buf_cstr(&twice));
		fold_each(s, STR("e"), SIZE_MAX, is_within, &s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_fold), cmocka_unit_test(test_headline),
	    cmocka_unit_test(test_find), cmocka_unit_test(test_random)};

	return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
