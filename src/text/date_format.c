/* SPDX-License-Identifier: MIT */
/* Dates of a stated format, as the mapping of a JSON source gives it: the common part of strptime(3), without
 * its locale. */
#include "text/date_priv.h"

#include "text/date.h"
#include "text/fold.h"

#include <string.h>

struct fields {
	struct str s;
	size_t at;
	int64_t year, month, day, ordinal, hour, minute, second, pm, zone, epoch;
	bool bad;
};

static char peek(const struct fields *f)
{
	return f->at < f->s.len ? f->s.p[f->at] : '\0';
}

static int64_t number(struct fields *f, size_t digits, int64_t least, int64_t most)
{
	int64_t v = 0;
	size_t n = 0;

	while (peek(f) == ' ')
		f->at++;
	for (; n < digits && ch_digit((unsigned char)peek(f)); n++, f->at++)
		v = v * 10 + (peek(f) - '0');
	f->bad = f->bad || n == 0 || v < least || v > most;
	return v;
}

/* The letters here, folded, in out (which has room for 64 bytes). */
static struct str word(struct fields *f, struct buf *out)
{
	size_t start = f->at;

	while (ch_alpha((unsigned char)peek(f)) || (peek(f) & 0x80) ||
	       (f->at > start && (peek(f) == '/' || peek(f) == '_')))
		f->at++;
	(void)fold_add(out, str_sub(f->s, start, f->at - start));
	f->bad = f->bad || f->at == start;
	return buf_str(out);
}

static void zone(struct fields *f)
{
	SCOPED(buf) struct buf name = BUF_MAX(256);
	int sign = peek(f) == '-' ? -1 : 1;
	int64_t hours, minutes = 0;

	if (peek(f) != '+' && peek(f) != '-') {
		int minutes_east = zone_offset(word(f, &name), 0);

		f->bad = f->bad || minutes_east == ZONE_UNKNOWN;
		f->zone = minutes_east;
		return;
	}
	f->at++;
	hours = number(f, 2, 0, 15);
	if (peek(f) == ':')
		f->at++;
	if (ch_digit((unsigned char)peek(f)))
		minutes = number(f, 2, 0, 59);
	f->zone = sign * (hours * 60 + minutes);
}

static void month_name(struct fields *f)
{
	SCOPED(buf) struct buf name = BUF_MAX(256);

	f->month = date_name_of(word(f, &name)).month;
	f->bad = f->bad || f->month == 0;
	if (peek(f) == '.')
		f->at++;
}

static void half(struct fields *f)
{
	char c = (char)ch_lower((unsigned char)peek(f));

	f->bad = f->bad || (c != 'a' && c != 'p');
	f->pm = c == 'p';
	for (f->at++; peek(f) == '.' || ch_lower((unsigned char)peek(f)) == 'm';)
		f->at++;
}

static void read_format(struct fields *f, const char *format, int depth);

/* Directives that are a number: digits, range, where it goes. */
static const struct numeric {
	char c;
	unsigned char digits;
	int64_t least, most;
	size_t field;
} numerics[] = {
    {'Y', 4, 1000, 9999, offsetof(struct fields, year)},
    {'y', 2, 0, 99, offsetof(struct fields, year)},
    {'m', 2, 1, 12, offsetof(struct fields, month)},
    {'d', 2, 1, 31, offsetof(struct fields, day)},
    {'e', 2, 1, 31, offsetof(struct fields, day)},
    {'j', 3, 1, 366, offsetof(struct fields, ordinal)},
    {'H', 2, 0, 24, offsetof(struct fields, hour)},
    {'k', 2, 0, 24, offsetof(struct fields, hour)},
    {'I', 2, 1, 12, offsetof(struct fields, hour)},
    {'l', 2, 1, 12, offsetof(struct fields, hour)},
    {'M', 2, 0, 59, offsetof(struct fields, minute)},
    {'S', 2, 0, 60, offsetof(struct fields, second)},
    {'s', 12, 0, INT64_MAX, offsetof(struct fields, epoch)},
};

static bool numeric(struct fields *f, char c)
{
	for (size_t i = 0; i < ARRAY_LEN(numerics); i++) {
		const struct numeric *n = &numerics[i];
		int64_t v;

		if (n->c != c)
			continue;
		v = number(f, n->digits, n->least, n->most);
		if (c == 'y')
			v += v <= 68 ? 2000 : 1900;
		*(int64_t *)(void *)((char *)f + n->field) = v;
		return true;
	}
	return false;
}

static void directive(struct fields *f, char c, int depth)
{
	SCOPED(buf) struct buf ignored = BUF_MAX(256);

	if (numeric(f, c))
		return;
	switch (c) {
	case 'b':
	case 'B':
	case 'h':
		month_name(f);
		break;
	case 'f':
		while (ch_digit((unsigned char)peek(f)))
			f->at++;
		break;
	case 'p':
	case 'P':
		half(f);
		break;
	case 'a':
	case 'A':
		(void)word(f, &ignored);
		break;
	case 'z':
	case 'Z':
		zone(f);
		break;
	case 'F':
	case 'T':
	case 'R':
		f->bad = f->bad || depth > 0;
		if (!f->bad)
			read_format(f, c == 'F' ? "%Y-%m-%d" : c == 'T' ? "%H:%M:%S" : "%H:%M", depth + 1);
		break;
	case '%':
		f->bad = f->bad || peek(f) != '%';
		f->at++;
		break;
	default:
		f->bad = true;
	}
}

static void read_format(struct fields *f, const char *format, int depth)
{
	for (const char *p = format; *p && !f->bad; p++) {
		if (*p == '%' && p[1]) {
			directive(f, *++p, depth);
		} else if (ch_space((unsigned char)*p)) {
			while (ch_space((unsigned char)peek(f)))
				f->at++;
		} else {
			f->bad = peek(f) != *p;
			f->at++;
		}
	}
}

int64_t date_parse_format(struct str s, const char *format)
{
	struct fields f = {.s = str_trim(s), .year = -1, .month = 1, .day = 1, .pm = -1, .epoch = -1};

	if (s.len == 0 || s.len > DATE_MAX)
		return TIME_NONE;
	read_format(&f, format, 0);
	if (f.bad || f.at < f.s.len)
		return TIME_NONE;
	if (f.epoch >= 0)
		return f.epoch;
	if (f.ordinal > 0)
		f.month = f.day = 1;
	if (!date_is_valid(f.year, (int)f.month, (int)f.day))
		return TIME_NONE;
	if (f.pm >= 0)
		f.hour = f.hour % 12 + (f.pm ? 12 : 0);
	return date_utc(f.year, (int)f.month, (int)f.day, (int)f.hour, (int)f.minute, (int)f.second) -
	       f.zone * 60 + (f.ordinal > 0 ? (f.ordinal - 1) * 86400 : 0);
}
