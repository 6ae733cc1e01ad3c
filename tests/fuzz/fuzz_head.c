/* SPDX-License-Identifier: MIT */
/* Header lines of an answer, and the guard: what is kept is clean and bounded, times are not negative. */
#include "fuzz.h"

#include "base/arena.h"
#include "fetch/guard.h"
#include "fetch/head.h"
#include "text/safe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str rest = str_n((const char *)data, size), line, user, password;
	struct head h;

	head_init(&h);
	while (str_split(&rest, '\n', &line)) {
		FUZZ_CHECK(head_line(&h, a, line, 784111777) || h.bytes > HEAD_MAX_BYTES);
		(void)guard_is_private_host(line);
		FUZZ_CHECK(!guard_header_ok(line) || str_chr(line, ':') > 0);
		(void)guard_userinfo(a, line, &user, &password);
	}
	FUZZ_CHECK(h.retry_after_s >= -1 && head_fresh_s(&h) >= -1 && h.status >= 0 && h.status <= 999);
	const struct str *kept[] = {
	    &h.location, &h.content_type, &h.etag, &h.modified, &h.link, &h.challenge};
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		FUZZ_CHECK(!kept[i]->p || (safe_is(*kept[i], SAFE_LINE) && kept[i]->len <= 50000));
	FUZZ_CHECK(safe_is(head_words(&h, a), SAFE_LINE));
	return 0;
}
