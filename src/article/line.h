/* SPDX-License-Identifier: MIT */
/* What a line of text says by itself (shared inside article/): whether it is no text of an article, whoever
 * wrote it and wherever it stands. */
#ifndef CO_ARTICLE_LINE_H
#define CO_ARTICLE_LINE_H

#include "article/page.h"

/* True for a line that lines.def knows; tail: it stands behind the last paragraph. s is the text of b. */
bool line_is_known(struct str s, const struct text_block *b, bool tail);
/* True for names of networks and words of sharing alone: "Facebook Twitter Email". */
bool line_is_sharing(struct str s);
/* True for "Image 2 of 5", "5 min read". */
bool line_is_counter(struct str s);
/* True for data that was to be read by a script, and for marks of an editing system that nobody resolved. */
bool line_is_residue(struct str s);

#endif
