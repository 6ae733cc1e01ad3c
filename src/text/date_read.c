/* SPDX-License-Identifier: MIT */
/* Dates in no common form, read word by word: numbers, names and signs say what they are by their look and
 * their neighbours; at the end the pieces are put together. */
#include "text/date_priv.h"

#include "text/date.h"
#include "text/fold.h"
#include "text/utf8.h"

#include <string.h>
#include <unictype.h>

static char peek(const struct reading *r, size_t ahead)
{
	return r->at + ahead < r->s.len ? r->s.p[r->at + ahead] : '\0';
}

static struct number take_number(struct reading *r)
{
	struct number n = {0};

	for (; ch_digit(peek(r, 0)); r->at++, n.digits++)
		if (n.digits < 17)
			n.value = n.value * 10 + (peek(r, 0) - '0');
	return n;
}

static void skip_blanks(struct reading *r)
{
	while (ch_space((unsigned char)peek(r, 0)))
		r->at++;
}

static void push(struct reading *r, struct number n)
{
	if (r->n < NUMBERS_MAX)
		r->numbers[r->n++] = n;
}

static void set_clock(struct reading *r, int64_t hour, int64_t minute, int64_t second)
{
	if (r->hour >= 0)
		return;
	r->bad = r->bad || hour > 24 || minute > 59 || second > 60;
	r->hour = (int)hour;
	r->minute = (int)minute;
	r->second = (int)second;
}

/* After "10" of "10:30:45.123": the rest of a clock. */
static void read_clock(struct reading *r, struct number hour)
{
	struct number minute, second = {0};
	char sign = peek(r, 0);

	r->at++;
	minute = take_number(r);
	if (peek(r, 0) == sign && ch_digit(peek(r, 1))) {
		r->at++;
		second = take_number(r);
		if ((peek(r, 0) == '.' || peek(r, 0) == ',' || peek(r, 0) == ':') && ch_digit(peek(r, 1))) {
			r->at++;
			(void)take_number(r);
		}
	}
	set_clock(r, hour.value, minute.value, second.value);
}

/* Digits that hold several fields: 20261124, 20261124100000, 2026335, 261124, 202611. */
static bool read_packed(struct reading *r, struct number n)
{
	static const int64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
	int64_t v = n.value, clock = 0;

	if (n.digits == 14 || n.digits == 12) {
		clock = n.digits == 14 ? v % tens[6] : v % tens[4] * 100;
		v /= n.digits == 14 ? tens[6] : tens[4];
		set_clock(r, clock / 10000, clock / 100 % 100, clock % 100);
	}
	if (n.digits == 14 || n.digits == 12 || n.digits == 8) {
		reading_set_date(r, (struct number){v / 10000, 4}, (struct number){v / 100 % 100, 2},
		    (struct number){v % 100, 2});
		return true;
	}
	if (n.digits == 7) {
		r->year = v / 1000;
		r->ordinal = (int)(v % 1000);
		return true;
	}
	if (n.digits == 6) {
		bool century = v / 10000 == 19 || v / 10000 == 20;
		bool month_only = century && v % 100 >= 1 && v % 100 <= 12;

		if (month_only)
			reading_set_date(r, (struct number){v / 100, 4}, (struct number){v % 100, 2},
			    (struct number){1, 1});
		else
			reading_set_date(r, (struct number){v / 10000, 2}, (struct number){v / 100 % 100, 2},
			    (struct number){v % 100, 2});
		return true;
	}
	return false;
}

/* Three numbers with one sign between them. */
static void read_triple(struct reading *r, struct number a, struct number b, struct number c, char sign)
{
	bool month_first = sign == '/' ? a.value <= 12 : b.value > 12;

	if (a.digits >= 3 || (sign == '-' && c.digits <= 2))
		reading_set_date(r, a, b.value > 12 ? c : b, b.value > 12 ? b : c);
	else if (month_first && a.value <= 12)
		reading_set_date(r, c, a, b);
	else
		reading_set_date(r, c, b, a);
}

/* After the first number of "2026-11-24", "24/11/2026", "24.11.26", "2026-11", "2026-335". True: it was one.
 */
