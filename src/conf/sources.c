/* SPDX-License-Identifier: MIT */
/* The sources of a checked tree as records: a source's own values, and the global ones where it states none.
 */
#include "conf/conf_priv.h"

#include <string.h>

struct build {
	struct conf *c;
	struct buf why;
};

/* Reads a key of a mapping; false when it is not there. The tree was checked, so what is there can be read.
 */
static bool get(struct build *b, const struct value *map, const struct setting *parent, const char *key,
    struct reading *out)
{
	const struct value *v = value_get(map, key);
	const struct setting *s = v ? schema_find(parent, str_c(key)) : NULL;

	return s && value_as(b->c->arena, s, v, out, &b->why);
}

static struct str get_text(
    struct build *b, const struct value *map, const struct setting *parent, const char *key)
{
	struct reading r;

	return get(b, map, parent, key, &r) && !r.null ? r.text : STR_NONE;
}

/* The source's own number, else that of the global setting. */
static int64_t get_number(struct build *b, const struct value *map, const struct setting *parent,
    const char *key, enum setting_id global)
{
	struct reading r;

	return get(b, map, parent, key, &r) ? r.number : b->c->values[global].number;
}

static const char *const *get_argv(
    struct build *b, const struct value *map, const struct setting *parent, const char *key)
{
	struct reading r;

	return get(b, map, parent, key, &r) ? r.argv : NULL;
}

/* Appends the headers or cookies of one mapping: plain values, or {command: argv}. */
static void add_secrets(
    struct build *b, const struct value *map, const char *path, struct secret **list, size_t *n)
{
	const struct setting *row;
	struct arena *a = b->c->arena;
	struct reading r;

	if (!map || !map->n)
		return;
	row = schema_find(schema_path(str_c(path)), STR("x"));
	*list = arena_grow(a, *list, *n, *n + map->n, sizeof **list);
	for (const struct value *v = map->child; v; v = v->next) {
		struct secret *s = &(*list)[(*n)++];

		*s = (struct secret){.name = arena_str(a, v->key)};
		if (v->kind == VALUE_MAP)
			s->command = get_argv(b, v, row, "command");
		else if (value_as(a, row, v, &r, &b->why))
			s->value = r.text;
	}
}

static void build_date(
    struct build *b, const struct value *json, enum mapping_field field, const char *key, struct mapping *m)
{
	const struct value *v = value_get(json, key);
	const struct setting *row;

	if (!v || v->kind != VALUE_MAP)
		return;
	row = schema_find(schema_path(STR("sources[].json")), str_c(key));
	m->fields[field] = get_text(b, v, row, "at");
	if (value_get(v, "unit"))
		m->date_unit = get_text(b, v, row, "unit");
	if (value_get(v, "format"))
		m->date_format = get_text(b, v, row, "format");
}

static const char *const field_keys[MAP_FIELDS] = {
    [MAP_ID] = "id",
    [MAP_TITLE] = "title",
    [MAP_URL] = "url",
    [MAP_AUTHOR] = "author",
    [MAP_SUMMARY] = "summary",
    [MAP_CONTENT] = "content",
    [MAP_IMAGE] = "image",
    [MAP_PUBLISHED] = "published",
    [MAP_UPDATED] = "updated",
    [MAP_TAGS] = "tags",
    [MAP_COMMENTS] = "comments",
    [MAP_ENCLOSURE] = "enclosure",
};

static uint32_t html_bits(const char *const *names)
{
	uint32_t bits = 0;

	for (size_t i = 0; names && names[i]; i++)
		for (size_t f = 0; f < MAP_FIELDS; f++)
			if (strcmp(field_keys[f], names[i]) == 0)
				bits |= UINT32_C(1) << f;
	return bits;
}

static void build_next(
    struct build *b, const struct value *json, const struct setting *row, struct mapping *m)
{
	const struct value *next = value_get(json, "next");
	const struct setting *parent = schema_find(row, STR("next"));
	struct reading r;

	m->max_pages = get(b, json, row, "max_pages", &r) ? (int)r.number : 1;
	if (!next || next->kind != VALUE_MAP)
		return;
	m->next_pointer = get_text(b, next, parent, "pointer");
	m->next_param = get_text(b, next, parent, "param");
	m->page_param = get_text(b, next, parent, "page");
	m->page_last = get_text(b, next, parent, "last");
	m->next_link = value_get(next, "link") != NULL;
}

