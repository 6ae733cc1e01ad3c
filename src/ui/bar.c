/* SPDX-License-Identifier: MIT */
/* Paints the bottom row: a prompt, else a message, else what find has lit, else the keys that matter in this
 * place; right of it the place in the list and in the text. */
#include "ui/paint.h"

#include "app/headlines.h"
#include "app/prompt.h"
#include "app/view.h"
#include "base/attr.h"
#include "base/i18n.h"
#include "conf/conf.h"
#include "text/width.h"

/* Which keys the row names, in this order, as far as there is room; help always. `brief` is for less than the
 * wide width; NULL: the same word. */
struct hint {
	unsigned place;
	enum command_id id;
	const char *word, *brief;
};
static const struct hint hints[] = {
    {PLACE_HEADLINES, COMMAND_enter, N_("read"), NULL},
    {PLACE_ARTICLE, COMMAND_read_on, N_("page"), NULL},
    {PLACE_RELATED, COMMAND_enter, N_("read"), NULL},
    {PLACE_HEADLINES, COMMAND_done, N_("done"), NULL},
    {PLACE_HEADLINES, COMMAND_next_unread, N_("next unread"), N_("unread")},
    {PLACE_ARTICLE, COMMAND_next_unread, N_("next unread"), N_("next")},
    {PLACE_ARTICLE, COMMAND_back, N_("headlines"), NULL},
    {PLACE_ARTICLE, COMMAND_enter, N_("related"), NULL},
    {PLACE_RELATED, COMMAND_back, N_("article"), NULL},
    {PLACE_RELATED, COMMAND_why, N_("why"), NULL},
    {PLACE_HEADLINES, COMMAND_zoom, N_("zoom"), NULL},
    {PLACE_PANES, COMMAND_star, N_("star"), NULL},
    {PLACE_ARTICLE | PLACE_RELATED, COMMAND_open, N_("open"), NULL},
    {PLACE_ARTICLE | PLACE_RELATED, COMMAND_copy, N_("copy"), NULL},
    {PLACE_ARTICLE, COMMAND_follow, N_("link"), NULL},
    {PLACE_HEADLINES | PLACE_ARTICLE, COMMAND_find, N_("find"), NULL},
    {PLACE_OVERLAY, COMMAND_enter, N_("open"), NULL},
    {PLACE_OVERLAY, COMMAND_read_on, N_("page"), NULL},
    {PLACE_OVERLAY, COMMAND_refresh_all, N_("refresh all"), N_("refresh")},
    {PLACE_OVERLAY, COMMAND_back, N_("back"), NULL},
};
/* The keys that stand for these commands where the first of the table is not the one to name. */
static const struct {
	unsigned place;
	enum command_id id;
	const char *key;
} preferred[] = {{PLACE_ARTICLE | PLACE_RELATED, COMMAND_back, "h"}, {PLACE_ARTICLE, COMMAND_enter, "l"}};

#define HINT_GAP 2

void position_words(const struct app *a, struct buf *out)
{
	const struct headlines *l = a->tabs.n ? &app_tab_const(a)->list : NULL;
	if (!l || !l->snap || !l->snap->n_rows || !l->snap->counted)
		return;
	buf_printf(
	    out, "%zu/%zu%s", l->snap->before + l->index + 1, l->snap->total, l->snap->more ? "+" : "");
}

static bool has_word(struct str list, const char *word)
{
	struct str one;
	while (str_split(&list, ' ', &one))
		if (str_eqc(one, word))
			return true;
	return false;
}

void key_words(const struct app *a, enum command_id id, unsigned place, struct buf *out)
{
	SCOPED(buf) struct buf all = BUF_MAX(512);
	keymap_keys_of(a->keymap, &commands[id], place, " ", 0, &all);
	for (size_t i = 0; i < ARRAY_LEN(preferred); i++)
		if (preferred[i].id == id && preferred[i].place & place &&
		    has_word(buf_str(&all), preferred[i].key)) {
			buf_adds(out, preferred[i].key);
			return;
		}
	struct str rest = buf_str(&all), first;
	if (str_split(&rest, ' ', &first))
		buf_addstr(out, first);
}

