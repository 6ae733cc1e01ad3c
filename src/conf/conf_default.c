/* SPDX-License-Identifier: MIT */
/* The text of the first configuration: the first sources, then every setting as a comment with its default,
 * both from tables. Writing it to a file is conf_write.c's. */
#include "conf/conf_write.h"

#include <string.h>

#include "base/attr.h"
#include "base/i18n.h"
#include "conf/schema.h"

static const struct {
	const char *name, *url, *section;
} first_sources[] = {
    {"BBC World", "https://feeds.bbci.co.uk/news/world/rss.xml", "World"},
    {"The Guardian", "https://www.theguardian.com/world/rss", "World"},
    {"Al Jazeera", "https://www.aljazeera.com/xml/rss/all.xml", "World"},
    {"DW", "https://rss.dw.com/xml/rss-en-all", "Europe"},
    {"France 24", "https://www.france24.com/en/rss", "Europe"},
    {"Euronews", "https://www.euronews.com/rss?format=mrss&level=theme&name=news", "Europe"},
    {"NPR", "https://feeds.npr.org/1001/rss.xml", "World"},
    {"PBS NewsHour", "https://www.pbs.org/newshour/feeds/rss/headlines", "World"},
    {"ABC Australia", "https://www.abc.net.au/news/feed/45910/rss.xml", "World"},
    {"South China Morning Post", "https://www.scmp.com/rss/91/feed", "Asia"},
    {"NHK", "https://www3.nhk.or.jp/rss/news/cat0.xml", "Asia"},
    {"Hacker News", "https://hnrss.org/frontpage", "Tech"},
    {"Lobsters", "https://lobste.rs/rss", "Tech"},
};

/* Lists and mappings of the reader's own, which have no default: an example each. */
static const struct {
	const char *path, *lines[4];
} examples[] = {
    {"sections", {"  - {name: Space, query: \"title:moon OR title:mars after:30d\"}"}},
    {"rules", {"  - {match: 'title:election', do: [hide], until: 2030-12-31}",
                  "  - {match: 'author:\"Jane Doe\"', do: [star, tag jane]}"}},
    {"keys", {"  headlines: {\"ctrl-n\": next-unread}"}},
    {"commands", {"  read-later: [read-later, --title, \"{title}\", \"{url}\"]"}},
};

static void add_first_sources(struct buf *out)
{
	struct new_source s[ARRAY_LEN(first_sources)];

	for (size_t i = 0; i < ARRAY_LEN(first_sources); i++)
		s[i] = (struct new_source){.name = str_c(first_sources[i].name),
		    .url = str_c(first_sources[i].url),
		    .section = str_c(first_sources[i].section)};
	conf_source_lines(out, s, ARRAY_LEN(s), 2);
}

/* "# More keys of a source: full_text, refresh, …" in lines of at most 100 columns. */
static void add_source_keys(struct buf *out)
{
	const struct setting *list = schema_path(STR("sources"));
	size_t column = 0;

	buf_printf(out, "# %s\n", _("A source may have more keys; courant-config(5) explains them:"));
	for (const struct setting *s = schema_next(list, NULL); s; s = schema_next(list, s)) {
		const char *key = schema_key(s);

		if (s->flags & SF_LATER)
			continue;
		buf_adds(out, column ? " " : "# ");
		buf_adds(out, key);
		column += strlen(key) + 1;
		if (column > 80) {
			buf_addc(out, '\n');
			column = 0;
		}
	}
	if (column)
		buf_addc(out, '\n');
}

static void add_values(struct buf *out, const struct setting *s, const char *indent)
{
	buf_printf(out, "%s# %s", indent, _(s->help));
	if (s->words) {
		struct str rest = str_c(s->words), one;
		bool first = true;

		buf_adds(out, " (");
		while (str_split(&rest, ' ', &one)) {
			buf_printf(out, "%s%.*s", first ? "" : ", ", STR_ARG(one));
			first = false;
		}
		if (s->type != T_WORD)
			buf_printf(out, _(", or %s"), schema_type_word(s));
		buf_addc(out, ')');
	}
	if (s->min && s->max)
		buf_printf(out, ", %s … %s", s->min, s->max);
	buf_printf(out, "\n%s#%s: %s\n", indent, schema_key(s), s->fallback);
}

static void add_example(struct buf *out, const struct setting *s)
{
	for (size_t i = 0; i < ARRAY_LEN(examples); i++) {
		if (strcmp(examples[i].path, s->path) != 0)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(examples[i].lines) && examples[i].lines[k]; k++)
			buf_printf(out, "#%s\n", examples[i].lines[k]);
	}
}

/* A setting at the top of the file: a value, or a group whose keys follow. */
static void add_top(const struct setting *s, struct buf *out)
{
	buf_addc(out, '\n');
	if (s->id >= 0) {
		add_values(out, s, "");
		return;
	}
	buf_printf(out, "# %s\n%s%s:\n", _(s->help), s->type == T_GROUP ? "" : "#", s->path);
	add_example(out, s);
	for (const struct setting *k = s->type == T_GROUP ? schema_next(s, NULL) : NULL; k;
	     k = schema_next(s, k))
		if (!(k->flags & SF_LATER))
			add_values(out, k, "  ");
}

void conf_default_text(struct buf *out)
{
	buf_printf(out, "# %s\n# %s\n",
	    _("The configuration of courant: where the news come from, and how it behaves."),
	    _("courant-config(5) explains each key; `courant check` names every mistake."));
	buf_adds(out, "version: 1\n\n");
	add_source_keys(out);
	buf_adds(out, "sources:\n");
	add_first_sources(out);
	buf_printf(out, "\n# %s\n",
	    _("What follows is every setting with its default: take a '#' off to change one."));
	for (const struct setting *s = schema_next(NULL, NULL); s; s = schema_next(NULL, s))
		if (!(s->flags & SF_LATER) && strcmp(s->path, "version") != 0 &&
		    strcmp(s->path, "sources") != 0)
			add_top(s, out);
}
