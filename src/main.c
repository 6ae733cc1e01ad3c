/* SPDX-License-Identifier: MIT */
/* Locale, command line, wiring of app and screen, exit code. */
#include "app/cli.h"
#include "base/file.h"
#include "base/i18n.h"
#include "ui/ui.h"

#include <config.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

/* Where there is no screen to be had: the headlines as lines, and how to get the screen. */
static int without_screen(struct cli *c, const struct err *why)
{
	fprintf(stderr, _("courant: %s; here are the headlines. Start it in a terminal for the screen.\n"),
	    why->message);
	c->command = CLI_LIST;
	return cli_run(c);
}

/* The threads share one heap: they hardly ever allocate at the same time, and heaps of their own would each
 * keep pages. */
static void one_heap(void)
{
#ifdef M_ARENA_MAX
	mallopt(M_ARENA_MAX, 1);
#endif
}

static int screen(struct cli *c)
{
	struct err err = {0};
	one_heap();
	if (!ui_possible(&err))
		return without_screen(c, &err);
	struct app *a = app_new(&c->program, true, &err);
	if (!a)
		return cli_fail(&err);
	a->ascii = !ui_utf8();
	struct ui *ui = ui_new(a->loop, &err);
	if (ui) {
		ui_attach(ui, a);
		ui_turn(ui);
		while (!a->quit && loop_turn(a->loop, -1, &err))
			ui_turn(ui);
	}
	ui_free(ui);
	app_free(a);
	return err.code ? cli_fail(&err) : 0;
}

int main(int argc, char **argv)
{
	struct cli cli;
	struct err err = {0};
	file_guard_std();
	umask(077);
	signal(SIGPIPE, SIG_IGN);
	setlocale(LC_ALL, "");
	bindtextdomain(PACKAGE, LOCALEDIR);
	textdomain(PACKAGE);
	if (!cli_parse(&cli, argc, argv, &err))
		return cli_fail(&err);
	if (cli.command == CLI_SCREEN && !cli.help && !cli.version)
		return screen(&cli);
	return cli_run(&cli);
}
