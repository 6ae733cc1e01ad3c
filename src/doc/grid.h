/* SPDX-License-Identifier: MIT */
/* A table's cells laid over its columns, row by row, with spans filled in. Shared by the builder, the layout
 * and the outputs. Thread: one owner. */
#ifndef CO_DOC_GRID_H
#define CO_DOC_GRID_H

#include "doc/doc.h"

#define GRID_NONE UINT32_MAX

struct grid_slot {
	uint32_t cell; /* index into the table's cells; GRID_NONE: nothing here */
	uint16_t left; /* rows that the cell goes on below this one */
	bool starts;   /* its first row */
	bool first;    /* its first column */
};

struct grid {
	const struct doc_table *table;
	size_t n_columns; /* slots of a row */
	size_t used;      /* columns that any row so far has reached */
	size_t next_row;
	struct grid_slot *slots; /* of the row that grid_next() gave last */
};

/* n_columns: at most that many are filled, what lies to the right of them is left out. Lives in a. */
void grid_init(struct grid *g, struct arena *a, const struct doc_table *t, size_t n_columns);
bool grid_next(struct grid *g); /* false behind the last row */

#endif
