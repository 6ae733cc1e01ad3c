/* SPDX-License-Identifier: MIT */
/* Words, terms, stems, counts, languages. */
#include "text/word.h"

#include "text/utf8.h"
#include "text_test.h"

struct list {
	struct str s;
	struct buf out;
	size_t last;
	bool wrong;
};

static bool add(void *arg, const struct word *w)
{
	struct list *l = arg;

	if (l->out.len > 0)
		(void)buf_addc(&l->out, ' ');
	(void)buf_addstr(&l->out, w->text);
	if (w->number)
		(void)buf_addc(&l->out, '#');
	l->wrong =
	    l->wrong || w->start >= w->end || w->end > l->s.len || w->start < l->last || w->text.len == 0;
	l->last = w->start;
	return true;
}

static void test_words(void **state)
{
	static const struct {
		const char *in, *words, *terms;
	} rows[] = {
	    {"The Dutch cabinet resigned.", "the dutch cabinet resigned", "the dutch cabine resign"},
	    {"It's Rutte's, we'll see don’t", "it s rutte s we ll see don t", "it rutte we see don"},
	    {"in 2026, 1234567890 covid19", "in 2026# 1234567890# covid19", "in 2026# 1234567890# covid1"},
	    {"Élysée Größe naïve", "elysee grosse naive", "elysee grosse naive"},
	    {"Президент подписал ёлку", "президент подписал елку", "презид подпис елку"},
	    {"世界新闻 today 中", "世界 界新 新闻 today 中", "世界 界新 新闻 today"},
	    {"東京タワー", "東京 京タ タワ ワー", "東京 京タ タワ ワー"},
	    {"한국어 뉴스", "한국어 뉴스", "한국어 뉴스"},
	    {"می\xE2\x80\x8Cخواهم", "میخواهم", "میخواه"},
	    {"a b cd", "a b cd", "cd"},
	    {"ice-cream e.g. x_y", "ice cream e g x y", "ice cream"},
	    {"e\xCC\x81te\xCC\x81 so\302\255ft", "ete soft", "ete soft"},
	    {"  ... !!", "", ""},
	    {"", "", ""},
	    {"A中B", "a 中 b", ""},
	    {"٢٠٢٦ عام", "٢٠٢٦# عام", "٢٠٢٦# عام"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct list words = {.s = str_c(rows[i].in), .out = BUF_INIT}, terms = words;

		word_each(words.s, add, &words);
		same(rows[i].in, buf_str(&words.out), rows[i].words);
		word_terms(terms.s, add, &terms);
		same(rows[i].in, buf_str(&terms.out), rows[i].terms);
		assert_false(words.wrong || terms.wrong);
		buf_release(&words.out);
		buf_release(&terms.out);
	}
}

static bool stop_at_two(void *arg, const struct word *w)
{
	(void)w;
	return ++*(int *)arg < 2;
}

static void test_stop(void **state)
{
	int n = 0, east = 0;

	(void)state;
	word_each(STR("one two three four"), stop_at_two, &n);
	assert_int_equal(n, 2);
	word_each(STR("世界新闻世界新闻"), stop_at_two, &east);
	assert_int_equal(east, 2);
}

static void test_tokens(void **state)
{
	static const struct {
		enum lang lang;
		const char *in, *tokens;
	} rows[] = {
	    {LANG_EN, "Elections were running", "elect were run"},
	    {LANG_DE, "Häuser Wahlen", "haus wahl"},
	    {LANG_FR, "Les élections", "le elect"},
	    {LANG_NONE, "Elections running", "elections running"},
	    {LANG_PL, "wybory", "wybory"},
	    {LANG_ZH, "世界新闻", "世 世界 界 界新 新 新闻 闻"},
	    {LANG_EN, "in 2026", "in 2026#"},
	};
	SCOPED_PTR(stemmer) struct stemmer *st = stemmer_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct list l = {.s = str_c(rows[i].in), .out = BUF_INIT};

		word_tokens(st, rows[i].lang, l.s, add, &l);
		same(rows[i].in, buf_str(&l.out), rows[i].tokens);
		buf_release(&l.out);
	}
}

static void test_count(void **state)
{
	(void)state;
	assert_int_equal(word_count(STR("")), 0);
	assert_int_equal(word_count(STR("It’s a well-known fact, isn't it?")), 7);
	assert_int_equal(word_count(STR("世界新闻abc")), 3);
}

static void test_long_words(void **state)
{
	SCOPED(buf) struct buf text = BUF_INIT;
	struct list l = {.out = BUF_INIT};

	(void)state;
	(void)buf_fill(&text, 'x', 1000000);
	for (int i = 0; i < 1000; i++)
		(void)buf_adds(&text, "é");
	l.s = buf_str(&text);
	word_each(l.s, add, &l);
	assert_true(l.out.len > 100 && l.out.len < 200);
	buf_release(&l.out);
}

