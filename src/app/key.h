/* SPDX-License-Identifier: MIT */
/* A key as the program thinks of it: a code point or a named key, with Ctrl and Alt. The terminal's bytes
 * become keys in ui/; names of keys ("ctrl-n", "space", ",r") become keys in app/keyname. */
#ifndef CO_APP_KEY_H
#define CO_APP_KEY_H

#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>

/* Named keys stand above Unicode. One table: code, name as written in the configuration, name as shown. */
#define KEY_NAMES(X)                                                                                         \
	X(KEY_UP, "up", "↑")                                                                                 \
	X(KEY_DOWN, "down", "↓")                                                                             \
	X(KEY_LEFT, "left", "←")                                                                             \
	X(KEY_RIGHT, "right", "→")                                                                           \
	X(KEY_HOME, "home", "Home")                                                                          \
	X(KEY_END, "end", "End")                                                                             \
	X(KEY_PGUP, "pgup", "PgUp")                                                                          \
	X(KEY_PGDN, "pgdn", "PgDn")                                                                          \
	X(KEY_INSERT, "insert", "Insert")                                                                    \
	X(KEY_DELETE, "delete", "Delete")                                                                    \
	X(KEY_ENTER, "enter", "Enter")                                                                       \
	X(KEY_TAB, "tab", "Tab")                                                                             \
	X(KEY_BACKTAB, "shift-tab", "Shift-Tab")                                                             \
	X(KEY_BACKSPACE, "backspace", "Backspace")                                                           \
	X(KEY_ESC, "esc", "Esc")                                                                             \
	X(KEY_F1, "f1", "F1")                                                                                \
	X(KEY_F2, "f2", "F2")                                                                                \
	X(KEY_F3, "f3", "F3")                                                                                \
	X(KEY_F4, "f4", "F4")                                                                                \
	X(KEY_F5, "f5", "F5")                                                                                \
	X(KEY_F6, "f6", "F6")                                                                                \
	X(KEY_F7, "f7", "F7")                                                                                \
	X(KEY_F8, "f8", "F8")                                                                                \
	X(KEY_F9, "f9", "F9")                                                                                \
	X(KEY_F10, "f10", "F10")                                                                             \
	X(KEY_F11, "f11", "F11")                                                                             \
	X(KEY_F12, "f12", "F12")

#define KEY_FIRST_NAMED           0x110000u
#define KEY_ENUM(id, name, shown) id,
enum key_code { KEY_NONE = KEY_FIRST_NAMED, KEY_NAMES(KEY_ENUM) KEY_MOUSE, KEY_CODE_END };
#undef KEY_ENUM

enum key_mods { KEY_CTRL = 1, KEY_ALT = 2 };

enum mouse_what { MOUSE_CLICK, MOUSE_DRAG, MOUSE_RELEASE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct key {
	uint32_t code; /* code point, or enum key_code; with KEY_CTRL the letter in lower case */
	uint8_t mods;
	uint8_t mouse; /* enum mouse_what, for KEY_MOUSE */
	uint16_t x, y; /* cells from the top left, 0-based, for KEY_MOUSE */
};

bool key_same(struct key a, struct key b);
/* Parses one key at the start of *name and cuts it off: "ctrl-n", "space", "g". False: no such key. */
bool key_parse(struct str *name, struct key *out);
/* Appends the name as the configuration writes it, or as it is shown to a person ("Space", "Ctrl-N", "↓"). */
void key_name(struct buf *out, struct key k);
void key_show(struct buf *out, struct key k);

#endif