static bool read_group(struct reading *r, struct number a)
{
	char sign = peek(r, 0);
	struct number b, c;

	if ((sign != '-' && sign != '/' && sign != '.') || !ch_digit(peek(r, 1)))
		return false;
	r->at++;
	b = take_number(r);
	if (sign == '.' && b.digits == 4 && a.value <= 12) {
		reading_set_date(r, b, a, (struct number){1, 1});
		return true;
	}
	if (sign == '.' && b.digits > 2)
		return true; /* a number with a fraction */
	if (peek(r, 0) == sign && ch_digit(peek(r, 1))) {
		r->at++;
		c = take_number(r);
		read_triple(r, a, b, c, sign);
		return true;
	}
	if (a.digits == 4 && b.digits == 3) {
		r->year = a.value;
		r->ordinal = (int)b.value;
	} else if (a.digits == 4 && sign != '.') {
		reading_set_date(r, a, b, (struct number){1, 1});
	} else if (sign == '.' &&
	           (((r->month > 0 || r->weak_month > 0) && r->n >= 2) || (r->year >= 0 && r->day >= 0))) {
		set_clock(r, a.value, b.value, 0); /* 24 November 2026 10.30 */
	} else {
		push(r, a);
		push(r, b);
	}
	return true;
}

/* Chinese, Japanese and Korean write the unit behind each number. True: it was one. */
static bool read_unit(struct reading *r, struct number n)
{
	static const struct {
		const char *unit;
		char field;
	} units[] = {{"年", 'y'}, {"년", 'y'}, {"月", 'm'}, {"월", 'm'}, {"日", 'd'}, {"号", 'd'},
	    {"號", 'd'}, {"일", 'd'}, {"時", 'h'}, {"时", 'h'}, {"点", 'h'}, {"點", 'h'}, {"시", 'h'},
	    {"分", 'i'}, {"분", 'i'}, {"秒", 's'}, {"초", 's'}};
	size_t before = r->at;
	char field = 0;

	skip_blanks(r);
	for (size_t i = 0; i < ARRAY_LEN(units) && !field; i++)
		if (str_starts(str_skip(r->s, r->at), units[i].unit)) {
			field = units[i].field;
			r->at += strlen(units[i].unit);
		}
	if (field == 'y')
		r->year = r->era > 0 ? r->era + n.value : reading_year(n);
	else if (field == 'm')
		r->month = n.value > 12 ? 13 : (int)n.value;
	else if (field == 'd')
		r->day = n.value > 31 ? 32 : (int)n.value;
	else if (field == 'h')
		set_clock(r, n.value, 0, 0);
	else if (field == 'i')
		r->minute = n.value > 59 ? 0 : (int)n.value;
	else if (field == 's')
		r->second = n.value > 60 ? 0 : (int)n.value;
	else
		r->at = before;
	return field != 0;
}

/* Letters that hang on a number: 16th, 1er, 3rd, 1º. Am and pm, T and Z are no such letters. */
static void skip_ordinal(struct reading *r)
{
	static const char *const endings[] = {
	    "st", "nd", "rd", "th", "er", "re", "eme", "e", "de", "ste", "º", "ª", "o"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t n = strlen(endings[i]);

		if (str_starts(str_skip(r->s, r->at), endings[i]) && !ch_alpha((unsigned char)peek(r, n)) &&
		    !((unsigned char)peek(r, n) & 0x80)) {
			r->at += n;
			return;
		}
	}
}

/* "3 pm", "3 p.m.": an hour without minutes. */
static bool is_half_next(const struct reading *r)
{
	size_t i = peek(r, 0) == ' ' ? 1 : 0;

	if (peek(r, i) != 'a' && peek(r, i) != 'p')
		return false;
	i += peek(r, i + 1) == '.' ? 2 : 1;
	return peek(r, i) == 'm' && !ch_alpha((unsigned char)peek(r, i + 1));
}

