/* SPDX-License-Identifier: MIT */
/* Prompts: one editor, and a table of what each kind of prompt does. */
#include "app/prompt.h"

#include "app/add.h"
#include "app/complete.h"
#include "app/headlines.h"
#include "app/find.h"
#include "app/marked.h"
#include "app/narrow.h"
#include "app/overlay.h"
#include "app/picker.h"
#include "app/reading.h"
#include "app/recall.h"
#include "app/say.h"
#include "app/story_out.h"
#include "app/view.h"
#include "app/walk.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/safe.h"
#include "text/utf8.h"

#include <string.h>

#define PROMPT_MAX 1024

struct kind {
	const char *label;
	void (*changed)(struct app *a, struct str text); /* after each edit; NULL: nothing */
	void (*enter)(struct app *a, struct str text);
	void (*escape)(struct app *a);
	void (*tab)(struct app *a);
	bool recalled; /* what was typed comes back with Up */
};

static void note(struct app *a, char *words)
{
	mem_free(a->prompt.note);
	a->prompt.note = words;
}

/* ---- Find ---- */

static void find_changed(struct app *a, struct str text)
{
	find_words(a, text);
	const struct view *v = &a->view;
	if (!text.len)
		note(a, NULL);
	else if (!v->n_matches)
		note(a, mem_strdup(_("not found")));
	else
		/* TRANSLATORS: which of the places found is shown */
		note(a, mem_printf(_("%zu of %zu"), v->match + 1, v->n_matches));
}

static void find_enter(struct app *a, struct str text)
{
	(void)text;
	prompt_close(a);
}

static void find_escape(struct app *a)
{
	find_words(a, STR(""));
	prompt_close(a);
}

/* ---- Follow a link ---- */

static size_t link_count(const struct app *a)
{
	const struct doc *d = view_doc(&a->view);
	return d ? d->n_links : 0;
}

static void follow_enter(struct app *a, struct str text)
{
	uint64_t n = 0;
	bool good = str_u64(str_trim(text), &n) && n >= 1 && n <= link_count(a);
	prompt_close(a);
	if (good)
		walk_follow_link(a, (size_t)n - 1);
	else
		say_error(a, _("There is no link %.*s here; L lists them"), STR_ARG(text));
}

/* Follows as soon as no longer number can be meant. */
static void follow_changed(struct app *a, struct str text)
{
	uint64_t n = 0;
	if (str_u64(str_trim(text), &n) && n >= 1 && n * 10 > link_count(a)) {
		struct buf copy = BUF_MAX(64);
		buf_addstr(&copy, str_sub(text, 0, 32));
		follow_enter(a, buf_str(&copy));
		buf_release(&copy);
	}
}

/* ---- Command line ---- */

static void command_enter(struct app *a, struct str text)
{
	SCOPED_STR line = mem_strndup(text.p, text.len);
	prompt_close(a);
	app_run_line(a, str_trim(str_c(line)));
}

/* What stands there says what it does; other words nothing. */
static void command_changed(struct app *a, struct str text)
{
	const struct command *c = command_find(text, NULL);
	note(a, c ? mem_strdup(_(c->text)) : NULL);
}

static void complete_command(struct app *a)
{
	char *choices = NULL;
	bool any = complete_line(a, &a->prompt.text, &choices);
	a->prompt.at = a->prompt.text.len;
	command_changed(a, str_trim(buf_str(&a->prompt.text)));
	if (choices || !any)
		note(a, choices ? choices : mem_strdup(_("nothing begins so")));
	a->dirty |= DIRTY_SCREEN;
}

/* ---- Saving, piping, tags ---- */

static void with_text(struct app *a, struct str text, bool (*act)(struct app *, struct str, struct err *))
{
	struct err err = {0};
	SCOPED_STR words = mem_strndup(text.p, text.len);
	prompt_close(a);
	if (!act(a, str_trim(str_c(words)), &err))
		say_err(a, &err);
}

static void save_enter(struct app *a, struct str text)
{
	with_text(a, text, out_save);
}

