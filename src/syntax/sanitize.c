/* SPDX-License-Identifier: MIT */
/* What of foreign HTML is let through: elements, attributes, addresses. Tokens come from syntax/markup; what
 * is told of them is always balanced. Leaves writing it to clean_html.c and the tree to clean_tree.c. */
#include "syntax/sanitize.h"

#include <string.h>

#include "syntax/clean_priv.h"
#include "syntax/escape.h"
#include "syntax/html.h"
#include "syntax/markup.h"
#include "syntax/player.h"
#include "text/safe.h"
#include "text/url.h"

#define MAX_OPEN 128

enum rule { UNWRAP, KEEP, DROP };

static const unsigned char rules[TAG_COUNT] = {
    [TAG_A] = KEEP,
    [TAG_ABBR] = KEEP,
    [TAG_ADDRESS] = KEEP,
    [TAG_ARTICLE] = KEEP,
    [TAG_ASIDE] = KEEP,
    [TAG_AUDIO] = KEEP,
    [TAG_B] = KEEP,
    [TAG_BDI] = KEEP,
    [TAG_BDO] = KEEP,
    [TAG_BIG] = KEEP,
    [TAG_BLOCKQUOTE] = KEEP,
    [TAG_BR] = KEEP,
    [TAG_CAPTION] = KEEP,
    [TAG_CITE] = KEEP,
    [TAG_CODE] = KEEP,
    [TAG_DD] = KEEP,
    [TAG_DEL] = KEEP,
    [TAG_DETAILS] = KEEP,
    [TAG_DFN] = KEEP,
    [TAG_DIV] = KEEP,
    [TAG_DL] = KEEP,
    [TAG_DT] = KEEP,
    [TAG_EM] = KEEP,
    [TAG_FIGCAPTION] = KEEP,
    [TAG_FIGURE] = KEEP,
    [TAG_FOOTER] = KEEP,
    [TAG_H1] = KEEP,
    [TAG_H2] = KEEP,
    [TAG_H3] = KEEP,
    [TAG_H4] = KEEP,
    [TAG_H5] = KEEP,
    [TAG_H6] = KEEP,
    [TAG_HEADER] = KEEP,
    [TAG_HR] = KEEP,
    [TAG_I] = KEEP,
    [TAG_IMG] = KEEP,
    [TAG_INS] = KEEP,
    [TAG_KBD] = KEEP,
    [TAG_LI] = KEEP,
    [TAG_MARK] = KEEP,
    [TAG_NOSCRIPT] = KEEP,
    [TAG_OL] = KEEP,
    [TAG_P] = KEEP,
    [TAG_PICTURE] = KEEP,
    [TAG_PRE] = KEEP,
    [TAG_Q] = KEEP,
    [TAG_RP] = KEEP,
    [TAG_RT] = KEEP,
    [TAG_RUBY] = KEEP,
    [TAG_S] = KEEP,
    [TAG_SAMP] = KEEP,
    [TAG_SECTION] = KEEP,
    [TAG_SMALL] = KEEP,
    [TAG_SOURCE] = KEEP,
    [TAG_STRIKE] = KEEP,
    [TAG_STRONG] = KEEP,
    [TAG_SUB] = KEEP,
    [TAG_SUMMARY] = KEEP,
    [TAG_SUP] = KEEP,
    [TAG_TABLE] = KEEP,
    [TAG_TBODY] = KEEP,
    [TAG_TD] = KEEP,
    [TAG_TFOOT] = KEEP,
    [TAG_TH] = KEEP,
    [TAG_THEAD] = KEEP,
    [TAG_TIME] = KEEP,
    [TAG_TR] = KEEP,
    [TAG_TT] = KEEP,
    [TAG_U] = KEEP,
    [TAG_UL] = KEEP,
    [TAG_VAR] = KEEP,
    [TAG_VIDEO] = KEEP,
    [TAG_WBR] = KEEP,
    [TAG_SCRIPT] = DROP,
    [TAG_STYLE] = DROP,
    [TAG_TEMPLATE] = DROP,
    [TAG_NOEMBED] = DROP,
    [TAG_NOFRAMES] = DROP,
    [TAG_TEXTAREA] = DROP,
};

enum attr_kind { LINK, MEDIA, WORDS };
#define ROW(tag, kind, name)                                                                                 \
	{                                                                                                    \
		tag, kind,                                                                                   \
		{                                                                                            \
			name, sizeof(name) - 1                                                               \
		}                                                                                            \
	}
