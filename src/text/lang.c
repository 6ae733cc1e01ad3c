/* SPDX-License-Identifier: MIT */
/* Languages: tags, and a guess from the text when nobody says. */
#include "text/lang.h"

#include "base/attr.h"
#include "text/utf8.h"
#include "text/word.h"

#include <string.h>

#define LANG_TAG(id, number, tag, stemmer) [id] = tag,
static const char *const tags[LANG_COUNT] = {LANGS(LANG_TAG)};
#undef LANG_TAG

/* Other tags for the same. */
static const struct {
	const char *tag;
	enum lang lang;
} aliases[] = {
    {"nb", LANG_NO},
    {"nn", LANG_NO},
    {"iw", LANG_HE},
    {"eng", LANG_EN},
    {"deu", LANG_DE},
    {"ger", LANG_DE},
    {"fra", LANG_FR},
    {"fre", LANG_FR},
    {"spa", LANG_ES},
    {"ita", LANG_IT},
    {"por", LANG_PT},
    {"nld", LANG_NL},
    {"dut", LANG_NL},
    {"rus", LANG_RU},
    {"ukr", LANG_UK},
    {"pol", LANG_PL},
    {"zho", LANG_ZH},
    {"chi", LANG_ZH},
    {"yue", LANG_ZH},
    {"cmn", LANG_ZH},
    {"jpn", LANG_JA},
    {"kor", LANG_KO},
    {"ara", LANG_AR},
    {"heb", LANG_HE},
};

/* A set of languages; LANG_OTHER: those that the program must only not take for one of its own. */
#define LANG_OTHER 31
#define B(lang)    (UINT32_C(1) << LANG_##lang)

static const struct small_word {
	const char *word;
	uint32_t langs;
} small_words[] = {
#define LANG_WORD(word, langs) {word, langs},
#include "text/lang_words.def"
};

/* Letters that only some languages have. */
static const struct {
	uint32_t cp, langs;
} telling[] = {
    {0xBF, B(ES)},
    {0xDF, B(DE)},
    {0xE3, B(PT)},
    {0xE4, B(DE) | B(SV) | B(FI)},
    {0xE5, B(SV) | B(NO) | B(DA)},
    {0xE6, B(NO) | B(DA)},
    {0xE7, B(FR) | B(PT) | B(TR) | B(CA)},
    {0xE8, B(FR) | B(IT) | B(CA)},
    {0xEA, B(FR) | B(PT)},
    {0xF1, B(ES)},
    {0xF5, B(PT)},
    {0xF6, B(DE) | B(SV) | B(FI) | B(TR) | B(HU)},
    {0xF8, B(NO) | B(DA)},
    {0xFC, B(DE) | B(TR) | B(HU)},
    {0x103, B(RO)},
    {0x105, B(PL)},
    {0x107, B(PL) | B(OTHER)},
    {0x10D, B(CS) | B(OTHER)},
    {0x119, B(PL)},
    {0x11B, B(CS)},
    {0x11F, B(TR)},
    {0x131, B(TR)},
    {0x142, B(PL)},
    {0x151, B(HU)},
    {0x159, B(CS)},
    {0x15B, B(PL)},
    {0x15F, B(TR) | B(RO)},
    {0x161, B(CS) | B(OTHER)},
    {0x16F, B(CS)},
    {0x171, B(HU)},
    {0x17C, B(PL)},
    {0x17E, B(CS) | B(OTHER)},
    {0x219, B(RO)},
    {0x21B, B(RO)},
    {0x44A, B(OTHER) | B(RU)},
    {0x44B, B(RU)},
    {0x44D, B(RU)},
    {0x454, B(UK)},
    {0x456, B(UK)},
    {0x457, B(UK)},
    {0x458, B(OTHER)},
    {0x459, B(OTHER)},
    {0x491, B(UK)},
};

