/* SPDX-License-Identifier: MIT */
/* A YAML document as a tree of values with their places, and one value read as a type of the schema. The tree
 * knows nothing of settings. Thread: one owner; never changed once made. */
#ifndef CO_CONF_VALUE_H
#define CO_CONF_VALUE_H

#include "base/arena.h"
#include "conf/conf.h"

enum value_kind { VALUE_SCALAR, VALUE_LIST, VALUE_MAP };

struct value {
	enum value_kind kind;
	bool plain;               /* a scalar without quotes: only such a one is null, true or a number */
	bool flow;                /* a list or mapping in brackets */
	int line, column;         /* 1-based */
	int end_line, end_column; /* the first place behind it; a block's is that of its last value */
	int key_line, key_column;
	struct str key;      /* in a mapping */
	struct str text;     /* of a scalar */
	struct value *child; /* first of a list or mapping */
	struct value *next;  /* the next beside it */
	size_t n;            /* children */
};

#define VALUE_MAX_BYTES ((size_t)8 << 20)
#define VALUE_MAX_NODES 200000
#define VALUE_MAX_DEPTH 32
#define VALUE_MAX_ALIAS 100

/* The one document of text; NULL when it holds none, or (p->failed) cannot be read. Everything lives in a. */
struct value *value_read(struct arena *a, struct str text, struct problems *p);
const struct value *value_get(const struct value *map, const char *key); /* NULL: not there, or no mapping */
bool value_is_null(const struct value *v);

/* A value read by a row of the schema. */
struct reading {
	bool null, word;         /* no value; one of the row's words */
	int64_t number;          /* bool, int, bytes, seconds (CONF_FOREVER for the word), cells, time */
	bool percent;            /* number is a share */
	struct str text;         /* the scalar, cleaned */
	const char *const *argv; /* NULL-terminated; T_ARGV and T_STRINGS */
};
/* False: `why` gets a sentence that begins with the path ("fetch.refresh is 5s; the least is 60s"). */
bool value_as(
    struct arena *a, const struct setting *s, const struct value *v, struct reading *out, struct buf *why);

#endif
