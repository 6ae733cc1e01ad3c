/* SPDX-License-Identifier: MIT */
/* One value of the file read as a type of the schema: a parser for each type, and the sentence when it does
 * not fit. Which value belongs to which row is check.c's. */
#include "conf/value.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "text/date.h"
#include "text/fuzzy.h"
#include "text/safe.h"
#include "text/size.h"
#include "text/url.h"

#define MAX_WORDS 200 /* of a program's arguments */

const struct value *value_get(const struct value *map, const char *key)
{
	if (!map || map->kind != VALUE_MAP)
		return NULL;
	for (const struct value *v = map->child; v; v = v->next)
		if (str_eqc(v->key, key))
			return v;
	return NULL;
}

bool value_is_null(const struct value *v)
{
	return v->kind == VALUE_SCALAR && v->plain &&
	       (!v->text.len || str_eqc(v->text, "~") || str_eq_nocase(v->text, STR("null")));
}

/* What a message calls the setting: its path, or the key alone inside lists and names of the reader's own. */
static struct str name_of(const struct setting *s, const struct value *v)
{
	if (strpbrk(s->path, "[*"))
		return v->key.len ? v->key : str_c(schema_key(s));
	return str_c(s->path);
}

static struct str clip(struct str text)
{
	return str_sub(text, 0, 60);
}

/* "NAME is TEXT; TAIL". Returns false. */
static bool unfit(struct buf *why, const struct setting *s, const struct value *v, const char *tail)
{
	struct str name = name_of(s, v), text = clip(v->text);

	if (v->kind != VALUE_SCALAR)
		buf_printf(why, _("%.*s is a %s; it must be %s"), STR_ARG(name),
		    v->kind == VALUE_MAP ? _("mapping") : _("list"), schema_type_word(s));
	else
		buf_printf(why, _("%.*s is '%.*s'; %s"), STR_ARG(name), STR_ARG(text), tail);
	return false;
}

static bool must_be(struct buf *why, const struct setting *s, const struct value *v)
{
	struct buf b = BUF_MAX(400);

	buf_printf(&b, _("it must be %s"), schema_type_word(s));
	if (s->words && s->type != T_WORD)
		buf_printf(&b, _(", or one of: %s"), s->words);
	(void)unfit(why, s, v, buf_cstr(&b));
	buf_release(&b);
	return false;
}

static bool not_a_word(struct buf *why, const struct setting *s, const struct value *v)
{
	const char *names[16], *near;
	struct str rest = str_c(s->words), one;
	struct buf b = BUF_MAX(400);
	char words[16][32];
	size_t n = 0;

	while (n < ARRAY_LEN(names) && str_split(&rest, ' ', &one)) {
		one = str_sub(one, 0, sizeof words[n] - 1);
		memcpy(words[n], one.p, one.len);
		words[n][one.len] = '\0';
		names[n] = words[n];
		n++;
	}
	near = fuzzy_nearest(v->text, names, n);
	buf_printf(&b, _("it must be one of: %s"), s->words);
	if (near)
		buf_printf(&b, _(" (did you mean '%s'?)"), near);
	(void)unfit(why, s, v, buf_cstr(&b));
	buf_release(&b);
	return false;
}

static bool read_bool(struct str t, int64_t *out)
{
	static const char *const yes[] = {"true", "yes", "on"}, *const no[] = {"false", "no", "off"};

	for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
		if (str_eq_nocase(t, str_c(yes[i])) || str_eq_nocase(t, str_c(no[i]))) {
			*out = str_eq_nocase(t, str_c(yes[i]));
			return true;
		}
	}
	return false;
}

static bool read_day(struct str t, int64_t *out)
{
	struct str year, month, day = t;
	int64_t y, m, d;

	if (t.len != 10 || !str_split(&day, '-', &year) || !str_split(&day, '-', &month) ||
	    !str_i64(year, &y) || !str_i64(month, &m) || !str_i64(day, &d) || y < 1970 || m < 1 || m > 12 ||
	    d < 1 || d > 31)
		return false;
	*out = date_utc(y, (int)m, (int)d, 0, 0, 0);
	return true;
}

