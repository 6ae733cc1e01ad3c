/* SPDX-License-Identifier: MIT */
/* Text of a row in which some words are lit: what a search found, what another headline says differently. */
#include "ui/paint.h"

#include "base/hash.h"
#include "base/map.h"
#include "text/width.h"
#include "text/word.h"

#define HIT_BEGIN      '\001'
#define HIT_END        '\002'
#define BEFORE_COLUMNS 12 /* of a snippet before its first hit, at most */

/* ---- Words that differ ---- */

struct compared {
	struct canvas *g;
	struct rect clip;
	int x, y;
	struct str title;
	size_t at; /* painted up to here */
	struct imap known;
	unsigned style;
};

static bool learn(void *arg, const struct word *w)
{
	imap_put(arg, hash_seeded(w->text), 1);
	return true;
}

static void put_until(struct compared *c, size_t end, unsigned style)
{
	if (end <= c->at)
		return;
	c->x = canvas_put(c->g, c->clip, c->x, c->y, str_sub(c->title, c->at, end - c->at), style);
	c->at = end;
}

static bool compare(void *arg, const struct word *w)
{
	struct compared *c = arg;
	if (w->start < c->at || imap_get(&c->known, hash_seeded(w->text), NULL))
		return true;
	put_until(c, w->start, c->style);
	put_until(c, w->end, STYLE_UNREAD);
	return true;
}

int paint_compared(
    struct canvas *g, struct rect clip, int x, int y, struct str title, struct str first, unsigned style)
{
	struct compared c = {.g = g, .clip = clip, .x = x, .y = y, .title = title, .style = style};
	if (!first.len)
		return canvas_put(g, clip, x, y, title, style);
	word_terms(first, learn, &c.known);
	word_terms(title, compare, &c);
	put_until(&c, title.len, style);
	imap_release(&c.known);
	return c.x;
}

/* ---- Snippets ---- */

/* Where the line begins, so that the first hit is in sight: a blank not far before it. */
static size_t begin_of(struct str s, int columns)
{
	ptrdiff_t hit = str_chr(s, HIT_BEGIN);
	if (hit < 0 || (int)width_of(str_sub(s, 0, (size_t)hit)) + BEFORE_COLUMNS < columns)
		return 0;
	size_t from = (size_t)hit;
	while (from > 0 && (int)width_of(str_sub(s, from, (size_t)hit - from)) < BEFORE_COLUMNS)
		from--;
	while (from < (size_t)hit && s.p[from] != ' ')
		from++;
	return from < (size_t)hit ? from + 1 : (size_t)hit;
}

/* The part up to the next sign of a hit, which is passed over; columns are counted down. */
static int put_part(struct canvas *g, struct rect clip, int x, int y, struct str *rest, bool lit)
{
	ptrdiff_t end = str_chr(*rest, lit ? HIT_END : HIT_BEGIN);
	struct str part = end < 0 ? *rest : str_sub(*rest, 0, (size_t)end);
	int room = clip.x + clip.w - x;
	*rest = end < 0 ? STR_NONE : str_skip(*rest, (size_t)end + 1);
	if ((int)width_of(part) > room || ((int)width_of(part) == room && rest->len)) {
		*rest = STR_NONE;
		/* the sign of the cut is needed even where the part alone would fit */
		struct str head = width_cut(part, room > 1 ? (size_t)room - 1 : 0, NULL);
		x = canvas_put(g, clip, x, y, head, lit ? STYLE_FOUND : STYLE_META);
		return canvas_put(g, clip, x, y, sign(g, SIGN_CUT), STYLE_META);
	}
	return canvas_put(g, clip, x, y, part, lit ? STYLE_FOUND : STYLE_META);
}

void paint_snippet(struct canvas *g, struct rect clip, int x, int y, struct str snippet)
{
	size_t from = begin_of(snippet, clip.x + clip.w - x);
	struct str rest = str_skip(snippet, from);
	bool lit = false;
	if (from)
		x = canvas_put(g, clip, x, y, sign(g, SIGN_CUT), STYLE_META);
	for (; rest.len && x < clip.x + clip.w; lit = !lit)
		x = put_part(g, clip, x, y, &rest, lit);
}