static void test_lang(void **state)
{
	static const struct {
		const char *text, *tag;
	} rows[] = {
	    {"The prime minister said that he would resign after the vote", "en"},
	    {"Die Regierung hat am Montag erklärt, dass sie nicht zurücktritt", "de"},
	    {"Le premier ministre a annoncé sa démission dans la soirée", "fr"},
	    {"El presidente del Gobierno anunció que no se presentará a las elecciones", "es"},
	    {"Il presidente del Consiglio ha detto che non si dimetterà", "it"},
	    {"O primeiro-ministro disse que não vai renunciar ao cargo", "pt"},
	    {"De premier zegt dat het kabinet niet zal aftreden en dat er een nieuwe regering komt", "nl"},
	    {"Statsministern säger att regeringen inte avgår och att det blir nyval", "sv"},
	    {"Statsministeren sier at regjeringen ikke går av etter valget", "no"},
	    {"Statsministeren siger, at regeringen ikke går af efter valget", "da"},
	    {"Pääministeri sanoi, että hallitus ei eroa ja että se jatkaa", "fi"},
	    {"Premier powiedział, że rząd nie poda się do dymisji", "pl"},
	    {"Premiér řekl, že vláda nepodá demisi a že se nic nezmění", "cs"},
	    {"Başbakan hükümetin istifa etmeyeceğini ve bir seçim olmadığını söyledi", "tr"},
	    {"A miniszterelnök azt mondta, hogy nem mond le és hogy a kormány marad", "hu"},
	    {"Prim-ministrul a spus că guvernul nu va demisiona și că nu sunt alegeri", "ro"},
	    {"Премьер заявил, что правительство не уйдёт в отставку", "ru"},
	    {"Прем'єр заявив, що уряд не піде у відставку після виборів", "uk"},
	    {"Ο πρωθυπουργός δήλωσε ότι δεν παραιτείται", "el"},
	    {"قال رئيس الوزراء إن الحكومة لن تستقيل", "ar"},
	    {"نخست وزیر گفت که دولت استعفا نمی‌دهد", "fa"},
	    {"وزیراعظم نے کہا ہے کہ حکومت استعفیٰ نہیں دے گی", "ur"},
	    {"ראש הממשלה אמר שהממשלה לא תתפטר", "he"},
	    {"प्रधानमंत्री ने कहा कि सरकार इस्तीफा नहीं देगी", "hi"},
	    {"总理表示政府不会辞职", "zh"},
	    {"首相は内閣が辞任しないと述べた", "ja"},
	    {"총리는 내각이 사퇴하지 않는다고 말했다", "ko"},
	    {"นายกรัฐมนตรีกล่าวว่ารัฐบาลจะไม่ลาออก", "th"},
	    {"El primer ministre ha dit que el govern no dimitirà amb aquesta votació", "ca"},
	    {"iPhone 17 Pro", ""},
	    {"12345", ""},
	    {"", ""},
	    {"Премиерът заяви, че правителството няма да подаде оставка и ще продължи", ""},
	};
	static const struct {
		const char *tag;
		enum lang lang;
	} tags[] = {{"en", LANG_EN}, {"EN-gb", LANG_EN}, {"pt_BR", LANG_PT}, {"nb-NO", LANG_NO},
	    {"zh-Hant", LANG_ZH}, {"deu", LANG_DE}, {" fr ", LANG_FR}, {"tlh", LANG_NONE}, {"", LANG_NONE},
	    {"e", LANG_NONE}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (unsigned expected = 0; expected < LANG_COUNT; expected++)
			same(rows[i].text,
			    str_c(lang_tag(lang_guess(str_c(rows[i].text), (enum lang)expected))),
			    rows[i].tag);
	for (size_t i = 0; i < ARRAY_LEN(tags); i++)
		if (lang_of_tag(str_c(tags[i].tag)) != tags[i].lang)
			fail_msg("%s", tags[i].tag);
}

/* The table is searched by halves: it must be sorted, each word once. */
static void test_small_words_sorted(void **state)
{
	static const char *const words[] = {
#define LANG_WORD(word, langs) word,
#include "text/lang_words.def"
	};

	(void)state;
	for (size_t i = 1; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i - 1], words[i]) >= 0)
			fail_msg("%s is not behind %s", words[i], words[i - 1]);
}

static void test_small_words(void **state)
{
	(void)state;
	assert_true(lang_is_small_word(LANG_EN, STR("the")) && lang_is_small_word(LANG_DE, STR("und")));
	assert_true(lang_is_small_word(LANG_RU, STR("что")));
	assert_true(lang_is_small_word(LANG_DE, STR("die")));
	assert_false(lang_is_small_word(LANG_EN, STR("die"))); /* a verb there */
	assert_true(lang_is_small_word(LANG_NONE, STR("the")) && lang_is_small_word(LANG_NONE, STR("und")));
	assert_false(lang_is_small_word(LANG_EN, STR("")) || lang_is_small_word(LANG_EN, STR("parliament")));
}

static void test_random(void **state)
{
	uint64_t seed = 29;
	char bytes[300];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct list l = {.s = random_text(&seed, bytes, sizeof bytes), .out = BUF_INIT};

		word_each(l.s, add, &l);
		assert_false(l.wrong);
		assert_true(utf8_valid(buf_str(&l.out)));
		buf_reset(&l.out);
		l.last = 0;
		word_terms(l.s, add, &l);
		assert_false(l.wrong);
		(void)lang_guess(l.s, LANG_EN);
		buf_release(&l.out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_stop),
	    cmocka_unit_test(test_tokens), cmocka_unit_test(test_count), cmocka_unit_test(test_long_words),
	    cmocka_unit_test(test_lang), cmocka_unit_test(test_small_words_sorted),
	    cmocka_unit_test(test_small_words), cmocka_unit_test(test_random)};

	return cmocka_run_group_tests_name("word", tests, NULL, NULL);
}
