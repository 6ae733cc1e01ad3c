/* SPDX-License-Identifier: MIT */
/* Players of films and sounds that pages embed in frames, known by the frame's address. Thread: any. */
#ifndef CO_SYNTAX_PLAYER_H
#define CO_SYNTAX_PLAYER_H

#include "base/arena.h"
#include "base/str.h"

struct player {
	bool is_sound;   /* else a film */
	struct str page; /* where a person sees it: of the frame's address, or made in the arena */
};
/* What a frame with that absolute address plays; false: it is no player that is known. */
bool player_find(struct arena *a, struct str url, struct player *out);

#endif
