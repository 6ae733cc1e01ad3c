/* SPDX-License-Identifier: MIT */
/* Names in dates: months in the languages of the feeds, zones with their summer time. All of it in tables,
 * because the program that reads dates may open no file of the system's. */
#include "text/date_priv.h"

#include "base/attr.h"
#include "text/date.h"

enum rule { RULE_NONE, RULE_EU, RULE_US, RULE_AU, RULE_NZ };

struct month_row {
	int month;
	bool weak;
	const char *beginnings;
};

struct zone_row {
	int minutes;
	enum rule rule;
	const char *names;
};

static const struct month_row months[] = {
#define MONTH(number, beginnings) {number, false, beginnings},
#define WEAK(number, beginnings)  {number, true, beginnings},
#include "text/date_months.def"
};

static const struct zone_row zones[] = {
#define ABBR(minutes, names)        {minutes, RULE_NONE, names},
#define PLACE(minutes, rule, names) {minutes, rule, names},
#include "text/date_zones.def"
};

/* How much of word the longest name of a list (separated by blanks) covers; a name counts only as a whole. */
static size_t covered(const char *list, struct str word)
{
	size_t longest = 0;

	for (const char *p = list; *p;) {
		size_t n = 0;

		while (n < word.len && p[n] == word.p[n])
			n++;
		if ((p[n] == ' ' || p[n] == '\0') && n > longest)
			longest = n;
		p += n;
		while (*p && *p != ' ')
			p++;
		p += *p == ' ';
	}
	return longest;
}

struct date_name date_name_of(struct str folded)
{
	struct date_name best = {0};
	size_t longest = 0;

	for (size_t i = 0; i < ARRAY_LEN(months); i++) {
		size_t n = covered(months[i].beginnings, folded);

		if (n > longest) {
			longest = n;
			best = (struct date_name){months[i].month, months[i].weak};
		}
	}
	/* Hebrew puts its "in" before the name. */
	if (!best.month && str_starts(folded, "ב") && folded.len > 2)
		return date_name_of(str_skip(folded, 2));
	/* Turkish Sunday and Monday begin as Polish October does. */
	if (str_starts(folded, "pazar"))
		return (struct date_name){0};
	return best;
}

/* The day of the n-th Sunday of a month (n from 1), or of the last one (n = 0). */
static int64_t sunday(int64_t year, int month, int n)
{
	int64_t first = date_days(n > 0 ? year : year + month / 12, n > 0 ? month : month % 12 + 1, 1);
	int64_t weekday = ((first + 4) % 7 + 7) % 7; /* 0 is Sunday */

	if (n == 0)
		return first - (weekday == 0 ? 7 : weekday);
	return first + (7 - weekday) % 7 + 7 * (n - 1);
}

/* True when summer time holds at that local (standard) time. */
static bool is_summer(enum rule rule, int64_t local, int minutes)
{
	struct date_parts d = date_split(local, false);
	int64_t from, to;

	switch (rule) {
	case RULE_EU: /* at 01:00 UTC */
		from = sunday(d.year, 3, 0) * 86400 + 3600 + minutes * 60;
		to = sunday(d.year, 10, 0) * 86400 + 3600 + minutes * 60;
		return local >= from && local < to + 3600;
	case RULE_US:
		from = (d.year >= 2007 ? sunday(d.year, 3, 2) : sunday(d.year, 4, 1)) * 86400 + 2 * 3600;
		to = (d.year >= 2007 ? sunday(d.year, 11, 1) : sunday(d.year, 10, 0)) * 86400 + 2 * 3600;
		return local >= from && local < to;
	case RULE_AU:
	case RULE_NZ:
		from = (rule == RULE_AU ? sunday(d.year, 10, 1) : sunday(d.year, 9, 0)) * 86400 + 2 * 3600;
		to = sunday(d.year, 4, 1) * 86400 + 3 * 3600;
		return local >= from || local < to;
	case RULE_NONE:
		break;
	}
	return false;
}

int zone_offset(struct str name, int64_t local)
{
	for (size_t i = 0; i < ARRAY_LEN(zones) && name.len > 0; i++)
		if (covered(zones[i].names, name) == name.len)
			return zones[i].minutes +
			       (is_summer(zones[i].rule, local, zones[i].minutes) ? 60 : 0);
	return ZONE_UNKNOWN;
}
