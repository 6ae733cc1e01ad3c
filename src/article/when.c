/* SPDX-License-Identifier: MIT */
/* When it was published, and in which zone: what the page tells machines, corrected by what it shows beside
 * its headline (shown.c) and by its address. */
#include "article/shown.h"
#include <stdlib.h>

#include "text/date.h"

enum {
	YEAR_MIN_SHOWN = 1990,
	DAY_S = 86400,
	RUNNING_DAYS = 7,
	ZONE_MAX_S = 14 * 3600,
	ZONE_STEP_S = 30 * 60,
	ZONE_SLACK_S = 4 * 60
};

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
			return date_utc(year, month, day, 0, 0, 0) > clock_now() + DAY_S
			           ? when_never
			           : (struct when){date_utc(year, month, day, 0, 0, 0), 0};
	}
	return when_never;
}

static int64_t local_of(struct when w)
{
	return w.t + (int64_t)w.zone_min * 60;
}

static int64_t day_of(struct when w)
{
	int64_t local = local_of(w);

	return (local - ((local % DAY_S) + DAY_S) % DAY_S) / DAY_S;
}

/* What the page tells machines, in the order in which sources are believed. */
static struct when said(const struct facts *f)
{
	struct when w = when_never;

	for (size_t i = 0; i < SOURCE_COUNT && w.t == TIME_NONE; i++) {
		w = when_parse(f->said[FIELD_PUBLISHED][i]);
		if (w.t == TIME_NONE)
			w = when_in_line(f->said[FIELD_PUBLISHED][i]);
	}
	return w;
}

/* The zone in which the moment w is the clock that is shown; false when there is none. */
static bool zone_by_clock(struct when *w, struct when shown)
{
	int64_t ahead = local_of(shown) - w->t, rest;

	if (local_of(shown) % DAY_S == 0 || ahead < -ZONE_MAX_S || ahead > ZONE_MAX_S)
		return false;
	rest = ((ahead % ZONE_STEP_S) + ZONE_STEP_S) % ZONE_STEP_S;
	if (rest > ZONE_SLACK_S && rest < ZONE_STEP_S - ZONE_SLACK_S)
		return false;
	ahead += ZONE_STEP_S / 2;
	ahead -= ((ahead % ZONE_STEP_S) + ZONE_STEP_S) % ZONE_STEP_S;
	w->zone_min = (int)(ahead / 60);
	return true;
}

/* The zone nearest to UTC in which the moment falls on that day, when it is the day before or after. */
static void zone_by_day(struct when *w, int64_t day)
{
	int64_t into = w->t - day_of(*w) * DAY_S, shift;

	if (day == day_of(*w) - 1)
		shift = -(into / 3600 + 1);
	else if (day == day_of(*w) + 1)
		shift = (DAY_S - into + 3599) / 3600;
	else
		return;
	if (shift * 3600 >= -ZONE_MAX_S && shift * 3600 <= ZONE_MAX_S)
		w->zone_min = (int)shift * 60;
}

/* Machines are told UTC more often than not; the page's own day is the one that it shows. */
static void set_zone(struct when *w, const struct shown *s, struct when url)
{
	if (w->zone_min || w->t % DAY_S == 0)
		return;
	for (size_t i = 0; i < s->n; i++)
		if (s->dates[i].near && zone_by_clock(w, s->dates[i].w))
			return;
	for (size_t i = 0; i < s->n; i++)
		if (s->dates[i].near && !s->dates[i].updated) {
			zone_by_day(w, day_of(s->dates[i].w));
			return;
		}
	if (url.t != TIME_NONE)
		zone_by_day(w, day_of(url));
}

/* Days from the one to the other, each in its zone. */
static int64_t days_between(struct when from, struct when to)
{
	return day_of(to) - day_of(from);
}

static bool is_near_day(struct when a, struct when b)
{
	return a.t != TIME_NONE && b.t != TIME_NONE && llabs(days_between(a, b)) <= 1;
}

/* The moment of that day that machines are told of, be it as one of a change; the day itself when there is
 * none. */
static bool told_moment(struct when *day, const struct facts *f)
{
	bool told = false;

	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		struct when m = when_parse(f->said[FIELD_MODIFIED][i]);
		told |= is_near_day(*day, m) || is_near_day(*day, when_parse(f->said[FIELD_PUBLISHED][i]));
		if (local_of(*day) % DAY_S == 0 && m.t != TIME_NONE && !days_between(*day, m))
			*day = m;
	}
	return told;
}

/* A page that came out anew shows that day alone, and as its own; a running story shows but the last change,
 * some days on. */
static struct when redated(struct when w, const struct shown *s, const struct facts *f)
{
	struct when found = when_never;

	for (size_t i = 0; i < s->n; i++) {
		const struct shown_date *d = &s->dates[i];
		struct when as_shown = w;
		if (!d->near)
			continue;
		if (!days_between(w, d->w) || zone_by_clock(&as_shown, d->w))
			return w;
		int64_t days = days_between(w, d->w);
		if (found.t == TIME_NONE && (d->updated ? days >= 1 && days <= RUNNING_DAYS : days > 1))
			found = d->w;
	}
	return found.t != TIME_NONE && told_moment(&found, f) ? found : w;
}

struct when find_published(struct page *p, const struct facts *f)
{
	struct when w = said(f), url = date_in_url(p->url);
	struct shown s;

	if (url.t == TIME_NONE)
		url = date_in_url(f->said[FIELD_CANONICAL][SOURCE_LINK]);
	shown_find(p, &s);
	if (w.t != TIME_NONE) {
		w = redated(w, &s, f);
		set_zone(&w, &s, url);
		return w;
	}
	if (url.t != TIME_NONE)
		return url;
	for (size_t i = 0; i < s.n; i++)
		if (!s.dates[i].updated)
			return s.dates[i].w;
	return s.n ? s.dates[0].w : when_never;
}
