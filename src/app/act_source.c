/* SPDX-License-Identifier: MIT */
/* Commands of the sources. */
#include "app/add.h"
#include "app/command.h"
#include "app/prompt.h"

bool cmd_add_source(struct app *a, const struct args *args, struct err *err)
{
	(void)err;
	if (args->rest.len)
		add_look(a, args->rest);
	else
		prompt_open(a, PROMPT_ADD, STR(""));
	return true;
}
