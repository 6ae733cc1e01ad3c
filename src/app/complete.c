/* SPDX-License-Identifier: MIT */
/* Completion of the command line. */
#include "app/complete.h"

#include "base/mem.h"
#include "conf/conf.h"

#include <string.h>

#define CHOICES_MAX 1024 /* bytes of them that are told */

/* The words that one may stand for, as they are gathered. */
struct choice {
	struct str typed;
	struct str common; /* what all of them begin with; borrowed */
	struct buf list;
	size_t n;
};

static void offer(struct choice *c, struct str name)
{
	if (name.len < c->typed.len || memcmp(name.p, c->typed.p, c->typed.len) != 0)
		return;
	size_t same = 0;
	while (same < name.len && same < c->common.len && name.p[same] == c->common.p[same])
		same++;
	c->common = c->n ? str_sub(name, 0, same) : name;
	buf_adds(&c->list, c->n++ ? "  " : "");
	buf_addstr(&c->list, name);
}

static void offer_setting(const struct setting *s, void *arg)
{
	if (s->id >= 0 && !(s->flags & SF_RESTART))
		offer(arg, str_c(s->path));
}

static void offer_words(struct choice *c, struct str setting)
{
	const struct setting *s = schema_path(setting);
	struct str words = str_c(s && s->words ? s->words : s && s->type == T_BOOL ? "on off" : ""), one;
	while (str_split(&words, ' ', &one))
		if (one.len)
			offer(c, one);
}

static void offer_sources(const struct app *a, struct choice *c)
{
	VEC_EACH (struct source_ref, s, &a->sources) {
		offer(c, str_c(s->name));
	}
}

/* What may stand after the words before the one typed. */
static void offer_all(const struct app *a, struct choice *c, struct str before)
{
	struct str rest = str_trim(before), command;
	size_t n = 0;
	if (!rest.len) {
		for (size_t i = 0; i < COMMAND_COUNT; i++)
			offer(c, str_c(commands[i].name));
		return;
	}
	str_split(&rest, ' ', &command);
	rest = str_trim(rest);
	if (str_eqc(command, "set") && rest.len)
		offer_words(c, rest);
	else if (str_eqc(command, "set"))
		schema_each(offer_setting, c);
	else if (str_eqc(command, "stay"))
		offer_sources(a, c);
	else if (str_eqc(command, "undo") && !rest.len)
		offer(c, STR("--list"));
	else if (str_eqc(command, "run") && !rest.len) {
		const struct command_conf *own = conf_commands(a->conf, &n);
		for (size_t i = 0; i < n; i++)
			offer(c, own[i].name);
	}
}

bool complete_line(const struct app *a, struct buf *line, char **choices)
{
	struct str text = buf_str(line);
	size_t from = text.len;
	while (from && text.p[from - 1] != ' ')
		from--;
	struct choice c = {.typed = str_skip(text, from), .list = BUF_MAX(CHOICES_MAX)};
	offer_all(a, &c, str_sub(text, 0, from));
	*choices = NULL;
	if (c.n) {
		struct buf done = BUF_MAX(line->max);
		buf_addstr(&done, str_sub(text, 0, from));
		buf_addstr(&done, c.common);
		buf_adds(&done, c.n == 1 ? " " : "");
		buf_release(line);
		*line = done;
	}
	if (c.n > 1)
		*choices = mem_strdup(buf_cstr(&c.list));
	buf_release(&c.list);
	return c.n > 0;
}
