/* SPDX-License-Identifier: MIT */
/* An article as a document: a flat list of blocks, each with its text and inline runs, all in one arena.
 * Nesting is told by numbers on the block (quote depth, list depth), so that nothing recurses over foreign
 * structure. Never changed once built. Thread: one builder, then any reader. */
#ifndef CO_DOC_DOC_H
#define CO_DOC_DOC_H

#include "base/arena.h"
#include "base/str.h"

enum block_kind {
	BLOCK_PARA,
	BLOCK_HEADING,   /* level 1–6 */
	BLOCK_ITEM,      /* first paragraph of a list item: marker shown */
	BLOCK_ITEM_MORE, /* a further paragraph of the same item: indented, no marker */
	BLOCK_TERM,      /* of a definition list */
	BLOCK_DESC,      /* its description */
	BLOCK_CODE,      /* pre: layout kept; label is the language */
	BLOCK_VERSE,     /* lines kept, wrapped with hanging indent (poems, addresses) */
	BLOCK_TABLE,
	BLOCK_FIGURE, /* picture: url, alt; text is the caption */
	BLOCK_EMBED,  /* an embedded post: text, source address. A film or a sound has the label "film" or
	                 "sound"; alt is its title, text its caption */
	BLOCK_NOTE,   /* a footnote's text: label is its mark */
	BLOCK_RULE,
	BLOCK_SOURCE /* who said the quote above */
};

#define BLOCK_KINDS (BLOCK_SOURCE + 1)

enum run_style {
	RUN_BOLD = 1,
	RUN_ITALIC = 2,
	RUN_CODE = 4,
	RUN_DELETED = 8,
	RUN_INSERTED = 16,
	RUN_SUPER = 32,
	RUN_SUB = 64,
	RUN_MARKED = 128,
	RUN_SMALL = 256,
	RUN_GLOSS = 512, /* what an abbreviation stands for, not in the author's words: " (World Health
	                    Organization)" */
	RUN_ALL = 1023
};

struct run {
	uint32_t start, len; /* bytes in the text; ascending, not overlapping; gaps are plain */
	uint16_t style;      /* run_style bits */
	uint16_t link;       /* index into doc.links + 1; 0: none */
};

struct rich { /* text with runs */
	struct str text;
	struct run *runs;
	size_t n_runs;
};

enum cell_flags { CELL_HEAD = 1, CELL_NUMBER = 2 };
struct doc_cell {
	struct rich text;
	uint16_t colspan, rowspan;
	uint8_t flags;
};
struct doc_table {
	struct doc_cell *cells; /* row by row, as in the source: spans are not filled in */
	uint32_t *row_start;    /* n_rows + 1 entries */
	size_t n_rows, n_columns;
	struct rich caption;
};

struct block {
	enum block_kind kind;
	uint8_t level; /* heading: 1–6; else list depth, 1 is outermost, 0 outside of lists */
	uint8_t quote; /* quote depth; 0: none */
	bool ordered, rtl;
	uint32_t number; /* of an ordered item; of an embed: its link's, 0: none */
	struct rich text;
	struct str label;    /* code's language, note's mark, medium of an embed */
	struct str url, alt; /* figure, embed */
	struct doc_table *table;
};

struct doc_link {
	struct str url; /* absolute, safe (url_is_safe) */
};

struct doc {
	struct arena *arena; /* owns everything; freed with the document */
	struct block *blocks;
	size_t n_blocks;
	struct doc_link *links; /* once per address, in order of appearance */
	size_t n_links;
};

#define DOC_MAX_BLOCKS  100000
#define DOC_MAX_LINKS   65000
#define DOC_MAX_DEPTH   100 /* of quotes and lists */
#define DOC_MAX_COLUMNS 100
#define DOC_MAX_CELLS   200000  /* of all tables */
#define DOC_MAX_RUNS    2000000 /* of all blocks */
#define DOC_MAX_TEXT    ((size_t)32 << 20)
#define DOC_MAX_URL     ((size_t)64 << 10)

void doc_free(struct doc *d);
DEFINE_FREEP(doc)

/* Building: blocks are added in order; text comes in pieces. */
struct doc_builder;
struct doc_builder *doc_build(void);
/* Opens a block; what was open is closed. The fields text, table of `like` are ignored; strings are
 * copied. */
void doc_block(struct doc_builder *b, const struct block *like);
/* Adds to the open block (a paragraph when none is open). White space is as given. url absent: no link. */
void doc_text(struct doc_builder *b, struct str text, unsigned style, struct str url);
/* The same for a text, or a part of one, that has passed text/safe (SAFE_RUN), as all in a tree of HTML has:
 * it is not looked at again. */
void doc_text_safe(struct doc_builder *b, struct str text, unsigned style, struct str url);
/* Tables: open a BLOCK_TABLE block, then rows and cells; doc_text adds to the open cell, or to the caption
 * before a row. Cells that are numbers are told by themselves (CELL_NUMBER). */
void doc_table_row(struct doc_builder *b);
void doc_table_cell(struct doc_builder *b, unsigned flags, unsigned colspan, unsigned rowspan);
/* Trims ends, merges runs of the same look, drops empty blocks. Returns yours; the builder is gone. */
struct doc *doc_finish(struct doc_builder *b);
void doc_builder_free(struct doc_builder *b);

/* True for a film or a sound. */
bool doc_is_medium(const struct block *b);
size_t doc_words(const struct doc *d);
/* The words of each link where it is first met: out has d->n_links entries, absent where a link has none. */
void doc_link_words(const struct doc *d, struct str *out);
/* A document of plain text: blank lines separate paragraphs. */
struct doc *doc_of_text(struct str text);

#endif
