/* SPDX-License-Identifier: MIT */
/* The offers of an entry, and what becomes of them: texts made safe, addresses resolved, lists without
 * doubles. */
#include "feed/entry.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "syntax/sanitize.h"
#include "text/date.h"
#include "text/safe.h"
#include "text/url.h"
#include "text/utf8.h"

#define MAX_LINE    8192
#define MAX_NAME    512
#define MAX_URL     8192
#define MAX_ID      2048
#define MAX_SUMMARY ((size_t)64 << 10)
#define MAX_BODY    ((size_t)4 << 20)

void feed_warn(struct feed_work *f, enum feed_warning once, const char *fmt, ...)
{
	char line[300];
	va_list args;

	if ((f->warned & once) || f->warnings.n >= FEED_MAX_WARNINGS)
		return;
	f->warned |= once;
	va_start(args, fmt);
	(void)vsnprintf(line, sizeof line, fmt, args);
	va_end(args);
	vec_push(&f->warnings, safe_copy(f->a, str_c(line), SAFE_LINE));
}

void entry_init(struct entry *e, struct feed_work *f, bool is_head)
{
	*e = (struct entry){.f = f, .is_head = is_head};
	e->published = e->modified = TIME_NONE;
	e->duration_s = -1;
	e->ttl_minutes = -1;
}

void entry_release(struct entry *e)
{
	vec_free(&e->people);
	vec_free(&e->tags);
	vec_free(&e->files);
}

void entry_take(struct entry *e, const struct xnode *n)
{
	unsigned here = e->is_head ? IN_HEAD : IN_ITEM;

	for (const struct xnode *c = n->first; c; c = c->next)
		if (c->field && (c->field->where & here))
			c->field->fn(e, c, c->field->arg);
}

static bool is_empty(const struct xnode *n)
{
	for (const struct xnode *c = n->first; c; c = c->next)
		if (c->name.p || str_trim(c->text).len)
			return false;
	return true;
}

/* The one div that holds all of n and only text: its writer took markup in it for text, or meant xhtml. */
static const struct xnode *only_div(const struct xnode *n)
{
	const struct xnode *div = NULL;

	for (const struct xnode *c = n->first; c; c = c->next) {
		if (!c->name.p && str_trim(c->text).len == 0)
			continue;
		if (div || !c->name.p || !str_eqc(c->name, "div") || c->has_elements)
			return NULL;
		div = c;
	}
	return div;
}

void offer_text(struct entry *e, struct pick *p, const struct xnode *n, enum text_type type, int rank)
{
	struct str decoded;
	bool html = str_find_nocase(xnode_attr(n, "type"), "html") >= 0;

	if (is_empty(n) || (p->rank && p->rank <= rank))
		return;
	if (n->has_elements && type != TEXT_PLAIN && str_eqc(xnode_attr(n, "type"), "html") && only_div(n))
		*p = (struct pick){.node = only_div(n), .type = TEXT_HTML, .rank = rank};
	else if (text_is_base64(e, n, &decoded) && decoded.len)
		*p = (struct pick){
		    .text = decoded, .type = html || p != &e->title ? TEXT_HTML : TEXT_PLAIN, .rank = rank};
	else
		*p = (struct pick){.node = n, .type = n->has_elements ? TEXT_XHTML : type, .rank = rank};
}

void offer(struct ranked *r, struct str v, int rank)
{
	if (v.len && (r->rank == 0 || rank < r->rank))
		*r = (struct ranked){v, rank};
}

/* A reference that says neither scheme nor host, and is written as one. */
static bool is_relative(struct str ref)
{
	if (str_starts(ref, "//") || str_starts(ref, "\\") || str_starts(ref, "/\\"))
		return false;
	for (size_t i = 0; i < ref.len; i++)
		if ((unsigned char)ref.p[i] <= ' ' || ref.p[i] == ':' || strchr("<>\"\\", ref.p[i]))
			return false;
	return true;
}

struct str entry_url(struct entry *e, const struct xnode *n, struct str ref)
{
	struct str base = n && n->base.len ? n->base : e->f->link_base.len ? e->f->link_base : e->f->url;
	struct str url;

	ref = str_trim(ref);
	if (ref.len == 0 || ref.len > MAX_URL)
		return STR_NONE;
	if (!base.len && is_relative(ref))
		return safe_copy(e->f->a, ref, SAFE_LINE);
	url = url_resolve(e->f->a, base, ref);
	return url.p && url.len <= MAX_URL && url_is_web(url) ? url : STR_NONE;
}

