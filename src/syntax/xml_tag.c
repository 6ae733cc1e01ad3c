/* SPDX-License-Identifier: MIT */
/* Tags: attributes that are not as XML wants them, elements that were never closed or cross each other, and
 * those too deep. A well-formed tag is let through as it stands. */
#include "syntax/xml_priv.h"

#include <string.h>

/* HTML elements that have no end tag, where HTML stands bare in a feed. */
#define NAME(name)                                                                                           \
	{                                                                                                    \
		name, sizeof(name) - 1                                                                       \
	}
static const struct str void_names[] = {
    NAME("br"), NAME("hr"), NAME("img"), NAME("wbr"), NAME("input"), NAME("area"), NAME("frame")};
/* Elements that end where the next of their kind begins: those directly inside, and those at any depth. */
static const struct str closed_by_next[] = {NAME("p"), NAME("li"), NAME("option")};
static const struct str never_nested[] = {NAME("item"), NAME("entry")};
/* Elements that hold text only: one that begins inside another shows that this was never closed. */
static const struct str leaves[] = {NAME("title"), NAME("link"), NAME("guid"), NAME("pubDate")};

#define IS_ONE_OF(name, list) is_one_of((name), (list), ARRAY_LEN(list))
static bool is_one_of(struct str name, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (name.len == list[i].len && str_eq_nocase(name, list[i]))
			return true;
	return false;
}

static bool starts_name(unsigned char c)
{
	return ch_alpha(c) || c == '_' || c >= 0x80;
}

size_t repair_name_len(struct str in, size_t at)
{
	size_t end = at;

	if (at >= in.len || !starts_name((unsigned char)in.p[at]))
		return 0;
	while (end < in.len) {
		unsigned char c = (unsigned char)in.p[end];
		if (!starts_name(c) && !ch_digit(c) && c != '-' && c != '.' && c != ':')
			break;
		end++;
	}
	return end - at;
}

/* A name that the parser takes: ASCII, with at most one colon, inside. */
static bool is_good_name(struct str name)
{
	ptrdiff_t colon = str_chr(name, ':');

	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.p[i] >= 0x80)
			return false;
	if (colon < 0)
		return repair_name_len(name, 0) == name.len && name.len > 0;
	return colon > 0 && repair_name_len(name, (size_t)colon + 1) == name.len - (size_t)colon - 1 &&
	       str_chr(str_skip(name, (size_t)colon + 1), ':') < 0 && (size_t)colon + 1 < name.len;
}

static size_t skip_space(struct str s, size_t at)
{
	while (at < s.len && ch_space((unsigned char)s.p[at]))
		at++;
	return at;
}

static bool is_in(char c, const char *set)
{
	return c && strchr(set, c) != NULL;
}

static void keep_attr(struct repair *r, struct tag *t, const struct tag_attr *a, unsigned *n_ns)
{
	bool ns = str_starts(a->name, "xmlns");

	if (t->n >= XML_MAX_ATTRS || (ns && *n_ns >= XML_MAX_NS)) {
		r->mended |= XML_DEEP;
		t->ok = false;
		return;
	}
	if (!is_good_name(a->name)) {
		t->ok = false;
		return;
	}
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->attrs[i].name, a->name)) {
			t->ok = false;
			return;
		}
	*n_ns += ns;
	t->attrs[t->n++] = *a;
}

/* A value between quotes; one whose quote was forgotten ends with the tag or the next white space. */
static size_t quoted_value(struct str in, size_t at, struct tag_attr *a, bool *ok)
{
	const char *close = memchr(in.p + at + 1, in.p[at], in.len - at - 1);
	size_t end = close ? (size_t)(close - in.p) : in.len;
	struct str value = str_sub(in, at + 1, end - at - 1);
	ptrdiff_t gt = close && end + 1 < in.len &&
	                       (ch_space((unsigned char)in.p[end + 1]) || is_in(in.p[end + 1], "/>?"))
	                   ? -1
	                   : str_chr(value, '>');

	a->quote = in.p[at];
	if (close && (gt < 0 || str_chr(str_skip(value, (size_t)gt), '<') < 0)) {
		a->value = value;
		return end + 1;
	}
	*ok = false;
	if (gt < 0 && !close) {
		a->value = STR("");
		return in.len;
	}
	a->value = str_sub(value, 0, (size_t)gt);
	if (str_ends(a->value, "/"))
		a->value.len--;
	return at + 1 + a->value.len;
}

