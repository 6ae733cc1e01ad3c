/* SPDX-License-Identifier: MIT */
/* Languages that the program knows something of: a number that is stored, a BCP 47 tag, a stemmer. Thread:
 * any. */
#ifndef CO_TEXT_LANG_H
#define CO_TEXT_LANG_H

#include "base/str.h"

/* number (stored: never renumber), tag, Snowball name or NULL, right-to-left */
#define LANGS(X)                                                                                             \
	X(LANG_NONE, 0, "", NULL, false)                                                                     \
	X(LANG_EN, 1, "en", "english", false)                                                                \
	X(LANG_DE, 2, "de", "german", false)                                                                 \
	X(LANG_FR, 3, "fr", "french", false)                                                                 \
	X(LANG_ES, 4, "es", "spanish", false)                                                                \
	X(LANG_IT, 5, "it", "italian", false)                                                                \
	X(LANG_PT, 6, "pt", "portuguese", false)                                                             \
	X(LANG_NL, 7, "nl", "dutch", false)                                                                  \
	X(LANG_SV, 8, "sv", "swedish", false)                                                                \
	X(LANG_NO, 9, "no", "norwegian", false)                                                              \
	X(LANG_DA, 10, "da", "danish", false)                                                                \
	X(LANG_FI, 11, "fi", "finnish", false)                                                               \
	X(LANG_RU, 12, "ru", "russian", false)                                                               \
	X(LANG_UK, 13, "uk", NULL, false)                                                                    \
	X(LANG_PL, 14, "pl", NULL, false)                                                                    \
	X(LANG_CS, 15, "cs", NULL, false)                                                                    \
	X(LANG_TR, 16, "tr", "turkish", false)                                                               \
	X(LANG_EL, 17, "el", "greek", false)                                                                 \
	X(LANG_HU, 18, "hu", "hungarian", false)                                                             \
	X(LANG_RO, 19, "ro", "romanian", false)                                                              \
	X(LANG_AR, 20, "ar", "arabic", true)                                                                 \
	X(LANG_HE, 21, "he", NULL, true)                                                                     \
	X(LANG_FA, 22, "fa", NULL, true)                                                                     \
	X(LANG_UR, 23, "ur", NULL, true)                                                                     \
	X(LANG_HI, 24, "hi", "hindi", false)                                                                 \
	X(LANG_ZH, 25, "zh", NULL, false)                                                                    \
	X(LANG_JA, 26, "ja", NULL, false)                                                                    \
	X(LANG_KO, 27, "ko", NULL, false)                                                                    \
	X(LANG_TH, 28, "th", NULL, false)                                                                    \
	X(LANG_CA, 29, "ca", "catalan", false)

#define LANG_ENUM(id, number, tag, stemmer, rtl) id = number,
enum lang { LANGS(LANG_ENUM) LANG_COUNT };
#undef LANG_ENUM

enum lang lang_of_tag(struct str tag); /* "en-GB" → LANG_EN; unknown → LANG_NONE */
const char *lang_tag(enum lang lang);  /* "" for LANG_NONE */
bool lang_is_rtl(enum lang lang);
/* A guess from the text: script first, then the commonest small words; LANG_NONE when unsure. What is
 * expected (the language of the other texts of the same source) is believed once a few words bear it out;
 * LANG_NONE: nothing. */
enum lang lang_guess(struct str text, enum lang expected);

/* A small word of the language ("they", "aber"): common, and by itself about nothing; of languages with an
 * alphabet of Latin or Cyrillic letters. LANG_NONE: of any of them. folded: as fold_add() has it. */
bool lang_is_small_word(enum lang lang, struct str folded);

#endif