/* ---- The left part, one function each; they give the column after what they painted ---- */

static int put_cursor(struct canvas *g, struct rect r, int x, struct str after)
{
	size_t used = 0;
	struct str one = after.len ? str_sub(after, 0, width_cluster(after, 0)) : STR(" ");
	used = width_of(one);
	canvas_put(g, r, x, r.y, used ? one : STR(" "), STYLE_CURSOR);
	return x + (used ? (int)used : 1);
}

static int put_prompt(const struct app *a, struct canvas *g, struct rect r)
{
	const struct prompt *p = &a->prompt;
	struct str text = buf_str(&p->text), after;
	int x = canvas_put(g, r, r.x + 1, r.y, str_c(prompt_label(p)), STYLE_PROMPT);
	int note = p->note ? (int)width_of(str_c(p->note)) + 2 : 0;
	int room = r.x + r.w - x - 1;
	room = room - note > 10 ? room - note : room;
	size_t from = 0, at = p->at < text.len ? p->at : text.len;
	/* A long text is shown from where its cursor is still in sight. */
	while (from < at && (int)width_of(str_sub(text, from, at - from)) >= room)
		from += width_cluster(text, from);
	after = str_skip(text, at);
	x = canvas_put(g, r, x, r.y, str_sub(text, from, at - from), STYLE_BAR);
	x = put_cursor(g, r, x, after);
	if (after.len)
		x = canvas_put(g, r, x, r.y, str_skip(after, width_cluster(after, 0)), STYLE_BAR);
	if (p->note)
		x = canvas_put(g, r, x + 1, r.y, str_c(p->note), STYLE_META);
	return x;
}

static int put_message(const struct app *a, struct canvas *g, struct rect r)
{
	return paint_fit(g, r, r.x + 1, r.y, str_c(a->message), r.w - 2,
	    a->message_kind == MESSAGE_ERROR ? STYLE_ERROR : STYLE_MESSAGE);
}

static int put_end(const struct app *a, struct canvas *g, struct rect r)
{
	SCOPED(buf) struct buf line = BUF_MAX(4096);
	struct str title = headlines_next_title(a);
	buf_adds(&line, title.len ? _("end · Space: next unread: ") : _("end · nothing unread is left"));
	buf_addstr(&line, title);
	return paint_fit(g, r, r.x + 1, r.y, buf_str(&line), r.w - 2, STYLE_MESSAGE);
}

static int put_lit(const struct app *a, struct canvas *g, struct rect r)
{
	const struct view *v = &a->view;
	SCOPED(buf) struct buf line = BUF_MAX(2048);
	buf_printf(&line, "/%s ", v->find);
	if (v->n_matches)
		buf_printf(&line, _("%zu of %zu"), v->match + 1, v->n_matches);
	else
		buf_adds(&line, _("not found"));
	/* TRANSLATORS: keys and what they do while matches are lit */
	buf_adds(&line, v->n_matches > 1 ? _("  n next  N previous  Esc done") : _("  Esc done"));
	return paint_fit(g, r, r.x + 1, r.y, buf_str(&line), r.w - 2, STYLE_MESSAGE);
}

static const char *place_word(enum pane_place place)
{
	if (place == PLACE_HEADLINES)
		return _("Headlines");
	return place == PLACE_ARTICLE ? _("Article") : _("Related");
}

/* The hint means something here and now. */
static bool applies(const struct app *a, const struct hint *h, unsigned place)
{
	enum overlay_kind page = a->overlay.kind;
	if (!(h->place & place))
		return false;
	if (page && h->id == COMMAND_enter)
		return page == OVERLAY_LINKS || page == OVERLAY_ADD || page == OVERLAY_PICK;
	if (page && h->id == COMMAND_refresh_all)
		return page == OVERLAY_SOURCES;
	return true;
}

