/* SPDX-License-Identifier: MIT */
/* Options and commands from the table; running a command. */
#include "app/cli.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "text/fuzzy.h"
#include "text/safe.h"
#include "text/width.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define B(command)     (1u << CLI_##command)
#define QUERY_COMMANDS (B(LIST) | B(SEARCH) | B(COUNT) | B(MARK))

struct option_row {
	unsigned commands; /* 0: global */
	int id, short_name;
	const char *name, *arg, *text;
};
static const struct option_row options[] = {
#define GLOBAL(id, short_name, name, arg, text) {0, id, short_name, name, arg, text},
#include "app/cli.def"
#define OPTION(commands, id, short_name, name, arg, text) {commands, id, short_name, name, arg, text},
#include "app/cli.def"
};

static const struct {
	cli_fn *run;
	const char *name, *args, *text;
} command_rows[CLI_COMMANDS] = {
#define COMMAND(ID, fn, name, args, text) [CLI_##ID] = {cli_##fn, name, args, text},
#include "app/cli.def"
};

/* ---- Reading argv ---- */

static bool set_number(size_t *to, const char *arg, const char *name, struct err *err)
{
	uint64_t n = 0;
	if (!str_u64(str_c(arg), &n) || n > 1000000)
		return err_set(err, ERR_USAGE, _("--%s takes a number, not '%s'"), name, arg);
	*to = (size_t)n;
	return true;
}

/* Where each option's value goes in struct cli. */
#define AT(member) offsetof(struct cli, member)
static const struct {
	int id;
	size_t at;
} flag_rows[] = {{OPT_DEMO, AT(program.demo)}, {OPT_VERBOSE, AT(program.verbose)}, {OPT_HELP, AT(help)},
    {OPT_VERSION, AT(version)}, {OPT_JSON, AT(json)}, {OPT_ALL, AT(all)}, {OPT_STAY, AT(stay)},
    {OPT_EVENTS, AT(events)}, {OPT_ON_PAGE, AT(on_page)}, {OPT_SOURCES, AT(sources)}, {OPT_RULES, AT(rules)},
    {OPT_DATABASE, AT(database)}, {OPT_REINDEX, AT(reindex)}, {OPT_WITH_COMMANDS, AT(with_commands)}},
  text_rows[] = {{OPT_CONFIG, AT(program.config)}, {OPT_DATA_DIR, AT(program.data_dir)},
      {OPT_SESSION, AT(program.session)}, {OPT_LOG, AT(program.log)}, {OPT_SECTION, AT(section)},
      {OPT_URL, AT(url)}, {OPT_CONTENT_TYPE, AT(content_type)}, {OPT_SINCE, AT(since)}, {OPT_TAG, AT(tag)},
      {OPT_INTO, AT(section)}, {OPT_FROM, AT(from)}, {OPT_NAME, AT(name)}},
  number_rows[] = {{OPT_LIMIT, AT(limit)}, {OPT_WIDTH, AT(width)}, {OPT_PICK, AT(pick)}};
/* Options that choose one of several. */
static const struct {
	int id, value;
	size_t at;
} choice_rows[] = {{OPT_TEXT, SHOW_FORMAT_TEXT, AT(format)}, {OPT_MARKDOWN, SHOW_FORMAT_MARKDOWN, AT(format)},
    {OPT_HTML, SHOW_FORMAT_HTML, AT(format)}, {OPT_READ, CLI_MARK_READ, AT(mark)},
    {OPT_UNREAD, CLI_MARK_UNREAD, AT(mark)}, {OPT_STAR, CLI_MARK_STAR, AT(mark)},
    {OPT_UNSTAR, CLI_MARK_UNSTAR, AT(mark)}, {OPT_TAG, CLI_MARK_TAG, AT(mark)}};
#undef AT