static const struct {
	unsigned char tag; /* TAG_OTHER: any */
	unsigned char kind;
	struct str name;
} attr_rules[] = {
    ROW(TAG_A, LINK, "href"),
    ROW(TAG_IMG, MEDIA, "src"),
    ROW(TAG_IMG, WORDS, "alt"),
    ROW(TAG_IMG, WORDS, "width"),
    ROW(TAG_IMG, WORDS, "height"),
    ROW(TAG_AUDIO, MEDIA, "src"),
    ROW(TAG_VIDEO, MEDIA, "src"),
    ROW(TAG_VIDEO, MEDIA, "poster"),
    ROW(TAG_SOURCE, MEDIA, "src"),
    ROW(TAG_SOURCE, WORDS, "type"),
    ROW(TAG_TD, WORDS, "colspan"),
    ROW(TAG_TD, WORDS, "rowspan"),
    ROW(TAG_TH, WORDS, "colspan"),
    ROW(TAG_TH, WORDS, "rowspan"),
    ROW(TAG_OL, WORDS, "start"),
    ROW(TAG_OL, WORDS, "reversed"),
    ROW(TAG_LI, WORDS, "value"),
    ROW(TAG_LI, WORDS, "id"), /* where footnotes are */
    ROW(TAG_P, WORDS, "id"),
    ROW(TAG_DIV, WORDS, "id"),
    ROW(TAG_DD, WORDS, "id"),
    ROW(TAG_TIME, WORDS, "datetime"),
    ROW(TAG_CODE, WORDS, "class"),
    ROW(TAG_PRE, WORDS, "class"),
    ROW(TAG_OTHER, WORDS, "lang"),
    ROW(TAG_OTHER, WORDS, "dir"),
    ROW(TAG_OTHER, WORDS, "title"),
};

/* An element that begins ends an open one of its kind, unless a barrier stands between. */
static const struct {
	unsigned char begins, ends, barrier;
} implied[] = {
    {TAG_P, TAG_P, TAG_TABLE},
    {TAG_LI, TAG_LI, TAG_UL},
    {TAG_DT, TAG_DD, TAG_DL},
    {TAG_DD, TAG_DT, TAG_DL},
    {TAG_DD, TAG_DD, TAG_DL},
    {TAG_TR, TAG_TR, TAG_TABLE},
    {TAG_TD, TAG_TD, TAG_TR},
    {TAG_TH, TAG_TD, TAG_TR},
    {TAG_TD, TAG_TH, TAG_TR},
    {TAG_TH, TAG_TH, TAG_TR},
    {TAG_A, TAG_A, TAG_TD},
};

struct clean {
	const struct clean_sink *sink;
	void *arg;
	struct str base;
	struct arena *a; /* made when the first address needs it */
	size_t n_open;
	unsigned char open[MAX_OPEN];
	bool no_end[TAG_COUNT]; /* of a raw element: none follows */
	struct markup m;
};

bool sanitize_is_plain(struct str text)
{
	return !memchr(text.p ? text.p : "", '<', text.len) && !memchr(text.p ? text.p : "", '&', text.len);
}

/* An address that needs no resolving: the usual one. */
static bool is_ready(struct str url)
{
	if (!str_starts(url, "http://") && !str_starts(url, "https://"))
		return false;
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c <= ' ' || c >= 0x7F || c == '\\' || c == '"' || c == '<' || c == '>' || c == '^' ||
		    c == '`' || c == '{' || c == '}' || c == '|')
			return false;
	}
	return url.len > 8;
}

static bool has_scheme(struct str url)
{
	size_t i = 0;

	while (i < url.len && (ch_alnum((unsigned char)url.p[i]) || strchr("+-.", url.p[i])))
		i++;
	return i > 0 && i < url.len && url.p[i] == ':';
}

static struct str safe_url(struct clean *c, struct str value, bool media)
{
	SCOPED(buf) struct buf raw = BUF_MAX(value.len * 4 + 1);
	struct str url, trimmed;

