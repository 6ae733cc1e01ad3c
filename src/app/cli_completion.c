/* SPDX-License-Identifier: MIT */
/* completion: commands and options for bash, zsh and fish, from the table. */
#include "app/cli.h"

#include "base/i18n.h"

#include <string.h>

static void add_commands(struct buf *out, const char *fmt_between)
{
	bool first = true;
#define COMMAND(ID, fn, name, args, text)                                                                    \
	buf_printf(out, "%s%s", first ? "" : fmt_between, name);                                             \
	first = false;
#include "app/cli.def"
}

/* Two rows of the table may be one option that means another thing to another command. */
static bool is_again(struct buf *seen, const char *name)
{
	SCOPED(buf) struct buf word = BUF_MAX(128);
	buf_printf(&word, " %s ", name);
	if (str_find(buf_str(seen), buf_str(&word)) >= 0)
		return true;
	buf_addstr(seen, buf_str(&word));
	return false;
}

static void add_options(struct buf *out)
{
	SCOPED(buf) struct buf seen = BUF_MAX(8192);
	bool first = true;
#define GLOBAL(id, short_name, name, arg, text)                                                              \
	buf_printf(out, "%s--%s", first ? "" : " ", name);                                                   \
	first = false;
#include "app/cli.def"
#define OPTION(commands, id, short_name, name, arg, text)                                                    \
	if (!is_again(&seen, name))                                                                          \
		buf_printf(out, " --%s", name);
#include "app/cli.def"
}

static void bash(struct buf *out)
{
	buf_adds(out, "_courant() {\n\tlocal words=\"");
	add_commands(out, " ");
	buf_adds(out, "\"\n\tlocal options=\"");
	add_options(out);
	buf_adds(out,
	    "\"\n\tlocal word=${COMP_WORDS[COMP_CWORD]}\n"
	    "\tcase $word in\n"
	    "\t-*) mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\") ;;\n"
	    "\t*) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\"; compgen -f -- \"$word\") ;;\n"
	    "\tesac\n}\ncomplete -F _courant courant\n");
}

static void zsh(struct buf *out)
{
	buf_adds(out, "#compdef courant\n_courant() {\n\tlocal -a words options\n\twords=(");
	add_commands(out, " ");
	buf_adds(out, ")\n\toptions=(");
	add_options(out);
	buf_adds(out,
	    ")\n\tif [[ $PREFIX == -* ]]; then compadd -- $options; else compadd -- $words; _files; fi\n}\n"
	    "_courant \"$@\"\n");
}

static void fish_words(struct buf *out, const char *text)
{
	buf_adds(out, " -d '");
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
	buf_adds(out, "'\n");
}

static void fish(struct buf *out)
{
	SCOPED(buf) struct buf seen = BUF_MAX(8192);
#define COMMAND(ID, fn, name, args, text)                                                                    \
	buf_printf(out, "complete -c courant -n __fish_use_subcommand -a %s", name);                         \
	fish_words(out, _(text));
#include "app/cli.def"
#define GLOBAL(id, short_name, name, arg, text)                                                              \
	buf_printf(out, "complete -c courant -l %s", name);                                                  \
	fish_words(out, _(text));
#include "app/cli.def"
#define OPTION(commands, id, short_name, name, arg, text)                                                    \
	if (!is_again(&seen, name))                                                                          \
		buf_printf(out, "complete -c courant -l %s\n", name);
#include "app/cli.def"
}

int cli_completion(struct cli *c)
{
	static const struct {
		const char *shell;
		void (*print)(struct buf *out);
	} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
	struct err err = {0};
	SCOPED(buf) struct buf out = BUF_INIT;
	for (size_t i = 0; c->n_args == 1 && i < ARRAY_LEN(shells); i++)
		if (!strcmp(c->args[0], shells[i].shell)) {
			shells[i].print(&out);
			return cli_print(&out);
		}
	err_set(&err, ERR_USAGE, _("completion takes one of bash, zsh, fish"));
	return cli_fail(&err);
}
