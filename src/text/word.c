/* SPDX-License-Identifier: MIT */
/* Words and terms of a text. Owns what a word is; leaves its folding to fold.c and its stem to stem.c. */
#include "text/word.h"

#include "text/fold.h"
#include "text/utf8.h"

#include <string.h>

#define WORD_MAX     160 /* bytes of the source that are looked at; nothing sensible is longer */
#define TERM_LETTERS 6

enum part { PART_GAP, PART_LETTER, PART_DIGIT, PART_MARK, PART_UNSPACED };

struct walk {
	struct str s;
	struct buf folded;
	word_fn *fn;
	void *arg;
	bool singles; /* also each character of unspaced scripts alone */
};

static enum part part_of(uint32_t cp)
{
	if (cp < 0x80)
		return ch_alpha((int)cp) ? PART_LETTER : ch_digit((int)cp) ? PART_DIGIT : PART_GAP;
	if (cp == 0xAD || cp == 0x200C || cp == 0x200D)
		return PART_MARK;
	if (cp < 0x250)
		return (cp >= 0xC0 && cp != 0xD7 && cp != 0xF7) || cp == 0xAA || cp == 0xB5 || cp == 0xBA
		           ? PART_LETTER
		           : PART_GAP;
	if ((cp >= 0x400 && cp <= 0x481) || (cp >= 0xAC00 && cp <= 0xD7A3))
		return PART_LETTER;
	if (cp_is_unspaced(cp))
		return PART_UNSPACED;
	if (cp >= 0x2010 && cp <= 0x2BFF && cp != 0x2071 && cp != 0x207F && (cp < 0x2090 || cp > 0x219F))
		return PART_GAP;
	return cp_is_letter(cp)  ? PART_LETTER
	       : cp_is_mark(cp)  ? PART_MARK
	       : cp_is_digit(cp) ? PART_DIGIT
	                         : PART_GAP;
}

static bool is_ascii_gap(char c)
{
	return (unsigned char)c < 0x80 && !ch_alnum((unsigned char)c);
}

/* Most letters that are not ASCII are written in two bytes. */
static enum part part_at(struct str s, size_t at, size_t *next)
{
	unsigned char c = (unsigned char)s.p[at];

	if (c >= 0xC2 && c <= 0xDF && at + 1 < s.len && ((unsigned char)s.p[at + 1] & 0xC0) == 0x80) {
		*next = at + 2;
		return part_of((uint32_t)(c & 0x1F) << 6 | ((unsigned char)s.p[at + 1] & 0x3F));
	}
	*next = at;
	return part_of(utf8_next(s, next));
}

/* Characters of Han and kana, of three bytes each, which folding leaves alone. */
static bool is_plain(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (size_t i = 0; i < s.len; i += 3) {
		if (i + 3 > s.len)
			return false;
		if (p[i] >= 0xE4 && p[i] <= 0xE9)
			continue;
		if (p[i] != 0xE3 || p[i + 1] < 0x81 || (p[i + 1] > 0x83 && p[i + 1] < 0x90) ||
		    (p[i + 1] == 0x82 && p[i + 2] > 0x96 && p[i + 2] < 0xA1))
			return false;
	}
	return true;
}

/* Folds [start, end) and hands it out. */
static bool give(struct walk *w, size_t start, size_t end, bool number, bool bigram)
{
	struct word word = {.start = start, .end = end, .number = number, .bigram = bigram};

	if (bigram && is_plain(str_sub(w->s, start, end - start))) {
		word.text = str_sub(w->s, start, end - start);
		return w->fn(w->arg, &word);
	}
	buf_reset(&w->folded);
	(void)fold_add(&w->folded, utf8_cut(str_sub(w->s, start, end - start), WORD_MAX));
	word.text = buf_str(&w->folded);
	return word.text.len == 0 || w->fn(w->arg, &word);
}

