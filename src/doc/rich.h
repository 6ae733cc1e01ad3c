/* SPDX-License-Identifier: MIT */
/* Walks a text with runs as pieces of one look, the plain gaps among them. Thread: any. */
#ifndef CO_DOC_RICH_H
#define CO_DOC_RICH_H

#include "doc/doc.h"

struct rich_piece {
	struct str text;
	size_t start;   /* byte in the whole text */
	uint16_t style; /* run_style bits */
	uint16_t link;  /* 1-based, 0: none */
};

struct rich_walk {
	const struct rich *rich;
	size_t at, run;
};

/* Walks like: struct rich_walk w = {.rich = r}; while (rich_next(&w, &piece)) … */
static inline bool rich_next(struct rich_walk *w, struct rich_piece *piece)
{
	const struct rich *r = w->rich;
	const struct run *run = w->run < r->n_runs ? &r->runs[w->run] : NULL;
	size_t end = run ? run->start : r->text.len;

	*piece = (struct rich_piece){.start = w->at};
	if (run && run->start == w->at) {
		end = w->at + run->len;
		piece->style = run->style;
		piece->link = run->link;
		w->run++;
	}
	if (end <= w->at)
		return false;
	piece->text = str_sub(r->text, w->at, end - w->at);
	w->at = end;
	return true;
}

/* Link of what follows the walk's place, 0 when that is plain or the end. */
static inline uint16_t rich_next_link(const struct rich_walk *w)
{
	const struct run *run = w->run < w->rich->n_runs ? &w->rich->runs[w->run] : NULL;

	return run && run->start == w->at ? run->link : 0;
}

static inline uint16_t rich_next_style(const struct rich_walk *w)
{
	const struct run *run = w->run < w->rich->n_runs ? &w->rich->runs[w->run] : NULL;

	return run && run->start == w->at ? run->style : 0;
}

#endif
