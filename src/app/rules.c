/* SPDX-License-Identifier: MIT */
/* Rules: queries tried on arriving stories. */
#include "app/rules.h"

#include "base/clock.h"
#include "base/mem.h"
#include "model/match.h"

static void set_action(struct rule *r, struct str action)
{
	if (str_eqc(action, "hide"))
		r->hide = true;
	else if (str_eqc(action, "star"))
		r->star = true;
	else if (str_eqc(action, "read"))
		r->read = true;
	else if (str_starts(action, "tag ") && r->n_tags < ARRAY_LEN(r->tags))
		r->tags[r->n_tags++] = str_trim(str_skip(action, 4));
}

/* The configuration has checked every query and action already. */
static bool compile(struct rules *all, const struct rule_conf *c)
{
	struct rule *r = &all->rules[all->n];
	*r = (struct rule){.until = c->until, .line = c->line};
	r->match = query_parse(all->arena, c->match, all->now, NULL);
	for (size_t i = 0; i < c->n_actions; i++)
		set_action(r, arena_str(all->arena, c->actions[i]));
	return r->match != NULL;
}

struct rules *rules_new(const struct conf *c, int64_t now)
{
	size_t n = 0;
	const struct rule_conf *conf = conf_rules(c, &n);
	struct rules *r = mem_new(struct rules);
	r->arena = arena_new();
	r->now = now;
	r->made_ms = clock_mono_ms();
	r->rules = arena_array(r->arena, n, sizeof *r->rules);
	for (size_t i = 0; i < n; i++)
		if (compile(r, &conf[i]))
			r->n++;
	return r;
}

void rules_free(struct rules *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n; i++)
		query_release(r->rules[i].match);
	arena_free(r->arena);
	mem_free(r);
}

/* A screen stays open for weeks: rules end meanwhile. */
static bool has_ended(const struct rules *all, const struct rule *r)
{
	int64_t now = all->now + (clock_mono_ms() - all->made_ms) / 1000;
	return r->until != TIME_NONE && now >= r->until;
}

void rules_apply(void *arg, const struct story *story, struct str body, struct put_verdict *out)
{
	const struct rules *all = arg;
	struct match_subject subject = {.story = story, .body = body};
	for (size_t i = 0; i < all->n; i++) {
		const struct rule *r = &all->rules[i];
		if (has_ended(all, r) || !match_query(r->match, &subject))
			continue;
		out->hide |= r->hide;
		out->star |= r->star;
		out->read |= r->read;
		for (size_t t = 0; t < r->n_tags && out->n_tags < ARRAY_LEN(out->tags); t++)
			out->tags[out->n_tags++] = r->tags[t];
	}
}
