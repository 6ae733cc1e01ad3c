/* SPDX-License-Identifier: MIT */
/* Prints the parts of the manual that come from the tables, as mdoc(7): docs keys | config | options |
 * commands | styles | presets. build-aux/update-docs puts them between the marks of the pages in man/. */
#include "app/cli.h"
#include "app/keymap.h"
#include "base/attr.h"
#include "base/i18n.h"
#include "conf/schema.h"

#include <stdio.h>
#include <string.h>

/* Text for mdoc: a backslash is \e, a period or quote at the start of a line is guarded, hyphens of options
 * kept. */
static void text(const char *s)
{
	bool start = true;
	for (; *s; s++) {
		if (start && (*s == '.' || *s == '\''))
			fputs("\\&", stdout);
		if (*s == '\\')
			fputs("\\e", stdout);
		else if (*s == '-')
			fputs("\\-", stdout);
		else
			putchar(*s);
		start = *s == '\n';
	}
}

/* A sentence a line, as the formatters want it. */
static void line(const char *s)
{
	const char *end;
	while ((end = strstr(s, ". "))) {
		SCOPED(buf) struct buf part = BUF_MAX(4096);
		buf_add(&part, s, (size_t)(end - s) + 1);
		text(buf_cstr(&part));
		putchar('\n');
		s = end + 2;
	}
	text(s);
	size_t len = strlen(s);
	puts(len && strchr(".!?:", s[len - 1]) ? "" : ".");
}

static void keys(void)
{
	SCOPED_PTR(keymap) struct keymap *m = keymap_new();
	for (unsigned g = 0; g < GROUP_COUNT; g++) {
		printf(".Ss %s\n.Bl -tag -width Ds\n", command_group_title((enum command_group)g));
		for (size_t i = 0; i < COMMAND_COUNT; i++) {
			const struct command *c = &commands[i];
			if (c->group != g)
				continue;
			SCOPED(buf) struct buf names = BUF_MAX(512);
			keymap_keys_of(m, c, c->places, "   ", 0, &names);
			fputs(".It ", stdout);
			if (names.len) {
				fputs("\"", stdout);
				text(buf_cstr(&names));
				fputs("\" ", stdout);
			}
			printf("Pq Ic %s\n", c->name);
			line(c->text);
			if (c->long_text)
				line(c->long_text);
		}
		puts(".El");
	}
}

static const char *place_words(unsigned places)
{
	if (places == PLACE_HEADLINES)
		return "headlines";
	return places == PLACE_ARTICLE ? "article"
	       : places & PLACE_ARTICLE && places & PLACE_OVERLAY && !(places & PLACE_HEADLINES)
	           ? "article, pages"
	           : "";
}

static void keys_of_preset(const char *preset)
{
	puts(".Bl -column \"Ctrl-wW\" \"previous-pane\" -compact");
	for (const struct preset_row *r = preset_rows; r->preset; r++) {
		if (strcmp(r->preset, preset) != 0 || !strcmp(r->command, "none"))
			continue;
		const char *where = place_words(r->places);
		fputs(".It ", stdout);
		text(r->keys);
		printf(" Ta Ic %s", r->command);
		printf("%s%s\n", *where ? " Ta " : "", where);
	}
	puts(".El");
}

static void sets_of_keys(void)
{
	for (const struct preset *p = presets; p->name; p++) {
		printf(".Ss %s\n", p->name);
		line(p->text);
		puts(".Pp");
		keys_of_preset(p->name);
	}
}

static void setting(const struct setting *s, void *arg)
{
	(void)arg;
	printf(".It Ic ");
	text(s->path);
	fputs(" Pq ", stdout);
	text(schema_type_word(s));
	putchar('\n');
	line(s->help);
	if (s->more)
		line(s->more);
	if (s->words) {
		fputs("Words: ", stdout);
		text(s->words);
		puts(".");
	}
	if (s->min)
		printf("From %s to %s.\n", s->min, s->max);
	if (s->fallback) {
		fputs("Default: ", stdout);
		text(s->fallback);
		puts(".");
	}
}

static void config(void)
{
	puts(".Bl -tag -width Ds");
	schema_each(setting, NULL);
	puts(".El");
}

static void option(const char *name, int short_name, const char *arg, const char *help)
{
	fputs(".It ", stdout);
	if (short_name)
		printf("Fl %c , ", short_name);
	fputs("Fl Fl ", stdout);
	text(name);
	if (arg)
		printf(" Ar %s", arg);
	putchar('\n');
	line(help);
}

static void options(void)
{
	puts(".Bl -tag -width Ds");
#define GLOBAL(id, short_name, name, arg, help) option(name, short_name, arg, help);
#include "app/cli.def"
	puts(".El");
}

#define B(command) (1u << CLI_##command)
static void options_of(unsigned command)
{
	puts(".Bl -tag -width Ds");
#define OPTION(bits, id, short_name, name, arg, help)                                                        \
	if ((bits)&1u << command)                                                                            \
		option(name, short_name, arg, help);
#include "app/cli.def"
	puts(".El");
}

static bool has_options(unsigned command)
{
	unsigned all = 0;
#define OPTION(bits, ...) all |= (bits);
#include "app/cli.def"
	return all & 1u << command;
}

static void command(unsigned id, const char *name, const char *args, const char *help)
{
	printf(".It Ic %s", name);
	if (*args)
		printf(" Ar %s", args);
	putchar('\n');
	line(help);
	if (has_options(id))
		options_of(id);
}

static void cli_commands(void)
{
	puts(".Bl -tag -width Ds");
#define COMMAND(ID, fn, name, args, help) command(CLI_##ID, name, args, help);
#include "app/cli.def"
	puts(".El");
}

static void styles(void)
{
	static const struct {
		const char *name, *text;
	} rows[] = {
#define STYLE(id, name, letter, fg, bg, attrs, text) {name, text},
#include "conf/theme.def"
	};
	puts(".Bl -tag -width \"selection.other\" -compact");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		printf(".It Ic %s\n", rows[i].name);
		line(rows[i].text);
	}
	puts(".El");
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*print)(void);
	} parts[] = {{"keys", keys}, {"config", config}, {"options", options}, {"commands", cli_commands},
	    {"styles", styles}, {"presets", sets_of_keys}};
	for (size_t i = 0; argc == 2 && i < ARRAY_LEN(parts); i++)
		if (!strcmp(argv[1], parts[i].name)) {
			parts[i].print();
			return 0;
		}
	fputs("usage: docs keys|config|options|commands|styles|presets\n", stderr);
	return 2;
}
