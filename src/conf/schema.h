/* SPDX-License-Identifier: MIT */
/* The settings as a table: schema.def has every key of the configuration once, and this says what a row is.
 * From it come checking, "did you mean", the default file, courant-config(5), completion and the getters of
 * conf.h. Thread: any, the table is constant. */
#ifndef CO_CONF_SCHEMA_H
#define CO_CONF_SCHEMA_H

#include "base/str.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum setting_type {
	T_GROUP,    /* a mapping of keys that the table names: path.key */
	T_LIST,     /* a list of such mappings: path[].key */
	T_MAP,      /* a mapping of the reader's own names: path.* says of what */
	T_BOOL,     /* true, false; also yes, no, on, off */
	T_INT,      /* decimal */
	T_SIZE,     /* bytes: 16MiB */
	T_DURATION, /* 30s, 15m, 2h, 7d, 2w */
	T_CELLS,    /* columns of the screen: 40, or a share of them: 38% */
	T_WORD,     /* one of the words alone */
	T_TEXT,     /* one line */
	T_WEB,      /* an http or https address */
	T_ADDRESS,  /* the same, or file: with a path from the root */
	T_PROXY,    /* http, https, socks4, socks4a, socks5 or socks5h address */
	T_ARGV,     /* a program and its arguments: a list, or one word; never a shell */
	T_STRINGS,  /* a list of lines, or one */
	T_DATE,     /* 2026-12-31 */
	T_COLOUR,   /* a name, 0 to 255, or #rrggbb */
	T_ANY       /* not looked into */
};

enum setting_flags {
	SF_MAP_TOO = 1,    /* instead of the value a mapping with keys of its own (rows path.key) is fine */
	SF_NULL = 2,       /* null is a value: none */
	SF_RESTART = 4,    /* takes effect at the next start; else at once after :reload */
	SF_PER_SOURCE = 8, /* a source may state its own, under the key's last part */
	SF_REQUIRED = 16,  /* must be there in its mapping */
	SF_LATER = 32 /* known, checked and kept, but nothing in this version acts on it: told as a note */
};

/* Settings with one value for the whole program; those inside sources, sections, rules have no id. */
#define SET(id, path, type, fallback, words, range, flags, help, more) SET_##id,
#define KEY(path, type, fallback, words, range, flags, help, more)
enum setting_id {
#include "conf/schema.def"
	SETTINGS
};

struct setting {
	int id;           /* enum setting_id, or -1 */
	const char *path; /* "fetch.refresh", "sources[].url", "keys.*" */
	enum setting_type type;
	const char *fallback;  /* as it would stand in the file; NULL: nothing */
	const char *words;     /* words that are values too, separated by blanks; NULL: none */
	const char *min, *max; /* NULL: no bound */
	unsigned flags;        /* enum setting_flags */
	const char *help;      /* one line, N_() */
	const char *more;      /* more for the manual, N_(); NULL: none */
};

const struct setting *schema_of(enum setting_id id);
/* The row of a key inside the mapping that row `parent` describes (NULL: the file itself); NULL: no such key.
 */
const struct setting *schema_find(const struct setting *parent, struct str key);
/* The key that was meant there; NULL: none is near. */
const char *schema_nearest(const struct setting *parent, struct str key);
/* The next row inside parent after `row` (NULL: the first); NULL: no more. Rows for names of the reader's own
 * have the key "*". */
const struct setting *schema_next(const struct setting *parent, const struct setting *row);
/* The row of a whole path; NULL: none. */
const struct setting *schema_path(struct str path);
/* Calls fn for each row that is told to readers (not SF_LATER), in order. */
void schema_each(void (*fn)(const struct setting *s, void *arg), void *arg);
/* Last part of a path: "url" of "sources[].url". */
const char *schema_key(const struct setting *s);
/* Word of a type for people: "duration", "a list: program, arguments". Translated. */
const char *schema_type_word(const struct setting *s);
/* True when w is one of the words of s. */
bool schema_is_word(const struct setting *s, struct str w);

#endif