/* The common case, without a call to fold: letters and digits of ASCII. *at: its start, then its end. */
static bool give_ascii(struct walk *w, size_t *at, size_t end, bool number)
{
	char text[WORD_MAX];
	size_t n = end - *at < sizeof text ? end - *at : sizeof text;
	struct word word = {.text = {text, n}, .start = *at, .end = end, .number = number};

	for (size_t i = 0; i < n; i++) {
		char c = w->s.p[*at + i];

		text[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	*at = end;
	return w->fn(w->arg, &word);
}

/* A word that begins at *at with a letter or digit. */
static bool spaced(struct walk *w, size_t *at)
{
	size_t start = *at, i = *at, next;
	bool number = true;

	while (i < w->s.len && ch_alnum((unsigned char)w->s.p[i])) {
		number = number && w->s.p[i] <= '9';
		i++;
	}
	if (i == w->s.len || (unsigned char)w->s.p[i] < 0x80)
		return give_ascii(w, at, i, number);
	for (; i < w->s.len; i = next) {
		enum part part = part_at(w->s, i, &next);

		if (part == PART_GAP || part == PART_UNSPACED)
			break;
		number = number && part == PART_DIGIT;
	}
	*at = i;
	return give(w, start, i, number, false);
}

/* A run of an unspaced script: each pair of neighbours; a lone character stands for itself. */
static bool unspaced(struct walk *w, size_t *at)
{
	size_t first = *at, second, end;

	(void)part_at(w->s, first, &second);
	if (second >= w->s.len || part_at(w->s, second, &end) != PART_UNSPACED) {
		*at = second;
		return give(w, first, second, false, true);
	}
	for (;;) {
		bool more = second < w->s.len && part_at(w->s, second, &end) == PART_UNSPACED;

		if (w->singles && !give(w, first, second, false, true))
			return false;
		if (!more) {
			*at = second;
			return true;
		}
		if (!give(w, first, end, false, true))
			return false;
		first = second;
		second = end;
	}
}

static void walk(struct walk *w)
{
	size_t at = 0, next;

	w->folded = BUF_MAX((size_t)WORD_MAX * 4);
	while (at < w->s.len) {
		enum part part;
		bool more = true;

		if (is_ascii_gap(w->s.p[at])) {
			at++;
			continue;
		}
		part = part_at(w->s, at, &next);

		if (part == PART_UNSPACED)
			more = unspaced(w, &at);
		else if (part == PART_LETTER || part == PART_DIGIT)
			more = spaced(w, &at);
		else
			at = next;
		if (!more)
			break;
	}
	buf_release(&w->folded);
}

void word_each(struct str s, word_fn *fn, void *arg)
{
	struct walk w = {.s = s, .fn = fn, .arg = arg};

	walk(&w);
}

struct terms {
	struct str s;
	word_fn *fn;
	void *arg;
};

/* True when an apostrophe that follows a letter or digit stands just before the word. */
static bool after_apostrophe(struct str s, size_t start)
{
	size_t mark;

	if (start >= 2 && s.p[start - 1] == '\'')
		mark = start - 1;
	else if (start >= 4 && memcmp(s.p + start - 3, "\xE2\x80\x99", 3) == 0)
		mark = start - 3;
	else
		return false;
	mark = utf8_prev(s, mark);
	return part_of(utf8_next(s, &mark)) != PART_GAP;
}

static bool give_term(void *arg, const struct word *word)
{
	struct terms *t = arg;
	struct word cut = *word;
	size_t at = 0, letters = 0;

	while (at < word->text.len && (letters < TERM_LETTERS || word->number)) {
		if ((unsigned char)word->text.p[at] < 0x80)
			at++;
		else
			(void)utf8_next(word->text, &at);
		letters++;
	}
	if (letters < 2)
		return true;
	if (str_eqc(word->text, "ll") && after_apostrophe(t->s, word->start))
		return true;
	cut.text.len = at;
	return t->fn(t->arg, &cut);
}

void word_terms(struct str s, word_fn *fn, void *arg)
{
	struct terms t = {.s = s, .fn = fn, .arg = arg};

	word_each(s, give_term, &t);
}

struct tokens {
	struct stemmer *st;
	enum lang lang;
	word_fn *fn;
	void *arg;
};

static bool give_token(void *arg, const struct word *word)
{
	struct tokens *t = arg;
	struct word token = *word;

	if (!word->number && !word->bigram)
		token.text = stemmer_stem(t->st, t->lang, word->text);
	return t->fn(t->arg, &token);
}

void word_tokens(struct stemmer *st, enum lang lang, struct str s, word_fn *fn, void *arg)
{
	struct tokens t = {.st = st, .lang = lang, .fn = fn, .arg = arg};
	struct walk w = {.s = s, .fn = give_token, .arg = &t, .singles = true};

	walk(&w);
}

size_t word_count(struct str s)
{
	size_t words = 0, characters = 0, next;
	bool inside = false;

	for (size_t at = 0; at < s.len; at = next) {
		enum part part = part_at(s, at, &next);

		if (part == PART_LETTER || part == PART_DIGIT) {
			words += inside ? 0 : 1;
			inside = true;
		} else if (part == PART_UNSPACED) {
			characters++;
			inside = false;
		} else if (part == PART_GAP) {
			/* "don't" and "l'eau" are read as one word. */
			inside = inside && (s.p[at] == '\'' ||
			                       (next - at == 3 && memcmp(s.p + at, "\xE2\x80\x99", 3) == 0));
		}
	}
	return words + (characters + 1) / 2;
}
