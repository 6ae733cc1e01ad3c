/* SPDX-License-Identifier: MIT */
/* The table of commands (command.def) as data: keymap, help, command line and manual page walk it.
 * Thread: main. */
#ifndef CO_APP_COMMAND_H
#define CO_APP_COMMAND_H

#include "app/place.h"
#include "base/err.h"
#include "base/str.h"

struct app;

enum command_group { GROUP_MOVE, GROUP_PANES, GROUP_STORIES, GROUP_ARTICLE, GROUP_PROGRAM, GROUP_COUNT };

/* What a command is given: its words after the name, and the key that ran it. */
struct args {
	struct str rest; /* of the command line, "" when run by a key */
	uint32_t key;    /* code of the last key of the sequence; 0: none */
	unsigned count;  /* typed before it, in a preset that has counts; 0: none */
};

typedef bool command_fn(struct app *app, const struct args *args, struct err *err);

enum command_id {
#define CMD(id, ...) COMMAND_##id,
#include "app/command.def"
	COMMAND_COUNT
};

struct command {
	const char *name;
	unsigned places;
	const char *keys;
	enum command_group group;
	const char *text, *long_text; /* N_(): translate when shown */
	command_fn *run;
};

extern const struct command commands[COMMAND_COUNT];
const char *command_group_title(enum command_group g); /* translated */
/* By name; NULL with an error that names the nearest. */
const struct command *command_find(struct str name, struct err *err);

#define CMD(id, ...) command_fn cmd_##id;
#include "app/command.def"

#endif
