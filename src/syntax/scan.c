/* SPDX-License-Identifier: MIT */
/* The pre-scan: a tokenizer of tags alone. It follows the HTML Standard where that decides what is a tag, and
 * keeps a stack of open elements only to know how deep a tree builder would get. */
#include "syntax/scan.h"

#include <string.h>

#include "syntax/html.h"
#include "syntax/html_priv.h"

enum { NAME_MAX_BYTES = 40, DOCTYPE_MAX = 512 };

struct open_tag {
	uint32_t name; /* of an unknown element: a hash of its name */
	uint16_t tag;
};

struct walk {
	struct buf *out;
	struct str in;
	size_t at;
	struct scan *s;
	size_t n_open;
	struct open_tag open[SCAN_MAX_DEPTH];
	bool endless[TAG_COUNT]; /* no end tag of that name is left in the page */
	bool framed[TAG_COUNT];  /* html, head, body: seen */
};

struct tag_token {
	char name[NAME_MAX_BYTES];
	size_t name_len;
	enum tag tag;
	uint32_t hash;
	bool json; /* a script that holds data */
};

static bool ends_name(char c)
{
	return ch_space(c) || c == '/' || c == '>';
}

/* Reads a name at w->at in lower case; what is longer than fits is cut. */
static void read_name(struct walk *w, struct tag_token *t)
{
	t->name_len = 0;
	t->hash = 0;
	while (w->at < w->in.len && !ends_name(w->in.p[w->at])) {
		char c = (char)ch_lower((unsigned char)w->in.p[w->at++]);
		t->hash = t->hash * 31 + (unsigned char)c;
		if (t->name_len < NAME_MAX_BYTES)
			t->name[t->name_len++] = c;
	}
	t->tag = tag_of_name(str_n(t->name, t->name_len));
}

/* Place of the end tag of `name` at or after `from`; the length of the page when there is none. */
static size_t find_end(const struct walk *w, size_t from, const char *name)
{
	size_t len = strlen(name);

	while (from + len + 2 <= w->in.len) {
		const char *p = memchr(w->in.p + from, '<', w->in.len - from);
		if (!p)
			break;
		from = (size_t)(p - w->in.p);
		struct str rest = str_skip(w->in, from + 1);
		if (rest.len > len && rest.p[0] == '/' && str_starts_nocase(str_skip(rest, 1), name) &&
		    (rest.len == len + 1 || ends_name(rest.p[len + 1])))
			return from;
		from++;
	}
	return w->in.len;
}

static void skip_past(struct walk *w, struct str end)
{
	ptrdiff_t n = str_find(str_skip(w->in, w->at), end);

	w->at = n < 0 ? w->in.len : w->at + (size_t)n + end.len;
}

/* At "<!" or "<?" or "</" before no letter: a comment of some kind, or the document type. */
static void scan_declaration(struct walk *w)
{
	struct str rest = str_skip(w->in, w->at);

	if (str_starts(rest, "<!--")) {
		w->at += 4;
		if (str_starts(str_skip(rest, 4), ">") || str_starts(str_skip(rest, 4), "->"))
			skip_past(w, STR(">"));
		else
			skip_past(w, STR("-->"));
		return;
	}
	bool doctype = str_starts_nocase(rest, "<!doctype");
	size_t from = w->at;
	skip_past(w, STR(">"));
	if (doctype && w->at - from < DOCTYPE_MAX)
		buf_add(w->out, w->in.p + from, w->at - from);
}

static void stack_remove(struct walk *w, size_t i)
{
	memmove(&w->open[i], &w->open[i + 1], (w->n_open - i - 1) * sizeof w->open[0]);
	w->n_open--;
}

static bool same_element(const struct open_tag *o, const struct tag_token *t)
{
	if (tag_flags(t->tag) & TAG_HEADING)
		return (tag_flags(o->tag) & TAG_HEADING) != 0;
	return o->tag == t->tag && (t->tag != TAG_OTHER || o->name == t->hash);
}

/* What an end tag takes off the stack: a formatting element alone, another with all that is open inside it.
 */
static void stack_close(struct walk *w, const struct tag_token *t)
{
	unsigned flags = tag_flags(t->tag);
	unsigned stop = flags & (TAG_SPECIAL | TAG_FORMAT) ? TAG_SCOPE : TAG_SPECIAL;

	for (size_t i = w->n_open; i-- > 0;) {
		if (same_element(&w->open[i], t)) {
			if (flags & TAG_FORMAT)
				stack_remove(w, i);
			else
				w->n_open = i;
			return;
		}
		bool bound = t->tag == TAG_TABLE ? w->open[i].tag == TAG_TEMPLATE
		                                 : (tag_flags(w->open[i].tag) & stop) != 0;
		if (bound)
			return;
	}
}

