/* SPDX-License-Identifier: MIT */
/* update: a refresh, told source by source, until all is stored and indexed. */
#include "app/cli.h"

#include "app/engine.h"
#include "app/refresh.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/source_db.h"
#include "text/json_out.h"
#include "text/width.h"

#define NAME_COLUMNS 28
#define OTHERS_MS    200

/* A moment of the run, on two clocks. */
struct moment {
	int64_t wall_ms, cpu_ms;
};

struct update {
	struct cli *cli;
	struct app *app;
	struct buf out;
	struct json_out json;
	size_t n, failed, stories;
	struct moment started, stored;
};

static struct moment moment_now(const struct app *a)
{
	return (struct moment){clock_mono_ms(), engine_cpu_ms(a)};
}

static double seconds(int64_t from_ms, int64_t to_ms)
{
	return (double)(to_ms - from_ms) / 1000.0;
}

static void source_line(struct update *u, const struct refresh_result *r)
{
	width_fit(&u->out, r->name, NAME_COLUMNS, CUT_ELLIPSIS, true, false);
	if (r->code)
		buf_printf(&u->out, "  %3d", (int)r->code);
	else
		buf_adds(&u->out, "  ---");
	if (r->error.len)
		buf_printf(&u->out, "  %.*s", STR_ARG(r->error));
	else
		/* TRANSLATORS: stories that a source had that were not stored yet */
		buf_printf(&u->out, _("  %zu new"), r->n_new);
	if (r->note.len)
		buf_printf(&u->out, "  %.*s", STR_ARG(r->note));
	buf_printf(&u->out, "  %.1f s\n", (double)r->ms / 1000.0);
}

static void source_json(struct update *u, const struct refresh_result *r)
{
	json_object(&u->json, NULL);
	json_str(&u->json, "name", r->name);
	json_str(&u->json, "url", r->url);
	json_int(&u->json, "code", r->code);
	json_int(&u->json, "new", (int64_t)r->n_new);
	json_int(&u->json, "changed", (int64_t)r->n_changed);
	json_int(&u->json, "bytes", (int64_t)r->bytes);
	json_int(&u->json, "ms", r->ms);
	json_str(&u->json, "error", r->error.len ? r->error : STR_NONE);
	json_end_object(&u->json);
}

static void on_source(void *arg, const struct refresh_result *r)
{
	struct update *u = arg;
	u->n++;
	u->failed += r->error.len > 0;
	u->stories += r->n_new;
	if (u->cli->json) {
		source_json(u, r);
		return;
	}
	source_line(u, r);
	cli_print(&u->out);
	buf_reset(&u->out);
}

static void on_end(void *arg)
{
	struct update *u = arg;
	u->stored = moment_now(u->app);
}

/* Numbers of the sources that the words name; false with the nearest name when one is unknown. */
static bool name_sources(struct cli *c, struct app *a, struct source_id *ids, struct err *err)
{
	for (int i = 0; i < c->n_args; i++) {
		const struct source_ref *s = app_source_named(a, str_c(c->args[i]), err);
		if (!s)
			return false;
		ids[i] = s->id;
	}
	return true;
}

/* The source of that name stays where it was. */
static bool stay_one(
    struct db *db, const struct source_state *states, size_t n, struct str name, struct err *err)
{
	struct err why = {0};
	bool stays;
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(states[i].name, name))
			return source_stay(db, states[i].id, false, &stays, &why) ||
			       err_set(err, why.code, "%.*s: %s", STR_ARG(name), why.message);
	return err_set(err, ERR_USAGE, _("unknown source '%.*s'; check --sources lists them"), STR_ARG(name));
}

/* The named sources, which moved, are asked at their own addresses again. */
static bool stay(struct cli *c, struct err *err)
{
	if (!c->n_args)
		return err_set(err, ERR_USAGE, _("--stay needs the names of sources that moved"));
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct source_state *states;
	size_t n;
	struct db *db = cli_db(c, DB_WRITE, err);
	bool ok = db && source_states(db, false, arena, &states, &n, err);
	for (int i = 0; ok && i < c->n_args; i++)
		ok = stay_one(db, states, n, str_c(c->args[i]), err);
	db_close(db);
	return ok;
}

