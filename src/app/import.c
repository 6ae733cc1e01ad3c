/* SPDX-License-Identifier: MIT */
/* Which format, words of lines, what is taken. */
#include "app/import.h"

#include "app/import_priv.h"
#include "base/i18n.h"
#include "text/safe.h"
#include "text/url.h"

#include <string.h>

#define URL_MAX        8192
#define WORDS_MAX      64
#define NAME_MAX_BYTES 200

static const struct {
	const char *name;
	enum import_from from;
} names[] = {{"opml", IMPORT_OPML}, {"newsboat", IMPORT_NEWSBOAT}, {"newsraft", IMPORT_NEWSRAFT},
    {"sfeed", IMPORT_SFEED}, {"elfeed", IMPORT_ELFEED}};

void import_init(struct import *m, bool with_commands)
{
	*m = (struct import){.arena = arena_new(), .with_commands = with_commands};
}

void import_release(struct import *m)
{
	vec_free(&m->sources);
	vec_free(&m->sections);
	vec_free(&m->tags);
	vec_free(&m->queries);
	vec_free(&m->left_out);
	arena_free(m->arena);
}

bool import_from_name(const char *name, enum import_from *from, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!strcmp(name, names[i].name)) {
			*from = names[i].from;
			return true;
		}
	return err_set(err, ERR_USAGE,
	    _("'%s' is no program to import from; they are: opml, newsboat, newsraft, sfeed, elfeed"), name);
}

enum import_from import_sniff(struct str bytes)
{
	struct str rest = str_trim(str_starts(bytes, "\xEF\xBB\xBF") ? str_skip(bytes, 3) : bytes), line;
	if (!rest.len || rest.p[0] == '<' || memchr(rest.p, '\0', rest.len))
		return IMPORT_OPML;
	if (str_find(rest, STR("elfeed-feeds")) >= 0)
		return IMPORT_ELFEED;
	while (str_split(&rest, '\n', &line)) {
		line = str_trim(line);
		if (str_starts(line, "feeds()") || str_starts(line, "feed ") ||
		    str_starts(line, "sfeedpath="))
			return IMPORT_SFEED;
		if (str_starts(line, "@") || str_starts(line, "$("))
			return IMPORT_NEWSRAFT;
	}
	return IMPORT_NEWSBOAT;
}

/* ---- Words ---- */

bool import_word(struct arena *a, struct str *rest, struct str *word)
{
	SCOPED(buf) struct buf b = BUF_MAX(rest->len + 1);
	size_t at = 0;
	char quote = 0;
	while (at < rest->len && ch_space(rest->p[at]))
		at++;
	if (at == rest->len)
		return false;
	for (; at < rest->len && (quote || !ch_space(rest->p[at])); at++) {
		char c = rest->p[at];
		if (quote == c)
			quote = 0;
		else if (!quote && (c == '"' || c == '\''))
			quote = c;
		else {
			if (c == '\\' && quote != '\'' && at + 1 < rest->len)
				c = rest->p[++at];
			buf_addc(&b, c);
		}
	}
	*rest = str_skip(*rest, at);
	*word = arena_str(a, buf_str(&b));
	return true;
}

/* All words of a line as an argv; NULL when there are none, or more than a command has. */
static const char *const *argv_of(struct arena *a, struct str line)
{
	const char *words[WORDS_MAX + 1] = {NULL};
	size_t n = 0;
	struct str word;
	while (import_word(a, &line, &word)) {
		if (n == WORDS_MAX)
			return NULL;
		words[n++] = word.p;
	}
	return n ? arena_grow(a, words, n, n + 1, sizeof *words) : NULL;
}

const char *const *import_command(struct arena *a, struct str line)
{
	static const char special[] = "|&;<>()$`*?[#~!{\n";
	line = str_trim(line);
	if (!line.len)
		return NULL;
	for (size_t i = 0; i < line.len; i++)
		if (strchr(special, line.p[i])) {
			const char **argv = arena_array(a, 4, sizeof *argv);
			argv[0] = "sh";
			argv[1] = "-c";
			argv[2] = arena_cstr(a, line);
			return argv;
		}
	return argv_of(a, line);
}

/* ---- Taking ---- */