static struct str line_of(struct arena *a, struct str text, bool markup, bool known_only, size_t max)
{
	SCOPED(buf) struct buf b = BUF_MAX(text.len * 4 + 64);

	if (!text.p)
		return STR_NONE;
	text = utf8_cut(text, max * 8);
	if (!markup || sanitize_is_plain(text)) {
		text = safe_copy(a, text, SAFE_LINE);
		return text.len ? str_trim(utf8_cut(text, max)) : STR_NONE;
	}
	(void)sanitize_line(&b, text, known_only);
	return b.len ? arena_str(a, str_trim(utf8_cut(buf_str(&b), max))) : STR_NONE;
}

/* The bytes of a pick: text as it stands, or the elements inside as HTML. */
static struct str pick_source(const struct pick *p, struct buf *scratch)
{
	const struct xnode *n = p->node, *only = NULL;
	size_t pieces = 0;

	if (!n)
		return p->text;
	if (!n->has_elements) {
		if (n->first && !n->first->next)
			return n->first->text;
		(void)xnode_all_text(scratch, n);
		return buf_str(scratch);
	}
	for (const struct xnode *c = n->first; c; c = c->next)
		if (c->name.p || str_trim(c->text).len) {
			only = c;
			pieces++;
		}
	(void)xnode_inner_html(scratch, pieces == 1 && only->name.p && str_eqc(only->name, "div") ? only : n);
	return buf_str(scratch);
}

static struct str pick_line(struct entry *e, const struct pick *p, size_t max)
{
	SCOPED(buf) struct buf b = BUF_INIT;
	bool markup = p->type != TEXT_PLAIN;

	if (p->node && p->node->has_elements) {
		(void)xnode_inner_html(&b, p->node);
		return line_of(e->f->a, buf_str(&b), true, false, max);
	}
	return line_of(e->f->a, pick_source(p, &b), markup, p->type == TEXT_GUESS, max);
}

static struct str base_of(const struct entry *e, const struct pick *p)
{
	if (p->node && p->node->base.len)
		return p->node->base;
	return e->f->link_base.len ? e->f->link_base : e->f->url;
}

/* HTML, as whoever asked wants it. */
static void give_html(struct entry *e, struct item *it, struct str html)
{
	SCOPED(buf) struct buf out = BUF_INIT;
	struct feed_work *f = e->f;

	if (f->take_body) {
		const struct node *body = sanitize_tree(f->body_arena, html, base_of(e, &e->body))->root;
		if (body->first)
			f->take_body(f->body_arg, it, body);
		arena_reset(f->body_arena);
		return;
	}
	(void)sanitize_html(&out, html, base_of(e, &e->body));
	if (out.len)
		it->content_html = arena_str(f->a, buf_str(&out));
}

static void finish_body(struct entry *e, struct item *it)
{
	SCOPED(buf) struct buf scratch = BUF_INIT;
	SCOPED(buf) struct buf out = BUF_INIT;
	struct str text = pick_source(&e->body, &scratch);

	if (text.len > MAX_BODY) {
		feed_warn(e->f, WARN_FIELD, "a text was longer than %zu bytes and was cut", MAX_BODY);
		text = utf8_cut(text, MAX_BODY);
	}
	if (e->body.type == TEXT_PLAIN) {
		(void)safe_add(&out, text, SAFE_TEXT);
		it->content_text = arena_str(e->f->a, buf_str(&out));
		return;
	}
	give_html(e, it, str_trim(text));
}

static void *copy_list(struct arena *a, const void *v, size_t n, size_t size)
{
	return n ? arena_grow(a, v, n, n, size) : NULL;
}

void entry_finish_item(struct entry *e, struct item *it)
{
	struct arena *a = e->f->a;

	*it = (struct item){.published = e->published, .modified = e->modified, .id_is_url = e->id_is_url};
	it->id = line_of(a, e->id.v, false, false, MAX_ID);
	it->url = !e->link.v.len && e->files.n ? e->files.v[0].url : e->link.v;
	it->comments_url = e->comments.v;
	it->comments_feed_url = e->comments_feed.v;
	it->n_comments = e->n_comments;
	it->transcript_url = e->transcript.v;
	it->chapters_url = e->chapters.v;
	it->image = e->image.v;
	it->language = line_of(a, e->lang.v, false, false, 64);
	if (e->title.rank)
		it->title = pick_line(e, &e->title, MAX_LINE);
	if (!e->body.rank) {
		e->body = e->summary;
		e->summary.rank = 0;
	}
	if (e->body.rank)
		finish_body(e, it);
	if (e->summary.rank)
		it->summary = pick_line(e, &e->summary, MAX_SUMMARY);
	if (e->files.n && e->duration_s >= 0 && e->files.v[0].duration_s < 0)
		e->files.v[0].duration_s = e->duration_s;
	it->authors = copy_list(a, e->people.v, e->people.n, sizeof *it->authors);
	it->n_authors = e->people.n;
	it->tags = copy_list(a, e->tags.v, e->tags.n, sizeof *it->tags);
	it->n_tags = e->tags.n;
	it->attachments = copy_list(a, e->files.v, e->files.n, sizeof *it->attachments);
	it->n_attachments = e->files.n;
}

