/* SPDX-License-Identifier: MIT */
/* Who wrote it: people, not the outlet. What the page tells machines first, then what it shows
 * (byline_shown.c). */
#include "article/byline.h"

#include <string.h>

#include "text/fold.h"
#include "text/utf8.h"

/* Words before names, in the languages of the web; longest first where one begins another. */
static const char *const prefixes[] = {"written by", "erstellt von", "text und interview", "text & fotos",
    "pressemitteilung von", "publi\xC3\xA9 par", "posted by", "posts by", "view all posts by",
    "about the author", "published by", "reported by", "story by", "article by", "words by", "text by",
    "review by", "by:", "by", "von:", "von", "autor:", "autoren:", "autorin:", "author:", "authors:", "par",
    "por", "di", "door", "av", "af", "text:", "text von", "redaktion:", "\xE6\x96\x87/",
    "\xE6\x96\x87\xEF\xBC\x8F", "\xE4\xBD\x9C\xE8\x80\x85\xEF\xBC\x9A",
    "\xE4\xBD\x9C\xE8\x80\x85:", "\xE6\x92\xB0\xE6\x96\x87", "\xE8\xAE\xB0\xE8\x80\x85",
    "\xD0\xB0\xD0\xB2\xD1\x82\xD0\xBE\xD1\x80:", "przez", "autor", "ein beitrag von", "ein artikel von",
    "eine analyse von", "ein kommentar von", "geschrieben von"};

bool byline_starts(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);
	size_t at = len;

	if (!str_starts_nocase(s, prefix))
		return false;
	if (s.len == len || !ch_alpha((unsigned char)prefix[len - 1]))
		return true;
	uint32_t c = utf8_next(s, &at);
	return cp_is_space(c) || c == ':';
}

static struct str strip_prefix(struct str s)
{
	for (unsigned round = 0; round < 2; round++) {
		for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
			if (byline_starts(s, prefixes[i])) {
				s = str_trim(str_skip(s, strlen(prefixes[i])));
				break;
			}
		while (s.len && strchr(":-|,/ ", s.p[0]))
			s = str_skip(s, 1);
	}
	return s;
}

/* What follows a name and is none: an office, a date, an address. */
static struct str cut_tail(struct str s)
{
	static const char *const marks[] = {" | ", " \xE2\x80\xA2 ", " \xC2\xB7 ", " - ", " \xE2\x80\x93 ",
	    " \xE2\x80\x94 ", " on ", " for ", " @", "@", " (", ", special to", " updated", " Updated",
	    " published", " Published", " posted", " Posted", "  ", "\n", " in ", " am ", " vom ", " Follow",
	    " follow", "; ", " Subscribe", " Senior ", " Staff ", " Founder", " Contributor", " Reviewed by",
	    " \xC2\xBB", " is ", "\xE2\x80\xA2", "|"};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		ptrdiff_t at = str_find(s, str_c(marks[i]));
		if (at > 2)
			s = str_sub(s, 0, (size_t)at);
	}
	s = str_trim(s);
	while (s.len && strchr(",;:|-/.", s.p[s.len - 1]) && !str_ends(s, "Jr."))
		s = str_trim(str_sub(s, 0, s.len - 1));
	return s;
}

/* Words of an office, not of a person's name. */
static bool is_office(struct str part)
{
	static const char *const words[] = {"writer", "editor", "reporter", "correspondent", "staff",
	    "contributor", "columnist", "associate", "senior", "producer", "journalist", "critic",
	    "redakteur", "author", "freelance", "special to", "photographer", "director", "professor",
	    "university", "ceo", "founder", "officer", "redazione", "editorial", "head of", "news desk",
	    "newsroom", "chief"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_find_nocase(part, words[i]) >= 0)
			return true;
	return false;
}