static struct mapping *build_mapping(struct build *b, const struct value *json)
{
	const struct setting *row = schema_path(STR("sources[].json"));
	struct mapping *m;
	struct reading r;

	if (!json || json->kind != VALUE_MAP)
		return NULL;
	m = arena_new_of(b->c->arena, struct mapping);
	m->items = get_text(b, json, row, "items");
	m->each = get_text(b, json, row, "each");
	for (size_t f = 0; f < MAP_FIELDS; f++) {
		const struct value *v = value_get(json, field_keys[f]);

		if (v && v->kind == VALUE_SCALAR)
			m->fields[f] = get_text(b, json, row, field_keys[f]);
	}
	build_date(b, json, MAP_PUBLISHED, "published", m);
	build_date(b, json, MAP_UPDATED, "updated", m);
	m->html_fields = html_bits(get_argv(b, json, row, "html"));
	m->unescape = get(b, json, row, "unescape", &r) ? (int)r.number : 0;
	m->base_url = get_text(b, json, row, "base_url");
	m->detail = get_text(b, json, row, "detail");
	m->error = get_text(b, json, row, "error");
	build_next(b, json, row, m);
	return m;
}

struct str source_key(struct arena *a, struct str url, const char *const *command)
{
	SCOPED(buf) struct buf key = BUF_MAX(VALUE_MAX_BYTES);

	if (url.len)
		return arena_str(a, url);
	buf_adds(&key, "command:");
	for (size_t i = 0; command && command[i]; i++) {
		if (i)
			buf_addc(&key, ' ');
		buf_adds(&key, command[i]);
	}
	return arena_str(a, buf_str(&key));
}

static enum full_text get_full_text(struct build *b, const struct value *v, const struct setting *row)
{
	struct str word = get_text(b, v, row, "full_text");

	return str_eqc(word, "always")  ? FULL_TEXT_ALWAYS
	       : str_eqc(word, "never") ? FULL_TEXT_NEVER
	                                : FULL_TEXT_AUTO;
}

/* null in a source is no proxy at all, whatever holds for the others. */
static struct str get_proxy(struct build *b, const struct value *v, const struct setting *row)
{
	struct reading r;

	if (!get(b, v, row, "proxy", &r))
		return conf_text(b->c, SET_FETCH_PROXY);
	return r.null ? STR("") : r.text;
}

static void build_source(struct build *b, const struct value *v, struct source_conf *s)
{
	const struct setting *row = schema_path(STR("sources"));
	const struct value *auth = value_get(v, "auth"), *json = value_get(v, "json");

	s->line = v->line;
	s->column = v->column;
	s->name = get_text(b, v, row, "name");
	s->section = get_text(b, v, row, "section");
	s->url = get_text(b, v, row, "url");
	s->command = get_argv(b, v, row, "command");
	s->filter = get_argv(b, v, row, "filter");
	s->key = source_key(b->c->arena, s->url, s->command);
	s->user = get_text(b, auth, schema_find(row, STR("auth")), "user");
	s->password_command = get_argv(b, auth, schema_find(row, STR("auth")), "password_command");
	add_secrets(b, value_get(v, "headers"), "sources[].headers", &s->headers, &s->n_headers);
	add_secrets(b, value_get(json, "headers"), "sources[].json.headers", &s->headers, &s->n_headers);
	add_secrets(b, value_get(v, "cookies"), "sources[].cookies", &s->cookies, &s->n_cookies);
	s->mapping = build_mapping(b, json);
	s->refresh_s = get_number(b, v, row, "refresh", SET_FETCH_REFRESH);
	s->keep_s = get_number(b, v, row, "keep", SET_STORE_KEEP);
	s->timeout_s = get_number(b, v, row, "timeout", SET_FETCH_TIMEOUT);
	s->max_size = get_number(b, v, row, "max_size", SET_FETCH_MAX_SIZE);
	s->proxy = get_proxy(b, v, row);
	s->full_text = get_full_text(b, v, row);
}

void sources_build(struct conf *c, const struct value *root)
{
	const struct value *list = value_get(root, "sources");
	struct build b = {.c = c, .why = BUF_MAX(1000)};

	if (!list || list->kind != VALUE_LIST)
		return;
	c->sources = arena_array(c->arena, list->n, sizeof *c->sources);
	for (const struct value *v = list->child; v; v = v->next)
		build_source(&b, v, &c->sources[c->n_sources++]);
	buf_release(&b.why);
}
