/* SPDX-License-Identifier: MIT */
/* What the readers of the formats share: the next word of a line, taking a source or leaving it out, its
 * tags. */
#ifndef CO_APP_IMPORT_PRIV_H
#define CO_APP_IMPORT_PRIV_H

#include "app/import.h"

#define IMPORT_SECTION_BYTES 80
#define IMPORT_MAX_TAGS      20000

/* Cuts the next word off *rest, quotes taken off: '…' and "…", in which a backslash keeps the next character.
 * False at the end of the line. The word is in the arena. */
bool import_word(struct arena *a, struct str *rest, struct str *word);
/* What a program is run by: the words of the line, or sh -c where the line needs a shell. */
const char *const *import_command(struct arena *a, struct str line);

/* A line for the configuration, cut to so many bytes. */
struct str import_clean(struct import *m, struct str s, size_t most);
void import_take(struct import *m, struct str url, struct str name, struct str section);
void import_take_command(struct import *m, const char *const *argv, struct str name, struct str section);
void import_leave(struct import *m, struct str what, const char *why);

/* A further tag of the source that was taken last. */
void import_tag(struct import *m, struct str tag);
/* Appends the query for what bears a tag; false when it is no source's further one. */
bool import_tag_query(const struct import *m, struct str tag, struct buf *out);
/* Makes the tabs of tags and queries, when all sources are known. */
void import_finish(struct import *m);

void import_newsboat(struct import *m, struct str line);
/* *section: that of the lines so far. */
void import_newsraft(struct import *m, struct str line, struct str *section);
void import_sfeed(struct import *m, struct str line);
void import_elfeed(struct import *m, struct str bytes);

#endif
