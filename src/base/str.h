/* SPDX-License-Identifier: MIT */
/* A borrowed run of bytes: pointer and length, no NUL needed. Passed by value. Never owns.
 * The empty string is {"", 0}; an absent one is {NULL, 0}. Thread: any. */
#ifndef CO_BASE_STR_H
#define CO_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *p;
	size_t len;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_NONE     ((struct str){NULL, 0})
/* For printf: "%.*s" with STR_ARG(s). */
#define STR_ARG(s) (int)(s).len, (s).p ? (s).p : ""

struct str str_c(const char *s); /* of a C string; NULL gives STR_NONE */
struct str str_n(const char *p, size_t len);
bool str_eq(struct str a, struct str b);
bool str_eqc(struct str a, const char *b);
bool str_eq_nocase(struct str a, struct str b); /* ASCII case only */
int str_cmp(struct str a, struct str b);        /* bytewise, as memcmp */
bool str_starts(struct str s, const char *prefix);
bool str_starts_nocase(struct str s, const char *prefix); /* ASCII case only */
bool str_ends(struct str s, const char *suffix);
bool str_ends_nocase(struct str s, const char *suffix);
struct str str_trim(struct str s);                         /* ASCII white space off both ends */
struct str str_sub(struct str s, size_t from, size_t len); /* clamped to s */
struct str str_skip(struct str s, size_t n);               /* s without its first n bytes */
/* Index of the first byte / substring, or -1. */
ptrdiff_t str_chr(struct str s, char c);
ptrdiff_t str_rchr(struct str s, char c);
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_nocase(struct str s, const char *needle); /* ASCII case only */
/* Cuts the part before the first `sep` off *s and returns it; without a `sep` all of it. False at the end. */
bool str_split(struct str *s, char sep, struct str *part);
/* Whole string as a decimal number, with sign; false when it is anything else or out of range. */
bool str_i64(struct str s, int64_t *out);
bool str_u64(struct str s, uint64_t *out);
/* ASCII classes that do not ask the locale; here because they stand in every inner loop. */
static inline bool ch_space(int c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool ch_digit(int c)
{
	return c >= '0' && c <= '9';
}

static inline bool ch_alpha(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ch_alnum(int c)
{
	return ch_alpha(c) || ch_digit(c);
}

static inline int ch_lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

int ch_hex(int c); /* value of a hex digit, or -1 */

#endif
