/* SPDX-License-Identifier: MIT */
/* The picker of sources. */
#include "app/picker.h"

#include "app/overlay.h"
#include "app/prompt.h"
#include "app/say.h"
#include "app/tabs.h"
#include "app/walk.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/fuzzy.h"

#include <stdlib.h>

struct match {
	int score;
	size_t index;
};

static int by_score(const void *a, const void *b)
{
	const struct match *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return x->index > y->index ? 1 : x->index < y->index ? -1 : 0;
}

void picker_open(struct app *a)
{
	prompt_open(a, PROMPT_SOURCE, STR(""));
	picker_changed(a, STR(""));
}

void picker_changed(struct app *a, struct str text)
{
	struct {
		VEC(struct match);
	} found = {0};
	for (size_t i = 0; i < a->sources.n; i++) {
		const struct source_ref *s = &a->sources.v[i];
		int score = text.len ? fuzzy_score(text, str_c(s->name)) : 1;
		if (s->conf && score > 0) {
			struct match m = {score, i};
			vec_push(&found, m);
		}
	}
	vec_sort(&found, by_score);
	overlay_begin(a, OVERLAY_PICK, _("Sources · Enter opens · Esc back"));
	VEC_EACH (struct match, m, &found)
		overlay_add(a, mem_printf(" %s", a->sources.v[m->index].name))->target =
		    (uint32_t)m->index + 1;
	if (!found.n)
		overlay_add(a, mem_strdup(_(" Nothing matches. Esc back")));
	vec_free(&found);
}

void picker_enter(struct app *a, struct str text)
{
	struct overlay *o = &a->overlay;
	uint32_t target = o->index < o->lines.n ? o->lines.v[o->index].target : 0;
	(void)text;
	prompt_close(a);
	overlay_close(a);
	if (!target)
		return;
	const char *name = a->sources.v[target - 1].name;
	SCOPED_STR query = mem_printf("source:\"%s\"", name);
	tabs_go(a, tabs_add_search(a, str_c(name), str_c(query)));
	walk_focus(a, PLACE_HEADLINES);
	tabs_count(a);
}

void picker_escape(struct app *a)
{
	prompt_close(a);
	overlay_close(a);
}
