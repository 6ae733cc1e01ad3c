/* SPDX-License-Identifier: MIT */
/* Pages whose elements are empty until a script fills them: the text is taken from the script's own data. The
 * longest member that is named and reads as a body counts. */
#include "article/state.h"

#include <string.h>

#include "article/to_doc.h"
#include "syntax/json.h"
#include "syntax/escape.h"

enum { DEPTH_MAX = 40, SCRIPTS_MAX = 20, SCRIPT_MAX_BYTES = 4 << 20, PART_MIN_WEIGHT = 30, PARTS_MIN = 2 };

struct hunt {
	struct buf best; /* HTML */
	uint32_t weight;
};

static bool is_body_key(struct str key)
{
	static const char *const keys[] = {"articleBody", "body", "bodyHtml", "bodyHTML", "body_html",
	    "content", "contentHtml", "content_html", "html", "text", "fullText", "articleText", "story",
	    "rendered", "value", "paragraphs", "blocks", "components", "elements"};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (str_eqc(key, keys[i]))
			return true;
	return false;
}

/* Appends text as HTML: as it is when it is that, else its paragraphs escaped. */
static void add_html(struct buf *out, struct str text)
{
	struct str line;

	if (str_find_nocase(text, "<p") >= 0 || str_find_nocase(text, "<br") >= 0 ||
	    str_find_nocase(text, "</") >= 0) {
		buf_printf(out, "<div>%.*s</div>", STR_ARG(text));
		return;
	}
	while (str_split(&text, '\n', &line)) {
		if (!str_trim(line).len)
			continue;
		buf_adds(out, "<p>");
		html_escape(out, line);
		buf_adds(out, "</p>");
	}
}

static void offer(struct hunt *h, struct str html)
{
	struct measure m = measure_text(html);

	/* Sentences: addresses, code and lists of words have no stops with a proper length between. */
	if (m.stops < 2 || m.weight / (m.stops + m.commas + 1) > 400 || m.weight <= h->weight)
		return;
	h->weight = m.weight;
	buf_reset(&h->best);
	buf_addstr(&h->best, html);
}

/* Text of one part of a list of paragraphs: a string, or an object's text or html. */
static struct str part_text(const struct json *part)
{
	static const char *const keys[] = {"html", "text", "content", "value", "body"};

	if (json_kind(part) == JSON_STRING)
		return json_string(part);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct str s = json_string(json_get(part, keys[i]));
		if (s.len)
			return s;
	}
	return STR_NONE;
}

static void look_at_list(struct hunt *h, const struct json *list)
{
	SCOPED(buf) struct buf html = BUF_MAX(SCRIPT_MAX_BYTES);
	size_t parts = 0;

	for (const struct json *part = json_first(list); part; part = json_next(part)) {
		struct str s = part_text(part);
		parts += measure_text(s).weight >= PART_MIN_WEIGHT;
		if (s.len)
			add_html(&html, s);
	}
	if (parts >= PARTS_MIN)
		offer(h, buf_str(&html));
}

static void look_at(struct hunt *h, const struct json *v, unsigned depth)
{
	if (depth > DEPTH_MAX)
		return;
	for (const struct json *m = json_first(v); m; m = json_next(m)) {
		enum json_kind kind = json_kind(m);
		if (kind == JSON_STRING && is_body_key(json_key(m)) && json_string(m).len > 200) {
			SCOPED(buf) struct buf html = BUF_MAX(SCRIPT_MAX_BYTES);
			add_html(&html, json_string(m));
			offer(h, buf_str(&html));
		}
		if (kind == JSON_ARRAY && is_body_key(json_key(m)))
			look_at_list(h, m);
		if (kind == JSON_ARRAY || kind == JSON_OBJECT)
			look_at(h, m, depth + 1);
	}
}

struct doc *doc_of_scripts(struct page *p, const struct facts *f, uint32_t min_weight)
{
	SCOPED(buf) struct buf body = BUF_MAX(SCRIPT_MAX_BYTES);
	struct hunt h = {.best = BUF_MAX(SCRIPT_MAX_BYTES)};
	unsigned n = 0;
	bool rest;

	if (f->body.len) {
		add_html(&body, f->body);
		offer(&h, buf_str(&body));
	}
	for (const struct node *s = node_find(p->html->root, NULL, TAG_SCRIPT); s && n < SCRIPTS_MAX;
	     s = node_find(p->html->root, s, TAG_SCRIPT)) {
		if (!s->first || str_find_nocase(node_attr(s, ATTR_TYPE), "ld+json") >= 0 ||
		    s->first->text.len > SCRIPT_MAX_BYTES)
			continue;
		n++;
		SCOPED_PTR(json) struct json *top = json_parse(str_trim(s->first->text), &rest, NULL);
		look_at(&h, top, 0);
	}
	struct doc *d = NULL;
	if (h.weight >= min_weight)
		d = to_doc_fragment(html_parse_fragment(p->arena, buf_str(&h.best))->root, p->base);
	buf_release(&h.best);
	return d;
}
