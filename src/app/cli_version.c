/* SPDX-License-Identifier: MIT */
/* --version: the program, its libraries, what the sandbox can do on this machine. The helpers tell of their
 * own. */
#include "app/cli.h"

#include "app/hands.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "conf/conf.h"
#include "store/db.h"

#include <config.h>

/* What a helper prints with an option, as one line. */
static void add_helper(struct buf *out, const char *program, const char *option)
{
	struct err err = {0};
	SCOPED(buf) struct buf words = BUF_MAX(4096);
	SCOPED_STR path = hands_path(program, &err);
	int status = 0;
	if (!path) {
		buf_printf(out, "%s: %s\n", program, err.message);
		return;
	}
	const char *const argv[] = {path, option, NULL};
	struct proc_limits limits = {.timeout_ms = 5000};
	if (!proc_run(argv, STR(""), &limits, &words, NULL, &status, &err) || status)
		buf_printf(out, "%s: %s\n", program, err.code ? err.message : _("it does not start"));
	else
		buf_printf(out, "%s: %.*s\n", program, STR_ARG(str_trim(buf_str(&words))));
}

void cli_version(struct buf *out)
{
	buf_printf(out, "courant %s\nlibraries: ", PACKAGE_VERSION);
	db_versions(out);
	buf_addc(out, ' ');
	conf_versions(out);
	buf_addc(out, '\n');
	add_helper(out, "courant-fetch", "--version");
	add_helper(out, "courant-parse", "--sandbox");
}
