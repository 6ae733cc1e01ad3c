/* SPDX-License-Identifier: MIT */
/* From an address to a source of the configuration. */
#include "app/add.h"

#include "app/add_find.h"
#include "app/engine.h"
#include "app/errand.h"
#include "app/overlay.h"
#include "app/program.h"
#include "app/refresh.h"
#include "app/say.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "conf/conf_write.h"

struct adding {
	struct finding *finding;
	char *url; /* of what was written into the configuration, until it has been read again */
	char *name;
};

static struct adding *adding_of(struct app *a)
{
	if (!a->adding)
		a->adding = mem_new(struct adding);
	return a->adding;
}

void add_release(struct app *a)
{
	if (!a->adding)
		return;
	finding_free(a->adding->finding);
	mem_free(a->adding->url);
	mem_free(a->adding->name);
	mem_free(a->adding);
	a->adding = NULL;
}

/* ---- What was found ---- */

void add_describe(struct buf *out, const struct found_feed *f)
{
	buf_printf(out, "%.*s  %.*s  %s, ", STR_ARG(f->name), STR_ARG(f->url), feed_format_name(f->format));
	buf_printf(out, P_("%zu story", "%zu stories", f->n_items), f->n_items);
}

static void list(struct app *a, const struct finding *f)
{
	size_t n;
	const struct found_feed *feeds = finding_feeds(f, &n);
	say_nothing(a);
	overlay_begin(a, OVERLAY_ADD, _("Feeds found · Enter adds · q back"));
	for (size_t i = 0; i < n; i++) {
		struct buf line = BUF_MAX(16384);
		add_describe(&line, &feeds[i]);
		struct overlay_line *head = overlay_add(a, buf_take(&line));
		head->heading = true;
		head->target = (uint32_t)i + 1;
		for (size_t k = 0; k < feeds[i].n_titles; k++)
			overlay_add(a, mem_printf("  %.*s", STR_ARG(feeds[i].titles[k])))->target =
			    (uint32_t)i + 1;
	}
}

static void on_found(void *arg, struct finding *f)
{
	struct app *a = arg;
	size_t n;
	finding_feeds(f, &n);
	if (n)
		list(a, f);
	else
		say_error(a, "%.*s", STR_ARG(finding_problem(f)));
	a->dirty |= DIRTY_SCREEN;
}

void add_look(struct app *a, struct str word)
{
	struct adding *ad = adding_of(a);
	struct err err = {0};
	finding_free(ad->finding);
	ad->finding = finding_new(a->engine->hands, a->conf, word, on_found, a, &err);
	if (!ad->finding)
		say_err(a, &err);
	else
		say(a, _("Looking for feeds at %.*s…"), STR_ARG(word));
}

/* ---- Writing it down ---- */

struct add_errand {
	struct errand e;
	char *path;
	struct new_source source;
	size_t added;
};

static void write_work(struct errand *e, struct db *db)
{
	struct add_errand *x = (struct add_errand *)e;
	(void)db;
	conf_add_sources(x->path, &x->source, 1, &x->added, &e->task.err);
}

static void write_done(struct app *a, struct errand *e)
{
	struct add_errand *x = (struct add_errand *)e;
	struct adding *ad = adding_of(a);
	struct err err = {0};
	if (e->task.err.code) {
		say_err(a, &e->task.err);
		return;
	}
	if (!x->added) {
		say(a, _("%.*s is a source already"), STR_ARG(x->source.url));
		return;
	}
	mem_free(ad->url);
	mem_free(ad->name);
	ad->url = mem_strndup(x->source.url.p, x->source.url.len);
	ad->name = mem_strndup(x->source.name.p, x->source.name.len);
	if (!app_reload(a, &err))
		say_err(a, &err);
}

void add_take(struct app *a, size_t number)
{
	struct adding *ad = adding_of(a);
	size_t n = 0;
	const struct found_feed *feeds = ad->finding ? finding_feeds(ad->finding, &n) : NULL;
	if (!number || number > n)
		return;
	struct add_errand *x = errand_new(a, sizeof *x, write_work, write_done);
	x->path = arena_strdup(x->e.arena, a->config_path);
	x->source = (struct new_source){.name = arena_str(x->e.arena, feeds[number - 1].name),
	    .url = arena_str(x->e.arena, feeds[number - 1].url)};
	finding_free(ad->finding);
	ad->finding = NULL;
	errand_index(&x->e);
}

bool add_reloaded(struct app *a)
{
	struct adding *ad = a->adding;
	if (!ad || !ad->url)
		return false;
	VEC_EACH (struct source_ref, s, &a->sources)
		if (s->conf && str_eqc(s->conf->url, ad->url))
			refresh_start(a, &s->id, 1, true);
	say(a, _("Added %s to %s"), ad->name, a->config_path);
	mem_free(ad->url);
	ad->url = NULL;
	return true;
}
