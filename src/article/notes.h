/* SPDX-License-Identifier: MIT */
/* Shared inside article/: footnotes on the way from tree to document. */
#ifndef CO_ARTICLE_NOTES_H
#define CO_ARTICLE_NOTES_H

#include "syntax/html.h"

struct notes;
/* All marks below root, in a page whose address is base. In the arena, but for what notes_release() frees. */
struct notes *notes_find(struct arena *arena, const struct node *root, struct str base);
void notes_release(struct notes *notes);
/* The mark of the note that element n is; absent: it is none. */
struct str notes_label(const struct notes *notes, const struct node *n);
/* The link leads to a place in the page itself: its name; absent: it does not. */
struct str notes_within(struct notes *notes, const struct node *a);
/* It is a mark that nothing but the page's style sheet raises. Its answer stays the same. */
bool notes_is_reference(struct notes *notes, const struct node *a);
/* It leads from a note back to its mark. */
bool notes_is_way_back(struct notes *notes, const struct node *a);

#endif