static void read_number(struct reading *r)
{
	bool after_t = r->at >= 2 && r->s.p[r->at - 1] == 't' && ch_digit((unsigned char)r->s.p[r->at - 2]);
	struct number n = take_number(r);
	char next = peek(r, 0);

	if (n.digits > 14) {
		r->bad = true;
	} else if ((next == ':' || (next == 'h' && n.digits <= 2)) && ch_digit(peek(r, 1))) {
		read_clock(r, n);
	} else if (after_t && (n.digits == 6 || n.digits == 4 || n.digits == 2)) {
		int64_t v = n.digits == 6 ? n.value : n.digits == 4 ? n.value * 100 : n.value * 10000;

		set_clock(r, v / 10000, v / 100 % 100, v % 100);
		if (next == '.' && ch_digit(peek(r, 1))) {
			r->at++;
			(void)take_number(r);
		}
	} else if (next == 'h' && n.digits <= 2 && r->hour < 0 && !ch_alpha((unsigned char)peek(r, 1))) {
		r->at++;
		set_clock(r, n.value, 0, 0);
	} else if (n.digits <= 2 && r->hour < 0 && is_half_next(r)) {
		set_clock(r, n.value, 0, 0);
	} else if (!read_packed(r, n) && !read_unit(r, n) && !read_group(r, n)) {
		skip_ordinal(r);
		push(r, n);
	}
}

/* +0100, -05:00, +4. A zone only behind a clock; before one, the sign is a mere separator. */
static void read_sign(struct reading *r)
{
	int sign = peek(r, 0) == '-' ? -1 : 1;
	bool glued = ch_digit(peek(r, 1));
	struct number hours, minutes = {0};

	r->at++;
	if (!glued || (r->hour < 0 && r->zone_name.len == 0)) {
		/* "-3 Nov": a negative day is no day. */
		r->bad =
		    r->bad || (glued && (r->at < 2 || r->s.p[r->at - 2] == ' ') && r->n == 0 && r->month < 0);
		return;
	}
	hours = take_number(r);
	if (peek(r, 0) == ':' && ch_digit(peek(r, 1))) {
		r->at++;
		minutes = take_number(r);
	} else if (hours.digits == 4 || hours.digits == 3) {
		minutes.value = hours.value % 100;
		hours.value /= 100;
	} else if (hours.digits == 6) {
		minutes.value = hours.value / 100 % 100;
		hours.value /= 10000;
	}
	if (hours.value > 15 || minutes.value > 59) {
		r->bad = true;
		return;
	}
	r->has_zone = true;
	r->zone = sign * (int)(hours.value * 60 + minutes.value);
}

/* The word at r->at; an IANA name keeps its slashes. */
static struct str take_word(struct reading *r)
{
	size_t start = r->at;

	while (r->at < r->s.len) {
		unsigned char c = (unsigned char)r->s.p[r->at];
		bool inner = r->at > start && (c == '_' || (c == '/' && ch_alpha((unsigned char)peek(r, 1))));

		if (!ch_alpha(c) && c < 0x80 && !inner)
			break;
		r->at++;
	}
	return str_sub(r->s, start, r->at - start);
}

/* am, pm, a.m., p. m. and what others write. True: it was one. */
static bool read_half(struct reading *r, struct str word)
{
	static const struct {
		const char *word;
		int pm;
	} halves[] = {{"am", 0}, {"pm", 1}, {"上午", 0}, {"下午", 1}, {"午前", 0}, {"午後", 1}, {"오전", 0},
	    {"오후", 1}, {"πμ", 0}, {"μμ", 1}};

	for (size_t i = 0; i < ARRAY_LEN(halves); i++)
		if (str_eqc(word, halves[i].word) || (word.p[0] & 0x80 && str_ends(word, halves[i].word))) {
			r->pm = halves[i].pm;
			return true;
		}
	if (str_eqc(word, "a") || str_eqc(word, "p")) {
		size_t i = r->at;

		while (i < r->s.len && (r->s.p[i] == '.' || r->s.p[i] == ' '))
			i++;
		if (i < r->s.len && i > r->at && r->s.p[i] == 'm') {
			r->at = i + 1;
			r->pm = word.p[0] == 'p';
			return true;
		}
	}
	return false;
}

