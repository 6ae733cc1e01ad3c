/* SPDX-License-Identifier: MIT */
/* The walk over a table's rows: which cell stands in which column, by the rules of HTML's table model. */
#include "doc/grid.h"

void grid_init(struct grid *g, struct arena *a, const struct doc_table *t, size_t n_columns)
{
	*g = (struct grid){.table = t, .n_columns = n_columns};
	g->slots = arena_array(a, n_columns ? n_columns : 1, sizeof *g->slots);
	for (size_t i = 0; i < n_columns; i++)
		g->slots[i].cell = GRID_NONE;
}

/* Cells of rows above that reach into this one stay, the others leave. */
static void carry_over(struct grid *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct grid_slot *s = &g->slots[i];

		s->starts = false;
		if (s->left)
			s->left--;
		else
			s->cell = GRID_NONE;
	}
}

bool grid_next(struct grid *g)
{
	const struct doc_table *t = g->table;
	size_t at = 0;

	if (g->next_row >= t->n_rows)
		return false;
	carry_over(g);
	for (uint32_t c = t->row_start[g->next_row]; c < t->row_start[g->next_row + 1]; c++) {
		const struct doc_cell *cell = &t->cells[c];
		size_t start;

		while (at < g->n_columns && g->slots[at].cell != GRID_NONE)
			at++;
		for (start = at; at < g->n_columns && at < start + cell->colspan; at++) {
			if (g->slots[at].cell != GRID_NONE)
				break;
			g->slots[at] =
			    (struct grid_slot){c, (uint16_t)(cell->rowspan - 1), true, at == start};
		}
		if (at > g->used)
			g->used = at;
	}
	g->next_row++;
	return true;
}
