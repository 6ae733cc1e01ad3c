/* SPDX-License-Identifier: MIT */
/* Records as tables of fields: one table says what a struct holds, and both directions of its codec walk it,
 * so that they cannot drift apart. Used by the codecs of model/ and doc/; knows nothing of any one record.
 * Decoding checks every field as hostile: range, UTF-8, text/safe, addresses, counts, and the memory that
 * lists may take. Thread: any; tables are constant. */
#ifndef CO_MODEL_RECORD_H
#define CO_MODEL_RECORD_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/wire.h"

enum field_kind { FIELD_UINT, FIELD_INT, FIELD_BOOL, FIELD_REAL, FIELD_STR, FIELD_LIST };

/* What a string may hold. A text that breaks its rule breaks the record; an address that is no safe one is
 * left out. */
enum str_rule {
	RULE_BYTES,  /* anything: bodies, records inside records */
	RULE_OPAQUE, /* no control bytes: header values, validators, passwords */
	RULE_LINE,   /* safe_is(SAFE_LINE) */
	RULE_TEXT,   /* safe_is(SAFE_TEXT) */
	RULE_RUN,    /* safe_is(SAFE_RUN): HTML */
	RULE_URL     /* one line; relative, or url_is_safe() */
};

struct record;
struct field {
	enum field_kind kind;
	enum str_rule rule;
	size_t at, size;         /* place and size of the member */
	size_t count_at;         /* FIELD_LIST: place of its size_t count */
	uint64_t max;            /* greatest number, longest string, longest list */
	const struct record *of; /* FIELD_LIST: what it is a list of */
};

struct record {
	const char *name; /* for the log */
	size_t size;
	const struct field *fields;
	size_t n_fields;
};

#define FIELD_SIZE(type, member) sizeof(((type *)NULL)->member)
#define FIELD_U(type, member, greatest)                                                                      \
	{                                                                                                    \
		.kind = FIELD_UINT, .at = offsetof(type, member), .size = FIELD_SIZE(type, member),          \
		.max = (greatest)                                                                            \
	}
#define FIELD_I(type, member)                                                                                \
	{                                                                                                    \
		.kind = FIELD_INT, .at = offsetof(type, member), .size = FIELD_SIZE(type, member)            \
	}
#define FIELD_B(type, member)                                                                                \
	{                                                                                                    \
		.kind = FIELD_BOOL, .at = offsetof(type, member), .size = FIELD_SIZE(type, member)           \
	}
#define FIELD_R(type, member)                                                                                \
	{                                                                                                    \
		.kind = FIELD_REAL, .at = offsetof(type, member), .size = FIELD_SIZE(type, member)           \
	}
#define FIELD_S(type, member, how, longest)                                                                  \
	{                                                                                                    \
		.kind = FIELD_STR, .rule = (how), .at = offsetof(type, member),                              \
		.size = FIELD_SIZE(type, member), .max = (longest)                                           \
	}
#define FIELD_L(type, member, count, record, longest)                                                        \
	{                                                                                                    \
		.kind = FIELD_LIST, .at = offsetof(type, member), .size = FIELD_SIZE(type, member),          \
		.count_at = offsetof(type, count), .of = (record), .max = (longest)                          \
	}
#define RECORD(text, type, table)                                                                            \
	{                                                                                                    \
		.name = (text), .size = sizeof(type), .fields = (table), .n_fields = ARRAY_LEN(table)        \
	}

/* Lengths that the tables share. A line is a title, a name, an address; a text is a whole body. */
#define RECORD_LINE ((uint64_t)64 << 10)
#define RECORD_TEXT ((uint64_t)WIRE_MAX_FRAME)

/* A record that is one line (struct str), for lists of them; and one of header lines. */
extern const struct record record_line, record_opaque;

/* Appends thing (a struct of that record). Lengths and numbers past their bounds are our own mistake there.
 */
void record_encode(struct buf *out, const struct record *r, const void *thing);
/* Fills thing from the whole of bytes; strings are copied into a. False with ERR_HELPER. */
bool record_decode(struct arena *a, struct str bytes, const struct record *r, void *thing, struct err *err);
/* The same from a reader that goes on behind the record; the caller looks for what is left over. */
bool record_read(struct arena *a, struct wire_in *in, const struct record *r, void *thing, struct err *err);
/* The sentence for any record that cannot be read, with a detail for the log. Returns false. */
bool record_bad(struct err *err, const char *record, const char *what);

#endif
