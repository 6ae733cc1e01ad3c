/* SPDX-License-Identifier: MIT */
/* Names of keys, sequences, and the promises of the default key map: no two commands on one key in one place,
 * and every command has a key that needs no Ctrl, Alt, Esc or Tab. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/keymap.h"
#include "base/attr.h"
#include "base/vec.h"

static struct key one(const char *name)
{
	struct str s = str_c(name);
	struct key k;
	assert_true(key_parse(&s, &k));
	assert_int_equal(s.len, 0);
	return k;
}

static void names_come_back(void **state)
{
	static const struct {
		const char *name, *shown;
	} rows[] = {{"j", "j"}, {"space", "Space"}, {"ctrl-n", "Ctrl-N"}, {"alt-x", "Alt-x"},
	    {"shift-tab", "Shift-Tab"}, {"pgdn", "PgDn"}, {"f12", "F12"}, {"é", "é"}, {"-", "-"}};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED(buf) struct buf b = BUF_MAX(64), shown = BUF_MAX(64);
		key_name(&b, one(rows[i].name));
		key_show(&shown, one(rows[i].name));
		assert_string_equal(buf_cstr(&b), rows[i].name);
		assert_string_equal(buf_cstr(&shown), rows[i].shown);
	}
}

static const char *runs(struct keymap *m, enum pane_place place, const char *names)
{
	struct keymap_state st = {0};
	const struct command *c = NULL;
	struct args args;
	struct str s = str_c(names);
	enum keymap_result r = KEYMAP_UNKNOWN;
	struct key k;
	while (s.len && key_parse(&s, &k))
		r = keymap_step(m, &st, place, k, &c, &args);
	return r == KEYMAP_COMMAND ? c->name : r == KEYMAP_MORE ? "more" : "unknown";
}

static void sequences_are_followed(void **state)
{
	(void)state;
	SCOPED_PTR(keymap) struct keymap *m = keymap_new();
	struct err err = {0};
	assert_string_equal(runs(m, PLACE_HEADLINES, "g"), "more");
	assert_string_equal(runs(m, PLACE_HEADLINES, "gg"), "top");
	assert_string_equal(runs(m, PLACE_HEADLINES, "gx"), "unknown");
	assert_string_equal(runs(m, PLACE_RELATED, "D"), "unknown");
	assert_true(keymap_bind(m, PLACE_ARTICLE, STR(",;"), STR("star"), &err));
	assert_string_equal(runs(m, PLACE_ARTICLE, ",;"), "star");
	assert_string_equal(runs(m, PLACE_HEADLINES, ",;"), "unknown");
	assert_true(keymap_bind(m, PLACE_ARTICLE, STR(",;"), STR("none"), &err));
	assert_string_equal(runs(m, PLACE_ARTICLE, ",;"), "unknown");
}

static void mistakes_are_named(void **state)
{
	(void)state;
	SCOPED_PTR(keymap) struct keymap *m = keymap_new();
	struct err err = {0};
	assert_false(keymap_bind(m, PLACE_ARTICLE, STR("abcde"), STR("star"), &err));
	assert_false(keymap_bind(m, PLACE_ARTICLE, STR("x"), STR("stra"), &err));
	assert_non_null(strstr(err.message, "did you mean 'star'"));
	assert_false(keymap_bind(m, PLACE_ARTICLE, STR("x"), STR("read-above"), &err));
}

struct default_key {
	struct key keys[KEYMAP_SEQUENCE];
	size_t n;
	const struct command *command;
};

static size_t default_keys(struct default_key *out, size_t max)
{
	size_t n = 0;
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		struct str keys = str_c(commands[i].keys), name;
		while (str_split(&keys, ' ', &name)) {
			if (!name.len)
				continue;
			assert_true(n < max);
			struct default_key *d = &out[n++];
			*d = (struct default_key){.command = &commands[i]};
			while (name.len) {
				if (d->n == KEYMAP_SEQUENCE || !key_parse(&name, &d->keys[d->n]))
					fail_msg("%s: keys '%s'", commands[i].name, commands[i].keys);
				d->n++;
			}
		}
	}
	return n;
}

/* One begins with the other: the shorter one would hide the longer. */
static bool collide(const struct default_key *a, const struct default_key *b)
{
	size_t n = a->n < b->n ? a->n : b->n;
	for (size_t i = 0; i < n; i++)
		if (!key_same(a->keys[i], b->keys[i]))
			return false;
	return a->command->places & b->command->places;
}

