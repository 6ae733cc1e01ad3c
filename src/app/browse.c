/* SPDX-License-Identifier: MIT */
/* The choice of a browser. */
#include "app/browse.h"

#include "base/attr.h"
#include "base/file.h"
#include "base/vec.h"
#include "conf/conf.h"

#include <stdlib.h>
#include <unistd.h>

#define WORDS_MAX 32

static const char *const terminal_browsers[] = {
    "w3m", "lynx", "elinks", "links2", "links", "browsh", "carbonyl", "chawan", "cha"};

static bool in_terminal(const char *program)
{
	const char *base = path_base(program);
	for (size_t i = 0; i < ARRAY_LEN(terminal_browsers); i++)
		if (str_eqc(str_c(base), terminal_browsers[i]))
			return true;
	return false;
}

static bool in_path(const char *program)
{
	struct str rest = str_c(getenv("PATH")), dir;
	while (rest.p && str_split(&rest, ':', &dir)) {
		SCOPED_STR folder = mem_strndup(dir.p, dir.len);
		SCOPED_STR path = path_join(folder, program);
		if (dir.len && access(path, X_OK) == 0)
			return true;
	}
	return false;
}

/* The word with {url} or %s replaced; *put tells that it was there. */
static char *fill(struct arena *a, struct str word, struct str url, bool *put)
{
	static const struct str marks[] = {{"{url}", 5}, {"%s", 2}};
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		ptrdiff_t at = str_find(word, marks[i]);
		if (at < 0)
			continue;
		*put = true;
		struct str after = str_skip(word, (size_t)at + marks[i].len);
		return arena_printf(a, "%.*s%.*s%.*s", (int)at, word.p, STR_ARG(url), STR_ARG(after));
	}
	return arena_cstr(a, word);
}

static struct browse make(struct arena *a, const struct str *words, size_t n, struct str url)
{
	struct browse b = {.argv = arena_array(a, n + 2, sizeof *b.argv)};
	bool put = false;
	for (size_t i = 0; i < n; i++)
		b.argv[i] = fill(a, words[i], url, &put);
	if (!put)
		b.argv[n] = arena_cstr(a, url);
	b.foreground = in_terminal(b.argv[0]);
	return b;
}

static bool from_argv(struct arena *a, const char *const *argv, struct str url, struct browse *out)
{
	struct str words[WORDS_MAX];
	size_t n = 0;
	while (argv && argv[n] && n < WORDS_MAX) {
		words[n] = str_c(argv[n]);
		n++;
	}
	if (n)
		*out = make(a, words, n, url);
	return n > 0;
}

/* $BROWSER: the first of its programs that is here; words apart by blanks. */
static bool from_environment(struct arena *a, struct str url, struct browse *out)
{
	struct str rest = str_c(getenv("BROWSER")), one, word;
	while (rest.p && str_split(&rest, ':', &one)) {
		struct str words[WORDS_MAX];
		size_t n = 0;
		while (n < WORDS_MAX && str_split(&one, ' ', &word))
			if (word.len)
				words[n++] = word;
		if (!n)
			continue;
		*out = make(a, words, n, url);
		if (str_chr(words[0], '/') >= 0 || in_path(out->argv[0]))
			return true;
	}
	return false;
}

static bool has_display(void)
{
	const char *const names[] = {"DISPLAY", "WAYLAND_DISPLAY"};
	if (getenv("SSH_CONNECTION") || getenv("SSH_TTY"))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *v = getenv(names[i]);
		if (v && *v)
			return true;
	}
	return false;
}

struct browse browse_choose(struct arena *a, const struct conf *c, struct str url)
{
	struct browse b = {0};
	if (c && !conf_is(c, SET_OPEN_BROWSER, "auto") &&
	    from_argv(a, conf_argv(c, SET_OPEN_BROWSER), url, &b))
		return b;
	if (from_environment(a, url, &b))
		return b;
	if (has_display() && in_path("xdg-open"))
		return make(a, &STR("xdg-open"), 1, url);
	for (size_t i = 0; i < ARRAY_LEN(terminal_browsers); i++) {
		struct str name = str_c(terminal_browsers[i]);
		if (in_path(terminal_browsers[i]))
			return make(a, &name, 1, url);
	}
	return (struct browse){0};
}