static void stack_open(struct walk *w, const struct tag_token *t)
{
	if (tag_flags(t->tag) & (TAG_VOID | TAG_IMPLIED_END | TAG_RAW))
		return;
	if (t->tag == TAG_A) /* a link never stands in a link */
		stack_close(w, t);
	if (w->n_open == SCAN_MAX_DEPTH)
		return;
	w->open[w->n_open++] = (struct open_tag){t->hash, (uint16_t)t->tag};
	if (w->n_open > w->s->depth)
		w->s->depth = w->n_open;
}

static void put_value(struct buf *out, struct str v)
{
	if (v.len > SCAN_MAX_VALUE)
		v.len = SCAN_MAX_VALUE;
	char quote = str_chr(v, '"') < 0 ? '"' : '\'';
	buf_addc(out, quote);
	if (quote == '"' || str_chr(v, '\'') < 0) {
		buf_addstr(out, v);
	} else {
		for (size_t i = 0; i < v.len; i++)
			buf_addc(out, v.p[i] == '\'' ? ' ' : v.p[i]);
	}
	buf_addc(out, quote);
}

/* The value after '=' (white space skipped). */
static struct str read_value(struct walk *w)
{
	while (w->at < w->in.len && ch_space(w->in.p[w->at]))
		w->at++;
	if (w->at >= w->in.len)
		return STR("");
	char c = w->in.p[w->at];
	size_t from = w->at;
	if (c == '"' || c == '\'') {
		const char *end = memchr(w->in.p + from + 1, c, w->in.len - from - 1);
		w->at = end ? (size_t)(end - w->in.p) + 1 : w->in.len;
		return str_n(w->in.p + from + 1, (end ? w->at - 1 : w->at) - from - 1);
	}
	while (w->at < w->in.len && !ch_space(w->in.p[w->at]) && w->in.p[w->at] != '>')
		w->at++;
	return str_n(w->in.p + from, w->at - from);
}

/* One attribute, w->at at its first byte. Writes it when the tree keeps it. */
static void scan_attr(struct walk *w, struct tag_token *t, bool keep)
{
	size_t from = w->at++;

	while (w->at < w->in.len && !ends_name(w->in.p[w->at]) && w->in.p[w->at] != '=')
		w->at++;
	struct str name = str_n(w->in.p + from, w->at - from);
	size_t after_name = w->at;
	while (w->at < w->in.len && ch_space(w->in.p[w->at]))
		w->at++;
	bool has_value = w->at < w->in.len && w->in.p[w->at] == '=';
	struct str value = STR("");
	if (has_value) {
		w->at++;
		value = read_value(w);
	} else {
		w->at = after_name;
	}
	int attr = attr_of_name(name);
	if (t->tag == TAG_SCRIPT && attr == ATTR_TYPE && str_find_nocase(value, "json") >= 0)
		t->json = true;
	if (attr < 0 || !keep)
		return;
	buf_addc(w->out, ' ');
	buf_adds(w->out, attr_name((enum attr_name)attr));
	if (has_value) {
		buf_addc(w->out, '=');
		put_value(w->out, value);
	}
}

/* The attributes up to and with the '>'. False: the page ends inside the tag, which is then none. */
static bool scan_attrs(struct walk *w, struct tag_token *t)
{
	for (size_t n = 0; w->at < w->in.len;) {
		char c = w->in.p[w->at];
		if (c == '>') {
			w->at++;
			return true;
		}
		if (ch_space(c) || c == '/')
			w->at++;
		else
			scan_attr(w, t, n++ < SCAN_MAX_ATTRS);
	}
	return false;
}

/* Content that is no markup, with every '<' spelt so that it is none for any parser either: inside MathML, or
 * where a parser's idea of the page differs from ours, it would read such content as tags. */
static void put_content(struct buf *out, struct str content, const char *less)
{
	while (content.len) {
		ptrdiff_t n = str_chr(content, '<');
		size_t plain = n < 0 ? content.len : (size_t)n;
		buf_add(out, content.p, plain);
		if (n >= 0)
			buf_adds(out, less);
		content = str_skip(content, n < 0 ? plain : plain + 1);
	}
}

static bool is_dropped(const struct tag_token *t)
{
	return t->tag == TAG_STYLE || t->tag == TAG_NOEMBED || t->tag == TAG_NOFRAMES || t->tag == TAG_SVG ||
	       (t->tag == TAG_SCRIPT && !t->json);
}

