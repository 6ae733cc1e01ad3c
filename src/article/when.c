/* SPDX-License-Identifier: MIT */
/* When it was published: what the page says, then <time>, the address, and what is shown near the headline.
 */
#include "article/facts.h"

#include "text/date.h"

enum { YEAR_MIN = 1993, DATE_LINE_MAX = 120, SHOWN_MAX = 60 };

/* A moment that can be: not before the web, not more than two days ahead of this machine's clock. */
static int64_t plausible(int64_t t)
{
	if (t == TIME_NONE || t < date_utc(YEAR_MIN, 1, 1, 0, 0, 0) || t > clock_now() + 2 * 86400)
		return TIME_NONE;
	return t;
}

/* /2023/12/21/, /2023-12-21-, /20231221/ in the path of an address. */
static int64_t date_in_url(struct str url)
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
		if (year >= YEAR_MIN && month >= 1 && month <= 12 && day >= 1 && day <= 31)
			return plausible(date_utc(year, month, day, 0, 0, 0));
	}
	return TIME_NONE;
}

static int64_t of_time_element(struct page *p, const struct node *n)
{
	int64_t t = plausible(date_parse(node_attr(n, ATTR_DATETIME)));

	return t != TIME_NONE
	           ? t
	           : plausible(date_parse(clean_line(p, node_line_str(p->arena, n, DATE_LINE_MAX))));
}

/* <time> near the headline: the first that stands in no list of other stories. */
static int64_t of_times(struct page *p)
{
	const struct node *root = p->html->body;
	int64_t loose = TIME_NONE;

	for (const struct node *n = node_find(root, NULL, TAG_TIME); n; n = node_find(root, n, TAG_TIME)) {
		int64_t t = of_time_element(p, n);
		if (t == TIME_NONE)
			continue;
		bool aside = false;
		for (const struct node *a = n; a != root; a = a->parent)
			aside |= page_fig(p, a)->drop ||
			         (page_fig(p, a)->marks & (MARK_COMMENT | MARK_RELATED | MARK_TEASER));
		if (!aside || node_has_attr(n, ATTR_ITEMPROP))
			return t;
		if (loose == TIME_NONE)
			loose = t;
	}
	return loose;
}

/* The first line that reads as a date alone, or holds one where dates stand. */
static int64_t of_lines(struct page *p)
{
	const struct node *root = p->html->body;
	unsigned seen = 0;

	for (const struct node *n = root; n && seen < SHOWN_MAX; n = node_next(n, root)) {
		const struct figures *f = page_fig(p, n);
		if (n->tag == TAG_TEXT || !(f->marks & MARK_BYLINE) || f->weight < 6 ||
		    f->weight > DATE_LINE_MAX)
			continue;
		seen++;
		int64_t t = plausible(date_parse(clean_line(p, node_line_str(p->arena, n, DATE_LINE_MAX))));
		if (t != TIME_NONE)
			return t;
	}
	for (size_t i = 0; i < p->n_blocks; i++) {
		const struct text_block *b = &p->blocks[i];
		if (b->weight < 6 || b->weight > 40)
			continue;
		int64_t t =
		    plausible(date_parse(clean_line(p, node_line_str(p->arena, b->owner, DATE_LINE_MAX))));
		if (t != TIME_NONE)
			return t;
	}
	return TIME_NONE;
}

int64_t find_published(struct page *p, const struct facts *f)
{
	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		int64_t t = plausible(date_parse(f->said[FIELD_PUBLISHED][i]));
		if (t != TIME_NONE)
			return t;
	}
	int64_t t = date_in_url(p->url);
	if (t == TIME_NONE)
		t = date_in_url(f->said[FIELD_CANONICAL][SOURCE_LINK]);
	if (t == TIME_NONE)
		t = of_times(p);
	if (t == TIME_NONE)
		t = of_lines(p);
	return t;
}
