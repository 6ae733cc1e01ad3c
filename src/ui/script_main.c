/* SPDX-License-Identifier: MIT */
/* courant-script: runs one script of script.h, for the screen tests. */
#include "ui/script.h"

#include "base/buf.h"
#include "base/file.h"

#include <locale.h>
#include <signal.h>

int main(int argc, char **argv)
{
	SCOPED(buf) struct buf text = BUF_MAX(1 << 20);
	struct err err = {0};
	char line[1024];
	setlocale(LC_ALL, "");
	signal(SIGPIPE, SIG_IGN);
	if (argc != 2) {
		fprintf(stderr, "usage: courant-script FILE\n");
		return 2;
	}
	if (file_read(argv[1], &text, &err) && script_run(buf_str(&text), argv[1], stdout, &err))
		return 0;
	fprintf(stderr, "courant-script: %s\n", err_text(&err, line, sizeof line));
	return 1;
}