/* Content that is no markup, or that nobody reads: up to its end tag. start: where out was before the tag. */
static void scan_raw(struct walk *w, const struct tag_token *t, size_t start)
{
	size_t end = w->endless[t->tag] ? w->in.len : find_end(w, w->at, tag_name(t->tag));
	struct str content = str_sub(w->in, w->at, end - w->at);
	bool dropped = is_dropped(t);

	if (dropped)
		buf_truncate(w->out, start);
	if (end == w->in.len) {
		w->endless[t->tag] = true;
		if (t->tag == TAG_SVG) /* never closed: leave the rest of the page alone */
			return;
	}
	w->at = end;
	if (dropped)
		skip_past(w, STR(">"));
	else if (t->tag != TAG_IFRAME)
		put_content(w->out, content, t->tag == TAG_SCRIPT ? "\\u003c" : "&lt;");
}

static bool is_frame(unsigned tag)
{
	return tag == TAG_HTML || tag == TAG_HEAD || tag == TAG_BODY || tag == TAG_FRAMESET ||
	       tag == TAG_FRAME;
}

/* True for a tag of the page's frame that has its place here. gumbo stops the program over some of the
 * others. */
static bool frame_stays(struct walk *w, enum tag tag)
{
	bool outside = true;

	for (size_t i = 0; i < w->n_open; i++)
		outside &= is_frame(w->open[i].tag);
	bool first = !w->framed[tag];
	w->framed[tag] = true;
	return first && outside && !w->s->fragment && tag != TAG_FRAMESET && tag != TAG_FRAME;
}

/* An example's content is written as text with references, so it becomes an element that has such. */
static void put_name(struct buf *out, const struct tag_token *t, struct str name)
{
	if (t->tag == TAG_OTHER)
		buf_addstr(out, name);
	else
		buf_adds(out, tag_name(t->tag == TAG_XMP ? TAG_PRE : t->tag));
}

static void scan_start_tag(struct walk *w)
{
	struct tag_token t = {0};
	size_t start = w->out->len, from = ++w->at;

	read_name(w, &t);
	buf_addc(w->out, '<');
	put_name(w->out, &t, str_sub(w->in, from, w->at - from));
	if (!scan_attrs(w, &t)) {
		buf_truncate(w->out, start);
		return;
	}
	if (is_frame(t.tag) && !frame_stays(w, t.tag)) {
		buf_truncate(w->out, start);
		return;
	}
	buf_addc(w->out, '>');
	w->s->tags++;
	if (t.tag == TAG_SVG || (tag_flags(t.tag) & TAG_RAW))
		scan_raw(w, &t, start);
	else
		stack_open(w, &t);
}

static void scan_end_tag(struct walk *w)
{
	struct tag_token t = {0};

	w->at += 2;
	size_t from = w->at;
	read_name(w, &t);
	struct str name = str_sub(w->in, from, w->at - from);
	skip_past(w, STR(">"));
	if (is_frame(t.tag) && t.tag != TAG_HEAD)
		return;
	buf_adds(w->out, "</");
	put_name(w->out, &t, name);
	buf_addc(w->out, '>');
	if (!(tag_flags(t.tag) & (TAG_VOID | TAG_IMPLIED_END | TAG_RAW)))
		stack_close(w, &t);
}

static void scan_markup(struct walk *w)
{
	char c = w->at + 1 < w->in.len ? w->in.p[w->at + 1] : '\0';
	char d = w->at + 2 < w->in.len ? w->in.p[w->at + 2] : '\0';

	if (ch_alpha(c)) {
		scan_start_tag(w);
	} else if (c == '/' && ch_alpha(d)) {
		scan_end_tag(w);
	} else if (c == '!' || c == '?' || (c == '/' && d)) {
		scan_declaration(w);
	} else {
		/* Spelt out, so that what stands after a dropped comment cannot make a tag of it. */
		buf_adds(w->out, "&lt;");
		w->at++;
	}
}

bool scan_html(struct buf *out, struct str html, struct scan *s)
{
	struct walk w = {.out = out, .in = html, .s = s};

	s->tags = s->depth = 0;
	while (w.at < html.len && !out->failed) {
		const char *p = memchr(html.p + w.at, '<', html.len - w.at);
		size_t text_end = p ? (size_t)(p - html.p) : html.len;
		buf_add(out, html.p + w.at, text_end - w.at);
		w.at = text_end;
		if (p)
			scan_markup(&w);
	}
	return !out->failed;
}
