/* SPDX-License-Identifier: MIT */
/* The key map: a flat list of bindings, newest last; a later binding of the same keys in the same place wins.
 */
#include "app/keymap.h"

#include "base/i18n.h"
#include "base/vec.h"

struct binding {
	unsigned places;
	struct key keys[KEYMAP_SEQUENCE];
	size_t n;
	const struct command *command; /* NULL: freed */
	char *rest;                    /* the command's words, or NULL */
};

struct keymap {
	struct {
		VEC(struct binding);
	} bindings;
	bool counts; /* digits before a command are its count */
};

#define COUNT_MAX 999

const struct preset presets[] = {
#define PRESETS(name, counts, text) {#name, counts, text},
#include "app/preset.def"
    {0}};
const struct preset_row preset_rows[] = {
#define PRESET(name, places, keys, command) {#name, places, keys, command},
#include "app/preset.def"
    {0}};

static bool parse_sequence(struct str text, struct binding *b)
{
	b->n = 0;
	while (text.len) {
		if (b->n == KEYMAP_SEQUENCE || !key_parse(&text, &b->keys[b->n]))
			return false;
		b->n++;
	}
	return b->n > 0;
}

static void bind_defaults(struct keymap *m, const struct command *c)
{
	struct str keys = str_c(c->keys), one;
	while (str_split(&keys, ' ', &one)) {
		struct binding b = {.places = c->places, .command = c};
		if (parse_sequence(one, &b))
			vec_push(&m->bindings, b);
	}
}

struct keymap *keymap_new(void)
{
	struct keymap *m = mem_new(struct keymap);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		bind_defaults(m, &commands[i]);
	return m;
}

void keymap_preset(struct keymap *m, struct str name)
{
	for (const struct preset *p = presets; p->name; p++)
		m->counts |= p->counts && str_eqc(name, p->name);
	for (const struct preset_row *r = preset_rows; r->preset; r++)
		if (str_eqc(name, r->preset))
			keymap_bind(m, r->places, str_c(r->keys), str_c(r->command), NULL);
}

void keymap_free(struct keymap *m)
{
	if (!m)
		return;
	VEC_EACH (struct binding, b, &m->bindings)
		mem_free(b->rest);
	vec_free(&m->bindings);
	mem_free(m);
}

bool keymap_bind(struct keymap *m, unsigned places, struct str keys, struct str command_line, struct err *err)
{
	struct binding b = {.places = places};
	if (!parse_sequence(keys, &b))
		return err_set(err, ERR_CONFIG, _("'%.*s' is not a key or a sequence of up to %d keys"),
		    STR_ARG(keys), KEYMAP_SEQUENCE);
	struct str word, rest = str_trim(command_line);
	if (!str_split(&rest, ' ', &word))
		word = STR("none");
	if (!str_eqc(word, "none")) {
		b.command = command_find(word, err);
		if (!b.command)
			return false;
		if (!(b.command->places & places))
			return err_set(
			    err, ERR_CONFIG, _("'%s' does nothing in that place"), b.command->name);
	}
	rest = str_trim(rest);
	b.rest = rest.len ? mem_strndup(rest.p, rest.len) : NULL;
	vec_push(&m->bindings, b);
	return true;
}

static bool begins(const struct binding *b, const struct keymap_state *st)
{
	for (size_t i = 0; i < st->n; i++)
		if (i >= b->n || !key_same(b->keys[i], st->keys[i]))
			return false;
	return true;
}

/* The binding that holds for exactly this sequence in this place; the newest one wins. */
static const struct binding *winner(const struct keymap *m, const struct keymap_state *st, unsigned place)
{
	for (size_t i = m->bindings.n; i-- > 0;) {
		const struct binding *b = &m->bindings.v[i];
		if (b->places & place && b->n == st->n && begins(b, st))
			return b;
	}
	return NULL;
}

static bool has_longer(const struct keymap *m, const struct keymap_state *st, unsigned place)
{
	for (size_t i = 0; i < m->bindings.n; i++) {
		const struct binding *b = &m->bindings.v[i];
		if (b->command && b->places & place && b->n > st->n && begins(b, st))
			return true;
	}
	return false;
}

static bool is_digit(struct key k)
{
	return !k.mods && k.code >= '0' && k.code <= '9';
}

static bool takes_count(const struct keymap *m, struct keymap_state *st, enum pane_place place, struct key k)
{
	bool digit = is_digit(k) && (st->count || k.code != '0');
	if (!m->counts || st->n || !digit || place == PLACE_OVERLAY)
		return false;
	st->count = st->count * 10 + (k.code - '0');
	if (st->count > COUNT_MAX)
		st->count = COUNT_MAX;
	return true;
}

enum keymap_result keymap_step(const struct keymap *m, struct keymap_state *st, enum pane_place place,
    struct key k, const struct command **command, struct args *args)
{
	if (st->n == KEYMAP_SEQUENCE)
		st->n = 0;
	if (takes_count(m, st, place, k))
		return KEYMAP_MORE;
	st->keys[st->n++] = k;
	const struct binding *b = winner(m, st, place);
	if (b && b->command) {
		*command = b->command;
		*args = (struct args){
		    .rest = b->rest ? str_c(b->rest) : STR(""), .key = k.code, .count = st->count};
		*st = (struct keymap_state){0};
		return KEYMAP_COMMAND;
	}
	if (has_longer(m, st, place))
		return KEYMAP_MORE;
	*st = (struct keymap_state){0};
	return KEYMAP_UNKNOWN;
}

size_t keymap_keys_of(const struct keymap *m, const struct command *c, unsigned places, const char *between,
    size_t max, struct buf *out)
{
	size_t n = 0;
	for (size_t i = 0; i < m->bindings.n && (!max || n < max); i++) {
		const struct binding *b = &m->bindings.v[i];
		if (b->command != c || !(b->places & places) || (m->counts && is_digit(b->keys[0])))
			continue;
		struct keymap_state st = {.n = b->n};
		for (size_t j = 0; j < b->n; j++)
			st.keys[j] = b->keys[j];
		if (winner(m, &st, b->places & places) != b)
			continue;
		if (n++)
			buf_adds(out, between);
		for (size_t j = 0; j < b->n; j++)
			key_show(out, b->keys[j]);
	}
	return n;
}
