/* SPDX-License-Identifier: MIT */
/* A tree of values against the schema: every mistake, not only the first. One value's type is value.c's, what
 * the table cannot say is check_more.c's. */
#include "conf/conf_priv.h"

#include <string.h>

#include "base/i18n.h"

/* The problems, and room for the readings that only prove that a value can be read. */
struct check {
	struct problems *p;
	struct arena *scratch;
	struct buf why;
};

static void check_map(struct check *c, const struct value *map, const struct setting *parent);

static void unknown_key(const struct value *v, const struct setting *parent, struct problems *p)
{
	const char *near = schema_nearest(parent, v->key);
	struct str key = str_sub(v->key, 0, 80);

	if (str_eqc(v->key, "<<"))
		problems_add(
		    p, v->key_line, v->key_column, false, _("'<<' does not merge here; write the keys out"));
	else if (near)
		problems_add(p, v->key_line, v->key_column, false,
		    _("unknown key '%.*s' (did you mean '%s'?)"), STR_ARG(key), near);
	else
		problems_add(p, v->key_line, v->key_column, false, _("unknown key '%.*s'"), STR_ARG(key));
}

static void wrong_kind(const struct value *v, const struct setting *s, struct problems *p)
{
	const char *is = v->kind == VALUE_MAP    ? _("a mapping")
	                 : v->kind == VALUE_LIST ? _("a list")
	                                         : _("a text");
	struct str key = v->key.len ? v->key : str_c(schema_key(s));

	problems_add(p, v->line, v->column, false, _("'%.*s' is %s; it must be %s"), STR_ARG(key), is,
	    schema_type_word(s));
}

static void check_required(const struct value *map, const struct setting *parent, struct problems *p)
{
	for (const struct setting *s = schema_next(parent, NULL); s; s = schema_next(parent, s))
		if ((s->flags & SF_REQUIRED) && !value_get(map, schema_key(s)))
			problems_add(
			    p, map->line, map->column, false, _("the key '%s' is missing"), schema_key(s));
}

static void check_element(struct check *c, const struct value *v, const struct setting *list)
{
	check_map(c, v, list);
	if (v->kind != VALUE_MAP)
		return;
	if (strcmp(list->path, "sources") == 0)
		check_source(v, c->p);
	else if (strcmp(list->path, "sections") == 0)
		check_section(v, c->p);
	else if (strcmp(list->path, "rules") == 0)
		check_rule(v, c->p);
}

static void check_list(struct check *c, const struct value *v, const struct setting *s)
{
	if (value_is_null(v))
		return;
	if (v->kind != VALUE_LIST) {
		wrong_kind(v, s, c->p);
		return;
	}
	for (const struct value *x = v->child; x; x = x->next)
		check_element(c, x, s);
	if (strcmp(s->path, "sources") == 0)
		check_source_keys(v, c->p);
}

static void check_scalar(struct check *c, const struct value *v, const struct setting *s)
{
	struct reading r;

	arena_reset(c->scratch);
	buf_reset(&c->why);
	if (!value_as(c->scratch, s, v, &r, &c->why))
		problems_add(c->p, v->line, v->column, false, "%s", buf_cstr(&c->why));
}

static void check_value(struct check *c, const struct value *v, const struct setting *s)
{
	bool keys = s->type == T_GROUP || s->type == T_MAP || (v->kind == VALUE_MAP && s->flags & SF_MAP_TOO);

	if (s->flags & SF_LATER)
		problems_add(c->p, v->key_line, v->key_column, true,
		    _("'%s' is not used by this version; it is left alone"), s->path);
	if (s->type == T_LIST)
		check_list(c, v, s);
	else if (!keys)
		check_scalar(c, v, s);
	else if (v->kind != VALUE_MAP && !value_is_null(v))
		wrong_kind(v, s, c->p);
	else if (v->kind == VALUE_MAP)
		check_map(c, v, s);
	if (strcmp(s->path, "theme.*") == 0)
		check_style(v, c->p);
}

/* Names of the reader's own that go out to servers must be such as HTTP allows. */
static bool names_go_out(const struct setting *parent)
{
	return parent &&
	       (strcmp(schema_key(parent), "headers") == 0 || strcmp(schema_key(parent), "cookies") == 0);
}

static void check_map(struct check *c, const struct value *map, const struct setting *parent)
{
	if (map->kind != VALUE_MAP) {
		problems_add(
		    c->p, map->line, map->column, false, _("a mapping (key: value) was expected here"));
		return;
	}
	for (const struct value *v = map->child; v; v = v->next) {
		const struct setting *s = schema_find(parent, v->key);

		if (!s)
			unknown_key(v, parent, c->p);
		else if (!v->key.len)
			problems_add(
			    c->p, v->key_line, v->key_column, false, _("a name is missing before the ':'"));
		else if (names_go_out(parent) && !check_token(v->key))
			problems_add(c->p, v->key_line, v->key_column, false,
			    _("'%.*s' cannot be the name of a header or cookie"), STR_ARG(v->key));
		else
			check_value(c, v, s);
	}
	check_required(map, parent, c->p);
}

void check_tree(const struct value *root, struct problems *p)
{
	struct check c = {.p = p, .scratch = arena_new(), .why = BUF_MAX(1000)};

	check_map(&c, root, NULL);
	buf_release(&c.why);
	arena_free(c.scratch);
}
