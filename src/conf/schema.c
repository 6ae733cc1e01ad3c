/* SPDX-License-Identifier: MIT */
/* The table of schema.def as an array, and the ways to find a row in it. Values are value.c's. */
#include "conf/schema.h"

#include <string.h>

#include "base/attr.h"
#include "base/i18n.h"
#include "text/fuzzy.h"

#define RANGE(min, max) min, max
#define ANY             NULL, NULL
#define SET(id, path, type, fallback, words, range, flags, help, more)                                       \
	{SET_##id, path, type, fallback, words, range, flags, help, more},
#define KEY(path, type, fallback, words, range, flags, help, more)                                           \
	{-1, path, type, fallback, words, range, flags, help, more},
static const struct setting rows[] = {
#include "conf/schema.def"
};

const struct setting *schema_of(enum setting_id id)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (rows[i].id == (int)id)
			return &rows[i];
	return NULL;
}

const char *schema_key(const struct setting *s)
{
	const char *dot = strrchr(s->path, '.');

	return dot ? dot + 1 : s->path;
}

/* True when row s stands directly inside parent. */
static bool is_child(const struct setting *parent, const struct setting *s)
{
	size_t len = parent ? strlen(parent->path) : 0;
	const char *rest = s->path + len;

	if (!parent)
		return !strchr(s->path, '.');
	if (strncmp(s->path, parent->path, len) != 0)
		return false;
	if (parent->type == T_LIST) {
		if (strncmp(rest, "[]", 2) != 0)
			return false;
		rest += 2;
	}
	return *rest == '.' && !strchr(rest + 1, '.');
}

/* Rows inside a parent follow it without a gap, so the first row outside ends the search. */
static bool is_inside(const struct setting *parent, const struct setting *s)
{
	return !parent || strncmp(s->path, parent->path, strlen(parent->path)) == 0;
}

const struct setting *schema_next(const struct setting *parent, const struct setting *row)
{
	const struct setting *s = row ? row + 1 : parent ? parent + 1 : rows;

	for (; s < rows + ARRAY_LEN(rows) && is_inside(parent, s); s++)
		if (is_child(parent, s))
			return s;
	return NULL;
}

const struct setting *schema_find(const struct setting *parent, struct str key)
{
	const struct setting *any = NULL;

	for (const struct setting *s = schema_next(parent, NULL); s; s = schema_next(parent, s)) {
		if (str_eqc(key, schema_key(s)) && !str_eqc(key, "*"))
			return s;
		if (strcmp(schema_key(s), "*") == 0)
			any = s;
	}
	return any;
}

const char *schema_nearest(const struct setting *parent, struct str key)
{
	const char *names[ARRAY_LEN(rows)];
	size_t n = 0;

	for (const struct setting *s = schema_next(parent, NULL); s; s = schema_next(parent, s))
		if (strcmp(schema_key(s), "*") != 0)
			names[n++] = schema_key(s);
	const char *near = n ? fuzzy_nearest(key, names, n) : NULL;
	for (size_t i = 0; !near && key.len >= 3 && i < n; i++)
		if (str_eq(str_sub(str_c(names[i]), 0, key.len), key))
			near = names[i];
	return near;
}

const struct setting *schema_path(struct str path)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_eqc(path, rows[i].path))
			return &rows[i];
	return NULL;
}

void schema_each(void (*fn)(const struct setting *s, void *arg), void *arg)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (!(rows[i].flags & SF_LATER))
			fn(&rows[i], arg);
}

const char *schema_type_word(const struct setting *s)
{
	static const char *const words[] = {
	    [T_GROUP] = N_("a mapping"),
	    [T_LIST] = N_("a list of mappings"),
	    [T_MAP] = N_("a mapping"),
	    [T_BOOL] = N_("true or false"),
	    [T_INT] = N_("a number"),
	    [T_SIZE] = N_("a size, such as 16MiB"),
	    [T_DURATION] = N_("a duration, such as 90s, 30m, 12h, 7d"),
	    [T_CELLS] = N_("columns, such as 40 or 38%"),
	    [T_WORD] = N_("a word"),
	    [T_TEXT] = N_("one line of text"),
	    [T_WEB] = N_("an http or https address"),
	    [T_ADDRESS] = N_("an http, https or file address"),
	    [T_PROXY] = N_("a proxy's address, such as socks5h://127.0.0.1:9050"),
	    [T_ARGV] = N_("a program: a list of words"),
	    [T_STRINGS] = N_("a list of texts"),
	    [T_DATE] = N_("a day, such as 2026-12-31"),
	    [T_COLOUR] = N_("a colour: a name, 0 to 255, or \"#rrggbb\""),
	    [T_ANY] = N_("anything"),
	};

	return _(words[s->type]);
}

bool schema_is_word(const struct setting *s, struct str w)
{
	struct str rest = str_c(s->words ? s->words : ""), one;

	while (str_split(&rest, ' ', &one))
		if (str_eq(one, w) && w.len)
			return true;
	return false;
}