	if (is_ready(value) && !memchr(value.p, '&', value.len))
		return value;
	if (str_starts(value, "data:"))
		return STR_NONE;
	if (!c->a)
		c->a = arena_new();
	(void)escape_add(&raw, value, ESCAPE_VALUE);
	trimmed = str_trim(buf_str(&raw));
	if (is_ready(trimmed))
		return arena_str(c->a, trimmed);
	url = url_resolve(c->a, c->base, trimmed);
	if (!url.p && c->base.len == 0 && trimmed.len && !has_scheme(trimmed) && trimmed.p[0] != '/' &&
	    trimmed.p[0] != '\\')
		return arena_str(c->a, trimmed);
	if (!url.p && c->base.len == 0 && str_starts(trimmed, "/") && !has_scheme(trimmed))
		return arena_str(c->a, trimmed);
	return (media ? url_is_web(url) : url_is_safe(url)) ? url : STR_NONE;
}

/* False where the value is an address that must not be let through. */
static bool tell_attr(struct clean *c, const struct markup_attr *a, enum attr_kind kind, struct str name)
{
	struct str value = a->value;

	if (kind != WORDS) {
		value = safe_url(c, value, kind == MEDIA);
		if (!value.p)
			return false;
	}
	c->sink->attr(c->arg, name, value, kind == WORDS ? ESCAPE_VALUE : ESCAPE_VALUE | ESCAPE_RAW);
	return true;
}

/* Pictures that are loaded late keep their address elsewhere. */
static const char *attr_alias(const struct markup *m, struct str name)
{
	static const char *const lazy[] = {"data-src", "data-original", "data-lazy-src"};

	if (m->tag != TAG_IMG)
		return NULL;
	for (size_t i = 0; i < m->n_attrs; i++)
		if (str_eq_nocase(m->attrs[i].name, STR("src")) && !str_starts(m->attrs[i].value, "data:"))
			return NULL;
	for (size_t i = 0; i < ARRAY_LEN(lazy); i++)
		if (str_eqc(name, lazy[i]))
			return "src";
	return NULL;
}

static void tell_attrs(struct clean *c)
{
	bool had[ARRAY_LEN(attr_rules)] = {false};

	for (size_t i = 0; i < c->m.n_attrs; i++) {
		const struct markup_attr *a = &c->m.attrs[i];
		const char *alias = attr_alias(&c->m, a->name);
		struct str name = alias ? str_c(alias) : a->name;
		for (size_t k = 0; k < ARRAY_LEN(attr_rules); k++) {
			unsigned tag = attr_rules[k].tag;
			if ((tag != TAG_OTHER && tag != c->m.tag) || had[k] ||
			    name.len != attr_rules[k].name.len || !str_eq_nocase(name, attr_rules[k].name))
				continue;
			had[k] = tell_attr(c, a, attr_rules[k].kind, attr_rules[k].name);
		}
	}
}

static void close_to(struct clean *c, size_t depth)
{
	while (c->n_open > depth)
		c->sink->close(c->arg, c->open[--c->n_open]);
}

static void close_implied(struct clean *c, unsigned tag)
{
	for (size_t k = 0; k < ARRAY_LEN(implied); k++) {
		size_t d = c->n_open;
		if (implied[k].begins != tag)
			continue;
		while (d > 0 && c->open[d - 1] != implied[k].ends && c->open[d - 1] != implied[k].barrier &&
		       c->open[d - 1] != TAG_OL && c->open[d - 1] != TAG_BLOCKQUOTE)
			d--;
		if (d > 0 && c->open[d - 1] == implied[k].ends)
			close_to(c, d - 1);
	}
}

/* A raw element goes with what it holds; where its end is missing only scripts and style sheets take all the
 * rest along. */
static void drop_element(struct clean *c)
{
	unsigned tag = c->m.tag;

	if (c->m.self_closed)
		return;
	if (tag != TAG_SCRIPT && tag != TAG_STYLE) {
		c->no_end[tag] = c->no_end[tag] || !markup_has_end(&c->m, c->m.name);
		if (c->no_end[tag])
			return;
	}
	markup_skip_raw(&c->m, c->m.name);
}

static struct str attr_of(const struct markup *m, const char *name)
{
	for (size_t i = 0; i < m->n_attrs; i++)
		if (str_eq_nocase(m->attrs[i].name, str_c(name)))
			return m->attrs[i].value;
	return STR_NONE;
}

/* What stands for a block that is not let through: words on its two sides stay two. */
static void tell_gap(struct clean *c, unsigned tag)
{
	if (tag_flags(tag) & TAG_BLOCK)
		c->sink->text(c->arg, STR(" "), ESCAPE_RAW);
}

