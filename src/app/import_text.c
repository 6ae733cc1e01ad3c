/* SPDX-License-Identifier: MIT */
/* The formats that are lines or words: newsboat's urls, newsraft's feeds, sfeed's sfeedrc, elfeed's list. */
#include "app/import_priv.h"
#include "base/i18n.h"
#include "text/url.h"

/* ---- newsboat: URL tag "another tag" "~Title" ---- */

struct newsboat {
	struct str name, section, more; /* more: the words from the second tag on */
};

/* The first tag is the section: a source stands under one tab. */
static struct newsboat newsboat_tags(struct import *m, struct str rest)
{
	struct newsboat n = {.name = STR_NONE, .section = STR_NONE, .more = STR_NONE};
	struct str word;
	while (import_word(m->arena, &rest, &word)) {
		if (str_starts(word, "#"))
			break;
		if (str_starts(word, "~")) {
			n.name = str_skip(word, 1);
		} else if (!str_eqc(word, "!") && word.len && !n.section.len) {
			n.section = word;
			n.more = rest;
		}
	}
	return n;
}

/* The further tags of a source that was taken. */
static void newsboat_more(struct import *m, struct str rest)
{
	struct str word;
	while (import_word(m->arena, &rest, &word) && !str_starts(word, "#"))
		if (!str_starts(word, "~") && !str_eqc(word, "!"))
			import_tag(m, word);
}

static void newsboat_query(struct import *m, struct str query)
{
	ptrdiff_t colon = str_chr(query, ':');
	struct new_section q = {.name = colon < 0 ? query : str_sub(query, 0, (size_t)colon),
	    .query = colon < 0 ? STR_NONE : str_skip(query, (size_t)colon + 1)};
	if (m->queries.n < IMPORT_MAX_TAGS)
		vec_push(&m->queries, q);
}

/* filter:PROGRAM:ADDRESS */
static void newsboat_filter(struct import *m, struct str word, const struct newsboat *n)
{
	ptrdiff_t at = str_find(word, STR(":http"));
	struct str url = at < 0 ? STR_NONE : str_skip(word, (size_t)at + 1);
	const char *const *argv = at < 0 ? NULL : import_command(m->arena, str_sub(word, 0, (size_t)at));
	struct str name = n->name.len ? n->name : url.len ? url_site(url) : STR("filter");
	if (!m->with_commands) {
		import_leave(m, name, _("it runs a program; --with-commands takes it"));
		return;
	}
	if (!argv) {
		import_leave(m, name, _("its program was not understood"));
		return;
	}
	size_t before = m->sources.n;
	import_take(m, url, n->name, n->section);
	if (m->sources.n > before)
		vec_last(&m->sources).filter = argv;
}

void import_newsboat(struct import *m, struct str line)
{
	struct str rest = line, word;
	if (!import_word(m->arena, &rest, &word))
		return;
	struct newsboat n = newsboat_tags(m, rest);
	size_t before = m->sources.n;
	if (str_starts(word, "query:"))
		newsboat_query(m, str_skip(word, 6));
	else if (str_starts(word, "exec:"))
		import_take_command(m, import_command(m->arena, str_skip(word, 5)),
		    n.name.len ? n.name : STR("exec"), n.section);
	else if (str_starts(word, "filter:"))
		newsboat_filter(m, str_skip(word, 7), &n);
	else
		import_take(m, word, n.name, n.section);
	if (m->sources.n > before)
		newsboat_more(m, n.more);
}

/* ---- newsraft: @ Section, then URL "Title" < settings, or $(command) "Title" ---- */

/* The settings behind < and the section's own [interval] are not taken. */
static struct str newsraft_title(struct import *m, struct str rest)
{
	struct str word, name = STR_NONE;
	bool first = true;
	while (import_word(m->arena, &rest, &word)) {
		if (str_starts(word, "<") || str_starts(word, "["))
			break;
		if (first)
			name = word;
		first = false;
	}
	return name;
}

static void newsraft_section(struct str line, struct str *section)
{
	struct str name = str_trim(str_skip(line, 1));
	ptrdiff_t end = str_find(name, STR(" <"));
	if (end < 0)
		end = str_find(name, STR(" ["));
	*section = str_trim(end < 0 ? name : str_sub(name, 0, (size_t)end));
}

