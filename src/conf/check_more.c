/* SPDX-License-Identifier: MIT */
/* What the table of settings cannot say: keys that need or exclude each other, the same source twice, queries
 * and rules, names of styles. */
#include "conf/conf_priv.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/map.h"
#include "model/query.h"
#include "text/fuzzy.h"

bool check_token(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!ch_alnum(name.p[i]) && !strchr("!#$%&'*+-.^_`|~", name.p[i]))
			return false;
	return name.len > 0 && name.len <= 200;
}

static void check_json(const struct value *json, struct problems *p)
{
	const struct value *next = value_get(json, "next"), *html = value_get(json, "html");
	static const char fields[] =
	    "id title url author summary content image published updated tags comments enclosure";

	if (next && next->kind == VALUE_MAP && value_get(next, "pointer") && !value_get(next, "param") &&
	    value_get(next, "last"))
		problems_add(
		    p, next->line, next->column, false, _("'last' belongs to 'page', not to 'pointer'"));
	for (const struct value *v = html && html->kind == VALUE_LIST ? html->child : html; v; v = v->next) {
		struct str rest = STR(fields), one;
		bool known = false;

		while (str_split(&rest, ' ', &one))
			known = known || str_eq(one, v->text);
		if (!known)
			problems_add(p, v->line, v->column, false, _("'%.*s' is no field; they are: %s"),
			    STR_ARG(v->text), fields);
		if (html->kind != VALUE_LIST)
			break;
	}
}

void check_source(const struct value *source, struct problems *p)
{
	const struct value *url = value_get(source, "url"), *command = value_get(source, "command");
	const struct value *json = value_get(source, "json");

	if (!url && !command)
		problems_add(p, source->line, source->column, false, _("a source needs a url or a command"));
	if (url && command)
		problems_add(p, command->key_line, command->key_column, false,
		    _("a source has a url or a command, not both"));
	for (const struct value *v = command ? source->child : NULL; v; v = v->next)
		if (str_eqc(v->key, "auth") || str_eqc(v->key, "headers") || str_eqc(v->key, "cookies") ||
		    str_eqc(v->key, "proxy"))
			problems_add(p, v->key_line, v->key_column, false,
			    _("'%.*s' means nothing for a command"), STR_ARG(v->key));
	if (json && json->kind == VALUE_MAP)
		check_json(json, p);
}

void check_source_keys(const struct value *sources, struct problems *p)
{
	SCOPED_PTR(map) struct map *seen = map_new();

	for (struct value *s = sources->child; s; s = s->next) {
		const struct value *url = value_get(s, "url"), *before;

		if (!url || url->kind != VALUE_SCALAR)
			continue;
		before = map_put(seen, url->text, s);
		if (before)
			problems_add(p, url->line, url->column, false,
			    _("the source in line %d has this address already"), before->line);
	}
}

/* A mistake in a query stands at its own column: that of the value, when the query is written in one line. */
static void check_query(const struct value *v, struct problems *p)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct err err = {0};
	struct query *q;

	if (!v || v->kind != VALUE_SCALAR)
		return;
	q = query_parse(a, v->text, clock_now(), &err);
	if (!q)
		problems_add(p, v->line, v->column + (v->plain ? 0 : 1) + (err.column ? err.column - 1 : 0),
		    false, "%s", err.message);
	else
		query_release(q);
}

void check_section(const struct value *section, struct problems *p)
{
	check_query(value_get(section, "query"), p);
}

static void check_action(const struct value *v, struct problems *p)
{
	static const char *const plain[] = {"hide", "star", "read"};

	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (str_eqc(v->text, plain[i]))
			return;
	if (str_starts(v->text, "tag ") && str_trim(str_skip(v->text, 4)).len)
		return;
	problems_add(p, v->line, v->column, false,
	    _("'%.*s' is no action; they are: hide, star, read, tag WORD"), STR_ARG(v->text));
}

void check_rule(const struct value *rule, struct problems *p)
{
	const struct value *todo = value_get(rule, "do");

	check_query(value_get(rule, "match"), p);
	if (todo && todo->kind == VALUE_SCALAR)
		check_action(todo, p);
	for (const struct value *v = todo && todo->kind == VALUE_LIST ? todo->child : NULL; v; v = v->next)
		if (v->kind == VALUE_SCALAR)
			check_action(v, p);
}

void check_style(const struct value *style, struct problems *p)
{
	static const char *const names[] = {
#define STYLE(id, name, ...) name,
#include "conf/theme.def"
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eqc(style->key, names[i]))
			return;
	struct str key = str_sub(style->key, 0, 80);
	const char *near = fuzzy_nearest(key, names, ARRAY_LEN(names));
	if (near)
		problems_add(p, style->key_line, style->key_column, false,
		    _("unknown style '%.*s' (did you mean '%s'?)"), STR_ARG(key), near);
	else
		problems_add(p, style->key_line, style->key_column, false,
		    _("unknown style '%.*s'; courant-config(5) lists them"), STR_ARG(key));
}
