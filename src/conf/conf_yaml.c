/* SPDX-License-Identifier: MIT */
/* Text to a tree of values by libyaml's events, within bounds: the only file that knows libyaml. What the
 * values mean is check.c's. */
#include "conf/value.h"

#include <yaml.h>

#include "base/i18n.h"
#include "base/map.h"
#include "text/utf8.h"

struct composer {
	yaml_parser_t parser;
	struct arena *arena;
	struct problems *problems;
	struct map *anchors;
	struct str text;
	size_t nodes, aliases;
	bool stop; /* what follows cannot be read */
};

static struct value *compose(struct composer *c, const yaml_event_t *ev, int depth);

/* libyaml's words for the mistakes that people make, in ours. */
static const struct {
	const char *theirs, *ours;
} words[] = {
    {"found a tab character that violates indentation", N_("a tab cannot indent; use blanks")},
    {"found character that cannot start any token",
        N_("this cannot begin a value; a tab cannot indent, and words that begin so need quotes")},
    {"did not find expected key", N_("a key was expected here; is the indentation right?")},
    {"mapping values are not allowed in this context",
        N_("a mapping cannot begin here; is the indentation right, or does a text with ': ' need quotes?")},
    {"could not find expected ':'", N_("a ':' is missing after this key")},
    {"did not find expected '-' indicator", N_("a '-' was expected here; is the indentation right?")},
    {"did not find expected ',' or ']'", N_("a ',' or ']' is missing")},
    {"did not find expected ',' or '}'", N_("a ',' or '}' is missing")},
    {"found unexpected end of stream", N_("the file ends inside quotes")},
    {"found duplicate anchor", N_("this anchor was used before")},
    {"control characters are not allowed", N_("a control character has no place here")},
};

static const char *our_words(const char *theirs)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (theirs && strcmp(theirs, words[i].theirs) == 0)
			return _(words[i].ours);
	return theirs ? theirs : _("this is not YAML");
}

/* Line and column of a byte, for mistakes that libyaml tells by offset alone. */
static void place_of(struct str text, size_t at, int *line, int *column)
{
	*line = *column = 1;
	for (size_t i = 0; i < at && i < text.len; i++) {
		if (text.p[i] == '\n') {
			++*line;
			*column = 1;
		} else if (((unsigned char)text.p[i] & 0xc0) != 0x80) {
			++*column;
		}
	}
}

static void tell_syntax(struct composer *c)
{
	int line = (int)c->parser.problem_mark.line + 1, column = (int)c->parser.problem_mark.column + 1;

	if (c->parser.error == YAML_READER_ERROR)
		place_of(c->text, c->parser.problem_offset, &line, &column);
	if (c->parser.error == YAML_READER_ERROR && c->parser.problem && strstr(c->parser.problem, "UTF-8"))
		problems_add(c->problems, line, column, false, _("this is not UTF-8"));
	else
		problems_add(c->problems, line, column, false, "%s", our_words(c->parser.problem));
	c->stop = true;
}

static bool next_event(struct composer *c, yaml_event_t *ev)
{
	if (c->stop)
		return false;
	if (yaml_parser_parse(&c->parser, ev))
		return true;
	tell_syntax(c);
	return false;
}

static void tell_here(struct composer *c, const yaml_event_t *ev, const char *message)
{
	problems_add(
	    c->problems, (int)ev->start_mark.line + 1, (int)ev->start_mark.column + 1, false, "%s", message);
}

/* A new node for an event; NULL when there are too many. */
static struct value *node_new(struct composer *c, const yaml_event_t *ev, enum value_kind kind)
{
	struct value *v;

	if (++c->nodes > VALUE_MAX_NODES) {
		tell_here(c, ev, _("the file holds more than 200000 values"));
		c->stop = true;
		return NULL;
	}
	v = arena_new_of(c->arena, struct value);
	v->kind = kind;
	v->line = v->key_line = (int)ev->start_mark.line + 1;
	v->column = v->key_column = (int)ev->start_mark.column + 1;
	v->end_line = (int)ev->end_mark.line + 1;
	v->end_column = (int)ev->end_mark.column + 1;
	return v;
}

