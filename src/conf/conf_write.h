/* SPDX-License-Identifier: MIT */
/* Writing the configuration: the commented first file, and sources added to a file that keeps every other
 * byte. Nothing else in the program writes it. Thread: any. */
#ifndef CO_CONF_CONF_WRITE_H
#define CO_CONF_CONF_WRITE_H

#include "base/buf.h"
#include "base/err.h"
#include "conf/conf.h"

/* Appends the default file: the first sources, then every setting as a comment with its default. */
void conf_default_text(struct buf *out);
/* Creates path with it (0600, its folders 0700). False with ERR_USAGE when there is a file already. */
bool conf_create(const char *path, struct err *err);

struct new_source {
	struct str name, url, section; /* url: http or https; section may be absent */
	const char *const *command, *const
	                                *filter; /* argv; NULL: none. A command stands instead of the url */
};
struct new_section {
	struct str name, query;
};
/* Appends the lines that would be added for these, each as a YAML item indented by `indent`. */
void conf_source_lines(struct buf *out, const struct new_source *s, size_t n, int indent);
void conf_section_lines(struct buf *out, const struct new_section *s, size_t n, int indent);
/* Moves those that c (NULL: nothing yet) does not have into pick (room for n), each once; addresses that lead
 * to the same document are one source. Returns how many they are. */
size_t conf_pick_sources(const struct conf *c, const struct new_source *s, size_t n, struct new_source *pick);
size_t conf_pick_sections(
    const struct conf *c, const struct new_section *s, size_t n, struct new_section *pick);
/* Adds sources, or sections, at the end of their list in the file at path (made when missing), in place and
 * all or nothing: the new text is parsed and compared before it replaces the old. What is there already is
 * left out; *added (may be NULL) counts the others. */
bool conf_add_sources(const char *path, const struct new_source *s, size_t n, size_t *added, struct err *err);
bool conf_add_sections(
    const char *path, const struct new_section *s, size_t n, size_t *added, struct err *err);

#endif
