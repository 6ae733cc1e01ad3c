/* SPDX-License-Identifier: MIT */
/* The sources of the configuration: the store follows them, and the app knows them by their numbers. */
#include "app/refresh.h"

#include "app/engine.h"
#include "app/errand.h"
#include "app/refresh_priv.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"
#include "text/fuzzy.h"

struct sync_errand {
	struct errand e;
	struct source_decl *decls;
	struct source_id *ids;
	size_t n;
	struct source_state *states;
	size_t n_states;
	bool differs;
	void (*then)(struct app *a);
};

static struct sync_errand *sync_new(
    struct app *a, void (*then)(struct app *a), errand_work_fn *work, errand_done_fn *done);

static void sync_work(struct errand *e, struct db *db)
{
	struct sync_errand *s = (struct sync_errand *)e;
	if (source_sync(db, s->decls, s->n, s->ids, &e->task.err))
		source_states(db, true, e->arena, &s->states, &s->n_states, &e->task.err);
}

void app_free_sources(struct app *a)
{
	VEC_EACH (struct source_ref, s, &a->sources)
		mem_free(s->name);
	vec_free(&a->sources);
	imap_release(&a->source_index);
	a->source_index = (struct imap){0};
}

static void sync_done(struct app *a, struct errand *e)
{
	struct sync_errand *s = (struct sync_errand *)e;
	size_t n_conf = 0;
	const struct source_conf *conf = conf_sources(a->conf, &n_conf);
	a->refreshing->syncing = false;
	if (e->task.err.code) {
		app_tell(a, &e->task.err);
		return;
	}
	app_free_sources(a);
	struct imap declared = {0};
	for (size_t i = 0; i < s->n && i < n_conf; i++)
		imap_put(&declared, (uint64_t)s->ids[i].v, i);
	for (size_t i = 0; i < s->n_states; i++) {
		const struct source_state *st = &s->states[i];
		struct source_ref ref = {
		    .id = st->id, .name = mem_strndup(st->name.p, st->name.len), .failed = st->error.len > 0};
		uint64_t k;
		if (imap_get(&declared, (uint64_t)st->id.v, &k))
			ref.conf = &conf[k];
		imap_put(&a->source_index, (uint64_t)st->id.v, a->sources.n);
		vec_push(&a->sources, ref);
	}
	imap_release(&declared);
	if (!refresh_runs(a))
		refresh_free_retired(a->refreshing);
	s->then(a);
}

/* The usual start changes nothing: then nothing is written, and no other instance is told. */
static void look_work(struct errand *e, struct db *db)
{
	struct sync_errand *s = (struct sync_errand *)e;
	if (source_sync_look(db, s->decls, s->n, s->ids, &s->differs, &e->task.err) && !s->differs)
		source_states(db, true, e->arena, &s->states, &s->n_states, &e->task.err);
}

static void look_done(struct app *a, struct errand *e)
{
	struct sync_errand *s = (struct sync_errand *)e;
	if (s->differs)
		errand_write(&sync_new(a, s->then, sync_work, sync_done)->e, TASK_PUT);
	else
		sync_done(a, e);
}

static struct sync_errand *sync_new(
    struct app *a, void (*then)(struct app *a), errand_work_fn *work, errand_done_fn *done)
{
	size_t n = 0;
	const struct source_conf *conf = conf_sources(a->conf, &n);
	struct sync_errand *s = errand_new(a, sizeof *s, work, done);
	s->n = n;
	s->then = then;
	s->decls = arena_array(s->e.arena, n, sizeof *s->decls);
	s->ids = arena_array(s->e.arena, n, sizeof *s->ids);
	for (size_t i = 0; i < n; i++)
		s->decls[i] = (struct source_decl){.key = arena_str(s->e.arena, conf[i].key),
		    .name = arena_str(s->e.arena, conf[i].name),
		    .url = arena_str(s->e.arena, conf[i].url),
		    .section = arena_str(s->e.arena, conf[i].section)};
	return s;
}

void refresh_sync_sources(struct app *a, void (*then)(struct app *a))
{
	a->refreshing->syncing = true;
	errand_read(&sync_new(a, then, look_work, look_done)->e, SLOT_NONE);
}

const struct source_ref *app_source(const struct app *a, struct source_id id)
{
	uint64_t index;
	return imap_get(&a->source_index, (uint64_t)id.v, &index) ? &a->sources.v[index] : NULL;
}

const struct source_ref *app_source_named(const struct app *a, struct str name, struct err *err)
{
	const char *names[64];
	size_t n = 0;
	VEC_EACH (struct source_ref, s, &a->sources) {
		if (n < ARRAY_LEN(names))
			names[n++] = s->name;
		if (s->conf && str_eq_nocase(str_c(s->name), name))
			return s;
	}
	const char *near = fuzzy_nearest(name, names, n);
	if (near)
		err_set(err, ERR_USAGE, _("unknown source '%.*s' (did you mean '%s'?)"), STR_ARG(name), near);
	else
		err_set(
		    err, ERR_USAGE, _("unknown source '%.*s'; check --sources lists them"), STR_ARG(name));
	return NULL;
}

struct str app_source_name(const struct app *a, struct source_id id)
{
	const struct source_ref *s = app_source(a, id);
	return s ? str_c(s->name) : STR("");
}
