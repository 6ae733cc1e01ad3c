/* SPDX-License-Identifier: MIT */
/* Overlays: filled from the tables, the document or the database; painted by ui. */
#include "app/overlay.h"

#include "app/add.h"
#include "app/errand.h"
#include "app/say.h"
#include "app/source_words.h"
#include "app/walk.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/source_db.h"
#include "text/fold.h"
#include "text/width.h"

#define KEYS_COLUMNS   22
#define KEYS_BRIEF     11 /* the same in a narrow pane */
#define SOURCE_COLUMNS 18
#define SOURCE_HANG    4

static void clear(struct app *a)
{
	VEC_EACH (struct overlay_line, l, &a->overlay.lines)
		mem_free(l->text);
	vec_free(&a->overlay.lines);
	mem_free(a->overlay.title);
	a->overlay = (struct overlay){0};
}

void overlay_begin(struct app *a, enum overlay_kind kind, const char *title)
{
	clear(a);
	a->overlay.kind = kind;
	a->overlay.title = mem_strdup(title);
	a->dirty |= DIRTY_SCREEN;
}

struct overlay_line *overlay_add(struct app *a, char *text)
{
	struct overlay_line line = {.text = text};
	vec_push(&a->overlay.lines, line);
	return &vec_last(&a->overlay.lines);
}

void overlay_close(struct app *a)
{
	clear(a);
	a->dirty |= DIRTY_SCREEN;
}

void overlay_move(struct app *a, ptrdiff_t rows)
{
	struct overlay *o = &a->overlay;
	if (!o->lines.n)
		return;
	ptrdiff_t to = (ptrdiff_t)o->index + rows, last = (ptrdiff_t)o->lines.n - 1;
	o->index = (size_t)(to < 0 ? 0 : to > last ? last : to);
	size_t height = a->geo.height > 3 ? (size_t)a->geo.height - 3 : 1;
	if (o->index < o->top)
		o->top = o->index;
	else if (o->index >= o->top + height)
		o->top = o->index + 1 - height;
	a->dirty |= DIRTY_SCREEN;
}

/* ---- Help ---- */

static size_t keys_columns(const struct app *a)
{
	return a->geo.class == WIDTH_NARROW ? KEYS_BRIEF : KEYS_COLUMNS;
}

static char *help_line(const struct app *a, const struct command *c, unsigned places)
{
	struct buf b = BUF_MAX(4096);
	SCOPED(buf) struct buf keys = BUF_MAX(512);
	if (!keymap_keys_of(a->keymap, c, places, " ", 0, &keys))
		buf_printf(&keys, ":%s", c->name);
	buf_adds(&b, "  ");
	size_t columns = keys_columns(a), wide = width_of(buf_str(&keys));
	buf_addstr(&b, buf_str(&keys));
	for (; wide < columns; wide++)
		buf_addc(&b, ' ');
	buf_adds(&b, " ");
	buf_adds(&b, _(c->text));
	return buf_take(&b);
}

void overlay_help(struct app *a, struct str words)
{
	unsigned place = a->focus;
	overlay_begin(a, OVERLAY_HELP, _("Keys · / searches · q back"));
	for (unsigned g = 0; g < GROUP_COUNT; g++) {
		bool told = false;
		for (size_t i = 0; i < COMMAND_COUNT; i++) {
			const struct command *c = &commands[i];
			if (c->group != g || !(c->places & place))
				continue;
			char *line = help_line(a, c, place);
			if (words.len && !fold_find(str_c(line), words)) {
				mem_free(line);
				continue;
			}
			if (!told)
				overlay_add(a, mem_strdup(command_group_title((enum command_group)g)))
				    ->heading = true;
			told = true;
			overlay_add(a, line)->hang = (uint8_t)(keys_columns(a) + 3);
		}
	}
	if (!a->overlay.lines.n)
		overlay_add(a, mem_strdup(_("Nothing matches. Esc back")));
}

/* ---- Links ---- */

static void add_link(struct app *a, size_t number, struct str words, struct str url)
{
	SCOPED(buf) struct buf line = BUF_MAX(DOC_MAX_URL + 4096);
	buf_printf(&line, " [%zu] ", number);
	if (words.len && words.len <= 1000 && str_chr(words, '\n') < 0)
		buf_printf(&line, "%.*s  ", STR_ARG(words));
	buf_addstr(&line, url);
	overlay_add(a, buf_take(&line))->target = (uint32_t)number;
}

void overlay_links(struct app *a)
{
	const struct doc *d = view_doc(&a->view);
	if (!d || !d->n_links) {
		say(a, _("This text has no links"));
		return;
	}
	overlay_begin(a, OVERLAY_LINKS, _("Links · Enter follows · q back"));
	struct str *words = mem_array(d->n_links, sizeof *words);
	doc_link_words(d, words);
	for (size_t i = 0; i < d->n_links; i++)
		add_link(a, i + 1, words[i], d->links[i].url);
	mem_free(words);
}

void overlay_enter(struct app *a)
{
	struct overlay *o = &a->overlay;
	if (o->kind == OVERLAY_LINKS && o->index < o->lines.n) {
		size_t link = o->lines.v[o->index].target;
		overlay_close(a);
		if (link)
			walk_follow_link(a, link - 1);
		return;
	}
	if (o->kind == OVERLAY_ADD && o->index < o->lines.n) {
		size_t number = o->lines.v[o->index].target;
		overlay_close(a);
		add_take(a, number);
		return;
	}
	overlay_close(a);
}

/* ---- Sources ---- */

struct sources_errand {
	struct errand e;
	struct source_state *states;
	size_t n;
};

static void sources_work(struct errand *e, struct db *db)
{
	struct sources_errand *s = (struct sources_errand *)e;
	source_states(db, false, e->arena, &s->states, &s->n, &e->task.err);
}

static char *source_line(const struct app *a, const struct source_state *s)
{
	struct buf b = BUF_MAX(16384);
	buf_adds(&b, s->error.len ? (a->ascii ? "! " : "✗ ") : "  ");
	source_words(&b, s, SOURCE_COLUMNS, clock_now(), a->ascii);
	return buf_take(&b);
}

static void add_source(struct app *a, const struct source_state *s)
{
	struct overlay_line *line = overlay_add(a, source_line(a, s));
	line->bad = s->error.len > 0;
	line->hang = SOURCE_HANG;
}

/* Those that failed stand first: for their sake one comes here. */
static void sources_done(struct app *a, struct errand *e)
{
	struct sources_errand *s = (struct sources_errand *)e;
	if (e->task.err.code) {
		app_tell(a, &e->task.err);
		return;
	}
	overlay_begin(a, OVERLAY_SOURCES, _("Sources · R refreshes all · q back"));
	for (int failed = 1; failed >= 0; failed--)
		for (size_t i = 0; i < s->n; i++)
			if ((s->states[i].error.len > 0) == (failed == 1))
				add_source(a, &s->states[i]);
	if (!s->n)
		overlay_add(a, mem_strdup(_("No sources yet; :add ADDRESS adds one")));
}

void overlay_sources(struct app *a)
{
	struct sources_errand *s = errand_new(a, sizeof *s, sources_work, sources_done);
	errand_read(&s->e, SLOT_SOURCES);
}