/* libyaml sees a block end only at what follows it, behind comments: its last value tells better. */
static void set_end(struct value *v, const yaml_event_t *end, const struct value *last)
{
	if (v->flow) {
		v->end_line = (int)end->end_mark.line + 1;
		v->end_column = (int)end->end_mark.column + 1;
	} else if (last) {
		v->end_line = last->end_line;
		v->end_column = last->end_column;
	}
}

static void name_anchor(struct composer *c, const yaml_char_t *anchor, struct value *v)
{
	if (!anchor || !v)
		return;
	if (!c->anchors)
		c->anchors = map_new();
	map_put(c->anchors, str_c((const char *)anchor), v);
}

static void check_tag(struct composer *c, const yaml_event_t *ev, const yaml_char_t *tag)
{
	if (tag && strcmp((const char *)tag, "!") != 0 && strcmp((const char *)tag, YAML_STR_TAG) != 0)
		tell_here(c, ev, _("a tag (!…) has no meaning here"));
}

static bool holds_map(const struct value *v)
{
	if (v->kind == VALUE_MAP)
		return true;
	for (const struct value *x = v->child; x; x = x->next)
		if (x->kind != VALUE_SCALAR)
			return true;
	return false;
}

/* A copy of what the alias names; its children are shared. */
static struct value *compose_alias(struct composer *c, const yaml_event_t *ev)
{
	struct str name = str_c((const char *)ev->data.alias.anchor);
	struct value *of = c->anchors ? map_get(c->anchors, name) : NULL, *v = node_new(c, ev, VALUE_SCALAR);

	if (!v)
		return NULL;
	if (++c->aliases > VALUE_MAX_ALIAS) {
		tell_here(c, ev, _("the file holds more than 100 aliases"));
		c->stop = true;
		return NULL;
	}
	if (!of)
		problems_add(c->problems, v->line, v->column, false,
		    _("no anchor &%.*s stands before this alias"), STR_ARG(name));
	else if (holds_map(of))
		problems_add(c->problems, v->line, v->column, false,
		    _("*%.*s stands for a mapping; write its keys out here"), STR_ARG(name));
	if (!of || holds_map(of))
		return v;
	v->kind = of->kind;
	v->plain = of->plain;
	v->text = of->text;
	v->child = of->child;
	v->n = of->n;
	return v;
}

static struct value *compose_scalar(struct composer *c, const yaml_event_t *ev)
{
	struct value *v = node_new(c, ev, VALUE_SCALAR);

	check_tag(c, ev, ev->data.scalar.tag);
	if (!v)
		return NULL;
	v->plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	v->text = arena_str(c->arena, str_n((const char *)ev->data.scalar.value, ev->data.scalar.length));
	return v;
}

static struct value *compose_list(struct composer *c, const yaml_event_t *start, int depth)
{
	struct value *list = node_new(c, start, VALUE_LIST), **at = list ? &list->child : NULL, *last = NULL;
	yaml_event_t ev;

	check_tag(c, start, start->data.sequence_start.tag);
	if (list)
		list->flow = start->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	while (list && next_event(c, &ev)) {
		bool end = ev.type == YAML_SEQUENCE_END_EVENT;
		struct value *v = end ? NULL : compose(c, &ev, depth + 1);

		if (end)
			set_end(list, &ev, last);
		yaml_event_delete(&ev);
		if (end)
			return list;
		if (!v)
			return NULL;
		*at = last = v;
		at = &v->next;
		list->n++;
	}
	return NULL;
}

/* The names seen in one mapping: short ones are searched, long ones hashed. */
static bool seen_before(struct value *map, struct map **seen, const struct value *key)
{
	if (map->n < 8) {
		for (const struct value *v = map->child; v; v = v->next)
			if (str_eq(v->key, key->text))
				return true;
		return false;
	}
	if (!*seen) {
		*seen = map_new();
		for (struct value *v = map->child; v; v = v->next)
			map_put(*seen, v->key, v);
	}
	return map_put(*seen, key->text, map) != NULL;
}

static struct value *compose_key(
    struct composer *c, struct value *map, struct map **seen, const yaml_event_t *ev)
{
	struct value *key;

