/* SPDX-License-Identifier: MIT */
/* doctor: what of this machine keeps courant from working well, and how to mend it. Looks and asks the local
 * programs; sends nothing to the network. */
#include "app/cli.h"

#include "app/browse.h"
#include "app/hands.h"
#include "app/keys_conf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "store/source_db.h"
#include "text/json_out.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ASK_MS        2000
#define ESCAPE_MS     100 /* above it tmux makes a lone Esc feel slow */
#define FAILED_NAMED  8
#define COLUMN_CHECKS 14

enum verdict { GOOD, NOTE, BAD };

struct doctor {
	struct cli *cli;
	struct arena *arena;
	struct program_paths paths;
	struct conf *conf; /* NULL: it cannot be used */
	struct buf out;
	struct json_out json;
	size_t bad;
};

/* One finding; `mend` is what to do about it, NULL when all is well. */
static void tell(struct doctor *d, enum verdict v, const char *check, const char *what, const char *mend)
{
	static const char *const words[] = {[GOOD] = "ok", [NOTE] = "note", [BAD] = "bad"};
	d->bad += v == BAD;
	if (d->cli->json) {
		json_object(&d->json, NULL);
		json_str(&d->json, "check", str_c(check));
		json_str(&d->json, "verdict", str_c(words[v]));
		json_str(&d->json, "what", str_c(what));
		json_str(&d->json, "mend", mend ? str_c(mend) : STR_NONE);
		json_end_object(&d->json);
		return;
	}
	buf_printf(&d->out, "%-5s %-*s %s\n", words[v], COLUMN_CHECKS, check, what);
	if (mend)
		buf_printf(&d->out, "      %-*s → %s\n", COLUMN_CHECKS, "", mend);
}

/* The first line that a program prints; NULL: it is not there, or fails. In the arena. */
static const char *ask(struct doctor *d, const char *const *argv)
{
	const struct proc_limits limits = {.timeout_ms = ASK_MS, .max_stderr = 512};
	SCOPED(buf) struct buf out = BUF_MAX(4096);
	int status = 0;
	if (!proc_run(argv, STR(""), &limits, &out, NULL, &status, NULL) || status)
		return NULL;
	struct str rest = buf_str(&out), line = STR("");
	str_split(&rest, '\n', &line);
	return arena_cstr(d->arena, line);
}

/* ---- The terminal ---- */

static void check_locale(struct doctor *d)
{
	const char *charset = nl_langinfo(CODESET);
	if (strcmp(charset, "UTF-8") == 0)
		tell(d, GOOD, "locale", charset, NULL);
	else
		tell(d, BAD, "locale",
		    arena_printf(d->arena, _("%s: stand-ins are shown for most signs"), charset),
		    _("set LANG to a UTF-8 locale, as C.UTF-8"));
}

static void check_terminal(struct doctor *d)
{
	const char *term = getenv("TERM");
	if (!term || !*term || strcmp(term, "dumb") == 0)
		tell(d, BAD, "terminal", _("TERM names no terminal"),
		    _("set TERM to your terminal's name, as xterm-256color"));
	else if (getenv("TMUX") && strncmp(term, "tmux", 4) != 0 && strncmp(term, "screen", 6) != 0)
		tell(d, BAD, "terminal", arena_printf(d->arena, _("TERM is %s inside tmux"), term),
		    _("set -g default-terminal tmux-256color in tmux.conf, and nothing sets TERM in the "
		      "shell"));
	else if (!isatty(STDIN_FILENO))
		tell(d, NOTE, "terminal",
		    arena_printf(d->arena, _("%s; standard input is no terminal"), term), NULL);
	else
		tell(d, GOOD, "terminal", term, NULL);
}

static void check_tmux(struct doctor *d)
{
	static const char *const version[] = {"tmux", "-V", NULL};
	static const char *const escape[] = {"tmux", "show-options", "-sv", "escape-time", NULL};
	static const char *const clipboard[] = {"tmux", "show-options", "-sv", "set-clipboard", NULL};
	const char *which, *ms, *clip;
	if (!getenv("TMUX"))
		return;
	which = ask(d, version);
	if (!which) {
		tell(d, BAD, "tmux", _("TMUX is set, but tmux cannot be run"), _("put tmux into the PATH"));
		return;
	}
	tell(d, GOOD, "tmux", which, NULL);
	ms = ask(d, escape);
	int64_t wait = 0;
	if (ms && str_i64(str_c(ms), &wait) && wait > ESCAPE_MS)
		tell(d, NOTE, "tmux", arena_printf(d->arena, _("Esc waits for %s ms"), ms),
		    _("set -s escape-time 20 in tmux.conf"));
	clip = ask(d, clipboard);
	if (clip && strcmp(clip, "off") == 0)
		tell(d, BAD, "tmux", _("set-clipboard is off: copies do not reach your own clipboard"),
		    _("set -s set-clipboard external in tmux.conf"));
}

/* ---- What others start ---- */

