/* SPDX-License-Identifier: MIT */
/* Keys → commands, by place: sequences of up to four keys, from the defaults of command.def and the
 * configuration's `keys:`. Thread: main. */
#ifndef CO_APP_KEYMAP_H
#define CO_APP_KEYMAP_H

#include "app/command.h"
#include "app/key.h"
#include "base/attr.h"
#include "base/buf.h"

#define KEYMAP_SEQUENCE 4

struct keymap;
struct keymap *keymap_new(void); /* with the defaults of command.def */
void keymap_free(struct keymap *m);
DEFINE_FREEP(keymap)

/* The sets of preset.def with a line for the manual, and their keys; both end with an empty element. */
struct preset {
	const char *name;
	bool counts; /* digits before a command are its count */
	const char *text;
};
struct preset_row {
	const char *preset;
	unsigned places;
	const char *keys, *command; /* "none": the keys are freed */
};
extern const struct preset presets[];
extern const struct preset_row preset_rows[];

/* Binds the keys of a preset (preset.def) over the defaults; an unknown name, "courant" too, changes nothing.
 */
void keymap_preset(struct keymap *m, struct str name);
/* Binds a sequence ("gg", "ctrl-n", ",r") in the places to a command line ("next-unread", "none" frees the
 * keys). False with an error that says what is wrong. */
bool keymap_bind(
    struct keymap *m, unsigned places, struct str keys, struct str command_line, struct err *err);

enum keymap_result { KEYMAP_UNKNOWN, KEYMAP_MORE, KEYMAP_COMMAND };
struct keymap_state {
	struct key keys[KEYMAP_SEQUENCE];
	size_t n;
	unsigned count; /* digits typed before them, where the preset has counts; 0: none */
};
/* One key further. KEYMAP_COMMAND sets *command and *args; the state is empty again then, and after UNKNOWN.
 */
enum keymap_result keymap_step(const struct keymap *m, struct keymap_state *st, enum pane_place place,
    struct key k, const struct command **command, struct args *args);
/* Appends the keys of a command in a place as shown to a person, apart by `between`; at most max of them (0:
 * all). */
size_t keymap_keys_of(const struct keymap *m, const struct command *c, unsigned places, const char *between,
    size_t max, struct buf *out);

#endif