void entry_finish_head(struct entry *e, struct feed *f)
{
	struct arena *a = e->f->a;

	if (e->title.rank)
		f->title = pick_line(e, &e->title, MAX_LINE);
	if (e->summary.rank)
		f->description = pick_line(e, &e->summary, MAX_SUMMARY);
	f->home_page_url = e->link.v;
	f->feed_url = e->feed_url;
	f->next_url = e->next_url;
	f->hub = e->hub;
	f->icon = e->image.v;
	f->favicon = e->favicon.v;
	f->language = line_of(a, e->lang.v, false, false, 64);
	f->copyright = line_of(a, e->copyright, true, true, MAX_LINE);
	f->published = e->published;
	f->modified = e->modified;
	f->ttl_minutes = e->ttl_minutes;
	if (f->ttl_minutes < 0 && e->sy_period_minutes > 0)
		f->ttl_minutes = e->sy_period_minutes / (e->sy_frequency > 0 ? e->sy_frequency : 1);
	f->skip_hours = e->skip_hours;
	f->skip_days = e->skip_days;
	f->authors = copy_list(a, e->people.v, e->people.n, sizeof *f->authors);
	f->n_authors = e->people.n;
}

/* A name or a tag: references are decoded where no tag comes of it. */
static struct str name_of(struct arena *a, struct str text, bool may_hold_tags)
{
	bool tags = str_chr(text, '<') >= 0 && !may_hold_tags;

	return line_of(a, text, !tags && str_find_nocase(text, "&lt;") < 0, true, MAX_NAME);
}

void add_person(struct entry *e, struct str name, struct str url, int rank)
{
	struct person p = {.name = name_of(e->f->a, name, true), .url = url};

	if (!p.name.len && !p.url.len)
		return;
	if (e->people.n && rank != e->person_rank) {
		if (rank > e->person_rank)
			return;
		vec_clear(&e->people);
	}
	e->person_rank = rank;
	VEC_EACH (struct person, have, &e->people) {
		if (str_eq_nocase(have->name, p.name)) {
			have->url = have->url.len ? have->url : p.url;
			return;
		}
	}
	if (e->people.n < ENTRY_MAX_LIST)
		vec_push(&e->people, p);
}

void add_tag(struct entry *e, struct str tag)
{
	struct str line = name_of(e->f->a, tag, false);

	if (!line.len || e->tags.n >= ENTRY_MAX_LIST)
		return;
	VEC_EACH (struct str, have, &e->tags) {
		if (str_eq(*have, line))
			return;
	}
	vec_push(&e->tags, line);
}

void add_tags_split(struct entry *e, struct str list)
{
	struct str part;

	while (str_split(&list, ',', &part))
		add_tag(e, str_trim(part));
}

struct attachment *add_file(struct entry *e, const struct xnode *n, struct str url, struct str mime)
{
	struct attachment f = {.url = entry_url(e, n, url), .size_in_bytes = -1, .duration_s = -1};

	if (!f.url.p)
		return NULL;
	VEC_EACH (struct attachment, have, &e->files) {
		if (str_eq(have->url, f.url))
			return have;
	}
	if (e->files.n >= ENTRY_MAX_LIST)
		return NULL;
	f.mime_type = line_of(e->f->a, mime, false, false, 128);
	vec_push(&e->files, f);
	return &vec_last(&e->files);
}

void set_date(struct entry *e, struct str text, bool modified, int rank)
{
	int64_t *when = modified ? &e->modified : &e->published;
	int *have = modified ? &e->modified_rank : &e->published_rank;
	int64_t t;

	text = str_trim(text);
	if (text.len == 0 || (*have && *have < rank))
		return;
	t = date_parse(utf8_cut(text, 128));
	if (t == TIME_NONE) {
		feed_warn(e->f, WARN_DATE, "a date was not understood: %.*s", STR_ARG(utf8_cut(text, 60)));
		return;
	}
	*when = t;
	*have = rank;
}