static void pipe_enter(struct app *a, struct str text)
{
	with_text(a, text, out_pipe);
}

static void tags_enter(struct app *a, struct str text)
{
	with_text(a, text, reading_tags);
}

static void add_enter(struct app *a, struct str text)
{
	SCOPED_STR word = mem_strndup(text.p, text.len);
	prompt_close(a);
	if (*word)
		add_look(a, str_c(word));
}

static void mark_enter(struct app *a, struct str text)
{
	with_text(a, text, marked_by_query);
}

/* ---- The table ---- */

static void help_changed(struct app *a, struct str text)
{
	overlay_help(a, text);
}

static void plain_enter(struct app *a, struct str text)
{
	(void)text;
	prompt_close(a);
}

static void help_escape(struct app *a)
{
	prompt_close(a);
	overlay_help(a, STR(""));
}

static const struct kind kinds[] = {
    [PROMPT_NONE] = {"", NULL, plain_enter, prompt_close, NULL, false},
    [PROMPT_FIND] = {"/", find_changed, find_enter, find_escape, NULL, true},
    [PROMPT_NARROW] = {"/", narrow_changed, narrow_keep, narrow_cancel, narrow_scope, true},
    /* TRANSLATORS: before the number of a link that is typed */
    [PROMPT_FOLLOW] = {N_("link "), follow_changed, follow_enter, prompt_close, NULL, false},
    [PROMPT_COMMAND] = {":", command_changed, command_enter, prompt_close, complete_command, true},
    /* TRANSLATORS: before the name of a file that is typed */
    [PROMPT_SAVE] = {N_("save as "), NULL, save_enter, prompt_close, NULL, true},
    [PROMPT_PIPE] = {"| ", NULL, pipe_enter, prompt_close, NULL, true},
    /* TRANSLATORS: before the name of a source that is typed */
    [PROMPT_SOURCE] = {N_("source "), picker_changed, picker_enter, picker_escape, NULL, false},
    /* TRANSLATORS: before a query whose stories are marked */
    [PROMPT_MARK] = {N_("mark "), NULL, mark_enter, prompt_close, NULL, true},
    /* TRANSLATORS: before tags that are typed */
    [PROMPT_TAGS] = {N_("tags "), NULL, tags_enter, prompt_close, NULL, true},
    /* TRANSLATORS: before an address that is typed */
    [PROMPT_ADD] = {N_("address "), NULL, add_enter, prompt_close, NULL, true},
    [PROMPT_HELP] = {"/", help_changed, plain_enter, help_escape, NULL, false},
};

const char *prompt_label(const struct prompt *p)
{
	const char *label = kinds[p->kind].label;
	return *label ? _(label) : label;
}

void prompt_open(struct app *a, enum prompt_kind kind, struct str text)
{
	if (a->prompt.kind)
		kinds[a->prompt.kind].escape(a);
	a->prompt.kind = kind;
	a->prompt.text.max = PROMPT_MAX;
	buf_reset(&a->prompt.text);
	buf_addstr(&a->prompt.text, text);
	a->prompt.at = a->prompt.text.len;
	recall_reset(a);
	a->dirty |= DIRTY_SCREEN;
}

void prompt_close(struct app *a)
{
	a->prompt.kind = PROMPT_NONE;
	buf_reset(&a->prompt.text);
	a->prompt.at = 0;
	note(a, NULL);
	a->dirty |= DIRTY_SCREEN;
}

static void replace(struct app *a, size_t from, size_t to, struct str with)
{
	struct prompt *p = &a->prompt;
	struct buf fresh = BUF_MAX(PROMPT_MAX);
	buf_addstr(&fresh, str_sub(buf_str(&p->text), 0, from));
	buf_addstr(&fresh, with);
	size_t at = fresh.len;
	buf_addstr(&fresh, str_skip(buf_str(&p->text), to));
	if (fresh.failed) {
		buf_release(&fresh);
		return;
	}
	buf_release(&p->text);
	p->text = fresh;
	p->at = at;
	if (kinds[p->kind].changed)
		kinds[p->kind].changed(a, buf_str(&p->text));
}

