/* SPDX-License-Identifier: MIT */
/* Addresses: parsing and resolution as the WHATWG URL Standard does for http and https, canonical form for
 * comparison. Thread: any. */
#ifndef CO_TEXT_URL_H
#define CO_TEXT_URL_H

#include "base/arena.h"
#include "base/buf.h"

struct url {
	struct str scheme, userinfo, host, port, path, query,
	    fragment; /* query and fragment without ? and # */
};

/* Splits an absolute address (any scheme); borrows from s. False: not absolute. */
bool url_split(struct str s, struct url *u);
/* Resolves ref against base (RFC 3986 §5.2, with the WHATWG leniencies: white space and control characters
 * stripped, backslashes in http, spaces and non-ASCII percent-encoded). Absent result: cannot be resolved. In
 * arena a. */
struct str url_resolve(struct arena *a, struct str base, struct str ref);
/* True for http or https with a host. */
bool url_is_web(struct str s);
/* True for addresses that may be shown as a link: http, https, mailto, and others that run nothing. */
bool url_is_safe(struct str s);
/* scheme://host[:port], lower case, default port dropped. */
struct str url_origin(struct arena *a, struct str s);
struct str url_host(struct str s); /* borrowed, may be upper case; absent when none */
/* Key under which two addresses are the same document: scheme and "www." dropped, host lower, default port,
 * fragment, trailing slash and tracking parameters (utm_*, fbclid, …) off, the rest sorted. */
struct str url_key(struct arena *a, struct str s);
/* Host without "www." and the like, for showing: "example.org". */
struct str url_site(struct str s);
bool url_decode(struct buf *out, struct str s); /* percent-decoding */
bool url_encode(struct buf *out, struct str s); /* all but unreserved characters */

#endif