/* The key and the word of a hint when both fit before `right`; the column after them, else x. */
static int put_hint(const struct app *a, struct canvas *g, struct rect r, int x, int right,
    const struct hint *h, unsigned place, bool first)
{
	SCOPED(buf) struct buf key = BUF_MAX(128);
	const char *word = h->brief && a->geo.class != WIDTH_WIDE ? h->brief : h->word;
	key_words(a, h->id, place, &key);
	int start = x + (first ? 0 : HINT_GAP);
	if (!key.len || start + (int)(width_of(buf_str(&key)) + 1 + width_of(str_c(_(word)))) > right)
		return x;
	x = canvas_put(g, r, start, r.y, buf_str(&key), STYLE_BAR_KEY);
	return canvas_put(g, r, x + 1, r.y, str_c(_(word)), STYLE_BAR);
}

static int put_hints(const struct app *a, struct canvas *g, struct rect r)
{
	static const struct hint help = {PLACE_PANES | PLACE_OVERLAY, COMMAND_help, N_("help"), NULL};
	unsigned place = a->overlay.kind ? PLACE_OVERLAY : a->focus;
	int x = r.x + 1, right = r.x + r.w;
	if (a->geo.class != WIDTH_NARROW && !a->overlay.kind) {
		x = canvas_put(g, r, x, r.y, str_c(place_word(a->focus)), STYLE_BAR_PLACE);
		x += a->geo.class == WIDTH_WIDE ? 3 : HINT_GAP;
	}
	if (a->conf && !conf_bool(a->conf, SET_LAYOUT_HINTS))
		return x;
	SCOPED(buf) struct buf key = BUF_MAX(128);
	key_words(a, COMMAND_help, place, &key);
	int keep =
	    key.len ? (int)(width_of(buf_str(&key)) + 1 + width_of(str_c(_(help.word)))) + HINT_GAP : 0;
	bool first = true;
	for (size_t i = 0; i < ARRAY_LEN(hints); i++) {
		if (!applies(a, &hints[i], place))
			continue;
		int next = put_hint(a, g, r, x, right - keep, &hints[i], place, first);
		first = first && next == x;
		x = next;
	}
	return put_hint(a, g, r, x, right, &help, place, first);
}

/* Right of the row: place in the list, and how far the text is read; the column where it begins. */
static int put_position(const struct app *a, struct canvas *g, struct rect r)
{
	SCOPED(buf) struct buf b = BUF_MAX(128);
	bool article = a->focus == PLACE_ARTICLE && !a->first_card;
	if (a->overlay.kind)
		return r.x + r.w;
	if (!a->geo.single || a->focus == PLACE_HEADLINES)
		position_words(a, &b);
	if (article && a->view.layout) {
		buf_adds(&b, b.len ? "  " : "");
		if (view_percent(a) >= 100)
			buf_adds(&b, _("end"));
		else
			buf_printf(&b, "%d%%", view_percent(a));
	}
	if (!b.len)
		return r.x + r.w;
	buf_addc(&b, ' ');
	return paint_right(g, r, r.x + r.w, r.y, buf_str(&b), STYLE_BAR);
}

void paint_bar(const struct app *a, struct canvas *g)
{
	struct rect r = a->geo.bar;
	if (r.h <= 0)
		return;
	if (a->prompt.kind) {
		put_prompt(a, g, r);
		return;
	}
	struct rect left = r;
	left.w = put_position(a, g, r) - r.x - HINT_GAP;
	if (a->message_kind && a->message)
		put_message(a, g, left);
	else if (a->view.end_told && a->focus == PLACE_ARTICLE)
		put_end(a, g, left);
	else if (a->view.find && a->focus == PLACE_ARTICLE)
		put_lit(a, g, left);
	else
		put_hints(a, g, left);
}