/* A frame is not let through; that of a known player becomes a film or a sound, with a link within. */
static void tell_player(struct clean *c)
{
	struct str src = attr_of(&c->m, "src"), title = attr_of(&c->m, "title"), url;
	struct player player;
	unsigned tag;

	if (!src.len || str_starts(src, "about:"))
		src = attr_of(&c->m, "data-src");
	url = src.len ? safe_url(c, src, true) : STR_NONE;
	if (!c->a)
		c->a = arena_new();
	if (!url.len || !player_find(c->a, url, &player))
		return;
	tag = player.is_sound ? TAG_AUDIO : TAG_VIDEO;
	c->sink->open(c->arg, tag);
	c->sink->attr(c->arg, STR("src"), player.page, ESCAPE_VALUE | ESCAPE_RAW);
	if (title.len)
		c->sink->attr(c->arg, STR("title"), title, ESCAPE_VALUE);
	c->sink->opened(c->arg, tag);
	c->sink->open(c->arg, TAG_A);
	c->sink->attr(c->arg, STR("href"), player.page, ESCAPE_VALUE | ESCAPE_RAW);
	c->sink->opened(c->arg, TAG_A);
	c->sink->text(c->arg, player.page, ESCAPE_VALUE | ESCAPE_RAW);
	c->sink->close(c->arg, TAG_A);
	c->sink->close(c->arg, tag);
}

static void do_start(struct clean *c)
{
	unsigned tag = c->m.tag;
	bool is_void = tag_flags(tag) & TAG_VOID;

	if (rules[tag] == DROP) {
		drop_element(c);
		return;
	}
	if (tag == TAG_IFRAME)
		tell_player(c);
	if (rules[tag] != KEEP) {
		tell_gap(c, tag);
		return;
	}
	close_implied(c, tag);
	if (!is_void && c->n_open >= MAX_OPEN)
		return;
	c->sink->open(c->arg, tag);
	tell_attrs(c);
	c->sink->opened(c->arg, tag);
	if (!is_void)
		c->open[c->n_open++] = (unsigned char)tag;
}

static void do_end(struct clean *c)
{
	unsigned tag = c->m.tag;
	size_t d = c->n_open;

	if (tag == TAG_IFRAME)
		tell_player(c);
	if (rules[tag] != KEEP) {
		tell_gap(c, tag);
		return;
	}
	while (d > 0 && c->open[d - 1] != tag)
		d--;
	if (d > 0)
		close_to(c, d - 1);
	else if (tag == TAG_BR) {
		c->sink->open(c->arg, TAG_BR);
		c->sink->opened(c->arg, TAG_BR);
	}
}

void clean_walk(const struct clean_sink *sink, void *arg, struct str html, struct str base)
{
	struct clean c;

	memset(&c, 0, offsetof(struct clean, m));
	memset(&c.m, 0, offsetof(struct markup, attrs));
	c.sink = sink;
	c.arg = arg;
	c.base = base;
	c.m.in = html;
	while (!sink->full(arg) && markup_next(&c.m)) {
		if (c.m.kind == MARKUP_TEXT)
			sink->text(arg, c.m.text, 0);
		else if (c.m.kind == MARKUP_START)
			do_start(&c);
		else if (c.m.kind == MARKUP_END)
			do_end(&c);
		else
			sink->text(arg, c.m.text, ESCAPE_RAW);
	}
	close_to(&c, 0);
	arena_free(c.a);
}

bool sanitize_line(struct buf *out, struct str html, bool known_only)
{
	SCOPED(buf) struct buf text = BUF_MAX(html.len * 4 + 64);
	struct markup m;

	if (sanitize_is_plain(html))
		return safe_add(out, html, SAFE_LINE);
	memset(&m, 0, offsetof(struct markup, attrs));
	m.in = html;
	m.known_only = known_only;
	while (markup_next(&m)) {
		if (m.kind == MARKUP_TEXT || m.kind == MARKUP_OTHER)
			(void)escape_add(&text, m.text, m.kind == MARKUP_OTHER ? ESCAPE_RAW : 0);
		else if (m.kind == MARKUP_START && rules[m.tag] == DROP && tag_flags(m.tag) & TAG_RAW &&
		         !m.self_closed)
			markup_skip_raw(&m, m.name);
		else if (tag_flags(m.tag) & TAG_BLOCK || m.tag == TAG_BR || m.tag == TAG_TD ||
		         m.tag == TAG_TH)
			(void)buf_addc(&text, ' ');
	}
	return safe_add(out, buf_str(&text), SAFE_LINE);
}
