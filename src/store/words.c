/* SPDX-License-Identifier: MIT */
/* Owns the tokens of the full-text index: how texts become them, and how a word of a query becomes the
 * expression that finds them. */
#include "store/words.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "store/db_priv.h"
#include "text/utf8.h"

#define PLAIN      '@'
#define LEAST_STEM 2 /* letters: beginnings shorter than this are no stems */
#define SEEN_FIRST 1024
#define SEEN_KEPT  16384 /* places: what a very long text took is given back */

#define HAS_STEMMER(id, number, tag, stemmer) [id] = (stemmer) != NULL,
static const bool has_stemmer[LANG_COUNT] = {LANGS(HAS_STEMMER)};
#undef HAS_STEMMER

static char tag_of(enum lang lang)
{
	return (unsigned)lang < LANG_COUNT && has_stemmer[lang] ? (char)(PLAIN + (int)lang) : PLAIN;
}

/* Tokens of the story at hand. Kept from story to story: a new round empties it. */
struct seen {
	uint64_t *tokens;
	uint32_t *rounds; /* in which each was put in */
	uint32_t round;
	uint64_t key; /* so that a stranger cannot choose words that fall on one place */
	size_t n, cap;
};
struct kept {
	struct stemmer *stemmer;
	struct seen seen;
};

static void kept_drop(void *value)
{
	struct kept *k = value;

	stemmer_free(k->stemmer);
	mem_free(k->seen.tokens);
	mem_free(k->seen.rounds);
	mem_free(k);
}

static struct kept *kept_of(struct db *db)
{
	struct db_extra *extra = &db->extras[DB_EXTRA_WORDS];

	if (!extra->value) {
		struct kept *k = mem_new(struct kept);

		k->stemmer = stemmer_new();
		k->seen.key = random_u64();
		*extra = (struct db_extra){k, kept_drop};
	}
	return extra->value;
}

struct stemmer *words_stemmer(struct db *db)
{
	return kept_of(db)->stemmer;
}

/* ---- texts ---- */

static void seen_make(struct seen *s, size_t cap)
{
	mem_free(s->tokens);
	mem_free(s->rounds);
	s->tokens = mem_array(cap, sizeof *s->tokens);
	s->rounds = mem_array(cap, sizeof *s->rounds);
	s->cap = cap;
	s->round = 0;
}

static void seen_begin(struct seen *s)
{
	if (!s->cap || s->cap > SEEN_KEPT)
		seen_make(s, SEEN_FIRST);
	if (++s->round == 0) {
		seen_make(s, s->cap);
		s->round = 1;
	}
	s->n = 0;
}

/* Its place, or the free one where it belongs. */
static size_t seen_place(const struct seen *s, uint64_t token)
{
	size_t at = (size_t)hash_mix(token ^ s->key) & (s->cap - 1);

	while (s->rounds[at] == s->round && s->tokens[at] != token)
		at = (at + 1) & (s->cap - 1);
	return at;
}

static void seen_put(struct seen *s, size_t at, uint64_t token)
{
	s->tokens[at] = token;
	s->rounds[at] = s->round;
	s->n++;
}

static void seen_grow(struct seen *s)
{
	struct seen old = *s;

	*s = (struct seen){.key = old.key};
	seen_make(s, old.cap * 2);
	s->round = 1;
	for (size_t i = 0; i < old.cap; i++)
		if (old.rounds[i] == old.round)
			seen_put(s, seen_place(s, old.tokens[i]), old.tokens[i]);
	mem_free(old.tokens);
	mem_free(old.rounds);
}

/* False when it was there. */
static bool seen_add(struct seen *s, uint64_t token)
{
	size_t at = seen_place(s, token);

	if (s->rounds[at] == s->round)
		return false;
	seen_put(s, at, token);
	if (s->n > s->cap / 4 * 3)
		seen_grow(s);
	return true;
}

struct adding {
	struct buf *out;
	struct seen *seen;
	char tag;
};

static bool add_token(void *arg, const struct word *w)
{
	struct adding *a = arg;
	char tag = w->number || w->bigram ? PLAIN : a->tag, *to;

	if (!seen_add(a->seen, hash_stable(w->text) + (uint64_t)(unsigned char)tag))
		return true;
	if (!buf_reserve(a->out, w->text.len + 2))
		return false;
	to = a->out->data + a->out->len;
	*to++ = tag;
	memcpy(to, w->text.p, w->text.len);
	to[w->text.len] = ' ';
	to[w->text.len + 1] = '\0';
	a->out->len += w->text.len + 2;
	return true;
}

bool words_add(struct db *db, const struct story_words *story, struct buf *out)
{
	const struct str texts[] = {story->title, story->dek, story->body};
	struct kept *k = kept_of(db);
	struct adding a = {.out = out, .seen = &k->seen, .tag = tag_of(story->lang)};

	seen_begin(&k->seen);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		word_tokens(k->stemmer, story->lang, texts[i], add_token, &a);
	return !out->failed;
}

/* ---- queries ---- */

/* The languages whose stories the store holds and that have a stemmer, then none. */
struct tongues {
	enum lang langs[LANG_COUNT + 1];
	size_t n;
};