/* The number that a type makes of a text. */
static bool read_number(enum setting_type type, struct str t, int64_t *out, bool *percent)
{
	switch (type) {
	case T_BOOL:
		return read_bool(t, out);
	case T_SIZE:
		return (*out = size_parse(t)) >= 0;
	case T_DURATION:
		return (*out = duration_parse(t)) >= 0;
	case T_DATE:
		return read_day(t, out);
	case T_CELLS:
		*percent = str_ends(t, "%");
		return str_i64(str_sub(t, 0, t.len - *percent), out);
	default:
		return str_i64(t, out);
	}
}

static bool in_range(struct buf *why, const struct setting *s, const struct value *v, int64_t number)
{
	int64_t bound;
	bool percent;

	if (s->min && read_number(s->type, str_c(s->min), &bound, &percent) && number < bound) {
		SCOPED_STR tail = mem_printf(_("the least is %s"), s->min);
		return unfit(why, s, v, tail);
	}
	if (s->max && read_number(s->type, str_c(s->max), &bound, &percent) && number > bound) {
		SCOPED_STR tail = mem_printf(_("the most is %s"), s->max);
		return unfit(why, s, v, tail);
	}
	return true;
}

static bool as_number(const struct setting *s, const struct value *v, struct reading *out, struct buf *why)
{
	if (!read_number(s->type, v->text, &out->number, &out->percent))
		return must_be(why, s, v);
	if (out->percent)
		return (out->number >= 1 && out->number <= 90) || unfit(why, s, v, _("a share is 1% to 90%"));
	return in_range(why, s, v, out->number);
}

static bool holds_control(struct str t)
{
	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c < 0x20 || c == 0x7f || (c == 0xc2 && i + 1 < t.len && (unsigned char)t.p[i + 1] < 0xa0))
			return true;
	}
	return false;
}

/* One line of text. Blanks at its ends are those of YAML's block forms; the words of a program stay as they
 * are. */
static bool as_line(
    struct arena *a, const struct setting *s, const struct value *v, struct str *out, struct buf *why)
{
	struct str t = s->type == T_ARGV ? v->text : str_trim(v->text), name = name_of(s, v);

	if (v->kind != VALUE_SCALAR)
		return must_be(why, s, v);
	if (holds_control(t)) {
		buf_printf(why, _("%.*s holds a control character"), STR_ARG(name));
		return false;
	}
	if (!t.len || value_is_null(v)) {
		buf_printf(why, _("%.*s is empty"), STR_ARG(name));
		return false;
	}
	*out = s->type == T_ARGV ? arena_str(a, t) : safe_copy(a, t, SAFE_LINE);
	return true;
}

static bool is_host_char(unsigned char c)
{
	return ch_alnum(c) || c >= 0x80 || strchr(".-_[]:@%", c);
}

/* An address with one of the schemes (separated by blanks) and a host. */
static bool is_address(struct str t, const char *schemes)
{
	struct url u;
	struct str rest = str_c(schemes), one;
	bool known = false;

	if (!url_split(t, &u) || !u.host.len)
		return false;
	for (size_t i = 0; i < t.len; i++)
		if (t.p[i] == ' ' || t.p[i] == '<' || t.p[i] == '>' || t.p[i] == '"')
			return false;
	for (size_t i = 0; i < u.host.len; i++)
		if (!is_host_char((unsigned char)u.host.p[i]))
			return false;
	while (str_split(&rest, ' ', &one))
		known = known || str_eq_nocase(one, u.scheme);
	return known;
}

static bool as_address(const struct setting *s, const struct value *v, struct str t, struct buf *why)
{
	static const char web[] = "http https";
	static const char proxy[] = "http https socks4 socks4a socks5 socks5h";
	bool file = str_starts(t, "file:///") || str_starts(t, "file:/");

	if (is_address(t, s->type == T_PROXY ? proxy : web) || (s->type == T_ADDRESS && file))
		return true;
	return must_be(why, s, v);
}

