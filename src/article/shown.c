/* SPDX-License-Identifier: MIT */
/* Dates as a page shows them: <time>, elements named for who and when, short lines around the headline. Which
 * of them, or of those that the page tells machines, is the day of publication is decided in when.c. */
#include "article/shown.h"

#include "text/date.h"

enum {
	YEAR_MIN = 1900,
	YEAR_MIN_SHOWN = 1990,
	DATE_LINE_MAX = 160,
	LABEL_MAX = 40,
	NAMED_MAX = 60,
	WORDS_MAX = 24,
	DATE_WORDS = 5,
	NEAR_BLOCKS = 8,
	NEAR_PROSE = 4
};

struct finder {
	struct page *p;
	struct shown *s;
	uint32_t near_from, near_to; /* indexes of nodes */
};

struct when when_parse(struct str s)
{
	struct when w = {.zone_min = 0};

	w.t = date_parse_zone(s, &w.zone_min);
	if (w.t == TIME_NONE || w.t < date_utc(YEAR_MIN, 1, 1, 0, 0, 0) || w.t > clock_now() + 2 * 86400)
		return when_never;
	return w;
}

/* True when s holds a day and a year of the web, or a day as numbers with dots or strokes. */
static bool may_be_date(struct str s)
{
	size_t digits = 0, groups = 0, run = 0;
	bool year = false;

	for (size_t i = 0; i <= s.len; i++) {
		if (i < s.len && ch_digit(s.p[i])) {
			run++;
			digits++;
			continue;
		}
		year |= run == 4 &&
		        (str_starts(str_skip(s, i - 4), "19") || str_starts(str_skip(s, i - 4), "20"));
		groups += run > 0 && run <= 2;
		run = 0;
	}
	return digits >= 5 && (year || groups >= 3);
}

static struct when parse_shown(struct str s)
{
	struct when w = may_be_date(s) ? when_parse(s) : when_never;

	return w.t >= date_utc(YEAR_MIN_SHOWN, 1, 1, 0, 0, 0) ? w : when_never;
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (ch_digit((unsigned char)s.p[i]))
			return true;
	return false;
}

/* True when what stands behind the first number, or before it, is long enough for the name of a month:
 * "4, 2023 3:48 pm" names none. */
static bool may_name_month(struct str s)
{
	size_t from = 0, to;

	if (!s.len || !ch_digit((unsigned char)s.p[0]))
		return true;

	while (from < s.len && !ch_alpha((unsigned char)s.p[from]) && (unsigned char)s.p[from] < 0x80)
		from++;
	to = from;
	while (to < s.len && (ch_alpha((unsigned char)s.p[to]) || (unsigned char)s.p[to] >= 0x80))
		to++;
	return to - from >= 3;
}

static bool same_day_and_year(struct when a, struct when b)
{
	struct date_parts x = date_split(a.t + (int64_t)a.zone_min * 60, false),
	                  y = date_split(b.t + (int64_t)b.zone_min * 60, false);

	return x.year == y.year && x.day == y.day;
}

/* Names of people and papers begin as months do (Julia, Augusta, Macworld): as many words before the first
 * number are left out as can be with the day staying. *at moves to where the date begins. */
static struct when tighten(struct str s, struct when w, size_t *at)
{
	struct str rest = str_skip(s, *at), word;

	while (str_split(&rest, ' ', &word) && rest.len && (!has_digit(word) || word.p[0] == '+')) {
		struct when tighter = may_name_month(rest) ? parse_shown(rest) : when_never;
		if (tighter.t != TIME_NONE && same_day_and_year(w, tighter)) {
			w = tighter;
			*at = (size_t)(rest.p - s.p);
		}
	}
	return w;
}

/* The first date in s, and where it begins. */
static struct when find_in_line(struct str s, size_t *at)
{
	size_t start[WORDS_MAX + 1], n = 0;
	struct when w = parse_shown(s);

	*at = 0;
	if (w.t != TIME_NONE)
		return tighten(s, w, at);
	if (!may_be_date(s))
		return when_never;
	for (size_t i = 0; i < s.len && n < WORDS_MAX; i++)
		if (s.p[i] != ' ' && (i == 0 || s.p[i - 1] == ' ' || s.p[i - 1] == ':' || s.p[i - 1] == '|'))
			start[n++] = i;
	start[n] = s.len;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = DATE_WORDS; k > 0; k--) {
			if (i + k > n)
				continue;
			struct str part = str_trim(str_sub(s, start[i], start[i + k] - start[i]));
			while (part.len && (part.p[part.len - 1] == ',' || part.p[part.len - 1] == '|'))
				part = str_trim(str_sub(part, 0, part.len - 1));
			*at = start[i];
			w = parse_shown(part);
			if (w.t != TIME_NONE)
				return tighten(str_sub(s, 0, start[i] + part.len), w, at);
		}
	}
	return when_never;
}

struct when when_in_line(struct str s)
{
	size_t at;

	return find_in_line(s, &at);
}

size_t shown_date_at(struct str line)
{
	size_t at;

	return find_in_line(line, &at).t == TIME_NONE ? 0 : at;
}

enum label { LABEL_NONE, LABEL_PUBLISHED, LABEL_UPDATED };

/* What the last word of s that says what happened on a day says. */
static enum label label_in(struct str s)
{
	static const struct {
		const char *stem;
		enum label label;
	} words[] = {
#define WHEN_WORD(stem, label) {stem, LABEL_##label},
#include "article/when.def"
	};
	ptrdiff_t last = -1;
	enum label label = LABEL_NONE;

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		ptrdiff_t at = str_find_nocase(s, words[i].stem);
		if (at > last) {
			last = at;
			label = words[i].label;
		}
	}
	return label;
}

