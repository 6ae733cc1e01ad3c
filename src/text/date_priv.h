/* SPDX-License-Identifier: MIT */
/* What the date files share: the reader of any form, zones, names, the calendar. */
#ifndef CO_TEXT_DATE_PRIV_H
#define CO_TEXT_DATE_PRIV_H

#include "base/str.h"

#include <stdint.h>

#define ZONE_UNKNOWN INT32_MIN

/* Minutes east of UTC of a zone name in small letters: an abbreviation ("est"), or an IANA name
 * ("europe/brussels") with its summer time at that moment (seconds of local time). ZONE_UNKNOWN: no zone's
 * name. */
int zone_offset(struct str name, int64_t local);

/* What a folded word of a date is: a month, or a name that is also a day's ("mar" is March and mardi). 0:
 * neither. */
struct date_name {
	int month;
	bool weak;
};
struct date_name date_name_of(struct str folded);

#define DATE_MAX 400 /* bytes of a date that are looked at */

/* Reads any form. Seconds since 1970 UTC, or TIME_NONE. */
int64_t date_read(struct str s, int *offset_min);
int64_t date_days(int64_t year, int month, int day); /* since 1970-01-01 */
bool date_is_valid(int64_t year, int month, int day);

#define NUMBERS_MAX 8

struct number {
	int64_t value;
	int digits;
};

/* What has been read so far. Fields are -1 until known. */
struct reading {
	struct str s; /* folded, ASCII digits */
	size_t at;
	int64_t year, era;                   /* era: the year before its first, 0: none named */
	int month, weak_month, day, ordinal; /* ordinal: day of the year */
	int hour, minute, second;
	int pm; /* 1: pm, 0: am */
	bool has_zone, bad;
	int zone; /* minutes east */
	struct str zone_name;
	struct number numbers[NUMBERS_MAX];
	size_t n, month_at; /* month_at: numbers seen before the month */
	size_t unknown;     /* words that say nothing */
};
int64_t reading_year(struct number n); /* with its century */
/* Takes a whole date, unless there is one already. */
void reading_set_date(struct reading *r, struct number year, struct number month, struct number day);
/* Seconds since 1970 of the local time that was read. False: no date, or none that exists. */
bool reading_settle(struct reading *r, int64_t *local);

#endif
