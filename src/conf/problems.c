/* SPDX-License-Identifier: MIT */
/* The list of what is wrong in a configuration: bounded, cleaned, in order of place. */
#include "conf/conf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "text/safe.h"

void problems_release(struct problems *p)
{
	for (size_t i = 0; i < p->n; i++)
		mem_free(p->v[i].message);
	mem_free(p->v);
	*p = (struct problems){0};
}

static bool comes_before(const struct problem *p, int line, int column)
{
	return p->line < line || (p->line == line && p->column <= column);
}

void problems_add(struct problems *p, int line, int column, bool note, const char *fmt, ...)
{
	struct buf clean = BUF_MAX(4000);
	char message[1000];
	va_list ap;
	size_t at = p->n;

	p->failed = p->failed || !note;
	if (p->n >= PROBLEMS_MAX) {
		p->more++;
		return;
	}
	va_start(ap, fmt);
	(void)vsnprintf(message, sizeof message, fmt, ap); /* a longer message is cut */
	va_end(ap);
	safe_add(&clean, str_c(message), SAFE_LINE);
	if (p->n == p->cap) {
		p->cap = p->cap ? p->cap * 2 : 8;
		p->v = mem_resize(p->v, p->cap, sizeof *p->v);
	}
	for (; at > 0 && !comes_before(&p->v[at - 1], line, column); at--)
		p->v[at] = p->v[at - 1];
	buf_adds(&clean, "");
	p->v[at] =
	    (struct problem){.line = line, .column = column, .note = note, .message = buf_take(&clean)};
	p->n++;
}