static bool as_colour(const struct setting *s, const struct value *v, struct str t, struct buf *why)
{
	static const char *const names[] = {"default", "black", "red", "green", "yellow", "blue", "magenta",
	    "cyan", "white", "gray", "grey", "bright-black", "bright-red", "bright-green", "bright-yellow",
	    "bright-blue", "bright-magenta", "bright-cyan", "bright-white"};
	int64_t n;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eqc(t, names[i]))
			return true;
	if (str_i64(t, &n) && n >= 0 && n <= 255)
		return true;
	if (t.len == 7 && t.p[0] == '#') {
		size_t digits = 0;

		for (size_t i = 1; i < t.len; i++)
			digits += ch_hex(t.p[i]) >= 0;
		if (digits == 6)
			return true;
	}
	return must_be(why, s, v);
}

static bool as_words(
    struct arena *a, const struct setting *s, const struct value *v, struct reading *out, struct buf *why)
{
	const struct value *first = v->kind == VALUE_LIST ? v->child : v;
	size_t n = v->kind == VALUE_LIST ? v->n : 1, i = 0;
	const char **words;

	if (v->kind == VALUE_MAP)
		return must_be(why, s, v);
	if (s->type == T_ARGV && v->kind == VALUE_SCALAR && str_chr(str_trim(v->text), ' ') >= 0)
		return unfit(why, s, v, _("a program with arguments is a list: [program, argument]"));
	if (!n || n > MAX_WORDS)
		return must_be(why, s, v);
	words = arena_array(a, n + 1, sizeof *words);
	for (const struct value *w = first; w && i < n; w = w->next, i++) {
		struct str text = STR("");

		if (!(w->kind == VALUE_SCALAR && !w->text.len && i) && !as_line(a, s, w, &text, why))
			return false;
		words[i] = arena_cstr(a, text);
	}
	out->argv = words;
	return true;
}

static bool as_text(
    struct arena *a, const struct setting *s, const struct value *v, struct reading *out, struct buf *why)
{
	if (!as_line(a, s, v, &out->text, why))
		return false;
	if (s->type == T_WEB || s->type == T_ADDRESS || s->type == T_PROXY)
		return as_address(s, v, out->text, why);
	return s->type != T_COLOUR || as_colour(s, v, out->text, why);
}

static bool as_null(const struct setting *s, const struct value *v, struct reading *out, struct buf *why)
{
	struct str name = name_of(s, v);

	out->null = true;
	if (s->flags & SF_NULL)
		return true;
	buf_printf(why, _("%.*s has no value; leave the key out for the default"), STR_ARG(name));
	return false;
}

bool value_as(
    struct arena *a, const struct setting *s, const struct value *v, struct reading *out, struct buf *why)
{
	*out = (struct reading){0};
	if (value_is_null(v))
		return as_null(s, v, out, why);
	if (v->kind == VALUE_SCALAR && schema_is_word(s, v->text)) {
		out->word = true;
		out->text = arena_str(a, v->text);
		out->number = str_eqc(v->text, "forever") ? CONF_FOREVER : CONF_WORD;
		return true;
	}
	switch (s->type) {
	case T_WORD:
		return v->kind == VALUE_SCALAR ? not_a_word(why, s, v) : must_be(why, s, v);
	case T_BOOL:
	case T_INT:
	case T_SIZE:
	case T_DURATION:
	case T_CELLS:
	case T_DATE:
		out->text = arena_str(a, v->text);
		return v->kind == VALUE_SCALAR ? as_number(s, v, out, why) : must_be(why, s, v);
	case T_ARGV:
	case T_STRINGS:
		return as_words(a, s, v, out, why);
	case T_ANY:
		return true;
	default:
		return as_text(a, s, v, out, why);
	}
}
