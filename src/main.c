/* SPDX-License-Identifier: MIT */
/* Locale, command line, wiring of app and screen, exit code. */
#include "app/cli.h"
#include "base/file.h"
#include "base/i18n.h"

#include <config.h>
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>

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
	return cli_run(&cli);
}
