/* SPDX-License-Identifier: MIT */
/* Subscriptions of other programs as sources and sections: their files are read here, line by line, and
 * nothing in them is run. Only http and https addresses become sources; programs only when they are asked
 * for; what is left out is named. OPML goes through courant-parse (import_feed). Pure. Specification: cli
 * (import), security (commands through subscriptions). */
#ifndef CO_APP_IMPORT_H
#define CO_APP_IMPORT_H

#include "base/arena.h"
#include "base/vec.h"
#include "conf/conf_write.h"
#include "model/feed.h"

enum import_from {
	IMPORT_BY_CONTENT,
	IMPORT_OPML,
	IMPORT_NEWSBOAT,
	IMPORT_NEWSRAFT,
	IMPORT_SFEED,
	IMPORT_ELFEED
};

#define IMPORT_MAX_SOURCES 20000 /* more than a configuration takes */
#define IMPORT_MAX_NAMED   1000  /* of what is left out */

struct import_left_out {
	struct str what, why; /* why: translated */
};
struct import_tag {
	struct str tag, source;
};
struct import {
	struct arena *arena; /* of all strings */
	bool with_commands, full;
	struct {
		VEC(struct new_source);
	} sources;
	struct {
		VEC(struct new_section);
	} sections;
	struct {
		VEC(struct import_tag);
	} tags; /* beyond the first of each source */
	struct {
		VEC(struct new_section);
	} queries; /* as the other program has them */
	struct {
		VEC(struct import_left_out);
	} left_out;
	size_t more_left_out; /* not named */
};

void import_init(struct import *m, bool with_commands);
void import_release(struct import *m);
/* By name ("newsboat"); false with ERR_USAGE that lists them. */
bool import_from_name(const char *name, enum import_from *from, struct err *err);
/* What the bytes look like. */
enum import_from import_sniff(struct str bytes);
/* Reads one of the text formats (not OPML). Never fails: what is not understood is left out. */
void import_text(struct import *m, enum import_from from, struct str bytes);
/* Takes a subscription list that was read: folders become sections. */
void import_feed(struct import *m, const struct feed *list);

/* A query of newsboat in the query language of courant, in m's arena; absent when it has no such form. What
 * bears a tag is told from the sources taken. */
struct str import_query(const struct import *m, struct str query);

#endif
