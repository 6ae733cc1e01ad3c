/* SPDX-License-Identifier: MIT */
/* Moments as a reader sees and types them: ages, bylines, durations, "2d ago". */
#include "text/date.h"

#include "base/i18n.h"
#include "text/date_priv.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#define MINUTE ((int64_t)60)
#define HOUR   ((int64_t)3600)
#define DAY    ((int64_t)86400)

/* TRANSLATORS: short names of days and months, as a byline has them: "Sun 20 Jul 1969 22:40". */
static const char *const day_names[] = {
    N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat")};
static const char *const month_names[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

static struct date_parts split_utc(int64_t t)
{
	int64_t days = t / DAY - (t % DAY < 0), rest = t - days * DAY;
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t mp = (5 * of_year + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct date_parts){
	    .year = year_of_era + era * 400 + (month <= 2),
	    .month = month,
	    .day = (int)(of_year - (153 * mp + 2) / 5 + 1),
	    .hour = (int)(rest / HOUR),
	    .minute = (int)(rest / MINUTE % 60),
	    .second = (int)(rest % 60),
	    .weekday = (int)(((days + 4) % 7 + 7) % 7),
	};
}

struct date_parts date_split(int64_t t, bool local)
{
	time_t moment = (time_t)t;
	struct tm tm;

	if (t < -(INT64_C(1) << 55) || t > INT64_C(1) << 55)
		t = 0;
	if (!local || !localtime_r(&moment, &tm))
		return split_utc(t);
	return (struct date_parts){tm.tm_year + INT64_C(1900), tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
	    tm.tm_min, tm.tm_sec, tm.tm_wday};
}

bool date_rfc3339(struct buf *out, int64_t t)
{
	struct date_parts d = date_split(t, false);

	return buf_printf(out, "%04" PRId64 "-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month, d.day, d.hour,
	    d.minute, d.second);
}

bool date_rfc3339_zone(struct buf *out, int64_t t, int zone_min)
{
	struct date_parts d = date_split(t + (int64_t)zone_min * 60, false);
	int away = zone_min < 0 ? -zone_min : zone_min;

	if (!zone_min)
		return date_rfc3339(out, t);
	return buf_printf(out, "%04" PRId64 "-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", d.year, d.month, d.day,
	    d.hour, d.minute, d.second, zone_min < 0 ? '-' : '+', away / 60, away % 60);
}

bool date_age(struct buf *out, int64_t then, int64_t now)
{
	/* From how many seconds on a unit is used, its length, its step.
	 * TRANSLATORS: years, months, weeks, days, hours, minutes behind a number, as in 10m, 3h, 2d, 1w,
	 * 4mo, 2y. */
	static const struct {
		int64_t from, unit, step;
		const char *sign;
	} ages[] = {
	    {365 * DAY, 365 * DAY, 1, N_("y")},
	    {61 * DAY, 365 * DAY / 12, 1, N_("mo")},
	    {7 * DAY, 7 * DAY, 1, N_("w")},
	    {DAY, DAY, 1, N_("d")},
	    {HOUR, HOUR, 1, N_("h")},
	    {10 * MINUTE, MINUTE, 10, N_("m")},
	};
	int64_t age;

	if (then == TIME_NONE)
		return true;
	age = now > then ? now - then : 0;
	for (size_t i = 0; i < ARRAY_LEN(ages); i++)
		if (age >= ages[i].from)
			return buf_printf(out, "%" PRId64 "%s",
			    age / ages[i].unit / ages[i].step * ages[i].step, _(ages[i].sign));
	/* TRANSLATORS: the age of a story, at most 4 columns. */
	return buf_adds(out, _("now"));
}

bool date_byline(struct buf *out, int64_t t, int64_t now, bool brief)
{
	struct date_parts d, n;

	if (t == TIME_NONE)
		return true;
	d = date_split(t, true);
	n = date_split(now, true);
	if (!brief && !buf_printf(out, "%s ", _(day_names[d.weekday])))
		return false;
	if (!buf_printf(out, "%d %s", d.day, _(month_names[d.month - 1])))
		return false;
	if ((!brief || d.year != n.year) && !buf_printf(out, " %" PRId64, d.year))
		return false;
	return buf_printf(out, " %02d:%02d", d.hour, d.minute);
}

int64_t duration_parse(struct str s)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {{'s', 1}, {'m', MINUTE}, {'h', HOUR}, {'d', DAY}, {'w', 7 * DAY}};
	uint64_t n;

	s = str_trim(s);
	if (s.len < 2 || !ch_digit((unsigned char)s.p[0]))
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (s.p[s.len - 1] == units[i].unit && str_u64(str_trim(str_sub(s, 0, s.len - 1)), &n) &&
		    n < 1000000000)
			return (int64_t)n * units[i].seconds;
	return -1;
}

/* The beginning of a local day, `ahead` days after that of t. */
static int64_t midnight(int64_t t, int ahead)
{
	struct date_parts d = date_split(t, true);
	struct tm tm = {
	    .tm_year = (int)(d.year - 1900), .tm_mon = d.month - 1, .tm_mday = d.day + ahead, .tm_isdst = -1};

	return (int64_t)mktime(&tm);
}

int64_t date_moment(struct str s, int64_t now)
{
	int64_t duration, t;
	struct date_parts d;
	struct tm tm;

	s = str_trim(s);
	if (str_eq_nocase(s, STR("now")))
		return now;
	if (str_eq_nocase(s, STR("today")))
		return midnight(now, 0);
	if (str_eq_nocase(s, STR("yesterday")))
		return midnight(now, -1);
	duration = duration_parse(s);
	if (duration >= 0)
		return now - duration;
	if (s.len < 4 || !ch_digit((unsigned char)s.p[0]))
		return TIME_NONE;
	t = date_parse(s);
	if (t == TIME_NONE || str_chr(s, ':') >= 0)
		return t;
	/* A day without a clock is the reader's own day. */
	d = date_split(t, false);
	tm = (struct tm){
	    .tm_year = (int)(d.year - 1900), .tm_mon = d.month - 1, .tm_mday = d.day, .tm_isdst = -1};
	return (int64_t)mktime(&tm);
}