/* Japan counts years from the beginning of an emperor's reign. */
static int64_t era_of(struct str word)
{
	static const struct {
		const char *name;
		int64_t before;
	} eras[] = {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}};

	for (size_t i = 0; i < ARRAY_LEN(eras); i++)
		if (str_ends(word, eras[i].name))
			return eras[i].before;
	return 0;
}

static void read_word(struct reading *r)
{
	struct str word = take_word(r);
	struct date_name name;

	if (word.len == 0) {
		r->at++;
		return;
	}
	if (str_eqc(word, "t") || read_half(r, word))
		return;
	if (era_of(word) > 0) {
		r->era = era_of(word);
		return;
	}
	if (str_eqc(word, "w") && ch_digit(peek(r, 0))) {
		r->bad = true; /* 2026-W47-2: no month, and the numbers are no day */
		return;
	}
	if (r->zone_name.len == 0 && !r->has_zone && zone_offset(word, 0) != ZONE_UNKNOWN &&
	    (r->hour >= 0 || str_chr(word, '/') > 0 || str_eqc(word, "gmt") || str_eqc(word, "utc"))) {
		r->zone_name = word;
		return;
	}
	name = date_name_of(word);
	if (name.month && name.weak && r->weak_month < 0) {
		r->weak_month = name.month;
		if (r->month < 0)
			r->month_at = r->n;
	} else if (name.month && !name.weak && r->month < 0) {
		r->month = name.month;
		r->month_at = r->n;
	} else {
		r->unknown++;
	}
}

/* Comments nest in RFC 822, and a backslash takes the meaning from a bracket. */
static void skip_comment(struct reading *r, char open, char close)
{
	size_t depth = 0;

	do {
		char c = peek(r, 0);

		if (c == '\\')
			r->at++;
		depth += c == open;
		depth -= c == close;
		r->at++;
	} while (depth > 0 && r->at < r->s.len);
}

static void read_all(struct reading *r)
{
	while (r->at < r->s.len && !r->bad) {
		char c = peek(r, 0);

		if (ch_digit(c))
			read_number(r);
		else if (c == '+' || c == '-')
			read_sign(r);
		else if (c == '(')
			skip_comment(r, '(', ')');
		else if (c == '[')
			skip_comment(r, '[', ']');
		else if (ch_alpha((unsigned char)c) || ((unsigned char)c & 0x80))
			read_word(r);
		else
			r->at++;
	}
}

/* All digits of any script in ASCII, small letters, blanks and minus signs of one kind. */
static void prepare(struct buf *out, struct str s)
{
	SCOPED(buf) struct buf folded = BUF_MAX(DATE_MAX * 4);
	struct str f;

	(void)fold_add(&folded, s);
	f = buf_str(&folded);
	for (size_t at = 0; at < f.len;) {
		size_t start = at;
		uint32_t cp = utf8_next(f, &at);
		int digit = cp < 0x80 ? -1 : uc_decimal_value(cp);

		if (digit >= 0)
			(void)buf_addc(out, (char)('0' + digit));
		else if (cp >= 0x80 && cp_is_space(cp))
			(void)buf_addc(out, ' ');
		else if (cp == 0x2212 || (cp >= 0x2010 && cp <= 0x2013))
			(void)buf_addc(out, '-');
		else if (cp == 0xFF1A)
			(void)buf_addc(out, ':');
		else if (cp != 0x200E && cp != 0x200F)
			(void)buf_add(out, f.p + start, at - start);
	}
}

int64_t date_read(struct str s, int *offset_min)
{
	SCOPED(buf) struct buf text = BUF_MAX(DATE_MAX * 4);
	struct reading r = {
	    .year = -1, .month = -1, .weak_month = -1, .day = -1, .ordinal = -1, .hour = -1, .pm = -1};
	int64_t local;

	prepare(&text, s);
	r.s = buf_str(&text);
	read_all(&r);
	if (r.bad || r.unknown > 12 || !reading_settle(&r, &local))
		return TIME_NONE;
	if (!r.has_zone && r.zone_name.len > 0)
		r.zone = zone_offset(r.zone_name, local);
	*offset_min = r.zone;
	return local - (int64_t)r.zone * 60;
}
