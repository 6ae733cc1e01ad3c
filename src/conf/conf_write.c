/* SPDX-License-Identifier: MIT */
/* Changes to the configuration file: created once, and sources or sections added with every other byte kept.
 * The new text is parsed and compared with the old before it replaces it. */
#include "conf/conf_write.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf_priv.h"

bool conf_create(const char *path, struct err *err)
{
	SCOPED(buf) struct buf text = BUF_MAX(VALUE_MAX_BYTES);
	SCOPED_STR dir = path_dir(path);

	if (file_exists(path))
		return err_set(err, ERR_USAGE, _("%s is there already"), path);
	conf_default_text(&text);
	return file_mkdirs(dir, 0700, err) && file_replace(path, text.data, text.len, 0600, err);
}

/* Byte at a place (1-based, columns are characters); line alone: column 1. */
static size_t offset_of(struct str text, int line, int column)
{
	size_t at = 0;

	for (int l = 1; l < line && at < text.len; l++) {
		ptrdiff_t nl = str_chr(str_skip(text, at), '\n');

		at = nl < 0 ? text.len : at + (size_t)nl + 1;
	}
	for (int c = 1; c < column && at < text.len && text.p[at] != '\n'; c++)
		do
			at++;
		while (at < text.len && ((unsigned char)text.p[at] & 0xc0) == 0x80);
	return at;
}

/* Where whole lines go that follow the value v. */
static size_t line_after(struct str text, const struct value *v)
{
	int line = v->end_column > 1 ? v->end_line + 1 : v->end_line;

	return offset_of(text, line, 1);
}

static void splice(struct buf *out, struct str text, size_t at, struct str more, bool lines)
{
	buf_addstr(out, str_sub(text, 0, at));
	if (lines && at > 0 && text.p[at - 1] != '\n')
		buf_addc(out, '\n');
	buf_addstr(out, more);
	buf_addstr(out, str_skip(text, at));
}

/* What is added: to which list, and how it is written. */
struct addition {
	const char *list;
	size_t n;
	const struct new_source *sources; /* or */
	const struct new_section *sections;
};

static void add_block(struct buf *out, const struct addition *x, int indent)
{
	if (x->sources)
		conf_source_lines(out, x->sources, x->n, indent);
	else
		conf_section_lines(out, x->sections, x->n, indent);
}

static void add_in_brackets(struct buf *out, const struct addition *x, bool first)
{
	for (size_t i = 0; i < x->n; i++) {
		buf_adds(out, first && i == 0 ? "" : ", ");
		if (x->sources)
			conf_source_in_brackets(out, &x->sources[i]);
		else
			conf_section_in_brackets(out, &x->sections[i]);
	}
}

/* The text with more in a list, by the form that the list has in it. */
static bool add_to_text(
    struct buf *out, struct str text, const struct value *root, const struct addition *x, struct err *err)
{
	SCOPED(buf) struct buf more = BUF_MAX(VALUE_MAX_BYTES);
	const struct value *list = value_get(root, x->list);

	if (root && root->kind == VALUE_MAP && root->flow)
		return err_set(err, ERR_CONFIG, _("the file is one mapping in braces; add to it by hand"));
	if (!list) {
		buf_printf(&more, "\n%s:\n", x->list);
		add_block(&more, x, 2);
		splice(out, text, text.len, buf_str(&more), true);
	} else if (list->kind == VALUE_LIST && list->flow) {
		add_in_brackets(&more, x, list->n == 0);
		splice(
		    out, text, offset_of(text, list->end_line, list->end_column) - 1, buf_str(&more), false);
	} else if (list->kind == VALUE_LIST) {
		add_block(&more, x, list->column - 1);
		splice(out, text, line_after(text, list), buf_str(&more), true);
	} else {
		add_block(&more, x, 2);
		splice(out, text, offset_of(text, list->key_line + 1, 1), buf_str(&more), true);
	}
	return true;
}

static bool same_value(const struct value *a, const struct value *b, int depth)
{
	const struct value *x = a->child, *y = b->child;

	if (depth > VALUE_MAX_DEPTH || a->kind != b->kind || !str_eq(a->text, b->text) ||
	    !str_eq(a->key, b->key))
		return false;
	for (; x && y; x = x->next, y = y->next)
		if (!same_value(x, y, depth + 1))
			return false;
	return !x && !y;
}

