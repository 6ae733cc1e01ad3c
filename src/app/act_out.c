/* SPDX-License-Identifier: MIT */
/* Commands that take a story out of the program: copy, open, save to a file, pipe through a command. */
#include "app/engine.h"
#include "app/errand.h"
#include "app/marked.h"
#include "app/prompt.h"
#include "app/runner.h"
#include "app/say.h"
#include "app/show.h"
#include "app/story_out.h"
#include "app/target.h"
#include "app/view.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "conf/conf.h"
#include "text/url.h"

#include <string.h>

#define COMMAND(name)   bool cmd_##name(struct app *a, const struct args *args, struct err *err)
#define IGNORE(x)       (void)(x)
#define PIPE_MAX        ((size_t)1 << 20)
#define PIPE_TIMEOUT_MS 30000
#define PIPE_WORDS      32

COMMAND(copy)
{
	struct target t;
	IGNORE(args);
	if (marked_any(a)) {
		marked_copy_links(a, false);
		return true;
	}
	if (!target_with_url(a, &t, err))
		return false;
	buf_reset(&a->clipboard);
	buf_addstr(&a->clipboard, t.url);
	say(a, _("Copied %.*s"), STR_ARG(t.url));
	return true;
}

COMMAND(copy_title)
{
	struct target t;
	IGNORE(args);
	if (marked_any(a)) {
		marked_copy_links(a, true);
		return true;
	}
	if (!target_with_url(a, &t, err))
		return false;
	buf_reset(&a->clipboard);
	buf_printf(&a->clipboard, "%.*s\n%.*s", STR_ARG(t.title), STR_ARG(t.url));
	say(a, _("Copied title and address"));
	return true;
}

COMMAND(open)
{
	struct target t;
	IGNORE(args);
	if (!target_with_url(a, &t, err))
		return false;
	show_opened(a);
	mem_free(a->run_browser);
	a->run_browser = mem_strndup(t.url.p, t.url.len);
	return true;
}

/* ---- Comments and enclosures ---- */

COMMAND(comments)
{
	IGNORE(args);
	const struct view *v = &a->view;
	if (!v->id.v || !url_is_web(v->story.comments))
		return err_set(err, ERR_NOT_FOUND, _("this story has no page of comments"));
	mem_free(a->run_browser);
	a->run_browser = mem_strndup(v->story.comments.p, v->story.comments.len);
	return true;
}

COMMAND(enclosure)
{
	IGNORE(args);
	const struct view *v = &a->view;
	if (!v->id.v || !url_is_web(v->story.enclosure_url))
		return err_set(err, ERR_NOT_FOUND, _("this story has no sound or film"));
	const char *const *argv = conf_argv(a->conf, SET_OPEN_ENCLOSURE);
	if (!argv) {
		mem_free(a->run_browser);
		a->run_browser = mem_strndup(v->story.enclosure_url.p, v->story.enclosure_url.len);
		return true;
	}
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	const char *const *filled = story_argv(arena, argv, v, v->story.enclosure_url);
	if (!proc_detach(filled, err))
		return false;
	say(a, _("Started %s"), filled[0]);
	return true;
}

static bool none_shown(struct err *err)
{
	return err_set(err, ERR_NOT_FOUND, _("no story is shown; Enter opens the selected one"));
}

/* ---- Saving ---- */

struct save_errand {
	struct errand e;
	const char *path;
	struct str text;
	bool overwrite, is_there;
};

static void save_work(struct errand *e, struct db *db)
{
	struct save_errand *s = (struct save_errand *)e;
	(void)db;
	s->is_there = !s->overwrite && file_exists(s->path);
	if (s->is_there)
		err_set(&e->task.err, ERR_USAGE, _("%s is there already; the same name again overwrites it"),
		    s->path);
	else
		file_replace(s->path, s->text.p, s->text.len, 0600, &e->task.err);
}

static void save_done(struct app *a, struct errand *e)
{
	struct save_errand *s = (struct save_errand *)e;
	mem_free(a->save_asked);
	a->save_asked = s->is_there ? mem_strdup(s->path) : NULL;
	if (e->task.err.code)
		say_err(a, &e->task.err);
	else
		say(a, _("Saved %s"), s->path);
}

