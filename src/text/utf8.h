/* SPDX-License-Identifier: MIT */
/* UTF-8: decoding, validation, boundaries. Invalid bytes decode as U+FFFD, one byte each. Thread: any. */
#ifndef CO_TEXT_UTF8_H
#define CO_TEXT_UTF8_H

#include "base/buf.h"
#include "base/str.h"
#include <stdint.h>

#define CP_REPLACEMENT 0xFFFDu

/* Decodes the code point at s.p[at], advances *at past it (at least 1). at < s.len. */
uint32_t utf8_next(struct str s, size_t *at);
/* Start of the code point that ends just before `at` (at > 0). */
size_t utf8_prev(struct str s, size_t at);
bool utf8_valid(struct str s);          /* RFC 3629: no overlong forms, no surrogates */
size_t utf8_count(struct str s);        /* code points */
int utf8_put(char out[4], uint32_t cp); /* bytes written, 1 to 4 */
/* Longest prefix of at most max bytes that ends on a code point boundary. */
struct str utf8_cut(struct str s, size_t max);
/* Appends s to out with each invalid byte replaced by U+FFFD. */
bool utf8_repair(struct buf *out, struct str s);
/* Unicode general questions. */
bool cp_is_space(uint32_t cp);
bool cp_is_letter(uint32_t cp);
bool cp_is_digit(uint32_t cp);
bool cp_is_upper(uint32_t cp);
bool cp_is_mark(uint32_t cp);  /* combining: Mn, Mc, Me */
bool cp_is_punct(uint32_t cp); /* punctuation and symbols, as ispunct(3) has it */
/* Scripts written without spaces between words: Han, kana, Thai, Lao, Khmer, Burmese. */
bool cp_is_unspaced(uint32_t cp);
bool cp_is_rtl(uint32_t cp); /* Hebrew, Arabic and their kin */

#endif
