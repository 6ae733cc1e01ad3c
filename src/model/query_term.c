/* SPDX-License-Identifier: MIT */
/* One term of a query: a word, a phrase, or what stands after a field's name. */
#include <string.h>

#include "base/i18n.h"
#include "model/query_priv.h"
#include "text/date.h"
#include "text/fuzzy.h"
#include "text/lang.h"
#include "text/utf8.h"
#include "text/word.h"

struct field;
typedef struct query *field_fn(struct query_reader *r, const struct field *f, struct str value, size_t at);

static field_fn title_term, text_term, lang_term, is_term, moment_term, event_term;

static const struct field {
	const char *name;
	field_fn *read;
	enum query_field field;
	enum query_kind kind;
} fields[] = {
    {"title", title_term, QF_TITLE, QUERY_WORD},
    {"author", text_term, QF_AUTHOR, QUERY_FIELD},
    {"source", text_term, QF_SOURCE, QUERY_FIELD},
    {"section", text_term, QF_SECTION, QUERY_FIELD},
    {"tag", text_term, QF_TAG, QUERY_FIELD},
    {"lang", lang_term, QF_LANG, QUERY_FIELD},
    {"url", text_term, QF_URL, QUERY_FIELD},
    {"is", is_term, QF_ANY, QUERY_IS},
    {"after", moment_term, QF_ANY, QUERY_AFTER},
    {"before", moment_term, QF_ANY, QUERY_BEFORE},
    {"event", event_term, QF_ANY, QUERY_EVENT},
};

static const char *const is_words[] = {
    [IS_UNREAD] = "unread",
    [IS_READ] = "read",
    [IS_OPENED] = "opened",
    [IS_STARRED] = "starred",
    [IS_HIDDEN] = "hidden",
    [IS_FULL] = "full",
};

/* Ends the error that was set at a place. Returns NULL, so that mistakes read as returns. */
static struct query *wrong(struct query_reader *r, size_t at)
{
	query_mistake(r, at);
	return NULL;
}

struct counted {
	size_t words;
	bool unspaced;
};

static bool count_word(void *arg, const struct word *w)
{
	struct counted *c = arg;

	c->words++;
	c->unspaced = c->unspaced || w->bigram;
	return c->words <= QUERY_MAX_WORDS;
}

/* Words in title, dek and body (or in the title). What holds several ("covid-19") is a phrase. */
static struct query *words(
    struct query_reader *r, enum query_field field, struct str s, size_t at, bool quoted)
{
	bool prefix = !quoted && str_ends(s, "*");
	struct counted c = {0};
	struct query *q;

	if (prefix)
		s.len--;
	word_each(s, count_word, &c);
	if (!c.words) {
		err_set(r->err, ERR_USAGE, _("'%.*s' holds no letters or digits to look for"), STR_ARG(s));
		return wrong(r, at);
	}
	if (c.words > QUERY_MAX_WORDS) {
		err_set(r->err, ERR_LIMIT, _("a phrase holds at most %d words"), QUERY_MAX_WORDS);
		return wrong(r, at);
	}
	q = query_node(r, c.words > 1 || (quoted && !c.unspaced) ? QUERY_PHRASE : QUERY_WORD);
	q->field = field;
	q->prefix = prefix;
	q->text = arena_str(r->arena, s);
	return q;
}

static bool is_quoted(const struct query_reader *r, size_t at)
{
	return at < r->text.len && r->text.p[at] == '"';
}

/* The expression behind title:~ with its quotes, which may hold \" for a quote. */
static struct query *regex_term(struct query_reader *r, struct str value, size_t at)
{
	struct query *q = query_node(r, QUERY_REGEX);

	q->field = QF_TITLE;
	return query_regex(r, q, value, at) ? q : NULL;
}

static struct query *title_term(struct query_reader *r, const struct field *f, struct str value, size_t at)
{
	if (at > 0 && r->text.p[at - 1] == '~')
		return regex_term(r, value, at);
	return words(r, f->field, value, at, is_quoted(r, at));
}

static struct query *text_term(struct query_reader *r, const struct field *f, struct str value, size_t at)
{
	struct query *q = query_node(r, QUERY_FIELD);

	(void)at; /* any text is right here */
	q->field = f->field;
	q->text = arena_str(r->arena, value);
	return q;
}

static struct query *lang_term(struct query_reader *r, const struct field *f, struct str value, size_t at)
{
	enum lang lang = lang_of_tag(value);
	struct query *q;

	if (lang == LANG_NONE) {
		err_set(r->err, ERR_USAGE,
		    _("unknown language '%.*s': a code such as en, de, ja is meant here"), STR_ARG(value));
		return wrong(r, at);
	}
	q = query_node(r, f->kind);
	q->field = f->field;
	q->text = str_c(lang_tag(lang));
	return q;
}

static struct query *is_term(struct query_reader *r, const struct field *f, struct str value, size_t at)
{
	const char *near;

