/* SPDX-License-Identifier: MIT */
/* The story shown as a file: text, Markdown or HTML with its headline, and as the words of a command. Main
 * thread. */
#ifndef CO_APP_STORY_OUT_H
#define CO_APP_STORY_OUT_H

#include "app/app.h"

enum story_format { STORY_TEXT, STORY_MARKDOWN, STORY_HTML };
/* By the ending of a file's name: .html, .md, else text. */
enum story_format story_format_of(struct str name);
/* A story on paper: what stands above its text, and the text. Absent strings are left out. */
struct story_sheet {
	struct str title, dek, byline, url;
	const struct doc *doc; /* NULL: none */
};
/* width 0: a paragraph is one line. */
void story_sheet_out(struct buf *out, const struct story_sheet *s, enum story_format format, size_t width);
/* The story shown, in the text that is shown. */
void story_out(struct buf *out, const struct app *a, enum story_format format);
/* A command's words with {url}, {link}, {title}, {source}, {author} filled in: one placeholder is one word,
 * whatever is in it; {link} is the story's address, {url} the one given. NULL-terminated, in the arena. A
 * word that would begin with - by what is filled in gets a space before it. */
const char *const *story_argv(
    struct arena *arena, const char *const *argv, const struct view *v, struct str url);
/* The ends of the two prompts: written, or run, beside main, which is told how it ended. */
bool out_save(struct app *a, struct str name, struct err *err);
bool out_pipe(struct app *a, struct str words, struct err *err);

#endif
