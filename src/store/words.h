/* SPDX-License-Identifier: MIT */
/* Tokens of the full-text index. Each begins with a tag: the language whose stemmer made it, or '@' for words
 * that no stemmer touches (numbers, pairs of characters, languages without one). So a stem of one language
 * never meets a word of another. */
#ifndef CO_STORE_WORDS_H
#define CO_STORE_WORDS_H

#include "base/buf.h"
#include "model/query.h"
#include "store/story_db.h"
#include "text/word.h"

struct stemmer *words_stemmer(struct db *db); /* of this connection; borrowed */
/* Appends the different tokens of a story, a blank behind each. */
bool words_add(struct db *db, const struct story_words *story, struct buf *out);
/* Appends the expression that finds one word (or, `prefix`, beginnings) in any language of the store; exact:
 * it finds nothing else. Words that hold no letter add nothing. */
void words_expression(struct db *db, struct str text, bool phrase, bool prefix, struct buf *out, bool *exact);
#endif
