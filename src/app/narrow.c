/* SPDX-License-Identifier: MIT */
/* Searching from the headlines, live while typing. */
#include "app/narrow.h"

#include "app/headlines.h"
#include "app/prompt.h"
#include "app/show.h"
#include "app/tabs.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/query.h"

static struct tab *search_tab(struct app *a)
{
	return &a->tabs.v[a->tabs.n - 1];
}

static void note(struct app *a, const char *words)
{
	mem_free(a->prompt.note);
	a->prompt.note = mem_strdup(words);
}

/* Nothing is typed: the list stands where it stood. */
static void stand_as(struct headlines *l, const struct headlines *from)
{
	snapshot_unref(l->snap);
	l->snap = from->snap ? snapshot_ref(from->snap) : NULL;
	l->order = from->order;
	l->cursor = from->cursor;
	l->cursor_event = from->cursor_event;
	l->index = from->index;
	l->top = from->top;
}

void narrow_open(struct app *a)
{
	a->narrow_from = a->tab;
	a->narrow_all = false;
	a->narrow_back = (struct trail_step){.id = a->view.id, .at = a->view.anchor};
	a->tab = tabs_add_search(a, STR("/"), STR(""));
	const struct tab *from = &a->tabs.v[a->narrow_from];
	struct tab *t = search_tab(a);
	t->section = mem_strdup(from->section);
	stand_as(&t->list, &from->list);
	a->focus = PLACE_HEADLINES;
	prompt_open(a, PROMPT_NARROW, STR(""));
	narrow_changed(a, STR(""));
}

/* What is typed last is a word of the text, or of title:. The other fields hold what contains it anyway. */
static bool ends_in_word(struct str text)
{
	size_t from = text.len;
	if (!text.len || !(ch_alnum(text.p[text.len - 1]) || (unsigned char)text.p[text.len - 1] >= 0x80))
		return false;
	while (from && !ch_space(text.p[from - 1]) && text.p[from - 1] != '(')
		from--;
	struct str last = str_skip(text, from);
	return str_chr(last, ':') < 0 || str_starts_nocase(last, "title:") ||
	       str_starts_nocase(last, "-title:");
}

/* The query of the tab it was opened from, and what is typed; the last word counts from its beginning. */
static char *whole_query(const struct app *a, struct str text)
{
	const struct tab *from = &a->tabs.v[a->narrow_from];
	SCOPED(buf) struct buf b = BUF_MAX(8192);
	if (!a->narrow_all && from->query)
		buf_printf(&b, "(%s) ", from->query);
	if (!a->narrow_all && from->kind == TAB_STARRED)
		buf_adds(&b, "is:starred ");
	buf_addstr(&b, text);
	if (ends_in_word(text))
		buf_addc(&b, '*');
	return buf_take(&b);
}

void narrow_changed(struct app *a, struct str text)
{
	struct tab *t = search_tab(a);
	SCOPED_STR query = whole_query(a, text);
	SCOPED_PTR(arena) struct arena *arena = arena_new();
	struct err err = {0};
	struct query *q = query_parse(arena, str_c(query), a->now, &err);
	if (!q) {
		SCOPED_STR mistake = mem_printf(_("column %d: %s"), err.column, err.message);
		note(a, mistake);
		a->dirty |= DIRTY_SCREEN;
		return;
	}
	query_release(q);
	/* TRANSLATORS: where is searched; Tab switches between the two */
	note(a, a->narrow_all ? _("everything stored · Tab: this list")
	                      : _("this list · Tab: everything stored"));
	mem_free(t->query);
	t->query = mem_strdup(query);
	const struct tab *from = &a->tabs.v[a->narrow_from];
	mem_free(t->section);
	t->section = a->narrow_all ? NULL : mem_strdup(from->section);
	t->list.unread_only = !a->narrow_all && from->list.unread_only;
	if (text.len)
		t->list.cursor = STORY_NONE;
	else
		stand_as(&t->list, &from->list);
	a->dirty |= DIRTY_SCREEN;
	headlines_refresh(a);
}

void narrow_keep(struct app *a, struct str text)
{
	struct tab *t = search_tab(a);
	if (!text.len) {
		narrow_cancel(a);
		return;
	}
	mem_free(t->name);
	t->name = mem_printf("/%.*s", STR_ARG(text));
	prompt_close(a);
	/* Live it was newest first, as one looks for what one has just seen; now the best stand above. */
	t->list.order = ORDER_BEST;
	if (!t->list.index)
		t->list.cursor = STORY_NONE;
	headlines_refresh(a);
	tabs_count(a);
}

void narrow_cancel(struct app *a)
{
	size_t from = a->narrow_from;
	prompt_close(a);
	tabs_remove(a, a->tabs.n - 1);
	a->tab = from;
	a->dirty |= DIRTY_SCREEN;
	struct trail_step back = a->narrow_back;
	if (back.id.v > 0 && (a->view.id.v != back.id.v || a->wanted.v))
		show_story_at(a, back.id, SHOW_PREVIEW, back.at);
}

void narrow_scope(struct app *a)
{
	a->narrow_all = !a->narrow_all;
	narrow_changed(a, buf_str(&a->prompt.text));
}