static size_t word_before(const struct prompt *p)
{
	size_t at = p->at;
	const char *t = buf_cstr(&p->text);
	while (at && ch_space(t[at - 1]))
		at--;
	while (at && !ch_space(t[at - 1]))
		at--;
	return at;
}

/* Keys that edit; false: not one of them. */
static bool edit(struct app *a, struct key k)
{
	struct prompt *p = &a->prompt;
	struct str text = buf_str(&p->text);
	bool ctrl = k.mods & KEY_CTRL;
	if (k.code == KEY_LEFT || (ctrl && k.code == 'b'))
		p->at = p->at ? utf8_prev(text, p->at) : 0;
	else if (k.code == KEY_RIGHT || (ctrl && k.code == 'f'))
		p->at < text.len ? (void)utf8_next(text, &p->at) : (void)0;
	else if (k.code == KEY_HOME || (ctrl && k.code == 'a'))
		p->at = 0;
	else if (k.code == KEY_END || (ctrl && k.code == 'e'))
		p->at = text.len;
	else if (k.code == KEY_BACKSPACE || (ctrl && k.code == 'h'))
		p->at ? replace(a, utf8_prev(text, p->at), p->at, STR("")) : (void)0;
	else if (k.code == KEY_DELETE && p->at < text.len) {
		size_t next = p->at;
		utf8_next(text, &next);
		replace(a, p->at, next, STR(""));
	} else if (ctrl && k.code == 'u')
		replace(a, 0, p->at, STR(""));
	else if (ctrl && k.code == 'w')
		replace(a, word_before(p), p->at, STR(""));
	else
		return false;
	return true;
}

static void step_back(struct app *a, int direction)
{
	struct buf line = BUF_MAX(PROMPT_MAX);
	if (kinds[a->prompt.kind].recalled && recall_step(a, direction, &line))
		replace(a, 0, a->prompt.text.len, buf_str(&line));
	buf_release(&line);
}

void prompt_key(struct app *a, struct key k)
{
	const struct kind *kind = &kinds[a->prompt.kind];
	a->dirty |= DIRTY_SCREEN;
	if (edit(a, k))
		return;
	if ((k.code == KEY_DOWN || k.code == KEY_UP) && a->overlay.kind)
		overlay_move(a, k.code == KEY_DOWN ? 1 : -1);
	else if ((k.code == KEY_DOWN || k.code == KEY_UP) && a->prompt.kind == PROMPT_NARROW)
		headlines_move(a, k.code == KEY_DOWN ? 1 : -1);
	else if (k.code == KEY_DOWN || k.code == KEY_UP)
		step_back(a, k.code == KEY_DOWN ? 1 : -1);
	else if (k.mods & KEY_CTRL && (k.code == 'n' || k.code == 'p'))
		step_back(a, k.code == 'n' ? 1 : -1);
	else if (k.code == KEY_ENTER) {
		if (kind->recalled)
			recall_add(a, a->prompt.kind, str_trim(buf_str(&a->prompt.text)));
		kind->enter(a, buf_str(&a->prompt.text));
	} else if (k.code == KEY_ESC || (k.mods & KEY_CTRL && (k.code == 'c' || k.code == 'g')))
		kind->escape(a);
	else if (k.code == KEY_TAB && kind->tab)
		kind->tab(a);
	else if (k.code < KEY_FIRST_NAMED && !k.mods) {
		char bytes[4];
		int n = utf8_put(bytes, k.code);
		replace(a, a->prompt.at, a->prompt.at, str_n(bytes, (size_t)n));
	}
}

void prompt_paste(struct app *a, struct str text)
{
	if (!a->prompt.kind)
		return;
	SCOPED(buf) struct buf clean = BUF_MAX(PROMPT_MAX * 4);
	safe_add(&clean, text, SAFE_LINE);
	replace(a, a->prompt.at, a->prompt.at, buf_str(&clean));
}
