/* SPDX-License-Identifier: MIT */
/* The query language of cli.md: text → tree. One parser for list, search, mark, count, the headlines' /,
 * sections and rules; store/search turns a tree into SQL, model/match tries it on one story in memory.
 * Thread: a tree is never changed. */
#ifndef CO_MODEL_QUERY_H
#define CO_MODEL_QUERY_H

#include "base/arena.h"
#include "base/err.h"
#include "model/ids.h"

enum query_kind {
	QUERY_ALL, /* the empty query */
	QUERY_AND,
	QUERY_OR,
	QUERY_NOT,
	QUERY_WORD,   /* text: one word or, with `prefix`, the start of one; field: QF_ANY or QF_TITLE */
	QUERY_PHRASE, /* words that follow each other; with `prefix` the last is the start of one */
	QUERY_REGEX,  /* title:~"…" */
	QUERY_FIELD, /* author: source: section: tag: lang: url: – text, found inside, folded (lang: exact) */
	QUERY_IS,    /* is:… */
	QUERY_AFTER,  /* number: seconds */
	QUERY_BEFORE, /* number */
	QUERY_EVENT   /* number */
};
enum query_field { QF_ANY, QF_TITLE, QF_AUTHOR, QF_SOURCE, QF_SECTION, QF_TAG, QF_LANG, QF_URL };
enum query_is { IS_UNREAD, IS_READ, IS_OPENED, IS_STARRED, IS_HIDDEN, IS_FULL };

struct query {
	enum query_kind kind;
	enum query_field field;
	enum query_is is;
	bool prefix;
	int64_t number; /* time or event id */
	struct str text;
	void *regex;                /* regex_t of QUERY_REGEX, owned by the arena's query (query_release) */
	struct query *left, *right; /* AND, OR; NOT uses left */
};

/* Parses; `now` makes "2d" a moment. NULL with err (column = place of the mistake, 1-based). The tree lives
 * in a. Call query_release() before the arena goes when the query may hold regular expressions. */
struct query *query_parse(struct arena *a, struct str text, int64_t now, struct err *err);
void query_release(struct query *q);
/* The beginning of a word with fewer than three letters: looked for in titles only, here and in the index. */
bool query_is_short_prefix(const struct query *q);
/* True when the tree names is:hidden anywhere (else hidden stories are left out). */
bool query_wants_hidden(const struct query *q);

#endif
