/* SPDX-License-Identifier: MIT */
/* newsboat's filter language in that of courant: attribute, operator, value, joined by and, or, parentheses.
 * What has no equal here makes the whole query absent, so that no tab shows something else than it says. */
#include "app/import_priv.h"
#include "base/buf.h"
#include "base/clock.h"
#include "model/query.h"

#include <string.h>

#define QUERY_MAX 4096

struct token {
	enum { TOKEN_END, TOKEN_WORD, TOKEN_TEXT, TOKEN_OP, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_BAD } kind;
	struct str text;
};

static const char ops[] = "=!<>~#";

static struct token next_token(struct str *rest)
{
	*rest = str_trim(*rest);
	struct token t = {.kind = TOKEN_END, .text = STR("")};
	size_t n = 1;
	if (!rest->len)
		return t;
	char c = rest->p[0];
	if (c == '(' || c == ')')
		t.kind = c == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
	else if (c == '"') {
		ptrdiff_t end = str_chr(str_skip(*rest, 1), '"');
		t.kind = end < 0 ? TOKEN_BAD : TOKEN_TEXT;
		t.text = str_sub(*rest, 1, end < 0 ? 0 : (size_t)end);
		n = end < 0 ? rest->len : (size_t)end + 2;
	} else if (strchr(ops, c)) {
		while (n < rest->len && strchr(ops, rest->p[n]))
			n++;
		t.kind = TOKEN_OP;
	} else {
		while (n < rest->len && !ch_space(rest->p[n]) && !strchr("()\"=!<>~#", rest->p[n]))
			n++;
		t.kind = TOKEN_WORD;
	}
	if (t.kind != TOKEN_TEXT)
		t.text = str_sub(*rest, 0, n);
	*rest = str_skip(*rest, n);
	return t;
}

static bool is_any(struct str s, const char *words)
{
	struct str rest = str_c(words), one;
	while (str_split(&rest, ' ', &one))
		if (str_eq_nocase(one, s))
			return true;
	return false;
}

/* A regular expression that is only words can be asked for as such. */
static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (strchr("^$.*+?()[]{}|\\\"", s.p[i]))
			return false;
	return s.len > 0;
}

static bool add_age(struct buf *out, struct str op, struct str value)
{
	uint64_t days = 0, more = 0;
	struct str rest = value, from;
	if (is_any(op, "< <=") && str_u64(value, &days))
		return buf_printf(out, "after:%llud", (unsigned long long)days);
	if (is_any(op, "> >=") && str_u64(value, &days))
		return buf_printf(out, "before:%llud", (unsigned long long)days);
	return is_any(op, "between") && str_split(&rest, ':', &from) && str_u64(from, &days) &&
	       str_u64(rest, &more) &&
	       buf_printf(out, "before:%llud after:%llud", (unsigned long long)(days < more ? days : more),
	           (unsigned long long)(days < more ? more : days));
}

/* A tag that is no section, or is one of some sources alone. */
static bool is_tag(const struct import *m, struct buf *out, struct str tag)
{
	SCOPED(buf) struct buf query = BUF_MAX(QUERY_MAX);
	return import_tag_query(m, tag, &query) && buf_printf(out, "(%s)", buf_cstr(&query));
}

static bool add_term(
    const struct import *m, struct buf *out, struct str attribute, struct str op, struct str value)
{
	static const struct {
		const char *theirs, *ours;
	} fields[] = {{"title", "title:"}, {"author", "author:"}, {"feedtitle", "source:"},
	    {"tags", "section:"}, {"content", ""}, {"link", "url:"}};
	bool negated = op.len > 1 && op.p[0] == '!';
	if (is_any(attribute, "age"))
		return add_age(out, op, value);
	if (negated)
		buf_addc(out, '-');
	if (is_any(attribute, "unread") && is_any(op, "= == !="))
		return is_any(value, "yes no") &&
		       buf_adds(out, is_any(value, "yes") ? "is:unread" : "is:read");
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		if (!is_any(attribute, fields[i].theirs) || !is_any(op, "= == != =~ !~ # !#"))
			continue;
		if (is_any(attribute, "tags") && is_tag(m, out, value))
			return true;
		if (is_plain(value))
			return buf_printf(out, "%s\"%.*s\"", fields[i].ours, STR_ARG(value));
		return i == 0 && is_any(op, "=~ !~") && str_chr(value, '"') < 0 &&
		       buf_printf(out, "title:~\"(?i)%.*s\"", STR_ARG(value));
	}
	return false;
}

static bool translate(const struct import *m, struct buf *out, struct str rest)
{
	bool want_term = true;
	for (struct token t; (t = next_token(&rest)).kind != TOKEN_END;) {
		if (t.kind == TOKEN_OPEN && want_term) {
			buf_addc(out, '(');
		} else if (t.kind == TOKEN_CLOSE && !want_term) {
			buf_addc(out, ')');
		} else if (t.kind == TOKEN_WORD && want_term) {
			struct token op = next_token(&rest), value = next_token(&rest);
			if ((op.kind != TOKEN_OP && !is_any(op.text, "between")) ||
			    (value.kind != TOKEN_TEXT && value.kind != TOKEN_WORD) ||
			    !add_term(m, out, t.text, op.text, value.text))
				return false;
			want_term = false;
		} else if (t.kind == TOKEN_WORD && is_any(t.text, "and or")) {
			buf_adds(out, is_any(t.text, "or") ? " OR " : " ");
			want_term = true;
		} else {
			return false;
		}
	}
	return !want_term;
}

struct str import_query(const struct import *m, struct str query)
{
	SCOPED(buf) struct buf out = BUF_MAX(QUERY_MAX);
	SCOPED_PTR(arena) struct arena *scratch = arena_new();
	struct query *q;
	if (!translate(m, &out, query) || out.failed ||
	    !(q = query_parse(scratch, buf_str(&out), clock_now(), NULL)))
		return STR_NONE;
	query_release(q);
	return arena_str(m->arena, buf_str(&out));
}
