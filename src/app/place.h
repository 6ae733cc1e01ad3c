/* SPDX-License-Identifier: MIT */
/* Where a key is pressed and a command acts. */
#ifndef CO_APP_PLACE_H
#define CO_APP_PLACE_H

enum pane_place {
	PLACE_HEADLINES = 1,
	PLACE_ARTICLE = 2,
	PLACE_RELATED = 4,
	PLACE_OVERLAY = 8, /* a page over the panes: help, links, sources */
	PLACE_PROMPT = 16  /* a line is being typed at the bottom */
};
#define PLACE_PANES (PLACE_HEADLINES | PLACE_ARTICLE | PLACE_RELATED)
#define PLACE_LISTS (PLACE_HEADLINES | PLACE_RELATED)

#endif
