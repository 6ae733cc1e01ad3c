/* SPDX-License-Identifier: MIT */
/* JSON-LD: the objects that describe an article, wherever they stand: alone, in arrays, in @graph, nested
 * under mainEntity. References by @id are followed within the page. */
#include "article/facts.h"

#include "syntax/json.h"
#include "syntax/sanitize.h"

enum { LD_MAX_BYTES = 2 << 20, LD_MAX_DEPTH = 8, LD_MAX_AUTHORS = 12, LD_MAX_SCRIPTS = 40 };

struct ld {
	struct page *p;
	struct facts *f;
	const struct json *top; /* for references */
	enum source source;
};

static bool type_is(const struct json *type, const char *const *names, size_t n)
{
	const struct json *t = json_kind(type) == JSON_ARRAY ? json_first(type) : type;

	for (; t; t = json_kind(type) == JSON_ARRAY ? json_next(t) : NULL) {
		struct str s = json_string(t);
		for (size_t i = 0; i < n; i++)
			if (names[i][0] == '*' ? str_ends(s, names[i] + 1) : str_eqc(s, names[i]))
				return true;
	}
	return false;
}

static bool is_article(const struct json *o)
{
	static const char *const names[] = {
	    "*Article", "*BlogPosting", "*Posting", "Report", "Review", "Recipe", "*NewsStory"};

	return type_is(json_get(o, "@type"), names, ARRAY_LEN(names));
}

static bool is_page(const struct json *o)
{
	static const char *const names[] = {"WebPage", "ItemPage", "AboutPage"};

	return type_is(json_get(o, "@type"), names, ARRAY_LEN(names));
}

/* The object with that @id among the top ones; NULL: none. */
static const struct json *by_id(const struct ld *l, struct str id)
{
	const struct json *list = json_get(l->top, "@graph");

	if (!list)
		list = l->top;
	for (const struct json *o = json_first(list); o; o = json_next(o))
		if (json_kind(o) == JSON_OBJECT && str_eq(json_string(json_get(o, "@id")), id) &&
		    json_get(o, "name"))
			return o;
	return NULL;
}

/* Name of a person or outlet: a string, an object with a name, or a reference. */
static struct str name_of(const struct ld *l, const struct json *v)
{
	if (json_kind(v) == JSON_STRING)
		return json_string(v);
	if (json_kind(v) != JSON_OBJECT)
		return STR_NONE;
	const struct json *name = json_get(v, "name");
	if (!name && json_get(v, "@id"))
		name = json_get(by_id(l, json_string(json_get(v, "@id"))), "name");
	if (json_kind(name) == JSON_ARRAY)
		name = json_first(name);
	return json_string(name);
}

static void say(const struct ld *l, enum field field, struct str value)
{
	facts_say(l->p, l->f, field, l->source, value);
}

/* One author, or several in a list of names. */
static void say_names(const struct ld *l, const struct json *author)
{
	const struct json *names = json_get(author, "name");
	unsigned n = 0;

	if (json_kind(names) != JSON_ARRAY) {
		say(l, FIELD_BYLINE, name_of(l, author));
		return;
	}
	for (const struct json *s = json_first(names); s && n < LD_MAX_AUTHORS; s = json_next(s), n++)
		say(l, FIELD_BYLINE, json_string(s));
}

static void read_authors(const struct ld *l, const struct json *v)
{
	static const char *const outlets[] = {"*Organization", "Corporation", "Brand"};
	bool list = json_kind(v) == JSON_ARRAY;
	unsigned n = 0;

	for (const struct json *a = list ? json_first(v) : v; a && n < LD_MAX_AUTHORS;
	     a = list ? json_next(a) : NULL, n++)
		if (!type_is(json_get(a, "@type"), outlets, ARRAY_LEN(outlets)))
			say_names(l, a);
}

static struct str url_of(const struct json *v)
{
	if (json_kind(v) == JSON_ARRAY)
		v = json_first(v);
	if (json_kind(v) == JSON_OBJECT)
		v = json_get(v, "url");
	return json_string(v);
}

static void read_article(const struct ld *l, const struct json *o)
{
	static const struct {
		const char *key;
		enum field field;
	} strings[] = {{"headline", FIELD_TITLE}, {"name", FIELD_TITLE}, {"description", FIELD_DEK},
	    {"datePublished", FIELD_PUBLISHED}, {"dateCreated", FIELD_PUBLISHED},
	    {"dateModified", FIELD_MODIFIED}, {"inLanguage", FIELD_LANGUAGE}};

	for (size_t i = 0; i < ARRAY_LEN(strings); i++)
		say(l, strings[i].field, json_string(json_get(o, strings[i].key)));
	read_authors(l, json_get(o, json_get(o, "author") ? "author" : "creator"));
	say(l, FIELD_SITE, name_of(l, json_get(o, "publisher")));
	say(l, FIELD_IMAGE, url_of(json_get(o, "image")));
	struct str body = json_string(json_get(o, "articleBody"));
	if (body.len > l->f->body.len)
		l->f->body = arena_str(l->p->arena, body);
	const struct json *free_of = json_get(o, "isAccessibleForFree");
	if ((json_kind(free_of) == JSON_BOOL && !json_true(free_of)) ||
	    str_eq_nocase(json_string(free_of), STR("false")))
		l->f->not_free = true;
}

static void read_value(struct ld *l, const struct json *v, unsigned depth)
{
	if (depth > LD_MAX_DEPTH)
		return;
	if (json_kind(v) == JSON_ARRAY) {
		for (const struct json *o = json_first(v); o; o = json_next(o))
			read_value(l, o, depth + 1);
		return;
	}
	if (json_kind(v) != JSON_OBJECT)
		return;
	if (is_article(v)) {
		l->source = SOURCE_LD;
		read_article(l, v);
	} else if (is_page(v)) {
		l->source = SOURCE_LD_PAGE;
		read_article(l, v);
	}
	read_value(l, json_get(v, "@graph"), depth + 1);
	read_value(l, json_get(v, "mainEntity"), depth + 1);
	read_value(l, json_get(v, "mainEntityOfPage"), depth + 1);
}

static void read_script(struct page *p, struct facts *f, struct str text)
{
	SCOPED(buf) struct buf b = BUF_MAX(LD_MAX_BYTES);
	size_t from = 0;
	bool rest;

	/* Comment marks around it, a stray semicolon behind it, line ends inside strings: all seen. */
	while (from < text.len && text.p[from] != '{' && text.p[from] != '[')
		from++;
	while (text.len > from && text.p[text.len - 1] != '}' && text.p[text.len - 1] != ']')
		text.len--;
	if (!buf_addstr(&b, str_skip(text, from)))
		return;
	for (size_t i = 0; i < b.len; i++)
		if (b.data[i] == '\n' || b.data[i] == '\t' || b.data[i] == '\r')
			b.data[i] = ' ';
	SCOPED_PTR(json) struct json *top = json_parse(buf_str(&b), &rest, NULL);
	struct ld l = {p, f, top, SOURCE_LD};
	read_value(&l, top, 0);
}

void facts_of_ld(struct page *p, struct facts *f)
{
	unsigned n = 0;

	for (const struct node *s = node_find(p->html->root, NULL, TAG_SCRIPT); s && n < LD_MAX_SCRIPTS;
	     s = node_find(p->html->root, s, TAG_SCRIPT))
		if (str_find_nocase(node_attr(s, ATTR_TYPE), "ld+json") >= 0 && s->first) {
			read_script(p, f, s->first->text);
			n++;
		}
}
