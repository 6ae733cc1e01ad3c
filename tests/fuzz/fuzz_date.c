/* SPDX-License-Identifier: MIT */
/* Dates: whatever is read lies between the years 1000 and 9999, and what is shown of it can be read back. */
#include "fuzz.h"

#include "text/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	int zone;
	int64_t t = date_parse_zone(s, &zone);
	SCOPED(buf) struct buf out = BUF_MAX(1000);

	FUZZ_CHECK(zone > -1000 && zone < 1000);
	if (t != TIME_NONE) {
		FUZZ_CHECK(t > date_utc(999, 12, 30, 0, 0, 0) && t < date_utc(10000, 1, 3, 0, 0, 0));
		(void)date_rfc3339(&out, t);
		if (date_split(t, false).year >= 1000 && date_split(t, false).year <= 9999)
			FUZZ_CHECK(date_parse(buf_str(&out)) == t);
	}
	/* The first line as a format, the rest as the date. */
	for (size_t i = 0; i < size && i < 100; i++)
		if (data[i] == '\n') {
			SCOPED(buf) struct buf format = BUF_MAX(200);

			(void)buf_add(&format, data, i);
			(void)date_parse_format(str_skip(s, i + 1), buf_cstr(&format));
			break;
		}
	(void)date_moment(s, 1795514400);
	return 0;
}