	for (size_t i = 0; i < ARRAY_LEN(is_words); i++) {
		if (str_eq_nocase(value, str_c(is_words[i]))) {
			struct query *q = query_node(r, f->kind);

			q->is = (enum query_is)i;
			return q;
		}
	}
	near = fuzzy_nearest(value, is_words, ARRAY_LEN(is_words));
	if (near)
		err_set(r->err, ERR_USAGE, _("unknown state 'is:%.*s' (did you mean 'is:%s'?)"),
		    STR_ARG(value), near);
	else
		err_set(r->err, ERR_USAGE,
		    _("unknown state 'is:%.*s': unread, read, opened, starred, hidden and full are known"),
		    STR_ARG(value));
	return wrong(r, at);
}

static struct query *moment_term(struct query_reader *r, const struct field *f, struct str value, size_t at)
{
	struct query *q = query_node(r, f->kind);

	q->number = date_moment(value, r->now);
	if (q->number != TIME_NONE)
		return q;
	err_set(r->err, ERR_USAGE, _("'%.*s' is no time: 2d, 3h, today or 2026-11-01 would be one"),
	    STR_ARG(value));
	return wrong(r, at);
}

static struct query *event_term(struct query_reader *r, const struct field *f, struct str value, size_t at)
{
	struct query *q = query_node(r, f->kind);

	/* negative: a story that was split off an event which has its id */
	if (str_i64(value, &q->number) && q->number != 0)
		return q;
	err_set(r->err, ERR_USAGE, _("'%.*s' is no number of an event"), STR_ARG(value));
	return wrong(r, at);
}

/* Takes a quotation's inside and stands behind it; in a regular expression \" is a quote. */
static bool take_quoted(struct query_reader *r, struct str *value, bool escapes)
{
	size_t open = r->at++;

	for (; r->at < r->text.len && r->text.p[r->at] != '"'; r->at++) {
		if (escapes && r->text.p[r->at] == '\\' && r->at + 1 < r->text.len)
			r->at++;
	}
	if (r->at >= r->text.len) {
		err_set(r->err, ERR_USAGE, _("this quotation is never closed"));
		return query_mistake(r, open);
	}
	*value = str_sub(r->text, open + 1, r->at - open - 1);
	r->at++;
	return true;
}

/* Takes what goes on to white space, a parenthesis or a quote. Parentheses inside of a value stay: they are
 * an address's. */
static struct str take_bare(struct query_reader *r, bool is_value)
{
	size_t start = r->at;
	int open = 0;

	for (; r->at < r->text.len; r->at++) {
		char c = r->text.p[r->at];

		if (ch_space(c) || c == '"' || (!is_value && (c == '(' || c == ')')))
			break;
		if (c == ')' && open == 0)
			break;
		open += c == '(' ? 1 : c == ')' ? -1 : 0;
	}
	return str_sub(r->text, start, r->at - start);
}

/* Length of a field's name standing here, without its colon; 0: none. */
static size_t field_name(const struct query_reader *r)
{
	size_t n = r->at;

	while (n < r->text.len && ch_alpha((unsigned char)r->text.p[n]))
		n++;
	return n < r->text.len && r->text.p[n] == ':' ? n - r->at : 0;
}

static struct query *unknown_field(struct query_reader *r, struct str name)
{
	const char *names[ARRAY_LEN(fields)], *near;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		names[i] = fields[i].name;
	near = fuzzy_nearest(name, names, ARRAY_LEN(names));
	if (near)
		err_set(
		    r->err, ERR_USAGE, _("unknown field '%.*s:' (did you mean '%s:'?)"), STR_ARG(name), near);
	else
		err_set(r->err, ERR_USAGE, _("unknown field '%.*s:'; put it in quotes to look for the words"),
		    STR_ARG(name));
	return wrong(r, r->at);
}

static struct query *field_term(struct query_reader *r, const struct field *f, size_t name_len)
{
	size_t name = r->at, at;
	bool regex;
	struct str value;

	r->at += name_len + 1;
	regex = r->at < r->text.len && r->text.p[r->at] == '~';
	if (regex && f->field != QF_TITLE) {
		err_set(r->err, ERR_USAGE, _("a regular expression stands after 'title:' only"));
		return wrong(r, r->at);
	}
	r->at += regex ? 1 : 0;
	at = r->at;
	if (!is_quoted(r, at))
		value = take_bare(r, true);
	else if (!take_quoted(r, &value, regex))
		return NULL;
	if (!value.len) {
		err_set(r->err, ERR_USAGE, _("something is missing after '%s:'"), f->name);
		return wrong(r, name);
	}
	return f->read(r, f, value, at);
}

struct query *query_term(struct query_reader *r)
{
	size_t at = r->at, name_len = field_name(r);
	struct str rest = str_skip(r->text, at), name = str_sub(rest, 0, name_len), value = STR("");

	if (str_starts_nocase(rest, "http://") || str_starts_nocase(rest, "https://"))
		return text_term(r, &(struct field){.field = QF_URL}, take_bare(r, true), at);
	for (size_t i = 0; name_len && i < ARRAY_LEN(fields); i++) {
		if (str_eq_nocase(name, str_c(fields[i].name)))
			return field_term(r, &fields[i], name_len);
	}
	if (name_len)
		return unknown_field(r, name);
	if (is_quoted(r, at)) {
		if (!take_quoted(r, &value, false))
			return NULL;
		return words(r, QF_ANY, value, at, true);
	}
	return words(r, QF_ANY, take_bare(r, false), at, false);
}
