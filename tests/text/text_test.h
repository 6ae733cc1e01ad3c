/* SPDX-License-Identifier: MIT */
/* What the tests of src/text share: cmocka, and a comparison that names its row. */
#ifndef CO_TESTS_TEXT_H
#define CO_TESTS_TEXT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Fails with the row's input when the two differ. NULL in want: got must be absent. */
static inline void same(const char *row, struct str got, const char *want)
{
	if (want ? str_eqc(got, want) : got.p == NULL)
		return;
	fail_msg("%s: got \"%.*s\", expected \"%s\"", row, STR_ARG(got), want ? want : "nothing");
}

/* Letters that test what they should, and bytes that mean nothing: the next pseudo-random text of at most cap
 * bytes. */
static inline struct str random_text(uint64_t *seed, char *out, size_t cap)
{
	static const char *const pieces[] = {"a", "B", " ", "  ", "\n", "1", "24", "2026", "-", ":", "/", ".",
	    "%", "?", "(", ")", "é", "e\xCC\x81", "中", "文", "ไ", "👨‍👩‍👧", "🇳🇱", "\xE2\x80\x8D",
	    "\xC2\xAD", "\x1B[31m", "\xC2\x9B", "\xE2\x80\xAE", "\xF0\x9F\x8F\xBD", "\xEF\xB8\x8F", "Nov",
	    "novembre", "GMT", "+01:00", "http://", "\xC3", "\xE4\xB8", "\xFF", "शक्ति", "한글",
	    "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "مرحبا", "T", "Z", "年", "\t", "..", "#", "@", "[::1]"};
	size_t len = 0;

	for (;;) {
		const char *piece;

		*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		piece = pieces[(*seed >> 33) % ARRAY_LEN(pieces)];
		if ((*seed >> 20) % 23 == 0 || len + strlen(piece) > cap)
			break;
		memcpy(out + len, piece, strlen(piece));
		len += strlen(piece);
		if ((*seed >> 50) % 7 == 0 && len < cap)
			out[len++] = (char)(*seed >> 40);
	}
	return (struct str){out, len};
}

#endif
