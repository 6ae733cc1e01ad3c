/* SPDX-License-Identifier: MIT */
/* Tries a query on one story in memory: rules, and the exact check of what an index has found. Thread: any.
 *
 * What the terms mean, for the index too:
 * - a word occurs when one of its tokens (text/word's word_tokens, in the story's language) is the word's
 * stem;
 * - the start of a word (`elect*`) and a phrase are compared with the folded words themselves, not with
 *   stems; a start of fewer than three letters is looked for in titles only;
 * - author:, source:, section:, tag:, url: are found anywhere inside, folded; lang: is the story's language;
 * - after: and before: look at the date of publication, or of arrival when there is none.
 * Hidden stories are not left out here: see query_wants_hidden(). */
#ifndef CO_MODEL_MATCH_H
#define CO_MODEL_MATCH_H

#include "model/query.h"
#include "model/story.h"
#include "text/word.h"

struct match_subject {
	const struct story *story;
	struct str body;         /* plain text of the story */
	struct stemmer *stemmer; /* NULL: one is made when it is needed */
};
bool match_query(const struct query *q, const struct match_subject *s);

#endif