static void end_json(struct update *u, const struct moment *end)
{
	json_end_array(&u->json);
	json_num(&u->json, "stored_s", seconds(u->started.wall_ms, u->stored.wall_ms));
	json_num(&u->json, "stored_cpu_s", seconds(u->started.cpu_ms, u->stored.cpu_ms));
	json_num(&u->json, "indexed_s", seconds(u->stored.wall_ms, end->wall_ms));
	json_num(&u->json, "indexed_cpu_s", seconds(u->stored.cpu_ms, end->cpu_ms));
	json_end_object(&u->json);
}

static void end_line(struct update *u, const struct moment *end)
{
	/* TRANSLATORS: seconds that passed, and in brackets those that the processors worked */
	buf_printf(&u->out,
	    P_("%zu story stored in %.1f s (CPU %.1f s), indexed in %.1f s (CPU %.1f s)",
	        "%zu stories stored in %.1f s (CPU %.1f s), indexed in %.1f s (CPU %.1f s)", u->stories),
	    u->stories, seconds(u->started.wall_ms, u->stored.wall_ms),
	    seconds(u->started.cpu_ms, u->stored.cpu_ms), seconds(u->stored.wall_ms, end->wall_ms),
	    seconds(u->stored.cpu_ms, end->cpu_ms));
	if (u->failed)
		buf_printf(&u->out, P_("; %zu source failed", "; %zu sources failed", u->failed), u->failed);
}

static void end_report(struct update *u)
{
	struct moment end = moment_now(u->app);
	if (u->cli->json)
		end_json(u, &end);
	else
		end_line(u, &end);
	buf_addc(&u->out, '\n');
	cli_print(&u->out);
}

/* Refreshes these sources (none: what is due) and waits for the end. */
static bool refresh(struct app *a, struct update *u, const struct source_id *ids, size_t n, struct err *err)
{
	struct refresh_hooks hooks = {.source = on_source, .end = on_end, .arg = u};
	refresh_hook(a, &hooks);
	u->app = a;
	u->started = moment_now(a);
	refresh_start(a, ids, n, u->cli->all || n > 0);
	return app_settle(a, -1, err);
}

/* What another instance is fetching is waited for: until it is done, or its lease ends and it is due here. */
static bool wait_for_others(struct app *a, const struct source_id *ids, size_t n, struct err *err)
{
	while (a->refresh.busy) {
		int64_t again_ms = clock_mono_ms() + OTHERS_MS;
		while (clock_mono_ms() < again_ms)
			if (!loop_turn(a->loop, OTHERS_MS, err))
				return false;
		refresh_start(a, ids, n, false);
		if (!app_settle(a, -1, err))
			return false;
	}
	return true;
}

static bool run(struct cli *c, struct app *a, struct update *u, struct err *err)
{
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct source_id *ids = arena_array(arena, (size_t)c->n_args, sizeof *ids);
	return app_settle(a, -1, err) && name_sources(c, a, ids, err) &&
	       refresh(a, u, ids, (size_t)c->n_args, err) && wait_for_others(a, ids, (size_t)c->n_args, err);
}

int cli_update(struct cli *c)
{
	struct err err = {0};
	struct update u = {.cli = c, .out = BUF_INIT};
	struct app *a = c->stay && !stay(c, &err) ? NULL : app_new(&c->program, false, &err);
	if (!a)
		return cli_fail(&err);
	if (c->json) {
		json_begin(&u.json, &u.out, false);
		json_object(&u.json, NULL);
		json_array(&u.json, "sources");
	}
	bool ok = run(c, a, &u, &err);
	if (ok)
		end_report(&u);
	app_free(a);
	buf_release(&u.out);
	if (!ok)
		return cli_fail(&err);
	return u.failed ? err_exit_status(ERR_PARTIAL) : 0;
}

int cli_refresh(struct cli *c, struct str url)
{
	struct err err = {0};
	struct update u = {.cli = c, .out = BUF_INIT};
	struct source_id id = SOURCE_NONE;
	struct app *a = app_new(&c->program, false, &err);
	bool ok = a && app_settle(a, -1, &err);
	for (size_t i = 0; ok && i < a->sources.n; i++)
		if (a->sources.v[i].conf && str_eq(a->sources.v[i].conf->url, url))
			id = a->sources.v[i].id;
	ok = ok && (!id.v || refresh(a, &u, &id, 1, &err));
	app_free(a);
	buf_release(&u.out);
	if (!ok)
		return cli_fail(&err);
	return u.failed ? err_exit_status(ERR_PARTIAL) : 0;
}