/* A guess is made for every story whose feed states no language: it looks at no more than it needs. */
#define SAMPLE_BYTES     1000
#define SAMPLE_WORDS     80
#define LETTERS_ENOUGH   250
#define LETTERS_EXPECTED 80 /* where a language is expected */
#define LONGEST_WORD     16 /* bytes of a word in the table */
#define BORNE_OUT        8  /* hits of the expected language: four words */

enum script { HAN, KANA, HANGUL, THAI, DEVANAGARI, HEBREW, GREEK, ARABIC, PERSIAN, URDU, ALPHABET, SCRIPTS };

struct sample {
	unsigned scripts[SCRIPTS];
	unsigned hits[32];
	unsigned words;
	enum lang expected;
};

enum lang lang_of_tag(struct str tag)
{
	size_t n = 0;

	tag = str_trim(tag);
	while (n < tag.len && ch_alpha((unsigned char)tag.p[n]))
		n++;
	tag = str_sub(tag, 0, n);
	if (tag.len == 0)
		return LANG_NONE;
	for (unsigned i = 1; i < LANG_COUNT; i++)
		if (str_eq_nocase(tag, str_c(tags[i])))
			return (enum lang)i;
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (str_eq_nocase(tag, str_c(aliases[i].tag)))
			return aliases[i].lang;
	return LANG_NONE;
}

const char *lang_tag(enum lang lang)
{
	return (unsigned)lang < LANG_COUNT ? tags[lang] : "";
}

static enum script script_arabic(uint32_t cp)
{
	if (cp == 0x679 || cp == 0x688 || cp == 0x691 || cp == 0x6BA || cp == 0x6BE || cp == 0x6C1 ||
	    cp == 0x6D2)
		return URDU;
	if (cp == 0x67E || cp == 0x686 || cp == 0x698 || cp == 0x6A9 || cp == 0x6AF || cp == 0x6CC)
		return PERSIAN;
	return ARABIC;
}

static enum script script_of(uint32_t cp)
{
	if (cp >= 0x600 && cp <= 0x6FF)
		return script_arabic(cp);
	if (cp >= 0x370 && cp <= 0x3FF)
		return GREEK;
	if (cp >= 0x590 && cp <= 0x5FF)
		return HEBREW;
	if (cp >= 0x900 && cp <= 0x97F)
		return DEVANAGARI;
	if (cp >= 0xE00 && cp <= 0xE7F)
		return THAI;
	if (cp >= 0x3040 && cp <= 0x30FF)
		return KANA;
	if ((cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0x20000 && cp <= 0x3FFFF))
		return HAN;
	if (cp >= 0xAC00 && cp <= 0xD7A3)
		return HANGUL;
	return cp_is_letter(cp) ? ALPHABET : SCRIPTS;
}

static void hit(struct sample *sample, uint32_t langs, unsigned weight)
{
	for (unsigned i = 0; langs; i++, langs >>= 1)
		if (langs & 1)
			sample->hits[i] += weight;
}

/* A letter that few languages have. */
static void count_telling(struct sample *sample, uint32_t cp)
{
	size_t low = 0, high = ARRAY_LEN(telling);

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (telling[mid].cp < cp)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < ARRAY_LEN(telling) && telling[low].cp == cp; low++)
		hit(sample, telling[low].langs, 1);
}

static void count_letters(struct sample *sample, struct str text)
{
	unsigned letters = 0;

	const unsigned enough = sample->expected != LANG_NONE ? LETTERS_EXPECTED : LETTERS_ENOUGH;

	for (size_t at = 0; at < text.len && letters < enough;) {
		if ((unsigned char)text.p[at] < 0x80) {
			bool letter = ch_alpha(text.p[at++]);
			sample->scripts[ALPHABET] += letter;
			letters += letter;
			continue;
		}
		uint32_t cp = utf8_next(text, &at);
		enum script script = script_of(cp);

		if (script < SCRIPTS) {
			sample->scripts[script]++;
			letters++;
		}
		count_telling(sample, cp);
	}
}

