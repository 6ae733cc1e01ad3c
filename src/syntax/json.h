/* SPDX-License-Identifier: MIT */
/* JSON from strangers: one linear walk sees to UTF-8, depth and number of values, then cJSON reads it.
 * Look-ups are case-sensitive and check types; of equal keys the last one counts. Thread: one owner. */
#ifndef CO_SYNTAX_JSON_H
#define CO_SYNTAX_JSON_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"

#define JSON_MAX_DEPTH  256
#define JSON_MAX_VALUES 500000

struct json; /* a value; belongs to its document */

enum json_kind { JSON_NONE, JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* Reads a whole document: bytes with or without BOM; invalid UTF-8, lone surrogates and NUL become U+FFFD.
 * Integers of more than 15 digits stay as strings. rest (may be NULL: that is a mistake) tells that something
 * stood behind a whole object or array and was left out. Returns yours; NULL with ERR_INPUT (and its place)
 * or ERR_LIMIT. */
struct json *json_parse(struct str utf8, bool *rest, struct err *err);
void json_free(struct json *root); /* the root only; NULL is fine */
DEFINE_FREEP(json)

enum json_kind json_kind(const struct json *v); /* NULL: JSON_NONE */
/* Member of an object; NULL when absent, or when v is none. */
const struct json *json_get(const struct json *v, const char *key);
/* Members of an array or object in order; NULL at the end. */
const struct json *json_first(const struct json *v);
const struct json *json_next(const struct json *v);
struct str json_key(const struct json *v); /* of a member of an object; else absent */
size_t json_count(const struct json *v);
/* The string; absent for anything else. Borrowed. */
struct str json_string(const struct json *v);
/* A string, or a number or truth value as text in arena a; absent for anything else. */
struct str json_text(struct arena *a, const struct json *v);
/* A number, or a string that is one. */
bool json_number(const struct json *v, double *out);
bool json_true(const struct json *v);
/* JSON Pointer (RFC 6901): "" is v itself, "/a/0/b~1c". NULL when nothing is there or the pointer is
 * malformed. */
const struct json *json_pointer(const struct json *v, struct str pointer);

#endif
