/* SPDX-License-Identifier: MIT */
/* The configuration in memory: defaults, one file read over them, and the getters. Lists are made by
 * sources.c and lists.c. */
#include "conf/conf.h"

#include <assert.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf_priv.h"

/* Reads text as the value of a setting; the fallbacks of the table must be readable. */
static bool read_text(
    struct arena *a, const struct setting *s, struct str text, struct reading *out, struct buf *why)
{
	SCOPED(problems) struct problems p = {0};
	struct value *v = value_read(a, text, &p);

	if (v && !p.failed)
		return value_as(a, s, v, out, why);
	buf_adds(why, p.n ? p.v[0].message : _("there is no value"));
	return false;
}

static void set_defaults(struct conf *c)
{
	SCOPED(buf) struct buf why = BUF_MAX(1000);

	for (int id = 0; id < SETTINGS; id++) {
		const struct setting *s = schema_of((enum setting_id)id);
		struct value v = {.kind = VALUE_SCALAR, .plain = true, .text = str_c(s->fallback)};
		bool ok = s->fallback[0] == '[' ? read_text(c->arena, s, v.text, &c->values[id], &why)
		                                : value_as(c->arena, s, &v, &c->values[id], &why);

		assert(ok);
		(void)ok;
	}
}

struct conf *conf_new(void)
{
	struct conf *c = mem_new(struct conf);

	c->arena = arena_new();
	set_defaults(c);
	return c;
}

void conf_free(struct conf *c)
{
	if (!c)
		return;
	arena_free(c->arena);
	mem_free(c);
}

/* The value at a dotted path of plain keys. */
static const struct value *value_at(const struct value *root, const char *path)
{
	struct str rest = str_c(path), key;
	const struct value *v = root;

	while (v && str_split(&rest, '.', &key)) {
		const struct value *child = v->kind == VALUE_MAP ? v->child : NULL;

		while (child && !str_eq(child->key, key))
			child = child->next;
		v = child;
	}
	return v;
}

static void set_values(struct conf *c, const struct value *root)
{
	SCOPED(buf) struct buf why = BUF_MAX(1000);

	for (int id = 0; id < SETTINGS; id++) {
		const struct setting *s = schema_of((enum setting_id)id);
		const struct value *v = value_at(root, s->path);

		if (v && !(v->kind == VALUE_MAP && s->flags & SF_MAP_TOO))
			(void)value_as(c->arena, s, v, &c->values[id], &why); /* checked before */
	}
}

static void tell_first(struct err *err, const struct problems *p, const char *file)
{
	size_t i = 0, failures = p->more;

	for (size_t k = p->n; k-- > 0;) {
		if (p->v[k].note)
			continue;
		i = k;
		failures++;
	}
	err_set(err, ERR_CONFIG, "%s", p->v[i].message);
	if (failures > 1)
		err_detail(err, "%zu problems in all", failures);
	err_place(err, file, p->v[i].line, p->v[i].column);
}

struct conf *conf_parse(struct str text, const char *file, struct problems *problems, struct err *err)
{
	SCOPED(problems) struct problems own = {0};
	SCOPED_PTR(arena) struct arena *tree = arena_new();
	struct problems *p = problems ? problems : &own;
	struct value *root = value_read(tree, text, p);
	struct conf *c;

	if (root && !value_is_null(root))
		check_tree(root, p);
	if (p->failed) {
		tell_first(err, p, file);
		return NULL;
	}
	c = conf_new();
	if (root && root->kind == VALUE_MAP) {
		set_values(c, root);
		sources_build(c, root);
		lists_build(c, root);
	}
	return c;
}

struct conf *conf_read_keys(const char *path)
{
	SCOPED(buf) struct buf text = BUF_MAX(VALUE_MAX_BYTES + 1);
	SCOPED(problems) struct problems p = {0};
	SCOPED_PTR(arena) struct arena *tree = arena_new();
	struct value *root = file_read(path, &text, NULL) ? value_read(tree, buf_str(&text), &p) : NULL;
	struct conf *c = conf_new();

	if (root && root->kind == VALUE_MAP)
		keys_build(c, root);
	return c;
}

struct conf *conf_read(const char *path, struct problems *problems, struct err *err)
{
	SCOPED(buf) struct buf text = BUF_MAX(VALUE_MAX_BYTES + 1);

	if (strcmp(path, "-") != 0 && !file_exists(path)) {
		err_set(err, ERR_NOT_FOUND, _("there is no configuration at %s"), path);
		return NULL;
	}
	if (!file_read(path, &text, err))
		return NULL;
	return conf_parse(buf_str(&text), path, problems, err);
}

bool conf_put(struct conf *c, struct str path, struct str text, struct err *err)
{
	const struct setting *s = schema_path(path);
	SCOPED(buf) struct buf why = BUF_MAX(1000);
	struct reading r;

	if (!s || s->id < 0)
		return err_set(err, ERR_USAGE, _("there is no setting '%.*s'"), STR_ARG(path));
	if (!read_text(c->arena, s, text, &r, &why))
		return err_set(err, ERR_USAGE, "%s", buf_cstr(&why));
	c->values[s->id] = r;
	return true;
}

static const struct reading *value_of(const struct conf *c, enum setting_id id)
{
	assert((int)id >= 0 && id < SETTINGS);
	return &c->values[id];
}

static int64_t number_of(const struct conf *c, enum setting_id id, enum setting_type type)
{
	assert(schema_of(id)->type == type);
	(void)type;
	return value_of(c, id)->number;
}

bool conf_bool(const struct conf *c, enum setting_id id)
{
	return number_of(c, id, T_BOOL) != 0;
}

int64_t conf_int(const struct conf *c, enum setting_id id)
{
	return number_of(c, id, T_INT);
}

int64_t conf_seconds(const struct conf *c, enum setting_id id)
{
	return number_of(c, id, T_DURATION);
}

int64_t conf_bytes(const struct conf *c, enum setting_id id)
{
	return number_of(c, id, T_SIZE);
}

int64_t conf_cells(const struct conf *c, enum setting_id id, int width)
{
	const struct reading *r = value_of(c, id);
	int64_t n = number_of(c, id, T_CELLS);

	return r->percent ? n * width / 100 : n;
}

struct str conf_text(const struct conf *c, enum setting_id id)
{
	const struct reading *r = value_of(c, id);

	return r->null ? STR_NONE : r->text;
}

bool conf_is(const struct conf *c, enum setting_id id, const char *word)
{
	const struct reading *r = value_of(c, id);

	assert(schema_is_word(schema_of(id), str_c(word)));
	return r->word && str_eqc(r->text, word);
}

const char *const *conf_argv(const struct conf *c, enum setting_id id)
{
	assert(schema_of(id)->type == T_ARGV);
	return value_of(c, id)->argv;
}

#define CONF_LIST_OF(type, list)                                                                             \
	const struct type##_conf *conf_##list(const struct conf *c, size_t *n)                               \
	{                                                                                                    \
		*n = c->n_##list;                                                                            \
		return c->list;                                                                              \
	}
CONF_LIST_OF(source, sources)
CONF_LIST_OF(section, sections)
CONF_LIST_OF(rule, rules)
CONF_LIST_OF(key, keys)
CONF_LIST_OF(command, commands)
CONF_LIST_OF(style, styles)
