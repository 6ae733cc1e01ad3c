/* SPDX-License-Identifier: MIT */
/* Making and ending the one program object: configuration, folders, clock, threads, state. Main thread. */
#ifndef CO_APP_PROGRAM_H
#define CO_APP_PROGRAM_H

#include "app/app.h"
#include "conf/conf.h"

/* What the global options say; NULL where they say nothing. */
struct program_options {
	const char *config, *data_dir, *session, *log;
	bool demo, verbose;
};

/* The folders and files in use. */
struct program_paths {
	char *config, *data_dir;
	char *edition_dir; /* NULL without --demo */
};
bool program_paths(struct program_paths *p, const struct program_options *o, struct err *err);
void program_paths_release(struct program_paths *p);
/* The configuration at the path; with `create` a commented first one is written where there is none (told in
 * *created). All mistakes go to problems (may be NULL), the first one to err. */
struct conf *program_conf(
    const struct program_paths *p, bool create, bool *created, struct problems *problems, struct err *err);

/* An app with its threads running and its sources known to the database; the screen's state comes from the
 * session. NULL with err. */
struct app *app_new(const struct program_options *o, bool screen, struct err *err);
/* Saves the session and stops everything. NULL is fine. */
void app_free(struct app *a);
/* Runs the loop until nothing is under way, or max_ms have passed (-1: no limit). */
bool app_settle(struct app *a, int max_ms, struct err *err);

#endif
