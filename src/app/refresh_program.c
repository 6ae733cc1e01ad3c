/* SPDX-License-Identifier: MIT */
/* The programs of a source: those that print its secrets, the one that is its feed, the one that its feed
 * goes through. Each runs on a thread, since it may take its time. */
#include "app/refresh_priv.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/runner.h"
#include "app/source_request.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/memfd.h"
#include "base/proc.h"
#include "text/safe.h"

#include <unistd.h>

#define BODY_MAX  ((size_t)256 << 20)
#define WORDS_MAX 4096 /* of its standard error */

/* ---- Secrets ---- */

struct secrets_errand {
	struct errand e;
	struct source_job *job;
};

static void secrets_work(struct errand *e, struct db *db)
{
	struct source_job *j = ((struct secrets_errand *)e)->job;
	(void)db;
	source_request(j->conf, j->arena, runner_stop_fd(e->app->engine->runner), &j->request, &e->task.err);
}

static void secrets_done(struct app *a, struct errand *e)
{
	struct source_job *j = ((struct secrets_errand *)e)->job;
	(void)a;
	if (e->task.err.code)
		refresh_end_failed(j, str_c(e->task.err.message));
	else
		refresh_fetch(j);
}

void refresh_secrets(struct source_job *j)
{
	struct secrets_errand *x = errand_new(j->app, sizeof *x, secrets_work, secrets_done);
	x->job = j;
	errand_program(&x->e);
}

/* ---- Commands and filters ---- */

struct command_errand {
	struct errand e;
	struct source_job *job;
	const char *const *argv;
	int input_fd; /* -1: none */
	int timeout_ms;
	struct buf out, words;
	int status, body_fd;
};

static void command_work(struct errand *e, struct db *db)
{
	struct command_errand *c = (struct command_errand *)e;
	struct proc_limits limits = {.timeout_ms = c->timeout_ms,
	    .max_stderr = WORDS_MAX,
	    .stop_fd = runner_stop_fd(e->app->engine->runner)};
	struct str input = STR("");
	(void)db;
	if (c->input_fd >= 0 && !memfd_map(c->input_fd, BODY_MAX, true, &input, &e->task.err))
		return;
	if (proc_run(c->argv, input, &limits, &c->out, &c->words, &c->status, &e->task.err) && !c->status)
		c->body_fd = memfd_of("command", buf_str(&c->out), &e->task.err);
	if (c->input_fd >= 0)
		memfd_unmap(input);
}

static void command_cleanup(struct errand *e)
{
	struct command_errand *c = (struct command_errand *)e;
	buf_release(&c->out);
	buf_release(&c->words);
	if (c->input_fd >= 0)
		close(c->input_fd);
	if (c->body_fd >= 0)
		close(c->body_fd);
}

/* The first line of what it wrote to its standard error; absent: nothing. */
static struct str first_words(const struct command_errand *c)
{
	struct str rest = str_trim(buf_str(&c->words)), line = STR_NONE;
	str_split(&rest, '\n', &line);
	return line.len ? safe_copy(c->job->arena, line, SAFE_LINE) : STR_NONE;
}

static void command_done(struct app *a, struct errand *e)
{
	struct command_errand *c = (struct command_errand *)e;
	struct source_job *j = c->job;
	(void)a;
	if (e->task.err.code) {
		refresh_end_failed(j, str_c(e->task.err.message));
	} else if (c->status) {
		struct str line = first_words(c);
		SCOPED_STR why =
		    mem_printf(_("%s ended with status %d: %.*s"), c->argv[0], c->status, STR_ARG(line));
		refresh_end_failed(j, str_c(why));
	} else {
		int fd = c->body_fd;
		c->body_fd = -1;
		j->answer.remark = first_words(c);
		if (j->answer.remark.len && !j->note)
			/* TRANSLATORS: a program of the reader, and what it wrote to its standard error */
			j->note = mem_printf(_("%s says: %.*s"), c->argv[0], STR_ARG(j->answer.remark));
		j->answer.bytes = j->answer.bytes ? j->answer.bytes : (int64_t)c->out.len;
		refresh_parse(j, fd);
	}
}

static void run(struct source_job *j, const char *const *argv, int input_fd)
{
	struct command_errand *c = errand_new(j->app, sizeof *c, command_work, command_done);
	c->e.cleanup = command_cleanup;
	c->job = j;
	c->argv = argv;
	c->input_fd = input_fd;
	c->body_fd = -1;
	c->timeout_ms = (int)(j->conf->timeout_s * 1000);
	c->out = BUF_MAX((size_t)j->conf->max_size);
	c->words = BUF_MAX(2 * WORDS_MAX);
	errand_program(&c->e);
}

void refresh_command(struct source_job *j)
{
	run(j, j->conf->command, -1);
}

void refresh_filter(struct source_job *j, int body_fd)
{
	run(j, j->conf->filter, body_fd);
}
