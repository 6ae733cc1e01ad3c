/* SPDX-License-Identifier: MIT */
/* The commands as an array, and finding one by name. */
#include "app/command.h"

#include "base/i18n.h"
#include "text/fuzzy.h"

const struct command commands[COMMAND_COUNT] = {
#define CMD(id, name, places, keys, group, text, long_text)                                                  \
	{name, places, keys, group, text, long_text, cmd_##id},
#include "app/command.def"
};

const char *command_group_title(enum command_group g)
{
	static const char *const titles[GROUP_COUNT] = {
	    N_("Moving"), N_("Panes and tabs"), N_("Stories"), N_("The article"), N_("The program")};
	return _(titles[g]);
}

const struct command *command_find(struct str name, struct err *err)
{
	const char *names[COMMAND_COUNT];
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (str_eqc(name, commands[i].name))
			return &commands[i];
		names[i] = commands[i].name;
	}
	const char *near = fuzzy_nearest(name, names, COMMAND_COUNT);
	if (near)
		err_set(
		    err, ERR_USAGE, _("unknown command '%.*s' (did you mean '%s'?)"), STR_ARG(name), near);
	else
		err_set(err, ERR_USAGE, _("unknown command '%.*s'; ? lists them"), STR_ARG(name));
	return NULL;
}
