/* SPDX-License-Identifier: MIT */
/* Small notations inside fields: persons, durations, sizes. */
#include "feed/entry.h"

#include <string.h>

#include "text/safe.h"

static bool is_email(struct str s)
{
	ptrdiff_t at = str_chr(s, '@');

	return at > 0 && (size_t)at + 1 < s.len && str_chr(s, ' ') < 0;
}

static struct str unquoted(struct str s)
{
	s = str_trim(s);
	if (s.len >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.len - 1] == s.p[0])
		s = str_trim(str_sub(s, 1, s.len - 2));
	return s;
}

/* The name in "outside <inside>" or "outside (inside)": whichever is no address. */
static struct str bracketed(struct str s, char open, char close)
{
	ptrdiff_t from = str_chr(s, open), to = str_rchr(s, close);
	struct str inside, outside;

	if (from < 0 || to < from)
		return STR_NONE;
	inside = unquoted(str_sub(s, (size_t)from + 1, (size_t)(to - from) - 1));
	outside = unquoted(str_sub(s, 0, (size_t)from));
	if (str_starts_nocase(inside, "mailto:"))
		inside = str_skip(inside, 7);
	if (is_email(inside))
		return outside.len ? outside : inside;
	if (is_email(outside))
		return inside.len ? inside : outside;
	return STR_NONE;
}

/* The name in "a@b Name": what stands behind the first word. */
static struct str after_email(struct str s)
{
	ptrdiff_t blank = str_chr(s, ' ');
	struct str rest = blank < 0 ? STR_NONE : str_trim(str_skip(s, (size_t)blank));

	return rest.len && is_email(str_sub(s, 0, (size_t)blank)) && str_chr(rest, '@') < 0 ? unquoted(rest)
	                                                                                    : STR_NONE;
}

void add_person_string(struct entry *e, struct str s, int rank)
{
	struct str line = safe_copy(e->f->a, str_trim(s), SAFE_LINE);
	struct str name = bracketed(line, '<', '>');

	if (!name.len)
		name = bracketed(line, '(', ')');
	if (!name.len)
		name = after_email(line);
	if (!name.len)
		name = unquoted(line);
	if (str_starts_nocase(name, "mailto:"))
		name = str_skip(name, 7);
	add_person(e, name, STR_NONE, rank);
}

double duration_seconds(struct str s)
{
	double total = 0, unit = 0, n = 0;
	bool digits = false;

	s = str_trim(s);
	if (s.len == 0 || s.len > 32)
		return -1;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i];
		if (ch_digit((unsigned char)c)) {
			digits = true;
			n = n * 10 + (c - '0');
			unit = unit > 0 ? unit * 10 : unit;
		} else if (c == ':' && digits && unit == 0) {
			total = (total + n) * 60;
			n = 0;
		} else if ((c == '.' || c == ',') && digits && unit == 0) {
			unit = 1;
		} else {
			return -1;
		}
	}
	return digits ? total + (unit > 0 ? n / unit : n) : -1;
}

/* What "kB", "MB", "MiB" behind a number multiply it by; 1: bytes. */
static int64_t size_unit(struct str s)
{
	static const char letters[] = "kmgt";
	const char *at = s.len > 1 ? strchr(letters, ch_lower((unsigned char)s.p[0])) : NULL;
	int64_t base = 1000, unit = 1;

	if (!at || !*at)
		return 1;
	if (s.len > 2 && (s.p[1] == 'i' || s.p[1] == 'I')) {
		base = 1024;
		s = str_skip(s, 1);
	}
	if (s.p[1] != 'b' && s.p[1] != 'B')
		return 1;
	for (ptrdiff_t i = 0; i <= at - letters; i++)
		unit *= base;
	return unit;
}

int64_t file_size(struct str s)
{
	int64_t n = 0, unit = 1;
	bool digits = false;

	for (size_t i = 0; i < s.len && i < 24; i++) {
		if (ch_digit((unsigned char)s.p[i])) {
			if (n > INT64_MAX / 10 - 10)
				return -1;
			n = n * 10 + (s.p[i] - '0');
			digits = true;
		} else if (s.p[i] != ',' && !ch_space((unsigned char)s.p[i])) {
			unit = size_unit(str_skip(s, i));
			break;
		}
	}
	return digits && n <= INT64_MAX / unit ? n * unit : -1;
}
