/* SPDX-License-Identifier: MIT */
/* The configuration as the program uses it: read from one YAML file, checked against the schema, all mistakes
 * at once. What it returns lives as long as the conf. Section 1 of courant-config(5); keys, theme and rules
 * are handed on as written and are understood by their users. Thread: one owner at a time. */
#ifndef CO_CONF_CONF_H
#define CO_CONF_CONF_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "conf/schema.h"
#include "model/mapping.h"

struct conf;

/* A mistake, or a note that does not keep the file from being used. Place is 1-based, 0: none. */
struct problem {
	int line, column;
	bool note;
	char *message; /* translated, cleaned, one line */
};
/* {0} is an empty list. At most PROBLEMS_MAX are kept; `more` counts the rest. */
#define PROBLEMS_MAX 200
struct problems {
	struct problem *v;
	size_t n, cap, more;
	bool failed; /* one of them is more than a note */
};
void problems_release(struct problems *p);
/* Adds one; for those who check what conf only hands on (keys, queries). */
void problems_add(struct problems *p, int line, int column, bool note, const char *fmt, ...) PRINTF(5, 6);

/* Defaults alone, no sources. Returns yours. */
struct conf *conf_new(void);
void conf_free(struct conf *c);
DEFINE_FREEP(conf)
/* Reads and checks a file. NULL when it cannot be read or holds a mistake: err has the first one with its
 * place, problems (may be NULL) all of them in order of place, notes too. ERR_NOT_FOUND: there is no such
 * file. */
struct conf *conf_read(const char *path, struct problems *problems, struct err *err);
/* The keys alone of a file that conf_read refused, so that their mistakes are told together with the others;
 * all else is the default. Never NULL: without keys when the file cannot be read or is no YAML. */
struct conf *conf_read_keys(const char *path);
/* The same as conf_read from text; `file` is the name for messages. */
struct conf *conf_parse(struct str text, const char *file, struct problems *problems, struct err *err);
/* Sets one value for this run (`:set`): path as in the schema, text as in the file. False: as it was. */
bool conf_put(struct conf *c, struct str path, struct str text, struct err *err);

/* Global settings. Asking with the wrong getter is our own mistake (assert). */
bool conf_bool(const struct conf *c, enum setting_id id);
int64_t conf_int(const struct conf *c, enum setting_id id); /* T_INT; CONF_WORD when a word stands there */
int64_t conf_seconds(const struct conf *c, enum setting_id id); /* T_DURATION; CONF_WORD */
int64_t conf_bytes(const struct conf *c, enum setting_id id);   /* T_SIZE; CONF_WORD */
struct str conf_text(const struct conf *c, enum setting_id id); /* any scalar as written; absent: null */
bool conf_is(const struct conf *c, enum setting_id id, const char *word); /* the value is this word */
const char *const *conf_argv(
    const struct conf *c, enum setting_id id); /* NULL-terminated; NULL: a word or none */
#define CONF_WORD    (-1)
#define CONF_FOREVER INT64_MAX
/* T_CELLS: columns of `width` that a setting asks for; CONF_WORD. */
int64_t conf_cells(const struct conf *c, enum setting_id id, int width);

/* A header or cookie whose value is written down, or comes from a program that is run when it is needed. */
struct secret {
	struct str name, value;
	const char *const *command; /* NULL: value */
};

enum full_text { FULL_TEXT_AUTO, FULL_TEXT_ALWAYS, FULL_TEXT_NEVER };

/* One source. Global values are already filled in where it states none of its own. */
struct source_conf {
	struct str name, section; /* section: absent when none */
	struct str url;           /* absent for a command */
	struct str key;           /* stable: the url, or "command:" and the words */
	const char *const *command, *const *filter;
	struct str user;
	const char *const *password_command;
	struct secret *headers, *cookies;
	size_t n_headers, n_cookies;
	const struct mapping *mapping; /* NULL: found out by content */
	int64_t refresh_s;             /* CONF_WORD: learned from the source */
	int64_t keep_s;                /* CONF_FOREVER */
	int64_t timeout_s, max_size;
	struct str proxy; /* absent: the environment's; empty: none at all */
	enum full_text full_text;
	int line, column;
};
struct section_conf {
	struct str name, query;
	int line, column; /* of the query */
};
struct rule_conf {
	struct str match;
	struct str *actions; /* "hide", "star", "read", "tag WORD" */
	size_t n_actions;
	int64_t until;    /* first second after it; TIME_NONE: for good */
	int line, column; /* of the match */
};
/* One line of `keys`: place "headlines", key "ctrl-n", command "next-unread" ("none" frees the key). */
struct key_conf {
	struct str place, key, command;
	int line, column; /* of the key */
};
struct command_conf {
	struct str name;
	const char *const *argv; /* with placeholders: {url} {title} … */
	int line, column;
};
/* One attribute of a style: style "headline.unread", attribute "bold", value "true". */
struct style_conf {
	struct str style, attribute, value;
	int line, column; /* of the value */
};

#define CONF_LIST(type, name) const struct type##_conf *conf_##name(const struct conf *c, size_t *n)
CONF_LIST(source, sources);
CONF_LIST(section, sections);
CONF_LIST(rule, rules);
CONF_LIST(key, keys);
CONF_LIST(command, commands);
CONF_LIST(style, styles);

/* Appends the version of the YAML library in use. */
void conf_versions(struct buf *out);

#endif
