/* SPDX-License-Identifier: MIT */
/* What is let through of foreign HTML, as events: syntax/sanitize.c tells them, always balanced; clean_html.c
 * writes them, clean_tree.c makes nodes of them. */
#ifndef CO_SYNTAX_CLEAN_PRIV_H
#define CO_SYNTAX_CLEAN_PRIV_H

#include "base/arena.h"
#include "base/buf.h"

/* Texts and values come as they stand; form (enum escape_form: ESCAPE_VALUE, ESCAPE_RAW) says how they are
 * read. All are borrowed for the time of the call, but for texts that are not read as values: those live as
 * long as the fragment. */
struct clean_sink {
	void (*text)(void *arg, struct str text, unsigned form);
	void (*open)(void *arg, unsigned tag); /* enum tag; its attributes follow */
	void (*attr)(void *arg, struct str name, struct str value, unsigned form);
	void (*opened)(void *arg, unsigned tag);
	void (*close)(void *arg, unsigned tag); /* of one that is not void */
	bool (*full)(const void *arg);          /* no more is taken */
};

/* Tells what html holds. base: as sanitize_html() takes it. */
void clean_walk(const struct clean_sink *sink, void *arg, struct str html, struct str base);

/* The most bytes that the clean form of so many may take. */
#define CLEAN_MOST(len) ((len)*8 + 4096)

#endif
