/* SPDX-License-Identifier: MIT */
/* Lines that are no text of an article, known by their words alone: the table in lines.def, words of sharing,
 * counters, residue of scripts and editing systems. Which lines are asked about is clean.c's. */
#include "article/line.h"

#include <string.h>

#include "text/utf8.h"

enum { SHARING_MAX = 160, COUNTER_MAX = 40, WORDS_MIN = 2, RESIDUE_MIN = 3, RESIDUE_EACH = 80 };

enum line_kind { STRONG, LINKED, TAIL };

struct line_row {
	const char *text;
	uint32_t most_weight;
	enum line_kind kind;
};

static const struct line_row lines[] = {
#define LINE(text, most, kind) {text, most, kind},
#include "article/lines.def"
};

/* Bullets, arrows and brackets before the words, off; dots and dashes go on from what stood before. */
static struct str without_marks(struct str s)
{
	while (s.len) {
		size_t at = 0;
		uint32_t c = utf8_next(s, &at);
		if (cp_is_letter(c) || ch_digit((int)c) || c == 0xA9 || c == 0x2026 || c == 0x2014 ||
		    c == 0x2013 || str_starts_nocase(s, "(reporting") || str_starts_nocase(s, "(photo"))
			return s;
		s = str_skip(s, at);
	}
	return s;
}

bool line_is_known(struct str s, const struct text_block *b, bool tail)
{
	s = without_marks(s);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		const struct line_row *row = &lines[i];
		if (b->weight > row->most_weight || !str_starts_nocase(s, row->text))
			continue;
		if (row->kind == STRONG || (row->kind == TAIL && tail) ||
		    (row->kind == LINKED && (b->link_weight * 10 >= b->weight * 3 || b->weight < 30 ||
		                                str_find(s, STR("http")) > 0)))
			return true;
	}
	return false;
}

/* The next word of s, between blanks and strokes, without marks around it. */
static bool next_word(struct str *s, struct str *word)
{
	while (s->len && (ch_space((unsigned char)s->p[0]) || strchr("|,/:;.&+()[]", s->p[0])))
		*s = str_skip(*s, 1);
	size_t n = 0;
	while (n < s->len && !ch_space((unsigned char)s->p[n]) && !strchr("|,/:;.&+()[]", s->p[n]))
		n++;
	*word = str_sub(*s, 0, n);
	*s = str_skip(*s, n);
	return n > 0;
}

static bool is_one_of(struct str word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(word, str_c(words[i])))
			return true;
	return false;
}

bool line_is_sharing(struct str s)
{
	static const char *const services[] = {"facebook", "twitter", "x", "whatsapp", "linkedin", "reddit",
	    "pinterest", "email", "e-mail", "mail", "print", "share", "copy", "sms", "telegram", "flipboard",
	    "tumblr", "pocket", "messenger", "xing", "threads", "bluesky", "mastodon", "instagram", "youtube",
	    "tiktok", "tweet", "pin", "save", "bookmark", "drucken", "teilen", "imprimer", "partager",
	    "imprimir", "compartir", "compartilhar", "stampa", "condividi", "delen", "afdrukken", "drukuj",
	    "vkontakte", "viber", "wechat", "weibo", "hatena"};
	static const char *const between[] = {"on", "via", "by", "to", "this", "article", "story", "the",
	    "url", "link", "and", "or", "in", "auf", "per", "sur", "par", "por", "en", "no", "na", "di", "su",
	    "with", "with", "it", "page", "post", "new", "window", "opens", "app"};
	unsigned said = 0;
	struct str word;

	if (s.len > SHARING_MAX)
		return false;
	while (next_word(&s, &word)) {
		bool service = is_one_of(word, services, ARRAY_LEN(services));
		if (!service && !is_one_of(word, between, ARRAY_LEN(between)))
			return false;
		said += service;
	}
	return said >= WORDS_MIN;
}

static bool is_number(struct str word)
{
	uint64_t n;

	return word.len < 5 && str_u64(word, &n);
}

bool line_is_counter(struct str s)
{
	static const char *const things[] = {"image", "photo", "slide", "picture", "bild", "foto", "imagen",
	    "imagem", "immagine", "gallery", "photograph", "video", "page"};
	static const char *const ofs[] = {"of", "von", "de", "di", "sur", "van"};
	struct str a, b, c, d;

	if (s.len > COUNTER_MAX || !next_word(&s, &a) || !next_word(&s, &b) || !next_word(&s, &c))
		return false;
	bool more = next_word(&s, &d);
	if (str_trim(s).len)
		return false;
	if (more)
		return is_one_of(a, things, ARRAY_LEN(things)) && is_number(b) &&
		       is_one_of(c, ofs, ARRAY_LEN(ofs)) && is_number(d);
	if (is_number(a) && is_one_of(b, ofs, ARRAY_LEN(ofs)) && is_number(c))
		return true;
	if (is_one_of(a, things, ARRAY_LEN(things)) && is_number(b) && is_number(c))
		return true;
	return is_number(a) && str_starts_nocase(b, "min") && str_eq_nocase(c, STR("read"));
}

/* True when s is nothing but marks such as [vc_row] and [/caption]. */
static bool is_shortcodes(struct str s)
{
	unsigned n = 0;

	for (s = str_trim(s); s.len; s = str_trim(s), n++) {
		ptrdiff_t end = str_chr(s, ']');
		if (s.p[0] != '[' || end < 3)
			return false;
		struct str in = str_sub(s, 1, (size_t)end - 1);
		ptrdiff_t name = str_chr(in, ' ');
		struct str word = name > 0 ? str_sub(in, 0, (size_t)name) : in;
		bool closes = word.p[0] == '/';
		bool takes = name > 0 && str_chr(in, '=') > name;
		if (!closes && !takes && str_chr(word, '_') <= 0)
			return false;
		s = str_skip(s, (size_t)end + 1);
	}
	return n > 0;
}

bool line_is_residue(struct str s)
{
	static const char *const joints[] = {"\":\"", "\":{", "\",\"", "\":null", "\":[", "\\u00", "\\n"};
	size_t n = 0;

	for (size_t i = 0; i + 2 < s.len; i++)
		for (size_t k = 0; k < ARRAY_LEN(joints); k++)
			n += s.p[i] == joints[k][0] && str_starts(str_skip(s, i), joints[k]);
	return (n >= RESIDUE_MIN && n * RESIDUE_EACH >= s.len) || is_shortcodes(s);
}