	if (ev->type == YAML_ALIAS_EVENT || ev->type != YAML_SCALAR_EVENT) {
		tell_here(c, ev, _("a key must be a plain word"));
		c->stop = true;
		return NULL;
	}
	key = compose_scalar(c, ev);
	if (key && seen_before(map, seen, key))
		problems_add(c->problems, key->line, key->column, false, _("the key '%.*s' is there twice"),
		    STR_ARG(key->text));
	return key;
}

static struct value *compose_map(struct composer *c, const yaml_event_t *start, int depth)
{
	SCOPED_PTR(map) struct map *seen = NULL;
	struct value *map = node_new(c, start, VALUE_MAP), **at = map ? &map->child : NULL;
	struct value *key = NULL, *last = NULL;
	yaml_event_t ev;

	check_tag(c, start, start->data.mapping_start.tag);
	if (map)
		map->flow = start->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	while (map && next_event(c, &ev)) {
		bool end = ev.type == YAML_MAPPING_END_EVENT;
		struct value *v = end   ? NULL
		                  : key ? compose(c, &ev, depth + 1)
		                        : compose_key(c, map, &seen, &ev);

		if (end)
			set_end(map, &ev, last);
		yaml_event_delete(&ev);
		if (end)
			return map;
		if (!v)
			return NULL;
		if (!key) {
			key = v;
			continue;
		}
		v->key = key->text;
		v->key_line = key->line;
		v->key_column = key->column;
		*at = last = v;
		at = &v->next;
		map->n++;
		key = NULL;
	}
	return NULL;
}

static struct value *compose(struct composer *c, const yaml_event_t *ev, int depth)
{
	struct value *v = NULL;

	if (depth > VALUE_MAX_DEPTH) {
		tell_here(c, ev, _("the file is nested more than 32 deep"));
		c->stop = true;
		return NULL;
	}
	switch (ev->type) {
	case YAML_SCALAR_EVENT:
		v = compose_scalar(c, ev);
		name_anchor(c, ev->data.scalar.anchor, v);
		break;
	case YAML_SEQUENCE_START_EVENT:
		v = compose_list(c, ev, depth);
		name_anchor(c, ev->data.sequence_start.anchor, v);
		break;
	case YAML_MAPPING_START_EVENT:
		v = compose_map(c, ev, depth);
		name_anchor(c, ev->data.mapping_start.anchor, v);
		break;
	case YAML_ALIAS_EVENT:
		v = compose_alias(c, ev);
		break;
	default:
		tell_here(c, ev, _("this is not YAML"));
		c->stop = true;
	}
	return v;
}

static struct value *compose_stream(struct composer *c)
{
	struct value *root = NULL;
	yaml_event_t ev;
	bool end = false;
	int documents = 0;

	while (!end && next_event(c, &ev)) {
		end = ev.type == YAML_STREAM_END_EVENT;
		if (ev.type == YAML_DOCUMENT_START_EVENT && ++documents > 1) {
			tell_here(c, &ev, _("a second document begins here; a configuration is one"));
			c->stop = true;
		} else if (ev.type == YAML_SCALAR_EVENT || ev.type == YAML_SEQUENCE_START_EVENT ||
		           ev.type == YAML_MAPPING_START_EVENT || ev.type == YAML_ALIAS_EVENT) {
			root = compose(c, &ev, 1);
		}
		yaml_event_delete(&ev);
	}
	return root;
}

struct value *value_read(struct arena *a, struct str text, struct problems *p)
{
	struct composer c = {.arena = a, .problems = p, .text = text};
	struct value *root;

	if (text.len > VALUE_MAX_BYTES) {
		problems_add(p, 0, 0, false, _("the file is larger than 8 MiB"));
		return NULL;
	}
	if (str_starts(text, "\xef\xbb\xbf"))
		c.text = text = str_skip(text, 3);
	if (!yaml_parser_initialize(&c.parser)) {
		problems_add(p, 0, 0, false, _("out of memory"));
		return NULL;
	}
	yaml_parser_set_encoding(&c.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&c.parser, (const unsigned char *)(text.p ? text.p : ""), text.len);
	root = compose_stream(&c);
	yaml_parser_delete(&c.parser);
	map_free(c.anchors);
	return c.stop ? NULL : root;
}

void conf_versions(struct buf *out)
{
	buf_printf(out, "libyaml %s", yaml_get_version_string());
}
