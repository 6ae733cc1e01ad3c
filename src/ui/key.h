/* SPDX-License-Identifier: MIT */
/* Bytes of a terminal → keys, mouse and pasted text. Knows the forms of xterm, rxvt, tmux, the Linux console
 * and what terminfo adds. A lone ESC acts after KEY_ESC_MS; an arrow key's tail that comes later than that,
 * within KEY_TAIL_MS, is that key still and nothing else. Pure: time is given. Thread: one owner. */
#ifndef CO_UI_KEY_H
#define CO_UI_KEY_H

#include "app/key.h"
#include "base/buf.h"

#define KEY_ESC_MS       100
#define KEY_TAIL_MS      1000
#define KEY_PASTE_MAX    ((size_t)64 << 10)
#define KEY_SEQUENCE_MAX 256 /* bytes; a longer one is no key */

struct key_extra { /* a sequence of this terminal's own */
	char bytes[16];
	size_t len;
	uint32_t code;
};

struct key_reader {
	struct buf in;              /* not yet read */
	int64_t fed_ms, escaped_ms; /* last bytes came; a lone ESC acted; −1: never */
	bool pasting;
	struct buf paste;
	struct key_extra *extra;
	size_t n_extra;
};

enum key_event { KEY_EVENT_NONE, KEY_EVENT_KEY, KEY_EVENT_PASTE };

void key_reader_init(struct key_reader *r);
void key_reader_release(struct key_reader *r);
/* Learns the terminal's own keys; cap gives the bytes of a terminfo name ("kcuu1"), NULL when it has none. */
void key_reader_learn(struct key_reader *r, const char *(*cap)(const char *name));
void key_feed(struct key_reader *r, struct str bytes, int64_t now_ms);
/* The next key, or pasted text in r->paste (until the next call). NONE: more bytes, or time, are needed. */
enum key_event key_next(struct key_reader *r, int64_t now_ms, struct key *out);
/* When key_next has something to say without new bytes (monotonic ms); −1: never. */
int64_t key_deadline(const struct key_reader *r);

#endif
