/* SPDX-License-Identifier: MIT */
/* How one row of the headlines, or of the related list, is set: lines of the title, and where "+N source age"
 * finds its place. */
#include "app/geometry.h"

#include "text/width.h"
#include "text/wrap.h"

#define ONE_LINE_FROM     64 /* columns of the pane: title, +N, source and age in one line */
#define THREE_LINES_BELOW 32 /* columns of the pane */
#define ONE_LINE_REST     26 /* what a line has beside the title */
#define META_GAP          2  /* blanks between the title's last line and what follows on it */

struct setting {
	struct headline *h;
	struct str title;
	size_t columns, limit; /* of the title's lines */
	size_t full, brief;    /* columns of "+N source age" and of "+N age" */
	size_t from, to;       /* of the line that wrapping gave last */
	size_t last;           /* columns of the title's last line */
	size_t starts[HEADLINE_LINES];
};

static void take_line(void *arg, size_t start, size_t end, size_t columns)
{
	struct setting *s = arg;
	s->from = start;
	s->to = end;
	s->last = columns;
}

/* A break after a hyphen inside a word goes back to the blank before the word: a headline is read at a
 * glance. */
static void keep_word(struct setting *s, struct str rest)
{
	size_t end = s->to;
	if (end >= rest.len || end == 0 || rest.p[end - 1] != '-' || rest.p[end] == ' ')
		return;
	while (end > s->from && rest.p[end - 1] != ' ')
		end--;
	while (end > s->from && rest.p[end - 1] == ' ')
		end--;
	if (end == s->from)
		return;
	s->to = end;
	s->last = width_of(str_sub(rest, s->from, end - s->from));
}

/* Lines of the title, at most `most`; true when there is more of it. */
static bool set_title(struct setting *s, size_t most)
{
	size_t at = 0;
	while (s->h->title_lines < most && at < s->title.len) {
		struct str rest = str_skip(s->title, at);
		if (!wrap_text(rest, s->columns, s->columns, 1, take_line, s))
			break;
		keep_word(s, rest);
		s->starts[s->h->title_lines] = at + s->from;
		s->h->title[s->h->title_lines++] = str_sub(rest, s->from, s->to - s->from);
		at += s->to;
		while (at < s->title.len && ch_space((unsigned char)s->title.p[at]))
			at++;
	}
	return at < s->title.len;
}

static size_t joined(size_t a, size_t b)
{
	return a && b ? a + 1 + b : a + b;
}

/* The last line becomes the rest of the title, cut to `room` with the mark of a cut. */
static void cut_last(struct setting *s, size_t room)
{
	struct headline *h = s->h;
	size_t i = h->title_lines - 1;
	struct str rest = str_skip(s->title, s->starts[i]);
	h->cut = true;
	h->title[i] = width_cut(rest, room > 1 ? room - 1 : 0, &s->last);
	while (h->title[i].len && h->title[i].p[h->title[i].len - 1] == ' ') {
		h->title[i].len--;
		s->last--;
	}
}

static void set_one_line(struct setting *s, int pane_columns)
{
	struct headline *h = s->h;
	h->one_line = true;
	h->title_columns = (size_t)(pane_columns - ONE_LINE_REST);
	h->n_lines = h->title_lines = 1;
	h->title[0] = s->title;
	h->cut = width_of(s->title) > h->title_columns;
	h->meta_source = true;
	h->source_columns = HEADLINE_SOURCE_COLUMNS;
	if (h->cut)
		cut_last(s, h->title_columns);
}

/* A line of its own for "+N source age": the name of the source takes what is left. */
static void set_own_line(struct setting *s, size_t source)
{
	struct headline *h = s->h;
	h->meta_line = h->n_lines++;
	h->meta_source = source > 0;
	h->source_columns = s->full <= s->columns ? source : 0;
	if (s->full > s->columns && s->brief + 1 < s->columns)
		h->source_columns = s->columns - s->brief - 1;
	if (!h->source_columns)
		h->meta_source = false;
}

static void set_lines(struct setting *s, size_t source, bool own_line, bool more)
{
	struct headline *h = s->h;
	h->n_lines = h->title_lines;
	if (own_line) {
		if (more)
			cut_last(s, s->columns);
		set_own_line(s, source);
		return;
	}
	h->meta_line = h->n_lines - 1;
	h->source_columns = source;
	h->meta_source = source > 0 && !more && s->last + META_GAP + s->full <= s->columns;
	if (h->meta_source)
		return;
	if (!more && h->n_lines < s->limit) {
		set_own_line(s, source);
		return;
	}
	if (s->brief + META_GAP + 1 > s->columns) {
		h->meta_line = h->n_lines;
		if (more)
			cut_last(s, s->columns);
	} else if (more || s->last + META_GAP + s->brief > s->columns) {
		cut_last(s, s->columns - META_GAP - s->brief);
	}
}

void headline_make(struct headline *h, struct str title, struct str plus, struct str source, struct str age,
    int pane_columns, enum density density)
{
	int room = pane_columns - HEADLINE_GUTTER - 1;
	struct setting s = {.h = h, .title = str_trim(title), .columns = room > 1 ? (size_t)room : 1};
	size_t n_source = width_of(source);
	*h = (struct headline){0};
	s.brief = joined(width_of(plus), width_of(age));
	s.full = joined(joined(width_of(plus), n_source), width_of(age));
	if (pane_columns >= ONE_LINE_FROM && density != DENSITY_COMFORTABLE) {
		set_one_line(&s, pane_columns);
		return;
	}
	h->title_columns = s.columns;
	s.limit = density == DENSITY_COMPACT ? 1 : pane_columns < THREE_LINES_BELOW ? 3 : 2;
	bool more = set_title(&s, s.limit);
	if (!h->title_lines)
		h->title[h->title_lines++] = STR("");
	set_lines(&s, n_source, density == DENSITY_COMFORTABLE, more);
}