/* The text before n, as far as a label reaches. */
static struct str text_before(struct page *p, const struct node *n)
{
	const struct node *before = n->prev;

	for (unsigned up = 0; !before && up < 2 && n->parent; up++) {
		n = n->parent;
		before = n->prev;
	}
	if (!before)
		return STR_NONE;
	struct str s =
	    before->tag == TAG_TEXT ? before->text : node_line_str(p->arena, before, LABEL_MAX * 2);
	return s.len > LABEL_MAX ? str_skip(s, s.len - LABEL_MAX) : s;
}

/* What the date in s says of itself, or else what stands before n. */
static bool says_updated(struct page *p, const struct node *n, struct str s)
{
	enum label label = label_in(s);

	return (label == LABEL_NONE ? label_in(text_before(p, n)) : label) == LABEL_UPDATED;
}

static void add(struct finder *f, const struct node *n, struct when w, bool updated)
{
	if (w.t == TIME_NONE || f->s->n == SHOWN_MAX)
		return;
	f->s->dates[f->s->n++] = (struct shown_date){
	    .w = w, .near = n->index >= f->near_from && n->index < f->near_to, .updated = updated};
}

struct str shown_texts(struct page *p, uint32_t first, uint32_t last)
{
	SCOPED(buf) struct buf b = BUF_MAX(DATE_LINE_MAX * 2);

	for (uint32_t i = first; i <= last && b.len < DATE_LINE_MAX; i++)
		if (p->nodes[i]->tag == TAG_TEXT) {
			buf_addc(&b, ' ');
			buf_addstr(&b, str_sub(p->nodes[i]->text, 0, DATE_LINE_MAX));
		}
	return clean_line(p, buf_str(&b));
}

static bool add_line(struct finder *f, const struct node *n, struct str line)
{
	size_t at;
	struct when w = find_in_line(line, &at);

	if (w.t == TIME_NONE)
		return false;
	add(f, n, w, says_updated(f->p, n, at ? str_sub(line, 0, at) : line));
	return true;
}

static void add_element(struct finder *f, const struct node *n)
{
	const struct node *last = n;

	while (last->last)
		last = last->last;
	if (!add_line(f, n, shown_texts(f->p, n->index, last->index)))
		add_line(f, n, clean_line(f->p, node_line_str(f->p->arena, n, DATE_LINE_MAX)));
}

static bool is_of_others(struct page *p, const struct node *n)
{
	static const uint32_t others = MARK_COMMENT | MARK_RELATED | MARK_TEASER;

	for (const struct node *a = n; a != p->html->body && a; a = a->parent) {
		const struct figures *f = page_fig(p, a);
		if (f->marks & others || (f->drop && !(f->marks & (MARK_SHARE | MARK_AUTHOR_BOX))))
			return true;
	}
	return false;
}

static void add_times(struct finder *f, bool others)
{
	const struct node *root = f->p->html->body;

	for (const struct node *n = node_find(root, NULL, TAG_TIME); n; n = node_find(root, n, TAG_TIME)) {
		if (f->s->n == SHOWN_MAX / 2)
			return;
		if (others != (is_of_others(f->p, n) && !node_has_attr(n, ATTR_ITEMPROP)))
			continue;
		struct when w = when_parse(node_attr(n, ATTR_DATETIME));
		if (w.t == TIME_NONE)
			add_element(f, n);
		else
			add(f, n, w,
			    node_attr_has(n, ATTR_ITEMPROP, "dateModified") ||
			        says_updated(f->p, n, node_line_str(f->p->arena, n, DATE_LINE_MAX)));
	}
}

/* Lines where dates stand by the names of elements. */
static void add_named(struct finder *f)
{
	static const uint32_t others = MARK_COMMENT | MARK_RELATED | MARK_TEASER;
	const struct node *root = f->p->html->body;
	unsigned seen = 0;

	for (const struct node *n = root; n && seen < NAMED_MAX; n = node_next(n, root)) {
		const struct figures *fig = page_fig(f->p, n);
		if (n->tag == TAG_TEXT || !(fig->marks & MARK_BYLINE) || fig->weight < 6 ||
		    fig->weight > DATE_LINE_MAX || fig->marks & others)
			continue;
		seen++;
		add_element(f, n);
	}
}

/* Places of the blocks around the headline: from the first to before the last. */
static void near_headline(const struct page *p, size_t *from, size_t *to, bool *found)
{
	size_t headline = 0, prose = 0;

	while (headline < p->n_blocks && !node_closest(p->blocks[headline].owner, TAG_H1))
		headline++;
	*found = headline < p->n_blocks;
	*from = *found && headline > NEAR_BLOCKS ? headline - NEAR_BLOCKS : 0;
	for (*to = *from; *to < p->n_blocks && prose < NEAR_PROSE; ++*to)
		prose += *to > headline && p->blocks[*to].prose;
}

static bool is_caption(const struct page *p, const struct node *n)
{
	return node_closest(n, TAG_FIGURE) || page_fig(p, n)->marks & MARK_CAPTION;
}

void shown_find(struct page *p, struct shown *s)
{
	struct finder f = {.p = p, .s = s};
	size_t from, to;
	bool found;

	*s = (struct shown){.n = 0};
	near_headline(p, &from, &to, &found);
	if (found && to > from) {
		f.near_from = p->blocks[from].first;
		f.near_to = p->blocks[to - 1].last + 1;
	}
	add_times(&f, false);
	add_named(&f);
	for (size_t i = from; i < to; i++) {
		const struct text_block *b = &p->blocks[i];
		if (b->weight >= 6 && b->weight <= 120 && !is_caption(p, b->owner))
			add_line(&f, b->owner, shown_texts(p, b->first, b->last));
	}
	if (!s->n)
		add_times(&f, true);
}
