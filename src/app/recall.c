/* SPDX-License-Identifier: MIT */
/* Lines typed before. */
#include "app/recall.h"

#include "base/mem.h"

#define LINES_MAX 200 /* of all kinds together; the oldest goes */

static void drop(struct recall *r, size_t i)
{
	mem_free(r->lines.v[i].text);
	for (; i + 1 < r->lines.n; i++)
		r->lines.v[i] = r->lines.v[i + 1];
	r->lines.n--;
}

void recall_add(struct app *a, enum prompt_kind kind, struct str text)
{
	struct recall *r = &a->recall;
	if (!text.len)
		return;
	for (size_t i = r->lines.n; i-- > 0;)
		if (r->lines.v[i].kind == kind && str_eqc(text, r->lines.v[i].text))
			drop(r, i);
	if (r->lines.n == LINES_MAX)
		drop(r, 0);
	struct recalled line = {.kind = kind, .text = mem_strndup(text.p, text.len)};
	vec_push(&r->lines, line);
}

/* The next line of a kind from `at`, lines.n standing for what is being typed; SIZE_MAX: none. */
static size_t neighbour(const struct recall *r, enum prompt_kind kind, size_t at, int direction)
{
	while (direction < 0 ? at > 0 : at < r->lines.n) {
		at = direction < 0 ? at - 1 : at + 1;
		if (at == r->lines.n || r->lines.v[at].kind == kind)
			return at;
	}
	return SIZE_MAX;
}

bool recall_step(struct app *a, int direction, struct buf *out)
{
	struct recall *r = &a->recall;
	size_t from = r->typed ? r->at : r->lines.n;
	size_t to = neighbour(r, a->prompt.kind, from, direction);
	if (to == SIZE_MAX)
		return false;
	if (!r->typed)
		r->typed = mem_strdup(buf_cstr(&a->prompt.text));
	r->at = to;
	buf_reset(out);
	buf_adds(out, to == r->lines.n ? r->typed : r->lines.v[to].text);
	return true;
}

void recall_reset(struct app *a)
{
	mem_free(a->recall.typed);
	a->recall.typed = NULL;
}

void recall_release(struct app *a)
{
	recall_reset(a);
	VEC_EACH (struct recalled, line, &a->recall.lines)
		mem_free(line->text);
	vec_free(&a->recall.lines);
}
