/* SPDX-License-Identifier: MIT */
/* Stems by language, from libstemmer. The few words that make up most of any text are asked for once. */
#include "text/word.h"

#include "base/hash.h"
#include "base/mem.h"

#include <libstemmer.h>
#include <string.h>

#define KNOWN     8192 /* words; a power of two */
#define KNOWN_MAX 22   /* bytes of a word and of its stem that are kept */

/* A word and its stem; the last one that fell on its place in the table. */
struct known {
	uint8_t lang, len, stem_len; /* lang 0: none */
	char word[KNOWN_MAX], stem[KNOWN_MAX];
};

struct stemmer {
	struct sb_stemmer *by_lang[LANG_COUNT];
	bool tried[LANG_COUNT];
	struct known *known; /* made with the first stem */
};

#define LANG_STEMMER(id, number, tag, stemmer) [id] = stemmer,
static const char *const names[LANG_COUNT] = {LANGS(LANG_STEMMER)};
#undef LANG_STEMMER

struct stemmer *stemmer_new(void)
{
	return mem_new(struct stemmer);
}

void stemmer_free(struct stemmer *st)
{
	if (!st)
		return;
	for (size_t i = 0; i < LANG_COUNT; i++)
		if (st->by_lang[i])
			sb_stemmer_delete(st->by_lang[i]);
	mem_free(st->known);
	mem_free(st);
}

static struct str ask(struct sb_stemmer *snowball, struct str folded)
{
	const sb_symbol *stem = sb_stemmer_stem(snowball, (const sb_symbol *)folded.p, (int)folded.len);
	int len = sb_stemmer_length(snowball);

	return stem && len > 0 ? (struct str){(const char *)stem, (size_t)len} : folded;
}

static struct known *place_of(struct stemmer *st, enum lang lang, struct str folded)
{
	if (folded.len > KNOWN_MAX)
		return NULL;
	if (!st->known)
		st->known = mem_array(KNOWN, sizeof *st->known);
	return &st->known[(hash_stable(folded) + (uint64_t)lang) & (KNOWN - 1)];
}

static void keep(struct known *k, enum lang lang, struct str folded, struct str stem)
{
	if (stem.len > KNOWN_MAX)
		return;
	*k = (struct known){(uint8_t)lang, (uint8_t)folded.len, (uint8_t)stem.len, {0}, {0}};
	memcpy(k->word, folded.p, folded.len);
	memcpy(k->stem, stem.p, stem.len);
}

struct str stemmer_stem(struct stemmer *st, enum lang lang, struct str folded)
{
	struct known *k;
	struct str stem;

	if ((unsigned)lang >= LANG_COUNT || !names[lang] || folded.len > 1024)
		return folded;
	k = place_of(st, lang, folded);
	if (k && k->lang == (uint8_t)lang && k->len == folded.len &&
	    memcmp(k->word, folded.p, folded.len) == 0)
		return str_n(k->stem, k->stem_len);
	if (!st->tried[lang]) {
		st->tried[lang] = true;
		st->by_lang[lang] = sb_stemmer_new(names[lang], "UTF_8");
	}
	if (!st->by_lang[lang])
		return folded;
	stem = ask(st->by_lang[lang], folded);
	if (k)
		keep(k, lang, folded, stem);
	return stem;
}
