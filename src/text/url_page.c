/* SPDX-License-Identifier: MIT */
/* An address without its page number, in each way that it may have one; two are pages of one article when
 * what is left is the same. */
#include "text/url_page.h"

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "text/url.h"

#define WAYS    3 /* as it stands, without a number in the path, without one in the query */
#define URL_MAX 4096

/* Keys of a query that number pages, and the words before a number in a path. */
static const char *const number_keys[] = {"page", "p", "pg", "paged", "pageno", "pagenum", "page_no",
    "pagenumber", "seite", "pagina", "strona", "sida", "pageindex"};
static const char *const path_words[] = {"page", "p", "pg", "seite", "pagina", "strona", "sida"};
/* Whole parameters, and last words of a path, that ask for all pages at once. */
static const char *const all_parameters[] = {"page=all", "p=all", "view=all", "showall=1", "showall=true",
    "show=all", "all=1", "all=true", "singlepage=1", "singlepage=true", "single=true", "single=1",
    "pagewanted=all", "onepage=1", "onepage=true", "fullpage=1", "seite=all"};
static const char *const all_words[] = {"all", "komplettansicht", "single-page", "singlepage"};

struct way {
	struct str key; /* url_key of the address without its number */
	unsigned number;
};

static bool is_one_of(struct str s, const char *const *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, str_c(table[i])))
			return true;
	return false;
}

/* 1 to URL_PAGE_MAX, without leading zeros; else 0. */
static unsigned small_number(struct str s)
{
	uint64_t n = 0;

	if (!s.len || s.len > 3 || s.p[0] == '0' || !str_u64(s, &n) || n > URL_PAGE_MAX)
		return 0;
	return (unsigned)n;
}

static struct str key_of(struct arena *a, const struct url *u, struct str path, struct str query)
{
	SCOPED(buf) struct buf b = BUF_MAX(2 * URL_MAX);

	buf_printf(&b, "http://%.*s", STR_ARG(u->host));
	if (u->port.len)
		buf_printf(&b, ":%.*s", STR_ARG(u->port));
	buf_addstr(&b, path);
	if (query.len)
		buf_printf(&b, "?%.*s", STR_ARG(query));
	return url_key(a, buf_str(&b));
}

/* Bytes of s before its last segment's beginning. */
static size_t segment_at(struct str path)
{
	return (size_t)(str_rchr(path, '/') + 1);
}

static struct str without_segment(struct str path)
{
	size_t at = segment_at(path);

	return str_sub(path, 0, at > 1 ? at - 1 : at);
}

static bool is_path_word(struct str s)
{
	return is_one_of(s, path_words, ARRAY_LEN(path_words));
}

static bool ends_with_sign(struct str s)
{
	return s.len && str_chr(STR("-_,;."), s.p[s.len - 1]) >= 0;
}

/* "story-page" without its last word, when that is one that stands before numbers. */
static struct str without_word(struct str s)
{
	size_t at = s.len;

	while (at > 0 && !ends_with_sign(str_sub(s, 0, at)))
		at--;
	return at > 1 && is_path_word(str_skip(s, at)) ? str_sub(s, 0, at - 1) : s;
}

/* Adds the path without the number at its end; what follows the number (".html") stays. 0: it has none. */
static unsigned cut_path(struct buf *out, struct str path)
{
	size_t at, digits = 0;
	struct str word, extension = STR("");
	unsigned n;

	while (path.len > 1 && path.p[path.len - 1] == '/')
		path.len--;
	at = segment_at(path);
	word = str_skip(path, at);
	if (str_rchr(word, '.') > 0) {
		extension = str_skip(word, (size_t)str_rchr(word, '.'));
		word.len -= extension.len;
	}
	while (digits < word.len && ch_digit((unsigned char)word.p[word.len - 1 - digits]))
		digits++;
	n = small_number(str_skip(word, word.len - digits));
	if (!n)
		return 0;
	word.len -= digits;
	bool sign = ends_with_sign(word);
	word.len -= sign;
	if (!word.len || is_path_word(word)) {
		path = without_segment(path);
		if (!word.len && is_path_word(str_skip(path, segment_at(path))))
			path = without_segment(path);
		buf_addstr(out, path);
		return n;
	}
	if (!sign)
		return 0;
	buf_addstr(out, str_sub(path, 0, at));
	buf_addstr(out, without_word(word));
	buf_addstr(out, extension);
	return n;
}

/* Adds the query without its page; 0: it states none. */
static unsigned cut_query(struct buf *out, struct str query)
{
	unsigned n = 0;
	struct str pair;

	while (str_split(&query, '&', &pair)) {
		ptrdiff_t eq = str_chr(pair, '=');
		unsigned here = 0;

		if (eq > 0 && is_one_of(str_sub(pair, 0, (size_t)eq), number_keys, ARRAY_LEN(number_keys)))
			here = small_number(str_skip(pair, (size_t)eq + 1));
		if (!here && is_one_of(pair, all_parameters, ARRAY_LEN(all_parameters)))
			here = URL_PAGE_ALL;
		if (here && !n)
			n = here;
		else
			buf_printf(out, "%s%.*s", out->len ? "&" : "", STR_ARG(pair));
	}
	return n;
}

static size_t ways_of(struct arena *a, struct str address, struct way ways[WAYS])
{
	SCOPED(buf) struct buf path = BUF_MAX(URL_MAX), query = BUF_MAX(URL_MAX);
	struct url u;
	size_t n = 0;
	unsigned number;

	if (address.len > URL_MAX || !url_is_web(address) || !url_split(address, &u))
		return 0;
	ways[n++] = (struct way){key_of(a, &u, u.path, u.query), 1};
	if ((number = cut_path(&path, u.path)))
		ways[n++] = (struct way){key_of(a, &u, buf_str(&path), u.query), number};
	else if (is_one_of(str_skip(u.path, segment_at(u.path)), all_words, ARRAY_LEN(all_words)))
		ways[n++] = (struct way){key_of(a, &u, without_segment(u.path), u.query), URL_PAGE_ALL};
	if ((number = cut_query(&query, u.query)))
		ways[n++] = (struct way){key_of(a, &u, u.path, buf_str(&query)), number};
	return n;
}

unsigned url_page_after(struct str from, struct str next)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct way here[WAYS], there[WAYS];
	size_t n_here = ways_of(a, from, here), n_there = n_here ? ways_of(a, next, there) : 0;

	for (size_t i = 0; i < n_here; i++)
		for (size_t k = 1; k < n_there; k++) { /* the first way has no number */
			unsigned number = there[k].number;

			if (!str_eq(here[i].key, there[k].key) || here[i].number == URL_PAGE_ALL)
				continue;
			if (number == here[i].number + 1 || number == URL_PAGE_ALL)
				return number;
		}
	return 0;
}