static bool set_option(struct cli *c, const struct option_row *o, const char *arg, struct err *err)
{
	char *base = (char *)c;
	for (size_t i = 0; i < ARRAY_LEN(choice_rows); i++)
		if (choice_rows[i].id == o->id)
			memcpy(base + choice_rows[i].at, &choice_rows[i].value, sizeof(int));
	for (size_t i = 0; i < ARRAY_LEN(flag_rows); i++)
		if (flag_rows[i].id == o->id)
			*(bool *)(void *)(base + flag_rows[i].at) = true;
	for (size_t i = 0; i < ARRAY_LEN(text_rows); i++)
		if (text_rows[i].id == o->id)
			memcpy(base + text_rows[i].at, &arg, sizeof arg);
	for (size_t i = 0; i < ARRAY_LEN(number_rows); i++)
		if (number_rows[i].id == o->id)
			return set_number((size_t *)(void *)(base + number_rows[i].at), arg, o->name, err);
	return true;
}

/* The getopt tables of a command: its own options and the global ones. */
struct tables {
	struct option longs[ARRAY_LEN(options) + 1];
	char shorts[2 * ARRAY_LEN(options) + 3];
};

static void make_tables(struct tables *t, enum cli_command command)
{
	size_t n = 0, s = 0;
	t->shorts[s++] = '+'; /* options end at the first other word */
	t->shorts[s++] = ':';
	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		const struct option_row *o = &options[i];
		if (o->commands && !(o->commands & 1u << command))
			continue;
		t->longs[n++] =
		    (struct option){o->name, o->arg ? required_argument : no_argument, NULL, o->id};
		if (!o->short_name)
			continue;
		t->shorts[s++] = (char)o->short_name;
		if (o->arg)
			t->shorts[s++] = ':';
	}
	t->longs[n] = (struct option){0};
	t->shorts[s] = '\0';
}

static const struct option_row *row_of(int got, enum cli_command command)
{
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if ((options[i].id == got || options[i].short_name == got) &&
		    (!options[i].commands || options[i].commands & 1u << command))
			return &options[i];
	return NULL;
}

static bool bad_option(const char *word, enum cli_command command, bool lacks_argument, struct err *err)
{
	const char *names[ARRAY_LEN(options)];
	size_t n = 0;
	if (lacks_argument)
		return err_set(err, ERR_USAGE, _("%s takes a value"), word);
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (!options[i].commands || options[i].commands & 1u << command)
			names[n++] = options[i].name;
	const char *near = str_starts(str_c(word), "--") ? fuzzy_nearest(str_c(word + 2), names, n) : NULL;
	if (near)
		return err_set(err, ERR_USAGE, _("unknown option %s (did you mean --%s?)"), word, near);
	return err_set(err, ERR_USAGE, _("unknown option %s; --help lists them"), word);
}

static bool read_options(struct cli *c, int argc, char **argv, struct err *err)
{
	struct tables t;
	int got;
	make_tables(&t, c->command);
	opterr = 0;
	while ((got = getopt_long(argc, argv, t.shorts, t.longs, NULL)) != -1) {
		if (got == '?' || got == ':')
			return bad_option(argv[optind - 1], c->command, got == ':', err);
		if (!set_option(c, row_of(got, c->command), optarg, err))
			return false;
	}
	return true;
}

static bool find_command(struct cli *c, const char *word, struct err *err)
{
	const char *names[CLI_COMMANDS];
	size_t n = 0;
	for (int i = 1; i < CLI_COMMANDS; i++) {
		names[n++] = command_rows[i].name;
		if (!strcmp(word, command_rows[i].name)) {
			c->command = (enum cli_command)i;
			return true;
		}
	}
	const char *near = fuzzy_nearest(str_c(word), names, n);
	if (near)
		return err_set(err, ERR_USAGE, _("unknown command '%s' (did you mean '%s'?)"), word, near);
	return err_set(err, ERR_USAGE, _("unknown command '%s'; --help lists them"), word);
}

/* The word is an option, though others stand before it. In a query -word is a part of it. */
static bool is_option(const struct cli *c, const char *word)
{
	if (1u << c->command & QUERY_COMMANDS)
		return word[0] == '-' && word[1] == '-' && word[2];
	return word[0] == '-' && word[1];
}

/* Options and other words in any order; the others come to stand together from argv[1] on. Behind -- there
 * are no options. */
