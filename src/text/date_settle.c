/* SPDX-License-Identifier: MIT */
/* The end of reading a date: which number is the day, which the year, and whether there is such a day. */
#include "text/date_priv.h"

#include "text/date.h"

int64_t reading_year(struct number n)
{
	return n.digits > 2 ? n.value : n.value + (n.value <= 68 ? 2000 : 1900);
}

void reading_set_date(struct reading *r, struct number year, struct number month, struct number day)
{
	if (r->year >= 0 && r->day >= 0)
		return;
	r->year = reading_year(year);
	r->month = (int)month.value;
	r->day = (int)day.value;
}

static bool is_year(struct number n)
{
	return n.digits >= 4 || n.value > 31;
}

/* Day and year beside a month's name. */
static void settle_named(struct reading *r)
{
	size_t day = r->n, year = r->n;

	if (r->month_at > 0 && r->day < 0 && !is_year(r->numbers[r->month_at - 1]))
		day = r->month_at - 1;
	for (size_t i = r->month_at; i < r->n && day == r->n && r->day < 0; i++)
		if (!is_year(r->numbers[i]))
			day = i;
	for (size_t i = 0; i < r->n && year == r->n; i++)
		if (r->numbers[i].digits >= 4)
			year = i;
	for (size_t i = r->n; i-- > 0 && year == r->n;)
		if (i != day && r->numbers[i].digits >= 2)
			year = i;
	if (r->year < 0 && year < r->n)
		r->year = reading_year(r->numbers[year]);
	/* A number that is neither (32 Feb 2004) is no day of any month. */
	if (r->day < 0)
		r->day = day < r->n ? (int)r->numbers[day].value : r->n > (year < r->n ? 1 : 0) ? 0 : 1;
}

/* Only numbers: 11 04 2020 is day, month, year; 2020 04 11 the other way round; 1997 the year. */
static void settle_numbers(struct reading *r)
{
	const struct number *n = r->numbers;

	if (r->n >= 3) {
		bool year_first = is_year(n[0]);
		struct number month = n[1], day = year_first ? n[2] : n[0];

		if (month.value > 12)
			reading_set_date(r, year_first ? n[0] : n[2], day, month);
		else
			reading_set_date(r, year_first ? n[0] : n[2], month, day);
	} else if (r->n == 1 && n[0].digits == 4 && r->unknown == 0 && r->hour < 0) {
		reading_set_date(r, n[0], (struct number){1, 1}, (struct number){1, 1});
	}
}

/* Puts the pieces together. */
bool reading_settle(struct reading *r, int64_t *local)
{
	if (r->year < 0 || r->month < 0) {
		if (r->month < 0)
			r->month = r->weak_month;
		if (r->month > 0)
			settle_named(r);
		else if (r->ordinal < 0)
			settle_numbers(r);
	}
	if (r->month > 0 && r->day < 0)
		settle_named(r);
	if (r->ordinal > 366)
		return false;
	if (r->ordinal > 0) {
		r->month = 1;
		r->day = 1;
	}
	if (!date_is_valid(r->year, r->month, r->day))
		return false;
	if (r->pm >= 0 && r->hour >= 1 && r->hour <= 12)
		r->hour = r->hour % 12 + (r->pm ? 12 : 0);
	if (r->hour == 24 && (r->minute > 0 || r->second > 0))
		return false;
	*local = date_utc(r->year, r->month, r->day, r->hour > 0 ? r->hour : 0, r->minute, r->second);
	if (r->ordinal > 0)
		*local += (int64_t)(r->ordinal - 1) * 86400;
	return true;
}