/* Words of an outlet, which stands behind its people's names. */
static bool is_outlet(struct str part)
{
	static const char *const words[] = {"Times", "Post", "News", "Press", "Report", "Herald", "Tribune",
	    "Network", "Magazine", "Journal", "Agency", "Media", "Gazette", "Chronicle", "Bureau", "Reuters",
	    "Bloomberg", "AFP", "CNN", "BBC", "NPR", "dpa"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eqc(part, words[i]) ||
		    (str_ends(part, words[i]) && part.p[part.len - strlen(words[i]) - 1] == ' '))
			return true;
	return false;
}

/* Letters behind a name: "MD", "PhD", "RDN". */
static bool is_degree(struct str part)
{
	static const char *const degrees[] = {"ms", "ma", "md", "m.d.", "phd", "ph.d.", "rd", "rdn", "ld",
	    "rn", "mph", "jd", "cfp", "esq", "do", "dds", "msc", "mba", "cpt", "np", "pharmd", "m.s.", "m.a.",
	    "cpa", "facp"};

	for (size_t i = 0; i < ARRAY_LEN(degrees); i++)
		if (str_eq_nocase(part, str_c(degrees[i])))
			return true;
	return false;
}

static struct str without_degree(struct str part)
{
	for (;;) {
		ptrdiff_t at = str_rchr(part, ' ');
		if (at <= 0 || !is_degree(str_skip(part, (size_t)at + 1)))
			return part;
		part = str_trim(str_sub(part, 0, (size_t)at));
	}
}

/* A name as it stands in an address ("jane-doe", "example.com") beside the name itself. */
static bool is_slug(struct str part)
{
	for (size_t i = 0; i < part.len; i++)
		if ((part.p[i] >= 'A' && part.p[i] <= 'Z' && i == 0) || (unsigned char)part.p[i] >= 0x80)
			return false;
	return true;
}

/* Where a word in capitals alone stands behind two that are not: "Jane Doe CITY DESK"; absent: -1. */
static ptrdiff_t capitals_at(struct str s)
{
	struct str rest = s, word;
	size_t mixed = 0;

	while (str_split(&rest, ' ', &word)) {
		size_t capitals = 0;
		for (size_t i = 0; i < word.len; i++)
			capitals += word.p[i] >= 'A' && word.p[i] <= 'Z';
		if (mixed >= 2 && word.len >= 3 && capitals == word.len)
			return word.p - s.p;
		mixed += capitals < word.len && word.len > 2;
	}
	return -1;
}

/* The outlet's name at the end of a name, off; "Team Courier" stays. */
static struct str without_site(struct str part, struct str site)
{
	if (site.len > 2 && part.len > site.len + 3 &&
	    str_eq_nocase(str_skip(part, part.len - site.len), site)) {
		struct str name = str_trim(str_sub(part, 0, part.len - site.len));
		return str_chr(name, ' ') > 0 ? name : part;
	}
	return part;
}

static bool begins_capital(struct str s)
{
	return s.len && ((s.p[0] >= 'A' && s.p[0] <= 'Z') || (unsigned char)s.p[0] >= 0x80);
}

/* True when a name of two words or more stands on either side: "Jane Doe and John Roe". */
static bool joins(struct str before, struct str after)
{
	before = str_trim(before);
	after = str_trim(after);
	ptrdiff_t comma = str_rchr(before, ',');
	before = comma >= 0 ? str_trim(str_skip(before, (size_t)comma + 1)) : before;
	return str_chr(before, ' ') > 0 && str_chr(after, ' ') > 0 && begins_capital(after);
}

/* Length of the word that joins two names at s.p[i]; 0: none does. */
static size_t joint(struct str s, size_t i)
{
	static const char *const ands[] = {
	    " and ", " & ", " und ", " et ", " y ", " og ", " och ", " e ", " en "};

	for (size_t k = 0; k < ARRAY_LEN(ands) && s.p[i] == ' '; k++)
		if (str_starts(str_skip(s, i), ands[k]) &&
		    joins(str_sub(s, 0, i), str_skip(s, i + strlen(ands[k]))))
			return strlen(ands[k]);
	return 0;
}

bool byline_joins(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (joint(line, i))
			return true;
	return false;
}

