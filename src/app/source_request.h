/* SPDX-License-Identifier: MIT */
/* A source's configuration as a request: headers, authentication, cookies (secrets from their commands),
 * limits, proxy. Main thread where nothing else is said. */
#ifndef CO_APP_SOURCE_REQUEST_H
#define CO_APP_SOURCE_REQUEST_H

#include "app/app.h"
#include "conf/conf.h"
#include "model/fetch_msg.h"

/* Its request needs programs to be run: not on main. */
bool source_asks_programs(const struct source_conf *s);
/* Fills r for the source's own address; strings live in the arena or are the configuration's. A command that
 * gives no secret is an error; stop_fd as in base/proc. Any thread. */
bool source_request(
    const struct source_conf *s, struct arena *arena, int stop_fd, struct fetch_request *r, struct err *err);
/* A page that a feed of that source names: no secrets, private addresses only when the feed is there too. */
void page_request(const struct app *a, struct source_id source, struct str url, struct arena *arena,
    struct fetch_request *r);
/* The settings of courant-fetch for this configuration. */
void fetch_settings_of(const struct conf *c, struct fetch_settings *out);

#endif
