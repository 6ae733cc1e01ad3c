/* SPDX-License-Identifier: MIT */
/* Themes: tables of looks, and colours brought down to what a terminal has. */
#include "ui/theme.h"

#include "base/attr.h"
#include "base/i18n.h"
#include "conf/conf.h"

struct style_row {
	const char *name;
	char letter;
	const char *fg, *bg, *attrs;
};
static const struct style_row styles[STYLE_COUNT] = {
#define STYLE(id, name, letter, fg, bg, attrs, text) {name, letter, fg, bg, attrs},
#include "conf/theme.def"
};

struct theme_row {
	const char *theme;
	enum style style;
	const char *fg, *bg, *attrs;
};
static const struct theme_row theme_rows[] = {
#define THEME(theme, id, fg, bg, attrs) {#theme, STYLE_##id, fg, bg, attrs},
#include "conf/theme.def"
};

static const char *const colour_names[] = {"black", "red", "green", "yellow", "blue", "magenta", "cyan",
    "white", "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta",
    "bright-cyan", "bright-white"};

static const struct {
	const char *name;
	unsigned bit;
} attr_names[] = {{"bold", STYLE_BOLD}, {"dim", STYLE_DIM}, {"italic", STYLE_ITALIC},
    {"underline", STYLE_UNDERLINE}, {"reverse", STYLE_REVERSE}};

static bool parse_hex(struct str s, int32_t *out)
{
	int32_t rgb = 0;
	if (s.len != 6)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		int d = ch_hex((unsigned char)s.p[i]);
		if (d < 0)
			return false;
		rgb = rgb * 16 + d;
	}
	*out = COLOUR_RGB | rgb;
	return true;
}

bool colour_parse(struct str s, int32_t *out)
{
	uint64_t n;
	*out = COLOUR_NONE;
	if (!s.len || str_eqc(s, "default"))
		return true;
	if (s.p[0] == '#')
		return parse_hex(str_skip(s, 1), out);
	for (size_t i = 0; i < ARRAY_LEN(colour_names); i++)
		if (str_eqc(s, colour_names[i])) {
			*out = (int32_t)i;
			return true;
		}
	if (str_eqc(s, "grey") || str_eqc(s, "gray")) {
		*out = 8;
		return true;
	}
	if (!str_u64(s, &n) || n > 255)
		return false;
	*out = (int32_t)n;
	return true;
}

static unsigned attr_bit(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(attr_names); i++)
		if (str_eqc(name, attr_names[i].name))
			return attr_names[i].bit;
	return 0;
}

static struct look look_of(const char *fg, const char *bg, const char *attrs)
{
	struct look l = {0};
	struct str rest = str_c(attrs), word;
	(void)colour_parse(str_c(fg), &l.fg); /* the table's own words are tested */
	(void)colour_parse(str_c(bg), &l.bg);
	while (str_split(&rest, ' ', &word))
		l.attrs |= attr_bit(word);
	return l;
}

bool theme_named(struct theme *t, struct str name)
{
	bool known = str_eqc(name, "default");
	for (size_t i = 0; i < STYLE_COUNT; i++)
		t->looks[i] = look_of(styles[i].fg, styles[i].bg, styles[i].attrs);
	for (size_t i = 0; i < ARRAY_LEN(theme_rows); i++) {
		const struct theme_row *r = &theme_rows[i];
		if (!str_eqc(name, r->theme))
			continue;
		known = true;
		t->looks[r->style] = look_of(r->fg, r->bg, r->attrs);
	}
	return known;
}

