/* SPDX-License-Identifier: MIT */
/* The article pane's text: layout for the pane's width, the place in it, paging. */
#include "app/view.h"

#include "app/find.h"
#include "app/related_rows.h"
#include "app/story_head.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/width.h"

#include <string.h>

#define WORDS_A_MINUTE 220
#define PROBE          64 /* bytes by which a paragraph is known again */
#define NARROW_TABLE   40 /* columns of text under which tables are set as records */

void view_clear(struct view *v)
{
	layout_free(v->layout);
	doc_free(v->feed_doc);
	article_free(v->page);
	arena_free(v->arena);
	doc_free(v->changes);
	mem_free(v->changes_words);
	mem_free(v->title);
	mem_free(v->byline);
	mem_free(v->problem);
	mem_free(v->find);
	vec_free(&v->hits);
	*v = (struct view){.last_seen = SIZE_MAX};
}

const struct article *view_page_shown(const struct view *v)
{
	return v->show_page && v->page && v->page->doc ? v->page : NULL;
}

const struct doc *view_doc(const struct view *v)
{
	if (v->changes)
		return v->changes;
	return view_page_shown(v) ? v->page->doc : v->feed_doc;
}

static char *make_byline(const struct app *a, bool brief)
{
	const struct view *v = &a->view;
	const struct doc *d = view_doc(v);
	struct buf b = BUF_MAX(4096);
	SCOPED(buf) struct buf minutes = BUF_MAX(64);
	size_t words = d ? doc_words(d) : 0;
	story_byline(&b, &v->story, v->page, a->now, brief);
	if (words) {
		/* TRANSLATORS: minutes that reading takes, in the line under a headline; keep it short */
		buf_printf(&minutes, _("%zu min"), (words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE);
		story_byline_add(&b, buf_str(&minutes));
		/* TRANSLATORS: where the text comes from: the page itself, or the feed */
		story_byline_add(&b, str_c(d == v->feed_doc ? _("feed") : _("page")));
	}
	return buf_take(&b);
}

static void make_layout(struct app *a, size_t width)
{
	struct view *v = &a->view;
	layout_free(v->layout);
	mem_free(v->byline);
	v->byline = v->changes ? mem_strdup(v->changes_words) : make_byline(a, false);
	if (!v->changes && width_of(str_c(v->byline)) > width) {
		mem_free(v->byline);
		v->byline = make_byline(a, true);
	}
	struct layout_head head = {.title = v->story.row.title,
	    .dek = v->changes ? STR_NONE : story_dek(&v->story, view_page_shown(v), view_doc(v)),
	    .byline = str_c(v->byline)};
	struct layout_options o = {.width = width,
	    .pan = v->pan,
	    .ascii = a->ascii,
	    .number_links = true,
	    .records = width < NARROW_TABLE};
	v->layout = layout_make(view_doc(v), &head, &o);
	v->layout_width = width;
}

static bool is_at(const struct layout_line *line, struct view_place at)
{
	return line->block == at.block && line->at == at.at;
}

static size_t line_of(const struct layout *l, struct view_place at)
{
	if (at.block == UINT32_MAX)
		return at.at;
	size_t line = layout_line_of(l, at.block, at.at);
	for (uint32_t i = 0; i < at.skip && line + 1 < l->n_lines && is_at(&l->lines[line + 1], at); i++)
		line++;
	return line;
}

static struct view_place place_of(const struct layout *l, size_t line)
{
	struct view_place at = {UINT32_MAX, (uint32_t)line, 0};
	if (!l || line >= l->n_lines || l->lines[line].block == UINT32_MAX)
		return at;
	at = (struct view_place){l->lines[line].block, l->lines[line].at, 0};
	for (; line > 0 && is_at(&l->lines[line - 1], at); line--)
		at.skip++;
	return at;
}

static void restore_top(struct app *a)
{
	struct view *v = &a->view;
	size_t line = line_of(v->layout, v->anchor), max = view_max_top(a);
	v->top = line < max ? line : max;
}

void view_relayout(struct app *a)
{
	struct view *v = &a->view;
	size_t width = a->geo.text.w > 0 ? (size_t)a->geo.text.w : 1;
	if (!v->id.v || (v->layout && v->layout_width == width))
		return;
	make_layout(a, width);
	v->last_seen = SIZE_MAX;
	find_relight(a);
	restore_top(a);
	a->dirty |= DIRTY_SCREEN;
}

/* Where words stand in a document: block and byte. */
static bool place_of_words(const struct doc *d, struct str words, struct view_place *out)
{
	for (size_t i = 0; words.len && i < d->n_blocks; i++) {
		ptrdiff_t at = str_find(d->blocks[i].text.text, words);
		if (at >= 0) {
			*out = (struct view_place){(uint32_t)i, (uint32_t)at, 0};
			return true;
		}
	}
	return false;
}

/* The same place in another text: the same paragraph, or one that begins alike, or one that has the words at
 * the place; else as far down in proportion. */
static struct view_place same_place(const struct doc *old, const struct doc *d, struct view_place at)
{
	const struct str text = old->blocks[at.block].text.text;
	struct view_place found;
	if (place_of_words(d, text, &found) || place_of_words(d, str_sub(text, 0, PROBE), &found))
		return (struct view_place){found.block, found.at + at.at, at.skip};
	if (place_of_words(d, str_sub(text, at.at, PROBE), &found))
		return found;
	return (struct view_place){(uint32_t)((uint64_t)at.block * d->n_blocks / old->n_blocks), 0, 0};
}

void view_text_changed(struct app *a, const struct doc *old)
{
	struct view *v = &a->view;
	const struct doc *d = view_doc(v);
	if (old && d && old != d && v->anchor.block < old->n_blocks)
		v->anchor = same_place(old, d, v->anchor);
	layout_free(v->layout);
	v->layout = NULL;
	v->end_told = false;
	view_relayout(a);
}

size_t view_height(const struct app *a)
{
	return a->geo.article.h > 0 ? (size_t)a->geo.article.h : 1;
}

size_t view_lines(const struct app *a)
{
	size_t n = a->view.layout ? a->view.layout->n_lines : 0;
	SCOPED_STR status = view_status(a);
	n += status ? 2 : 0;
	return related_under_article(a) ? n + 1 + related_rows_lines(a, a->geo.article.w) : n;
}

size_t view_max_top(const struct app *a)
{
	size_t n = view_lines(a), h = view_height(a);
	return n > h ? n - h : 0;
}

bool view_at_end(const struct app *a)
{
	return a->view.top >= view_max_top(a);
}

struct view_place view_place(const struct view *v)
{
	return v->changes ? v->kept : v->anchor;
}

struct view_place view_text_place(const struct view *v)
{
	struct view_place at = view_place(v);
	size_t n = v->layout && !v->changes ? v->layout->n_lines : 0;
	return n && at.block == UINT32_MAX && at.at >= n ? place_of(v->layout, n - 1) : at;
}

void view_set_top(struct app *a, size_t line)
{
	struct view *v = &a->view;
	size_t max = view_max_top(a);
	v->top = line < max ? line : max;
	v->end_told = false;
	v->anchor = place_of(v->layout, v->top);
	a->dirty |= DIRTY_SCREEN;
}

bool view_scroll(struct app *a, ptrdiff_t lines)
{
	struct view *v = &a->view;
	size_t old = v->top, max = view_max_top(a);
	size_t back = lines < 0 ? (size_t)-lines : 0;
	size_t line = lines < 0 ? (old > back ? old - back : 0) : old + (size_t)lines;
	view_set_top(a, line < max ? line : max);
	v->last_seen = SIZE_MAX;
	return v->top != old;
}

void view_pan(struct app *a, int columns)
{
	struct view *v = &a->view;
	size_t back = columns < 0 ? (size_t)-columns : 0, top = v->top;
	if (!v->layout)
		return;
	v->pan = columns < 0 ? (v->pan > back ? v->pan - back : 0) : v->pan + (size_t)columns;
	if (v->pan > v->layout->max_pan)
		v->pan = v->layout->max_pan;
	v->layout_width = 0;
	view_relayout(a);
	v->top = top;
}

bool view_page(struct app *a, int direction, bool half)
{
	struct view *v = &a->view;
	size_t h = view_height(a), step = half ? h / 2 : h > 3 ? h - 2 : 1;
	size_t last = v->top + h - 1;
	if (!view_scroll(a, direction * (ptrdiff_t)(step ? step : 1)))
		return false;
	if (direction > 0)
		v->last_seen = last;
	return true;
}

int view_percent(const struct app *a)
{
	size_t n = view_lines(a), last = a->view.top + view_height(a);
	return !n || last >= n ? 100 : (int)(last * 100 / n);
}
