/* SPDX-License-Identifier: MIT */
/* Dates as the web writes them: quick roads for the common forms, date_read.c for all others. Names are
 * date_name.c, showing is date_show.c, formats that a reader states are date_format.c. */
#include "text/date.h"

#include "text/date_priv.h"

int64_t date_days(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int64_t date_utc(int64_t year, int month, int day, int hour, int minute, int second)
{
	return date_days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

bool date_is_valid(int64_t year, int month, int day)
{
	static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > lengths[month - 1])
		return false;
	return month != 2 || day < 29 || leap;
}

/* Two digits at p, or -1. */
static int two(const char *p)
{
	return ch_digit(p[0]) && ch_digit(p[1]) ? (p[0] - '0') * 10 + (p[1] - '0') : -1;
}

/* The end of a quick form: "", "Z", "GMT", "+0100", "+01:00". False: something else. */
static bool quick_zone(struct str s, int *minutes)
{
	int hour, minute;

	*minutes = 0;
	if (s.len > 0 && s.p[0] == ' ')
		s = str_skip(s, 1);
	if (s.len == 0 || str_eqc(s, "Z") || str_eqc(s, "GMT") || str_eqc(s, "UTC"))
		return true;
	if ((s.p[0] != '+' && s.p[0] != '-') || (s.len != 5 && s.len != 6) || (s.len == 6 && s.p[3] != ':'))
		return false;
	hour = two(s.p + 1);
	minute = two(s.p + s.len - 2);
	if (hour < 0 || hour > 14 || minute < 0 || minute > 59)
		return false;
	*minutes = (hour * 60 + minute) * (s.p[0] == '-' ? -1 : 1);
	return true;
}

static bool quick_clock(const char *p, int *seconds)
{
	int hour = two(p), minute = two(p + 3), second = two(p + 6);

	if (p[2] != ':' || p[5] != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
	    second > 60)
		return false;
	*seconds = hour * 3600 + minute * 60 + second;
	return true;
}

/* 2026-11-24T10:00:00Z and its kin. */
static bool quick_3339(struct str s, int64_t *t, int *zone)
{
	int century, year, month, day, clock;
	size_t at = 19;

	if (s.len < 19 || s.p[4] != '-' || s.p[7] != '-' || (s.p[10] != 'T' && s.p[10] != ' '))
		return false;
	century = two(s.p);
	year = two(s.p + 2);
	month = two(s.p + 5);
	day = two(s.p + 8);
	if (century < 0 || year < 0 || !date_is_valid(century * 100 + year, month, day) ||
	    !quick_clock(s.p + 11, &clock))
		return false;
	if (at < s.len && s.p[at] == '.')
		for (at++; at < s.len && ch_digit(s.p[at]);)
			at++;
	if (!quick_zone(str_skip(s, at), zone))
		return false;
	*t = date_days(century * 100 + year, month, day) * 86400 + clock - *zone * 60;
	return true;
}

/* The month of three letters at p, English only; 0: none. */
static int quick_month(const char *p)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int i = 0; i < 12; i++)
		if ((p[0] | 0x20) == names[i * 3] && (p[1] | 0x20) == names[i * 3 + 1] &&
		    (p[2] | 0x20) == names[i * 3 + 2])
			return i + 1;
	return 0;
}

/* Tue, 24 Nov 2026 10:00:00 GMT */
static bool quick_822(struct str s, int64_t *t, int *zone)
{
	int day, month, century, year, clock;

	if (s.len >= 5 && s.p[3] == ',' && s.p[4] == ' ')
		s = str_skip(s, 5);
	if (s.len < 20 || s.p[2] != ' ' || s.p[6] != ' ' || s.p[11] != ' ')
		return false;
	day = two(s.p);
	month = quick_month(s.p + 3);
	century = two(s.p + 7);
	year = two(s.p + 9);
	if (century < 0 || year < 0 || !date_is_valid(century * 100 + year, month, day) ||
	    !quick_clock(s.p + 12, &clock))
		return false;
	if (!quick_zone(str_skip(s, 20), zone))
		return false;
	*t = date_days(century * 100 + year, month, day) * 86400 + clock - *zone * 60;
	return true;
}

/* A whole string of digits that counts from 1970: 9 or 10 digits are seconds, 13 milliseconds, 16
 * microseconds. */
static bool read_epoch(struct str s, int64_t *t)
{
	struct str whole = s;
	size_t n = 0;
	int64_t v;

	if (str_starts(s, "/Date("))
		whole = s = str_skip(s, 6);
	while (n < s.len && ch_digit(s.p[n]))
		n++;
	if (n < s.len && s.p[n] != '.' && s.p[n] != ')')
		return false;
	for (size_t i = n + 1; i < s.len; i++)
		if (!ch_digit(s.p[i]) && s.p[i] != ')' && s.p[i] != '/')
			return false;
	if ((n != 9 && n != 10 && n != 13 && n != 16) || !str_i64(str_sub(whole, 0, n), &v))
		return false;
	*t = n == 16 ? v / 1000000 : n == 13 ? v / 1000 : v;
	return true;
}

int64_t date_parse_zone(struct str s, int *offset_min)
{
	int64_t t;
	int zone = 0;

	*offset_min = 0;
	s = str_trim(s);
	if (s.len == 0 || s.len > DATE_MAX)
		return TIME_NONE;
	if (quick_3339(s, &t, &zone) || quick_822(s, &t, &zone)) {
		*offset_min = zone;
		return t;
	}
	if (read_epoch(s, &t))
		return t;
	return date_read(s, offset_min);
}

int64_t date_parse(struct str s)
{
	int ignored;

	return date_parse_zone(s, &ignored);
}