static void default_keys_do_not_collide(void **state)
{
	struct default_key keys[256];
	size_t n = default_keys(keys, ARRAY_LEN(keys));
	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (collide(&keys[i], &keys[k]))
				fail_msg(
				    "%s and %s share a key", keys[i].command->name, keys[k].command->name);
}

static bool plain(const struct default_key *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->keys[i].mods || d->keys[i].code == KEY_ESC || d->keys[i].code == KEY_TAB ||
		    d->keys[i].code == KEY_BACKTAB)
			return false;
	return true;
}

static void every_command_has_a_key_of_a_phone(void **state)
{
	/* These have a plain stand-in of another name, or none is needed: `:` runs every command. */
	static const char *const without[] = {"next-pane", "previous-pane", "escape", "redo", "redraw",
	    "suspend", "reload", "run", "set", "stay", "half-page-down", "half-page-up"};
	struct default_key keys[256];
	size_t n = default_keys(keys, ARRAY_LEN(keys));
	(void)state;
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		bool has = false;
		for (size_t k = 0; k < n; k++)
			has |= keys[k].command == &commands[i] && plain(&keys[k]);
		for (size_t k = 0; k < ARRAY_LEN(without); k++)
			has |= !strcmp(without[k], commands[i].name);
		if (!has)
			fail_msg("%s has no plain key", commands[i].name);
	}
}

static void presets_bind_what_they_name(void **state)
{
	(void)state;
	for (const struct preset_row *r = preset_rows; r->preset; r++) {
		SCOPED_PTR(keymap) struct keymap *m = keymap_new();
		struct err err = {0};
		if (!keymap_bind(m, r->places, str_c(r->keys), str_c(r->command), &err))
			fail_msg("%s %s: %s", r->preset, r->keys, err.message);
		keymap_preset(m, str_c(r->preset));
		for (unsigned place = PLACE_HEADLINES; place <= PLACE_OVERLAY; place *= 2)
			if (r->places & place && strcmp(r->command, "none") != 0)
				assert_string_equal(runs(m, (enum pane_place)place, r->keys), r->command);
	}
}

/* A command that has a key has one in every preset, in each of its places. */
static void presets_leave_no_command_without_a_key(void **state)
{
	(void)state;
	for (const struct preset *p = presets; p->name; p++) {
		SCOPED_PTR(keymap) struct keymap *m = keymap_new();
		keymap_preset(m, str_c(p->name));
		for (size_t k = 0; k < COMMAND_COUNT; k++)
			for (unsigned place = PLACE_HEADLINES; place <= PLACE_OVERLAY; place *= 2) {
				SCOPED(buf) struct buf keys = BUF_MAX(512);
				if (k == COMMAND_tab && !strcmp(p->name, "vim"))
					continue; /* a count before gt is the tab's number */
				if (commands[k].places & place && *commands[k].keys &&
				    !keymap_keys_of(m, &commands[k], place, " ", 0, &keys))
					fail_msg("%s: %s has no key in place %u", p->name, commands[k].name,
					    place);
			}
	}
}

static unsigned count_of(struct keymap *m, const char *names)
{
	struct keymap_state st = {0};
	const struct command *c = NULL;
	struct args args = {0};
	struct str s = str_c(names);
	struct key k;
	while (s.len && key_parse(&s, &k))
		keymap_step(m, &st, PLACE_HEADLINES, k, &c, &args);
	return args.count;
}

static void counts_stand_before_motions(void **state)
{
	(void)state;
	SCOPED_PTR(keymap) struct keymap *vim = keymap_new();
	SCOPED_PTR(keymap) struct keymap *plain = keymap_new();
	keymap_preset(vim, STR("vim"));
	assert_int_equal(count_of(vim, "12j"), 12);
	assert_int_equal(count_of(vim, "10j"), 10);
	assert_int_equal(count_of(vim, "3gt"), 3);
	assert_int_equal(count_of(vim, "99999j"), 999);
	assert_int_equal(count_of(vim, "j"), 0);
	assert_int_equal(count_of(plain, "12j"), 0);
	assert_string_equal(runs(plain, PLACE_HEADLINES, "3"), "tab");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_come_back),
	    cmocka_unit_test(sequences_are_followed),
	    cmocka_unit_test(mistakes_are_named),
	    cmocka_unit_test(default_keys_do_not_collide),
	    cmocka_unit_test(every_command_has_a_key_of_a_phone),
	    cmocka_unit_test(presets_bind_what_they_name),
	    cmocka_unit_test(presets_leave_no_command_without_a_key),
	    cmocka_unit_test(counts_stand_before_motions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
