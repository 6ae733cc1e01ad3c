/* SPDX-License-Identifier: MIT */
/* Stems by language, from libstemmer. */
#include "text/word.h"

#include "base/mem.h"

#include <libstemmer.h>

struct stemmer {
	struct sb_stemmer *by_lang[LANG_COUNT];
	bool tried[LANG_COUNT];
};

#define LANG_STEMMER(id, number, tag, stemmer, rtl) [id] = stemmer,
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
	mem_free(st);
}

struct str stemmer_stem(struct stemmer *st, enum lang lang, struct str folded)
{
	const sb_symbol *stem;
	int len;

	if ((unsigned)lang >= LANG_COUNT || !names[lang] || folded.len > 1024)
		return folded;
	if (!st->tried[lang]) {
		st->tried[lang] = true;
		st->by_lang[lang] = sb_stemmer_new(names[lang], "UTF_8");
	}
	if (!st->by_lang[lang])
		return folded;
	stem = sb_stemmer_stem(st->by_lang[lang], (const sb_symbol *)folded.p, (int)folded.len);
	len = sb_stemmer_length(st->by_lang[lang]);
	if (!stem || len <= 0)
		return folded;
	return (struct str){(const char *)stem, (size_t)len};
}
