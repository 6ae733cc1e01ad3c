/* SPDX-License-Identifier: MIT */
/* Sources and sections as lines of YAML, and which of them a configuration does not have yet. Putting them
 * into a file is conf_write.c's. */
#include "conf/conf_write.h"

#include <string.h>

#include "base/map.h"
#include "conf/conf_priv.h"
#include "text/safe.h"
#include "text/url.h"

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

static void add_quoted(struct buf *out, struct str s)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, s.p[i]);
	}
	buf_addc(out, '"');
}

/* Foreign words cannot become YAML: cleaned, and quoted unless they are harmless. */
static void add_clean(struct buf *out, struct str text, enum safe_how how)
{
	SCOPED(buf) struct buf clean = BUF_MAX(VALUE_MAX_BYTES);

	safe_add(&clean, text, how);
	if (is_plain(buf_str(&clean)))
		buf_addstr(out, buf_str(&clean));
	else
		add_quoted(out, buf_str(&clean));
}

static void add_scalar(struct buf *out, struct str text)
{
	add_clean(out, text, SAFE_LINE);
}

static void add_argv(struct buf *out, const char *const *argv)
{
	buf_addc(out, '[');
	for (size_t i = 0; argv[i]; i++) {
		if (i)
			buf_adds(out, ", ");
		add_clean(out, str_c(argv[i]), SAFE_RUN);
	}
	buf_addc(out, ']');
}

/* One key of an item; `between` goes before all but the first. */
static void add_key(struct buf *out, const char *between, const char *key)
{
	buf_printf(out, "%s%s: ", between, key);
}

static void add_source(struct buf *out, const struct new_source *s, const char *between)
{
	add_key(out, "", "name");
	add_scalar(out, s->name);
	if (s->command) {
		add_key(out, between, "command");
		add_argv(out, s->command);
	} else {
		add_key(out, between, "url");
		add_scalar(out, s->url);
	}
	if (s->section.len) {
		add_key(out, between, "section");
		add_scalar(out, s->section);
	}
	if (s->filter) {
		add_key(out, between, "filter");
		add_argv(out, s->filter);
	}
}

static void add_section(struct buf *out, const struct new_section *s, const char *between)
{
	add_key(out, "", "name");
	add_scalar(out, s->name);
	add_key(out, between, "query");
	add_scalar(out, s->query);
}

#define BETWEEN_MAX 80
/* The line break between the keys of a block item. */
static void break_of(char between[BETWEEN_MAX], int indent)
{
	indent = indent > BETWEEN_MAX - 4 ? BETWEEN_MAX - 4 : indent;
	between[0] = '\n';
	memset(between + 1, ' ', (size_t)indent + 2);
	between[indent + 3] = '\0';
}

void conf_source_lines(struct buf *out, const struct new_source *s, size_t n, int indent)
{
	char between[BETWEEN_MAX];

	break_of(between, indent);
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "%*s- ", indent, "");
		add_source(out, &s[i], between);
		buf_addc(out, '\n');
	}
}

void conf_section_lines(struct buf *out, const struct new_section *s, size_t n, int indent)
{
	char between[BETWEEN_MAX];

	break_of(between, indent);
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "%*s- ", indent, "");
		add_section(out, &s[i], between);
		buf_addc(out, '\n');
	}
}

void conf_source_in_brackets(struct buf *out, const struct new_source *s)
{
	buf_addc(out, '{');
	add_source(out, s, ", ");
	buf_addc(out, '}');
}

void conf_section_in_brackets(struct buf *out, const struct new_section *s)
{
	buf_addc(out, '{');
	add_section(out, s, ", ");
	buf_addc(out, '}');
}

/* ---- What is there already ---- */

static struct str key_of(struct arena *a, struct str url, const char *const *command)
{
	struct str key = command ? STR_NONE : url_key(a, url);

	return key.len ? key : source_key(a, url, command);
}

size_t conf_pick_sources(const struct conf *c, const struct new_source *s, size_t n, struct new_source *pick)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED_PTR(map) struct map *seen = map_new();
	size_t kept = 0;

	for (size_t k = 0; c && k < c->n_sources; k++)
		map_put(seen, key_of(a, c->sources[k].url, c->sources[k].command), &c->sources[k]);
	for (size_t i = 0; i < n; i++)
		if (!map_put(seen, key_of(a, s[i].url, s[i].command), pick))
			pick[kept++] = s[i];
	return kept;
}

size_t conf_pick_sections(
    const struct conf *c, const struct new_section *s, size_t n, struct new_section *pick)
{
	SCOPED_PTR(map) struct map *seen = map_new();
	size_t kept = 0;

	for (size_t k = 0; c && k < c->n_sections; k++)
		map_put(seen, c->sections[k].name, &c->sections[k]);
	for (size_t i = 0; i < n; i++)
		if (!map_put(seen, s[i].name, pick))
			pick[kept++] = s[i];
	return kept;
}
