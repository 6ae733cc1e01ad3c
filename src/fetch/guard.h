/* SPDX-License-Identifier: MIT */
/* What may be asked at all: schemes, origins, addresses. Pure functions, no curl. Thread: any. */
#ifndef CO_FETCH_GUARD_H
#define CO_FETCH_GUARD_H

#include "base/arena.h"
#include "base/str.h"
#include <stdbool.h>
#include <sys/socket.h>

/* True for loopback, private, link-local, carrier, multicast and unspecified addresses, also in their IPv6
 * forms. */
bool guard_is_private(const struct sockaddr *sa);
/* The same for a host as written in an address: a literal in any notation, localhost and names below it.
 * Names that need a resolver are not private here. */
bool guard_is_private_host(struct str host);
/* True when both addresses have the same scheme, host and port. */
bool guard_same_origin(struct str a, struct str b);
/* True when credentials would fall from https to http. */
bool guard_falls(struct str from, struct str to);
/* A header line that may be sent: "Name: value" without control bytes. */
bool guard_header_ok(struct str line);
/* Takes "user:password@" out of an address; the parts are percent-decoded, absent when there are none. In
 * arena a. */
struct str guard_userinfo(struct arena *a, struct str url, struct str *user, struct str *password);

#endif