static enum lang by_words(const struct sample *sample)
{
	unsigned best = 0, second = 0, least = sample->words / 6;

	for (unsigned i = 1; i < 32; i++)
		if (sample->hits[i] > sample->hits[best])
			best = i;
	for (unsigned i = 1; i < 32; i++)
		if (i != best && sample->hits[i] > second)
			second = sample->hits[i];
	if (sample->hits[best] < 3 || sample->hits[best] < least || best >= LANG_COUNT)
		return LANG_NONE;
	return sample->hits[best] * 10 > second * 11 ? (enum lang)best : LANG_NONE;
}

/* As str_cmp() does, without the length of the second. Neither is empty: most differ at once. */
static int compare(struct str a, const char *b)
{
	size_t i = 1;

	if (a.p[0] != b[0])
		return (unsigned char)a.p[0] - (unsigned char)b[0];
	while (i < a.len && a.p[i] == b[i] && b[i])
		i++;
	return (i < a.len ? (unsigned char)a.p[i] : 0) - (unsigned char)b[i];
}

/* The languages of a small word; 0: it is none. */
static uint32_t small_word_langs(struct str word)
{
	size_t low = 0, high = ARRAY_LEN(small_words);

	if (!word.len || word.len > LONGEST_WORD)
		return 0;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = compare(word, small_words[mid].word);

		if (order == 0)
			return small_words[mid].langs;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return 0;
}

bool lang_is_small_word(enum lang lang, struct str folded)
{
	uint32_t langs = small_word_langs(folded);

	return lang == LANG_NONE ? langs != 0 : langs >> lang & 1;
}

/* Whether the words that were counted suffice. */
static bool enough(const struct sample *sample)
{
	enum lang lang = sample->expected;

	if (sample->words >= SAMPLE_WORDS)
		return true;
	return lang != LANG_NONE && sample->hits[lang] >= BORNE_OUT && by_words(sample) == lang;
}

static bool count_word(void *arg, const struct word *word)
{
	struct sample *sample = arg;
	uint32_t langs = word->number || word->bigram ? 0 : small_word_langs(word->text);

	if (langs) /* A word of one letter is weak evidence. */
		hit(sample, langs, word->text.len == 1 ? 1 : 2);
	sample->words++;
	return !enough(sample);
}

/* By script, where one script means one language; LANG_COUNT: an alphabet that many share. */
static enum lang by_script(const unsigned n[SCRIPTS])
{
	static const enum lang langs[SCRIPTS] = {[THAI] = LANG_TH,
	    [DEVANAGARI] = LANG_HI,
	    [HEBREW] = LANG_HE,
	    [GREEK] = LANG_EL,
	    [HANGUL] = LANG_KO};
	unsigned all = 0, arabic = n[ARABIC] + n[PERSIAN] + n[URDU], east = n[HAN] + n[KANA];

	for (size_t i = 0; i < SCRIPTS; i++)
		all += n[i];
	if (all < 4)
		return LANG_NONE;
	for (size_t i = 0; i < SCRIPTS; i++)
		if (langs[i] && n[i] * 2 > all)
			return langs[i];
	if (arabic * 2 > all) {
		if (n[URDU] * 20 > arabic)
			return LANG_UR;
		return n[PERSIAN] * 20 > arabic ? LANG_FA : LANG_AR;
	}
	/* One ideograph says as much as a word: fewer of them outweigh Latin names. */
	if (east * 4 > all)
		return n[KANA] * 10 > east ? LANG_JA : LANG_ZH;
	return LANG_COUNT;
}

enum lang lang_guess(struct str text, enum lang expected)
{
	struct sample sample = {.expected = expected};
	enum lang lang;

	text = utf8_cut(text, SAMPLE_BYTES);
	count_letters(&sample, text);
	lang = by_script(sample.scripts);
	if (lang != LANG_COUNT)
		return lang;
	word_each(text, count_word, &sample);
	return by_words(&sample);
}