static void check_programs(struct doctor *d)
{
	static const struct {
		const char *program, *option;
	} helpers[] = {{"courant-fetch", "--version"}, {"courant-parse", "--sandbox"}};
	for (size_t i = 0; i < ARRAY_LEN(helpers); i++) {
		struct err err = {0};
		SCOPED_STR path = hands_path(helpers[i].program, &err);
		const char *const argv[] = {path, helpers[i].option, NULL};
		const char *words = path ? ask(d, argv) : NULL;
		if (words)
			tell(d, GOOD, helpers[i].program, words, NULL);
		else
			tell(d, BAD, helpers[i].program, path ? _("it does not start") : err.message,
			    _("install courant anew, helpers and all"));
	}
	struct browse b = browse_choose(d->arena, d->conf, STR("https://example.org/"));
	if (b.argv)
		tell(d, GOOD, "browser", b.argv[0], NULL);
	else
		tell(d, NOTE, "browser", _("none here: o copies the address"),
		    _("set open.browser or $BROWSER"));
}

/* ---- Files ---- */

/* Others must not read what may hold secrets. */
static void check_mode(struct doctor *d, enum verdict v, const char *check, const char *path)
{
	struct stat st;
	if (d->paths.edition_dir || stat(path, &st) != 0 || !(st.st_mode & (S_IRWXG | S_IRWXO)))
		return;
	tell(d, v, check, arena_printf(d->arena, _("others can read %s"), path),
	    arena_printf(d->arena, "chmod go= %s", path));
}

static void check_conf(struct doctor *d)
{
	struct problems problems = {0};
	struct err err = {0};
	bool created;
	d->conf = program_conf(&d->paths, false, &created, &problems, &err);
	if (d->conf) {
		SCOPED_PTR(keymap) struct keymap *m = keymap_new();
		keys_from_conf(m, d->conf, &problems);
	}
	if (d->conf && !problems.failed)
		tell(d, GOOD, "configuration", d->paths.config, NULL);
	else
		tell(d, BAD, "configuration",
		    problems.n ? arena_printf(d->arena, "%s:%d:%d: %s", d->paths.config, problems.v[0].line,
		                     problems.v[0].column, problems.v[0].message)
		               : arena_strdup(d->arena, err.message),
		    problems.n ? _("courant check tells all of it") : NULL);
	problems_release(&problems);
	check_mode(d, NOTE, "configuration", d->paths.config);
}

static void check_sources(struct doctor *d, struct db *db)
{
	struct source_state *all = NULL;
	size_t n = 0, failed = 0;
	SCOPED(buf) struct buf names = BUF_MAX(4096);
	if (!source_states(db, false, d->arena, &all, &n, NULL))
		return;
	for (size_t i = 0; i < n; i++) {
		if (!all[i].error.len)
			continue;
		if (failed++ < FAILED_NAMED)
			buf_printf(&names, "%s%.*s", failed > 1 ? ", " : "", STR_ARG(all[i].name));
	}
	if (!failed)
		tell(d, GOOD, "sources",
		    arena_printf(
		        d->arena, P_("%zu, its last answer fine", "%zu, their last answers fine", n), n),
		    NULL);
	else
		tell(d, failed == n ? BAD : NOTE, "sources",
		    arena_printf(d->arena, _("%zu of %zu failed last: %s%s"), failed, n, buf_cstr(&names),
		        failed > FAILED_NAMED ? "…" : ""),
		    failed == n ? _("look at the network and the proxies; courant check --sources tells why")
		                : _("courant check --sources tells why"));
}

static void check_database(struct doctor *d)
{
	struct err err = {0};
	struct db *db = cli_db(d->cli, DB_READ, &err);
	if (db) {
		tell(d, GOOD, "database", arena_strdup(d->arena, db_path(db)), NULL);
		check_mode(d, BAD, "database", db_path(db));
		check_sources(d, db);
	} else if (err.code == ERR_NOT_FOUND) {
		tell(d, NOTE, "database", arena_strdup(d->arena, err.message), NULL);
	} else {
		tell(d, BAD, "database", arena_strdup(d->arena, err.message), _("courant check --database"));
	}
	db_close(db);
}

int cli_doctor(struct cli *c)
{
	struct err err = {0};
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct doctor d = {.cli = c, .arena = arena, .out = BUF_INIT};
	if (!program_paths(&d.paths, &c->program, &err))
		return cli_fail(&err);
	if (c->json) {
		json_begin(&d.json, &d.out, false);
		json_array(&d.json, NULL);
	}
	check_locale(&d);
	check_terminal(&d);
	check_tmux(&d);
	check_conf(&d);
	check_database(&d);
	check_programs(&d);
	if (c->json) {
		json_end_array(&d.json);
		buf_addc(&d.out, '\n');
	}
	conf_free(d.conf);
	program_paths_release(&d.paths);
	int status = cli_print(&d.out);
	buf_release(&d.out);
	return status ? status : d.bad ? err_exit_status(ERR_PARTIAL) : 0;
}
