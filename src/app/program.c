/* SPDX-License-Identifier: MIT */
/* Wiring: from options to a running app. */
#include "app/program.h"

#include "app/add.h"
#include "app/edition.h"
#include "app/engine.h"
#include "app/errand.h"
#include "app/headlines.h"
#include "app/keys_conf.h"
#include "app/overlay.h"
#include "app/page_job.h"
#include "app/preview.h"
#include "app/recall.h"
#include "app/refresh.h"
#include "app/reading.h"
#include "app/related_pane.h"
#include "app/rules.h"
#include "app/say.h"
#include "app/session.h"
#include "app/show.h"
#include "app/source_request.h"
#include "app/tabs.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "conf/conf_write.h"
#include "store/rescue.h"

bool program_paths(struct program_paths *p, const struct program_options *o, struct err *err)
{
	*p = (struct program_paths){0};
	if (o->demo && !(p->edition_dir = edition_dir(err)))
		return false;
	if (o->config)
		p->config = mem_strdup(o->config);
	else if (o->demo)
		p->config = path_join(p->edition_dir, "config.yaml");
	else {
		SCOPED_STR dir = file_xdg(XDG_CONFIG, err);
		if (!dir)
			return false;
		p->config = path_join(dir, "config.yaml");
	}
	if (o->data_dir) {
		p->data_dir = mem_strdup(o->data_dir);
		return true;
	}
	SCOPED_STR dir = file_xdg(o->demo ? XDG_CACHE : XDG_DATA, err);
	if (!dir)
		return false;
	p->data_dir = o->demo ? path_join(dir, "edition") : mem_strdup(dir);
	return true;
}

void program_paths_release(struct program_paths *p)
{
	mem_free(p->config);
	mem_free(p->data_dir);
	mem_free(p->edition_dir);
	*p = (struct program_paths){0};
}

struct conf *program_conf(
    const struct program_paths *p, bool create, bool *created, struct problems *problems, struct err *err)
{
	*created = false;
	if (create && !p->edition_dir && !file_exists(p->config)) {
		if (!conf_create(p->config, err))
			return NULL;
		*created = true;
	}
	struct conf *c = conf_read(p->config, problems, err);
	if (!c && err && err->code == ERR_NOT_FOUND)
		err_set(err, ERR_CONFIG,
		    _("%s is not there; start courant without a command to have one written"), p->config);
	return c;
}

/* ---- Start ---- */

static void nothing(struct errand *e, struct db *db)
{
	(void)e, (void)db;
}

/* The first page is there. */
static void shown(struct app *a, struct errand *e)
{
	(void)e;
	if (conf_bool(a->conf, SET_FETCH_ON_START))
		refresh_start(a, NULL, 0, false);
	else
		refresh_schedule(a);
	engine_look_over(a);
	engine_index(a);
}

/* What nobody looks at waits for the first page. A command refreshes when it wants to, and indexes then. */
static void restored(struct app *a)
{
	if (a->with_screen)
		errand_read(errand_new(a, sizeof(struct errand), nothing, shown), SLOT_NONE);
}

static void started(struct app *a)
{
	tabs_build(a);
	session_restore(a, restored);
	a->ready = true;
	a->dirty |= DIRTY_SCREEN;
}

/* A damaged database is set aside and read row by row into a new one; the reader is told. */
static bool rescue(struct app *a, const char *data_dir, struct err *err)
{
	struct rescue_report report;
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	SCOPED_STR path = path_join(data_dir, DB_FILE_NAME);
	engine_close(a);
	err_clear(err);
	if (!rescue_run(path, clock_now(), arena, &report, err))
		return false;
	say_error(a,
	    _("The database was damaged: %zu stories and %zu marks were saved, %zu lost. The old file is "
	      "%.*s"),
	    report.stories, report.marks, report.lost, STR_ARG(report.set_aside));
	return true;
}

static bool open_engine(struct app *a, const struct program_paths *p, struct err *err)
{
	struct fetch_settings settings;
	fetch_settings_of(a->conf, &settings);
	if (p->edition_dir) {
		int64_t now = edition_now(p->edition_dir, err);
		if (now == TIME_NONE)
			return false;
		a->edition = true;
		a->edition_now = now;
		settings.edition_dir = str_c(p->edition_dir);
		settings.fixed_now = now;
	}
	a->now = app_clock(a);
	struct engine_spec spec = {.data_dir = p->data_dir, .settings = &settings};
	if (engine_open(a, &spec, err))
		return true;
	if (!db_err_is_damage(err) || !rescue(a, p->data_dir, err))
		return false;
	return engine_open(a, &spec, err);
}

