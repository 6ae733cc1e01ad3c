/* SPDX-License-Identifier: MIT */
/* Stories as files and as words of commands. */
#include "app/story_out.h"

#include "base/attr.h"
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

static void html(struct buf *out, const struct view *v, const struct doc *d)
{
	buf_adds(out, "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>");
	html_text(out, v->story.row.title);
	buf_adds(out, "</title>\n<h1>");
	html_text(out, v->story.row.title);
	buf_adds(out, "</h1>\n<p>");
	html_text(out, str_c(v->byline));
	buf_adds(out, "</p>\n");
	if (d)
		doc_out_html(out, d);
}

void story_out(struct buf *out, const struct view *v, enum story_format format)
{
	const struct doc *d = view_doc(v);
	const char *mark = format == STORY_MARKDOWN ? "# " : "";
	if (format == STORY_HTML) {
		html(out, v, d);
		return;
	}
	buf_printf(out, "%s%.*s\n\n", mark, STR_ARG(v->story.row.title));
	if (v->story.dek.len)
		buf_printf(out, "%.*s\n\n", STR_ARG(v->story.dek));
	buf_printf(out, "%s\n%.*s\n\n", v->byline ? v->byline : "", STR_ARG(v->story.url));
	if (d && format == STORY_MARKDOWN)
		doc_out_markdown(out, d);
	else if (d)
		doc_out_text(out, d, TEXT_WIDTH);
	buf_addc(out, '\n');
}

static struct str field(const struct view *v, struct str name)
{
	const struct {
		const char *name;
		struct str value;
	} fields[] = {{"url", v->story.enclosure_url.len ? v->story.enclosure_url : v->story.url},
	    {"link", v->story.url}, {"title", v->story.row.title}, {"source", v->story.source_name},
	    {"author", v->story.author}};
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (str_eqc(name, fields[i].name))
			return fields[i].value.p ? fields[i].value : STR("");
	return STR_NONE;
}

static char *fill(struct arena *arena, const char *word, const struct view *v)
{
	SCOPED(buf) struct buf b = BUF_MAX(1 << 16);
	struct str s = str_c(word);
	while (s.len) {
		ptrdiff_t end = s.p[0] == '{' ? str_chr(s, '}') : -1;
		struct str value = end > 0 ? field(v, str_sub(s, 1, (size_t)end - 1)) : STR_NONE;
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

const char *const *story_argv(struct arena *arena, const char *const *argv, const struct view *v)
{
	size_t n = 0;
	while (argv[n])
		n++;
	const char **out = arena_array(arena, n + 1, sizeof *out);
	for (size_t i = 0; i < n; i++)
		out[i] = fill(arena, argv[i], v);
	return out;
}
