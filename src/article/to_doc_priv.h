/* SPDX-License-Identifier: MIT */
/* Shared by to_doc.c and its parts: where the walk over the tree stands. */
#ifndef CO_ARTICLE_TO_DOC_PRIV_H
#define CO_ARTICLE_TO_DOC_PRIV_H

#include "article/notes.h"
#include "article/to_doc.h"

enum { LISTS_MAX = 12, GLOSSES_MAX = 32, STYLE_SUPER = 5, STYLE_COUNT = 9 };

struct list_state {
	const struct node *node;
	bool ordered, reversed, has_item, in_item; /* in_item: the present item has had its first block */
	uint32_t number;
};

struct maker {
	struct doc_builder *b;
	struct arena *scratch;
	struct str base;
	to_doc_ask *ask;
	void *ask_arg;
	bool open;                 /* text goes to the block that is open */
	bool space, space_in_link; /* white space stands before the next text */
	bool broken;               /* one br was met since the last text */
	unsigned pre, quote, heading, rtl, term;
	unsigned term_depth;       /* lists that were open where the term began */
	const struct node *source; /* says who said the quote; NULL: none is open */
	struct str language;
	const struct node *verse;
	unsigned styles[STYLE_COUNT]; /* how often each bit of run_style is open */
	struct str link;
	const struct node *link_node;
	struct list_state lists[LISTS_MAX];
	unsigned depth;
	const struct node *figure, *table;
	struct notes *notes;
	struct str note;            /* mark of the note whose first block is not open yet */
	struct str picture, alt;    /* waiting for its caption */
	const struct node *caption; /* that is open; NULL: none */
	bool in_cell;
	struct str glosses[GLOSSES_MAX]; /* that were given */
	size_t n_glosses;
};

/* A table of data becomes one block; any other table is layout, and flows. True: n belongs to such a block.
 */
bool to_doc_table(struct maker *m, const struct node *n);
bool to_doc_table_left(struct maker *m, const struct node *n);
/* Where a block that is no text stands: quotes and lists. */
void to_doc_place(const struct maker *m, struct block *b);
/* A film or a sound as a block of its own, in a figure with the caption. */
void to_doc_medium(struct maker *m, const struct node *n);
/* True for the element that names who said the quote that it stands in, or the figure's quote. */
bool to_doc_is_source(const struct maker *m, const struct node *n);
/* Language of code as highlighters tell it, on the element, the code in it, or what is around it alone. */
struct str to_doc_language(const struct node *pre);
/* Adds what the abbreviation n stands for, at its first mention. */
void to_doc_gloss(struct maker *m, const struct node *n);
/* Shows a picture as a block of its own, which waits for a caption. */
void to_doc_picture(struct maker *m, const struct node *n);
/* Part of the document that n is, as the caller tells. */
enum to_doc_part to_doc_part_of(const struct maker *m, const struct node *n);
bool to_doc_is_caption(const struct maker *m, const struct node *n);
/* Opens the block of the picture that the caption n holds or follows; false: there is none. */
bool to_doc_caption(struct maker *m, const struct node *n);

#endif