void import_newsraft(struct import *m, struct str line, struct str *section)
{
	struct str word;
	if (line.p[0] == '@') {
		newsraft_section(line, section);
	} else if (str_starts(line, "$(")) {
		ptrdiff_t end = str_rchr(line, ')');
		struct str command = end < 0 ? STR_NONE : str_sub(line, 2, (size_t)end - 2);
		struct str name = end < 0 ? STR_NONE : newsraft_title(m, str_skip(line, (size_t)end + 1));
		import_take_command(
		    m, import_command(m->arena, command), name.len ? name : STR("$()"), *section);
	} else if (import_word(m->arena, &line, &word)) {
		import_take(m, word, newsraft_title(m, line), *section);
	}
}

/* ---- sfeed: feed <name> <address> [base] [encoding], in a script that is not run ---- */

void import_sfeed(struct import *m, struct str line)
{
	struct str name, url;
	if (!str_starts(line, "feed ") && !str_starts(line, "feed\t"))
		return;
	line = str_skip(line, 5);
	if (!import_word(m->arena, &line, &name) || !import_word(m->arena, &line, &url))
		return;
	if (str_chr(url, '$') >= 0 || str_chr(url, '`') >= 0)
		import_leave(m, name, _("its address is made by a script"));
	else
		import_take(m, url, name, STR_NONE);
}

/* ---- elfeed: (setq elfeed-feeds '("address" ("address" tag …) …)) ---- */

/* The text of a Lisp string that begins at *at, and the place behind it. */
static struct str lisp_string(struct arena *a, struct str s, size_t *at)
{
	SCOPED(buf) struct buf b = BUF_MAX(s.len + 1);
	size_t i = *at + 1;
	for (; i < s.len && s.p[i] != '"'; i++) {
		if (s.p[i] == '\\' && i + 1 < s.len)
			i++;
		buf_addc(&b, s.p[i]);
	}
	*at = i;
	return arena_str(a, buf_str(&b));
}

static bool is_symbol(char c)
{
	return !ch_space(c) && c != '(' && c != ')' && c != '"' && c != ';' && c != '\'';
}

#define ELFEED_TAGS 32

struct elfeed {
	struct str url, tags[ELFEED_TAGS]; /* of the list of one feed; the first tag is its section */
	size_t n_tags;
	size_t depth;
};

static void elfeed_end(struct import *m, struct elfeed *e)
{
	size_t before = m->sources.n;
	if (e->url.len)
		import_take(m, e->url, STR_NONE, e->n_tags ? e->tags[0] : STR_NONE);
	for (size_t i = 1; m->sources.n > before && i < e->n_tags; i++)
		import_tag(m, e->tags[i]);
	e->url = STR_NONE;
	e->n_tags = 0;
}

void import_elfeed(struct import *m, struct str bytes)
{
	struct elfeed e = {.url = STR_NONE};
	ptrdiff_t start = str_find(bytes, STR("elfeed-feeds"));
	struct str s = start < 0 ? bytes : str_skip(bytes, (size_t)start + sizeof "elfeed-feeds" - 1);
	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i];
		if (c == ';')
			while (i + 1 < s.len && s.p[i + 1] != '\n')
				i++;
		else if (c == '(')
			e.depth++;
		else if (c == ')') {
			elfeed_end(m, &e);
			if (!e.depth || !--e.depth)
				break;
		} else if (c == '"') {
			struct str text = lisp_string(m->arena, s, &i);
			if (e.depth < 2 || !e.url.len) {
				elfeed_end(m, &e);
				e.url = text;
			}
			if (e.depth < 2)
				elfeed_end(m, &e);
		} else if (is_symbol(c)) {
			size_t from = i;
			while (i + 1 < s.len && is_symbol(s.p[i + 1]))
				i++;
			if (e.url.len && e.n_tags < ELFEED_TAGS)
				e.tags[e.n_tags++] = str_sub(s, from, i - from + 1);
		}
	}
	elfeed_end(m, &e);
}