static bool start(struct app *a, const struct program_options *o, bool screen, struct err *err)
{
	struct program_paths paths;
	struct problems problems = {0};
	bool created = false, ok = false;
	if (!program_paths(&paths, o, err))
		goto out;
	a->conf = program_conf(&paths, screen, &created, NULL, err);
	if (!a->conf || !(a->loop = loop_new(err)) || !open_engine(a, &paths, err))
		goto out;
	a->config_path = mem_strdup(paths.config);
	a->session_key = session_key(o->session);
	a->keymap = keymap_new();
	keys_from_conf(a->keymap, a->conf, &problems);
	a->rules = rules_new(a->conf, a->now);
	if (problems.n)
		say_error(a, "%s:%d:%d: %s", a->config_path, problems.v[0].line, problems.v[0].column,
		    problems.v[0].message);
	else if (created)
		say(a, _("Wrote %s with the first sources; edit it at will"), a->config_path);
	a->first_card = screen && (created || paths.edition_dir);
	if (!preview_init(a) || !related_pane_init(a) || !reading_init(a) || !refresh_init(a))
		goto out;
	tabs_build(a);
	refresh_sync_sources(a, started);
	ok = true;
out:
	problems_release(&problems);
	program_paths_release(&paths);
	return ok;
}

struct app *app_new(const struct program_options *o, bool screen, struct err *err)
{
	struct app *a = mem_new(struct app);
	a->with_screen = screen;
	a->last_key_ms = clock_mono_ms(); /* whoever starts it looks */
	a->focus = a->want.focus = PLACE_HEADLINES;
	a->view.last_seen = SIZE_MAX;
	a->clipboard.max = (size_t)1 << 20;
	a->want.width = 80;
	a->want.height = 24;
	a->dirty = DIRTY_SCREEN | DIRTY_ALL;
	if (o->log && !log_open(o->log, o->verbose ? LOG_DEBUG : LOG_INFO, err)) {
		mem_free(a);
		return NULL;
	}
	if (start(a, o, screen, err)) {
		app_resize(a, 80, 24);
		return a;
	}
	app_free(a);
	return NULL;
}

/* ---- Reload ---- */

static void reloaded(struct app *a)
{
	tabs_build(a);
	tabs_count(a);
	headlines_refresh(a);
	refresh_schedule(a);
	if (!add_reloaded(a))
		say(a, _("Configuration read"));
}

bool app_reload(struct app *a, struct err *err)
{
	struct problems problems = {0};
	if (refresh_syncs(a))
		return err_set(err, ERR_BUSY, _("the configuration is being read; again in a moment"));
	struct conf *fresh = conf_read(a->config_path, NULL, err);
	if (!fresh)
		return false;
	struct keymap *keymap = keymap_new();
	keys_from_conf(keymap, fresh, &problems);
	struct rules *rules = rules_new(fresh, a->now);
	if (problems.failed) {
		err_set(err, ERR_CONFIG, "%s", problems.v[0].message);
		err_place(err, a->config_path, problems.v[0].line, problems.v[0].column);
		problems_release(&problems);
		keymap_free(keymap);
		rules_free(rules);
		conf_free(fresh);
		return false;
	}
	problems_release(&problems);
	keymap_free(a->keymap);
	refresh_retire(a, a->conf, a->rules);
	a->conf = fresh;
	a->keymap = keymap;
	a->rules = rules;
	struct fetch_settings settings;
	fetch_settings_of(fresh, &settings);
	if (!a->edition)
		hands_settings(a->engine->hands, &settings);
	refresh_sync_sources(a, reloaded);
	return true;
}

/* ---- End ---- */

void app_free(struct app *a)
{
	if (!a)
		return;
	if (a->engine && a->ready && a->with_screen) {
		show_save_place(a);
		session_save(a);
	}
	refresh_stop(a);
	engine_close(a);
	page_jobs_free(a);
	add_release(a);
	refresh_release(a);
	preview_release(a);
	related_pane_release(a);
	reading_release(a);
	view_clear(&a->view);
	overlay_close(a);
	tabs_free(a);
	app_free_sources(a);
	rules_free(a->rules);
	keymap_free(a->keymap);
	conf_free(a->conf);
	loop_free(a->loop);
	vec_free(&a->trail);
	arena_free(a->trail_arena);
	buf_release(&a->prompt.text);
	recall_release(a);
	buf_release(&a->clipboard);
	mem_free(a->prompt.note);
	mem_free(a->message);
	mem_free(a->run_browser);
	mem_free(a->notice);
	mem_free(a->save_asked);
	mem_free(a->config_path);
	mem_free(a->session_key);
	mem_free(a);
	log_close();
}

bool app_settle(struct app *a, int max_ms, struct err *err)
{
	int64_t end = max_ms < 0 ? INT64_MAX : clock_mono_ms() + max_ms;
	while (clock_mono_ms() < end) {
		if (!loop_turn(a->loop, 10, err))
			return false;
		if (a->ready && engine_idle(a) && !refresh_runs(a) && loop_timer_at(a->preview_timer) < 0 &&
		    loop_timer_at(a->related_timer) < 0)
			return true;
	}
	return err_set(err, ERR_BUSY, _("not done after %d ms"), max_ms);
}