static void tongues_of(struct db *db, struct tongues *t)
{
	uint64_t stored = (uint64_t)db_meta_i64(db, "langs", 0);

	t->n = 0;
	for (unsigned i = 1; i < LANG_COUNT; i++)
		if (stored >> i & 1 && has_stemmer[i])
			t->langs[t->n++] = (enum lang)i;
	t->langs[t->n++] = LANG_NONE;
}

struct alternatives {
	struct buf *out;
	size_t start; /* of this word's part of out */
	bool any;
};

/* One token, unless it stands there already. A beginning is never the same as a whole token. */
static void add_alternative(struct alternatives *alt, char tag, struct str token, bool prefix)
{
	char quoted[400];
	int n = snprintf(quoted, sizeof quoted, "\"%c%.*s\"%s", tag, (int)(token.len < 300 ? token.len : 300),
	    token.p, prefix ? "*" : "");
	struct str present = str_skip(buf_str(alt->out), alt->start);

	if (n <= 0 || (size_t)n >= sizeof quoted || memchr(token.p, '"', token.len))
		return;
	if (str_find(present, str_n(quoted, (size_t)n)) >= 0)
		return;
	if (alt->any)
		buf_adds(alt->out, " OR ");
	buf_add(alt->out, quoted, (size_t)n);
	alt->any = true;
}

struct longest {
	struct buf text;
	bool plain;
};

static bool keep_longest(void *arg, const struct word *w)
{
	struct longest *l = arg;

	if (w->text.len <= l->text.len)
		return true;
	buf_reset(&l->text);
	l->plain = w->number || w->bigram;
	return buf_addstr(&l->text, w->text);
}

/* The word's token in each language: its stem. */
static void add_whole(struct db *db, const struct tongues *t, struct str text, struct alternatives *alt)
{
	for (size_t i = 0; i < t->n; i++) {
		struct longest l = {.text = BUF_MAX(4096)};

		word_tokens(words_stemmer(db), t->langs[i], text, keep_longest, &l);
		if (l.text.len)
			add_alternative(alt, l.plain ? PLAIN : tag_of(t->langs[i]), buf_str(&l.text), false);
		buf_release(&l.text);
	}
}

/* Arabic stems lose what stands before them (al-): there every story of the language may have such a word. */
static bool loses_beginnings(enum lang lang, struct str folded)
{
	size_t at = 0;

	return lang == LANG_AR && folded.len && cp_is_rtl(utf8_next(folded, &at));
}

/* Stem and beginning of a word part somewhere: a word that begins so has a stem that begins so, or that is
 * one of its own beginnings, or the stem of one (flying: fli). */
static void add_beginning(struct db *db, const struct tongues *t, struct str folded, struct alternatives *alt)
{
	struct stemmer *st = words_stemmer(db);

	for (size_t i = 0; i < t->n; i++) {
		char tag = tag_of(t->langs[i]);
		size_t at = 0, letters = 0;

		if (loses_beginnings(t->langs[i], folded)) {
			add_alternative(alt, tag, STR(""), true);
			continue;
		}
		add_alternative(alt, tag, folded, true);
		while (tag != PLAIN && at < folded.len) {
			struct str start;

			utf8_next(folded, &at);
			start = str_sub(folded, 0, at);
			if (++letters < LEAST_STEM)
				continue;
			if (at < folded.len)
				add_alternative(alt, tag, start, false);
			add_alternative(alt, tag, stemmer_stem(st, t->langs[i], start), false);
		}
	}
}

struct phrase {
	struct db *db;
	const struct tongues *tongues;
	struct buf *out;
	bool any, prefix;
	size_t last_start; /* of the last word, which may be a beginning */
};

static bool find_last(void *arg, const struct word *w)
{
	struct phrase *p = arg;

	p->last_start = w->start;
	return true;
}

static bool add_part(void *arg, const struct word *w)
{
	struct phrase *p = arg;
	struct alternatives alt = {.out = p->out};
	size_t mark = p->out->len;

	buf_adds(p->out, p->any ? " AND (" : "(");
	alt.start = p->out->len;
	if (p->prefix && w->start == p->last_start)
		add_beginning(p->db, p->tongues, w->text, &alt);
	else if (w->number || w->bigram)
		add_alternative(&alt, PLAIN, w->text, false);
	else
		add_whole(p->db, p->tongues, w->text, &alt);
	if (!alt.any) {
		buf_truncate(p->out, mark);
		return true;
	}
	p->any = true;
	return buf_addc(p->out, ')');
}

void words_expression(struct db *db, struct str text, bool phrase, bool prefix, struct buf *out, bool *exact)
{
	struct tongues tongues;
	size_t start = out->len;

	tongues_of(db, &tongues);
	if (!phrase && !prefix) {
		struct alternatives alt = {.out = out};

		buf_addc(out, '(');
		alt.start = out->len;
		add_whole(db, &tongues, text, &alt);
		buf_addc(out, ')');
		if (!alt.any)
			buf_truncate(out, start);
	} else {
		struct phrase p = {.db = db, .tongues = &tongues, .out = out, .prefix = prefix};

		word_each(text, find_last, &p);
		word_each(text, add_part, &p);
		*exact = false;
	}
	if (out->len == start)
		buf_adds(out, "\"!\""); /* a text without words is in no story; no token begins so */
}