/* True when `new` is `old` with n more elements at the end of the list. */
static bool grew_only(const struct value *old, const struct value *new, const struct addition *added)
{
	const struct value *was = value_get(old, added->list), *is = value_get(new, added->list), *x, *y;
	size_t had = was && was->kind == VALUE_LIST ? was->n : 0;

	if (!is || is->kind != VALUE_LIST || is->n != had + added->n)
		return false;
	for (x = had ? was->child : NULL, y = is->child; x && y; x = x->next, y = y->next)
		if (!same_value(x, y, 0))
			return false;
	for (x = old ? old->child : NULL; x; x = x->next) {
		for (y = new->child; y && !str_eq(y->key, x->key); y = y->next)
			;
		if (!y || (!str_eqc(x->key, added->list) && !same_value(x, y, 0)))
			return false;
	}
	return true;
}

/* The new text in out, proved to be the old one and what was added. */
static bool extend(
    struct buf *out, struct str text, const char *path, const struct addition *x, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(problems) struct problems p = {0};
	const struct value *old = value_read(a, text, &p), *new;
	struct conf *c;

	if (!add_to_text(out, text, old && !value_is_null(old) ? old : NULL, x, err))
		return false;
	new = value_read(a, buf_str(out), &p);
	if (p.failed && p.n && new == NULL)
		return err_set(err, ERR_CONFIG, _("%s cannot take these: %s"), path, p.v[0].message);
	if (p.failed || !new || !grew_only(old && old->kind == VALUE_MAP ? old : NULL, new, x))
		return err_set(err, ERR_CONFIG,
		    _("%s is written in a form that cannot be added to; add to it by hand"), path);
	c = conf_parse(buf_str(out), path, NULL, err);
	conf_free(c);
	return c != NULL;
}

/* The file as it is; a missing one is empty. */
struct target {
	char *path; /* where it really lies */
	struct buf text;
	struct conf *conf;
	unsigned mode;
};

static void target_release(struct target *t)
{
	buf_release(&t->text);
	conf_free(t->conf);
	mem_free(t->path);
}

static bool target_read(struct target *t, const char *path, struct err *err)
{
	SCOPED_STR real = realpath(path, NULL);
	struct stat st;

	*t = (struct target){.text = BUF_MAX(VALUE_MAX_BYTES + 1), .mode = 0600};
	t->path = mem_strdup(real ? real : path);
	if (real) {
		if (stat(real, &st) != 0)
			return err_errno(err, ERR_IO, _("cannot read %s"), path);
		t->mode = st.st_mode & 0777;
		if (!file_read(real, &t->text, err))
			return false;
	} else {
		buf_printf(&t->text, "# %s\n# %s\nversion: 1\n",
		    _("The configuration of courant: where the news come from, and how it behaves."),
		    _("courant-config(5) explains each key; `courant check` names every mistake."));
	}
	return (t->conf = conf_parse(buf_str(&t->text), path, NULL, err)) != NULL;
}

static bool target_extend(const struct target *t, const char *path, const struct addition *x, struct err *err)
{
	SCOPED(buf) struct buf out = BUF_MAX(VALUE_MAX_BYTES);
	SCOPED_STR dir = path_dir(t->path);

	return extend(&out, buf_str(&t->text), path, x, err) && file_mkdirs(dir, 0700, err) &&
	       file_replace(t->path, out.data, out.len, t->mode, err);
}

bool conf_add_sources(const char *path, const struct new_source *s, size_t n, size_t *added, struct err *err)
{
	SCOPED(target) struct target t;
	struct new_source *pick = mem_array(n, sizeof *pick);
	struct addition x = {.list = "sources", .sources = pick};
	bool ok = target_read(&t, path, err);

	x.n = ok ? conf_pick_sources(t.conf, s, n, pick) : 0;
	ok = ok && (!x.n || target_extend(&t, path, &x, err));
	mem_free(pick);
	if (added)
		*added = ok ? x.n : 0;
	return ok;
}

bool conf_add_sections(
    const char *path, const struct new_section *s, size_t n, size_t *added, struct err *err)
{
	SCOPED(target) struct target t;
	struct new_section *pick = mem_array(n, sizeof *pick);
	struct addition x = {.list = "sections", .sections = pick};
	bool ok = target_read(&t, path, err);

	x.n = ok ? conf_pick_sections(t.conf, s, n, pick) : 0;
	ok = ok && (!x.n || target_extend(&t, path, &x, err));
	mem_free(pick);
	if (added)
		*added = ok ? x.n : 0;
	return ok;
}
