/* SPDX-License-Identifier: MIT */
/* Changes to the configuration file: created once, and sources added with every other byte kept. The new text
 * is parsed and compared with the old before it replaces it. */
#include "conf/conf_write.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf_priv.h"
#include "text/safe.h"

bool conf_create(const char *path, struct err *err)
{
	SCOPED(buf) struct buf text = BUF_MAX(VALUE_MAX_BYTES);
	SCOPED_STR dir = path_dir(path);

	if (file_exists(path))
		return err_set(err, ERR_USAGE, _("%s is there already"), path);
	conf_default_text(&text);
	return file_mkdirs(dir, 0700, err) && file_replace(path, text.data, text.len, 0600, err);
}

/* True when s can stand in the file without quotes, also inside brackets. */
static bool is_plain(struct str s)
{
	static const char *const words[] = {"null", "true", "false", "yes", "no", "on", "off"};

	if (!s.len || !ch_alpha(s.p[0]) || s.p[s.len - 1] == ':')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!ch_alnum(s.p[i]) && !strchr(" ._-/:?=&%+~'()", s.p[i]))
			return false;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq_nocase(s, str_c(words[i])))
			return false;
	return str_find(s, STR(": ")) < 0;
}

/* Foreign words cannot become YAML: one cleaned line, quoted unless it is harmless. */
static void add_scalar(struct buf *out, struct str text)
{
	SCOPED(buf) struct buf clean = BUF_MAX(VALUE_MAX_BYTES);

	safe_add(&clean, text, SAFE_LINE);
	if (is_plain(buf_str(&clean))) {
		buf_addstr(out, buf_str(&clean));
		return;
	}
	buf_addc(out, '"');
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.data[i] == '"' || clean.data[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, clean.data[i]);
	}
	buf_addc(out, '"');
}

void conf_source_lines(struct buf *out, const struct new_source *s, size_t n, int indent)
{
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "%*s- name: ", indent, "");
		add_scalar(out, s[i].name);
		buf_printf(out, "\n%*surl: ", indent + 2, "");
		add_scalar(out, s[i].url);
		if (s[i].section.len) {
			buf_printf(out, "\n%*ssection: ", indent + 2, "");
			add_scalar(out, s[i].section);
		}
		buf_addc(out, '\n');
	}
}

/* The same inside brackets: ", {name: …, url: …}". */
static void add_in_brackets(struct buf *out, const struct new_source *s, size_t n, bool first)
{
	for (size_t i = 0; i < n; i++) {
		buf_adds(out, first && i == 0 ? "{name: " : ", {name: ");
		add_scalar(out, s[i].name);
		buf_adds(out, ", url: ");
		add_scalar(out, s[i].url);
		if (s[i].section.len) {
			buf_adds(out, ", section: ");
			add_scalar(out, s[i].section);
		}
		buf_addc(out, '}');
	}
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

/* The text with the sources added, by the form that the list has in it. */
static bool add_to_text(struct buf *out, struct str text, const struct value *root,
    const struct new_source *s, size_t n, struct err *err)
{
	SCOPED(buf) struct buf more = BUF_MAX(VALUE_MAX_BYTES);
	const struct value *list = value_get(root, "sources");

	if (root && root->kind == VALUE_MAP && root->flow)
		return err_set(
		    err, ERR_CONFIG, _("the file is one mapping in braces; add the source by hand"));
	if (!list) {
		buf_adds(&more, "\nsources:\n");
		conf_source_lines(&more, s, n, 2);
		splice(out, text, text.len, buf_str(&more), true);
	} else if (list->kind == VALUE_LIST && list->flow) {
		add_in_brackets(&more, s, n, list->n == 0);
		splice(
		    out, text, offset_of(text, list->end_line, list->end_column) - 1, buf_str(&more), false);
	} else if (list->kind == VALUE_LIST) {
		conf_source_lines(&more, s, n, list->column - 1);
		splice(out, text, line_after(text, list), buf_str(&more), true);
	} else {
		conf_source_lines(&more, s, n, 2);
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

/* True when `new` is `old` with n more elements at the end of `sources`. */
static bool grew_only(const struct value *old, const struct value *new, size_t n)
{
	const struct value *was = value_get(old, "sources"), *is = value_get(new, "sources"), *x, *y;
	size_t had = was && was->kind == VALUE_LIST ? was->n : 0;

	if (!is || is->kind != VALUE_LIST || is->n != had + n)
		return false;
	for (x = had ? was->child : NULL, y = is->child; x && y; x = x->next, y = y->next)
		if (!same_value(x, y, 0))
			return false;
	for (x = old ? old->child : NULL; x; x = x->next) {
		for (y = new->child; y && !str_eq(y->key, x->key); y = y->next)
			;
		if (!y || (!str_eqc(x->key, "sources") && !same_value(x, y, 0)))
			return false;
	}
	return true;
}

/* Leaves out what is a source already; returns how many are left, moved to the front of `pick`. */
static size_t pick_new(const struct conf *c, const struct new_source *s, size_t n, struct new_source *pick)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		bool known = false;

		for (size_t k = 0; k < c->n_sources && !known; k++)
			known = str_eq(c->sources[k].url, s[i].url);
		for (size_t k = 0; k < kept && !known; k++)
			known = str_eq(pick[k].url, s[i].url);
		if (!known)
			pick[kept++] = s[i];
	}
	return kept;
}

/* The new text in out, proved to be the old one and the new sources. */
static bool extend(
    struct buf *out, struct str text, const char *path, const struct new_source *s, size_t n, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(problems) struct problems p = {0};
	const struct value *old = value_read(a, text, &p), *new;
	struct conf *c;

	if (!add_to_text(out, text, old && !value_is_null(old) ? old : NULL, s, n, err))
		return false;
	new = value_read(a, buf_str(out), &p);
	if (p.failed || !new || !grew_only(old && old->kind == VALUE_MAP ? old : NULL, new, n))
		return err_set(err, ERR_CONFIG,
		    _("%s is written in a form that cannot be added to; add the source by hand"), path);
	c = conf_parse(buf_str(out), path, NULL, err);
	conf_free(c);
	return c != NULL;
}

bool conf_add_sources(const char *path, const struct new_source *s, size_t n, size_t *added, struct err *err)
{
	SCOPED(buf) struct buf text = BUF_MAX(VALUE_MAX_BYTES + 1), out = BUF_MAX(VALUE_MAX_BYTES);
	SCOPED_PTR(conf) struct conf *c = NULL;
	SCOPED_STR real = realpath(path, NULL);
	struct new_source *pick;
	struct stat st;
	size_t kept;
	bool ok;

	if (added)
		*added = 0;
	if (!real || stat(real, &st) != 0)
		return err_errno(err, ERR_NOT_FOUND, _("cannot find %s"), path);
	if (!file_read(real, &text, err) || !(c = conf_parse(buf_str(&text), path, NULL, err)))
		return false;
	pick = mem_array(n, sizeof *pick);
	kept = pick_new(c, s, n, pick);
	ok = !kept || (extend(&out, buf_str(&text), path, pick, kept, err) &&
	                  file_replace(real, out.data, out.len, st.st_mode & 0777, err));
	mem_free(pick);
	if (ok && added)
		*added = kept;
	return ok;
}
