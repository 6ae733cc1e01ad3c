/* SPDX-License-Identifier: MIT */
/* Sections, rules, keys, commands and styles of a checked tree as records. What they mean is for their users.
 */
#include "conf/conf_priv.h"

#include <string.h>

#include "base/clock.h"

/* The scalar of a checked mapping, cleaned; absent when it is not there. */
static struct str text_of(struct conf *c, const struct value *map, const char *path, const char *key)
{
	SCOPED(buf) struct buf why = BUF_MAX(1000);
	const struct value *v = value_get(map, key);
	struct reading r;

	if (!v || !value_as(c->arena, schema_find(schema_path(str_c(path)), str_c(key)), v, &r, &why))
		return STR_NONE;
	return r.text;
}

static void build_sections(struct conf *c, const struct value *list)
{
	c->sections = arena_array(c->arena, list->n, sizeof *c->sections);
	for (const struct value *v = list->child; v; v = v->next) {
		struct section_conf *s = &c->sections[c->n_sections++];
		const struct value *query = value_get(v, "query");

		s->name = text_of(c, v, "sections", "name");
		s->query = text_of(c, v, "sections", "query");
		s->line = query->line;
		s->column = query->column;
	}
}

static void build_rule(struct conf *c, const struct value *v, struct rule_conf *r)
{
	SCOPED(buf) struct buf why = BUF_MAX(1000);
	const struct value *match = value_get(v, "match"), *until = value_get(v, "until");
	const struct setting *row = schema_path(STR("rules"));
	struct reading words, day;

	r->match = text_of(c, v, "rules", "match");
	r->line = match->line;
	r->column = match->column;
	r->until = TIME_NONE;
	if (until && value_as(c->arena, schema_find(row, STR("until")), until, &day, &why))
		r->until = day.number + 86400;
	if (!value_as(c->arena, schema_find(row, STR("do")), value_get(v, "do"), &words, &why))
		return;
	while (words.argv[r->n_actions])
		r->n_actions++;
	r->actions = arena_array(c->arena, r->n_actions, sizeof *r->actions);
	for (size_t i = 0; i < r->n_actions; i++)
		r->actions[i] = str_c(words.argv[i]);
}

static void build_rules(struct conf *c, const struct value *list)
{
	c->rules = arena_array(c->arena, list->n, sizeof *c->rules);
	for (const struct value *v = list->child; v; v = v->next)
		build_rule(c, v, &c->rules[c->n_rules++]);
}

static size_t grandchildren(const struct value *map)
{
	size_t n = 0;

	for (const struct value *v = map->child; v; v = v->next)
		n += v->kind == VALUE_MAP ? v->n : 0;
	return n;
}

static void build_keys(struct conf *c, const struct value *places)
{
	c->keys = arena_array(c->arena, grandchildren(places), sizeof *c->keys);
	for (const struct value *place = places->child; place; place = place->next) {
		for (const struct value *v = place->kind == VALUE_MAP ? place->child : NULL; v; v = v->next)
			c->keys[c->n_keys++] = (struct key_conf){.place = arena_str(c->arena, place->key),
			    .key = arena_str(c->arena, v->key),
			    .command = arena_str(c->arena, str_trim(v->text)),
			    .line = v->key_line,
			    .column = v->key_column};
	}
}

static void build_commands(struct conf *c, const struct value *map)
{
	SCOPED(buf) struct buf why = BUF_MAX(1000);
	const struct setting *row = schema_find(schema_path(STR("commands")), STR("x"));
	struct reading r;

	c->commands = arena_array(c->arena, map->n, sizeof *c->commands);
	for (const struct value *v = map->child; v; v = v->next)
		if (value_as(c->arena, row, v, &r, &why))
			c->commands[c->n_commands++] =
			    (struct command_conf){.name = arena_str(c->arena, v->key),
			        .argv = r.argv,
			        .line = v->key_line,
			        .column = v->key_column};
}

static void build_styles(struct conf *c, const struct value *theme)
{
	c->styles = arena_array(c->arena, grandchildren(theme), sizeof *c->styles);
	for (const struct value *style = theme->child; style; style = style->next) {
		for (const struct value *v = style->kind == VALUE_MAP ? style->child : NULL; v; v = v->next)
			c->styles[c->n_styles++] =
			    (struct style_conf){.style = arena_str(c->arena, style->key),
			        .attribute = arena_str(c->arena, v->key),
			        .value = arena_str(c->arena, v->text),
			        .line = v->line,
			        .column = v->column};
	}
}

void keys_build(struct conf *c, const struct value *root)
{
	const struct value *v = value_get(root, "keys");

	if (v && v->kind == VALUE_MAP)
		build_keys(c, v);
}

void lists_build(struct conf *c, const struct value *root)
{
	static const struct {
		const char *key;
		enum value_kind kind;
		void (*build)(struct conf *c, const struct value *v);
	} lists[] = {
	    {"sections", VALUE_LIST, build_sections},
	    {"rules", VALUE_LIST, build_rules},
	    {"keys", VALUE_MAP, build_keys},
	    {"commands", VALUE_MAP, build_commands},
	    {"theme", VALUE_MAP, build_styles},
	};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		const struct value *v = value_get(root, lists[i].key);

		if (v && v->kind == lists[i].kind)
			lists[i].build(c, v);
	}
}
