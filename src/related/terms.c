/* SPDX-License-Identifier: MIT */
/* Owns what a term is and what it weighs. Leaves words and their folding to text/word. */
#include "related/terms.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/hash.h"
#include "base/sort.h"
#include "base/vec.h"
#include "text/word.h"

#define BODY_WORDS     200
#define LINE_WORDS     200 /* of headline and dek */
#define TF_UNIT        4   /* frequencies are counted in quarters */
#define TF_TITLE       (4 * TF_UNIT)
#define TF_DEK         (2 * TF_UNIT)
#define TF_BODY        (3 * TF_UNIT / 4)
#define NAME_BOOST     1.2f
#define TF_PLAIN       (1u << 24) /* beside the frequency: no capital here */
#define OUTLET_MAX     16
#define OUTLET_LETTERS 3
#define DEK_LEAST      20 /* bytes of a dek that can be recognised at the beginning of a text */

struct counting {
	VEC(uint64_t); /* hash << 32 | TF_PLAIN | frequency */
	uint32_t outlet[OUTLET_MAX];
	size_t n_outlet, words, max;
	uint32_t tf; /* of one word of the part at hand */
	struct str part;
	enum lang lang;
};

uint32_t term_hash(struct str folded)
{
	return (uint32_t)hash_stable(folded);
}

static bool note_outlet(void *arg, const struct word *w)
{
	static const char *const plain[] = {"com", "org", "net", "news", "www", "the", "example"};
	struct counting *c = arg;

	if (w->text.len < OUTLET_LETTERS || c->n_outlet == OUTLET_MAX)
		return c->n_outlet < OUTLET_MAX;
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (str_eqc(w->text, plain[i]))
			return true;
	c->outlet[c->n_outlet++] = term_hash(w->text);
	return true;
}

/* Written with a capital, as Latin script writes names. */
static bool is_capital(struct str part, const struct word *w)
{
	return part.p[w->start] >= 'A' && part.p[w->start] <= 'Z';
}

static bool count_term(void *arg, const struct word *w)
{
	struct counting *c = arg;
	uint32_t hash;

	if (c->words >= c->max)
		return false;
	c->words++;
	if (lang_is_small_word(c->lang, w->text))
		return true;
	hash = term_hash(w->text);
	for (size_t i = 0; i < c->n_outlet; i++)
		if (c->outlet[i] == hash)
			return true;
	vec_push(c, (uint64_t)hash << 32 | (is_capital(c->part, w) ? 0 : TF_PLAIN) | c->tf);
	return true;
}

static size_t count_part(struct counting *c, struct str s, uint32_t tf, size_t max)
{
	c->tf = tf;
	c->max = max;
	c->words = 0;
	c->part = s;
	if (s.len)
		word_terms(s, count_term, c);
	return c->words;
}

/* Of a dek that was cut, the end says so and is no part of the text. */
static struct str without_end(struct str dek)
{
	for (;;) {
		dek = str_trim(dek);
		if (str_ends(dek, "…"))
			dek.len -= sizeof "…" - 1;
		else if (str_ends(dek, "."))
			dek.len--;
		else
			return dek;
	}
}

struct str terms_body(const struct terms_text *text)
{
	struct str dek = without_end(text->dek), body = text->body;

	if (dek.len < DEK_LEAST || body.len < dek.len || memcmp(dek.p, body.p, dek.len) != 0)
		return body;
	return str_skip(body, dek.len);
}

/* What never stands in small letters is a name. */
static uint8_t weight_of(float tf, bool name)
{
	float u = tf >= 1 ? 1 + logf(tf) : tf;
	long w = lroundf(u * TERM_WEIGHT_UNIT * (name ? NAME_BOOST : 1));

	return (uint8_t)(w < 1 ? 1 : w > UINT8_MAX ? UINT8_MAX : w);
}

struct terms terms_of(struct arena *a, const struct terms_text *text)
{
	struct counting c = {.lang = text->lang};
	struct terms out = {0};

	if (text->outlet.len)
		word_terms(text->outlet, note_outlet, &c);
	out.words += count_part(&c, text->title, TF_TITLE, LINE_WORDS);
	out.words += count_part(&c, text->dek, TF_DEK, LINE_WORDS);
	out.words += count_part(&c, terms_body(text), TF_BODY, BODY_WORDS);
	sort_u64(c.v, c.n, 32, arena_array(a, c.n, sizeof *c.v));
	out.v = arena_array(a, c.n ? c.n : 1, sizeof *out.v);
	for (size_t i = 0, j; i < c.n; i = j) {
		uint32_t tf = 0, plain = 0;

		for (j = i; j < c.n && c.v[j] >> 32 == c.v[i] >> 32; j++) {
			tf += (uint32_t)c.v[j] % TF_PLAIN;
			plain |= (uint32_t)c.v[j] & TF_PLAIN;
		}
		out.v[out.n++] =
		    (struct term){(uint32_t)(c.v[i] >> 32), weight_of((float)tf / TF_UNIT, !plain)};
	}
	vec_free(&c);
	return out;
}