bool out_save(struct app *a, struct str name, struct err *err)
{
	if (!name.len)
		return err_set(err, ERR_USAGE, _("a file needs a name"));
	SCOPED(buf) struct buf text = BUF_INIT;
	struct save_errand *s = errand_new(a, sizeof *s, save_work, save_done);
	story_out(&text, a, story_format_of(name));
	s->path = arena_cstr(s->e.arena, name);
	s->text = arena_str(s->e.arena, buf_str(&text));
	s->overwrite = a->save_asked && !strcmp(a->save_asked, s->path);
	s->e.must_run = true;
	errand_program(&s->e);
	return true;
}

COMMAND(save)
{
	IGNORE(err);
	const struct view *v = &a->view;
	if (!v->id.v)
		return none_shown(err);
	if (args->rest.len)
		return out_save(a, args->rest, err);
	SCOPED_STR name = file_safe_name(v->story.row.title, ".md");
	prompt_open(a, PROMPT_SAVE, str_c(name));
	return true;
}

/* ---- Piping ---- */

struct pipe_errand {
	struct errand e;
	const char *const *argv;
	struct str text;
	struct buf out;
	int status;
};

static void pipe_work(struct errand *e, struct db *db)
{
	struct pipe_errand *p = (struct pipe_errand *)e;
	struct proc_limits limits = {
	    .timeout_ms = PIPE_TIMEOUT_MS, .stop_fd = runner_stop_fd(e->app->engine->runner)};
	(void)db;
	proc_run(p->argv, p->text, &limits, &p->out, NULL, &p->status, &e->task.err);
}

static void pipe_cleanup(struct errand *e)
{
	buf_release(&((struct pipe_errand *)e)->out);
}

static void pipe_done(struct app *a, struct errand *e)
{
	struct pipe_errand *p = (struct pipe_errand *)e;
	struct str rest = str_trim(buf_str(&p->out)), line = STR("");
	if (e->task.err.code) {
		say_err(a, &e->task.err);
		return;
	}
	str_split(&rest, '\n', &line);
	if (p->status)
		say_error(a, _("%s ended with status %d. %.*s"), p->argv[0], p->status, STR_ARG(line));
	else if (line.len)
		say(a, "%s: %.*s", p->argv[0], STR_ARG(line));
	else
		say(a, _("%s is done"), p->argv[0]);
}

COMMAND(pipe)
{
	if (!a->view.id.v)
		return none_shown(err);
	if (args->rest.len)
		return out_pipe(a, args->rest, err);
	prompt_open(a, PROMPT_PIPE, STR(""));
	return true;
}

/* The story shown is the program's input. */
static void run_on_story(struct app *a, struct pipe_errand *p, const char *const *argv)
{
	SCOPED(buf) struct buf text = BUF_INIT;
	story_out(&text, a, STORY_TEXT);
	p->argv = argv;
	p->text = arena_str(p->e.arena, buf_str(&text));
	p->out = BUF_MAX(PIPE_MAX);
	p->e.cleanup = pipe_cleanup;
	errand_program(&p->e);
}

bool out_pipe(struct app *a, struct str words, struct err *err)
{
	struct pipe_errand *p = errand_new(a, sizeof *p, pipe_work, pipe_done);
	const char **argv = arena_array(p->e.arena, PIPE_WORDS + 1, sizeof *argv);
	size_t n = 0;
	struct str word;
	while (n < PIPE_WORDS && str_split(&words, ' ', &word))
		if (word.len)
			argv[n++] = arena_cstr(p->e.arena, word);
	if (!n) {
		p->e.task.drop(&p->e.task);
		return err_set(err, ERR_USAGE, _("a command and its words are needed; no shell takes part"));
	}
	run_on_story(a, p, argv);
	return true;
}

/* ---- Programs of the reader's own ---- */

static const struct command_conf *own_command(const struct app *a, struct str name)
{
	size_t n = 0;
	const struct command_conf *all = conf_commands(a->conf, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].name, name))
			return &all[i];
	return NULL;
}

COMMAND(run)
{
	const struct command_conf *own = own_command(a, args->rest);
	if (!args->rest.len)
		return err_set(err, ERR_USAGE, _("run takes a name from `commands` in the configuration"));
	if (!own)
		return err_set(err, ERR_NOT_FOUND, _("there is no '%.*s' under `commands` in %s"),
		    STR_ARG(args->rest), a->config_path);
	if (!a->view.id.v)
		return none_shown(err);
	struct pipe_errand *p = errand_new(a, sizeof *p, pipe_work, pipe_done);
	run_on_story(a, p, story_argv(p->e.arena, own->argv, &a->view, a->view.story.url));
	return true;
}
