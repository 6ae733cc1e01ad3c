/* SPDX-License-Identifier: MIT */
/* What the files of this folder share: the conf itself, the check of a tree, and the lists made from it. */
#ifndef CO_CONF_CONF_PRIV_H
#define CO_CONF_CONF_PRIV_H

#include "conf/conf.h"
#include "conf/value.h"

struct conf {
	struct arena *arena;
	struct reading values[SETTINGS];
	struct source_conf *sources;
	struct section_conf *sections;
	struct rule_conf *rules;
	struct key_conf *keys;
	struct command_conf *commands;
	struct style_conf *styles;
	size_t n_sources, n_sections, n_rules, n_keys, n_commands, n_styles;
};

/* Tells everything in the tree that does not fit the schema. */
void check_tree(const struct value *root, struct problems *p);
/* What the table of settings cannot say about sources, rules, queries and styles (check_more.c). */
void check_source(const struct value *source, struct problems *p);
void check_source_keys(const struct value *sources, struct problems *p);
void check_section(const struct value *section, struct problems *p);
void check_rule(const struct value *rule, struct problems *p);
void check_style(const struct value *style, struct problems *p); /* one key of a theme */
/* True for a name that may stand before the ':' of a header, or the '=' of a cookie. */
bool check_token(struct str name);

/* The lists of a checked tree into c (sources.c, lists.c). Global values must be there already. */
void sources_build(struct conf *c, const struct value *root);
void lists_build(struct conf *c, const struct value *root);
/* The keys alone, of a tree that may hold mistakes. */
void keys_build(struct conf *c, const struct value *root);
/* A new source or section as one item of a list in brackets (conf_lines.c). */
struct new_source;
struct new_section;
void conf_source_in_brackets(struct buf *out, const struct new_source *s);
void conf_section_in_brackets(struct buf *out, const struct new_section *s);
/* The stable key of a source. In arena a. */
struct str source_key(struct arena *a, struct str url, const char *const *command);

#endif
