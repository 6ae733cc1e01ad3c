/* SPDX-License-Identifier: MIT */
/* Styles of the screen and how they look: the themes of theme.def, changed by the configuration, fitted to
 * what the terminal has. Thread: main. */
#ifndef CO_UI_THEME_H
#define CO_UI_THEME_H

#include "base/buf.h"
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>

struct conf;

enum style {
#define STYLE(id, ...) STYLE_##id,
#include "conf/theme.def"
	STYLE_COUNT
};
#define STYLE_MASK 0xFFu
/* Added to a style for runs inside a text. */
enum style_attr {
	STYLE_BOLD = 0x100,
	STYLE_DIM = 0x200,
	STYLE_ITALIC = 0x400,
	STYLE_UNDERLINE = 0x800,
	STYLE_REVERSE = 0x1000
};

/* A colour: COLOUR_NONE is the terminal's own; 0 to 255 of its palette; COLOUR_RGB | 0xRRGGBB. */
#define COLOUR_NONE (-1)
#define COLOUR_RGB  0x1000000
struct look {
	int32_t fg, bg;
	unsigned attrs; /* style_attr */
};
struct theme {
	struct look looks[STYLE_COUNT];
};

/* A named theme ("default", "dark" …); false: there is none of that name, *t is the default one. */
bool theme_named(struct theme *t, struct str name);
/* The theme of a configuration with its styles, for a terminal of so many colours (theme_fit); a mistake is
 * told by the first one, the rest of the theme holds. */
bool theme_of(struct theme *t, const struct conf *c, int colours, struct err *err);
/* Sets one attribute of one style as the configuration writes it: "link", "fg", "blue". */
bool theme_set(struct theme *t, struct str style, struct str attribute, struct str value, struct err *err);
/* Maps colours to what a terminal has: 0 (none: attributes alone) 8, 16, 256; more than that: direct colour.
 */
void theme_fit(struct theme *t, int colours);
/* The look of a cell's style with its added attributes. */
struct look theme_look(const struct theme *t, unsigned style);
/* Letter of a style for screen tests: upper part of the table; added attributes are not told. */
char style_letter(unsigned style);
/* "cyan", "bright-red", "7", "#5fd7ff", "default" → a colour; false: it is none. */
bool colour_parse(struct str s, int32_t *out);

#endif
