/* SPDX-License-Identifier: MIT */
/* Addresses: the first line is the base, the rest the reference. The result is clean and resolves to itself.
 */
#include "fuzz.h"

#include "text/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str ref = {(const char *)data, size}, base = STR_NONE, got;
	ptrdiff_t newline = str_chr(ref, '\n');

	if (newline >= 0) {
		base = str_sub(ref, 0, (size_t)newline);
		ref = str_skip(ref, (size_t)newline + 1);
	}
	got = url_resolve(a, base, ref);
	for (size_t i = 0; i < got.len; i++)
		FUZZ_CHECK(got.p[i] > ' ' && got.p[i] < 0x7F);
	if (got.p && url_is_web(got)) {
		struct str host = url_host(got);

		FUZZ_CHECK(str_eq(url_resolve(a, STR_NONE, got), got));
		FUZZ_CHECK(host.len > 0 && str_chr(host, '@') < 0 && str_chr(host, '/') < 0);
		FUZZ_CHECK(url_origin(a, got).len > 0);
	}
	FUZZ_CHECK(size == 0 || url_key(a, ref).p || !ref.p);
	(void)url_is_safe(ref);
	(void)url_site(ref);
	return 0;
}