static size_t bare_value(struct str in, size_t at, struct tag_attr *a)
{
	size_t end = at;

	while (end < in.len && !ch_space((unsigned char)in.p[end]) && !is_in(in.p[end], "<>"))
		end++;
	if (end < in.len && in.p[end] == '>' && end > at && in.p[end - 1] == '/')
		end--;
	a->value = str_sub(in, at, end - at);
	a->quote = str_chr(a->value, '"') < 0 ? '"' : '\'';
	if (a->quote == '\'' && str_chr(a->value, '\'') >= 0)
		a->value.len = (size_t)str_chr(a->value, '\'');
	return end;
}

/* One attribute at `at`; gives where it ends. */
static size_t read_attr(struct repair *r, struct tag *t, size_t at, unsigned *n_ns)
{
	struct str in = r->in;
	struct tag_attr a = {.value = STR("")};
	size_t end = at, eq;

	while (end < in.len && !ch_space((unsigned char)in.p[end]) && !is_in(in.p[end], "=<>/\"'"))
		end++;
	a.name = str_sub(in, at, end - at);
	eq = skip_space(in, end);
	if (end == at && (eq >= in.len || in.p[eq] != '=')) {
		t->ok = false;
		return at + 1;
	}
	if (eq < in.len && in.p[eq] == '=') {
		size_t v = skip_space(in, eq + 1);
		if (v < in.len && is_in(in.p[v], "\"'")) {
			end = quoted_value(in, v, &a, &t->ok);
		} else {
			t->ok = false;
			end = bare_value(in, v, &a);
		}
	} else {
		t->ok = false;
		t->words = true;
		a.quote = '"';
	}
	keep_attr(r, t, &a, n_ns);
	return end;
}

/* Reads the tag at r->at. False: no tag. */
static bool read_tag(struct repair *r, struct tag *t, unsigned *n_ns)
{
	struct str in = r->in;
	size_t len = repair_name_len(in, r->at + 1), i = r->at + 1 + len;

	if (len == 0)
		return false;
	t->name = str_sub(in, r->at + 1, len);
	t->ok = true;
	for (;;) {
		size_t next = skip_space(in, i);
		if (next >= in.len) {
			t->cut = true;
			t->end = in.len;
			return true;
		}
		if (in.p[next] == '>' || in.p[next] == '<') {
			t->end = next + (in.p[next] == '>');
			t->ok = t->ok && in.p[next] == '>';
			return in.p[next] == '>' || !t->words;
		}
		if (in.p[next] == '/' && next + 1 < in.len && in.p[next + 1] == '>') {
			t->self_closed = true;
			t->end = next + 2;
			return true;
		}
		if (next == i)
			t->ok = false;
		i = read_attr(r, t, next, n_ns);
	}
}

/* Writes the tag anew: names that XML takes, one value each, quoted. */
static void write_tag(struct repair *r, struct tag *t)
{
	repair_cut(r, r->at, r->at, STR("<"));
	repair_add(r, t->name);
	for (size_t i = 0; i < t->n; i++) {
		const struct tag_attr *a = &t->attrs[i];
		struct str quote = {&a->quote, 1};
		repair_add(r, STR(" "));
		repair_add(r, a->name);
		repair_add(r, STR("="));
		repair_add(r, quote);
		if (a->value.len) {
			r->copied = r->at = (size_t)(a->value.p - r->in.p);
			repair_value(r, r->at + a->value.len);
			repair_cut(r, r->at, r->at, STR(""));
		}
		repair_add(r, quote);
	}
	repair_add(r, t->self_closed ? STR("/>") : STR(">"));
	r->copied = t->end;
}

static void let_through(struct repair *r, const struct tag *t)
{
	for (size_t i = 0; i < t->n; i++) {
		r->at = (size_t)(t->attrs[i].value.p - r->in.p);
		repair_value(r, r->at + t->attrs[i].value.len);
	}
}

static bool end_tag_follows(struct str in, size_t at, struct str name)
{
	at = skip_space(in, at);
	return str_starts(str_skip(in, at), "</") && str_eq_nocase(str_sub(in, at + 2, name.len), name);
}

void repair_close(struct repair *r, unsigned depth, size_t at)
{
	repair_cut(r, at, at, STR(""));
	while (r->depth > depth) {
		repair_add(r, STR("</"));
		repair_add(r, r->open[--r->depth].name);
		repair_add(r, STR(">"));
	}
}