static bool read_words(struct cli *c, int argc, char **argv, struct err *err)
{
	int n = 1;
	optind = 1;
	while (optind < argc) {
		int before = optind;
		if (!read_options(c, argc, argv, err))
			return false;
		bool all = optind > before && !strcmp(argv[optind - 1], "--");
		do {
			if (optind < argc)
				argv[n++] = argv[optind++];
		} while (optind < argc && (all || !is_option(c, argv[optind])));
	}
	c->args = argv + 1;
	c->n_args = n - 1;
	return true;
}

bool cli_parse(struct cli *c, int argc, char **argv, struct err *err)
{
	*c = (struct cli){0};
	if (!read_options(c, argc, argv, err))
		return false;
	if (optind == argc)
		return true;
	if (!find_command(c, argv[optind], err))
		return false;
	int at = optind;
	return read_words(c, argc - at, argv + at, err);
}

/* ---- Help ---- */

static void help_row(struct buf *out, const struct option_row *o)
{
	SCOPED(buf) struct buf head = BUF_MAX(256);
	if (o->short_name)
		buf_printf(&head, "  -%c, --%s", o->short_name, o->name);
	else
		buf_printf(&head, "      --%s", o->name);
	if (o->arg)
		buf_printf(&head, " %s", _(o->arg));
	width_fit(out, buf_str(&head), 28, CUT_PLAIN, true, false);
	buf_printf(out, " %s\n", _(o->text));
}

static void command_help(const struct cli *c, struct buf *out)
{
	bool any = false;
	buf_printf(out, _("Usage: courant [OPTION…] %s %s\n\n%s.\n"), command_rows[c->command].name,
	    _(command_rows[c->command].args), _(command_rows[c->command].text));
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (options[i].commands & 1u << c->command) {
			if (!any)
				buf_adds(out, "\n");
			any = true;
			help_row(out, &options[i]);
		}
}

static void cli_help(const struct cli *c, struct buf *out)
{
	if (c->command) {
		command_help(c, out);
		return;
	}
	buf_adds(out, _("Usage: courant [OPTION…] [COMMAND …]\n\nA newspaper for the terminal. Without a "
	                "command it opens "
	                "the screen.\n\nCommands:\n"));
	for (int i = 1; i < CLI_COMMANDS; i++) {
		SCOPED(buf) struct buf head = BUF_MAX(256);
		buf_printf(&head, "  %s %s", command_rows[i].name,
		    *command_rows[i].args ? _(command_rows[i].args) : "");
		width_fit(out, buf_str(&head), 28, CUT_PLAIN, true, false);
		buf_printf(out, " %s\n", _(command_rows[i].text));
	}
	buf_adds(out, _("\nOptions:\n"));
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (!options[i].commands)
			help_row(out, &options[i]);
	buf_adds(out, _("\ncourant COMMAND --help tells a command's options. Keys: ? on the screen, or "
	                "courant-keys(7).\n"));
}

/* ---- Running ---- */

int cli_fail(const struct err *err)
{
	char text[700];
	SCOPED(buf) struct buf clean = BUF_MAX(8192);
	safe_add(&clean, str_c(err_text(err, text, sizeof text)), SAFE_LINE);
	fprintf(stderr, "courant: %s\n", buf_cstr(&clean));
	return err_exit_status(err->code);
}

int cli_print(struct buf *b)
{
	struct err err = {0};
	if (b->failed)
		err_set(&err, ERR_LIMIT, _("the output is larger than can be built"));
	else if ((fwrite(buf_cstr(b), 1, b->len, stdout) != b->len || fflush(stdout)) && errno != EPIPE)
		err_errno(&err, ERR_IO, _("standard output"));
	return err.code ? cli_fail(&err) : 0;
}

int cli_run(struct cli *c)
{
	SCOPED(buf) struct buf out = BUF_INIT;
	if (c->help || c->version) {
		c->help ? cli_help(c, &out) : cli_version(&out);
		return cli_print(&out);
	}
	return command_rows[c->command].run(c);
}

char *cli_query(const struct cli *c)
{
	struct buf b = BUF_MAX(1 << 16);
	for (int i = 0; i < c->n_args; i++)
		buf_printf(&b, "%s%s", i ? " " : "", c->args[i]);
	return b.data ? buf_take(&b) : mem_strdup("");
}
