/* SPDX-License-Identifier: MIT */
/* check: the configuration with every problem at once; the sources' states; the database; the indexes anew.
 */
#include "app/cli.h"

#include "app/engine.h"
#include "app/keys_conf.h"
#include "app/source_words.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "related/index.h"
#include "store/index_db.h"
#include "store/rescue.h"
#include "store/search.h"
#include "store/source_db.h"
#include "text/json_out.h"

#include <stdio.h>

#define NAME_COLUMNS 28
#define REINDEX_STEP 512

static void add_problem(struct buf *out, const char *file, const struct problem *p)
{
	buf_printf(out, "courant: %s", file);
	if (p->line)
		buf_printf(out, ":%d:%d", p->line, p->column);
	buf_printf(out, ": %s%s\n", p->note ? _("note: ") : "", p->message);
}

/* All of them as an array; "[]" when there are none. */
static void problems_json(struct buf *out, const char *file, const struct problems *problems)
{
	struct json_out j;
	json_begin(&j, out, false);
	json_array(&j, NULL);
	for (size_t i = 0; i < problems->n; i++) {
		const struct problem *p = &problems->v[i];
		json_object(&j, NULL);
		json_str(&j, "file", str_c(file));
		json_int(&j, "line", p->line);
		json_int(&j, "column", p->column);
		json_str(&j, "message", str_c(p->message));
		json_bool(&j, "note", p->note);
		json_end_object(&j);
	}
	json_end_array(&j);
	buf_addc(out, '\n');
}

static int tell_problems(const struct cli *c, const char *file, const struct problems *problems, bool good)
{
	SCOPED(buf) struct buf words = BUF_INIT;
	if (c->json) {
		problems_json(&words, file, problems);
		return cli_print(&words);
	}
	for (size_t i = 0; i < problems->n; i++)
		add_problem(&words, file, &problems->v[i]);
	if (problems->more)
		buf_printf(&words, _("courant: %s: %zu more problems\n"), file, problems->more);
	fwrite(buf_cstr(&words), 1, words.len, stderr);
	if (good)
		printf(_("%s: no mistakes\n"), file);
	return 0;
}

/* Also those of a file that is refused for something else. */
static void check_keys(const struct conf *conf, const char *path, struct problems *problems)
{
	SCOPED_PTR(keymap) struct keymap *m = keymap_new();
	SCOPED_PTR(conf) struct conf *alone = conf ? NULL : conf_read_keys(path);
	keys_from_conf(m, conf ? conf : alone, problems);
}

static int check_conf(struct cli *c)
{
	struct program_paths paths;
	struct problems problems = {0};
	struct err err = {0};
	bool created;
	if (!program_paths(&paths, &c->program, &err))
		return cli_fail(&err);
	struct conf *conf = program_conf(&paths, false, &created, &problems, &err);
	check_keys(conf, paths.config, &problems);
	int status = 0;
	if (!conf && !problems.n)
		status = cli_fail(&err);
	else if (!conf || problems.failed)
		status = err_exit_status(ERR_CONFIG);
	if (conf || problems.n)
		tell_problems(c, paths.config, &problems, !status);
	conf_free(conf);
	problems_release(&problems);
	program_paths_release(&paths);
	return status;
}

static int check_sources(struct cli *c)
{
	struct err err = {0};
	struct source_state *states = NULL;
	size_t n = 0, failed = 0;
	int64_t now = clock_now(); /* the edition too was read when it was read */
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	SCOPED(buf) struct buf out = BUF_INIT;
	struct db *db = cli_db(c, DB_READ, &err);
	if (db && source_states(db, false, arena, &states, &n, &err))
		for (size_t i = 0; i < n; i++) {
			failed += states[i].error.len > 0;
			source_words(&out, &states[i], NAME_COLUMNS, now, false);
			buf_addc(&out, '\n');
		}
	db_close(db);
	if (err.code)
		return cli_fail(&err);
	int status = cli_print(&out);
	return status ? status : failed ? err_exit_status(ERR_PARTIAL) : 0;
}

/* Sets the damaged file aside and saves what can be read of it. */
static int rescue_database(const char *path)
{
	struct err err = {0};
	struct rescue_report report;
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	if (!rescue_run(path, clock_now(), arena, &report, &err))
		return cli_fail(&err);
	printf(_("%s was damaged: %zu stories and %zu marks were saved, %zu lost. The old file is %.*s\n"),
	    path, report.stories, report.marks, report.lost, STR_ARG(report.set_aside));
	return err_exit_status(ERR_PARTIAL);
}

static int check_database(struct cli *c)
{
	struct err err = {0};
	struct db *db = cli_db(c, DB_READ, &err);
	bool ok = db && db_check(db, false, &err);
	SCOPED_STR path = db ? mem_strdup(db_path(db)) : NULL;
	db_close(db);
	if (ok) {
		printf(_("%s: no damage\n"), path);
		return 0;
	}
	if (!path || !db_err_is_damage(&err))
		return cli_fail(&err);
	return rescue_database(path);
}

/* Each story is read for its words, for its terms and for its event. */
static bool reindex(struct db *db, struct err *err)
{
	size_t all, through = 0;
	if (!fts_rebuild(db, err) || !index_rebuild(db, err))
		return false;
	all = fts_waiting(db) * 3;
	for (;;) {
		struct index_progress p = {0};
		if (!index_step(db, REINDEX_STEP, &p, err))
			return false;
		through += p.done;
		fputc('\r', stderr);
		/* TRANSLATORS: of the stories, while their index is made anew */
		fprintf(stderr, _("%zu %% indexed "),
		    !p.left || !all ? (size_t)100
		    : through < all ? through * 100 / all
		                    : (size_t)99);
		if (!p.left)
			break;
	}
	fputc('\n', stderr);
	return !index_waiting_count(db, 1) ||
	       err_set(err, ERR_BUSY, _("another courant holds the index; try again when it is idle"));
}

static int check_reindex(struct cli *c)
{
	struct err err = {0};
	struct db *db = cli_db(c, DB_WRITE, &err);
	bool ok = db && reindex(db, &err);
	db_close(db);
	return ok ? 0 : cli_fail(&err);
}

int cli_check(struct cli *c)
{
	if (c->sources)
		return check_sources(c);
	if (c->rules)
		return cli_rules(c);
	if (c->database)
		return check_database(c);
	return c->reindex ? check_reindex(c) : check_conf(c);
}
