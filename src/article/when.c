/* SPDX-License-Identifier: MIT */
/* When it was published: what the page says, then its address, <time>, and what is shown near the headline.
 */
#include "article/facts.h"

#include "text/date.h"

enum {
	YEAR_MIN = 1900,
	YEAR_MIN_SHOWN = 1990,
	DATE_LINE_MAX = 160,
	SHOWN_MAX = 60,
	WORDS_MAX = 24,
	DATE_WORDS = 5,
	NEAR_BLOCKS = 8
};

static const struct when never = {TIME_NONE, 0};

/* A moment that can be: not before 1900, not more than two days ahead of this machine's clock. */
static struct when plausible(struct when w)
{
	if (w.t == TIME_NONE || w.t < date_utc(YEAR_MIN, 1, 1, 0, 0, 0) || w.t > clock_now() + 2 * 86400)
		return never;
	return w;
}

static struct when parse(struct str s)
{
	struct when w = {.zone_min = 0};

	w.t = date_parse_zone(s, &w.zone_min);
	return plausible(w);
}

/* /2023/12/21/, /2023-12-21-, /20231221/ in the path of an address. */
static struct when date_in_url(struct str url)
{
	for (size_t i = 0; i + 9 < url.len; i++) {
		if (i && ch_digit(url.p[i - 1]))
			continue;
		if (url.p[i] != '1' && url.p[i] != '2')
			continue;
		int v[8], n = 0;
		size_t k = i;
		char sep = '\0';
		for (; k < url.len && n < 8; k++) {
			if (ch_digit(url.p[k]))
				v[n++] = url.p[k] - '0';
			else if ((n == 4 || n == 6) && (url.p[k] == '/' || url.p[k] == '-') &&
			         (!sep || sep == url.p[k]))
				sep = url.p[k];
			else
				break;
		}
		if (n < 8 || (k < url.len && ch_digit(url.p[k])))
			continue;
		int year = v[0] * 1000 + v[1] * 100 + v[2] * 10 + v[3], month = v[4] * 10 + v[5],
		    day = v[6] * 10 + v[7];
		if (year >= YEAR_MIN_SHOWN && month >= 1 && month <= 12 && day >= 1 && day <= 31)
			return plausible((struct when){date_utc(year, month, day, 0, 0, 0), 0});
	}
	return never;
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

/* The first date in a line: "By Jane Doe, 21 December 2023, 5 pm". */
static struct when date_in_line(struct str s)
{
	size_t start[WORDS_MAX + 1], n = 0;

	if (!may_be_date(s))
		return never;
	struct when w = parse(s);
	if (w.t >= date_utc(YEAR_MIN_SHOWN, 1, 1, 0, 0, 0))
		return w;
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
			w = may_be_date(part) ? parse(part) : never;
			if (w.t >= date_utc(YEAR_MIN_SHOWN, 1, 1, 0, 0, 0))
				return w;
		}
	}
	return never;
}

static struct when of_element(struct page *p, const struct node *n)
{
	return date_in_line(clean_line(p, node_line_str(p->arena, n, DATE_LINE_MAX)));
}

/* <time> near the headline: the first that stands in no list of other stories. */
static struct when of_times(struct page *p)
{
	const struct node *root = p->html->body;
	struct when loose = never;

	for (const struct node *n = node_find(root, NULL, TAG_TIME); n; n = node_find(root, n, TAG_TIME)) {
		struct when w = parse(node_attr(n, ATTR_DATETIME));
		if (w.t == TIME_NONE)
			w = of_element(p, n);
		if (w.t == TIME_NONE)
			continue;
		bool aside = false;
		for (const struct node *a = n; a != root; a = a->parent)
			aside |= (page_fig(p, a)->drop &&
			             !(page_fig(p, a)->marks & (MARK_SHARE | MARK_AUTHOR_BOX))) ||
			         (page_fig(p, a)->marks & (MARK_COMMENT | MARK_RELATED | MARK_TEASER));
		if (!aside || node_has_attr(n, ATTR_ITEMPROP))
			return w;
		if (loose.t == TIME_NONE)
			loose = w;
	}
	return loose;
}

/* The first line where dates stand by the names of elements. */
static struct when of_named(struct page *p)
{
	const struct node *root = p->html->body;
	unsigned seen = 0;

	for (const struct node *n = root; n && seen < SHOWN_MAX; n = node_next(n, root)) {
		const struct figures *f = page_fig(p, n);
		if (n->tag == TAG_TEXT || !(f->marks & MARK_BYLINE) || f->weight < 6 ||
		    f->weight > DATE_LINE_MAX || f->marks & (MARK_COMMENT | MARK_RELATED | MARK_TEASER))
			continue;
		seen++;
		struct when w = of_element(p, n);
		if (w.t != TIME_NONE)
			return w;
	}
	return never;
}

/* A short line around the headline that is or begins with a date. */
static struct when of_lines(struct page *p)
{
	size_t headline = 0, prose = 0, from;

	while (headline < p->n_blocks && !node_closest(p->blocks[headline].owner, TAG_H1))
		headline++;
	from = headline < p->n_blocks && headline > NEAR_BLOCKS ? headline - NEAR_BLOCKS : 0;
	for (size_t i = from; i < p->n_blocks && prose < 4; i++) {
		const struct text_block *b = &p->blocks[i];
		prose += i > headline && b->prose;
		if (b->weight < 6 || b->weight > 120)
			continue;
		struct when w = of_element(p, b->owner);
		if (w.t != TIME_NONE)
			return w;
	}
	return never;
}

struct when find_published(struct page *p, const struct facts *f)
{
	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		struct when w = parse(f->said[FIELD_PUBLISHED][i]);
		if (w.t == TIME_NONE)
			w = date_in_line(f->said[FIELD_PUBLISHED][i]);
		if (w.t != TIME_NONE)
			return w;
	}
	struct when w = date_in_url(p->url);
	if (w.t == TIME_NONE)
		w = date_in_url(f->said[FIELD_CANONICAL][SOURCE_LINK]);
	if (w.t == TIME_NONE)
		w = of_times(p);
	if (w.t == TIME_NONE)
		w = of_named(p);
	if (w.t == TIME_NONE)
		w = of_lines(p);
	return w;
}