/* "A and B" as a list: "A, B". */
static struct str listed(struct page *p, struct str s)
{
	SCOPED(buf) struct buf out = BUF_MAX(1024);

	for (size_t i = 0, skip; i < s.len; i += skip ? skip : 1) {
		skip = joint(s, i);
		if (skip)
			buf_adds(&out, ", ");
		else
			buf_addc(&out, s.p[i]);
	}
	return arena_str(p->arena, buf_str(&out));
}

/* The persons of a list: offices, degrees, dates, the outlet and doubles left out. */
static struct str persons(struct page *p, struct str s, struct str site)
{
	SCOPED(buf) struct buf out = BUF_MAX(1024);
	struct str rest = listed(p, s), part;

	while (str_split(&rest, ',', &part)) {
		part = without_site(without_degree(str_trim(part)), site);
		ptrdiff_t capitals = capitals_at(part);
		if (capitals > 0)
			part = str_trim(str_sub(part, 0, (size_t)capitals));
		size_t digits = 0;
		for (size_t i = 0; i < part.len; i++)
			digits += ch_digit(part.p[i]);
		if (!part.len || digits > 1 || is_degree(part))
			continue;
		if (out.len &&
		    (is_office(part) || is_outlet(part) || is_slug(part) || str_eq_nocase(part, site) ||
		        str_find_nocase(buf_str(&out), arena_cstr(p->arena, part)) >= 0))
			continue;
		if (out.len)
			buf_adds(&out, ", ");
		buf_addstr(&out, part);
	}
	return arena_str(p->arena, buf_str(&out));
}

bool byline_is_site(struct page *p, const struct facts *f, struct str s)
{
	SCOPED(buf) struct buf a = BUF_MAX(1024), b = BUF_MAX(1024);

	fold_headline(&a, s);
	fold_headline(&b, find_site(p, f));
	return a.len && str_eq(buf_str(&a), buf_str(&b));
}

struct str byline_cleaned(struct page *p, const struct facts *f, struct str s)
{
	static const char *const none[] = {"admin", "administrator", "none", "null", "undefined", "editor",
	    "user", "guest", "unknown", "no author", "anonymous", "webmaster", "follow", "n/a", "staff",
	    "sign in", "log in", "login"};
	size_t letters = 0;

	static const char *const no_names[] = {
	    "posted on", "published on", "publiziert am", "veröffentlicht am", "@", "read more"};

	for (size_t i = 0; i < ARRAY_LEN(no_names); i++)
		if (str_starts_nocase(s, no_names[i]))
			return STR_NONE;
	if (str_find(s, STR("://")) >= 0 || str_starts_nocase(s, "www.") || s.len > BYLINE_MAX_BYTES)
		return STR_NONE;
	if (str_starts_nocase(s, "by") && s.len > 4 && s.p[2] >= 'A' && s.p[2] <= 'Z' && s.p[3] >= 'a')
		s = str_skip(s, 2); /* "byJane Doe": two elements run together */
	s = cut_tail(strip_prefix(s));
	s = persons(p, s, find_site(p, f));
	for (size_t i = 0; i < s.len;)
		letters += cp_is_letter(utf8_next(s, &i));
	if (letters < 2 || (letters < 3 && s.len < 4) || (str_chr(s, '.') > 0 && str_chr(s, ' ') < 0))
		return STR_NONE;
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		if (str_eq_nocase(s, str_c(none[i])))
			return STR_NONE;
	return s;
}

struct str find_byline(struct page *p, const struct facts *f)
{
	static const enum source order[] = {SOURCE_LD, SOURCE_META, SOURCE_MICRO, SOURCE_OG, SOURCE_LD_PAGE};
	struct str office = STR_NONE;

	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		struct str s = byline_cleaned(p, f, f->said[FIELD_BYLINE][order[i]]);
		if (!s.len || byline_is_site(p, f, s))
			continue;
		if (!is_office(s))
			return byline_fuller(p, f, s);
		if (!office.len)
			office = s;
	}
	struct str s = byline_shown(p, f);
	return s.len && (!office.len || !is_office(s)) ? s : office;
}
