/* SPDX-License-Identifier: MIT */
/* The Link: header of an HTTP answer (RFC 8288). Pure. */
#ifndef CO_APP_LINK_HEADER_H
#define CO_APP_LINK_HEADER_H

#include "base/arena.h"

/* The first target of a relation, resolved against base; absent when there is none. In arena a. */
struct str link_header_find(struct arena *a, struct str header, struct str base, const char *rel);

#endif