bool theme_set(struct theme *t, struct str style, struct str attribute, struct str value, struct err *err)
{
	size_t i = 0;
	while (i < STYLE_COUNT && !str_eqc(style, styles[i].name))
		i++;
	if (i == STYLE_COUNT)
		return err_set(err, ERR_CONFIG, _("there is no style '%.*s'; courant-config(5) lists them"),
		    STR_ARG(style));
	struct look *l = &t->looks[i];
	unsigned bit = attr_bit(attribute);
	if (str_eqc(attribute, "fg") || str_eqc(attribute, "bg")) {
		if (colour_parse(value, str_eqc(attribute, "fg") ? &l->fg : &l->bg))
			return true;
		return err_set(err, ERR_CONFIG,
		    _("'%.*s' is no colour: a name as cyan, a number to 255 or #rrggbb"), STR_ARG(value));
	}
	if (!bit)
		return err_set(err, ERR_CONFIG,
		    _("a style has fg, bg, bold, dim, italic, underline, reverse; not '%.*s'"),
		    STR_ARG(attribute));
	l->attrs = str_eqc(value, "true") ? l->attrs | bit : l->attrs & ~bit;
	return true;
}

bool theme_of(struct theme *t, const struct conf *c, int colours, struct err *err)
{
	size_t n = 0;
	bool good = true;
	struct str name = conf_text(c, SET_THEME);
	/* Without colours only what stands out by itself tells things apart. */
	(void)theme_named(t, colours ? name : STR("mono")); /* the schema knows the names */
	const struct style_conf *s = conf_styles(c, &n);
	for (size_t i = 0; i < n; i++)
		if (!theme_set(t, s[i].style, s[i].attribute, s[i].value, good ? err : NULL)) {
			if (good)
				err_place(err, "", s[i].line, s[i].column);
			good = false;
		}
	theme_fit(t, colours);
	return good;
}

static int square(int v)
{
	return v * v;
}

/* Red, green and blue of a palette entry as terminals have them by default. */
static int32_t rgb_of(int32_t index)
{
	static const int32_t base[16] = {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD,
	    0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF};
	static const int32_t level[6] = {0, 95, 135, 175, 215, 255};
	if (index < 16)
		return base[index];
	if (index >= 232) {
		int32_t v = 8 + 10 * (index - 232);
		return v << 16 | v << 8 | v;
	}
	index -= 16;
	return level[index / 36] << 16 | level[index / 6 % 6] << 8 | level[index % 6];
}

static int32_t nearest(int32_t rgb, int32_t from, int32_t to)
{
	int32_t best = from;
	int least = 3 * 256 * 256;
	for (int32_t i = from; i < to; i++) {
		int32_t o = rgb_of(i);
		int d = square((rgb >> 16 & 255) - (o >> 16 & 255)) +
		        square((rgb >> 8 & 255) - (o >> 8 & 255)) + square((rgb & 255) - (o & 255));
		if (d < least) {
			least = d;
			best = i;
		}
	}
	return best;
}

static int32_t fit(int32_t c, int colours)
{
	if (c == COLOUR_NONE || colours <= 0)
		return COLOUR_NONE;
	if (c & COLOUR_RGB) {
		if (colours > 256)
			return c;
		c &= 0xFFFFFF;
		return colours >= 256 ? nearest(c, 16, 256) : nearest(c, 0, colours >= 16 ? 16 : 8);
	}
	if (colours > 256)
		return c < 8 ? c : COLOUR_RGB | rgb_of(c);
	if (c < colours)
		return c;
	return c < 16 ? c - 8 : nearest(rgb_of(c), 0, colours >= 16 ? 16 : 8);
}

void theme_fit(struct theme *t, int colours)
{
	for (size_t i = 0; i < STYLE_COUNT; i++) {
		t->looks[i].fg = fit(t->looks[i].fg, colours);
		t->looks[i].bg = fit(t->looks[i].bg, colours);
	}
}

struct look theme_look(const struct theme *t, unsigned style)
{
	unsigned id = style & STYLE_MASK;
	struct look l = t->looks[id < STYLE_COUNT ? id : STYLE_TEXT];
	l.attrs |= style & ~STYLE_MASK;
	return l;
}

char style_letter(unsigned style)
{
	unsigned id = style & STYLE_MASK;
	return id < STYLE_COUNT ? styles[id].letter : '?';
}