struct str import_clean(struct import *m, struct str s, size_t most)
{
	SCOPED(buf) struct buf b = BUF_MAX(s.len * 4 + 16);
	safe_add(&b, s, SAFE_LINE);
	struct str line = buf_str(&b);
	if (line.len > most) {
		line = str_sub(line, 0, most);
		while (line.len && ((unsigned char)line.p[line.len - 1] & 0xC0) == 0x80)
			line.len--;
		line.len -= line.len && (unsigned char)line.p[line.len - 1] >= 0xC0;
	}
	return arena_str(m->arena, line);
}

void import_leave(struct import *m, struct str what, const char *why)
{
	if (m->left_out.n == IMPORT_MAX_NAMED) {
		m->more_left_out++;
		return;
	}
	struct import_left_out x = {.what = import_clean(m, what, NAME_MAX_BYTES), .why = str_c(why)};
	vec_push(&m->left_out, x);
}

static void add(struct import *m, const struct new_source *s)
{
	if (m->sources.n < IMPORT_MAX_SOURCES) {
		vec_push(&m->sources, *s);
		return;
	}
	if (!m->full)
		import_leave(m, s->name, _("it and what follows are more than a configuration takes"));
	m->full = true;
}

void import_take(struct import *m, struct str url, struct str name, struct str section)
{
	struct str whole = url.len <= URL_MAX ? url_resolve(m->arena, STR_NONE, url) : STR_NONE;
	if (!whole.len || !url_is_web(url) || !url_is_web(whole)) {
		import_leave(m,
		    name.len             ? name
		    : url.len <= URL_MAX ? url
		                         : STR("?"),
		    _("its address is not http or https"));
		return;
	}
	struct str title = import_clean(m, name.len ? name : url_site(whole), NAME_MAX_BYTES);
	struct new_source s = {.name = title.len ? title : url_site(whole),
	    .url = whole,
	    .section = import_clean(m, section, IMPORT_SECTION_BYTES)};
	add(m, &s);
}

void import_take_command(struct import *m, const char *const *argv, struct str name, struct str section)
{
	struct str title = import_clean(m, name, NAME_MAX_BYTES);
	struct new_source s = {.name = title.len || !argv ? title : str_c(argv[0]),
	    .section = import_clean(m, section, IMPORT_SECTION_BYTES),
	    .command = argv};
	if (!m->with_commands)
		import_leave(m, s.name, _("it runs a program; --with-commands takes it"));
	else if (!argv)
		import_leave(m, s.name, _("its program was not understood"));
	else
		add(m, &s);
}

/* ---- Lists ---- */

void import_feed(struct import *m, const struct feed *list)
{
	for (size_t i = 0; i < list->n_items; i++) {
		const struct item *it = &list->items[i];
		SCOPED(buf) struct buf section = BUF_MAX(65536);
		for (size_t k = 0; k < it->n_tags; k++)
			buf_printf(&section, "%s%.*s", k ? "/" : "", STR_ARG(it->tags[k]));
		import_take(m, it->url, it->title, buf_str(&section));
	}
	for (size_t i = 0; i < list->n_warnings; i++) {
		/* "left out, …: NAME", of feed/opml */
		static const char prefix[] = "left out, ";
		ptrdiff_t colon = str_find(list->warnings[i], STR(": "));
		if (str_starts(list->warnings[i], prefix) && colon >= 0)
			import_leave(m, str_skip(list->warnings[i], (size_t)colon + 2),
			    _("its address is not http or https"));
	}
}

void import_text(struct import *m, enum import_from from, struct str bytes)
{
	struct str rest = str_starts(bytes, "\xEF\xBB\xBF") ? str_skip(bytes, 3) : bytes, line,
	           section = STR_NONE;
	if (from == IMPORT_ELFEED)
		import_elfeed(m, rest);
	while (from != IMPORT_ELFEED && str_split(&rest, '\n', &line)) {
		line = str_trim(line);
		if (!line.len || line.p[0] == '#')
			continue;
		if (from == IMPORT_NEWSBOAT)
			import_newsboat(m, line);
		else if (from == IMPORT_NEWSRAFT)
			import_newsraft(m, line, &section);
		else if (from == IMPORT_SFEED)
			import_sfeed(m, line);
	}
	import_finish(m);
}
