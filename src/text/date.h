/* SPDX-License-Identifier: MIT */
/* Dates as the web writes them, and as a reader sees them. Thread: any. */
#ifndef CO_TEXT_DATE_H
#define CO_TEXT_DATE_H

#include "base/buf.h"
#include "base/clock.h"

/* Any date form seen in feeds and pages (RFC 822/850, ISO 8601 and W3C-DTF variants, names of months and days
 * in several languages, zone names, epochs in s and ms): seconds since 1970 UTC, TIME_NONE when it cannot be
 * read. */
int64_t date_parse(struct str s);
/* The same, and the offset from UTC that was written, in minutes (0 when none). */
int64_t date_parse_zone(struct str s, int *offset_min);
/* strptime(3)-like format of a JSON source (%Y %m %d %H %M %S %z %Z %b %B %f %s, literals). */
int64_t date_parse_format(struct str s, const char *format);
int64_t date_utc(
    int64_t year, int month, int day, int hour, int minute, int second); /* proleptic Gregorian */
struct date_parts {
	int64_t year;
	int month, day, hour, minute, second, weekday; /* month 1–12, weekday 0 = Sunday */
};
struct date_parts date_split(int64_t t, bool local);
bool date_rfc3339(struct buf *out, int64_t t); /* 1969-07-20T20:17:40Z */
/* The clock of a zone, in minutes from UTC: 1969-07-20T22:17:40+02:00. */
bool date_rfc3339_zone(struct buf *out, int64_t t, int zone_min);
/* Age as ui.md has it: now, 10m … 50m, 1h … 23h, 1d … 6d, 1w …, 4mo, 2y. */
bool date_age(struct buf *out, int64_t then, int64_t now);
/* "Sun 20 Jul 1969 22:40", local time; without weekday and year when brief (the year stays when it is not
 * now's). */
bool date_byline(struct buf *out, int64_t t, int64_t now, bool brief);
/* "30s", "15m", "2h", "7d", "2w" → seconds; -1 when it is none. */
int64_t duration_parse(struct str s);
/* "2d", "3h" (before now), "today", "yesterday", "2026-11-01", RFC 3339 → moment; TIME_NONE when none. */
int64_t date_moment(struct str s, int64_t now);

#endif
