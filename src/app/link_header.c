/* SPDX-License-Identifier: MIT */
/* Reads `<target>; rel="next last", <target>; …`: commas and semicolons count only outside of brackets and
 * quotes. */
#include "app/link_header.h"

#include "text/url.h"

/* Length of s up to one of the ends, quotes and brackets passed over. */
static size_t until(struct str s, const char *ends)
{
	char inside = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i];
		if (inside)
			inside = c == inside ? 0 : inside;
		else if (c == '"')
			inside = '"';
		else if (c == '<')
			inside = '>';
		else if (str_chr(str_c(ends), c) >= 0)
			return i;
	}
	return s.len;
}

static bool has_relation(struct str value, const char *rel)
{
	struct str one;
	if (value.len >= 2 && value.p[0] == '"')
		value = str_sub(value, 1, value.len - 2);
	while (str_split(&value, ' ', &one))
		if (str_eq_nocase(one, str_c(rel)))
			return true;
	return false;
}

/* The target of one link when it has the relation. */
static struct str target(struct str link, const char *rel)
{
	size_t n = until(link, ";");
	struct str url = str_trim(str_sub(link, 0, n)), rest = str_skip(link, n + 1);
	if (url.len < 2 || url.p[0] != '<' || url.p[url.len - 1] != '>')
		return STR_NONE;
	while (rest.len) {
		n = until(rest, ";");
		struct str parameter = str_trim(str_sub(rest, 0, n));
		rest = str_skip(rest, n + 1);
		if (str_starts_nocase(parameter, "rel=") &&
		    has_relation(str_trim(str_skip(parameter, 4)), rel))
			return str_sub(url, 1, url.len - 2);
	}
	return STR_NONE;
}

struct str link_header_find(struct arena *a, struct str header, struct str base, const char *rel)
{
	while (header.len) {
		size_t n = until(header, ",");
		struct str found = target(str_trim(str_sub(header, 0, n)), rel);
		header = str_skip(header, n + 1);
		if (found.len)
			return url_resolve(a, base, found);
	}
	return STR_NONE;
}
