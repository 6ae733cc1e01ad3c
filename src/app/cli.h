/* SPDX-License-Identifier: MIT */
/* The command line: options and commands from the table cli.def, and what each headless command is given.
 * Main thread. */
#ifndef CO_APP_CLI_H
#define CO_APP_CLI_H

#include "app/program.h"
#include "related/related.h"
#include "store/db.h"

enum cli_command {
	CLI_SCREEN, /* no command */
#define COMMAND(ID, fn, name, args, text) CLI_##ID,
#include "app/cli.def"
	CLI_COMMANDS
};

enum cli_option {
	OPT_NONE = 256, /* above all short options */
#define GLOBAL(id, ...) id,
#include "app/cli.def"
#define OPTION(commands, id, ...) id,
#include "app/cli.def"
	OPT_END
};

enum cli_mark_what { CLI_MARK_READ, CLI_MARK_UNREAD, CLI_MARK_STAR, CLI_MARK_UNSTAR, CLI_MARK_TAG };
enum show_format { SHOW_FORMAT_TEXT, SHOW_FORMAT_MARKDOWN, SHOW_FORMAT_HTML };

struct cli {
	struct program_options program;
	enum cli_command command;
	bool help, version;
	bool json, all, stay, events, on_page, sources, rules, database, reindex, with_commands;
	size_t limit; /* 0: none stated */
	size_t width; /* 0: none stated */
	size_t pick;  /* 0: none stated */
	enum show_format format;
	enum cli_mark_what mark;
	const char *tag, *since;
	const char *section, *url, *content_type, *from, *name;
	char *const *args; /* words of the command */
	int n_args;
};

/* Reads argv. False with ERR_USAGE. */
bool cli_parse(struct cli *c, int argc, char **argv, struct err *err);
/* Runs a headless command, help or version; returns the exit status. */
int cli_run(struct cli *c);
void cli_version(struct buf *out);
/* "courant: FILE:LINE:COLUMN: what" on standard error; returns the exit status of the code. */
int cli_fail(const struct err *err);

typedef int cli_fn(struct cli *c);
#define COMMAND(ID, fn, name, args, text) cli_fn cli_##fn;
#include "app/cli.def"

/* For the commands: the database of these options, made and filled first when it is the edition's. */
struct db *cli_db(struct cli *c, enum db_mode mode, struct err *err);
/* Tells other instances that something was committed. */
void cli_tick(const struct cli *c);
/* The words of the command as one query. */
char *cli_query(const struct cli *c);
/* The story of an id or address; STORY_NONE when it is not stored. */
struct story_id cli_story(struct db *db, const char *word);
/* How far and how many related stories: by the configuration, else its defaults; --limit before either. */
void cli_related_params(const struct cli *c, struct related_params *p);
/* check --rules: what each rule would touch. */
int cli_rules(struct cli *c);
/* Refreshes the source with this address, told as update tells it. Returns the exit status. */
int cli_refresh(struct cli *c, struct str url);
/* The configuration that add and import write to: *conf is empty where there is no file yet. False: it cannot
 * be read, or is the edition's. */
bool cli_own_conf(const struct cli *c, struct program_paths *paths, struct conf **conf, struct err *err);
/* Writes all of b to standard output. */
int cli_print(struct buf *b);

#endif
