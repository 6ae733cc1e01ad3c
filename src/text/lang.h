/* SPDX-License-Identifier: MIT */
/* Languages that the program knows something of: a number that is stored, a BCP 47 tag, a stemmer. Thread:
 * any. */
#ifndef CO_TEXT_LANG_H
#define CO_TEXT_LANG_H

#include "base/str.h"

/* number (stored: never renumber), tag, Snowball name or NULL */
#define LANGS(X)                                                                                             \
	X(LANG_NONE, 0, "", NULL)                                                                            \
	X(LANG_EN, 1, "en", "english")                                                                       \
	X(LANG_DE, 2, "de", "german")                                                                        \
	X(LANG_FR, 3, "fr", "french")                                                                        \
	X(LANG_ES, 4, "es", "spanish")                                                                       \
	X(LANG_IT, 5, "it", "italian")                                                                       \
	X(LANG_PT, 6, "pt", "portuguese")                                                                    \
	X(LANG_NL, 7, "nl", "dutch")                                                                         \
	X(LANG_SV, 8, "sv", "swedish")                                                                       \
	X(LANG_NO, 9, "no", "norwegian")                                                                     \
	X(LANG_DA, 10, "da", "danish")                                                                       \
	X(LANG_FI, 11, "fi", "finnish")                                                                      \
	X(LANG_RU, 12, "ru", "russian")                                                                      \
	X(LANG_UK, 13, "uk", NULL)                                                                           \
	X(LANG_PL, 14, "pl", NULL)                                                                           \
	X(LANG_CS, 15, "cs", NULL)                                                                           \
	X(LANG_TR, 16, "tr", "turkish")                                                                      \
	X(LANG_EL, 17, "el", "greek")                                                                        \
	X(LANG_HU, 18, "hu", "hungarian")                                                                    \
	X(LANG_RO, 19, "ro", "romanian")                                                                     \
	X(LANG_AR, 20, "ar", "arabic")                                                                       \
	X(LANG_HE, 21, "he", NULL)                                                                           \
	X(LANG_FA, 22, "fa", NULL)                                                                           \
	X(LANG_UR, 23, "ur", NULL)                                                                           \
	X(LANG_HI, 24, "hi", "hindi")                                                                        \
	X(LANG_ZH, 25, "zh", NULL)                                                                           \
	X(LANG_JA, 26, "ja", NULL)                                                                           \
	X(LANG_KO, 27, "ko", NULL)                                                                           \
	X(LANG_TH, 28, "th", NULL)                                                                           \
	X(LANG_CA, 29, "ca", "catalan")

#define LANG_ENUM(id, number, tag, stemmer) id = number,
enum lang { LANGS(LANG_ENUM) LANG_COUNT };
#undef LANG_ENUM

enum lang lang_of_tag(struct str tag); /* "en-GB" → LANG_EN; unknown → LANG_NONE */
const char *lang_tag(enum lang lang);  /* "" for LANG_NONE */
/* A guess from the text: script first, then the commonest small words; LANG_NONE when unsure. What is
 * expected (the language of the other texts of the same source) is believed once a few words bear it out;
 * LANG_NONE: nothing. */
enum lang lang_guess(struct str text, enum lang expected);

/* A small word of the language ("they", "aber"): common, and by itself about nothing; of languages with an
 * alphabet of Latin or Cyrillic letters. LANG_NONE: of any of them. folded: as fold_add() has it. */
bool lang_is_small_word(enum lang lang, struct str folded);

#endif