static void close_implied(struct repair *r, struct str name)
{
	unsigned d = r->depth;

	if (d > 0 && ((IS_ONE_OF(name, closed_by_next) && str_eq_nocase(r->open[d - 1].name, name)) ||
	                 (IS_ONE_OF(name, leaves) && IS_ONE_OF(r->open[d - 1].name, leaves)))) {
		r->mended |= XML_TAGS;
		repair_close(r, d - 1, r->at);
	} else if (IS_ONE_OF(name, never_nested)) {
		while (d > 0 && !str_eq(r->open[d - 1].name, name))
			d--;
		if (d > 0) {
			r->mended |= XML_TAGS;
			repair_close(r, d - 1, r->at);
		}
	}
}

/* A start tag below the depth limit, or one whose name no parser takes: it goes, and in the first case what
 * it holds. */
static void leave_out(struct repair *r, const struct tag *t, bool deep)
{
	repair_cut(r, r->at, r->at, STR(""));
	if (deep) {
		r->mended |= XML_DEEP;
		if (!t->self_closed)
			r->skip++;
	}
	repair_cut(r, r->at, t->end, STR(""));
	r->at = t->end;
}

static void emit(struct repair *r, struct tag *t, unsigned n_ns)
{
	if (!r->root_seen) {
		r->root_seen = true;
		r->copied = r->at;
	}
	if (!t->self_closed)
		r->open[r->depth++] = (struct xml_open){t->name, n_ns};
	if (!t->ok) {
		r->mended |= XML_ATTRS;
		write_tag(r, t);
	} else {
		let_through(r, t);
	}
	r->at = t->end;
	if (t->self_closed && r->depth == 0)
		r->done = true;
}

bool repair_start_tag(struct repair *r)
{
	struct tag *t = &r->tag;
	unsigned n_ns = r->depth ? r->open[r->depth - 1].n_ns : 0;

	memset(t, 0, offsetof(struct tag, attrs));
	if (!read_tag(r, t, &n_ns))
		return false;
	if (t->cut) {
		r->mended |= XML_CUT;
		repair_cut(r, r->at, t->end, STR(""));
		r->at = t->end;
		return true;
	}
	if (!t->self_closed && r->depth > 0 && IS_ONE_OF(t->name, void_names) &&
	    !end_tag_follows(r->in, t->end, t->name)) {
		t->self_closed = true;
		t->ok = false;
	}
	if (r->skip || !is_good_name(t->name)) {
		leave_out(r, t, r->skip > 0);
		return true;
	}
	if (!t->self_closed)
		close_implied(r, t->name);
	if (r->depth >= XML_MAX_DEPTH)
		leave_out(r, t, true);
	else
		emit(r, t, n_ns);
	return true;
}

/* The open element that an end tag means: the same name, else the same but for case. depth when there is
 * none. */
static unsigned find_open(const struct repair *r, struct str name)
{
	int first = name.len ? ch_lower(name.p[0]) : 0;

	if (!name.len)
		return r->depth;
	for (unsigned d = r->depth; d-- > 0;)
		if (r->open[d].name.len == name.len && r->open[d].name.p[0] == name.p[0] &&
		    str_eq(r->open[d].name, name))
			return d;
	for (unsigned d = r->depth; d-- > 0;)
		if (r->open[d].name.len == name.len && ch_lower(r->open[d].name.p[0]) == first &&
		    str_eq_nocase(r->open[d].name, name))
			return d;
	return r->depth;
}

static void end_element(struct repair *r, struct str name, size_t end, bool ok)
{
	unsigned d = find_open(r, name);

	if (d == r->depth) {
		r->mended |= XML_TAGS;
		repair_cut(r, r->at, end, STR(""));
	} else if (d + 1 == r->depth && ok && str_eq(r->open[d].name, name)) {
		r->depth = d;
	} else {
		r->mended |= XML_TAGS;
		repair_close(r, d, r->at);
		repair_cut(r, r->at, end, STR(""));
	}
}

bool repair_end_tag(struct repair *r)
{
	size_t len = repair_name_len(r->in, r->at + 2), end = r->at + 2 + len;
	struct str name = str_sub(r->in, r->at + 2, len);
	bool ok;

	while (end < r->in.len && !is_in(r->in.p[end], "<>"))
		end++;
	ok = end < r->in.len && r->in.p[end] == '>' && skip_space(r->in, r->at + 2 + len) == end;
	if (end < r->in.len && r->in.p[end] == '>')
		end++;
	if (r->skip && IS_ONE_OF(name, never_nested)) {
		r->copied = r->at;
		r->skip = 0;
	}
	if (r->skip) {
		repair_cut(r, r->at, end, STR(""));
		r->skip--;
	} else if (r->root_seen) {
		end_element(r, name, end, ok);
	}
	r->at = end;
	r->done = r->root_seen && r->depth == 0;
	return true;
}
