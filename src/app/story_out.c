/* SPDX-License-Identifier: MIT */
/* Stories as files and as words of commands. */
#include "app/story_out.h"

#include "app/story_head.h"
#include "app/view.h"
#include "base/attr.h"
#include "doc/append.h"
#include "doc/out.h"

#define TEXT_WIDTH 72

enum story_format story_format_of(struct str name)
{
	if (str_ends_nocase(name, ".html") || str_ends_nocase(name, ".htm"))
		return STORY_HTML;
	return str_ends_nocase(name, ".md") ? STORY_MARKDOWN : STORY_TEXT;
}

static void html_text(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] == '<')
			buf_adds(out, "&lt;");
		else if (s.p[i] == '&')
			buf_adds(out, "&amp;");
		else
			buf_addc(out, s.p[i]);
}

static void add_line(struct doc_builder *b, struct str text, unsigned style, struct str url)
{
	if (!text.len)
		return;
	doc_block(b, &(struct block){.kind = BLOCK_PARA});
	doc_text(b, text, style, url);
}

/* The head becomes a part of the document: it is wrapped and escaped as all else. */
static struct doc *whole(const struct story_sheet *s)
{
	struct doc_builder *b = doc_build();
	doc_block(b, &(struct block){.kind = BLOCK_HEADING, .level = 1});
	doc_text(b, s->title, 0, STR_NONE);
	add_line(b, s->dek, RUN_BOLD, STR_NONE);
	add_line(b, s->byline, RUN_ITALIC, STR_NONE);
	add_line(b, s->url, 0, s->url);
	if (s->doc)
		doc_append(b, s->doc);
	return doc_finish(b);
}

void story_sheet_out(struct buf *out, const struct story_sheet *s, enum story_format format, size_t width)
{
	SCOPED_PTR(doc) struct doc *d = whole(s);
	switch (format) {
	case STORY_TEXT:
		doc_out_text(out, d, width);
		break;
	case STORY_MARKDOWN:
		doc_out_markdown(out, d);
		break;
	case STORY_HTML:
		buf_adds(out, "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>");
		html_text(out, s->title);
		buf_adds(out, "</title>\n");
		doc_out_html(out, d);
	}
	if (out->len && out->data[out->len - 1] != '\n')
		buf_addc(out, '\n');
}

void story_out(struct buf *out, const struct app *a, enum story_format format)
{
	const struct view *v = &a->view;
	SCOPED(buf) struct buf byline = BUF_MAX(4096);
	struct story_sheet s = {.title = v->story.row.title, .url = v->story.url, .doc = view_doc(v)};
	if (v->changes) {
		buf_adds(&byline, v->changes_words);
	} else {
		story_byline(&byline, &v->story, v->page, a->now, false);
		s.dek = story_dek(&v->story, view_page_shown(v), s.doc);
	}
	s.byline = buf_str(&byline);
	story_sheet_out(out, &s, format, TEXT_WIDTH);
}

static struct str field(const struct view *v, struct str url, struct str name)
{
	const struct {
		const char *name;
		struct str value;
	} fields[] = {{"url", url}, {"link", v->story.url}, {"title", v->story.row.title},
	    {"source", v->story.source_name}, {"author", v->story.author}};
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (str_eqc(name, fields[i].name))
			return fields[i].value.p ? fields[i].value : STR("");
	return STR_NONE;
}

static char *fill(struct arena *arena, const char *word, const struct view *v, struct str url)
{
	SCOPED(buf) struct buf b = BUF_MAX(1 << 16);
	struct str s = str_c(word);
	while (s.len) {
		ptrdiff_t end = s.p[0] == '{' ? str_chr(s, '}') : -1;
		struct str value = end > 0 ? field(v, url, str_sub(s, 1, (size_t)end - 1)) : STR_NONE;
		if (value.p) {
			/* What comes from outside never becomes an option. */
			if (!b.len && value.len && value.p[0] == '-')
				buf_addc(&b, ' ');
			buf_addstr(&b, value);
			s = str_skip(s, (size_t)end + 1);
			continue;
		}
		buf_addc(&b, s.p[0]);
		s = str_skip(s, 1);
	}
	return arena_strdup(arena, buf_cstr(&b));
}

const char *const *story_argv(
    struct arena *arena, const char *const *argv, const struct view *v, struct str url)
{
	size_t n = 0;
	while (argv[n])
		n++;
	const char **out = arena_array(arena, n + 1, sizeof *out);
	for (size_t i = 0; i < n; i++)
		out[i] = fill(arena, argv[i], v, url);
	return out;
}
