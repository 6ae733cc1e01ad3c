/* SPDX-License-Identifier: MIT */
/* Sizes in bytes, as people write and read them. */
#include "text/size.h"

#include <inttypes.h>

struct unit {
	const char *name; /* lower case */
	uint64_t bytes;
};

/* Two-letter units are decimal, those with an i binary, as IEC 80000 has it; a lone letter is what ls -h
 * means. */
static const struct unit units[] = {
    {"", 1},
    {"b", 1},
    {"byte", 1},
    {"bytes", 1},
    {"kb", 1000},
    {"mb", 1000000},
    {"gb", 1000000000},
    {"tb", 1000000000000},
    {"kib", UINT64_C(1) << 10},
    {"mib", UINT64_C(1) << 20},
    {"gib", UINT64_C(1) << 30},
    {"tib", UINT64_C(1) << 40},
    {"k", UINT64_C(1) << 10},
    {"m", UINT64_C(1) << 20},
    {"g", UINT64_C(1) << 30},
    {"t", UINT64_C(1) << 40},
};

/* Reads digits, and a fraction of at most six places, as millionths. */
static bool read_number(struct str *s, uint64_t *millionths)
{
	uint64_t n = 0;
	size_t i = 0, digits = 0;

	for (; i < s->len && ch_digit(s->p[i]); i++, digits++) {
		if (n > UINT64_C(1000000000000))
			return false;
		n = n * 10 + (uint64_t)(s->p[i] - '0');
	}
	n *= 1000000;
	if (digits > 0 && i < s->len && s->p[i] == '.') {
		uint64_t place = 100000;

		for (i++; i < s->len && ch_digit(s->p[i]); i++, place /= 10)
			n += place * (uint64_t)(s->p[i] - '0');
	}
	*millionths = n;
	*s = str_skip(*s, i);
	return digits > 0;
}

int64_t size_parse(struct str s)
{
	uint64_t millionths;

	s = str_trim(s);
	if (!read_number(&s, &millionths))
		return -1;
	s = str_trim(s);
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		double bytes;

		if (!str_eq_nocase(s, str_c(units[i].name)))
			continue;
		bytes = (double)millionths / 1e6 * (double)units[i].bytes;
		return bytes < 9e18 ? (int64_t)bytes : -1;
	}
	return -1;
}

bool size_add(struct buf *out, uint64_t bytes)
{
	static const char *const names[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
	size_t i = 0;
	double v = (double)bytes;

	if (bytes < 1000)
		return buf_printf(out, "%" PRIu64 " B", bytes);
	/* 999.95 would be printed as 1000.0 */
	while (i + 1 < ARRAY_LEN(names) && v >= 999.5) {
		v /= 1000;
		i++;
	}
	return v < 9.95 ? buf_printf(out, "%.1f %s", v, names[i]) : buf_printf(out, "%.0f %s", v, names[i]);
}
