/* SPDX-License-Identifier: MIT */
/* The cleaner: what comes out is clean, and stays as it is the second time. Words and folding of it stay in
 * bounds. */
#include "fuzz.h"

#include "text/fold.h"
#include "text/safe.h"
#include "text/utf8.h"
#include "text/word.h"

static bool within(void *arg, const struct word *w)
{
	const struct str *s = arg;

	FUZZ_CHECK(w->start < w->end && w->end <= s->len && w->text.len > 0);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};

	for (int how = SAFE_LINE; how <= SAFE_RUN; how++) {
		SCOPED(buf) struct buf out = BUF_INIT;
		SCOPED(buf) struct buf folded = BUF_INIT;
		struct str clean;

		FUZZ_CHECK(safe_add(&out, s, (enum safe_how)how));
		clean = buf_str(&out);
		FUZZ_CHECK(utf8_valid(clean) && safe_is(clean, (enum safe_how)how));
		for (size_t i = 0; i < clean.len; i++)
			FUZZ_CHECK((unsigned char)clean.p[i] >= ' ' ||
			           (how != SAFE_LINE && (clean.p[i] == '\n' || clean.p[i] == '\t')));
		FUZZ_CHECK(fold_add(&folded, clean) && utf8_valid(buf_str(&folded)));
		word_each(clean, within, &clean);
		word_terms(s, within, &s);
	}
	(void)lang_guess(s, LANG_NONE);
	return 0;
}
